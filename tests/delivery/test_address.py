"""Targets as users name them, and what drivers say of them."""

from __future__ import annotations

import errno
import os
import socket
import ssl
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.delivery.outputs import SITE, output, published

from kitabat.cli.faults import FAULTS
from kitabat.delivery.address import address
from kitabat.delivery.causes import KINDS, NETWORK, told
from kitabat.model.errors import ExitCode, PublishingError


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Unexpected target ``"),
        ("https://aaina.example/", "can only be read"),
        ("s3:bucket/path", "`://` behind its protocol"),
        ("editor@host:/srv/www", "`://` behind its protocol"),
        ("s3://", "Name the bucket"),
        ("simplecache::s3://bucket", "`://` behind its protocol"),
        ("a\0b", "Unexpected target"),
        ("HTTPS://aaina.example/", "can only be read"),
        ("~nobody-of-that-name/site", "no user of that name"),
        ("file://", "Name a folder"),
    ],
)
def test_what_is_no_target_is_told(text: str, words: str) -> None:
    with pytest.raises(PublishingError) as raised:
        address(text)
    (fault,) = raised.value.diagnostics
    assert words in f"{fault.message} {fault.hint}"
    assert raised.value.exit_code is ExitCode.USAGE


def test_a_protocol_may_be_in_capitals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert (address("S3://Bucket/a").text, address("S3://Bucket/a").protocol) == ("s3://Bucket/a", "s3")
    assert address("FILE:///srv").text == "/srv"
    assert address("~/site").text == address("file://~/site").text == str(tmp_path / "site")


@pytest.mark.parametrize("text", ["port", "=3", "a b=1"])
def test_what_is_no_option_is_told(text: str) -> None:
    with pytest.raises(PublishingError, match="expected KEY=VALUE"):
        address("sftp://host/x", [text])


def test_options_have_the_values_that_drivers_expect() -> None:
    given = ["port=2222", "password=123", 'client_kwargs={"verify": false}', "name=x=y"]
    assert address("sftp://host/x", given).options == {
        "port": 2222,
        "password": "123",
        "client_kwargs": {"verify": False},
        "name": "x=y",
    }


def test_a_folder_may_have_a_colon_in_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ab:c").mkdir()
    assert address("ab:c").text == str(tmp_path / "ab:c")


def test_secrets_are_not_told() -> None:
    where = address("ftp://me:swordfish@host/x", ["secret=abracadabra"])
    said = str(told(OSError("swordfish and abracadabra"), where))
    assert "swordfish" not in said
    assert "abracadabra" not in said
    assert "ftp://me:…@host/x" in said


@pytest.mark.parametrize(
    ("text", "module", "extra"), [("s3://bucket", "s3fs", "s3"), ("sftp://host/x", "paramiko", "sftp")]
)
def test_a_missing_driver_is_named_with_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, module: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "kitabat.delivery.sftp", raising=False)
    monkeypatch.delitem(sys.modules, "fsspec.implementations.sftp", raising=False)
    monkeypatch.delitem(sys.modules["fsspec.registry"].__dict__["_registry"], "s3", raising=False)
    with pytest.raises(PublishingError) as raised:
        published(output(tmp_path / "dist", SITE), text)
    (fault,) = raised.value.diagnostics
    assert fault.rule == "output/driver"
    assert f"pip install 'kitabat[{extra}]'" in fault.hint


def test_a_driver_of_no_extra_is_named_as_fsspec_names_it(tmp_path: Path) -> None:
    with pytest.raises(PublishingError) as raised:
        published(output(tmp_path / "dist", SITE), "oss://bucket")
    assert "ossfs" in raised.value.diagnostics[0].message


def test_an_unknown_protocol_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="There is no such kind of address") as raised:
        published(output(tmp_path / "dist", SITE), "gopher://host/x")
    assert raised.value.exit_code is ExitCode.USAGE


def test_an_option_that_a_driver_does_not_know_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="does not understand the address or an option"):
        published(output(tmp_path / "dist", SITE), address("sftp://127.0.0.1/x", ["nonsense=1"]))


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        (PermissionError(13, "Permission denied"), "output/permission"),
        (PermissionError("The AWS Access Key Id you provided does not exist in our records."), "output/credentials"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "output/permission"),
        (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)), "output/full"),
        (FileNotFoundError("The specified bucket does not exist"), "output/target"),
        (NotImplementedError(), "output/target"),
        (socket.gaierror(-2, "Name or service not known"), "output/target"),
        (OSError(errno.ELOOP, os.strerror(errno.ELOOP)), "output/target"),
        (type("ParamValidationError", (Exception,), {})("Invalid bucket name"), "usage/target"),
        (ssl.SSLCertVerificationError(1, "certificate verify failed: self-signed certificate"), "output/credentials"),
        (ConnectionResetError("reset"), "output/network"),
        (RuntimeError("a driver's own"), "output/network"),
    ],
)
def test_what_drivers_raise_is_told_by_kind(fault: Exception, rule: str) -> None:
    found = told(fault, address("s3://bucket"), "index.html", "; and more")
    assert found.rule == rule
    assert "(`index.html`): " in found.message
    assert found.hint.endswith("; and more")


@pytest.mark.parametrize("kind", [*KINDS, NETWORK])
def test_every_kind_of_fault_is_in_the_manual(kind: Any) -> None:
    assert kind.rule in FAULTS

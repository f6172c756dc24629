"""What a cluster is asked, and what is said where there is none or it cannot be used."""

from __future__ import annotations

import functools
import gc
import os
import shutil
import socket
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import dask
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.building import cluster, depot
from kitabat.building.cluster import checked, connect, differences
from kitabat.building.depot import Depot, presence
from kitabat.building.encryption import NEEDED
from kitabat.building.freight import Presence
from kitabat.model.errors import ExitCode, PublishingError


def no_outfit() -> Mapping[str, str]:
    return {}


def told(address: str) -> PublishingError:
    with pytest.raises(PublishingError) as fault:
        connect(address, no_outfit)
    assert fault.value.exit_code is ExitCode.CLUSTER
    return fault.value


@pytest.mark.parametrize(
    "address",
    ["", "tcp://", "10.0.0.1:8786", "tcp://host", "tcp://host:0", "tcp://host:65536", "http://host:80", "tcp://a:1/x",
     "tcp://user@host:1", "tcp://host:１"],
)  # fmt: skip
def test_a_malformed_address_is_told(address: str) -> None:
    (fault,) = told(address).diagnostics
    assert fault.rule == "cluster/address"
    assert f"Unexpected `{address}`, expected tcp://HOST:PORT" in fault.message


@pytest.mark.parametrize(
    "address", ["tcp://host:1", "tls://a-b.example:65535", "tcp://[::1]:8786", "tcp://10.0.0.1:80"]
)
def test_an_address_is_taken_as_it_is(address: str) -> None:
    assert checked(address) == address


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_is_told(text: str) -> None:
    with suppress(PublishingError):
        assert checked(text) == text


def test_the_library_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    (fault,) = told("tcp://127.0.0.1:1").diagnostics
    assert fault.rule == "cluster/library"
    assert 'pip install "kitabat[cluster]"' in fault.hint


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "DEADLINE", 0.2)
    (fault,) = told("tcp://127.0.0.1:1").diagnostics
    assert fault.rule == "cluster/unreachable"
    assert "`tcp://127.0.0.1:1`" in fault.message


def test_another_kind_of_server_is_told_and_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "DEADLINE", 60)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    server.accept()[0].sendall(b"\x7f" * 64)

        threading.Thread(target=answer, daemon=True).start()
        (fault,) = told(f"tcp://127.0.0.1:{server.getsockname()[1]}").diagnostics
        gc.collect()
    assert fault.rule == "cluster/unreachable"
    assert "who answers is no scheduler" in fault.message
    assert capfd.readouterr().err == ""


def test_a_certificate_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("")
    files = {"ca-file": str(tmp_path / "ca.pem"), "client.cert": str(tmp_path / "none.pem")}
    with dask.config.set({f"distributed.comm.tls.{name}": file for name, file in files.items()}):
        (fault,) = told("tls://127.0.0.1:1").diagnostics
    assert fault.rule == "cluster/certificates"
    assert (
        f"Cannot read `{tmp_path / 'none.pem'}`, which the setting `distributed.comm.tls.client.cert`" in fault.message
    )


def test_a_certificate_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("")
    with dask.config.set({f"distributed.comm.tls.{name}": str(tmp_path / "ca.pem") for name in NEEDED}):
        (fault,) = told("tls://127.0.0.1:1").diagnostics
    assert "certificates: " in fault.message


def test_an_address_without_encryption_is_refused_where_that_is_required() -> None:
    with dask.config.set({"distributed.comm.require-encryption": True}):
        (fault,) = told("tcp://127.0.0.1:1").diagnostics
    assert fault.rule == "cluster/certificates"
    assert "Unexpected `tcp://127.0.0.1:1`, expected tls://HOST:PORT" in fault.message


@pytest.mark.parametrize("authority", [None, "/some/ca.pem"])
def test_tls_without_certificates_is_told(authority: str | None) -> None:
    with dask.config.set({"distributed.comm.tls.ca-file": authority, "distributed.comm.tls.client.cert": None}):
        (fault,) = told("tls://127.0.0.1:1").diagnostics
    assert fault.rule == "cluster/certificates"
    assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in fault.hint


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Presence("h", {"Python": "3.11.7", "Pango": "1.52"}), ""),
        (Presence("h", {"Python": "3.11.7", "Pango": ""}), "Pango missing, expected 1.52"),
        (Presence("h", {"Pango": "1.50"}), "Python missing, expected 3.11.7; Pango 1.50, expected 1.52"),
        (Presence("h", {}, fault="no folder for contents: read-only"), "no folder for contents: read-only"),
        (ModuleNotFoundError("No module named 'kitabat'", name="kitabat"), "no kitabat"),
        (Exception("ModuleNotFoundError(\"No module named 'kitabat.building'\")"), "no kitabat"),
        (AttributeError("no _presence"), "another kitabat, which answers `AttributeError: no _presence`"),
    ],
)
def test_differences_are_named(answer: Presence | Exception, words: str) -> None:
    assert differences({"Python": "3.11.7", "Pango": "1.52"}, answer) == words


def test_many_differences_are_counted() -> None:
    words = differences({str(number): "1" for number in range(9)}, Presence("h", {}))
    assert words.endswith("; and 5 more")


# The worker's side.


def test_a_depot_has_one_name_and_sweeps_after_those_who_were_killed(tmp_path: Path) -> None:
    first, second = Depot(tmp_path), Depot(tmp_path)
    assert first.name == second.name
    assert len(first.name) == 64
    left = first.own.with_name(f"{first.own.name}-left")  # nobody holds its lock
    left.mkdir()
    Depot(tmp_path)
    assert not left.exists()
    assert first.own.is_dir()
    assert tmp_path.joinpath("objects").stat().st_mode & 0o777 == 0o700


def test_a_worker_says_what_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(depot.FOLDER, str(tmp_path / "depot"))
    monkeypatch.setattr(depot, "depot", depot.depot.__wrapped__)
    digest = Depot(tmp_path / "depot").store.put(b"content")
    found = presence(lambda: {"Python": "3"})
    assert found.outfit == {"Python": "3"}
    assert found.marks == {digest[:16]}
    assert not found.fault


def test_a_worker_without_a_folder_to_write_takes_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(depot.FOLDER, str(tmp_path / "file" / "depot"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert depot.depot.__wrapped__().folder.is_dir()


def test_a_depot_that_somebody_deletes_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(depot.FOLDER, str(tmp_path / "depot"))
    monkeypatch.setattr(depot, "depot", functools.cache(depot.depot.__wrapped__))
    depot.depot().store.put(b"content")
    assert len(presence(no_outfit).marks) == 1
    shutil.rmtree(tmp_path / "depot")
    found = presence(no_outfit)
    assert (found.fault, found.marks) == ("", frozenset())
    assert depot.depot().own.is_dir()


def test_a_worker_that_cannot_write_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> Depot:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(depot, "depot", full)
    said = presence(no_outfit)
    assert "No space left" in said.fault
    assert "KITABAT_DEPOT" in cluster._differs(["`tcp://w:1`"], differences({}, said)).hint

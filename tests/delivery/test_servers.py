"""Publishing to real servers on the loopback: S3 through s3fs, SFTP through paramiko, FTP through ftplib."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
import pytest
from tests.delivery.outputs import CHANGED, SITE, contents, output, page, published
from tests.delivery.servers import KEY, PASSWORD, USER, Sftp, ftp, s3, sftp

from kitabat.delivery import parcel as parcels
from kitabat.delivery import target as targets
from kitabat.delivery.address import address
from kitabat.delivery.manifest import WORK
from kitabat.delivery.parcel import Freight
from kitabat.delivery.target import Target
from kitabat.model.errors import ExitCode, PublishingError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing of the user's: no keys, no known hosts, no credentials."""
    place = tmp_path / "home"
    place.mkdir()
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", PASSWORD)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setattr("kitabat.delivery.crew.PAUSES", (0.1,))
    return place


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    return output(tmp_path / "dist", SITE)


# S3


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    with s3() as where:
        yield where


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
    made = boto3.resource("s3").Bucket(f"site-{uuid.uuid4()}")
    made.create()
    return made


def objects(bucket: Any) -> dict[str, bytes]:
    return {found.key: found.get()["Body"].read() for found in bucket.objects.all()}


def test_s3_gets_the_site_and_its_changes(bucket: Any, dist: Path) -> None:
    bucket.put_object(Key="CNAME", Body=b"mine")
    published(dist, f"s3://{bucket.name}")
    assert objects(bucket) == {**contents(dist), "CNAME": b"mine"}
    assert bucket.Object("index.html").content_type == "text/html; charset=utf-8"
    assert bucket.Object("assets/map.png").content_type == "image/png"
    before = {found.key: found.last_modified for found in bucket.objects.all()}
    assert published(dist, f"s3://{bucket.name}").sent == ()
    report = published(output(dist, CHANGED), f"s3://{bucket.name}/")
    assert objects(bucket) == {**contents(dist), "CNAME": b"mine"}
    assert len(report.deleted) == 4
    after = {found.key: found.last_modified for found in bucket.objects.all()}
    assert before["assets/map.png"] == after["assets/map.png"]


def test_s3_below_a_prefix_touches_nothing_else(bucket: Any, dist: Path) -> None:
    bucket.put_object(Key="index.html", Body=b"another site")
    published(dist, f"s3://{bucket.name}/deep/prefix")
    assert objects(bucket) == {
        "index.html": b"another site",
        **{f"deep/prefix/{path}": content for path, content in contents(dist).items()},
    }


@pytest.mark.parametrize("after", [0, 3, 9])
def test_s3_goes_on_after_a_break_and_sends_nothing_twice(
    bucket: Any, dist: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    usual, calls = Target._write, iter(range(100))

    def breaking(self: Target, place: str, content: Freight, kind: str) -> None:
        if next(calls) >= after:
            raise PermissionError("gone")
        usual(self, place, content, kind)

    with monkeypatch.context() as patched:
        patched.setattr(Target, "_write", breaking)
        with pytest.raises(PublishingError):
            published(dist, f"s3://{bucket.name}")
    arrived = objects(bucket).keys() & contents(dist).keys()
    report = published(dist, f"s3://{bucket.name}")
    assert {item.path for item in report.sent} == contents(dist).keys() - arrived
    assert objects(bucket) == contents(dist)


def test_s3_without_the_bucket_makes_none(bucket: Any, dist: Path) -> None:
    with pytest.raises(PublishingError, match="There is no such bucket") as raised:
        published(dist, f"s3://{bucket.name}-not")
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert f"{bucket.name}-not" not in {found.name for found in boto3.resource("s3").buckets.all()}


def test_s3_without_credentials_is_told(bucket: Any, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(PublishingError, match="does not accept the credentials") as raised:
        published(dist, f"s3://{bucket.name}")
    assert raised.value.diagnostics[0].rule == "output/credentials"


@contextmanager
def small_pieces() -> Iterator[None]:
    """Count files as large from 64 kB, and let none of them be read as a whole."""
    usual = Path.read_bytes

    def sparing(place: Path) -> bytes:
        assert place.stat().st_size <= 1 << 16
        return usual(place)

    with pytest.MonkeyPatch.context() as patch:
        for module in (parcels, targets):
            patch.setattr(module, "HELD", 1 << 16)
        patch.setattr(Path, "read_bytes", sparing)
        yield


LARGE = {"en/a/a-en.pdf": "0123456789" * 30_000, "en/a/index.html": page()}


def test_s3_gets_large_files_from_the_disk(bucket: Any, dist: Path) -> None:
    output(dist, LARGE)
    with small_pieces():
        published(dist, f"s3://{bucket.name}")
    found = bucket.Object("en/a/a-en.pdf").get()
    assert found["ContentType"] == "application/pdf"
    assert found["Body"].read() == LARGE["en/a/a-en.pdf"].encode()
    with small_pieces():
        assert published(dist, f"s3://{bucket.name}", verify=True).sent == ()
        bucket.put_object(Key="en/a/a-en.pdf", Body=b"x" * len(LARGE["en/a/a-en.pdf"]))
        assert [item.path for item in published(dist, f"s3://{bucket.name}", verify=True).sent] == ["en/a/a-en.pdf"]


def test_s3_out_of_reach_is_told_after_one_more_try(dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []
    usual = Target.greet

    def greet(self: Target) -> None:
        tries.append(self)
        usual(self)

    monkeypatch.setattr(Target, "greet", greet)
    monkeypatch.setattr("kitabat.delivery.crew.PAUSES", (0, 600, 600))
    with closed_port() as port:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        with pytest.raises(PublishingError, match="The target cannot be reached"):
            published(dist, "s3://site")
    assert len(tries) == 2


@contextmanager
def closed_port() -> Iterator[int]:
    """Give a port of the loopback at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_a_driver_is_told_how_long_to_wait_unless_the_user_says_so(tmp_path: Path) -> None:
    for options, expected in (([], 3), (['config_kwargs={"connect_timeout": 60}'], 60)):
        fs, _ = targets._opened(address("s3://site/x", options), tmp_path)
        assert fs.config_kwargs["connect_timeout"] == expected


# SFTP


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Sftp]:
    root = tmp_path / "server"
    (root / "srv").mkdir(parents=True)
    with sftp(root) as running:
        yield running


def where(server: Sftp, password: str = PASSWORD) -> str:
    return f"sftp://{USER}:{password}@127.0.0.1:{server.port}/srv/www"


def test_sftp_gets_the_site_and_its_changes(server: Sftp, dist: Path) -> None:
    site = server.root / "srv" / "www"
    published(dist, where(server))
    assert contents(site) == contents(dist)
    (site / "mine.txt").write_text("mine")
    assert published(dist, where(server)).sent == ()
    report = published(output(dist, CHANGED), where(server))
    assert contents(site) == {**contents(dist), "mine.txt": b"mine"}
    assert len(report.deleted) == 4
    assert not (site / "ur").exists()
    assert not (site / WORK).exists()


def test_sftp_has_folders_with_signs_that_mean_something_in_addresses(server: Sftp, dist: Path) -> None:
    published(dist, f"{where(server)}/a #1?b=c%20d/اشاعت")
    assert contents(server.root / "srv/www/a #1?b=c%20d/اشاعت") == contents(dist)


def test_sftp_carries_large_files_and_many_folders(server: Sftp, dist: Path) -> None:
    many = {f"en/{number}/index.html": page() for number in range(30)}
    output(dist, {**many, "assets/large.bin": "0123456789" * 100_000})
    with small_pieces():
        published(dist, where(server), jobs=6)
        assert published(dist, where(server), verify=True).sent == ()
    assert contents(server.root / "srv" / "www") == contents(dist)


@pytest.mark.parametrize("after", [0, 3, 8])
def test_sftp_goes_on_after_a_break_and_sends_nothing_twice(
    server: Sftp, dist: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    usual, calls = Target._write, iter(range(100))

    def breaking(self: Target, place: str, content: Freight, kind: str) -> None:
        if next(calls) >= after:
            usual(self, place, Freight.of(content.content[: content.size // 2]), kind)
            raise PermissionError("gone")
        usual(self, place, content, kind)

    site = server.root / "srv" / "www"
    with monkeypatch.context() as patched:
        patched.setattr(Target, "_write", breaking)
        with pytest.raises(PublishingError):
            published(dist, where(server))
    arrived = contents(site)
    assert all(content == contents(dist)[path] for path, content in arrived.items() if WORK not in path)
    report = published(dist, where(server))
    assert {item.path for item in report.sent} == contents(dist).keys() - arrived.keys()
    assert contents(site) == contents(dist)


def test_sftp_connects_anew_when_the_server_was_away(server: Sftp, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual, calls = Target._write, iter(range(100))

    def losing(self: Target, place: str, content: Freight, kind: str) -> None:
        if next(calls) == 3:
            self.fs.client.get_transport().close()
        usual(self, place, content, kind)

    monkeypatch.setattr(Target, "_write", losing)
    published(dist, where(server))
    assert contents(server.root / "srv" / "www") == contents(dist)


def test_sftp_with_a_wrong_password_is_told_without_it(server: Sftp, dist: Path) -> None:
    with pytest.raises(PublishingError, match="does not accept the credentials") as raised:
        published(dist, where(server, "wrong-secret"))
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert "wrong-secret" not in str(raised.value)


def test_sftp_without_permission_is_told(server: Sftp, dist: Path) -> None:
    (server.root / "srv" / "www").write_text("a file")
    with pytest.raises(PublishingError) as raised:
        published(dist, where(server))
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert (server.root / "srv" / "www").read_text() == "a file"


def test_sftp_with_another_key_than_before_is_refused(server: Sftp, dist: Path) -> None:
    published(dist, where(server))
    server.stop()
    server.start()
    with pytest.raises(PublishingError, match="key is another than the one known of it") as raised:
        published(output(dist, CHANGED), where(server))
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert "ur/index.html" in contents(server.root / "srv" / "www")


def test_sftp_knows_the_aliases_of_the_users_settings(server: Sftp, dist: Path, home: Path) -> None:
    (home / ".ssh").mkdir()
    (home / ".ssh" / "config").write_text(
        f"Host newsroom\n  HostName 127.0.0.1\n  Port {server.port}\n  User {USER}\n  IdentityFile ~/.ssh/none\n"
    )
    published(dist, address("sftp://newsroom/srv/www", [f"password={PASSWORD}"]))
    assert contents(server.root / "srv" / "www") == contents(dist)


# FTP


@pytest.fixture
def place(tmp_path: Path) -> Iterator[tuple[str, Path, Any]]:
    (tmp_path / "ftp").mkdir()
    with ftp(tmp_path / "ftp") as (where, handler):
        yield f"{where}/www/a b/آئینہ", tmp_path / "ftp" / "www" / "a b" / "آئینہ", handler


def test_ftp_gets_the_site_and_its_changes(place: tuple[str, Path, Any], dist: Path) -> None:
    where, folder, _ = place
    output(dist, {**SITE, "assets/empty.txt": "", "assets/a b%20c.css": "x"})
    assert len(published(dist, where).sent) == len(SITE) + 3
    assert contents(folder) == contents(dist)
    (folder / "CNAME").write_text("mine")
    assert published(dist, f"{where}/").sent == ()
    published(output(dist, CHANGED), where)
    assert contents(folder) == {**contents(dist), "CNAME": b"mine"}
    assert not (folder / "ur").exists()
    (folder / "index.html").write_text("theirs")
    assert [item.path for item in published(dist, where, verify=True).sent] == ["index.html"]


def test_ftp_gets_large_files_in_one_piece(
    place: tuple[str, Path, Any], dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "HELD", 1000)
    monkeypatch.setattr(targets, "HELD", 1000)
    where, folder, handler = place
    handler.proto_cmds = {name: rule for name, rule in handler.proto_cmds.items() if name != "REST"}
    published(output(dist, {**SITE, "assets/large.pdf": "pdf" * 100_000}), where)
    assert contents(folder) == contents(dist)
    (folder / "assets" / "large.pdf").write_text("dpf" * 100_000)
    assert [item.path for item in published(dist, where, verify=True).sent] == ["assets/large.pdf"]


def test_ftp_that_does_not_rename_over_a_file(place: tuple[str, Path, Any], dist: Path) -> None:
    where, folder, handler = place
    usual = handler.ftp_RNTO

    def rnto(self: Any, path: str) -> Any:
        return self.respond("550 File exists.") if Path(path).exists() else usual(self, path)

    handler.ftp_RNTO = rnto
    published(dist, where)
    published(output(dist, CHANGED), where)
    assert contents(folder) == contents(dist)


@pytest.mark.parametrize(
    ("permissions", "rule"),
    [("elr", "output/permission"), ("elradfmw", "output/full")],
)
def test_ftp_says_what_it_does_not_let_be_done(
    place: tuple[str, Path, Any], dist: Path, permissions: str, rule: str
) -> None:
    where, _, handler = place
    handler.authorizer.user_table[USER]["perm"] = permissions
    if rule == "output/full":
        handler.ftp_STOR = lambda self, *_, **__: self.respond("552 Exceeded storage allocation.")
    with pytest.raises(PublishingError) as raised:
        published(dist, where)
    assert raised.value.diagnostics[0].rule == rule
    with pytest.raises(PublishingError, match="does not accept the credentials"):
        published(dist, where.replace(PASSWORD, "flounder"))


def test_ftp_takes_the_password_from_the_users_netrc(place: tuple[str, Path, Any], dist: Path, home: Path) -> None:
    where, folder, _ = place
    (home / ".netrc").write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n")
    (home / ".netrc").chmod(0o600)
    published(dist, where.replace(f":{PASSWORD}", ""))
    assert contents(folder) == contents(dist)
    with pytest.raises(PublishingError, match="does not accept the credentials"):
        published(dist, where.replace(f"{USER}:{PASSWORD}", "reader"))
    (home / ".netrc").write_text("nonsense")
    with pytest.raises(PublishingError, match=r"\.netrc: bad toplevel token") as raised:
        published(dist, where.replace(f"{USER}:{PASSWORD}@", ""))
    assert raised.value.exit_code is ExitCode.USAGE

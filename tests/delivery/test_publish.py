"""Publishing to folders and to file systems in memory: what is sent, in which order, what is deleted and left alone."""

from __future__ import annotations

import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import filelock
import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem
from tests.delivery.file_systems import ROOT, Moving, Watched, fresh
from tests.delivery.outputs import CHANGED, SITE, contents, output, page, published

from kitabat.delivery import publish as publishing
from kitabat.delivery.address import address
from kitabat.delivery.journal import JOURNAL
from kitabat.delivery.manifest import WORK
from kitabat.delivery.publish import PublishRequest, publish
from kitabat.model.errors import ExitCode, PublishingError

MANIFEST = "manifest.json"


@pytest.fixture(params=[Watched, Moving])
def store(request: pytest.FixtureRequest) -> Iterator[type[Watched]]:
    with fresh(request.param) as kind:
        yield kind


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    return output(tmp_path / "dist", SITE)


def target(store: type[Watched]) -> str:
    return f"{store.protocol}:/{ROOT}"


def placed(store: type[Watched]) -> list[str]:
    """The files in the order in which readers got them."""
    what = "move" if store is Moving else "send"
    return [path for done, path in store.log if done == what and not path.startswith(WORK)]


def test_a_first_publish_sends_all_in_the_order_of_need(store: type[Watched], dist: Path) -> None:
    report = published(dist, target(store))
    assert store.files() == contents(dist)
    assert {item.path for item in report.sent} == contents(dist).keys()
    order = placed(store)
    assert set(order[:3]) == {"assets/map.png", "assets/style.css", "ur/a/a-ur.pdf"}
    assert set(order[3:5]) == {"en/a/index.html", "ur/a/index.html"}
    assert set(order[5:7]) == {"en/index.html", "ur/index.html"}
    assert order[7:] == ["index.html", MANIFEST]
    assert store.seen == []
    assert not [name for name in store.store if WORK in name]


def test_a_second_publish_sends_what_has_changed_and_deletes_last(store: type[Watched], dist: Path) -> None:
    published(dist, target(store))
    store.log.clear()
    report = published(output(dist, CHANGED), target(store))
    assert store.files() == contents(dist)
    assert set(placed(store)) == {*CHANGED, MANIFEST} - {"assets/map.png"}
    assert report.there == 1
    assert store.seen == []
    gone = [path for done, path in store.log if done == "delete" and not path.startswith(WORK)]
    assert gone[0] == "ur/index.html"
    assert gone[1] == "ur/a/index.html"
    assert set(gone[2:]) == {"ur/a/a-ur.pdf", "assets/style.css"}
    assert list(report.deleted[:2]) == gone[:2]
    changes = [path for _, path in store.log if not path.startswith(WORK)]
    assert changes.index(MANIFEST) < changes.index(gone[0])


@pytest.mark.parametrize("after", [1, 5, 8])
def test_of_an_output_that_a_build_replaces_meanwhile_one_or_the_other_arrives(
    store: type[Watched], dist: Path, after: int
) -> None:
    def progress(done: int, _total: int, _path: str) -> None:
        if done == after:
            old.update(contents(dist))
            output(dist, CHANGED)

    old: dict[str, bytes] = {}
    request = PublishRequest(dist, "dist", address(target(store)), dist.parent / ".kitabat", jobs=1)
    publish(request, lambda *done: None if old else progress(*done))
    # Eight files are sent before the manifest: then there is nothing left that could be another's.
    assert store.files() == (old if after == 8 else contents(dist))
    assert store.seen == []


def test_feeds_and_site_maps_come_after_whatever_they_name(store: type[Watched], dist: Path) -> None:
    output(dist, {**SITE, "sitemap.xml": "map", "ur/feed.xml": "feed", "robots.txt": "where the map is"})
    published(dist, target(store), jobs=1)
    assert placed(store)[-5:] == ["index.html", "ur/feed.xml", "robots.txt", "sitemap.xml", MANIFEST]
    output(dist, {**SITE, "ur/feed.xml": "another"})
    store.log.clear()
    published(dist, target(store), jobs=1)
    assert [path for done, path in store.log if done == "delete" and not path.startswith(WORK)] == [
        "robots.txt",
        "sitemap.xml",
    ]


def test_nothing_to_do_changes_nothing(store: type[Watched], dist: Path) -> None:
    published(dist, target(store))
    store.log.clear()
    report = published(dist, target(store))
    assert store.log == []
    assert (report.sent, report.deleted, report.there) == ((), (), len(SITE) + 1)


def test_a_manifest_that_differs_in_sources_alone_is_sent(store: type[Watched], dist: Path) -> None:
    published(dist, target(store))
    found = json.loads((dist / MANIFEST).read_text())
    found["files"]["index.html"]["sources"] = ["content/a.md"]
    (dist / MANIFEST).write_text(json.dumps(found))
    assert [item.path for item in published(dist, target(store)).sent] == [MANIFEST]
    assert store.files() == contents(dist)


def test_a_dry_run_changes_nothing_and_says_the_same(store: type[Watched], dist: Path) -> None:
    published(dist, target(store))
    output(dist, CHANGED)
    before = store.files()
    store.log.clear()
    told = published(dist, target(store), dry_run=True)
    assert store.log == []
    assert store.files() == before
    assert told == published(dist, target(store))


def test_files_that_no_publish_has_sent_stay(store: type[Watched], dist: Path) -> None:
    fs = fsspec.filesystem(store.protocol)
    fs.pipe_file(f"{ROOT}/CNAME", b"aaina.example")
    fs.pipe_file(f"{ROOT}/ur/a/notes.txt", b"mine")
    published(dist, target(store))
    published(output(dist, CHANGED), target(store))
    assert store.files() == {**contents(dist), "CNAME": b"aaina.example", "ur/a/notes.txt": b"mine"}


def test_files_in_the_way_are_told_before_anything_is_sent(store: type[Watched], dist: Path) -> None:
    fsspec.filesystem(store.protocol).pipe_file(f"{ROOT}/index.html", b"somebody else's")
    store.log.clear()
    with pytest.raises(PublishingError, match=r"Unexpected `index.html` that no publish has sent") as raised:
        published(dist, target(store))
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert store.log == []
    published(dist, target(store), overwrite=True)
    assert store.files() == contents(dist)


def test_a_manifest_of_somebody_else_is_in_the_way(store: type[Watched], dist: Path) -> None:
    fsspec.filesystem(store.protocol).pipe_file(f"{ROOT}/{MANIFEST}", b'{"name": "an app"}')
    with pytest.raises(PublishingError, match=r"Unexpected `manifest.json`"):
        published(dist, target(store))
    published(dist, target(store), overwrite=True)
    assert store.files() == contents(dist)


def test_many_files_in_the_way_are_counted(store: type[Watched], dist: Path) -> None:
    for path in SITE:
        fsspec.filesystem(store.protocol).pipe_file(f"{ROOT}/{path}", b"x")
    with pytest.raises(PublishingError, match=r"`en/index.html`, `index.html` and 3 more that"):
        published(dist, target(store))


def test_what_is_there_already_by_other_means_is_not_sent(store: type[Watched], dist: Path) -> None:
    fs = fsspec.filesystem(store.protocol)
    for path, content in contents(dist).items():
        if path != MANIFEST:
            fs.pipe_file(f"{ROOT}/{path}", content)
    assert [item.path for item in published(dist, target(store)).sent] == [MANIFEST]


def test_without_delete_files_stay_and_are_deleted_when_that_is_asked_for(store: type[Watched], dist: Path) -> None:
    published(dist, target(store))
    old = contents(dist)
    report = published(output(dist, CHANGED), target(store), delete=False)
    assert (report.deleted, report.kept) == ((), 4)
    assert store.files() == {**old, **contents(dist)}
    store.log.clear()
    assert published(dist, target(store), delete=False).kept == 4
    assert store.log == []
    report = published(dist, target(store))
    assert len(report.deleted) == 4
    assert store.files() == contents(dist)
    assert not [name for name in store.store if WORK in name]


def test_verify_mends_what_somebody_has_changed(store: type[Watched], dist: Path) -> None:
    published(dist, target(store))
    fs = fsspec.filesystem(store.protocol)
    fs.pipe_file(f"{ROOT}/en/index.html", b"defaced")
    same_size = SITE["assets/map.png"].upper().encode()
    fs.pipe_file(f"{ROOT}/assets/map.png", same_size)
    fs.rm_file(f"{ROOT}/ur/index.html")
    assert published(dist, target(store)).sent == ()
    report = published(dist, target(store), verify=True)
    assert {item.path for item in report.sent} == {"en/index.html", "assets/map.png", "ur/index.html"}
    assert store.files() == contents(dist)


def test_what_somebody_has_changed_in_a_folder_is_mended_without_being_asked_for(tmp_path: Path, dist: Path) -> None:
    published(dist, str(tmp_path / "site"))
    (tmp_path / "site" / "en" / "index.html").write_text("defaced")
    (tmp_path / "site" / "ur" / "index.html").unlink()
    report = published(dist, str(tmp_path / "site"))
    assert {item.path for item in report.sent} == {"en/index.html", "ur/index.html"}
    assert contents(tmp_path / "site") == contents(dist)


def test_files_of_nobodys_build_are_sent_when_asked_for(store: type[Watched], dist: Path) -> None:
    (dist / "CNAME").write_text("aaina.example")
    (dist / ".git").mkdir()
    (dist / ".git" / "HEAD").write_text("ref")
    (dist / "link").symlink_to("CNAME")
    published(dist, target(store))
    assert "CNAME" not in store.files()
    assert [item.path for item in published(dist, target(store), everything=True).sent] == ["CNAME"]
    (dist / "CNAME").write_text("other.example")
    assert [item.path for item in published(dist, target(store), everything=True).sent] == ["CNAME"]
    (dist / "CNAME").unlink()
    published(dist, target(store), everything=True)
    assert store.files()["CNAME"] == b"other.example"
    assert not [path for path in store.files() if ".git" in path or path == "link"]


def test_what_builds_and_publishes_need_is_never_sent(store: type[Watched], dist: Path) -> None:
    for name in (".kitabat/cache/objects/ab", f"{WORK}/journal.json", "docs/.git/config"):
        (dist / name).parent.mkdir(parents=True)
        (dist / name).write_text("mine")
    published(dist, target(store), everything=True)
    assert store.files().keys() == {*SITE, MANIFEST}


@pytest.mark.parametrize("name", [b"\xff.txt", b"a\nb", b"a\\b"])
def test_a_name_that_not_every_target_could_have_is_told(store: type[Watched], dist: Path, name: bytes) -> None:
    (dist / os.fsdecode(name)).write_text("mine")
    with pytest.raises(PublishingError, match="Unexpected name of a file") as raised:
        published(dist, target(store), everything=True)
    assert raised.value.exit_code is ExitCode.OUTPUT
    assert store.log == []
    assert len(published(dist, target(store)).sent) == len(SITE) + 1


def test_another_publish_from_elsewhere_is_noticed(
    store: type[Watched], dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interfere(path: str) -> None:
        if path == "index.html":
            fsspec.filesystem(store.protocol).pipe_file(f"{ROOT}/{JOURNAL}", b"theirs")

    monkeypatch.setattr(publishing.Round, "_done", lambda _self, path: interfere(path))
    with pytest.raises(PublishingError, match="has begun meanwhile") as raised:
        published(dist, target(store))
    assert raised.value.exit_code is ExitCode.BUSY
    assert MANIFEST not in store.files()


@pytest.mark.parametrize("journal", [b"[", b'{"generator": "kitabat", "files": {"a": 99}}', b"[" * 100_000])
def test_a_journal_that_tells_nothing_is_not_trusted(store: type[Watched], dist: Path, journal: bytes) -> None:
    published(dist, target(store))
    fs = fsspec.filesystem(store.protocol)
    fs.pipe_file(f"{ROOT}/{JOURNAL}", journal)
    fs.pipe_file(f"{ROOT}/en/index.html", b"of some publish")
    published(dist, target(store))
    assert store.files() == contents(dist)
    assert not [name for name in store.store if WORK in name]


def test_a_journal_cannot_name_what_lies_outside(store: type[Watched], dist: Path) -> None:
    fs = fsspec.filesystem(store.protocol)
    fs.pipe_file("/secret", b"secret")
    fs.pipe_file(f"{ROOT}/{JOURNAL}", b'{"generator": "kitabat", "files": {"../secret": 0, "manifest.json": 4}}')
    published(dist, target(store))
    assert fs.cat_file("/secret") == b"secret"
    fs.rm_file("/secret")


def test_bytes_that_the_target_changes_are_told(
    store: type[Watched], dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kitabat.delivery.crew.PAUSES", (0, 0))
    monkeypatch.setattr(store, "cat_file", lambda _self, path: b"changed")
    with pytest.raises(PublishingError, match="holds other bytes than those that were sent"):
        published(dist, target(store), overwrite=True)


# Folders


def test_a_folder_gets_the_same_files_and_loses_empty_folders(tmp_path: Path, dist: Path) -> None:
    site = tmp_path / "deep" / "site"
    published(dist, str(site))
    assert contents(site) == contents(dist)
    (site / "mine").mkdir()
    published(output(dist, CHANGED), str(site))
    assert contents(site) == contents(dist)
    assert not (site / "ur").exists()
    assert (site / "mine").is_dir()
    assert not (site / WORK).exists()


@pytest.mark.parametrize("name", ["سائٹ", "a b", "50% #1?", "[x]*"])
def test_any_name_of_a_folder_and_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    dist = output(tmp_path / "dist", {f"{name}.css": "x", f"{name}/{name}/index.html": page(), "index.html": page()})
    site = tmp_path / name
    published(dist, str(site))
    assert contents(site) == contents(dist)
    output(dist, {"index.html": page()})
    published(dist, str(site))
    assert contents(site) == contents(dist)


def test_a_web_server_can_read_a_folder_whatever_the_umask(tmp_path: Path, dist: Path) -> None:
    before = os.umask(0o077)
    try:
        published(dist, str(tmp_path / "site"))
    finally:
        os.umask(before)
    modes = {place: stat.S_IMODE(place.stat().st_mode) for place in (tmp_path / "site").rglob("*")}
    assert all(mode == (0o755 if place.is_dir() else 0o644) for place, mode in modes.items())


def test_a_relative_folder_and_a_file_address(tmp_path: Path, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    published(dist, "site")
    published(dist, f"file://{tmp_path}/other")
    assert contents(tmp_path / "site") == contents(tmp_path / "other") == contents(dist)


def test_a_file_in_the_way_of_the_folder_is_told(tmp_path: Path, dist: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(PublishingError, match="There is a file where a folder must be"):
        published(dist, str(tmp_path / "site"))
    assert (tmp_path / "site").read_text() == "mine"


def test_a_folder_that_another_thread_makes_meanwhile_is_no_file(
    tmp_path: Path, dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = LocalFileSystem.isdir

    def slow(self: LocalFileSystem, path: str) -> bool:
        found = bool(usual(self, path))
        Path(path).mkdir(parents=True, exist_ok=True)
        return found

    monkeypatch.setattr(LocalFileSystem, "isdir", slow)
    published(dist, str(tmp_path / "site"))
    assert contents(tmp_path / "site") == contents(dist)


def test_a_folder_in_the_way_of_a_file_is_told(tmp_path: Path, dist: Path) -> None:
    (tmp_path / "site" / "index.html").mkdir(parents=True)
    with pytest.raises(PublishingError, match="or a folder where a file must be"):
        published(dist, str(tmp_path / "site"), overwrite=True)
    assert contents(tmp_path / "site") == {}


def test_a_second_publish_at_the_same_time_is_told(tmp_path: Path, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "LOCK_SECONDS", 0.1)
    published(dist, str(tmp_path / "site"))
    (lock,) = (tmp_path / ".kitabat").glob("publish-*.lock")
    with filelock.FileLock(lock), pytest.raises(PublishingError, match="Another publish to this target") as raised:
        published(dist, str(tmp_path / "site"))
    assert raised.value.exit_code is ExitCode.BUSY
    with filelock.FileLock(lock):
        published(dist, str(tmp_path / "elsewhere"))


def test_two_publishes_of_one_output_to_one_folder_wait_for_each_other(tmp_path: Path, dist: Path) -> None:
    faults: list[PublishingError] = []

    def go() -> None:
        try:
            published(dist, str(tmp_path / "site"))
        except PublishingError as fault:
            faults.append(fault)

    threads = [threading.Thread(target=go) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert contents(tmp_path / "site") == contents(dist)


def test_a_folder_for_the_lock_that_is_a_link_is_refused(tmp_path: Path, dist: Path) -> None:
    (tmp_path / ".kitabat").symlink_to(tmp_path)
    with pytest.raises(PublishingError, match="is a link"):
        published(dist, str(tmp_path / "site"))

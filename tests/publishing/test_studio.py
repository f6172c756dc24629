"""What a process keeps of the articles that it has read."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.publishing.projects import lay_out, translated

from kitabat.model.site import Edition
from kitabat.publishing import materials, studio, web_site
from kitabat.publishing.jobs import ReadJob
from kitabat.publishing.overview import settings_of
from kitabat.publishing.press import set_up
from kitabat.publishing.publication import read_manuscript, read_publication
from kitabat.workspace import Disk


@pytest.mark.parametrize(("kept", "packed", "reads"), [(2, 0, 2), (1, 2, 2), (1, 0, 4)])
def test_an_article_is_read_once_as_long_as_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: int, packed: int, reads: int
) -> None:
    disk = Disk(translated(lay_out(tmp_path / "aaina")))
    config = settings_of(disk).value
    calls: list[str] = []

    def read(*arguments: object) -> object:
        calls.append(str(arguments[2]))
        return read_manuscript(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(studio, "read_manuscript", read)
    monkeypatch.setattr(studio, "_kept", OrderedDict())
    monkeypatch.setattr(studio, "KEPT", kept)
    monkeypatch.setattr(studio, "PACKED", packed)
    jobs = [ReadJob(str(disk.root), config, f"content/{name}.md", str(tmp_path)) for name in ("first", "second")]
    first = [studio.manuscript(job) for job in jobs]
    again = [studio.manuscript(job) for job in jobs]
    assert [for_editions(held) for held in again] == [for_editions(held) for held in first]
    assert len(calls) == reads


def test_an_article_is_packed_once_and_no_other_for_its_sake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(translated(lay_out(tmp_path / "aaina")))
    config = settings_of(disk).value
    packed: list[object] = []

    def compress(content: bytes, level: int) -> bytes:
        packed.append(content)
        return zlib.compress(content, level)

    monkeypatch.setattr(studio, "_kept", OrderedDict())
    monkeypatch.setattr(studio, "KEPT", 1)
    monkeypatch.setattr(studio, "zlib", SimpleNamespace(compress=compress, decompress=zlib.decompress))
    jobs = [ReadJob(str(disk.root), config, f"content/{name}.md", str(tmp_path)) for name in ("first", "second")]
    for job in (*jobs, *jobs, *jobs):
        studio.manuscript(job)
    assert len(packed) == 1
    assert studio.manuscript(jobs[0])[0] is studio.manuscript(jobs[0])[0]


def for_editions(held: studio.Held) -> tuple[object, ...]:
    """Return what is kept of an article where there is little room."""
    found, *rest = held
    assert found is not None
    return (studio.for_editions(found), *rest)


def test_an_article_whose_editions_were_made_is_packed_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(translated(lay_out(tmp_path / "aaina")))
    publication = read_publication(disk.root)
    press = set_up(studio.order_of(publication, ()))
    monkeypatch.setattr(studio, "_kept", OrderedDict())
    monkeypatch.setattr(studio, "KEPT", 1)
    first, second = (
        ReadJob(str(disk.root), publication.config, f"content/{name}.md", str(tmp_path)) for name in ("first", "second")
    )
    edition = Edition("first", "ur", "html")

    def page() -> str:
        found, *_ = studio.manuscript(first)
        assert found is not None
        return web_site.page(press, found, edition)

    made = page()
    studio.manuscript(second)
    assert page() == made


def test_who_is_ready_has_read_the_words_of_the_templates(tmp_path: Path) -> None:
    publication = read_publication(translated(lay_out(tmp_path / "aaina")))
    order = studio.order_of(publication, ())
    studio.get_ready()
    before = materials._words.cache_info().misses
    set_up(order)
    assert materials._words.cache_info().misses == before

"""Real catalogs: the Urdu, Persian and Arabic .po files of well-known packages, as ``tests/corpus/fetch.py`` gets them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from tests.catalogs.gettext_oracle import accepts
from tests.corpus.fetch import CORPUS

from kitabat.catalogs.merge import MergeReport, Target, merge
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PoFile

FILES = sorted(CORPUS.rglob("*.po"))
FEWEST = 120


def test_the_corpus_is_there() -> None:
    assert len(FILES) >= FEWEST, "Run `python tests/corpus/fetch.py`"
    assert {path.parts[len(CORPUS.parts)] for path in FILES} >= {"django", "allauth", "sphinx", "wagtail"}


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(CORPUS).as_posix() for path in FILES])
def test_real_catalogs_keep_every_byte(path: Path) -> None:
    content = path.read_bytes()
    outcome = PoFile.parse(content, path.name)
    assert outcome.ok == accepts(content), outcome.diagnostics
    file = outcome.value
    assert file is not None
    assert dataclasses.replace(file, original=None).content() == content
    for entry in file.all:
        assert entry.place("msgstr")[0] >= entry.msgstr_line >= entry.line > 0


@pytest.mark.parametrize("path", FILES[::6], ids=[path.relative_to(CORPUS).as_posix() for path in FILES[::6]])
def test_one_translation_changes_no_other_line(path: Path) -> None:
    content = path.read_bytes()
    file = PoFile.parse(content, path.name).value
    assert file is not None
    entry: PoEntry = file.entries[len(file.entries) // 2]
    changed = file.replaced(entry, msgstr=tuple("نیا" for _ in entry.msgstr)).content()
    again = PoFile.parse(changed, path.name).value
    assert again is not None
    assert [old == new for old, new in zip(file.all, again.all, strict=True)].count(False) == 1
    before, after = content.split(b"\n"), changed.split(b"\n")
    same = entry.msgstr_line - 1
    assert before[:same] == after[:same]
    assert again.replaced(again.all[entry.position], msgstr=entry.msgstr).all == file.all


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(CORPUS).as_posix() for path in FILES])
def test_a_merge_without_change_keeps_every_byte(path: Path) -> None:
    content = path.read_bytes()
    file = PoFile.parse(content, path.name).value
    assert file is not None
    sources = [dataclasses.replace(entry, msgstr=("",), flags=(), previous=None, comments=()) for entry in file.entries]
    merged = merge(content, sources, Target(path.name, "a", "ur", "", "2026-01-01 00:00+0000")).value
    assert merged is not None
    assert merged.report == MergeReport(unchanged=len(sources))
    assert merged.content is content

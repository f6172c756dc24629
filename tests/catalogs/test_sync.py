"""All catalogs of a publication, brought up to date in one call."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest
from tests.catalogs.articles import UR_PLURALS, article, read
from tests.catalogs.gettext_oracle import accepts, complaint

from kitabat.catalogs.merge import MergeReport
from kitabat.catalogs.sync import SyncReport, po_path, pot_path, sync
from kitabat.model.diagnostic import Severity
from kitabat.workspace import Disk, Memory, OutsideProjectError

LANGUAGES = {"ur": UR_PLURALS, "en": UR_PLURALS}
ENGLISH = article(("@front", "Title"), ("x", "One"), slug="news")
URDU = article(("@front", "سرخی"), slug="خبر نامہ", source="ur")
TEMPLATE = {"templates/a.j2": "{{ _('Contents') }}{{ ngettext('%(n)s page', '%(n)s pages', n) }}"}
PATHS = ["locales/news.pot", "locales/ur/LC_MESSAGES/news.po", "locales/en/LC_MESSAGES/news.po"]


def changes(report: SyncReport) -> dict[str, MergeReport]:
    return {file.path: file.report for file in report.files if file.differs}


def test_a_publication_gets_its_catalogs() -> None:
    files = Memory(TEMPLATE)
    report = sync(files, [ENGLISH, URDU], LANGUAGES)
    assert report.diagnostics == ()
    assert not report.up_to_date
    assert [file.path for file in report.files] == [
        path
        for name in ("news", "خبر نامہ", "kitabat")
        for path in (pot_path(name), po_path(name, "ur"), po_path(name, "en"))
    ]
    assert all(file.written for file in report.files)
    for path in [file.path for file in report.files]:
        assert accepts(files.read(path), "-c"), complaint(files.read(path), "-c")
    assert [entry.msgstr for entry in read(files.read(po_path("خبر نامہ", "ur"))).entries] == [("سرخی",)]
    assert [entry.msgstr for entry in read(files.read(po_path("خبر نامہ", "en"))).entries] == [("",)]
    assert [entry.msgstr for entry in read(files.read(po_path("kitabat", "en"))).entries] == [
        ("Contents",),
        ("%(n)s page", "%(n)s pages"),
    ]
    assert read(files.read(po_path("news", "ur"))).header["pot-creation-date"] == "2026-01-01 00:00+0000"
    again = sync(files, [ENGLISH, URDU], LANGUAGES)
    assert again.up_to_date
    assert not any(file.written for file in again.files)


def test_check_writes_nothing() -> None:
    files = Memory(TEMPLATE)
    before = dict(files.files)
    report = sync(files, [ENGLISH], LANGUAGES, check=True)
    assert files.files == before
    assert changes(report)["locales/ur/LC_MESSAGES/news.po"] == MergeReport(added=2)
    assert not any(file.written for file in report.files)


def test_a_file_that_need_not_change_is_not_written(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    sync(disk, [ENGLISH], LANGUAGES)
    for path in PATHS:
        os.utime(disk.real(path), (1, 1))
        disk.real(path).chmod(0o640)
    more = article(("@front", "Title"), ("x", "One"), slug="news")
    assert sync(disk, [more], LANGUAGES).up_to_date
    assert [disk.real(path).stat().st_mtime for path in PATHS] == [1, 1, 1]
    changed = sync(disk, [article(("@front", "Title"), slug="news")], LANGUAGES)
    assert list(changes(changed)) == PATHS
    assert [disk.real(path).stat().st_mode & 0o777 for path in PATHS] == [0o640] * 3


def test_a_catalog_at_fault_is_left_alone_and_stops_no_other() -> None:
    broken = b'msgid "a"\nmsgstr "b\n'
    files = Memory({PATHS[1]: broken})
    report = sync(files, [ENGLISH, URDU], LANGUAGES)
    assert files.read(PATHS[1]) == broken
    assert [str(fault.location) for fault in report.diagnostics] == [f"{PATHS[1]}:2:10"]
    assert PATHS[1] not in changes(report)
    assert len(changes(report)) == 5


class Unreadable(Memory):
    """A workspace in which one file is a link out of the project."""

    bad = ""

    def read(self, path: str) -> bytes:
        if path == self.bad:
            raise OutsideProjectError(path)
        return super().read(path)


@pytest.mark.parametrize(("bad", "others"), [(PATHS[0], []), (PATHS[1], [PATHS[0], PATHS[2]])])
def test_a_catalog_that_cannot_be_read(bad: str, others: list[str]) -> None:
    files = Unreadable({})
    files.bad = bad
    report = sync(files, [ENGLISH], LANGUAGES)
    assert [(fault.rule, str(fault.location)) for fault in report.diagnostics] == [("catalog/unreadable", bad)]
    assert list(files.files) == others


def test_catalogs_without_an_article_stay() -> None:
    files = Memory(
        {
            "locales/old.pot": "",
            "locales/ur/LC_MESSAGES/old.po": "",
            "locales/glossary.csv": "",
            "locales/ur/notes/x.po": "",
        }
    )
    report = sync(files, [ENGLISH], LANGUAGES)
    assert [(str(found.location), found.severity) for found in report.diagnostics] == [
        ("locales/old.pot", Severity.NOTE),
        ("locales/ur/LC_MESSAGES/old.po", Severity.NOTE),
    ]
    assert sync(files, [ENGLISH], LANGUAGES, all_articles=False).diagnostics == ()


def test_an_article_with_a_new_name_keeps_all_that_its_catalogs_had() -> None:
    files = Memory({})
    texts = [("@front", "Title"), ("x", "One thing."), ("x", "Two things."), ("x", "Three things.")]
    sync(files, [article(*texts, slug="old"), ENGLISH], LANGUAGES)
    former = files.read(po_path("old", "ur")).decode().replace("Last-Translator: ", "Last-Translator: Saba")
    former = former.replace('msgid "One thing."\nmsgstr ""', 'msgid "One thing."\nmsgstr "ایک"')
    former = former.replace(
        "\n#. paragraph\n#: content/old.md:3\n", "\n# mine\n#. paragraph\n#: content/old.md:3\n#, fuzzy\n"
    )
    former += '\n#~ msgid "Gone"\n#~ msgstr "گیا"\n'
    files.write(po_path("old", "ur"), former.encode())
    before = read(former.encode())
    report = sync(files, [article(*texts[:3], slug="new"), ENGLISH], LANGUAGES)
    assert [(str(found.location), "is `new` now" in found.message) for found in report.diagnostics] == [
        (path, True) for path in (po_path("old", "en"), "locales/old.pot", po_path("old", "ur"))
    ]
    after = read(files.read(po_path("new", "ur")))
    assert [dataclasses.replace(found, references=()) for found in after.entries] == [
        dataclasses.replace(found, references=()) for found in before.entries[:3]
    ]
    assert after.entries[1].comments == ("mine",)
    assert after.obsolete == before.obsolete
    assert after.header["last-translator"] == "Saba"
    assert files.read(po_path("old", "ur")) == former.encode()
    assert sync(files, [article(*texts[:3], slug="new"), ENGLISH], LANGUAGES).up_to_date
    other = sync(Memory(files.files), [article(("x", "Another"), slug="other"), ENGLISH], LANGUAGES)
    assert "now" not in other.diagnostics[0].message


def test_words_are_left_alone_without_templates_or_with_one_at_fault() -> None:
    own = {"locales/kitabat.pot": "", po_path("kitabat", "ur"): 'msgid "Contents"\nmsgstr "فہرست"\n'}
    assert not [path for path in changes(sync(Memory(own), [], LANGUAGES)) if "kitabat" in path]
    report = sync(Memory({**own, "templates/a.j2": "{% if %}"}), [], LANGUAGES)
    assert [fault.rule for fault in report.diagnostics] == ["rendering/template"]
    assert report.files == ()


def test_an_article_cannot_have_the_name_of_the_templates_domain() -> None:
    files = Memory(TEMPLATE)
    report = sync(files, [article(("x", "One"), slug="kitabat")], LANGUAGES)
    assert [fault.rule for fault in report.diagnostics] == ["article/slug"]
    assert [entry.msgid for entry in read(files.read("locales/kitabat.pot")).entries] == ["Contents", "%(n)s page"]


def test_other_articles_are_remembered_whichever_is_synced_first() -> None:
    long = "A sentence that stood in one article for years."
    for slugs in (("a", "b"), ("b", "a")):
        files = Memory({})
        sync(files, [article(("s", long), ("s", "Stays."), slug="b")], {"ur": UR_PLURALS})
        path = po_path("b", "ur")
        files.write(path, files.read(path).replace(b'years."\nmsgstr ""', 'years."\nmsgstr "جملہ۔"'.encode()))
        now = {
            "a": article(("s", long), ("t", long.replace("stood", "had stood")), slug="a"),
            "b": article(("s", "Stays."), slug="b"),
        }
        report = sync(files, [now[slug] for slug in slugs], {"ur": UR_PLURALS})
        assert changes(report)[po_path("a", "ur")] == MergeReport(remembered=1, changed=1)
        found = read(files.read(po_path("a", "ur"))).entries
        assert [(entry.msgstr[0], entry.is_fuzzy) for entry in found] == [("جملہ۔", False), ("جملہ۔", True)]


def test_the_former_template_tells_the_order_of_a_catalog_that_a_tool_has_shuffled() -> None:
    """Cells of one line have the same reference; some tools leave references out."""
    now = article(*(("x", f"{word} tons a year") for word in ("Twelve", "Thirty", "Forty")))
    for strip in (False, True):
        results = set()
        for turned in (False, True):
            files = Memory({})
            sync(files, [article(*(("x", f"{number} tons") for number in (12, 30, 40)))], {"ur": UR_PLURALS})
            path = po_path("a", "ur")
            head, *blocks = files.read(path).decode().split("\n\n")
            blocks = [block.strip().replace('msgstr ""', f'msgstr "{number}"') for number, block in enumerate(blocks)]
            text = "\n\n".join([head, *(reversed(blocks) if turned else blocks)]) + "\n"
            text = "\n".join(line for line in text.split("\n") if not (strip and line.startswith("#:")))
            files.write(path, text.encode())
            sync(files, [now], {"ur": UR_PLURALS})
            results.add(files.read(path))
            assert [entry.msgstr[0] for entry in read(files.read(path)).entries] == ["0", "1", "2"]
        assert len(results) == 1


def test_corrected_spelling_leaves_translations_as_they_are() -> None:
    files = Memory({})
    sync(files, [article(("x", "They recieve guests."))], {"ur": UR_PLURALS})
    path = po_path("a", "ur")
    files.write(path, files.read(path).replace(b'guests."\nmsgstr ""', b'guests."\nmsgstr "x"'))
    report = sync(files, [article(("x", "They receive guests."))], {"ur": UR_PLURALS}, typo=True)
    assert changes(report)[path] == MergeReport(corrected=1)
    assert not read(files.read(path)).entries[0].is_fuzzy

"""Links inside the publication: to articles and sections, from all over it."""

from __future__ import annotations

import unicodedata

import pytest
from tests.checks.examples import source_subject

from kitabat.checks.runner import check_source
from kitabat.checks.source import internal_links
from kitabat.checks.source.internal_links import RULE
from kitabat.model.article import Article

OTHER = "---\ntitle: Other\nsource: en\n---\n\n## اردو {#urdu}\n\nText with [words]{#words} and a list.\n"


def found(body: str) -> list[str]:
    subject = source_subject(f"---\ntitle: Example\nsource: en\n---\n\n{body}\n", other=OTHER)
    return [f"{fault.location}: {fault.message} | {fault.hint}" for fault in RULE.check(subject)]


def test_links_that_lead_somewhere() -> None:
    assert (
        found("[a](other.md) [b](other.md#urdu) [c](other.md#words) [d](#here) [e](https://a.org/x.md#y)\n\n## Here")
        == []
    )
    assert found("<mailto:a@b.c> [f](./other.md)") == []


def test_links_that_lead_nowhere() -> None:
    assert found("Two\nlines, [a](othr.md)") == [
        "content/example.md:7:12: Unexpected link to `othr.md`, expected the file of an article | Link to one of: other.md"
    ]
    assert len(found("[a](report.pdf) [b](/x.md)")) == 2
    (fault,) = found("[a](other.md#udru)")
    assert fault == (
        "content/example.md:6:5: Unexpected link to `#udru`, expected the id of a section of `other.md` | "
        "Link to one of: urdu"
    )
    assert found("[a][b]\n\n[b]: no.md")[0].startswith("content/example.md:6:1: Unexpected link to `no.md`")
    assert found("| a |\n|---|\n| [x](no.md) |")[0].startswith("content/example.md:8:7: ")


def test_links_in_urdu_are_found_where_they_are_written_and_however_their_letters_are_composed() -> None:
    assert [fault.partition(", ")[0] for fault in found("متن [الف](نہیں.md) [ب](<دو لفظ.md>)")] == [
        "content/example.md:6:11: Unexpected link to `نہیں.md`",
        "content/example.md:6:25: Unexpected link to `دو لفظ.md`",
    ]
    assert found(f"[a](#{unicodedata.normalize('NFD', 'آئین')})\n\n## آئین\n\nText") == []


def test_a_link_in_the_front_matter() -> None:
    text = "---\ntitle: Example\nsummary: see [x](no.md)\nsource: en\n---\n\nText\n"
    assert [str(fault.location)[:20] for fault in check_source(source_subject(text))] == ["content/example.md:3"]


def test_the_ids_of_articles_that_nothing_leads_to_are_not_gathered(monkeypatch: pytest.MonkeyPatch) -> None:
    gathered: list[str] = []

    def noted(article: Article) -> frozenset[str]:
        gathered.append(article.path)
        return frozenset()

    monkeypatch.setattr(internal_links, "anchors", noted)
    assert found("[a](other.md) [b](other.md) [c](https://a.org/)") == []
    assert gathered == ["content/other.md"]
    assert found("No links.") == []
    assert gathered == ["content/other.md"]

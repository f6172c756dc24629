"""Articles as read from their files."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.articles.read import read_article, read_articles
from kitabat.model.article import Article
from kitabat.model.diagnostic import Outcome, Severity
from kitabat.model.message import FRONT
from kitabat.workspace import Memory

LANGUAGES = ("en", "ur")
HEAD = "---\ntitle: A title\nsource: en\n---\n"


def read(text: str | bytes, path: str = "content/a.md") -> Outcome[Article | None]:
    return read_article(Memory({path: text}), path, LANGUAGES, "en")


def article(text: str) -> Article:
    outcome = read(text)
    assert outcome.ok, outcome.diagnostics
    assert outcome.value is not None
    return outcome.value


def test_front_matter_becomes_values_and_messages() -> None:
    found = article(
        "---\ntitle: ماسکو کا وعدہ\nsummary: 'خلاصہ: یہ'\nauthor: ادارہ\ndate: 2026-11-20\nupdated: '2026-11-22'\n"
        "source: ur\ntags: [تجزیہ, عالمی]\nslug: moscow\ntoc: false\nformats: [html]\n---\nمتن۔\n"
    )
    assert found.slug == "moscow"
    assert found.front.date == dt.date(2026, 11, 20)
    assert found.front.updated == dt.date(2026, 11, 22)
    assert found.front.formats == ("html",)
    assert not found.front.toc
    assert [(message.context, message.source) for message in found.messages[:-1]] == [
        (FRONT, "ماسکو کا وعدہ"),
        (FRONT, "خلاصہ: یہ"),
        (FRONT, "ادارہ"),
        (FRONT, "تجزیہ"),
        (FRONT, "عالمی"),
    ]
    assert str(found.messages[0].locations[0]) == "content/a.md:2:8"


def test_the_slug_comes_from_the_file_whatever_its_name() -> None:
    path = "content/اردو مضمون #1 'x'.md"
    found = read(HEAD + "Text.\n", path).value
    assert found is not None
    assert found.slug == "اردو-مضمون-1-x"


@pytest.mark.parametrize(
    ("text", "rule", "place", "words"),
    [
        ("Text.\n", "article/front-matter", "1:1", "`---`"),
        ("", "article/front-matter", "1:1", "`---`"),
        ("---\ntitle: x\n", "article/front-matter", "1:1", "second line"),
        ("---\ntitle: x: y\n---\nText\n", "article/front-matter", "2:9", "YAML"),
        ("---\n- a\n---\nText\n", "article/front-matter", "2:1", "title"),
        ("---\nsource: en\n---\nText\n", "article/title", "1:1", "title"),
        ("---\ntitle: ''\n---\nText\n", "article/title", "1:1", "title"),
        ("---\ntitle: '<!-- to be found -->'\n---\nText\n", "article/title", "2:8", "shows nothing"),
        ("---\ntitle: [a]\n---\nText\n", "article/front-matter", "2:8", "list"),
        ("---\ntitel: x\ntitle: y\n---\nText\n", "article/front-matter", "2:1", "titel"),
        ("---\ntitle: x\ntitle: y\n---\nText\n", "article/front-matter", "3:1", "second"),
        ("---\ntitle: x\ndate: 20 Nov\n---\nText\n", "article/front-matter", "3:7", "date"),
        ("---\ntitle: x\ndate: 2026-13-40\n---\nText\n", "article/front-matter", "3:7", "date"),
        ("---\ntitle: x\nsource: fr\n---\nText\n", "article/front-matter", "3:9", "en or ur"),
        ("---\ntitle: x\ntoc: maybe\n---\nText\n", "article/front-matter", "3:6", "true or false"),
        ("---\ntitle: x\ntags: one\n---\nText\n", "article/front-matter", "3:7", "list"),
        ("---\ntitle: x\nslug: ../x\n---\nText\n", "article/front-matter", "3:7", "slug"),
        ("---\ntitle: x\nslug: /etc/x\n---\nText\n", "article/front-matter", "3:7", "slug"),
        ("---\ntitle: x\nformats: [docx]\n---\nText\n", "article/front-matter", "3:10", "docx"),
        ("---\ntitle: !!python/object/apply:os.system [x]\n---\nText\n", "article/front-matter", "2:8", "Python"),
        ("---\ntitle: x\ndate: 2026-11-20xyz\n---\nText\n", "article/front-matter", "3:7", "date"),
        ("---\ntitle: x\ndate: 2026-W47-5\n---\nText\n", "article/front-matter", "3:7", "date"),
        ("---\ntitle: x\ntags: " + "[" * 3000 + "\n---\nText\n", "article/front-matter", "3:8", "list in a list"),
        ('---\ntitle: "x\\ud800"\n---\nText\n', "article/front-matter", "2:8", "U+D800"),
        ('---\ntitle: "x\\e[31m"\n---\nText\n', "article/front-matter", "2:8", "U+001B"),
        ("---\ntitle: x\nauthor: a\a b\n---\nText\n", "article/front-matter", "3:10", "U+0007"),
        ("---\ntitle: x\u0085 y\nz: a\n---\nText\n", "article/front-matter", "3:1", "`z`"),
        ("---\ntitle: x\nauthor: 'a\n---\nText\n", "article/front-matter", "3:9", "end of stream"),
        ("---\ntitle: x\ntags: [a\n---\nText\n", "article/front-matter", "3:7", "stream end"),
        ("---\ntitle: x\n---\n", "article/empty", "4:1", "text below"),
        ("---\ntitle: x\n---\n\n## Only a heading\n", "article/empty", "4:1", "text below"),
    ],
)
def test_each_fault_of_the_front_matter_has_its_place(text: str, rule: str, place: str, words: str) -> None:
    outcome = read(text)
    assert not outcome.ok
    fault = outcome.diagnostics[0]
    assert (fault.rule, str(fault.location)) == (rule, f"content/a.md:{place}")
    assert words in fault.message


def test_every_fault_of_the_front_matter_says_what_to_do() -> None:
    outcome = read("---\ntitle: x\ntitle: y\ndate: no\nz: a\n---\nText\n")
    assert len(outcome.diagnostics) == 3
    assert all(fault.hint for fault in outcome.diagnostics)


def test_a_text_over_several_lines_is_one_line() -> None:
    found = article("---\ntitle: |\n  one\n  two\nsummary: >\n  three\n  four\n---\nText\n")
    assert (found.front.title, found.front.summary) == ("one two", "three four")


def test_a_time_after_the_day_is_let_through() -> None:
    assert article("---\ntitle: x\ndate: 2026-11-20T10:30:00+05:00\n---\nText\n").front.date == dt.date(2026, 11, 20)


def test_all_faults_are_told_at_once() -> None:
    outcome = read("---\ntitel: x\ndate: no\ntoc: 3\n---\nText\n")
    assert [fault.location.line for fault in outcome.diagnostics if fault.location] == [2, 3, 4, 1]


def test_bytes_that_are_not_utf_8_are_told_with_their_place() -> None:
    (fault,) = read(HEAD.encode() + "اب".encode() + b" \xff\n").diagnostics
    assert fault.rule == "article/encoding"
    assert str(fault.location) == "content/a.md:5:4"


def test_two_articles_with_one_slug_are_a_fault() -> None:
    files = {"content/a.md": HEAD + "Text.\n", "content/b.md": HEAD.replace("source", "slug: a\nsource") + "Text.\n"}
    outcome = read_articles(Memory(files), LANGUAGES, "en")
    assert [one.slug for one in outcome.value] == ["a"]
    assert [str(fault.location) for fault in outcome.diagnostics] == ["content/b.md:1:1"]
    assert "content/a.md" in outcome.diagnostics[0].message


@pytest.mark.parametrize(
    ("one", "other"),
    [("content/News.md", "content/news.md"), ("content/caf\u00e9.md", "content/cafe\u0301.md")],
)
def test_names_that_some_disks_take_for_one_are_a_fault(one: str, other: str) -> None:
    files = {one: HEAD + "Text.\n", other: HEAD + "Text.\n"}
    outcome = read_articles(Memory(files), LANGUAGES, "en")
    assert [fault.rule for fault in outcome.diagnostics] == ["article/slug"]
    files[other] = HEAD.replace("source", "slug: NEWS\nsource") + "Text.\n"
    files[one] = HEAD.replace("source", "slug: news\nsource") + "Text.\n"
    assert not read_articles(Memory(files), LANGUAGES, "en").ok


def test_a_tab_in_front_matter_is_told_as_such() -> None:
    (fault,) = read("---\ntitle: x\ntags:\n\t- y\n---\nText\n").diagnostics
    assert (str(fault.location), fault.message) == (
        "content/a.md:4:1",
        "Unexpected tab at a line's beginning, expected spaces",
    )


def test_a_slug_is_composed() -> None:
    assert article("---\ntitle: x\nslug: cafe\u0301\n---\nText\n").slug == "caf\u00e9"


@pytest.mark.parametrize("slug", ["kitabat", "a" * 201, "\u0627" * 101])
def test_a_slug_that_no_file_can_be_named_after_is_a_fault(slug: str) -> None:
    outcome = read(f"---\ntitle: x\nslug: {slug}\n---\nText\n")
    assert outcome.value is None
    assert [(fault.rule, str(fault.location)) for fault in outcome.diagnostics] == [
        ("article/slug", "content/a.md:1:1")
    ]


def test_a_file_that_cannot_be_read_is_told() -> None:
    outcome = read_article(Memory({}), "content/gone.md", LANGUAGES, "en")
    assert outcome.value is None
    assert outcome.diagnostics[0].rule == "article/file"


@pytest.mark.parametrize("name", ["a\nb", "a\udcff", "a\u2028b", "\x1b[31m"])
def test_a_name_that_no_page_could_hold_is_a_fault(name: str) -> None:
    outcome = read(HEAD + "Text.\n", f"content/{name}.md")
    assert [fault.rule for fault in outcome.diagnostics] == ["article/file"]


def test_a_name_with_a_non_joiner_is_none() -> None:
    assert read(HEAD + "Text.\n", "content/می\u200cخواہم.md").ok


def test_a_publication_without_articles_is_told() -> None:
    (found,) = read_articles(Memory({"content/map.svg": ""}), LANGUAGES, "en").diagnostics
    assert (found.rule, found.severity) == ("article/none", Severity.WARNING)
    (found,) = read_articles(Memory({"content": ""}), LANGUAGES, "en").diagnostics
    assert (found.rule, found.severity) == ("article/file", Severity.ERROR)


def test_raw_html_in_the_front_matter_is_reported() -> None:
    outcome = read("---\ntitle: A <b>title</b>\n---\nText\n")
    assert {fault.rule for fault in outcome.diagnostics} == {"article/html"}


@given(st.text(), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_segments_joined_are_the_file(text: str, end: str, bom: bool) -> None:
    source = ("\ufeff" if bom else "") + (HEAD + text + "\nText.\n").replace("\n", end)
    content = source.encode("utf-8", "surrogatepass")
    try:
        content.decode()
    except UnicodeDecodeError:
        return
    found = read(content).value
    if found is not None:
        assert "".join(segment.text for segment in found.segments).encode() == content


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    outcome = read(text.encode("utf-8", "replace"))
    assert outcome.value is not None or outcome.diagnostics


def test_a_folder_that_cannot_be_listed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object) -> object:
        raise PermissionError(13, "Permission denied", "content/deep")

    monkeypatch.setattr(Memory, "list", closed)
    (fault,) = read_articles(Memory({}), LANGUAGES, "en").diagnostics
    assert (fault.rule, str(fault.location)) == ("article/file", "content/deep")


def test_messages_of_the_front_matter_stand_in_the_order_of_the_file() -> None:
    found = article("---\ntags: [b, a]\nauthor: Desk\ntitle: T\nsummary: S\n---\nText.\n")
    assert [message.source for message in found.messages] == ["b", "a", "Desk", "T", "S", "Text."]


def test_a_time_is_a_day_in_the_publications_zone() -> None:
    text = "---\ntitle: x\ndate: 2026-11-20T21:30:00Z\nupdated: 2026-11-21T23:30:00\n---\nText\n"
    found = read_article(Memory({"content/a.md": text}), "content/a.md", LANGUAGES, "en", ZoneInfo("Asia/Karachi"))
    assert found.value is not None
    assert found.value.front.date == dt.date(2026, 11, 21)
    assert found.value.front.updated == dt.date(2026, 11, 21)  # without an offset it is the publication's own time


def test_each_language_may_have_days_of_its_own() -> None:
    front = article(
        "---\ntitle: x\ndate: {en: 2026-11-01, ur: 2026-11-03}\nupdated:\n  ur: 2026-11-09\n---\nText\n"
    ).front
    assert [front.published_in(tag) for tag in LANGUAGES] == [dt.date(2026, 11, 1), dt.date(2026, 11, 3)]
    assert [front.updated_in(tag) for tag in LANGUAGES] == [None, dt.date(2026, 11, 9)]
    assert front.date == dt.date(2026, 11, 1)


def test_one_day_of_publication_is_that_of_every_language_and_one_update_that_of_the_source() -> None:
    front = article("---\ntitle: x\nsource: ur\ndate: 2026-11-01\nupdated: 2026-11-03\n---\nText\n").front
    assert [front.published_in(tag) for tag in LANGUAGES] == [dt.date(2026, 11, 1)] * 2
    assert [front.updated_in(tag) for tag in LANGUAGES] == [None, dt.date(2026, 11, 3)]


@pytest.mark.parametrize(
    ("lines", "place", "words"),
    [
        ("date: {en: 2026-11-01, ur: 3 Nov}", "3:28", "`3 Nov`"),
        ("date:\n  en: 2026-11-01\n  fr: 2026-11-01", "5:3", "`fr`, expected en or ur"),
        ("date: {ur: 2026-11-01, ur: 2026-11-02}", "3:24", "second `ur`"),
        ("updated: {ur: [2026-11-01]}", "3:15", "a list"),
        ("date: {}", "3:7", "empty table"),
        ("date: 0001-01-01T00:00:00+05:00", "3:7", "expected a date"),
    ],
)
def test_a_day_at_fault_is_told_with_its_place(lines: str, place: str, words: str) -> None:
    outcome = read(f"---\ntitle: x\n{lines}\n---\nText\n")
    (fault,) = outcome.diagnostics
    assert (fault.rule, str(fault.location)) == ("article/front-matter", f"content/a.md:{place}")
    assert words in fault.message
    assert outcome.value is None


def test_an_update_before_publication_is_told() -> None:
    outcome = read("---\ntitle: x\ndate: 2026-11-03\nupdated: 2026-11-01\n---\nText\n")
    (found,) = outcome.diagnostics
    assert (found.rule, found.severity.value, str(found.location)) == ("article/dates", "warning", "content/a.md:4:10")
    assert outcome.value is not None

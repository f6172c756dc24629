"""From articles and templates to .pot."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogs.articles import article, read
from tests.catalogs.gettext_oracle import accepts, complaint

from kitabat.catalogs.extract import article_entries, pot, template_entries
from kitabat.model.article import Article, FrontMatter
from kitabat.model.diagnostic import Location
from kitabat.model.message import Message, MessageKey
from kitabat.workspace import Memory

THEN, NOW = "2026-01-01 00:00+0000", "2026-02-02 00:00+0000"


def made(one: Article, former: bytes | None = None, now: str = NOW) -> bytes:
    return pot(article_entries(one), former, one.slug, f"locales/{one.slug}.pot", now)


def test_a_pot_is_complete() -> None:
    one = article(
        ("@front", "Title"), ("intro", "First."), ("intro", "50% done, “quoted”\\\nnext"), ("intro", "First.")
    )
    content = made(one, now=THEN)
    assert (
        content.decode()
        == """\
msgid ""
msgstr ""
"Project-Id-Version: a\\n"
"POT-Creation-Date: 2026-01-01 00:00+0000\\n"
"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

#. paragraph
#: content/a.md:1
msgctxt "@front"
msgid "Title"
msgstr ""

#. paragraph
#: content/a.md:3 content/a.md:7
msgctxt "intro"
msgid "First."
msgstr ""

#. paragraph
#: content/a.md:5
msgctxt "intro"
msgid ""
"50% done, “quoted”\\\\\\n"
"next"
msgstr ""
"""
    )
    assert accepts(content, "-c"), complaint(content, "-c")


def test_the_date_is_that_of_the_last_message_that_came_or_went() -> None:
    one = article(("x", "a"), ("x", "b"))
    former = made(one, now=THEN)
    assert made(one, former) == former
    moved = made(article(("x", "a"), ("x", "b"), first_line=9), former)
    assert moved == former.replace(b"md:1\n", b"md:9\n").replace(b"md:3\n", b"md:11\n")
    fewer = made(article(("x", "b")), former)
    assert read(fewer).header["POT-Creation-Date"] == NOW
    assert [entry.msgid for entry in read(fewer).entries] == ["b"]


def test_a_pot_at_fault_is_made_anew() -> None:
    one = article(("x", "a"))
    assert made(one, b"<<<<<<< HEAD\n") == made(one)
    assert made(one, b"") == made(one)


def test_what_no_catalog_can_hold() -> None:
    message = Message(
        MessageKey("a\4b", "c\0d"), (Location("content/a b.md", 2), Location("content/x.md")), ("two\n\n  lines\x85",)
    )
    one = Article(
        "a b", "content/a b.md", FrontMatter("T", "en"), (), (), messages=(message, Message(MessageKey("x", "")))
    )
    [entry] = article_entries(one)
    assert (entry.msgctxt, entry.msgid, entry.extracted) == ("ab", "cd", ("two", "lines"))
    assert entry.references == ("\u2068content/a b.md\u2069:2", "content/x.md")
    content = made(one)
    assert accepts(content, "-c")
    assert made(one, content) == content


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1), st.text(min_size=1)), max_size=5))
def test_any_article_gives_a_pot_that_stays_the_same(messages: list[tuple[str, str]]) -> None:
    messages = [(context, source) for context, source in messages if (context + source).encode(errors="ignore") != b""]
    one = article(*((c.encode(errors="ignore").decode(), s.encode(errors="ignore").decode()) for c, s in messages))
    content = made(one)
    assert accepts(content)
    assert made(one, content) == content


TEMPLATE = """\
{# TRANSLATORS: above the table of contents #}
<h2>{{ _("Contents") }}</h2>
{{ ngettext("%(count)s minute", "%(count)s minutes", minutes, count=minutes) }}
{{ pgettext("month", "May") }} {{ gettext("50% done") }} {{ _(variable) }} {{ ngettext(a, "b", 2) }}
{{ npgettext("list", "%(n)s item", "%(n)s items", n) }}
"""


def test_words_of_templates() -> None:
    files = {
        "templates/web/a.html.j2": TEMPLATE,
        "templates/z.j2": "\n{{ _('Contents') }}{{ _('%(count)s minute') }}",
        "templates/c.css": "{{ _('no') }}",
    }
    outcome = template_entries(Memory(files))
    assert outcome.ok
    content = pot(outcome.value, None, "kitabat", "locales/kitabat.pot", NOW)
    assert accepts(content, "-c"), complaint(content, "-c")
    file = read(content)
    assert [(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in file.entries] == [
        (None, "Contents", None),
        (None, "%(count)s minute", "%(count)s minutes"),
        ("month", "May", None),
        (None, "50% done", None),
        ("list", "%(n)s item", "%(n)s items"),
    ]
    first = file.entries[0]
    assert first.references == ("templates/web/a.html.j2:2", "templates/z.j2:2")
    assert first.extracted == ("above the table of contents",)
    assert b"#," not in content
    assert pot(outcome.value, content, "kitabat", "locales/kitabat.pot", "later") == content


def test_a_plural_that_comes_or_goes_changes_the_date() -> None:
    old = pot(template_entries(Memory({"templates/a.j2": "{{ _('one') }}"})).value, None, "kitabat", "p", THEN)
    new = pot(
        template_entries(Memory({"templates/a.j2": "{{ ngettext('one', 'many', 2) }}"})).value, old, "kitabat", "p", NOW
    )
    assert read(new).entries[0].msgstr == ("", "")
    assert read(new).header["POT-Creation-Date"] == NOW


def test_templates_at_fault_are_named() -> None:
    files: dict[str, str | bytes] = {
        "templates/a.j2": "{{ _('one') }}\n{% if %}",
        "templates/b.j2": b"\xff",
        "templates/c.j2": "{{ _('two') }}",
        "templates/d\n.j2": "{{ _('three') }}",
        "templates/e\udcff.j2": "{{ _('four') }}",
    }
    outcome = template_entries(Memory(files))
    assert [entry.msgid for entry in outcome.value] == ["two"]
    places = [str(fault.location) for fault in outcome.diagnostics]
    assert places == ["templates/a.j2:2", "templates/b.j2", "templates/d\n.j2", "templates/e\udcff.j2"]

"""The words of the templates."""

from __future__ import annotations

import pytest

from kitabat.catalogs.words import Words, plural_rule, read_words

HEADER = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PO = (
    HEADER
    + """\
msgid "Contents"
msgstr "فہرست"

msgctxt "list"
msgid "May"
msgstr "مئی"

msgid "%(n)s page"
msgid_plural "%(n)s pages"
msgstr[0] "%(n)s صفحہ"
msgstr[1] "%(n)s صفحے"

msgctxt "book"
msgid "%(n)s page"
msgid_plural "%(n)s pages"
msgstr[0] "%(n)s ورق"
msgstr[1] "%(n)s اوراق"

#, fuzzy
msgid "Notes"
msgstr "غلط"

msgid "Half"
msgid_plural "Halves"
msgstr[0] "آدھا"
msgstr[1] ""
"""
)


def read(*contents: str) -> Words:
    outcome = read_words([(f"{number}.po", content.encode()) for number, content in enumerate(contents)])
    assert outcome.diagnostics == ()
    return outcome.value


def test_words_are_looked_up_by_context_and_number() -> None:
    words = read(PO)
    assert words.gettext("Contents") == "فہرست"
    assert words.pgettext("list", "May") == "مئی"
    assert [words.ngettext("%(n)s page", "%(n)s pages", n) for n in (0, 1, 2)] == [
        "%(n)s صفحے",
        "%(n)s صفحہ",
        "%(n)s صفحے",
    ]
    assert [words.npgettext("book", "%(n)s page", "%(n)s pages", n) for n in (1, 2)] == ["%(n)s ورق", "%(n)s اوراق"]


def test_what_is_not_translated_is_said_as_the_templates_say_it() -> None:
    words = read(PO)
    assert words.gettext("May") == "May"
    assert words.gettext("Notes") == "Notes"
    assert words.pgettext("list", "Contents") == "Contents"
    assert words.ngettext("Half", "Halves", 1) == "Half"
    assert words.npgettext("x", "%(n)s page", "%(n)s pages", 5) == "%(n)s pages"


def test_the_first_catalog_that_has_a_word_says_it() -> None:
    words = read(HEADER + 'msgid "Contents"\nmsgstr "مندرجات"\n\nmsgid "%(n)s page"\nmsgstr ""\n', PO)
    assert words.gettext("Contents") == "مندرجات"
    assert words.ngettext("%(n)s page", "", 1) == "%(n)s صفحہ"


@pytest.mark.parametrize(
    "rule",
    [
        "", "nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=__import__('os').system('true');", "nplurals=1; plural=n;",
        "nplurals=2; plural=n/0;", "nplurals=2; plural=(((n;", "nplurals=2; plural=" + "(" * 500 + "n" + ")" * 500 + ";", "plural=n != 1",
    ],
)  # fmt: skip
def test_a_rule_that_is_none_is_never_run(rule: str) -> None:
    assert plural_rule(rule) is None
    content = PO.replace("nplurals=2; plural=(n != 1);", rule)
    outcome = read_words([("a.po", content.encode())])
    assert outcome.ok
    assert [fault.rule for fault in outcome.diagnostics] == ["catalog/plural"]
    assert outcome.value.ngettext("%(n)s page", "", 1) == "%(n)s صفحہ"


def test_a_rule_may_ask_for_more_forms_than_there_are() -> None:
    words = read(PO.replace("nplurals=2; plural=(n != 1);", "nplurals=3; plural=n > 1 ? 2 : n / (n - 1000 ? 1 : 0);"))
    assert words.ngettext("%(n)s page", "", 7) == "%(n)s صفحے"
    assert words.ngettext("%(n)s page", "", 1000) == "%(n)s صفحے"


def test_a_catalog_at_fault_is_passed_over() -> None:
    outcome = read_words([("a.po", b"<<<<<<< a\n"), ("b.po", PO.encode())])
    assert not outcome.ok
    assert outcome.value.gettext("Contents") == "فہرست"


@pytest.mark.parametrize(
    ("translation", "complaint"),
    [
        ("تحریر: %(auther)s", "placeholder named `auther`"),
        ("تحریر: %s", "`%` or placeholder"),
        ("%(who)s، ۵۰%", "`%` or placeholder"),
        ("%(who)d", "`%` or placeholder"),
        ("%(who)", "`%` or placeholder"),
    ],
)
def test_a_word_that_cannot_be_filled_in_is_named_and_passed_over(translation: str, complaint: str) -> None:
    entry = 'msgid "By %(who)s"\nmsgstr "{}"\n'
    outcome = read_words(
        [
            ("a.po", (HEADER + entry.format(translation)).encode()),
            ("b.po", (HEADER + entry.format("از %(who)s")).encode()),
        ]
    )
    [fault] = outcome.diagnostics
    assert (fault.rule, outcome.ok) == ("catalog/placeholder", True)
    assert fault.message.startswith(f"Unexpected {complaint}")
    assert "expected `%(who)s` at most" in fault.message
    assert str(fault.location).endswith(":9")
    assert outcome.value.gettext("By %(who)s") == "از %(who)s"


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("50% done", "۵۰% مکمل"),
        ("By %(who)s", "نامعلوم"),
        ("%(n)d of 5%%", "5%% میں سے %(n)s"),
        ("100% %(n)s", "%(n)q"),
    ],
)
def test_words_that_can_be_filled_in(source: str, translation: str) -> None:
    assert read(HEADER + f'msgid "{source}"\nmsgstr "{translation}"\n').gettext(source) == translation

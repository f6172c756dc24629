"""The lossless editor of .po files."""

from __future__ import annotations

import codecs
import dataclasses
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogs.gettext_oracle import accepts, run
from tests.work import assert_linear

from kitabat.catalogs import po_parser
from kitabat.catalogs.po_entry import PoEntry, Previous
from kitabat.catalogs.po_file import PoFile
from kitabat.catalogs.po_parser import Parser
from kitabat.model.diagnostic import Severity

HEADER = 'msgid ""\nmsgstr ""\n"Language: ur\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTRY = 'msgid "a"\nmsgstr "b"\n'
FULL = """\
# mine
#. yours
#: content/a.md:3
#, fuzzy, no-wrap
#| msgctxt "intro"
#| msgid "Old"
msgctxt "intro"
msgid "New"
msgstr "نیا"
"""


def read(content: str | bytes) -> PoFile:
    outcome = PoFile.parse(content.encode() if isinstance(content, str) else content, "a.po")
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def joined(file: PoFile) -> bytes:
    """The bytes as put together from the entries, not those that were kept."""
    return dataclasses.replace(file, original=None).content()


def fault(content: str | bytes) -> tuple[str, str]:
    outcome = PoFile.parse(content.encode() if isinstance(content, str) else content, "a.po")
    assert outcome.value is None
    assert not outcome.ok
    first = next(diagnostic for diagnostic in outcome.diagnostics if diagnostic.severity is Severity.ERROR)
    assert first.hint
    return str(first.location), f"{first.message} [{first.rule}]"


def test_all_of_an_entry_is_read() -> None:
    file = read(HEADER + FULL + '\n#~ msgid "x"\n#~ msgstr "y"\n')
    [entry] = file.entries
    assert entry == PoEntry(
        "New",
        ("نیا",),
        "intro",
        None,
        ("mine",),
        ("yours",),
        ("content/a.md:3",),
        ("fuzzy", "no-wrap"),
        Previous("intro", "Old"),
    )
    assert (entry.line, entry.msgstr_line, entry.is_fuzzy, entry.key) == (13, 14, True, ("intro", "New"))
    assert [gone.msgid for gone in file.obsolete] == ["x"]
    assert file.header["LANGUAGE"] == "ur"
    assert list(file.header) == ["Language", "Content-Type"]
    assert len(file.header) == 2
    with pytest.raises(KeyError):
        file.header["X-None"]


@pytest.mark.parametrize("content", ["", "\n\n", "# only a comment\n", "# without an end"])
def test_a_file_without_entries(content: str) -> None:
    file = read(content)
    assert (file.all, joined(file)) == ((), content.encode())
    assert file.header == {}


@pytest.mark.parametrize(
    "content",
    [
        HEADER + FULL,
        HEADER + ENTRY.rstrip(),
        (HEADER + FULL).replace("\n", "\r\n"),
        "\n\n# stray\n\n" + HEADER + ENTRY + "\n\n# end\n",
        HEADER + 'domain "d"\n# c\ndomain "e"\n' + ENTRY,
        HEADER + 'msgid "a" msgstr "b" msgid "c"\nmsgstr "d" # e\n',
        HEADER + 'msgid "a\\\nb"\nmsgstr "c"\n',
        HEADER + '# c\n#, fuzzy\n#~| msgid "o"\n#~ msgid "a"\n#~ msgstr "b"\n',
    ],
)
def test_reading_and_writing_keeps_every_byte(content: str) -> None:
    assert accepts(content.encode())
    assert joined(read(content)) == content.encode()
    assert read(content).content() == content.encode()


def test_byte_order_mark() -> None:
    content = codecs.BOM_UTF8 + (HEADER + ENTRY).encode()
    file = read(content)
    assert file.header["language"] == "ur"
    assert joined(file) == content
    assert file.replaced(file.entries[0], msgstr=("c",)).content() == content.replace(b'"b"', b'"c"')


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ('msgid "a"\nmsgstr "abc\n', "a.po:2:12", 'Unexpected end of line, expected `"` [catalog/syntax]'),
        ('garbage\nmsgid "a"\nmsgstr "b"\n', "a.po:1:1", "Unexpected `garbage`, expected an entry [catalog/syntax]"),
        ("<<<<<<< HEAD\n" + ENTRY, "a.po:1:1", "Unexpected merge-conflict mark `<<<<<<<`, expected an entry [catalog/syntax]"),
        (ENTRY + "=======\n" + ENTRY, "a.po:3:1", "Unexpected merge-conflict mark `=======`, expected an entry [catalog/syntax]"),
        (ENTRY + "\n" + ENTRY, "a.po:4:1", "Unexpected second entry for `a`, expected one; the first is in line 1 [catalog/duplicate]"),
        ('msgid "a"\nmsgstr "ab\\e"\n', "a.po:2:11", "Unexpected `\\e`, expected an escape such as `\\n`, `\\\"` or `\\\\` [catalog/syntax]"),
        ('msgid "a"\n\nmsgid "b"\n', "a.po:3:1", "Unexpected `msgid`, expected `msgid_plural` or `msgstr` [catalog/syntax]"),
        ('msgid "a"\n', "a.po:1", "Unexpected end of file, expected `msgid_plural` or `msgstr` [catalog/syntax]"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', "a.po:3:8", "Unexpected `msgstr[1]`, expected `msgstr[0]` [catalog/syntax]"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', "a.po:3:8", "Unexpected a string, expected `[` [catalog/syntax]"),
        ('msgid "a"\nmsgstr[0] "c"\n', "a.po:2:7", "Unexpected `[`, expected a string [catalog/syntax]"),
        ('msgid "a"\n# c\nmsgstr "c"\n', "a.po:2:1", "Unexpected a comment, expected `msgid_plural` or `msgstr` [catalog/syntax]"),
        ('#~ msgid "a"\nmsgstr "c"\n', "a.po:2:1", "Missing `#~`: an entry is obsolete as a whole or not at all [catalog/syntax]"),
        ('msgid "a"\n#~ msgstr "c"\n', "a.po:2:1", "Unexpected `#~`, expected none: an entry is obsolete as a whole or not at all [catalog/syntax]"),
        ('msgid "a"\nmsgstr "\x04"\n', "a.po:2:8", "Unexpected U+0004, which separates contexts in .mo files [catalog/syntax]"),
        ('#| msgstr "a"\nmsgid "a"\nmsgstr ""\n', "a.po:1:4", "Unexpected `#| msgstr`, expected an entry [catalog/syntax]"),
        ('"stray"\n', "a.po:1:1", "Unexpected a string, expected an entry [catalog/syntax]"),
        (b'msgid "a"\nmsgstr "b\xff"\n', "a.po:2:10", "Unexpected byte `0xFF`, expected UTF-8 [catalog/charset]"),
        ((HEADER + ENTRY).encode("utf-16"), "a.po:1:1", "Unexpected UTF-16, expected UTF-8 [catalog/charset]"),
        ((HEADER + ENTRY).encode("utf-16-be"), "a.po:1:1", "Unexpected UTF-16, expected UTF-8 [catalog/charset]"),
        ('msgid "abc"\nmsgstr "b\0"\n', "a.po:2:10", "Unexpected NUL, expected text [catalog/charset]"),
        ((HEADER + ENTRY).replace("UTF-8", "ASCII").replace('"b"', '"ب"'), "a.po:7:9", "Unexpected byte `0xD8`, expected ASCII [catalog/charset]"),
    ],
)  # fmt: skip
def test_faults_have_a_place(content: str | bytes, place: str, message: str) -> None:
    assert fault(content) == (place, message)


def test_all_faults_of_a_file_are_told_and_no_more_than_help() -> None:
    outcome = PoFile.parse(("garbage\n\n" + ENTRY + "\n").encode() * 2 + b'msgid "x"\nmsgstr "y\n', "a.po")
    assert [str(diagnostic.location) for diagnostic in outcome.diagnostics] == [
        "a.po:1:1",
        "a.po:6:1",
        "a.po:8:1",
        "a.po:12:10",
    ]
    assert len(PoFile.parse(b"garbage\n\n" * 500, "a.po").diagnostics) == 20


def test_remarks_on_the_header() -> None:
    def remarks(content: str) -> list[str]:
        outcome = PoFile.parse(content.encode(), "a.po")
        assert outcome.ok
        return [f"{found.location}: {found.message}" for found in outcome.diagnostics]

    assert remarks(HEADER + ENTRY) == []
    assert remarks(ENTRY) == ["a.po:1: Missing header entry"]
    assert remarks(HEADER.replace("UTF-8", "CHARSET")) == [
        "a.po:4: Unexpected character set `CHARSET`, expected `UTF-8`; read as UTF-8"
    ]
    assert remarks('msgid ""\nmsgstr "Language: ur\\n"\n') == [
        "a.po:2: Missing character set, expected `UTF-8`; read as UTF-8"
    ]
    assert remarks((HEADER + FULL).replace("UTF-8", "windows-1256")) == [
        "a.po:4: Unexpected character set `windows-1256` in a file that is UTF-8; read as UTF-8"
    ]
    plural = '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n"Language'
    assert remarks(HEADER.replace('"Language', plural)) == [
        "a.po:2: Unexpected placeholder in `Plural-Forms`, expected a rule"
    ]


@pytest.mark.parametrize("charset", ["ISO-8859-6", "windows-1256"])
def test_other_character_sets_are_kept(charset: str) -> None:
    content = (HEADER.replace("UTF-8", charset) + 'msgid "a"\nmsgstr "سلام"\n').encode(charset)
    file = read(content)
    assert file.entries[0].msgstr == ("سلام",)
    assert joined(file) == content
    assert file.replaced(file.entries[0], msgstr=("قلم",)).content().decode(charset).count("قلم") == 1


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "rot13", "hex", "UTF-16", "UTF-7", "utf-8-sig", "idna", "punycode", "X-NONE", ""]
)
def test_names_that_are_no_character_set_of_a_catalog(charset: str) -> None:
    content = (HEADER.replace("UTF-8", charset) + 'msgid "a\\n"\nmsgstr "ب\\n"\n').encode()
    outcome = PoFile.parse(content, "a.po")
    assert outcome.value is not None
    assert [fault.rule for fault in outcome.diagnostics] == ["catalog/charset"]
    assert joined(outcome.value) == content


def test_a_character_set_that_cannot_give_the_same_bytes_again() -> None:
    # A shift to ASCII in front of ASCII is lost when Python writes the text again.
    content = (HEADER.replace("UTF-8", "ISO-2022-JP") + "# \x1b(B\n" + ENTRY).encode()
    place, message = fault(content)
    assert (place, "does not give the same bytes" in message) == ("a.po:1", True)


def test_a_character_set_that_lacks_a_letter_gives_way_to_utf_8() -> None:
    file = read((HEADER.replace("UTF-8", "ISO-8859-6") + ENTRY).encode())
    written = file.replaced(file.entries[0], msgstr=("کہانی",)).content()
    assert read(written).header["content-type"] == "text/plain; charset=UTF-8"
    assert read(written).entries[0].msgstr == ("کہانی",)


def test_a_line_feed_that_source_and_translation_do_not_share_is_an_error() -> None:
    outcome = PoFile.parse((HEADER + 'msgid "a\\n"\nmsgstr "\\nabc"\n').encode(), "a.po")
    assert outcome.value is not None
    assert [str(found) for found in outcome.diagnostics] == [
        "a.po:7:9: error: Unexpected `\\n` at the beginning of msgstr, unlike msgid [catalog/newline]",
        "a.po:7:13: error: Missing `\\n` at the end of msgstr, unlike msgid [catalog/newline]",
    ]


def test_only_the_lines_of_what_changed_are_new() -> None:
    file = read(HEADER + FULL)
    entry = file.entries[0]
    assert file.replaced(entry, msgstr=("نئی بات",)).content().decode() == HEADER + FULL.replace("نیا", "نئی بات")
    bare = file.replaced(entry, flags=("no-wrap",), previous=None).content().decode()
    assert bare == HEADER + FULL.replace("fuzzy, ", "").replace('#| msgctxt "intro"\n#| msgid "Old"\n', "")
    gone = file.replaced(entry, obsolete=True).content().decode()
    assert gone.endswith('#~| msgctxt "intro"\n#~| msgid "Old"\n#~ msgctxt "intro"\n#~ msgid "New"\n#~ msgstr "نیا"\n')
    back = read(gone)
    assert back.replaced(back.obsolete[0], obsolete=False).content().decode() == HEADER + FULL
    assert file.replaced(entry, msgid="New") is file


def test_flags_may_stand_in_lines_of_their_new_sign_too() -> None:
    file = read(HEADER + "#, no-wrap\n#= fuzzy, mine\n" + ENTRY)
    entry = file.entries[0]
    assert (entry.flags, entry.is_fuzzy, entry.comments) == (("no-wrap", "fuzzy", "mine"), True, ())
    assert file.replaced(entry, msgstr=("c",)).content().decode() == (
        HEADER + "#, no-wrap\n#= fuzzy, mine\n" + ENTRY.replace("b", "c")
    )
    confirmed = file.replaced(entry, flags=("no-wrap", "mine")).content().decode()
    assert confirmed == HEADER + "#, no-wrap, mine\n" + ENTRY


def test_entries_may_share_a_line_until_one_is_changed() -> None:
    file = read(HEADER + '#~ msgid "a" msgstr "b" msgid "c" msgstr "d" # e\nmsgid "f" msgstr "g"\n')
    first, second, third = file.all[1:]
    written = file.replaced(first, msgstr=("x",)).content().decode()
    assert written == HEADER + '#~ msgid "a"\n#~ msgstr "x"\n#~ msgid "c"\n#~ msgstr "d"\n# e\nmsgid "f"\nmsgstr "g"\n'
    assert (second.msgid, third.comments) == ("c", ("e",))


def test_entries_move_with_their_blank_lines() -> None:
    file = read('msgid "a"\nmsgstr ""\n\n\n# c\nmsgid "b"\nmsgstr ""\n\nmsgid "c"\nmsgstr ""')
    one, two, three = file.all
    swapped = file.with_entries([two, one, three, PoEntry("d")]).content().decode()
    assert (
        swapped == '# c\nmsgid "b"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n\nmsgid "c"\nmsgstr ""\n\nmsgid "d"\nmsgstr ""\n'
    )
    assert file.with_entries([one, two, three]) is file


def test_line_ends_of_the_file_are_those_of_new_lines() -> None:
    file = read((HEADER + ENTRY).replace("\n", "\r\n"))
    written = file.with_entries([*file.all, PoEntry("c\nd", ("ج",))]).content()
    assert written.count(b"\n") == written.count(b"\r\n")


TEXT = st.text(
    st.sampled_from('ab "\\\n\t\rے،۔ 😀\x0b\x0c\x07#~|…')
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0\4"),
    max_size=200,
)


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT, TEXT, st.lists(TEXT, min_size=1, max_size=3), st.booleans(), st.booleans())
def test_whatever_is_written_is_read_again(
    context: str, source: str, old: str, forms: list[str], crlf: bool, obsolete: bool
) -> None:
    plural = source + "s" if len(forms) > 1 else None
    entry = PoEntry(
        source,
        tuple(forms),
        context,
        plural,
        ("c",),
        flags=("fuzzy",),
        previous=Previous(context, old, plural),
        obsolete=obsolete,
    )
    base = read(HEADER.replace("\n", "\r\n") if crlf else HEADER)
    content = base.with_entries([*base.all, entry]).content()
    again = read(content)
    assert again.all[-1] == entry
    assert accepts(content)
    changed = again.replaced(again.all[-1], msgstr=(*forms[:-1], old), previous=Previous(None, source))
    assert read(changed.content()).all[-1].msgstr == (*forms[:-1], old)
    assert read(changed.content()).all[0] == again.all[0]


def test_places_of_characters() -> None:
    file = read(
        HEADER + 'msgctxt "c"\nmsgid "a" "b\\nc"\nmsgid_plural "d"\nmsgstr[0] "x"\nmsgstr[1] ""\n  "\\"۱\\n"\n"۲"\n'
    )
    entry = file.entries[0]
    assert entry.place("msgctxt") == (6, 10)
    assert [entry.place("msgid", offset) for offset in range(5)] == [(7, 8), (7, 12), (7, 13), (7, 15), (7, 16)]
    assert entry.place("msgid_plural") == (8, 15)
    assert entry.place("msgstr", 0, 0) == (9, 12)
    assert [entry.place("msgstr", offset, 1) for offset in range(4)] == [(11, 4), (11, 6), (11, 7), (12, 2)]
    assert PoEntry("a").place("msgstr") == (0, 0)


def test_wrapping_is_that_of_gettext() -> None:
    words = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    entries = [PoEntry(words[:length], (words[: length + 3] + "\nnext",), "c") for length in range(55, len(words))]
    base = read(HEADER.rstrip("\n") + "\n")
    content = base.with_entries([*base.all, *entries]).content()
    assert run("msgcat", "-", content=content).stdout == content


def test_a_file_that_is_not_wrapped_stays_so() -> None:
    words = "one two three four five six seven eight nine ten " * 4
    file = read(HEADER + f'msgid "{words}"\nmsgstr ""\n')
    assert f'msgstr "{words}"\n' in file.replaced(file.entries[0], msgstr=(words,)).content().decode()


MANY = 40_000
HUGE: dict[str, Callable[[int], str]] = {
    "lines of a string": lambda many: 'msgid "a"\nmsgstr ""\n' + '"abc"\n' * many,
    "plural forms": lambda many: (
        'msgid "a\\n"\nmsgid_plural "b"\n' + "".join(f'msgstr[{number}] "x"\n' for number in range(many))
    ),
    "joined lines": lambda many: "x \\\n" * many,
    "joined lines of a string": lambda many: 'msgid "a"\nmsgstr "' + "b\\\n" * many + '"\n',
    "duplicates": lambda many: ENTRY * many,
    "entries in a line": lambda many: "".join(f'msgid "a{number}" msgstr "b" ' for number in range(many // 4)),
    "quotation marks": lambda many: '"' * many,
    "backslashes": lambda many: 'msgid "' + "\\" * many + '"',
    "brackets": lambda many: "msgstr[" * many,
    "a number": lambda many: 'msgid "a"\nmsgid_plural "b"\nmsgstr[' + "9" * many + '] ""\n',
    "isolates": lambda many: "#: " + "\u2068" * many + "\n" + ENTRY,
    "conflict marks": lambda many: "<<<<<<< a\n" * many,
}


@pytest.mark.parametrize("huge", HUGE.values(), ids=HUGE)
def test_huge_files_are_read_with_work_that_grows_with_the_length(huge: Callable[[int], str]) -> None:
    assert len(PoFile.parse(huge(MANY).encode(), "a.po").diagnostics) <= 22
    few, many = huge(500).encode(), huge(4_000).encode()
    assert_linear(lambda: PoFile.parse(few, "a.po"), lambda: PoFile.parse(many, "a.po"))


def test_ten_thousand_entries_are_read_at_once() -> None:
    content = HEADER + "".join(FULL.replace('"New"', f'"New {number}"') + "\n" for number in range(10_000))
    assert len(read(content).entries) == 10_000


def test_references_fill_lines_as_gettext_does() -> None:
    references = tuple(f"content/a-long-name.md:{number}" for number in range(1, 40, 3))
    base = read(HEADER.rstrip("\n") + "\n")
    content = base.with_entries([*base.all, PoEntry("a", references=references)]).content()
    assert read(content).entries[0].references == references
    assert run("msgcat", "-", content=content).stdout == content


def test_a_file_without_header_becomes_utf_8_as_it_is() -> None:
    file = dataclasses.replace(read(ENTRY), codec="ascii")
    assert file.replaced(file.all[0], msgstr=("ب",)).content().decode() == ENTRY.replace('"b"', '"ب"')


def test_an_entry_that_no_file_holds_is_rendered() -> None:
    file = read(HEADER)
    assert file.changed(PoEntry("a"), msgstr=("b",)).text == ENTRY


OLD_MAC = f'# خبر\n{HEADER}{FULL}\n{ENTRY}\n#~ msgid "gone"\n#~ msgstr "گیا"\n'.replace("\n", "\r")


def test_lines_that_end_in_carriage_returns_alone_are_lines() -> None:
    """As an old Mac wrote them: GNU gettext takes the whole of such a file for its first comment."""
    file = read(OLD_MAC)
    assert [entry.key for entry in file.all] == [(None, ""), ("intro", "New"), (None, "a"), (None, "gone")]
    assert joined(file) == OLD_MAC.encode()
    changed = file.replaced(file.entries[1], msgstr=("ب\nج",)).content().decode()
    assert changed == OLD_MAC.replace('msgstr "b"', 'msgstr ""\r"ب\\n"\r"ج"')
    fault = PoFile.parse(OLD_MAC.replace('msgstr "b"', 'msgstr "b').encode(), "a.po").diagnostics[0]
    assert str(fault.location) == "a.po:18:10"
    latin = OLD_MAC.replace("UTF-8", "ISO-8859-1").translate(dict.fromkeys(map(ord, "خبرنیاگ"), "é"))
    assert joined(read(latin.encode("latin-1"))) == latin.encode("latin-1")
    bad = PoFile.parse(OLD_MAC.encode()[:-4] + b"\xff\r", "a.po").diagnostics[0]
    assert bad.location is not None
    assert bad.location.line == 21


def test_no_entry_is_swallowed_by_a_comment() -> None:
    """A carriage return alone ends no line for GNU gettext, which drops what follows it in a comment."""
    mixed = f'{HEADER}# mine\rmsgid "x"\rmsgstr "y"\n{ENTRY}'
    [fault] = PoFile.parse(mixed.encode(), "a.po").diagnostics
    assert (fault.message, str(fault.location)) == (
        "Unexpected carriage return alone, expected a line feed",
        "a.po:6:7",
    )
    assert read(f"{HEADER}# mine\rand yours\n{ENTRY}").entries[0].comments == ("mine\rand yours",)
    assert joined(read('msgid "a\rb"\rmsgstr "c"\r')) == b'msgid "a\rb"\rmsgstr "c"\r'


WHOLE = st.sampled_from(
    ['msgid "a"\nmsgstr "b"', '# c\n#: a.md:3\nmsgctxt "s"\nmsgid ""\n"w"\nmsgstr ""\n"t\\n"\n"u"', "#, fuzzy"]
)
PART = st.sampled_from(
    [
        'msgid "a"', 'msgid ""', 'msgstr "b"', 'msgstr ""', '"c\\n"', '"d"', "", "# x", '#| msgid "o"', '#~ msgid "z"',
        '#~ msgstr "z"', '#~ "q"', 'msgctxt "s"', 'msgid_plural "p"', 'msgstr[0] "f"', ' msgid "i"', "<<<<<<< a",
        'domain "x"', 'msgid "e\\e"', 'msgstr "h\x85\u2028k"', "  ", '"un', "# d\x0b\u2028d", 'msgid "a" # c', "#|", "#~",
    ]
)  # fmt: skip


@given(st.lists(st.one_of(WHOLE, PART), max_size=12), st.sampled_from(["", "\n", "\n\n"]))
def test_entries_taken_whole_are_those_that_reading_word_by_word_finds(parts: list[str], end: str) -> None:
    text = "\n".join(parts) + end
    whole = Parser(text, "a.po")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(po_parser, "ENTRY", re.compile("(?!)"))
        by_word = Parser(text, "a.po")
    assert (whole.faults, whole.tail) == (by_word.faults, by_word.tail)
    for one, other in zip(whole.entries, by_word.entries, strict=True):
        assert one == other
        for name in ("line", "msgstr_line", "text", "gap", "position", "start"):
            assert getattr(one, name) == getattr(other, name)
        assert not one.msgstr_place[0] or one.msgstr_place == other.place("msgstr")

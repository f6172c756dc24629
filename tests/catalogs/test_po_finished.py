from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.catalogs import translate
from kitabat.catalogs.po_finished import finished
from kitabat.catalogs.po_writer import escaped
from kitabat.catalogs.translate import read_catalog
from kitabat.workspace import Memory

HEADER = 'msgid ""\nmsgstr ""\n"Language: ur\\n"\n"Last-Translator: Desk <desk@news.example>\\n"\n'
ABOVE = ("", "\n", "\n\n", "\n# note\n", "\n#: a.md:3\n", "\n#, fuzzy\n", "\n# kitabat: ignore a\n", '#| msgid "x"\n')
AFTER = ("", "\n", "\n\n", '\n#~ msgid "old"\n#~ msgstr "b"\n', "# end\n", "msgid")
HEADERS = (HEADER, HEADER.replace("ur", "fr"), f'{HEADER}"Plural-Forms: nplurals=INTEGER;\\n"\n', f"# x\n{HEADER}", "")

texts = st.text('ab "\\\n\tا', max_size=5)


@st.composite
def strings(draw: st.DrawFn) -> str:
    """Return the strings of one field, in one line or in several."""
    parts = draw(st.lists(texts, min_size=1, max_size=3))
    return "\n".join(f'"{escaped(part)}"' for part in parts)


@st.composite
def entries(draw: st.DrawFn) -> str:
    context = draw(st.sampled_from(["", 'msgctxt "s"\n', 'msgctxt ""\n', 'msgctxt ""\n"t"\n']))
    return f"{draw(st.sampled_from(ABOVE))}{context}msgid {draw(strings())}\nmsgstr {draw(strings())}\n"


@given(st.sampled_from(HEADERS), st.lists(entries(), max_size=4), st.sampled_from(AFTER))
def test_a_catalog_read_in_one_pass_is_what_the_grammar_makes_of_it(header: str, found: list[str], rest: str) -> None:
    disk = Memory({"a.po": header + "".join(found) + rest})
    quick = read_catalog(disk, "ur", "a.po")
    with patch.object(translate, "finished", lambda *_: None):
        assert quick == read_catalog(disk, "ur", "a.po")


def test_a_finished_catalog_is_read_in_one_pass() -> None:
    text = f'{HEADER}\n#. heading\n#: a.md:3\nmsgctxt "s"\nmsgid "one"\nmsgstr ""\n"ایک\\n"\n'
    assert finished(text.replace("one", "one\\n"), "a.po") is not None


@pytest.mark.parametrize(
    "entry",
    [
        '#, fuzzy\nmsgid "a"\nmsgstr "b"\n',
        '# kitabat: ignore a\nmsgid "a"\nmsgstr "b"\n',
        'msgid "a"\nmsgstr "b"\nmsgid "a"\nmsgstr "c"\n',
        'msgid "a\\n"\nmsgstr "b"\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n',
        '#~ msgid "a"\n#~ msgstr "b"\n',
        "rest\n",
        'msgid "a\n"\nmsgstr "b"\n',
        '# folded\\\nmsgid "a"\nmsgstr "b"\n',
        'msgid "a"\nmsgstr "b"\r\n',
        'msgid "a"\nmsgstr "b"',
    ],
)
def test_any_other_catalog_is_left_to_the_grammar(entry: str) -> None:
    assert finished(f"{HEADER}\n{entry}", "a.po") is None

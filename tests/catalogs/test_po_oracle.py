"""What GNU msgfmt refuses is refused, and what it accepts is accepted: broken files made from good ones."""

from __future__ import annotations

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.catalogs.gettext_oracle import accepts, complaint

from kitabat.catalogs.po_file import PoFile

GOOD = r"""# خبر
msgid ""
msgstr ""
"Language: ur\n"
"Content-Type: text/plain; charset=UTF-8\n"

# a note
#. from the author
#: content/a.md:3
#, fuzzy, no-wrap
#| msgctxt "intro"
#| msgid "Old \"words\""
msgctxt "intro"
msgid "New \"words\"\n"
msgstr "نئے «الفاظ»\n"

msgid "one"
msgid_plural "many"
msgstr[0] "ایک"
msgstr[1] ""
"کئی\t"
"\\ \x41"

#~| msgid "gone before"
#~ msgctxt "x"
#~ msgid "gone"
#~ msgstr "گیا"

msgid "last" msgstr "آخری"
"""
COMMENT_OF_PREVIOUS = re.compile(rb"#~?\|(?:[ \t\r\v\f]|\\\n)*#")
PIECES = [
    '"', "\\", "\n", "\\n", "#", "#~", "#~ ", "#|", "#~|", "# c\n", "#, fuzzy\n", "msgid", "msgstr", "msgctxt", "msgid_plural",
    "[", "]", "[0]", "0", "1", " ", "\t", "\r", "\r\n", "x", "\\x", "\\8", "\\1", "\\a", "\\e", "\\\n", "\x0b", "\x01", "\x04",
    "\\004", "a", "ے", "\u00a0", "\u200c", "\u2028", "\x85", "domain", 'domain "d"\n', "<<<<<<< a\n", "=======\n", ">>>>>>> b\n",
    'msgid "one"\n', 'msgstr "x"\n', '""', '""\n', '"a"', '"a"\n', "\n\n", "$", "_", "msgid \"q\"\nmsgstr \"\"\n",
]  # fmt: skip


@st.composite
def broken(draw: st.DrawFn) -> bytes:
    text = GOOD
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        kind = draw(st.sampled_from(("insert", "delete", "replace", "cut", "lines", "swap")))
        piece = draw(st.sampled_from(PIECES))
        if kind == "insert":
            text = text[:start] + piece + text[start:]
        elif kind == "delete":
            text = text[:start] + text[start + draw(st.integers(1, 12)) :]
        elif kind == "replace":
            text = text[:start] + piece + text[start + len(piece) :]
        elif kind == "cut":
            text = text[: max(start, 1)]
        else:
            lines = text.splitlines(keepends=True) or ["\n"]
            first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            if kind == "swap":
                lines[first], lines[second] = lines[second], lines[first]
            else:
                lines.insert(first, lines[second])
            text = "".join(lines)
    return text.encode()


@settings(max_examples=400, deadline=None)
@given(broken())
def test_the_verdict_is_that_of_msgfmt(content: bytes) -> None:
    # After a comment that stands behind `#|`, msgfmt takes the next line for one of `#|` too; we refuse such a comment.
    assume(not COMMENT_OF_PREVIOUS.search(content))
    outcome = PoFile.parse(content, "a.po")
    assert outcome.ok == accepts(content), f"{complaint(content)}\n{outcome.diagnostics}\n{content.decode()}"
    if outcome.value is not None:
        assert outcome.value.content() == content
    for diagnostic in outcome.diagnostics:
        assert diagnostic.location is not None
        assert diagnostic.location.line > 0
        assert diagnostic.hint

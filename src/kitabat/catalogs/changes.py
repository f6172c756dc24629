"""What of a source text a translation does not see: wrapping, kinds of quotation marks, `*` for `_`."""

from __future__ import annotations

import re

CODE = re.compile(r"(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)
SPACED_CODE = re.compile(r" (.*[^ ].*) ", re.DOTALL)
"""Markdown leaves one space at each end out, so that code may begin with a backtick."""
QUOTES = str.maketrans({**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛‹›", "'")})
TITLE = re.compile(r"""(\]\([^\s()]+\s+)'([^'"()]*)'(?=\))""")
DELIMITERS = re.compile(r"(?<![\w\\*_])[*_]+(?=[^\s*_])|(?<=[^\s\\*_])[*_]+(?![\w*_])")


def bare(text: str) -> str:
    r"""Return a text without what a translation does not see: wrapping, kind of quotes, ``*`` or ``_``.

    Code stays, in however many backticks.

    >>> bare("He said: “a  *new*\nday”.") == bare('He said: "a _new_ day".')
    True
    >>> bare("`'a'`") == bare("`’a’`"), bare("2 * 3") == bare("2 _ 3"), bare("*a*") == bare("**a**")
    (False, False, False)
    """
    parts, end = [], 0
    for match in CODE.finditer(text):
        parts += [_bare(text[end : match.start()]), f"\0{SPACED_CODE.sub(_inner, match[2])}\0"]
        end = match.end()
    whole = "".join([*parts, _bare(text[end:])])
    ends = "".join("\n" if edge == "\n" else "." for edge in (text[:1], text[-1:]))
    return f"{ends}{whole.strip()}"


def _inner(match: re.Match[str]) -> str:
    return match[1]


def _bare(text: str) -> str:
    plain = " ".join(f".{text}.".split())[1:-1].translate(QUOTES)
    return DELIMITERS.sub(lambda found: "_" * len(found[0]), TITLE.sub(r'\1"\2"', plain))

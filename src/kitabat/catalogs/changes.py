"""What of a source text a translation does not see: wrapping, kinds of quotation marks, `*` for `_`."""

from __future__ import annotations

import re

CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
QUOTES = str.maketrans({**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛", "'")})
DELIMITERS = re.compile(r"(?<![\w\\*_])[*_]+(?=[^\s*_])|(?<=[^\s\\*_])[*_]+(?![\w*_])")


def bare(text: str) -> str:
    r"""Return a text without what a translation does not see: wrapping, kind of quotes, ``*`` or ``_``; code stays.

    >>> bare("He said: “a  *new*\nday”.") == bare('He said: "a _new_ day".')
    True
    >>> bare("`'a'`") == bare("`’a’`"), bare("2 * 3") == bare("2 _ 3"), bare("*a*") == bare("**a**")
    (False, False, False)
    """
    parts, end = [], 0
    for match in CODE.finditer(text):
        parts += [_bare(text[end : match.start()]), match[0]]
        end = match.end()
    whole = "".join([*parts, _bare(text[end:])])
    ends = "".join("\n" if edge == "\n" else "." for edge in (text[:1], text[-1:]))
    return f"{ends}{whole.strip()}"


def _bare(text: str) -> str:
    return DELIMITERS.sub(lambda found: "_" * len(found[0]), " ".join(f".{text}.".split())[1:-1].translate(QUOTES))

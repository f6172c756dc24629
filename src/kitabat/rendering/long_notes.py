"""Footnotes too long for the foot of one page, in parts that may go on overleaf.

WeasyPrint keeps a footnote whole: what a page has no room for runs out of the sheet and is lost. So a long one becomes
several, of which only the first has a mark; a part that does not fit is set at the foot of the next page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

LONG = 700
"""Letters of a note that is parted: about half a small page of Nastaliq."""
PART = 350
"""Letters after which a part ends with its sentence."""
TAG = re.compile(r"(<[^>]+>)")
NOTE = re.compile(r'<span class="footnote"[^>]*>')
PAIR = re.compile(r'\A(?P<pair><span class="pair"[^>]*>)(?P<sides>.*)</span>\Z', re.DOTALL)
SIDE = re.compile(r'<span class="side"[^>]*>')
SENTENCE = re.compile(r"[.۔؟?!…][\])”’\"']*\s+")
SPACE = re.compile(r"\s+")
OWN = re.compile(r'\s(?:id|data-[a-z]+)="[^"]*"')
"""Attributes that only the first part may have: names, and what numbers are made from."""
VOID = frozenset({"br", "img", "wbr"})
WHOLE = frozenset({"a", "bdi", "code", "sup"})
"""Elements that no part ends in."""


def parted(html: str) -> str:
    """Return a document for print, its long footnotes in parts; no letter is lost.

    >>> parted('<p>a<span class="footnote" data-mark="1">short</span></p>')
    '<p>a<span class="footnote" data-mark="1">short</span></p>'
    """
    found: list[str] = []
    at = 0
    for start in NOTE.finditer(html):
        if start.start() < at:
            continue
        end = _end(html, start.end())
        inside = html[start.end() : end - len("</span>")]
        found += (html[at : start.start()], "".join(_notes(start[0], inside)))
        at = end
    return "".join((*found, html[at:]))


def _end(html: str, at: int) -> int:
    """Return where the element ends whose start tag ends here."""
    depth = 1
    for tag in TAG.finditer(html, at):
        name = _name(tag[0])
        if name not in VOID:
            depth += -1 if tag[0].startswith("</") else 1
        if not depth:
            return tag.end()
    return len(html)


def _name(tag: str) -> str:
    return re.split(r"[\s/>]", tag.lstrip("</"), maxsplit=1)[0]


def _notes(start: str, inside: str) -> Iterator[str]:
    """Yield a footnote, and its further parts."""
    pair = PAIR.match(inside)
    parts = _rows(pair["pair"], pair["sides"]) if pair else _parts(inside)
    more = OWN.sub("", start.replace('class="footnote"', 'class="footnote more"'))
    for number, part in enumerate(parts):
        yield f"{more if number else start}{part}</span>"


def _rows(pair: str, sides: str) -> list[str]:
    """Return the parts of a note in two languages, each beside its counterpart."""
    columns: list[tuple[str, list[str]]] = []
    at = 0
    while start := SIDE.search(sides, at):
        at = _end(sides, start.end())
        columns.append((start[0], _parts(sides[start.end() : at - len("</span>")])))
    rows = []
    for number, row in enumerate(zip_longest(*(parts for _, parts in columns), fillvalue="")):
        starts = [OWN.sub("", start) if number else start for start, _ in columns]
        cells = "".join(f"{start}{part}</span>" for start, part in zip(starts, row, strict=True))
        rows.append(f"{pair}{cells}</span>")
    return rows


def _parts(html: str) -> list[str]:
    """Return the content of a note in parts, each of which closes what it opens."""
    if sum(len(text) for text in TAG.split(html)[::2]) <= LONG:
        return [html]
    parts, part, length = [], "", 0
    opened: list[str] = []
    for place, piece in enumerate(TAG.split(html)):
        if place % 2:
            part += piece
            if piece.startswith("</"):
                opened.pop()
            elif _name(piece) not in VOID:
                opened.append(piece)
            continue
        text = piece
        while (cut := _cut(text, length)) and not WHOLE.intersection(map(_name, opened)):
            ends = "".join(f"</{_name(tag)}>" for tag in reversed(opened))
            parts.append(part + text[:cut] + ends)
            part, length, text = "".join(OWN.sub("", tag) for tag in opened), 0, text[cut:]
        part, length = part + text, length + len(text)
    return [*parts, part]


def _cut(text: str, before: int) -> int:
    """Return where a text may be parted, so many letters after the last part: after a sentence, or at a space; or 0."""
    for pattern, least in ((SENTENCE, PART), (SPACE, 2 * PART)):
        for end in pattern.finditer(text, max(0, least - before)):
            if pattern is SPACE or end.end() <= max(0, 2 * PART - before):
                return end.end() if end.end() < len(text) else 0
    return 0

"""A message as a copy-editor reads it: the words of one language, each where it stands, and signs for all the rest."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from kitabat.language.direction import CONTROLS
from kitabat.language.misprint import MARKUP
from kitabat.language.stretches import ATOM
from kitabat.markup.inline import Inline, InlineKind, parse

FOREIGN = re.compile(
    r"(?:https?://|www\.)[^\s<>]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|%\([^()\s]*\)[a-z]|%[0-9$.]*[sdif]\b|\{[^{}\s]*\}|<[^<>]*>"
)
"""Addresses, placeholders of programs, and HTML, which is shown as text."""
_ENTITY = re.compile(r"&#?\w+;")
FARTHEST = 2000
"""Characters of markup that a text may have before it; an address, most often."""
INVISIBLE = frozenset(CONTROLS)
_SPACE = re.compile(r"[ \t]*\n[ \t]*| ")


def languages(nodes: Iterable[Inline], language: str) -> tuple[str, ...]:
    """Return the languages that a message has words in: its own, then those of its marked parts.

    >>> languages(parse("a [b]{lang=ar}").nodes, "en")
    ('en', 'ar')
    """
    marked = (inner.attributes.get("lang", language) for node in nodes for inner in node.walk())
    return tuple(dict.fromkeys(primary(tag) for tag in (language, *marked)))


def primary(tag: str) -> str:
    """Return the language of a tag, without script and region.

    >>> primary("ur-PK")
    'ur'
    """
    return tag.partition("-")[0].lower()


def view(nodes: Sequence[Inline], text: str, language: str, wanted: str) -> str:
    r"""Return a text of the same length, in which only the words in the language ``wanted`` are as they are written.

    Code, addresses, placeholders and words of other languages are ``ATOM``, other markup is ``MARKUP``, a line feed
    stays for a hard break. ``nodes`` are what ``text`` was parsed to; ``language`` is the message's own. Where it
    cannot be told what stands where, there is markup.

    >>> text = "a *b* `c` [d](e) [f]{lang=ar} \\_g"
    >>> view(parse(text).nodes, text, "en", "en").replace(MARKUP, "·").replace(ATOM, "¤")
    'a ·b· ¤·· ·d···· ·¤·········· ·_g'
    """
    if len(nodes) == 1 and nodes[0].kind is InlineKind.TEXT and nodes[0].text == text:
        shown = text if language == wanted else ATOM * len(text)
    else:
        signs = ["\n" if sign == "\n" else MARKUP for sign in text]
        _paint(signs, nodes, text, 0, language, wanted)
        shown = "".join(signs)
    return FOREIGN.sub(lambda match: ATOM * len(match[0]), shown)


def _paint(signs: list[str], nodes: Iterable[Inline], text: str, at: int, language: str, wanted: str) -> int:
    """Write the words of some nodes over the signs, from a position on; return the position behind them."""
    for node in nodes:
        own = primary(node.attributes.get("lang", language))
        if node.kind is InlineKind.TEXT:
            at = _paint_text(signs, node.text, text, at, is_wanted=own == wanted)
        elif node.kind is InlineKind.IMAGE:
            start = max(at, text.find(node.text, at))
            shown = view(parse(node.text).nodes, node.text, own, wanted)
            signs[start : start + len(shown)] = shown
            at = _after(node.attributes.get("src", ""), text, start + len(shown))
        elif node.kind in (InlineKind.CODE, InlineKind.NOTE):
            end = _after(node.text or node.attributes.get("label", ""), text, at)
            signs[at : at + 1] = ATOM[: len(text) - at]
            at = end
        else:
            at = _paint(signs, node.children, text, at, own, wanted)
            at = _after(node.attributes.get("href", ""), text, at)
    return at


def _after(piece: str, text: str, at: int) -> int:
    found = text.find(piece, at)
    return at if found < 0 else found + len(piece)


def _paint_text(signs: list[str], found: str, text: str, at: int, *, is_wanted: bool) -> int:
    start = text.find(found, at)
    if start >= 0:
        signs[start : start + len(found)] = found if is_wanted else ATOM * len(found)
        return start + len(found)
    for place in range(at, min(len(text), at + FARTHEST)):
        written = _written(found, text, place)
        if written:
            break
    else:
        return at
    for sign, length in written:
        escaped = length > 1 and text[place] == "\\"
        last = place + length - 1
        shown = sign if is_wanted else ATOM
        signs[place : place + length] = [MARKUP] * length
        if sign:
            signs[last if escaped else place] = shown if length == 1 or escaped or sign == " " else ATOM
        place += length
    return place


def _written(found: str, text: str, place: int) -> list[tuple[str, int]]:
    """Return each character with the length of how it is written from a place on; nothing where it is not.

    Invisible controls, which the parser drops, have no character.
    """
    written: list[tuple[str, int]] = []
    for sign in found:
        while text[place : place + 1] in INVISIBLE:
            written.append(("", 1))
            place += 1
        length = _length(sign, text, place)
        if not length:
            return []
        written.append((sign, length))
        place += length
    return written


def _length(sign: str, text: str, place: int) -> int:
    """Return how many characters Markdown has for one; 0 where another one stands there."""
    entity = _ENTITY.match(text, place) if text.startswith("&", place) else None
    if entity and html.unescape(entity[0]) == sign:
        return len(entity[0])
    if sign == " " and (space := _SPACE.match(text, place)):
        return len(space[0])
    if text.startswith("\\", place) and text.startswith(sign, place + 1):
        return 2
    return 1 if text.startswith(sign, place) else 0

"""Tables on screens and in pipes: columns that give way to one another, and bars."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

import msgspec

from kitabat.cli.excerpt import safe
from kitabat.cli.visual import width

GAP = "  "
ELLIPSIS = "…"


class Column(msgspec.Struct, frozen=True):
    """One column: what stands in it, and how far it may be narrowed."""

    heading: str
    cells: tuple[str, ...]
    """As they are shown; those that may be cropped, in reading order."""
    is_right: bool = False
    """Its cells end below one another, as numbers do."""
    least: int = 0
    """Cells of the terminal below which it is not narrowed; 0 for a column that keeps its width."""
    paint: Callable[[int, str, int], str] = lambda _, text, __: text
    """What the cell of a row becomes in a width: a bar is drawn, Urdu is put in visual order."""

    @property
    def natural(self) -> int:
        """The width that it takes where there is room."""
        return max(map(width, (self.heading, *self.cells)))


def fitted(columns: Sequence[Column], room: int | None) -> tuple[int, ...] | None:
    """Return the columns' widths; None where they do not fit, however narrow.

    What is too much is taken from the last column that can be narrowed, then from the one before it.

    >>> columns = [Column("a", ("12345",), least=2), Column("b", ("12345",), least=3)]
    >>> fitted(columns, None), fitted(columns, 10), fitted(columns, 8), fitted(columns, 6)
    ((5, 5), (5, 3), (3, 3), None)
    """
    widths = [column.natural for column in columns]
    too_much = sum(widths) + len(GAP) * (len(widths) - 1) - room if room is not None else 0
    for place in reversed(range(len(columns))):
        spare = widths[place] - columns[place].least if columns[place].least else 0
        taken = max(0, min(spare, too_much))
        widths[place] -= taken
        too_much -= taken
    return None if too_much > 0 else tuple(widths)


def lines(columns: Sequence[Column], widths: Sequence[int], between: str = GAP) -> Iterator[str]:
    """Yield a table's lines, the headings first; the last column is not filled up.

    >>> list(lines([Column("n", ("1", "20"), is_right=True), Column("name", ("x", "y"))], (2, 4)))
    [' n  name', ' 1  x', '20  y']
    """
    for place in range(len(columns[0].cells) + 1):
        parts = []
        for column, size in zip(columns, widths, strict=True):
            text = column.heading if place == 0 else column.cells[place - 1]
            shown = cropped(text, size) if place == 0 else column.paint(place - 1, cropped(text, size), size)
            space = " " * (size - width(bare(shown)))
            parts.append(space + shown if column.is_right else shown + space)
        yield between.join(parts).rstrip()


def bare(text: str) -> str:
    r"""Return a text without its colours.

    >>> bare("\x1b[32mab\x1b[0mc")
    'abc'
    """
    first, *rest = text.split("\x1b[")
    return first + "".join(part.partition("m")[2] for part in rest)


def folded(text: str, first: int, later: int) -> Iterator[str]:
    """Yield the lines of a text, broken between words: the first has ``first`` cells, each other ``later``.

    A word that has no room in a line stands alone in it; the first line is empty where ``first`` has room for no word.

    >>> list(folded("one two three", 3, 9)), list(folded("one", 0, 9)), list(folded("seventeen", 9, 3))
    (['one', 'two three'], ['', 'one'], ['seventeen'])
    """
    line, room = "", first
    is_first = True
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer) <= room or (not line and not is_first):
            line = longer
            continue
        yield line
        line, room, is_first = word, later, False
    yield line


def cropped(text: str, room: int) -> str:
    """Return a text that takes no more than some cells of a terminal, cut where it must be; never inside a letter.

    >>> cropped("abcdef", 4), cropped("اردو کا", 5), cropped("漢字", 3)
    ('abc…', 'اردو…', '漢…')
    """
    text = safe(text)
    if width(text) <= room:
        return text
    kept = ""
    for sign in text:
        if width(kept + sign) > room - 1 and not unicodedata.combining(sign):
            break
        kept += sign
    return kept.rstrip() + ELLIPSIS


def parts_of(counts: Sequence[int], cells: int) -> tuple[int, ...]:
    """Return how many cells of a bar each part gets; one that is there gets one at least, where there are enough.

    >>> parts_of((997, 1, 2), 10), parts_of((1, 1, 1), 10), parts_of((5, 0, 0), 10), parts_of((0, 0, 0), 10)
    ((8, 1, 1), (4, 3, 3), (10, 0, 0), (0, 0, 0))
    """
    whole = sum(counts)
    if not whole:
        return tuple(0 for _ in counts)
    found = [max(1, count * cells // whole) if count else 0 for count in counts]
    while sum(found) != cells:
        step = 1 if sum(found) < cells else -1
        # The part that is furthest from what it should have; of equal ones the first.
        errors = [(counts[place] * cells - found[place] * whole) * step for place in range(len(found))]
        usable = [place for place in range(len(found)) if counts[place] and (step > 0 or found[place] > 1)]
        if not usable:
            break
        found[max(usable, key=lambda place: errors[place])] += step
    return tuple(found)

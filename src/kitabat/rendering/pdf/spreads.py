"""Two languages on facing pages: both flows laid out spread by spread, so that what belongs together begins level.

A *row* is what stands in both flows: a paragraph, a heading, an item, a table. On each spread both pages are laid out,
the heights at which their rows begin are compared, and the page on which a row begins higher gets room above it. A row
that begins on one of the two pages only is sent overleaf on that page too, so that no row ever begins on two spreads.
A page is laid out again until nothing moves; then the next spread begins where this one ended. So a row that is longer
in one language leaves room in the other, a row longer than a page leaves whole pages, and footnotes take their room
from their own page. Each spread is laid out a few times, however many there are.

It reaches into WeasyPrint through `flow` only, which is guarded by version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from kitabat.rendering.pdf.flow import CLOSE, Flow, Laid
from kitabat.rendering.pdf.tables import level_rows

ATTEMPTS = 16
"""Layouts of one spread; two or three are usual, and more only where breaks shift."""
PASSES = 8
"""Layouts of the whole, as in WeasyPrint itself: contents learn the numbers of pages only when there are pages."""
Rooms = tuple[dict[str, float], dict[str, float]]
"""By row: what stands above it in each flow beyond what its style asks for, CSS pixels."""


@dataclass(slots=True)
class Spread:
    """What was decided for the two pages of a spread."""

    rooms: Rooms = field(default_factory=lambda: ({}, {}))
    last: str = ""
    """The key of the row that is to begin overleaf; empty where the pages' own ends decide."""
    blank: list[bool] = field(default_factory=lambda: [False, False])

    @contextmanager
    def applied(self, flows: Sequence[Flow]) -> Iterator[None]:
        """Give the rows their room while the pages are laid out; other pages of the flows have rows of their own."""
        for flow, rooms in zip(flows, self.rooms, strict=True):
            for key, room in rooms.items():
                flow.rows[key].give(room)
            if self.last:
                flow.rows[self.last].send(overleaf=True)
        yield
        for flow, rooms in zip(flows, self.rooms, strict=True):
            for key in rooms:
                flow.rows[key].give(0)
            if self.last:
                flow.rows[self.last].send(overleaf=False)


def lay_out(flows: tuple[Flow, Flow]) -> None:
    """Lay both flows out in spreads; afterwards both have the same number of pages.

    What stands in their margins comes last: see `flow.pages`.
    """
    order = _common(flows)
    known: dict[int, tuple[Any, Spread]] = {}
    for _ in range(PASSES):
        texts = [flow.counted() for flow in flows]
        for flow in flows:
            flow.restart()
        index = 0
        while not all(flow.done for flow in flows):
            _lay_out_spread(flows, order, index, known)
            index += 1
        levelled = level_rows([flow.root for flow in flows], [flow.pages for flow in flows])
        if levelled:
            known.clear()
        for flow in flows:
            flow.count()
        if not levelled and texts == [flow.counted() for flow in flows]:
            return


def _lay_out_spread(
    flows: tuple[Flow, Flow], order: Mapping[str, int], index: int, known: dict[int, tuple[Any, Spread]]
) -> None:
    """Lay out two facing pages until they are level, and go on to the next."""
    starts = [flow.start(index) for flow in flows]
    begins = [start.maker[0] for start in starts]
    before, spread = known.get(index, (None, None))
    if spread is None or before != begins:
        spread = Spread(blank=[flow.done for flow in flows])
    laid: list[Laid] = []
    for _ in range(ATTEMPTS):
        with spread.applied(flows):
            laid = [
                flow.lay_out(index, start, blank=blank)
                for flow, start, blank in zip(flows, starts, spread.blank, strict=True)
            ]
        better = _judged(spread, [_new(one, flows) for one in laid], order, flows[0])
        if better is None:
            break
        spread = better
    known[index] = (begins, spread)
    for flow, one in zip(flows, laid, strict=True):
        flow.pages.append(one.page)
        flow.begun.update(one.heights)
        flow.done = one.done


def _new(laid: Laid, flows: Sequence[Flow]) -> Mapping[str, float]:
    """Return where rows begin that have begun in neither flow yet, and are in both."""
    return {
        key: height
        for key, height in laid.heights.items()
        if all(key in flow.rows and key not in flow.begun for flow in flows)
    }


def _judged(spread: Spread, laid: Sequence[Mapping[str, float]], order: Mapping[str, int], flow: Flow) -> Spread | None:
    """Return what to try next; None where the two pages are as they should be."""
    first, second = map(set, laid)
    if alone := min(first ^ second, key=order.__getitem__, default=""):
        if not spread.last or order[alone] < order[spread.last]:
            return Spread(_cut(spread.rooms, order, alone), alone, list(spread.blank))
        # Sent overleaf, yet there: it is what the page begins with, so that page stays empty.
        blank = [now or alone in one for now, one in zip(spread.blank, laid, strict=True)]
        return None if all(blank) else Spread(spread.rooms, spread.last, blank)
    movable = [key for key in first if not flow.rows[key].of_table]
    rooms = _levelled(laid, sorted(movable, key=order.__getitem__), spread.rooms)
    moves = (abs(new[key] - old.get(key, 0)) for new, old in zip(rooms, spread.rooms, strict=True) for key in new)
    return None if max(moves, default=0) <= CLOSE else Spread(rooms, spread.last, list(spread.blank))


def _levelled(laid: Sequence[Mapping[str, float]], shared: Sequence[str], rooms: Rooms) -> Rooms:
    """Return the room above each row that brings both its beginnings to the lower of their heights."""
    found: Rooms = ({}, {})
    given, moved = [0.0, 0.0], [0.0, 0.0]
    for key in shared:
        own = []
        for side, (one, room) in enumerate(zip(laid, rooms, strict=True)):
            given[side] += room.get(key, 0)
            own.append(one[key] - given[side])
        level = max(height + move for height, move in zip(own, moved, strict=True))
        for side, height in enumerate(own):
            found[side][key] = level - height - moved[side]
            moved[side] = level - height
    return found


def _cut(rooms: Rooms, order: Mapping[str, int], last: str) -> Rooms:
    first, second = ({key: room for key, room in side.items() if order[key] < order[last]} for side in rooms)
    return first, second


def _common(flows: tuple[Flow, Flow]) -> dict[str, int]:
    """Return the keys of the rows that both flows have, with their places in the first."""
    return {key: place for place, key in enumerate(flows[0].rows) if key in flows[1].rows}

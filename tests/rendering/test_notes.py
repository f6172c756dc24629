"""The numbers of footnotes."""

from __future__ import annotations

from kitabat.model.article import Block, BlockKind
from kitabat.rendering.bare import NOWHERE
from kitabat.rendering.notes import Notes


def test_a_note_that_another_version_has_keeps_its_number() -> None:
    mine = Notes(NOWHERE, {label: Block(BlockKind.NOTE) for label in ("n0", "n1", "n2")}, str)
    mine.numbers = {"n2": 1, "n0": 2}
    for label in ("n1", "n0", "n2", "n0"):
        mine.note(label)
    views = mine.views(lambda _: ())
    assert [(view.id, view.mark, view.backlinks) for view in views] == [
        ("note-1", "1", ("noteref-1",)),
        ("note-2", "2", ("noteref-2", "noteref-2-2")),
        ("note-3", "3", ("noteref-3",)),
    ]

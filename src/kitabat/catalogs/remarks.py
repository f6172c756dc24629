"""A translator's comments that are for the toolkit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kitabat.catalogs.po_entry import PoEntry
from kitabat.model.diagnostic import Location
from kitabat.model.message import Remark

WORD = "kitabat:"
REMARK = re.compile(rf"#[ \t]+({WORD}[^\r\n]*?)[ \t]*\r?$", re.MULTILINE)


def remarks(entry: PoEntry, path: str) -> Iterator[Remark]:
    r"""Yield the lines of an entry that begin with ``# kitabat:``, with their places.

    >>> text = '# kitabat: ignore a\n#. kitabat: b\nmsgid "kitabat:"\nmsgstr ""\n'
    >>> [(remark.text, str(remark.location)) for remark in remarks(PoEntry("", text=text, start=(4, 1)), "a.po")]
    [('kitabat: ignore a', 'a.po:4:3')]
    """
    if WORD not in entry.text:
        return
    for number, line in enumerate(entry.text.split("\n"), entry.start[0]):
        found = REMARK.match(line)
        if found:
            yield Remark(found[1], Location(path, number, found.start(1) + 1))

"""Lines of a source text: where each begins, and which line and column an offset is."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from kitabat.model.diagnostic import Location

LINE_END = re.compile(r"\r\n?|\n")


class Lines:
    r"""The lines of one file, with any kind of line end.

    >>> lines = Lines("content/a.md", "one\r\ntwo")
    >>> lines.text(1), lines.start(1), str(lines.location(6))
    ('two', 5, 'content/a.md:2:2')
    """

    def __init__(self, path: str, source: str) -> None:
        self.path = path
        self.source = source
        self.has_returns = "\r" in source
        if self.has_returns:
            ends = [match.span() for match in LINE_END.finditer(source)]
            self.starts = [0, *(end for _, end in ends)]
            self.stops = [*(start for start, _ in ends), len(source)]
        else:
            after = list(accumulate(len(line) + 1 for line in source.split("\n")))
            self.starts = [0, *after[:-1]]
            self.stops = [end - 1 for end in after]

    def __len__(self) -> int:
        return len(self.starts)

    def start(self, line: int) -> int:
        """Return the offset at which a line (from 0) begins."""
        return self.starts[line] if line < len(self.starts) else len(self.source)

    def text(self, line: int) -> str:
        """Return a line (from 0) without its end; empty beyond the last."""
        return self.source[self.starts[line] : self.stops[line]] if line < len(self.starts) else ""

    def rest(self, line: int) -> str:
        r"""Return the lines from one (from 0) on, with line feeds between them.

        >>> Lines("content/a.md", "one\r\ntwo\rthree").rest(1)
        'two\nthree'
        """
        if self.has_returns:
            return "\n".join(map(self.text, range(line, len(self))))
        return self.source[self.start(line) :]

    def location(self, offset: int) -> Location:
        """Return an offset's place in the file."""
        line = bisect_right(self.starts, offset) - 1
        return Location(self.path, line + 1, offset - self.starts[line] + 1)

"""Lines of files: each file read once, and nothing where there is nothing to read."""

from __future__ import annotations

from kitabat.cli.files import LARGEST_SOURCE, Files
from kitabat.model.diagnostic import Location
from kitabat.workspace import Memory


class Counting(Memory):
    reads = 0

    def read(self, path: str) -> bytes:
        self.reads += 1
        return super().read(path)


def test_lines_whatever_ends_them() -> None:
    disk = Counting({"a": "\ufeffone\r\ntwo\rthree\n", "b": b"\xff", "c": "x" * (LARGEST_SOURCE + 1)})
    files = Files(disk)
    assert [files.line(Location("a", line)) for line in range(6)] == [None, "one", "two", "three", "", None]
    assert disk.reads == 1
    assert files.line(Location("b", 1)) == "\ufffd"
    assert files.line(Location("c", 1)) is None
    assert files.line(Location("none", 1)) is None
    assert files.line(None) is None
    assert Files(None).line(Location("a", 1)) is None

"""Goldens: whole small publications beside what a command makes of them.

A case is a folder of tests/golden/: a project, and

    command         the arguments after `kitabat`, on one line; `build` where there is no such file
    expected/       each text file that the command makes or changes, at its place in the project
    expected/report exit code, standard output and standard error

PDFs, fonts and pictures are compared elsewhere by what they hold, not here by their bytes. A file of expected/ that
the command did not make fails the case, so that no golden stands unused.
"""

from __future__ import annotations

import difflib
import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

GOLDEN = Path(__file__).parent / "golden"
EXPECTED = "expected"
REPORT = "report"
COMMAND = "command"
TEXT = {"", ".html", ".json", ".md", ".po", ".pot", ".toml", ".txt", ".xml"}
"""Suffixes of the files that are compared; style sheets are looked at, not compared."""
DIGEST = re.compile(r"\b[0-9a-f]{64}\b|(?<=\.)[0-9a-f]{10}(?=\.)")
TIME = re.compile(r"in [0-9.]+ s$", re.MULTILINE)
STEP = re.compile(r"^\[[0-9]+/[0-9]+\] .*\n", re.MULTILINE)
"""A line of progress: in which order editions are done depends on the machine."""
"""What changes with every change of a style sheet or font; the tests of builds hold it."""
IGNORED = {".kitabat"}
"""Folders of the project that are nobody's output."""

Tree = Mapping[str, str]
"""Text by path, relative to the project, with ``/`` between the parts."""
Command = Callable[[list[str], Path], "CompletedProcess[str]"]
"""Runs `kitabat` with these arguments in this project."""


@dataclass(frozen=True, slots=True)
class Case:
    """One folder of tests/golden/."""

    folder: Path

    @property
    def arguments(self) -> list[str]:
        """What follows `kitabat` on the command line."""
        file = self.folder / COMMAND
        return shlex.split(file.read_text(encoding="utf-8")) if file.exists() else ["build"]

    @property
    def expected(self) -> Tree:
        """The goldens."""
        return read_tree(self.folder / EXPECTED)

    def lay_out(self, project: Path) -> None:
        """Copy the project of the case to a place where a command may write."""
        top = str(self.folder)
        shutil.copytree(self.folder, project, ignore=lambda at, _: {EXPECTED, COMMAND} if at == top else set())

    def run(self, command: Command, project: Path) -> Tree:
        """Run the case's command in a fresh copy, and return what it made, changed and said."""
        self.lay_out(project)
        before = read_tree(project)
        report = command(self.arguments, project)
        made = {path: text for path, text in read_tree(project).items() if before.get(path) != text}
        said = f"exit code {report.returncode}\n--- output\n{report.stdout}--- errors\n{report.stderr}"
        return {REPORT: TIME.sub("in TIME s", STEP.sub("", said.replace(str(project), "PROJECT"))), **made}

    def update(self, made: Tree) -> None:
        """Make what a command did the goldens."""
        shutil.rmtree(self.folder / EXPECTED, ignore_errors=True)
        for path, text in made.items():
            place = self.folder / EXPECTED / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", newline="")


def cases(folder: Path = GOLDEN) -> list[Case]:
    """Return the cases in the order of their names."""
    return [Case(place) for place in sorted(folder.iterdir()) if place.is_dir()]


def read_tree(folder: Path) -> dict[str, str]:
    """Return the text files below a folder, line ends as they are; empty where there is no such folder."""
    tree = {}
    for place in sorted(folder.rglob("*")):
        parts = place.relative_to(folder).parts
        if place.is_file() and place.suffix in TEXT and IGNORED.isdisjoint(parts):
            tree[DIGEST.sub("DIGEST", "/".join(parts))] = DIGEST.sub("DIGEST", place.read_bytes().decode("utf-8"))
    return tree


def differences(expected: Tree, made: Tree) -> list[str]:
    """Return the lines of a unified diff of two trees; none where they are alike.

    >>> print(*differences({"a.txt": "one"}, {"a.txt": "two"}), sep="", end="")
    --- expected/a.txt
    +++ made/a.txt
    @@ -1 +1 @@
    -one
    +two
    """
    lines: list[str] = []
    for path in sorted({*expected, *made}):
        left, right = (tree.get(path, "").splitlines(keepends=True) for tree in (expected, made))
        if path not in made:
            lines.append(f"golden without a file: {path}\n")
        elif path not in expected:
            lines.append(f"file without a golden: {path}\n")
        found = list(difflib.unified_diff(left, right, f"expected/{path}", f"made/{path}"))
        lines += [line if line.endswith("\n") else f"{line}\n" for line in found]
    return lines

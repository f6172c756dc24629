"""`kitabat check --fix`: mends what is certain, or shows what it would mend."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from kitabat.cli.console import Console, plural
from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError

if TYPE_CHECKING:
    from kitabat.publishing.mending import MendedFile
    from kitabat.publishing.publication import Publication


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--fix",
        action="store_true",
        help="mend what is certain, in the texts of articles and in translations that are not fuzzy; then check",
    )
    parser.add_argument(
        "--diff",
        action="store_true",
        help="with --fix: write nothing, show what would change, and exit with 1 if anything would",
    )


def mended(publication: Publication, options: argparse.Namespace, console: Console) -> list[MendedFile]:
    """Write the files that change, all or none, or show their changes; return those files.

    Raises PublishingError for a slug that is no article's, for ``--diff`` alone, and where a file cannot be written.
    """
    from kitabat.publishing.mending import mended_files
    from kitabat.publishing.overview import concerning

    if not options.fix:
        raise PublishingError(error("usage/arguments", "Missing `--fix` before `--diff`", hint="Add `--fix`"))
    concerning(publication, options.slugs)
    files = list(mended_files(publication, options.slugs))
    if options.diff:
        for file in files:
            console.result("\n".join(diff(file)))
        return files
    if files:
        written(publication, files, wait=console.remark)
    for line in lines(files):
        console.remark(line)
    return files


def written(publication: Publication, files: Iterable[MendedFile], *, wait: Callable[[str], object]) -> None:
    """Write all files or none, those that somebody has changed in the meantime as little as the others."""
    from kitabat.catalogs.lock import locked

    with locked(publication.disk.root, wait=wait):
        for file in files:
            if publication.disk.read(file.path) != file.before:
                message = "Unexpected change of the file while it was being mended, expected it as it was"
                hint = "Run the command again; nothing was changed"
                raise PublishingError(error("output/write", message, Location(file.path), hint))
        publication.disk.write_all([(file.path, file.after) for file in files])


def lines(files: Iterable[MendedFile]) -> Iterator[str]:
    """Yield what was done to each file.

    >>> from kitabat.publishing.mending import MendedFile
    >>> list(lines([MendedFile("content/a.md", b"", b"", 2), MendedFile("locales/a.pot", b"", b"", 0)]))
    ['content/a.md: 2 places mended', 'locales/a.pot: follows the article']
    """
    for file in files:
        done = f"{plural(file.number, 'place')} mended" if file.number else "follows the article"
        yield f"{file.path}: {done}"


def diff(file: MendedFile) -> Iterator[str]:
    r"""Yield the lines of a unified diff.

    >>> from kitabat.publishing.mending import MendedFile
    >>> list(diff(MendedFile("a.md", b"1\n2", b"1\n3\n", 1)))[2:]
    ['@@ -1,2 +1,2 @@', ' 1', '-2', '\\ No newline at end of file', '+3']
    """
    before, after = (content.decode("utf-8", "replace").split("\n") for content in (file.before, file.after))
    old, new = ([*(f"{line}\n" for line in part[:-1]), *filter(None, part[-1:])] for part in (before, after))
    for line in difflib.unified_diff(old, new, f"a/{file.path}", f"b/{file.path}"):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"

"""Takes an existing translation of an article into its catalog: pairs the two texts block by block and writes the .po.

Translations that the catalog already has stay as they are. A pair that is certain becomes a translation, any other a
fuzzy one, and a list names the places where the two texts part.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from kitabat.cli.console import Console, plural
from kitabat.cli.project import Project, open_project
from kitabat.model.diagnostic import error
from kitabat.model.errors import ExitCode, PublishingError, exit_code_of

if TYPE_CHECKING:
    from kitabat.publishing.adoption import Adopted

SUMMARY = "take an existing translation into the catalogs"
EXAMPLE = """exit codes:
  0  adopted, however far the texts part
  2  the slug or a path is wrong; 3 one of the texts is at fault; 4 a catalog is: nothing was written

example:
  kitabat adopt river --source drafts/river.en.md --translation drafts/river.ur.md --dry-run
"""
INTERRUPTED = "each file is whole, as it was or new"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("slug", metavar="SLUG", help="the article")
    parser.add_argument(
        "--source",
        metavar="FILE",
        default="",
        help="the article's text, put into content/ where it is not there yet (default: the article of this slug)",
    )
    parser.add_argument("--translation", metavar="FILE", required=True, help="the same article in the other language")
    parser.add_argument(
        "--language",
        metavar="TAG",
        default="",
        help="language of the translation (default: its front matter’s `source`, or the other language)",
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing, only say what would be written")


def run(options: argparse.Namespace, console: Console) -> ExitCode:
    """Pair the two texts, write the catalogs while no sync runs, and tell where the texts part."""
    from kitabat.catalogs.lock import locked
    from kitabat.publishing.adoption import Request, adopt

    project = open_project(options.project)
    source = in_project(project, options.source) if options.source else ""
    request = Request(options.slug, in_project(project, options.translation), source, options.language)
    with nullcontext() if options.dry_run else locked(project.disk.root, wait=console.remark):
        outcome = adopt(project.disk, project.settings, request)
        adopted = outcome.value
        if adopted and outcome.ok and not options.dry_run:
            adopted.draft.save()
    console.diagnostics(outcome.diagnostics, project.disk)
    if adopted and outcome.ok:
        for line in lines(adopted, would=options.dry_run):
            console.result(line)
    return exit_code_of(outcome.diagnostics)


def in_project(project: Project, given: str) -> str:
    """Return a file's path in the project; it is looked for from the present folder, then from the project's.

    Raises PublishingError where there is no such file, or not in the project.
    """
    root = project.disk.root
    places = [place for place in (Path.cwd() / given, root / given) if os.path.lexists(place)]
    for place in places:
        inside = Path(os.path.realpath(place.parent)) / place.name
        if inside.is_relative_to(root):
            return inside.relative_to(root).as_posix()
    if places:
        message = f"Unexpected `{given}`, expected a file in the project"
        hint = f"Copy it to a folder of {root.name}/, such as drafts/, and name it there"
    else:
        message, hint = f"No file `{given}`", "Give its path from here, or from the project's folder"
    raise PublishingError(error("usage/path", message, hint=hint))


def lines(adopted: Adopted, *, would: bool) -> Iterator[str]:
    """Yield what has been written, how many messages fared how, and where the two texts part."""
    from kitabat.catalogs.adoption.parting import parting

    verb = "would be written" if would else "written"
    if adopted.placed and adopted.article.path in adopted.draft.written:
        yield f"{adopted.article.path}: {verb}, as {adopted.placed} has it"
    counts = adopted.counts
    told = [f"{counts.certain + counts.fuzzy} adopted, {counts.fuzzy} of them fuzzy"]
    told += [f"{counts.untranslated} without a translation"] if counts.untranslated else []
    told += [f"{counts.kept} translated before and kept"] if counts.kept else []
    yield f"{adopted.catalog}: {', '.join(told)}"
    for path in adopted.draft.written:
        if path not in (adopted.article.path, adopted.catalog):
            yield f"{path}: {verb}"
    apart = list(parting(adopted.matches, adopted.article.path, adopted.translation.path))
    if not apart:
        yield "The two texts are parallel throughout"
        return
    yield f"The two texts part in {plural(len(apart), 'place')}:"
    yield from (f"  {one}" for one in apart)

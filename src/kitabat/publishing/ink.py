"""The check of ink: every PDF is laid out as a build would, and looked at."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

from kitabat.building.executor import execute
from kitabat.building.task import Task
from kitabat.model.diagnostic import Diagnostic, Location, error, warning
from kitabat.publishing.build import WARM
from kitabat.publishing.editions import PDF, editions, path_of
from kitabat.publishing.pdf_edition import pdf_job
from kitabat.publishing.press import set_up
from kitabat.publishing.publication import Publication
from kitabat.publishing.studio import order_of
from kitabat.rendering.pdf.ink import Clash
from kitabat.rendering.pdf.render import clashes_of

AUTO = 'Write `line_height = "auto"` in [language.ur], or a larger number'


def check_ink(publication: Publication, slugs: Collection[str]) -> Iterator[Diagnostic]:
    """Yield a finding for each line of a PDF whose ink meets the line above, or leaves the box that it stands in.

    Raises PublishingError where a style sheet, a font or the templates' words are at fault.
    """
    press = set_up(order_of(publication, ()))
    manuscripts = {manuscript.article.slug: manuscript for manuscript in publication.manuscripts}
    wanted = {path_of(edition): edition for edition in editions(publication, slugs, (), (PDF,))}
    jobs = [pdf_job(press, manuscripts[edition.slug], edition) for edition in wanted.values()]
    tasks = [Task(job.name, clashes_of, job, len(job.html)) for job in jobs]
    workers = publication.config.jobs or os.cpu_count() or 1
    for result in execute(tasks, workers, lambda *_: None, [WARM["pdf"]] if tasks else []):
        name = result.task.name
        place = Location(manuscripts[wanted[name].slug].article.path)
        if result.fault:
            yield error("rendering/edition", f"Cannot lay out `{name}`: {result.fault}", place, "Simplify the article")
            continue
        for clash in result.value:
            yield warning("pdf/ink", f"`{name}` {told(clash)}", place, AUTO)


def told(clash: Clash) -> str:
    """Return what is wrong, and where.

    >>> told(Clash(3, 12, "کھینچی", "امریکی"))
    'page 3, line 12: Unexpected ink of “کھینچی” in “امریکی” of the line above, expected space between them'
    >>> told(Clash(3, 12, "تقسیم", ""))
    'page 3, line 12: Unexpected ink of “تقسیم” outside of the box of its line, expected all of it inside'
    """
    where = f"page {clash.page}, line {clash.line}: Unexpected ink of “{clash.words}”"
    if clash.against:
        return f"{where} in “{clash.against}” of the line above, expected space between them"
    return f"{where} outside of the box of its line, expected all of it inside"

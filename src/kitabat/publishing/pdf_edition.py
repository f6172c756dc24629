"""The PDF editions: the same views as on the web, set for paper."""

from __future__ import annotations

from kitabat.language.registry import language
from kitabat.model.site import BILINGUAL, Edition
from kitabat.publishing.editions import path_of
from kitabat.publishing.frame import Frames
from kitabat.publishing.press import PRINT_SCHEME, Press
from kitabat.publishing.publication import Manuscript
from kitabat.rendering.compose import compose, compose_pairs
from kitabat.rendering.long_notes import parted
from kitabat.rendering.pdf.render import PdfJob


def pdf_job(press: Press, manuscript: Manuscript, edition: Edition) -> PdfJob:
    """Return all that a PDF edition is made from."""
    both = edition.language == BILINGUAL
    tag = press.tags[0] if both else edition.language
    return PdfJob(
        name=path_of(edition),
        html=parted(_bilingual(press, manuscript, edition) if both else _article(press, manuscript, edition)),
        style=press.print_style,
        fonts=press.print_fonts,
        pictures={f"{PRINT_SCHEME}{file.name}": (file.content, file.type) for file in manuscript.pictures.values()},
        binds_right=binds_right(tag, press.config.pdf.binding),
        leading=press.leading(manuscript) if edition.language != "en" else (),
        standards=press.config.pdf.variant,
    )


def binds_right(tag: str, binding: str) -> bool:
    """Tell whether the spine is at the right: as the settings say, or where the language begins.

    >>> binds_right("ur", "auto"), binds_right("ur", "left")
    (True, False)
    """
    return language(tag).direction == "rtl" if binding == "auto" else binding == "right"


def _article(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    tag, path = edition.language, path_of(edition)
    return press.templates.render(
        "print/article.html.j2",
        press.sides[tag],
        site=Frames(press.config, "").site(tag, path),
        page=Frames(press.config, "").page(tag, path, {}),
        article=compose(manuscript.edited(tag, press.config), press.print_place(manuscript, tag)),
    )


def _bilingual(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    first, second = press.tags[:2]
    path = path_of(edition)
    places = (press.print_place(manuscript, first), press.print_place(manuscript, second))
    leading, following = (manuscript.edited(tag, press.config) for tag in (first, second))
    return press.templates.render(
        "print/bilingual.html.j2",
        press.sides[first],
        site=Frames(press.config, "").site(first, path),
        page=Frames(press.config, "").page(first, path, {}),
        bilingual=compose_pairs(leading, following, places, press.config.pdf.layout, ""),
        sides=(press.sides[first], press.sides[second]),
    )

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
from kitabat.rendering.notes import ENDNOTES, FOOTNOTES
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
        notes_by_page=press.config.pdf.footnotes == "page",
    )


def binds_right(tag: str, binding: str) -> bool:
    """Tell whether the spine is at the right: as the settings say, or where the language begins.

    >>> binds_right("ur", "auto"), binds_right("ur", "left")
    (True, False)
    """
    return language(tag).direction == "rtl" if binding == "auto" else binding == "right"


def _article(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    tag = edition.language
    # The foot of a page in columns is no column's own, and WeasyPrint parts some notes there from their marks.
    notes = ENDNOTES if press.config.pdf.style == "newspaper" else FOOTNOTES
    article = compose(manuscript.edited(tag, press.config), press.print_place(manuscript, tag, notes))
    return _rendered(press, edition, "print/article.html.j2", (tag,), article=article)


def _bilingual(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    first, second = press.tags[:2]
    places = (press.print_place(manuscript, first), press.print_place(manuscript, second))
    leading, following = (manuscript.edited(tag, press.config) for tag in (first, second))
    pairs = compose_pairs(leading, following, places, press.config.pdf.layout, "")
    return _rendered(press, edition, "print/bilingual.html.j2", (first, second), bilingual=pairs)


def _rendered(press: Press, edition: Edition, template: str, tags: tuple[str, ...], **views: object) -> str:
    """Return a document for print in the frame of its first language."""
    path, frames = path_of(edition), Frames(press.config, "")
    return press.templates.render(
        template,
        press.sides[tags[0]],
        site=frames.site(tags[0], path),
        page=frames.page(tags[0], path, {}),
        sides=[press.sides[tag] for tag in tags],
        names=[press.config.name_in(tag) for tag in tags],
        taglines=[press.config.tagline_in(tag) for tag in tags],
        print=press.config.pdf,
        **views,
    )

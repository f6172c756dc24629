"""The PDF editions: the same views as on the web, set for paper."""

from __future__ import annotations

from collections.abc import Iterable

from kitabat.config.values import millimetres
from kitabat.language.registry import language
from kitabat.model.site import BILINGUAL, Edition
from kitabat.publishing.editions import path_of, spine_at_right
from kitabat.publishing.frame import Frames
from kitabat.publishing.materials import PRINT_SCHEME
from kitabat.publishing.press import Press
from kitabat.publishing.publication import Manuscript
from kitabat.rendering.compose import compose, compose_facing, compose_pairs, title_of_both
from kitabat.rendering.context import ArticleView
from kitabat.rendering.notes import ENDNOTES, FOOTNOTES
from kitabat.rendering.pdf.binding import FACING, FLIP, Binding
from kitabat.rendering.pdf.render import PdfJob

NOTE_DENSITY = 0.02
"""Characters of a footnote to a square millimetre of its page, margins among it."""
SHORTEST_LIMIT = 60
SMALLEST_SHEET = "148mm 210mm"
"""Of the house styles, for an edition whose settings name no size."""
LATIN_DIGITS = "0123456789"
NEWSPAPER = "newspaper"
"""The style whose text stands in columns."""


def pdf_job(press: Press, manuscript: Manuscript, edition: Edition) -> PdfJob:
    """Return all that a PDF edition is made from."""
    both = edition.language == BILINGUAL
    layout = press.config.pdf.layout if both else ""
    return PdfJob(
        name=path_of(edition),
        html="" if layout in BINDERS else (_bilingual if both else _article)(press, manuscript, edition),
        style=press.print_style,
        fonts=press.print_fonts,
        pictures={f"{PRINT_SCHEME}{file.name}": (file.content, file.type) for file in manuscript.pictures.values()},
        binds_right=spine_at_right(press.config, edition),
        leading=press.leading(manuscript) if edition.language != "en" else (),
        standards=press.config.pdf.variant,
        notes_by_page=press.config.pdf.footnotes == "page",
        notes_below_columns=_in_columns(press)
        and press.config.pdf.footnotes == "page"
        and (not both or layout == FLIP),
        binding=BINDERS[layout](press, manuscript, edition) if layout in BINDERS else None,
        longest_note=_longest_note(press.config.pdf.page_size),
    )


ARTICLE, BOTH = "print/article.html.j2", "print/bilingual.html.j2"
FACING_PAGES, TITLE_PAGE, FLIP_BOOK = (f"print/{name}.html.j2" for name in ("facing", "facing_title", "flip"))
"""The templates of the PDFs."""
OF_LAYOUTS = {FACING: (FACING_PAGES, TITLE_PAGE), FLIP: (FLIP_BOOK,)}
REFERENCE = "print/reference.html.j2"
"""What cross-references say."""


def templates(edition: Edition, layout: str) -> tuple[str, ...]:
    """Return the templates of an edition; ``layout`` is that of the bilingual one."""
    if edition.language != BILINGUAL:
        return ARTICLE, REFERENCE
    return *OF_LAYOUTS.get(layout, (BOTH,)), REFERENCE


def _longest_note(page_size: str) -> int:
    """Return how many characters of a footnote surely fit on a page: half a page of Nastaliq, or thereabouts.

    >>> _longest_note("210mm 297mm"), _longest_note("105mm 148mm")
    (1247, 311)
    """
    width, height = (millimetres(side) or 0 for side in (page_size or SMALLEST_SHEET).split())
    return max(SHORTEST_LIMIT, round(width * height * NOTE_DENSITY))


def _article(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    tag = edition.language
    article = compose(manuscript.edited(tag, press.config), press.print_place(manuscript, tag, _notes(press)))
    return _rendered(press, edition, ARTICLE, (tag,), article=article)


def _in_columns(press: Press) -> bool:
    """Tell whether the text of an edition of one language stands in columns."""
    return press.config.pdf.style == NEWSPAPER


def _notes(press: Press) -> str:
    """Return where the notes of such an edition stand: a newspaper's at the article's end, unless numbered by page."""
    return ENDNOTES if _in_columns(press) and press.config.pdf.footnotes == "article" else FOOTNOTES


def _bilingual(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    first, second = press.tags[:2]
    places = (press.print_place(manuscript, first), press.print_place(manuscript, second))
    leading, following = (manuscript.edited(tag, press.config) for tag in (first, second))
    pairs = compose_pairs(leading, following, places, press.config.pdf.layout, "")
    return _rendered(press, edition, BOTH, (first, second), bilingual=pairs)


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


def _facing(press: Press, manuscript: Manuscript, edition: Edition) -> Binding:
    """Return a title page and a document of each language: the one that runs from right to left on right-hand pages."""
    first, second = press.tags[:2]
    places = (press.print_place(manuscript, first), press.print_place(manuscript, second))
    leading, following = (manuscript.edited(tag, press.config) for tag in (first, second))
    articles = dict(zip((first, second), compose_facing(leading, following, places), strict=True))
    sites = tuple(Frames(press.config, "").site(tag, path_of(edition)) for tag in articles)
    heading = title_of_both(articles[first].title, articles[second].title)
    views = {"articles": tuple(articles.values()), "sites": sites, "title": heading}
    title = _rendered(press, edition, TITLE_PAGE, tuple(articles), **views)
    # A spread's first page in the file is the one at the side of the spine, as the book is read towards the other.
    order = _from_left(articles)
    if spine_at_right(press.config, edition):
        order.reverse()
    texts = (_one_side(FACING_PAGES, press, edition, tag, articles[tag]) for tag in order)
    return Binding(FACING, (title, *texts), _digits(press, order), shared=press.config.pdf.folios == "shared")


def _flip(press: Press, manuscript: Manuscript, edition: Edition) -> Binding:
    """Return a document of each language: first the one that begins at the left cover."""
    articles = {
        tag: compose(manuscript.edited(tag, press.config), press.print_place(manuscript, tag, _notes(press)))
        for tag in press.tags[:2]
    }
    order = _from_left(articles)
    texts = tuple(_one_side(FLIP_BOOK, press, edition, tag, articles[tag]) for tag in order)
    return Binding(FLIP, texts, _digits(press, order), backwards=spine_at_right(press.config, edition))


def _one_side(template: str, press: Press, edition: Edition, tag: str, article: ArticleView) -> str:
    return _rendered(press, edition, template, (tag,), article=article, words=press.sides[tag])


def _from_left(tags: Iterable[str]) -> list[str]:
    """Return the languages as their pages lie: what runs from right to left lies right."""
    return sorted(tags, key=lambda tag: language(tag).direction == "rtl")


def _digits(press: Press, tags: Iterable[str]) -> tuple[str, ...]:
    """Return the ten digits that the folios of each language are written in."""
    return tuple(LATIN_DIGITS if press.config.language[tag].digits == "latin" else language(tag).digits for tag in tags)


BINDERS = {FACING: _facing, FLIP: _flip}
"""Layouts of the bilingual edition that are documents of their own, bound as one."""

"""The web editions: articles, bilingual pages, front pages, the chooser, and what they share."""

from __future__ import annotations

from kitabat.model.site import BILINGUAL, Edition
from kitabat.publishing.addresses import CHOOSER, front_page, relative, web_edition
from kitabat.publishing.editions import path_of, shelf
from kitabat.publishing.press import Press
from kitabat.publishing.publication import Manuscript
from kitabat.rendering.compose import compose, compose_pairs

ARTICLE, BOTH, INDEX, CHOOSING = (f"web/{name}.html.j2" for name in ("article", "bilingual", "index", "chooser"))
"""The templates of the pages."""


def page(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    """Return the page of an article's web edition."""
    make = _bilingual if edition.language == BILINGUAL else _article
    return make(press, manuscript, edition)


def states(press: Press, slug: str) -> dict[str, str]:
    """Return the pages that show the same article, by language, and ``bilingual`` for both at once."""
    pages = {tag: web_edition(tag, slug) for tag in (*press.config.languages, BILINGUAL)}
    return {tag: path for tag, path in pages.items() if path in press.available}


def fronts(press: Press) -> dict[str, str]:
    """Return the front pages that there are, by language."""
    pages = {tag: front_page(tag) for tag in press.config.languages}
    return {tag: path for tag, path in pages.items() if path in press.available}


def _article(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    tag, path = edition.language, path_of(edition)
    return press.templates.render(
        ARTICLE,
        press.sides[tag],
        site=press.frames.site(tag, path),
        page=press.frames.page(tag, path, states(press, edition.slug), (tag,)),
        article=compose(manuscript.edited(tag, press.config), press.web_place(manuscript, tag, path)),
    )


def _bilingual(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    path = path_of(edition)
    first, second = press.tags[:2]
    place, other = (press.web_place(manuscript, tag, path, both=True) for tag in (first, second))
    leading, following = (manuscript.edited(tag, press.config) for tag in (first, second))
    return press.templates.render(
        BOTH,
        press.sides[first],
        site=press.frames.site(first, path),
        page=press.frames.page(first, path, states(press, edition.slug), (first, second)),
        bilingual=compose_pairs(leading, following, (place, other), press.config.pdf.layout, place.pdf),
        sides=(press.sides[first], press.sides[second]),
    )


def listing(press: Press, tag: str) -> str:
    """Return the front page of a language."""
    path = front_page(tag)
    return press.templates.render(
        INDEX,
        press.sides[tag],
        site=press.frames.site(tag, path),
        page=press.frames.page(tag, path, fronts(press), (tag,), CHOOSER),
        articles=tuple(
            compose(reading.edited(tag, press.config), press.web_place(reading, tag, path), body=False)
            for reading in shelf(press.articles.values(), press.available, tag)
        ),
    )


def chooser(press: Press) -> str:
    """Return the page that leads to the languages."""
    first, there = press.config.default_language, fronts(press)
    tags = tuple(tag for tag in press.tags if tag in there)
    return press.templates.render(
        CHOOSING,
        press.sides[first],
        sites=tuple(press.frames.site(tag, CHOOSER) for tag in tags),
        page=press.frames.page(first, CHOOSER, there, tags, CHOOSER),
        style=relative(CHOOSER, press.frames.style),
    )

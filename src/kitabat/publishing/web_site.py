"""The web editions: articles, bilingual pages, front pages, the chooser, and what they share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kitabat.catalogs.sync import po_path
from kitabat.model.site import BILINGUAL, Edition, OutputFile
from kitabat.publishing.addresses import CHOOSER, asset, front_page, relative, web_edition
from kitabat.publishing.editions import HTML, path_of
from kitabat.publishing.press import Press
from kitabat.publishing.publication import Manuscript
from kitabat.rendering.compose import compose, compose_pairs


def page(press: Press, manuscript: Manuscript | None, edition: Edition) -> OutputFile:
    """Return the page of a web edition; without a manuscript, a front page."""
    if manuscript is None:
        text = _front_page(press, edition.language)
        sources = tuple(one.article.path for one in press.publication.manuscripts)
    else:
        make = _bilingual if edition.language == BILINGUAL else _article
        text = make(press, manuscript, edition)
        sources = tuple(sources_of(press, manuscript, edition))
    return OutputFile(path_of(edition), text.encode(), edition, sources)


def sources_of(press: Press, manuscript: Manuscript, edition: Edition) -> Iterator[str]:
    """Yield the project's files that an edition is made from."""
    yield manuscript.article.path
    tags = press.tags if edition.language == BILINGUAL else (edition.language,)
    yield from (po_path(manuscript.article.slug, tag) for tag in tags if tag in manuscript.catalogs)
    yield from (file.source for file in manuscript.pictures.values())


def _states(press: Press, slug: str) -> dict[str, str]:
    """Return the pages that show the same article, by language, and ``bilingual`` for both at once."""
    pages = {tag: web_edition(tag, slug) for tag in (*press.config.languages, BILINGUAL)}
    return {tag: path for tag, path in pages.items() if path in press.available}


def _article(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    tag, path = edition.language, path_of(edition)
    return press.templates.render(
        "web/article.html.j2",
        press.sides[tag],
        site=press.frames.site(tag, path),
        page=press.frames.page(tag, path, _states(press, edition.slug)),
        article=compose(manuscript.edited(tag, press.config), press.web_place(manuscript, tag, path)),
    )


def _bilingual(press: Press, manuscript: Manuscript, edition: Edition) -> str:
    path = path_of(edition)
    first, second = press.tags[:2]
    place, other = (press.web_place(manuscript, tag, path, both=True) for tag in (first, second))
    leading, following = (manuscript.edited(tag, press.config) for tag in (first, second))
    return press.templates.render(
        "web/bilingual.html.j2",
        press.sides[first],
        site=press.frames.site(first, path),
        page=press.frames.page(first, path, _states(press, edition.slug)),
        bilingual=compose_pairs(leading, following, (place, other), press.config.pdf.layout, place.pdf),
        sides=(press.sides[first], press.sides[second]),
    )


def _front_page(press: Press, tag: str) -> str:
    path = front_page(tag)
    listed = [
        manuscript
        for manuscript in press.publication.manuscripts
        if web_edition(tag, manuscript.article.slug) in press.available
    ]
    listed.sort(key=lambda manuscript: manuscript.article.slug)
    listed.sort(key=lambda manuscript: manuscript.days[tag].first or dt.date.min, reverse=True)
    states = {other: front_page(other) for other in press.config.languages}
    return press.templates.render(
        "web/index.html.j2",
        press.sides[tag],
        site=press.frames.site(tag, path),
        page=press.frames.page(tag, path, {key: one for key, one in states.items() if one in press.available}),
        articles=tuple(
            compose(manuscript.edited(tag, press.config), press.web_place(manuscript, tag, path), body=False)
            for manuscript in listed
        ),
    )


def shared_files(press: Press) -> Iterator[OutputFile]:
    """Yield what all pages share, fonts apart: the chooser, the style sheet, the pictures."""
    yield OutputFile(CHOOSER, _chooser(press).encode(), Edition("", press.config.default_language, HTML))
    yield OutputFile(press.frames.style, press.web_style.encode())
    for manuscript in press.publication.manuscripts:
        for file in manuscript.pictures.values():
            if any(path in press.available for path in _states(press, manuscript.article.slug).values()):
                yield OutputFile(asset(file.name), file.content, sources=(file.source,))


def _chooser(press: Press) -> str:
    first = press.config.default_language
    return press.templates.render(
        "web/chooser.html.j2",
        press.sides[first],
        sites=tuple(press.frames.site(tag, CHOOSER) for tag in press.tags if front_page(tag) in press.available),
        page=press.frames.page(first, CHOOSER, {}),
        style=relative(CHOOSER, press.frames.style),
    )

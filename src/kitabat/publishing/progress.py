"""How far each article is translated into each language, and what keeps it from being published."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kitabat.catalogs.header import CREATED, moment
from kitabat.catalogs.paths import po_path, pot_path
from kitabat.catalogs.po_file import PoFile
from kitabat.catalogs.translate import UNTRANSLATED
from kitabat.markup.inline import parse, plain
from kitabat.model.message import MessageKey, TranslationState
from kitabat.model.standing import Coverage, Days
from kitabat.publishing.publication import Manuscript, Publication
from kitabat.publishing.release import HeldBack
from kitabat.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Row:
    """One article in one language that it is translated into."""

    slug: str
    title: str
    """In the article's source language, without markup."""
    source: str
    language: str
    coverage: Coverage
    behind: int | None
    """Whole days for which, at the least, something has been waiting to be translated; None where that is not known.

    Nothing is known where the .pot gives no time or lacks all that waits, or where the catalog cannot be read.
    """
    synced: bool
    """Something of what is to be translated is in the article's .pot; also true where nothing is to be translated."""
    translator: str
    """Name of the last one; empty where the catalog names nobody."""
    days: Days
    held_back: HeldBack | None

    @property
    def percent(self) -> int:
        """Whole per cent of words, rounded down: 100 means complete."""
        share = self.coverage.translated_words * 100 // self.coverage.words if self.coverage.words else 100
        return share if self.is_complete else min(share, 99)

    @property
    def is_complete(self) -> bool:
        """Tell whether nothing is left to do."""
        return self.coverage.fuzzy == self.coverage.untranslated == 0

    @property
    def urgency(self) -> tuple[bool, float, int, str, str]:
        """The sort key: what is complete last; before it least translated first, then longest behind."""
        return self.is_complete, self.coverage.share, -(self.behind or 0), self.slug, self.language


def rows(publication: Publication, slugs: Collection[str] = ()) -> tuple[Row, ...]:
    """Return the rows of the articles asked for, or of all; what needs work most comes first."""
    found = [
        row
        for manuscript in publication.manuscripts
        if not slugs or manuscript.article.slug in slugs
        for row in _of_article(publication, manuscript)
    ]
    return tuple(sorted(found, key=lambda row: row.urgency))


def _of_article(publication: Publication, manuscript: Manuscript) -> Iterator[Row]:
    article = manuscript.article
    pot = _template(publication.disk, pot_path(article.slug))
    held = {one.language: one for one in publication.releases[article.slug].held_back}
    for tag, coverage in manuscript.coverage.items():
        if tag == article.front.source:
            continue
        catalog = manuscript.catalogs.get(tag)
        waiting = _waiting(manuscript, tag)
        synced = not waiting or (pot is not None and not waiting.isdisjoint(_keys(pot)))
        is_unread = catalog is None and publication.disk.exists(po_path(article.slug, tag))
        since = _since(publication, manuscript, tag, pot) if synced and not is_unread else None
        yield Row(
            slug=article.slug,
            title=plain(parse(article.front.title, manuscript.references).nodes),
            source=article.front.source,
            language=tag,
            coverage=coverage,
            behind=0 if not waiting else max(0, (publication.disk.now() - since).days) if since else None,
            synced=synced,
            translator=catalog.translator if catalog else "",
            days=manuscript.days[tag],
            held_back=held.get(tag),
        )


def _waiting(manuscript: Manuscript, tag: str) -> frozenset[MessageKey]:
    """Return the messages of an article that are not translated into a language."""
    catalog = manuscript.catalogs.get(tag)
    known = catalog.translations if catalog else {}
    return frozenset(
        message.key
        for message in manuscript.article.messages
        if known.get(message.key, UNTRANSLATED).state is not TranslationState.TRANSLATED
    )


def _since(publication: Publication, manuscript: Manuscript, tag: str, pot: PoFile | None) -> datetime.datetime | None:
    """Return from when on, at the latest, something has been waiting.

    That is when the messages last changed: what waits and is in the .pot has been there since then. An article of which
    nothing was ever translated has waited since it was published, if that is longer.
    """
    changed = moment(pot.header.get(CREATED, "")) if pot else None
    published = manuscript.days[manuscript.article.front.source].published
    coverage = manuscript.coverage[tag]
    if changed is None or published is None or coverage.translated or coverage.fuzzy:
        return changed
    return min(changed, datetime.datetime.combine(published, datetime.time(), publication.config.zone()))


def _template(workspace: Workspace, path: str) -> PoFile | None:
    """Return an article's .pot; None where it has none that can be read."""
    try:
        return PoFile.parse(workspace.read(path), path).value
    except OSError:
        return None


def _keys(pot: PoFile) -> Iterator[MessageKey]:
    for entry in pot.entries:
        yield MessageKey(entry.msgctxt or "", entry.msgid)

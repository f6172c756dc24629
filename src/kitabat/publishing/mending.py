"""What checks are certain of, mended in articles and catalogs; nothing but words of their texts changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kitabat.articles.read import read_article
from kitabat.catalogs.paths import po_path, pot_path
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PoFile
from kitabat.checks.prose import NO_HOUSE_STYLE, ROUNDS, edits, mended
from kitabat.checks.subject import front_source
from kitabat.language.misprint import Misprint, applied
from kitabat.markup.inline import References, references_of
from kitabat.markup.places import places
from kitabat.model.article import Article, SegmentKind
from kitabat.model.message import FRONT, MessageKey
from kitabat.publishing.publication import Manuscript, Publication
from kitabat.workspace import Memory, Workspace

IGNORE = "kitabat: ignore"
"""How a translator's comment begins that silences a check; the text below it is meant as it is."""


@dataclass(frozen=True, slots=True)
class MendedFile:
    """A file in which something is mended; not yet written."""

    path: str
    before: bytes
    after: bytes
    number: int
    """Of changes; 0 for a catalog that only follows its article."""


Renamed = dict[MessageKey, MessageKey]
"""The messages of an article whose text has changed, with what they are now."""


def mended_files(publication: Publication, slugs: Collection[str]) -> Iterator[MendedFile]:
    """Yield the files in which something is certain to be mended: templates and catalogs, then their article.

    Catalogs follow the article, which is let alone while one of them cannot be read: a message whose source is mended
    keeps its translation, under its new msgid. Fuzzy translations, obsolete ones and texts with a comment that silences
    a check stay. Where only some of the files come to be written, in this order, a second time mends the rest.
    """
    config = publication.config
    for manuscript in publication.manuscripts:
        article = manuscript.article
        if slugs and article.slug not in slugs:
            continue
        paths = [po_path(article.slug, tag) for tag in config.languages if tag not in manuscript.catalogs]
        file, renamed = None, Renamed()
        if not any(publication.disk.exists(path) for path in paths):
            file, renamed = mended_article(publication.disk, article, config.languages, config.quotes)
        yield from _catalogs(publication, manuscript, renamed)
        if file:
            yield file


def mended_article(
    workspace: Workspace, article: Article, languages: Collection[str], house: Mapping[str, str] = NO_HOUSE_STYLE
) -> tuple[MendedFile | None, Renamed]:
    """Return an article's file as it should be, and its messages that change; None and none where all is right.

    The new text is read before it is trusted: it has the old one's structure, or the article stays as it is. Headings
    stay where another text would give their section another id, and front matter where YAML would read another text.
    """
    before = workspace.read(article.path)
    if article.text.encode() != before:
        return None, {}
    headings = {section.heading for section in article.sections if section.heading}
    fronts = {message.key for message in article.messages if message.context == FRONT}
    for kept in (set[MessageKey](), fronts, headings, fronts | headings):
        draft = _Draft(article, kept | _silenced(article), house)
        if not draft.number:
            break
        after = "".join(draft.pieces).encode()
        read = read_article(Memory({article.path: after}), article.path, languages, article.front.source).value
        if read and draft.is_like(read):
            return MendedFile(article.path, before, after, draft.number), draft.renamed(read)
    return None, {}


def _silenced(article: Article) -> set[MessageKey]:
    """Return the messages of an article that are meant as they are."""
    return {
        message.key for message in article.messages if any(remark.text.startswith(IGNORE) for remark in message.remarks)
    }


class _Draft:
    """An article's source in pieces, mended, with the number of changes."""

    def __init__(self, article: Article, kept: Collection[MessageKey], house: Mapping[str, str]) -> None:
        self.article = article
        self.references = references_of(article)
        self.house = house
        self.number = 0
        self.fronts: dict[MessageKey, MessageKey] = {}
        self.pieces: list[str] = []
        for segment in article.segments:
            text = segment.text
            if segment.kind is SegmentKind.FRONT_MATTER:
                text = self.front_matter(text, kept)
            elif segment.kind is SegmentKind.TEXT and segment.message and segment.message not in kept:
                text, _ = self.mended(text, segment.message.source)
            self.pieces.append(text)

    def front_matter(self, text: str, kept: Collection[MessageKey]) -> str:
        """Return the front matter with its texts mended, the last of them first."""
        places = [
            (place, message)
            for message in self.article.messages
            if message.context == FRONT and message.key not in kept
            for place in message.locations
        ]
        for place, message in sorted(places, key=lambda pair: pair[0], reverse=True):
            start = len(self.article.segments[0].text) - len(front_source(self.article, place)[0])
            rest, new = self.mended(text[start:], message.source)
            text = text[:start] + rest
            if new != message.source:
                self.fronts[message.key] = MessageKey(FRONT, new)
        return text

    def mended(self, text: str, message: str) -> tuple[str, str]:
        """Return the source of a message, mended where a change has its place in it, and the message so mended."""
        for _ in range(ROUNDS):
            found = places(message, text)
            chosen = edits(message, self.article.front.source, self.references, self.house) if found else ()
            chosen = tuple(one for one in chosen if found and _is_whole(one, found))
            if not found or not chosen:
                break
            for one in reversed(chosen):
                start = found[one.offset] if one.found else found[one.offset - 1] + 1
                text = applied(text, one._replace(offset=start))
                message = applied(message, one)
            self.number += len(chosen)
        return text, message

    def is_like(self, read: Article) -> bool:
        """Tell whether the draft, read, is the article with other words: its pieces, sections and front matter."""
        old, new = ([one.key for one in each.messages if one.context == FRONT] for each in (self.article, read))
        return (
            [segment.text for segment in read.segments] == self.pieces
            and [section.id for section in read.sections] == [section.id for section in self.article.sections]
            and list(dict.fromkeys(self.fronts.get(key, key) for key in old)) == new
            and read.slug == self.article.slug
        )

    def renamed(self, read: Article) -> Renamed:
        """Return the messages that change, with what they are in the draft as read."""
        changed = {
            old.message: new.message
            for old, new in zip(self.article.segments, read.segments, strict=True)
            if old.message and new.message and old.message != new.message
        }
        return changed | self.fronts


def _is_whole(one: Misprint, found: tuple[int, ...]) -> bool:
    """Tell whether a change is of characters that stand side by side in the source."""
    if not one.found:
        return one.offset > 0 and found[one.offset - 1] >= 0
    run = found[one.offset : one.offset + len(one.found)]
    return run[0] >= 0 and run == tuple(range(run[0], run[0] + len(run)))


def _catalogs(publication: Publication, manuscript: Manuscript, renamed: Renamed) -> Iterator[MendedFile]:
    """Yield an article's template and catalogs that change."""
    article, disk = manuscript.article, publication.disk
    if renamed and disk.exists(pot_path(article.slug)):
        yield from _catalog(disk, pot_path(article.slug), "", article, renamed, NO_HOUSE_STYLE)
    for tag in manuscript.catalogs:
        yield from _catalog(disk, po_path(article.slug, tag), tag, article, renamed, publication.config.quotes)


def _catalog(
    workspace: Workspace, path: str, language: str, article: Article, renamed: Renamed, house: Mapping[str, str]
) -> Iterator[MendedFile]:
    """Yield a catalog where something in it changes."""
    before = workspace.read(path)
    file = PoFile.parse(before, path).value
    if file is None:
        return
    known = {MessageKey(entry.msgctxt or "", entry.msgid) for entry in file.all}
    messages = {message.key for message in article.messages}
    references = references_of(article)
    entries, number = [], 0
    for entry in file.all:
        key = MessageKey(entry.msgctxt or "", entry.msgid)
        new, changes = entry, 0
        if not entry.obsolete and key in messages:
            name = renamed.get(key, key)
            name = key if name in known else name
            known.add(name)
            new, changes = _entry(file, entry, name, _Reading(language, article.front.source, references, house))
        entries.append(new)
        number += changes
    after = file.with_entries(entries).content()
    if after != before:
        yield MendedFile(path, before, after, number)


class _Reading(NamedTuple):
    """How the texts of a catalog are to be read."""

    language: str
    """Empty for a template."""
    source: str
    references: References
    house: Mapping[str, str]


def _entry(file: PoFile, entry: PoEntry, key: MessageKey, reading: _Reading) -> tuple[PoEntry, int]:
    """Return an entry under its key, its translation mended, and the number of changes in that."""
    text, number = entry.msgstr[0], 0
    language, source, references, house = reading
    if language == source and text == entry.msgid:
        text = key.source
    elif language and not entry.is_fuzzy and entry.msgid_plural is None and not _is_silenced(entry):
        text, number = mended(text, language, references, house)
    if (text, key.source) == (entry.msgstr[0], entry.msgid):
        return entry, 0
    return file.changed(entry, msgid=key.source, msgstr=(text, *entry.msgstr[1:])), number


def _is_silenced(entry: PoEntry) -> bool:
    return any(line.strip().startswith(IGNORE) for line in entry.comments)

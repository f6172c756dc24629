"""What checks are certain of, mended in articles and catalogs; nothing but words of their texts changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kitabat.articles.read import read_article
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PoFile
from kitabat.catalogs.sync import po_path, pot_path
from kitabat.checks.prose import ROUNDS, edits, mended
from kitabat.language.misprint import Misprint, applied
from kitabat.markup.inline import References, references_of
from kitabat.markup.places import places
from kitabat.model.article import Article, Segment, SegmentKind
from kitabat.model.message import MessageKey
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
    """Yield the files in which something is certain to be mended: articles, then their templates and catalogs.

    Catalogs follow the article, which is let alone while one of them cannot be read: a message whose source is mended
    keeps its translation, under its new msgid. Fuzzy translations, obsolete ones and those with a comment that silences
    a check stay, and so does front matter.
    """
    for manuscript in publication.manuscripts:
        article = manuscript.article
        if slugs and article.slug not in slugs:
            continue
        paths = [po_path(article.slug, tag) for tag in publication.config.languages if tag not in manuscript.catalogs]
        file, renamed = None, Renamed()
        if not any(publication.disk.exists(path) for path in paths):
            file, renamed = mended_article(publication.disk, article, publication.config.languages)
        if file:
            yield file
        yield from _catalogs(publication, manuscript, renamed)


def mended_article(
    workspace: Workspace, article: Article, languages: Collection[str]
) -> tuple[MendedFile | None, Renamed]:
    """Return an article's file as it should be, and its messages that change; None and none where all is right.

    The new text is read before it is trusted: it has the old one's structure, or the article stays as it is. Headings
    stay where another text would give their section another id.
    """
    before = workspace.read(article.path)
    if "".join(segment.text for segment in article.segments).encode() != before:
        return None, {}
    headings = {section.heading for section in article.sections if section.heading}
    for kept in (set[MessageKey](), headings):
        pieces, number = _segments(article, references_of(article), kept)
        if not number:
            break
        after = "".join(pieces).encode()
        read = read_article(Memory({article.path: after}), article.path, languages, article.front.source).value
        if read and [segment.text for segment in read.segments] == pieces:
            changed = {
                old.message: new.message
                for old, new in zip(article.segments, read.segments, strict=True)
                if old.message and new.message and old.message != new.message
            }
            if [section.id for section in read.sections] == [section.id for section in article.sections]:
                return MendedFile(article.path, before, after, number), changed
    return None, {}


def _segments(article: Article, references: References, kept: Collection[MessageKey]) -> tuple[list[str], int]:
    """Return the source's pieces, mended, and the number of changes."""
    pieces: list[str] = []
    number = 0
    for segment in article.segments:
        text = segment.text
        if segment.kind is SegmentKind.TEXT and segment.message and segment.message not in kept:
            text, changes = _segment(segment, segment.message.source, article.front.source, references)
            number += changes
        pieces.append(text)
    return pieces, number


def _segment(segment: Segment, message: str, language: str, references: References) -> tuple[str, int]:
    """Return the source of a message, mended where a change has its place in it, and the number of changes."""
    text, number = segment.text, 0
    for _ in range(ROUNDS):
        found = places(message, text)
        chosen = [one for one in edits(message, language, references) if found and _is_whole(one, found)]
        if not found or not chosen:
            break
        for one in reversed(chosen):
            start = found[one.offset] if one.found else found[one.offset - 1] + 1
            text = applied(text, one._replace(offset=start))
            message = applied(message, one)
        number += len(chosen)
    return text, number


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
        yield from _catalog(disk, pot_path(article.slug), "", article, renamed)
    for tag in manuscript.catalogs:
        yield from _catalog(disk, po_path(article.slug, tag), tag, article, renamed)


def _catalog(
    workspace: Workspace, path: str, language: str, article: Article, renamed: Renamed
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
            new, changes = _entry(file, entry, name, language, article.front.source, references)
        entries.append(new)
        number += changes
    after = file.with_entries(entries).content()
    if after != before:
        yield MendedFile(path, before, after, number)


def _entry(
    file: PoFile, entry: PoEntry, key: MessageKey, language: str, source: str, references: References
) -> tuple[PoEntry, int]:
    """Return an entry under its key, its translation mended, and the number of changes in that."""
    text, number = entry.msgstr[0], 0
    if language == source and text == entry.msgid:
        text = key.source
    elif language and not entry.is_fuzzy and entry.msgid_plural is None and not _is_silenced(entry):
        text, number = mended(text, language, references)
    if (text, key.source) == (entry.msgstr[0], entry.msgid):
        return entry, 0
    return file.changed(entry, msgid=key.source, msgstr=(text, *entry.msgstr[1:])), number


def _is_silenced(entry: PoEntry) -> bool:
    return any(line.strip().startswith(IGNORE) for line in entry.comments)

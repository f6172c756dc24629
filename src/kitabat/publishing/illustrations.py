"""The pictures of an article, in its source and in its translations."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote, urlsplit

from kitabat.markup.inline import InlineKind, parse, references_of
from kitabat.markup.lines import Lines
from kitabat.model.article import Article, ArticleVersion, BlockKind
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error, warning
from kitabat.model.errors import PublishingError
from kitabat.rendering.pictures import PictureError, PictureFile, read_picture
from kitabat.workspace import Workspace

FRONT_IMAGE = re.compile(r"^[\"']?image[\"']?\s*:\s*", re.MULTILINE)


def read_illustrations(
    workspace: Workspace, article: Article, versions: Iterable[ArticleVersion]
) -> Outcome[dict[str, PictureFile]]:
    """Return the pictures that an article and its versions show, and a fault for each that cannot be had.

    One whose file is there but unfit is a warning: editions show its words in its place.
    They are told apart by their address as the article writes it.
    """
    files: dict[str, PictureFile] = {}
    diagnostics: list[Diagnostic] = []
    seen: set[tuple[str, str]] = set()
    for src, place in (*_of_source(article), *_of_versions(article, versions)):
        rule = "article/image" if place is None or place.path == article.path else "catalog/picture"
        if src in files or (src, rule) in seen:
            continue
        seen.add((src, rule))
        try:
            files[src] = read_picture(workspace, _there(workspace, _path(article, src)))
        except PictureError as fault:
            told = warning if fault.unfit else error
            diagnostics.append(told(rule, fault.message, place, fault.hint))
    return Outcome(files, tuple(diagnostics))


def _path(article: Article, src: str) -> str:
    """Return a picture's path relative to the project."""
    try:
        parts = urlsplit(src)
    except ValueError:
        raise PictureError(
            f"Unexpected address `{src}`, expected the path of a picture in the project",
            "Write where the picture lies, counted from the article's folder",
        ) from None
    if parts.scheme or parts.netloc:
        raise PictureError(
            f"Unexpected picture `{src}` from elsewhere, expected a file of the project",
            "Copy the picture into the article's own folder below content/",
        )
    path = unquote(parts.path)
    if path.startswith("/"):
        return path
    return posixpath.normpath(posixpath.join(posixpath.dirname(article.path), path))


def content_of(workspace: Workspace, path: str) -> bytes:
    """Return a picture's content; raises PublishingError where it is no longer what it was when it was read."""
    try:
        return read_picture(workspace, path).content
    except PictureError as fault:
        raise PublishingError(error("article/image", fault.message, Location(path), fault.hint)) from None


def _there(workspace: Workspace, path: str) -> str:
    """Return the path of a file that has this name, however its letters are composed: some systems write آ as two."""
    forms = dict.fromkeys((path, unicodedata.normalize("NFC", path), unicodedata.normalize("NFD", path)))
    return next((form for form in forms if len(forms) == 1 or workspace.exists(form)), path)


def _of_source(article: Article) -> Iterator[tuple[str, Location | None]]:
    text = article.text
    if not article.front.image and "![" not in text:
        return
    lines = Lines(article.path, text)
    if article.front.image:
        match = FRONT_IMAGE.search(lines.source)
        yield article.front.image, lines.location(match.end() if match else 0)
    blocks = [block for section in article.sections for top in section.blocks for block in top.walk()]
    blocks += [block for note in article.notes.values() for block in note.walk()]
    for block in blocks:
        if block.kind is BlockKind.FIGURE and block.attributes["src"]:
            yield block.attributes["src"], _place(lines, block.location, block.attributes["src"])
        if block.message and "![" in block.message.source:
            found = _in_text(article, block.message.source)
            yield from ((src, _place(lines, block.location, src)) for src in found)


def _place(lines: Lines, block: Location | None, src: str) -> Location | None:
    """Return where an address stands in a block; the block's line where the address is written in another way."""
    if block is None:
        return None
    start, end = lines.start(block.line - 1), _end(lines, block.line)
    offset = max(lines.source.find(form, start, end) for form in (src, unquote(src)))
    return lines.location(offset) if offset >= 0 else block


def _end(lines: Lines, line: int) -> int:
    """Return where the paragraph ends that begins on a line (from 1)."""
    while lines.text(line).strip():
        line += 1
    return lines.start(line)


def _of_versions(article: Article, versions: Iterable[ArticleVersion]) -> Iterator[tuple[str, Location | None]]:
    for version in versions:
        for text in version.texts.values():
            if "![" in text.text:
                yield from ((src, text.location) for src in _in_text(article, text.text))


def _in_text(article: Article, text: str) -> Iterator[str]:
    for top in parse(text, references_of(article)).nodes:
        for node in top.walk():
            if node.kind is InlineKind.IMAGE and node.attributes["src"]:
                yield node.attributes["src"]

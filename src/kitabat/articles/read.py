"""An article from its Markdown file, and all articles of a publication."""

from __future__ import annotations

import datetime
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator

from kitabat.articles.found import SUFFIX, article_paths, each_slug_once, unreadable
from kitabat.articles.front_matter import TRANSLATED, Field, FrontMatterPart, read_front_matter
from kitabat.articles.values import UNPRINTABLE
from kitabat.language.slugs import slug
from kitabat.markup.blocks import Body, read_body
from kitabat.markup.inline import parse, plain
from kitabat.markup.lines import Lines
from kitabat.model.article import Article, Segment, SegmentKind
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error, warning
from kitabat.model.message import FRONT, Message, MessageKey, Remark
from kitabat.workspace import Workspace

LONGEST_SLUG = 200
"""Bytes; files named after an article add endings to it, and no disk takes a name above 255."""
RESERVED = frozenset({"kitabat"})
"""Slugs that no article can have: the catalogs of the templates' words are named so."""
REMARK = re.compile(r"#[ \t]+(kitabat:.*?)[ \t]*\Z")
WHAT = {
    "title": "title of the article",
    "summary": "summary of the article",
    "author": "author of the article",
    "translator": "translator of the article",
    "tags": "tag of the article",
    "sources": "source of the article, named at its end",
}


def read_articles(
    workspace: Workspace, languages: Collection[str], default: str, zone: datetime.tzinfo = datetime.UTC
) -> Outcome[tuple[Article, ...]]:
    """Return the articles of a publication that could be read, by slug, and the faults of all of them."""
    paths = article_paths(workspace)
    outcomes = [read_article(workspace, path, languages, default, zone) for path in paths.value]
    articles = each_slug_once(outcome.value for outcome in outcomes if outcome.value)
    faults = (fault for outcome in outcomes for fault in outcome.diagnostics)
    return Outcome(articles.value, (*paths.diagnostics, *faults, *articles.diagnostics))


def read_article(
    workspace: Workspace,
    path: str,
    languages: Collection[str],
    default: str,
    zone: datetime.tzinfo = datetime.UTC,
) -> Outcome[Article | None]:
    """Return an article; None where its file cannot be read or its front matter is at fault.

    An article with errors in its body is returned too, so that its catalogs can be kept up to date.
    """
    if UNPRINTABLE.search(path):
        return Outcome(None, (_unprintable(path),))
    try:
        content = workspace.read(path)
    except OSError as fault:
        return Outcome(None, (unreadable(path, fault),))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as fault:
        return Outcome(None, (_not_utf8(path, content, fault.start),))
    lines = Lines(path, text)
    front = read_front_matter(lines, languages, default, zone)
    if front.value is None:
        return Outcome(None, front.diagnostics)
    part = front.value
    body = read_body(lines, part.body_line)
    article = _article(path, lines, part, body)
    if unfit := _unfit_slug(article):
        return Outcome(None, (unfit,))
    faults = (*front.diagnostics, *_front_faults(part, body), *body.diagnostics, *_empty(article, part))
    return Outcome(article, faults)


def _article(path: str, lines: Lines, part: FrontMatterPart, body: Body) -> Article:
    head = lines.source[: lines.start(part.body_line)]
    stem = posixpath.basename(path).removesuffix(SUFFIX)
    return Article(
        slug=part.front.slug or slug(stem, "article"),
        path=path,
        front=part.front,
        segments=(Segment(SegmentKind.FRONT_MATTER, head, Location(path, 1, 1)), *body.segments),
        sections=body.sections,
        notes=body.notes,
        messages=(*_front_messages(part, tuple(_front_remarks(lines, part))), *body.messages),
        references=body.references.links,
    )


def _front_fields(part: FrontMatterPart) -> list[tuple[str, Field]]:
    """Return the texts of the front matter that can be translated, in the order of the file."""
    found = [(name, value) for name in TRANSLATED for value in part.fields.get(name, ()) if value.text]
    return sorted(found, key=lambda pair: pair[1].location)


def _front_remarks(lines: Lines, part: FrontMatterPart) -> Iterator[Remark]:
    """Yield the comments of the front matter that are for the checks: they are of all its texts."""
    for number in range(part.body_line):
        if found := REMARK.match(lines.text(number)):
            yield Remark(found[1], lines.location(lines.start(number) + found.start(1)))


def _front_messages(part: FrontMatterPart, remarks: tuple[Remark, ...]) -> Iterable[Message]:
    """Return the messages of the front matter, each key once."""
    found: dict[MessageKey, Message] = {}
    for name, value in _front_fields(part):
        key = MessageKey(FRONT, value.text)
        known = found.get(key, Message(key))
        comments = dict.fromkeys((*known.comments, WHAT[name]))
        found[key] = Message(key, (*known.locations, value.location), tuple(comments), remarks)
    return found.values()


def _front_faults(part: FrontMatterPart, body: Body) -> Iterator[Diagnostic]:
    for title in part.fields["title"]:
        if not plain(parse(title.text, body.references).nodes).strip():
            message = "Unexpected title that shows nothing, expected words"
            yield error("article/title", message, title.location, "Write the article's title as readers are to see it")
    for _, value in _front_fields(part):
        for fault in parse(value.text, body.references).faults:
            make = error if fault.rule == "link" else warning
            yield make(f"article/{fault.rule}", fault.message, value.location, fault.hint)


def _empty(article: Article, part: FrontMatterPart) -> Iterator[Diagnostic]:
    if not any(section.blocks for section in article.sections):
        yield error(
            "article/empty",
            "Unexpected end of the article, expected text below its front matter",
            Location(article.path, part.body_line + 1, 1),
            "Write a paragraph, or move the file out of content/ until there is one",
        )


def _unfit_slug(article: Article) -> Diagnostic | None:
    if article.slug in RESERVED:
        found, expected = f"`{article.slug}`", "another: this is the name of the templates' own words"
    elif len(article.slug.encode()) > LONGEST_SLUG:
        found, expected = f"of {len(article.slug.encode())} bytes", f"at most {LONGEST_SLUG}"
    else:
        return None
    hint = "Give the article a `slug` of its own in its front matter, or another one"
    return error("article/slug", f"Unexpected slug {found}, expected {expected}", Location(article.path, 1, 1), hint)


def _unprintable(path: str) -> Diagnostic:
    """Return the fault of a name with line feeds, or with bytes that are no text: no page could refer to it."""
    message = "Unexpected control character or byte in the file's name, expected text"
    return error("article/file", message, Location(path), "Rename the file")


def _not_utf8(path: str, content: bytes, offset: int) -> Diagnostic:
    before = content[:offset]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
    return error(
        "article/encoding",
        f"Unexpected byte 0x{content[offset]:02X}, expected UTF-8",
        Location(path, line, column),
        "Save the file as UTF-8 in your editor",
    )

"""An existing translation of an article taken into its catalog: both texts read, paired, written as by a sync."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kitabat.articles.asked import unknown_slugs
from kitabat.articles.found import CONTENT, SUFFIX
from kitabat.articles.read import read_article, read_articles
from kitabat.catalogs.adoption.align import Match, align
from kitabat.catalogs.adoption.carried import Carrier
from kitabat.catalogs.adoption.fill import Filled, filled, offers
from kitabat.catalogs.adoption.tree import tree
from kitabat.catalogs.paths import po_path
from kitabat.catalogs.po_file import PoFile
from kitabat.catalogs.sync import sync
from kitabat.config import SiteConfig
from kitabat.language.registry import language
from kitabat.language.slugs import slug as made_slug
from kitabat.language.stretches import RTL_RANGES
from kitabat.model.article import Article
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error, has_errors, note
from kitabat.model.errors import PublishingError
from kitabat.model.message import FRONT
from kitabat.workspace import Disk, Draft

RTL_LETTER = re.compile(f"[{RTL_RANGES}]")
LETTER = re.compile(r"[^\W\d_]")
FEW_LETTERS = 40
"""Of a text with less, the script tells nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be adopted; paths are relative to the project."""

    slug: str
    translation: str
    source: str = ""
    """Empty for the article that the publication has under this slug."""
    language: str = ""
    """Tag of the translation's language; empty for what it says itself, or for the only other one."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What has come of it; nothing is on disk until the draft is saved."""

    draft: Draft
    article: Article
    translation: Article
    catalog: str
    """Path of the catalog that the pairs went into."""
    matches: tuple[Match, ...]
    counts: Filled
    placed: str = ""
    """Path of the file whose text the article has become."""


def adopt(disk: Disk, config: SiteConfig, request: Request) -> Outcome[Adopted | None]:
    """Return a draft of the project with the translation in its catalog; None, and why, where it cannot be.

    Raises PublishingError for what the command line has wrong. The catalogs are as a sync leaves them; no translation
    that is in one already is touched.
    """
    draft = Draft(disk)
    read = _source(draft, config, request)
    article = read.value
    if article is None:
        return Outcome(None, read.diagnostics)
    translated = _translation(draft, config, request, article)
    diagnostics = (*read.diagnostics, *translated.diagnostics)
    translation = translated.value
    if translation is None:
        return Outcome(None, diagnostics)
    alignment = align(tree(article), tree(translation))
    if not any(match.is_pair and _in_body(match) for match in alignment.matches):
        return Outcome(None, (*diagnostics, _nothing_in_common(article, translation)))
    found, matches = offers(alignment.matches, Carrier(article, translation, alignment))
    target = po_path(article.slug, translation.front.source)
    brought = _brought_up_to_date(draft, config, article, remember=False)
    file = None if has_errors(brought) else PoFile.parse(draft.read(target), target).value
    if file is None:
        return Outcome(None, (*diagnostics, *brought))
    counts = filled(file, found)
    if counts.file is not file:
        draft.write(target, counts.file.content())
    diagnostics = (*diagnostics, *_brought_up_to_date(draft, config, article, remember=True), *_left(translation))
    placed = request.source if request.source != article.path else ""
    return Outcome(Adopted(draft, article, translation, target, matches, counts, placed), diagnostics)


def _brought_up_to_date(
    draft: Draft, config: SiteConfig, article: Article, *, remember: bool
) -> tuple[Diagnostic, ...]:
    plural_forms = {tag: language(tag).plural_forms for tag in config.languages}
    return sync(draft, [article], plural_forms, all_articles=False, remember=remember).diagnostics


def _in_body(match: Match) -> bool:
    return any(node.key and node.key.context != FRONT for node in match.sources)


def _source(draft: Draft, config: SiteConfig, request: Request) -> Outcome[Article | None]:
    """Return the article as the publication has it, or as it will: a file from elsewhere becomes content/SLUG.md."""
    known = {article.path: article for article in read_articles(draft, config.languages, config.default_language).value}
    own = next((article for article in known.values() if article.slug == request.slug), None)
    path = request.source or (own.path if own else f"{CONTENT}/{request.slug}{SUFFIX}")
    if not request.source and own is None and not draft.exists(path):
        raise PublishingError(*unknown_slugs([request.slug], {article.slug for article in known.values()}))
    outcome = read_article(draft, path, config.languages, config.default_language)
    article = outcome.value
    if article is None or not outcome.ok:
        return Outcome(None, outcome.diagnostics)
    if fault := script_fault(article):
        return Outcome(None, (*outcome.diagnostics, *fault))
    if not path.startswith(f"{CONTENT}/"):
        return _put_in_place(draft, config, request, own)
    if article.slug != request.slug:
        message = f"Unexpected `{request.slug}`, expected `{article.slug}`, the slug of {path}"
        raise PublishingError(error("usage/article", message, hint=f"Write `kitabat adopt {article.slug} …`"))
    return outcome


def _put_in_place(draft: Draft, config: SiteConfig, request: Request, own: Article | None) -> Outcome[Article | None]:
    """Return the article that a file becomes when it is copied into content/; what is there is never replaced."""
    content = draft.read(request.source)
    path = own.path if own else f"{CONTENT}/{request.slug}{SUFFIX}"
    if draft.exists(path) and draft.read(path) != content:
        message = f"Unexpected {request.source}: {path} is this article already, with another text"
        hint = "Leave out `--source` to pair the translation with the article as it is, or replace the article yourself"
        raise PublishingError(error("usage/article", message, hint=hint))
    if not draft.exists(path):
        if made_slug(request.slug, "") != request.slug:
            message = f"Unexpected `{request.slug}`, expected a slug: small letters, digits and hyphens"
            hint = f"Write `{made_slug(request.slug, 'article')}`"
            raise PublishingError(error("usage/article", message, hint=hint))
        draft.write(path, content)
    outcome = read_article(draft, path, config.languages, config.default_language)
    article = outcome.value
    if article is None or not outcome.ok:
        return Outcome(None, outcome.diagnostics)
    if article.slug != request.slug:
        message = f"Unexpected `slug: {article.slug}`, expected `{request.slug}`, as the command line has it"
        hint = f"Take the line out of the front matter, or write `kitabat adopt {article.slug} …`"
        return Outcome(None, (error("article/slug", message, Location(request.source, 1, 1), hint),))
    return Outcome(article, (*outcome.diagnostics, *_pictures_left_behind(draft, article, request.source)))


def _pictures_left_behind(draft: Draft, article: Article, source: str) -> Iterator[Diagnostic]:
    """Note the pictures beside a file that the article in content/ looks for beside itself."""
    blocks = (block for section in article.sections for top in section.blocks for block in top.walk())
    named = [article.front.image, *(block.attributes.get("src", "") for block in blocks)]
    for address in dict.fromkeys(address for address in named if address):
        old, new = (posixpath.normpath(posixpath.join(posixpath.dirname(at), address)) for at in (source, article.path))
        if draft.exists(old) and not draft.exists(new):
            message = f"The picture `{address}` is not where the article looks for it now"
            yield note("article/image", message, Location(article.path), f"Move {old} to {new}")


def _translation(draft: Draft, config: SiteConfig, request: Request, article: Article) -> Outcome[Article | None]:
    """Return the translation, read as an article of its own."""
    others = [tag for tag in config.languages if tag != article.front.source]
    if request.language and request.language not in others:
        expected = " or ".join(others) or "a publication with more than one language"
        message = f"Unexpected language `{request.language}`, expected {expected}"
        raise PublishingError(error("usage/arguments", message, hint=f"{article.path} is in `{article.front.source}`"))
    if not others:
        message = "Unexpected publication in one language, expected two to adopt a translation"
        raise PublishingError(error("settings/value", message, Location("kitabat.toml"), "Add one to `languages`"))
    wanted = request.language or others[0]
    outcome = read_article(draft, request.translation, config.languages, wanted)
    found = outcome.value
    if found is None or not outcome.ok:
        return Outcome(None, outcome.diagnostics)
    if found.front.source != wanted and (request.language or found.front.source == article.front.source):
        message = f"Unexpected `source: {found.front.source}`, expected `{wanted}`: this is to be the translation"
        hint = "Correct or remove the line, or see whether the two files were exchanged on the command line"
        return Outcome(None, (error("article/front-matter", message, Location(request.translation, 1, 1), hint),))
    fault = script_fault(found)
    return Outcome(None if fault else found, (*outcome.diagnostics, *fault))


def script_fault(article: Article) -> tuple[Diagnostic, ...]:
    """Return a fault where an article is written in another script than its language is: the files were exchanged."""
    text = " ".join(message.source for message in article.messages)
    letters, from_right = len(LETTER.findall(text)), len(RTL_LETTER.findall(text))
    row = language(article.front.source)
    is_rtl = 2 * from_right > letters
    if letters < FEW_LETTERS or is_rtl == (row.direction == "rtl"):
        return ()
    message = f"Unexpected text in another script, expected {row.name}"
    hint = "Add `source` with the right language to its front matter, or see whether the two files were exchanged"
    return (error("article/language", message, Location(article.path, 1, 1), hint),)


def _nothing_in_common(article: Article, translation: Article) -> Diagnostic:
    message = f"Unexpected article: nothing in it can be the translation of anything in {article.path}"
    hint = "See that the two files are the same article, in the same order; nothing was written"
    return error("article/translation", message, Location(translation.path, 1, 1), hint)


def _left(translation: Article) -> Iterator[Diagnostic]:
    """Note a translation that would go on as an article of its own."""
    if translation.path.startswith(f"{CONTENT}/"):
        message = "This file is still an article of its own, besides being the translation of one"
        hint = f"Move it out of {CONTENT}/; the catalog has its texts now"
        yield note("article/translation", message, Location(translation.path), hint)

"""What there is to say of PDFs: what could not be done, which characters no font has, what cannot be read back."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from pathlib import Path

from kitabat.catalogs.paths import TEMPLATE_DOMAIN, po_path
from kitabat.catalogs.places import locator
from kitabat.config.read import PATH as SETTINGS
from kitabat.model.diagnostic import Diagnostic, Location, Severity, error, warning
from kitabat.model.errors import PublishingError
from kitabat.model.site import BILINGUAL, Edition
from kitabat.publishing.editions import PDF, editions, path_of
from kitabat.publishing.pdf_edition import pdf_job
from kitabat.publishing.press import set_up
from kitabat.publishing.publication import Manuscript, Publication
from kitabat.rendering.pdf.extract import can_read
from kitabat.rendering.pdf.proof import Lost
from kitabat.rendering.pdf.render import PdfResult, documents_of
from kitabat.workspace import Workspace

SCRIPTS = {
    "CJK": "Noto Sans CJK",
    "HIRAGANA": "Noto Sans CJK",
    "KATAKANA": "Noto Sans CJK",
    "HANGUL": "Noto Sans CJK",
    "DEVANAGARI": "Noto Sans Devanagari",
    "GURMUKHI": "Noto Sans Gurmukhi",
    "BENGALI": "Noto Sans Bengali",
    "GUJARATI": "Noto Sans Gujarati",
    "TAMIL": "Noto Sans Tamil",
    "HEBREW": "Noto Sans Hebrew",
    "THAI": "Noto Sans Thai",
    "GREEK": "Noto Sans",
    "CYRILLIC": "Noto Sans",
    "LATIN": "Noto Sans",
    "ARABIC": "Noto Naskh Arabic or Scheherazade New",
}
"""By the first word of a character's name in Unicode: a font that has it."""
PICTURES = ((0x1F000, 0x1FAFF), (0x2600, 0x27BF), (0xFE0F, 0xFE0F))
"""Ranges of emoji and the signs near them."""
FONT_HINT = (
    "Write it otherwise, or put a font that has it, such as {font}, into fonts/ in the place of one of the toolkit's"
)
PDF_TEXT = "rendering/pdf-text"


def font_for(character: str) -> str:
    """Return the name of a font that has a character.

    >>> font_for("😀"), font_for("漢"), font_for("ﷲ"), font_for("𐎠")
    ('Noto Color Emoji', 'Noto Sans CJK', 'Noto Naskh Arabic or Scheherazade New', 'Noto Sans Old Persian')
    """
    if any(first <= ord(character) <= last for first, last in PICTURES):
        return "Noto Color Emoji"
    name = unicodedata.name(character, "")
    script = next((font for word, font in SCRIPTS.items() if name.startswith(word)), "")
    if script:
        return script
    if " SIGN " in name or " LETTER " in name:
        return f"Noto Sans {name.partition(' SIGN ')[0].partition(' LETTER ')[0].title()}"
    return "Noto Sans Symbols 2"


def told(result: PdfResult, edition: Edition, manuscript: Manuscript, workspace: Workspace) -> Iterator[Diagnostic]:
    """Yield what there is to say of a PDF that was made."""
    place, name = Location(manuscript.article.path), path_of(edition)
    for complaint in result.complaints:
        yield warning("rendering/pdf", f"`{name}`: {complaint}", place, "Look at the PDF at this place")
    if not result.searchable:
        message = f"`{name}`: Urdu in it can be read, and not searched or copied"
        hint = "Install the WeasyPrint that kitabat was locked with: see requirements.lock"
        yield warning("rendering/searchable", message, place, hint)
    for character in result.missing:
        spelt = unicodedata.name(character, "a character without a name")
        message = f"`{name}`: no font has `{character}` (U+{ord(character):04X}, {spelt}); a box stands for it"
        hint = FONT_HINT.format(font=font_for(character))
        yield warning("rendering/glyph", message, located(character, edition, manuscript, workspace), hint)
    yield from (fault(lost, name, place, Severity.ERROR) for lost in result.lost)


def located(character: str, edition: Edition, manuscript: Manuscript, workspace: Workspace) -> Location:
    """Return where a character stands first: in the article, a catalog of the edition's languages, or the settings."""
    article = manuscript.article
    place = _place(article.text, character, article.path)
    if place:
        return place
    for tag in manuscript.catalogs:
        if edition.language not in (tag, BILINGUAL):
            continue
        # Not the catalog's own texts: for its editions only what they show of an article is kept.
        for key, text in manuscript.versions[tag].texts.items():
            at = text.text.find(character)
            if at >= 0 and text.language == tag:
                return locator(workspace, po_path(article.slug, tag))(key, at) or Location(article.path)
    words = (po_path(TEMPLATE_DOMAIN, tag) for tag in manuscript.versions)
    for path in (SETTINGS, *words):
        place = _place(_text(workspace, path), character, path)
        if place:
            return place
    return Location(article.path)


def _place(text: str, character: str, path: str) -> Location | None:
    """Return where a character stands first in a file's text."""
    at = text.find(character)
    return Location(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) if at >= 0 else None


def _text(workspace: Workspace, path: str) -> str:
    return workspace.read(path).decode("utf-8", "replace") if workspace.exists(path) else ""


def fault(lost: Lost, name: str, place: Location, severity: Severity) -> Diagnostic:
    """Return the finding that a PDF does not say what its source says."""
    where = f"`{name}`, page {lost.page}, line {lost.line}"
    if lost.strange:
        message, hint = (
            f"{where}: unexpected “{lost.words}”, which no source has",
            "Look for text that was added by a style sheet",
        )
    elif lost.astray:
        message, hint = (
            f"{where}: unexpected order, expected “{lost.words}”",
            "Look whether words or pages have changed places; `kitabat build --force` makes it anew",
        )
    else:
        message, hint = (
            f"{where}: expected “{lost.words}”",
            "Look whether the page shows it: it may be hidden, cut off or unreadable",
        )
    return Diagnostic(PDF_TEXT, severity, message, place, hint)


def need_reader() -> None:
    """Raise PublishingError where PDFs cannot be read back."""
    if not can_read():
        message = "Missing `pypdfium2`, which reads PDFs back"
        raise PublishingError(error("usage/reader", message, hint="Install it: pip install 'kitabat[verify]'"))


def proofs(publication: Publication, slugs: Collection[str], out: Path) -> Iterator[Diagnostic]:
    """Yield where a PDF of the last build, in the folder ``out``, does not say what its source says now."""
    from kitabat.publishing.studio import order_of

    need_reader()
    every = editions(publication, (), (), ())
    # A PDF names the address of its web page only where that was built.
    there = {
        path for edition in every if (path := path_of(edition)) and (edition.format == PDF or (out / path).exists())
    }
    press = set_up(order_of(publication, there))
    manuscripts = {manuscript.article.slug: manuscript for manuscript in publication.manuscripts}
    for edition in every:
        if edition.format != PDF or (slugs and edition.slug not in slugs):
            continue
        manuscript, name = manuscripts[edition.slug], path_of(edition)
        place = Location(manuscript.article.path)
        try:
            content = (out / name).read_bytes()
            job = pdf_job(press, manuscript, edition)
            found = job.proofread(content, documents_of(job))
        except (OSError, ValueError) as reason:
            message = f"`{name}`: cannot be read: {reason}"
            yield warning(PDF_TEXT, message, place, "Run `kitabat build` first")
            continue
        yield from (fault(lost, name, place, Severity.WARNING) for lost in found)

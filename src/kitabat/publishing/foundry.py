"""Fonts and style sheets of a publication: what all its pages, or all its PDFs, share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kitabat import resources
from kitabat.building.made import Made
from kitabat.config import SiteConfig
from kitabat.language.registry import LANGUAGES
from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError
from kitabat.publishing.addresses import LEADING, asset
from kitabat.publishing.face import TYPED, USUAL, WebFace
from kitabat.publishing.materials import PRINT_SCHEME, URDU, frame_texts, home_of, urdu_fonts, words_in
from kitabat.rendering.fonts import FACES, FOLDER, Face, read_face, shared, subset
from kitabat.rendering.leading import MEASURED, Extents, css, leadings_of, reach
from kitabat.rendering.style import style_sheet
from kitabat.rendering.template_files import TemplateFiles
from kitabat.workspace import Disk

READY = f"{FOLDER}/web"
"""Where the fonts of the toolkit are that are cut already, under the names that they have in an output."""


class Foundry:
    """Makes what editions share, from the publication's own files and the toolkit's."""

    def __init__(self, project: Disk, config: SiteConfig) -> None:
        self.project = project
        self.toolkit = Disk(resources.root())
        self.config = config

    def home(self, face: Face) -> Disk:
        """Return where a font is from: a publication's own goes before the toolkit's."""
        return home_of(self.project, self.toolkit, f"{FOLDER}/{face.path}")

    def characters(self, texts: Iterable[str]) -> frozenset[str]:
        """Return every character that may be shown, so that fonts are the same whichever editions are built."""
        words = [words_in(self.project, self.toolkit, tag) for tag in self.config.languages]
        return frozenset(TYPED).union(
            *texts,
            *self.config.name.values(),
            *self.config.tagline.values(),
            *self.config.quotes.values(),
            *(row.endonym + row.digits + "".join(row.quotes) for row in LANGUAGES.values()),
            *(form for found in words for word in found.known.values() for form in word.forms),
        )

    def faces(self, texts: Iterable[str]) -> dict[str, WebFace]:
        """Return the fonts of the site, by the paths of their faces.

        Raises PublishingError where a font is at fault.
        """
        characters = self.characters(texts)
        found = {}
        for face in FACES:
            content, kept = self._content(face, characters)
            usual = self._web_face(face, content, shared(content, USUAL))
            is_usual = set(kept) <= set(usual.characters) and self.ready(usual) is not None
            found[face.path] = usual if is_usual else self._web_face(face, content, kept)
        return found

    def usual(self) -> Iterator[WebFace]:
        """Yield the fonts that are to be ready."""
        for face in FACES:
            content, kept = self._content(face, USUAL)
            yield self._web_face(face, content, kept)

    def _web_face(self, face: Face, content: bytes, kept: str) -> WebFace:
        digest = hashlib.sha256(content + kept.encode()).hexdigest()[:10]
        source = str(self.home(face).real(f"{FOLDER}/{face.path}"))
        return WebFace(source, asset(f"{face.stem}.{digest}.woff2"), kept)

    def ready(self, face: WebFace) -> bytes | None:
        """Return a font that is cut already; None for one that ``cut`` has to make."""
        path = f"{READY}/{face.name.rpartition('/')[2]}"
        return self.toolkit.read(path) if self.toolkit.exists(path) else None

    def _content(self, face: Face, characters: Iterable[str]) -> tuple[bytes, str]:
        """Return a font's file, and those of some characters that it has; it must have one."""
        content = read_face(self.home(face), face)
        kept = shared(content, characters)
        if not kept:
            message = "Unexpected content, expected a font that has letters of the publication"
            hint = "Replace the file, or remove it to have the toolkit's own font"
            raise PublishingError(error("rendering/font", message, Location(f"{FOLDER}/{face.path}"), hint))
        return content, kept

    def web_style(self, faces: Mapping[str, WebFace]) -> str:
        """Return the style sheet of the pages."""
        names = {face: (faces[face.path].name.rpartition("/")[2], "woff2") for face in FACES}
        templates = TemplateFiles(self.project, self.toolkit)
        return style_sheet("web", templates, self.config, names, LEADING if self.config.measures_urdu else "")

    def web_leading(self, inks: Iterable[Sequence[float]]) -> str:
        """Return the style sheet with the line height for the Urdu of all pages, where it is measured; else nothing.

        ``inks`` are those of the readings. How a browser breaks lines is not known here: only the last of the line
        heights is safe.
        """
        fonts = urdu_fonts(self.project, self.toolkit, self.config)
        if not fonts:
            return ""
        around = frame_texts(self.config, words_in(self.project, self.toolkit, URDU))
        texts, heads = reach(around, fonts), reach(self.config.name.values(), fonts)
        for above, below, head_above, head_below in inks:
            texts = texts.beside(Extents(above, below))
            heads = heads.beside(Extents(head_above, head_below))
        return css(leadings_of(texts, heads, fonts, self.config.language[URDU].font)[-1], MEASURED)

    def print_style(self) -> str:
        """Return the style sheet of the PDFs; raises PublishingError where a font is at fault."""
        for face in FACES:
            self._content(face, TYPED)
        names = {face: (f"{PRINT_SCHEME}{face.path}", "truetype") for face in FACES}
        return style_sheet("print", TemplateFiles(self.project, self.toolkit), self.config, names)

    def print_fonts(self) -> tuple[tuple[str, str], ...]:
        """Return address and file on disk of each face."""
        return tuple(
            (f"{PRINT_SCHEME}{face.path}", str(self.home(face).real(f"{FOLDER}/{face.path}"))) for face in FACES
        )


def cut(face: WebFace) -> Made:
    """Return a font with no more than the characters that a site needs."""
    return as_made(face, subset(Path(face.source).read_bytes(), face.characters))


def as_made(face: WebFace, content: bytes) -> Made:
    """Return a font that is cut, with what it depends on: its name tells what was cut, and not how."""
    return Made(content, names=(f"face {face.name}", "libraries fonts", "code"))


def load() -> None:
    """Read the toolkit's fonts and words, which a build has time for while it waits."""
    toolkit = Disk(resources.root())
    for face in FACES:
        shared(read_face(toolkit, face), TYPED)
    for tag in LANGUAGES:
        words_in(toolkit, toolkit, tag)

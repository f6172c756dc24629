"""Pictures of articles: read from the project, measured, and made safe to publish."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import posixpath
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from xml.parsers import expat

import msgspec

from kitabat.language.slugs import slug
from kitabat.workspace import OutsideProjectError, Workspace

TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
FORMATS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif"}
MAX_PIXELS = 60_000_000
MAX_DEPTH = 200
MAX_ELEMENTS = 200_000
"""Of an SVG: what is deeper, or draws more by referring to itself, no renderer comes to the end of."""
PIXELS_FOUND = re.compile(r"\d+")
REFERENCE = re.compile(r"(?:^|\s|\()[\"']?#([^\s)\"']+)")
SVG_TAG = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
NUMBER = rb"([0-9]{1,6}(?:\.[0-9]+)?|\.[0-9]+)"
SVG_LENGTH = re.compile(rb"""\s(width|height)\s*=\s*["']\s*""" + NUMBER + rb"""(?:px)?\s*["']""")
SVG_VIEW = re.compile(
    rb"""\sviewBox\s*=\s*["']\s*[-+0-9.e]+[\s,]+[-+0-9.e]+[\s,]+""" + NUMBER + rb"[\s,]+" + NUMBER + rb"""\s*["']"""
)
SVG_ACTIVE = re.compile(
    rb"<\s*(?:[\w.-]+:)?(?:script|foreignObject|iframe|object|embed)\b|\son[a-z]+\s*=|javascript:|<!ENTITY"
    rb"""|(?:href|src)\s*=\s*["']\s*(?!\#|data:image/(?:png|jpeg|gif|webp))[^"']|@import|url\(\s*["']?\s*(?!\#|["']?\#)""",
    re.IGNORECASE,
)
SVG_DATA = re.compile(rb"data:image/[a-z]+;base64,([A-Za-z0-9+/=\s]+)")


class PictureError(Exception):
    """A picture that cannot be published; its text says what was found and expected."""

    def __init__(self, message: str, hint: str, *, unfit: bool = False) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
        self.unfit = unfit
        """The file is there, but not fit to be shown: its words can stand in its place."""


class PictureFile(msgspec.Struct, frozen=True):
    """A picture of the project, ready to publish."""

    source: str
    """Path relative to the project."""
    name: str
    """File name in the output: it holds a digest of the content."""
    content: bytes
    width: int
    """CSS pixels."""
    height: int

    @property
    def type(self) -> str:
        """The media type."""
        return TYPES[posixpath.splitext(self.name)[1]]


def read_picture(workspace: Workspace, path: str) -> PictureFile:
    """Return a picture of the project; raises PictureError where it cannot be published."""
    suffix = posixpath.splitext(path)[1].lower()
    if suffix not in TYPES:
        raise PictureError(
            f"Unexpected picture `{path}`, expected one of {', '.join(TYPES)}", "Save the picture in one of these forms"
        )
    try:
        content = workspace.read(path)
    except OutsideProjectError:
        raise PictureError(
            f"Unexpected picture `{path}` outside the project, expected a file in it",
            "Copy the picture into the article's own folder below content/",
        ) from None
    except OSError as fault:
        reason = "it does not exist" if isinstance(fault, FileNotFoundError) else (fault.strerror or "unreadable")
        raise PictureError(
            f"Cannot read the picture `{path}`: {reason}",
            "Put the file there, or correct the path: it counts from the article's folder",
        ) from None
    try:
        width, height = _size_of_svg(content, path) if suffix == ".svg" else _size(content, path)
    except PictureError as fault:
        raise PictureError(fault.message, fault.hint, unfit=True) from None
    stem = slug(posixpath.splitext(posixpath.basename(path))[0], "picture")
    digest = hashlib.sha256(content).hexdigest()[:10]
    return PictureFile(path, f"{stem}.{digest}{suffix}", content, width, height)


def _size(content: bytes, path: str) -> tuple[int, int]:
    # Pillow takes a while to import, and few articles have photographs.
    from PIL import Image, UnidentifiedImageError

    hint = "Save the picture again from the program that made it"
    try:
        with warnings.catch_warnings(), _whole_only(), Image.open(io.BytesIO(content)) as image:
            warnings.simplefilter("ignore")
            width, height = image.size
            known = image.format in FORMATS
            if known and width * height <= MAX_PIXELS:
                # A file that was cut off shows its size all the same. A JPEG need not be read in full detail.
                image.draft("L", (width // 8, height // 8))
                image.load()
    except Image.DecompressionBombError as fault:
        raise _too_large(path, f"{PIXELS_FOUND.findall(str(fault))[0]} pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise PictureError(f"Unexpected content of `{path}`, expected a whole picture", hint) from None
    if not known:
        raise PictureError(f"Unexpected content of `{path}`, expected what its name says", hint)
    if width * height > MAX_PIXELS:
        raise _too_large(path, f"{width} × {height} pixels")
    return width, height


@contextlib.contextmanager
def _whole_only() -> Iterator[None]:
    """Have Pillow refuse files that were cut off; WeasyPrint has it show what there is of them."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _too_large(path: str, size: str) -> PictureError:
    limit = f"{MAX_PIXELS // 1_000_000} million"
    return PictureError(f"Unexpected size of `{path}`: {size}, expected at most {limit}", "Make the picture smaller")


def _size_of_svg(content: bytes, path: str) -> tuple[int, int]:
    tag = SVG_TAG.search(content)
    if tag is None:
        raise PictureError(f"Unexpected content of `{path}`, expected an SVG picture", "Export the picture again")
    if match := SVG_ACTIVE.search(content):
        found = match[0].decode("ascii", "replace").strip()
        raise PictureError(
            f"Unexpected `{found}` in `{path}`, expected a picture without scripts and outside references",
            "Export it as plain SVG",
        )
    _check_svg(content, path)
    for inside in SVG_DATA.findall(content):
        _size(_decoded(inside), path)
    lengths = {name: float(value) for name, value in SVG_LENGTH.findall(tag[0])}
    view = SVG_VIEW.search(tag[0])
    width, height = lengths.get(b"width", 0.0), lengths.get(b"height", 0.0)
    if view and float(view[1]) and float(view[2]):
        # Of one length alone, the other one follows by the shape of the view.
        scale = width / float(view[1]) or height / float(view[2]) or 1.0
        width, height = width or scale * float(view[1]), height or scale * float(view[2])
    return round(width), round(height)


def _decoded(data: bytes) -> bytes:
    """Return what base64 stands for, be its end filled up or not; nothing where it is cut off."""
    with contextlib.suppress(ValueError):
        return base64.b64decode(data + b"==")
    return b""


def _check_svg(content: bytes, path: str) -> None:
    """Refuse what is no SVG: a page shows nothing of it, and a PDF neither."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.ordered_attributes = False
    drawing = Drawing()
    parser.StartElementHandler, parser.EndElementHandler = drawing.start, drawing.end
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as fault:
        reason = expat.ErrorString(fault.code) if isinstance(fault, expat.ExpatError) else str(fault)
        line = f" in its line {fault.lineno}" if isinstance(fault, expat.ExpatError) else ""
        message = f"Unexpected content of `{path}`{line} ({reason}), expected an SVG picture"
        raise PictureError(message, "Export the picture again") from None
    if drawing.root != "http://www.w3.org/2000/svg svg":
        message = f'Unexpected content of `{path}`, expected `<svg xmlns="http://www.w3.org/2000/svg" …>`'
        raise PictureError(message, "Export the picture again")
    hint = "Export it again with its groups and symbols resolved"
    if drawing.deepest > MAX_DEPTH:
        message = f"Unexpected depth of `{path}`: {drawing.deepest} elements, expected at most {MAX_DEPTH}"
        raise PictureError(message, hint)
    if drawing.size() > MAX_ELEMENTS:
        message = (
            f"Unexpected references in `{path}` to what holds them, expected at most {MAX_ELEMENTS} elements drawn"
        )
        raise PictureError(message, hint)


class Drawing:
    """What an SVG holds, as far as drawing it can take without end: depth, and elements drawn by reference."""

    def __init__(self) -> None:
        self.root = ""
        self.deepest = 0
        self.open: list[str] = []
        """Identifiers of the elements around; empty for one that has none."""
        self.counts: defaultdict[str, int] = defaultdict(int)
        """Elements inside, by identifier; the whole has the empty one."""
        self.uses: defaultdict[str, list[str]] = defaultdict(list)
        """Identifiers that what is inside refers to."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in a start tag."""
        self.root = self.root or name
        self.open.append(attributes.get("id", ""))
        self.deepest = max(self.deepest, len(self.open))
        if len(self.open) > MAX_DEPTH:
            return
        named = REFERENCE.findall(" ".join(attributes.values()))
        for around in {"", *self.open}:
            self.counts[around] += 1
            self.uses[around] += named

    def end(self, _: str) -> None:
        """Take in an end tag."""
        self.open.pop()

    def size(self) -> int:
        """Return how many elements are drawn, counted no further than a little over the limit."""
        known: dict[str, int] = {}

        def drawn(identifier: str, around: frozenset[str]) -> int:
            if identifier in around or len(around) > MAX_DEPTH:
                return MAX_ELEMENTS + 1
            if identifier not in known:
                inside = around | {identifier}
                total = self.counts[identifier]
                for used in self.uses[identifier]:
                    if total > MAX_ELEMENTS:
                        break
                    total += drawn(used, inside) if used in self.counts else 0
                known[identifier] = total
            return known[identifier]

        return drawn("", frozenset())

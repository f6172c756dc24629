"""The fonts of editions: the toolkit's own files, for print as they are, for the web as subsets of what a site uses."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable

import msgspec

from kitabat.workspace import Workspace

FOLDER = "fonts"
JOINERS = "\u200c\u200d"


class Face(msgspec.Struct, frozen=True):
    """One weight and style of a family."""

    family: str
    """As style sheets name it; never a name of the machine's."""
    weight: int
    style: str
    path: str
    """Below ``fonts/``."""

    @property
    def stem(self) -> str:
        """The file's name without its suffix."""
        return self.path.rpartition("/")[2].removesuffix(".ttf")

    def rule(self, address: str, form: str) -> str:
        """Return the ``@font-face`` rule for the file at an address."""
        return (
            f'@font-face{{font-family:"{self.family}";font-weight:{self.weight};font-style:{self.style};'
            f'font-display:swap;src:url("{address}") format("{form}")}}'
        )


FACES = (
    Face("Kitabat Nastaliq", 400, "normal", "noto-nastaliq-urdu/NotoNastaliqUrdu-Regular.ttf"),
    Face("Kitabat Nastaliq", 700, "normal", "noto-nastaliq-urdu/NotoNastaliqUrdu-Bold.ttf"),
    Face("Kitabat Naskh", 400, "normal", "noto-naskh-arabic/NotoNaskhArabic-Regular.ttf"),
    Face("Kitabat Naskh", 700, "normal", "noto-naskh-arabic/NotoNaskhArabic-Bold.ttf"),
    Face("Kitabat Serif", 400, "normal", "source-serif-4/SourceSerif4-Regular.ttf"),
    Face("Kitabat Serif", 400, "italic", "source-serif-4/SourceSerif4-Italic.ttf"),
    Face("Kitabat Serif", 700, "normal", "source-serif-4/SourceSerif4-Bold.ttf"),
    Face("Kitabat Serif", 700, "italic", "source-serif-4/SourceSerif4-BoldItalic.ttf"),
    Face("Kitabat Mono", 400, "normal", "fira-mono/FiraMono-Regular.ttf"),
)
NAMES = {"nastaliq": "Kitabat Nastaliq", "naskh": "Kitabat Naskh"}
"""What ``font`` in the settings means."""


def read_face(workspace: Workspace, face: Face) -> bytes:
    """Return a font file, the toolkit's or a publication's own."""
    return workspace.read(f"{FOLDER}/{face.path}")


@functools.cache
def _covered(content: bytes) -> frozenset[str]:
    import uharfbuzz

    return frozenset(map(chr, uharfbuzz.Face(content).unicodes))


def shared(content: bytes, characters: Iterable[str]) -> str:
    """Return those of the characters that can be seen or join letters, and that a font has; in order, each once."""
    wanted = {character for character in characters if character.isprintable() or character in JOINERS}
    return "".join(sorted(_covered(content) & wanted))


def subset(content: bytes, characters: str) -> bytes:
    """Return a font with no more than the characters need, as woff2; the same input gives the same bytes."""
    import uharfbuzz
    from fontTools.ttLib import TTFont

    wanted = uharfbuzz.SubsetInput()
    for character in characters:
        wanted.unicode_set.add(ord(character))
    small = uharfbuzz.subset(uharfbuzz.Face(content), wanted)
    font = TTFont(io.BytesIO(bytes(small.blob.data)), recalcTimestamp=False)
    font.flavor = "woff2"
    output = io.BytesIO()
    font.save(output)
    return output.getvalue()

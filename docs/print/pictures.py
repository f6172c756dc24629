"""Make the pictures of print-styles.md: two pages of the sample publication in every style and layout.

Run it from anywhere, for all of them or for some: .venv/bin/python docs/print/pictures.py [NAME…]
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2
from PIL import Image

from kitabat.publishing.build import BuildRequest, build
from kitabat.rendering.pdf.impose import TWO_UP

ROOT = Path(__file__).parents[2]
STYLES = {
    "report": 'style = "report"\ncover = true',
    "newspaper-2": 'style = "newspaper"',
    "newspaper-3": 'style = "newspaper"\ncolumns = 3',
    "reader": 'style = "reader"',
    "report-interleaved": 'style = "report"\nlayout = "interleaved"',
    "reader-facing": 'style = "reader"\nlayout = "facing"',
    "reader-flip": 'style = "reader"\nlayout = "flip"',
}
"""Name of the pictures, and the settings in ``[pdf]``."""
LAYOUTS = frozenset({"report-interleaved", "reader-facing", "reader-flip"})
"""Of both languages alone."""
PAGES = {"reader-facing": (5, 6), "reader-flip": (0, -1)}
"""The pages shown, where these are not the first two: a spread, the two covers."""
BOOKLETS = {"reader-facing": "reader-booklet"}
"""Name of the picture of a sheet that is imposed from a PDF: its second side."""
SHOWN = {"en": "russia-north-korea", "ur": "katib-to-computer", "bilingual": "russia-north-korea"}
"""The article shown of each kind of edition."""
ALIKE = {("newspaper-3", "bilingual"), *((name, edition) for name in LAYOUTS for edition in ("en", "ur"))}
"""What looks as another picture does: a newspaper has a column of each language, and layouts are of both."""
HEIGHT = 540
"""Pixels."""
COLOURS = (
    *("#ffffff", "#ece8e0", "#d8d2c6", "#b3ab9e", "#8a8378", "#5c554a", "#3a362f", "#1a1815"),
    *("#0d5a63", "#6b9ba1", "#b5cdd0", "#f5f1e8", "#efe6d2"),
)
"""Ink on paper, the accent, and what lies between."""
MARGIN = 10
AROUND = "#d8d2c6"


def main(*names: str) -> None:
    """Write the pictures of styles, or of all of them, beside this file."""
    for name in names or STYLES:
        settings = STYLES[name]
        with tempfile.TemporaryDirectory() as folder:
            project = lay_out(Path(folder), settings)
            slugs = tuple({slug for edition, slug in SHOWN.items() if (name, edition) not in ALIKE})
            impose = TWO_UP if name in BOOKLETS else ""
            request = BuildRequest(project, slugs=slugs, formats=("pdf",), out=project / "dist", impose=impose)
            report = build(request, lambda *_: None)
            if not report.published:
                raise SystemExit("\n".join(map(str, report.diagnostics)))
            for edition, slug in SHOWN.items():
                if (name, edition) in ALIKE:
                    continue
                path = project / "dist" / edition / slug / f"{slug}-{edition}.pdf"
                save(
                    f"{name}-{edition}",
                    list(pages(path, PAGES.get(name, (0, 1)))),
                    from_the_right=edition != "en" and name != "reader-flip",
                )
                if name in BOOKLETS:
                    sheet = path.with_name(f"{path.stem}-booklet.pdf")
                    save(f"{BOOKLETS[name]}-{edition}", list(pages(sheet, (1,))), from_the_right=False)


def save(name: str, shown: list[Image.Image], *, from_the_right: bool) -> None:
    """Write a picture."""
    place = Path(__file__).with_name(f"{name}.png")
    spread(shown, from_the_right=from_the_right).save(place, optimize=True)
    print(f"{place.relative_to(ROOT)}: {place.stat().st_size / 1000:.0f} kB")


def lay_out(project: Path, settings: str) -> Path:
    """Copy the sample publication, and set it in a style."""
    for name in ("content", "locales"):
        shutil.copytree(ROOT / name, project / name)
    text = (ROOT / "kitabat.toml").read_text(encoding="utf-8")
    kept = re.sub(r"^\[pdf\]\n.*", "", text, flags=re.DOTALL | re.MULTILINE)
    (project / "kitabat.toml").write_text(f"{kept}[pdf]\n{settings}\n", encoding="utf-8")
    return project


def pages(path: Path, shown: Iterable[int]) -> Iterator[Image.Image]:
    """Yield pages of a PDF, counted from 0, at the height of the pictures."""
    with pypdfium2.PdfDocument(path) as document:
        for number in shown:
            page = document[number % len(document)]
            yield page.render(scale=HEIGHT / page.get_height()).to_pil().convert("RGB")


def spread(pages: list[Image.Image], *, from_the_right: bool) -> Image.Image:
    """Return the pages beside one another in few colours."""
    if from_the_right:
        pages = pages[::-1]
    width = sum(page.width + MARGIN for page in pages) + MARGIN
    whole = Image.new("RGB", (width, HEIGHT + 2 * MARGIN), AROUND)
    at = MARGIN
    for page in pages:
        whole.paste(page, (at, MARGIN))
        at += page.width + MARGIN
    palette = Image.new("P", (1, 1))
    palette.putpalette(bytes.fromhex("".join(colour.removeprefix("#") for colour in COLOURS)))
    return whole.quantize(palette=palette, dither=Image.Dither.NONE)


if __name__ == "__main__":
    unknown = [name for name in sys.argv[1:] if name not in STYLES]
    if unknown:
        raise SystemExit(f"Unexpected {', '.join(unknown)}, expected any of {', '.join(STYLES)}")
    main(*sys.argv[1:])

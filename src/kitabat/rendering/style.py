"""The style sheets: files of ``templates/`` in a fixed order, below the publication's settings and font faces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kitabat.config import SiteConfig
from kitabat.rendering import leading
from kitabat.rendering.fonts import FACES, NAMES, Face
from kitabat.rendering.template_files import TemplateFiles

SHARED = ("shared/tokens.css", "shared/languages.css", "shared/text.css", "shared/pairs.css")
SHEETS = {
    "web": (
        *SHARED,
        "web/page.css",
        "web/article.css",
        "web/bilingual.css",
        "web/index.css",
        "web/replies.css",
        "web/paper.css",
    ),
    "status": ("shared/tokens.css", "shared/languages.css", "status/page.css"),
    "print": (
        *SHARED,
        "print/page.css",
        "print/text.css",
        "print/book.css",
        "print/columns.css",
        "print/bilingual.css",
        "print/facing.css",
    ),
}
"""Files of each output, in the order of the cascade."""
HOUSE_STYLE = "print/styles/{style}.css"
"""Custom properties that make one of the print styles, after the files of the output."""
NASKH = {
    "--urdu-line-height": "1.9",
    "--urdu-scale": "1.12",
    "--urdu-latin": ".84em",
    "--urdu-above": ".35em",
    "--urdu-below": ".5em",
    "--urdu-underline": ".4em",
    "--urdu-drop": ".2175",
    "--urdu-word-spacing": "normal",
    "--urdu-head-weight": "700",
    "--urdu-section-scale": "1",
    "--urdu-share": "51%",
}
"""Naskh needs less room above and below its lines than Nastaliq, whose values the tokens have."""
FIRST_SHEET = {"left": "right", "right": "left"}
"""By the side of the spine, the side of the first sheet; without a binding in the settings the direction decides."""
OWN_TOKENS = "tokens.css"
"""A publication's own custom properties, after those of the style and below its settings."""
OWN = "style.css"
"""A publication's own sheet, after all others: ``templates/web/style.css``, ``templates/print/style.css``."""


def sheets(output: str, config: SiteConfig) -> tuple[str, ...]:
    """Return the names of an output's files in the order of the cascade; the last comes after the settings."""
    house = (HOUSE_STYLE.format(style=config.pdf.style),) if output == "print" else ()
    return (*SHEETS[output], *house, f"{output}/{OWN_TOKENS}", f"{output}/{OWN}")


def style_sheet(
    output: str,
    templates: TemplateFiles,
    config: SiteConfig,
    addresses: Mapping[Face, tuple[str, str]],
    measured: str = "",
) -> str:
    """Return the style sheet of an output of ``SHEETS``; ``addresses`` are each face's address and form.

    ``measured`` names a sheet beside it that line heights are taken from; those of print come with each edition.
    """
    faces = "\n".join(face.rule(*addresses[face]) for face in FACES if face in addresses)
    *names, own = sheets(output, config)
    parts = [faces, *(templates.source(name) or "" for name in names), _settings(output, config)]
    if measured:
        parts = [f'@import "{measured}";', *parts, leading.measured()]
    return "\n".join([*parts, templates.source(own) or ""])


def _settings(output: str, config: SiteConfig) -> str:
    """Return the settings as custom properties."""
    properties = dict(_language_properties(config))
    if output == "print":
        properties |= _page_properties(config)
    lines = "\n".join(f"  {name}: {value};" for name, value in properties.items())
    return f":root {{\n{lines}\n}}\n" if lines else ""


def _language_properties(config: SiteConfig) -> Iterable[tuple[str, str]]:
    english, urdu = config.language.get("en"), config.language.get("ur")
    if english is not None and english.line_height is not None:
        yield "--latin-line-height", f"{english.line_height:g}"
    if urdu is None:
        return
    if urdu.font:
        yield "--urdu-family", f'"{NAMES[urdu.font]}"'
    if urdu.font == "naskh":
        yield from NASKH.items()
    yield "--urdu-counter", f"kitabat-{urdu.digits}"
    if isinstance(urdu.line_height, float):
        yield "--urdu-line-height", f"{urdu.line_height:g}"


def _page_properties(config: SiteConfig) -> dict[str, str]:
    properties = {}
    if config.pdf.page_size:
        properties["--sheet"] = config.pdf.page_size
    if config.pdf.style == "newspaper":
        properties["--columns"] = str(config.pdf.columns)
    if not config.pdf.justify:
        properties |= {"--latin-align": "start", "--urdu-align": "start"}
    if config.pdf.binding in FIRST_SHEET:
        properties["--first-sheet"] = FIRST_SHEET[config.pdf.binding]
    # Without margins in the settings each kind of edition has those of its own sheet.
    if margins := config.pdf.margins:
        properties |= {
            "--page-margin-top": margins.top,
            "--page-margin-bottom": margins.bottom,
            "--page-margin-inside": margins.inside,
            "--page-margin-outside": margins.outside,
        }
    return properties

"""The style sheets: house styles, what a publication changes of them, and its settings."""

from __future__ import annotations

import re

import pytest
from tests.support import ROOT

from kitabat.config import LanguageConfig, PdfConfig, SiteConfig
from kitabat.config.values import STYLE_SHEETS
from kitabat.rendering.style import style_sheet
from kitabat.rendering.templates import Templates
from kitabat.workspace import Disk, Memory

TOKEN = re.compile(r"^\s*(--[\w-]+):\s*([^;]+);", re.MULTILINE)
FOLDER = ROOT / "templates" / "print" / "styles"


def sheet(output: str = "print", own: dict[str, str] | None = None, **settings: object) -> str:
    languages = {"en": LanguageConfig(line_height=1.7), "ur": LanguageConfig("nastaliq", "urdu")}
    config = SiteConfig(name={"en": "Aaina"}, language=languages, pdf=PdfConfig(**settings))  # type: ignore[arg-type]
    return style_sheet(output, Templates(Memory(own or {}), Disk(ROOT)), config, {})


def tokens(text: str) -> dict[str, str]:
    """Return the custom properties, of several values the last."""
    return dict(TOKEN.findall(text))


@pytest.mark.parametrize("style", STYLE_SHEETS)
def test_each_style_is_a_file_of_the_same_properties(style: str) -> None:
    text = (FOLDER / f"{style}.css").read_text("utf-8")
    assert tokens(text)["--sheet"] == STYLE_SHEETS[style]
    assert tokens(text).keys() == tokens((FOLDER / "report.css").read_text("utf-8")).keys()
    assert text.count("{") == 1


def test_no_style_without_a_setting() -> None:
    assert {file.stem for file in FOLDER.iterdir()} == STYLE_SHEETS.keys()


def test_every_property_of_a_style_is_used() -> None:
    names = ("shared/tokens.css", "shared/languages.css", "shared/text.css", "shared/pairs.css")
    files = [ROOT / "templates" / name for name in names]
    used = "".join(file.read_text("utf-8") for file in (*files, *FOLDER.parent.glob("*.css"), FOLDER / "report.css"))
    assert [name for name in tokens((FOLDER / "report.css").read_text("utf-8")) if f"var({name})" not in used] == []


def test_a_publications_tokens_come_after_the_style_and_before_the_settings() -> None:
    own = {"templates/print/tokens.css": ":root {\n  --sheet: 170mm 240mm;\n  --accent: #800;\n}\n"}
    found = tokens(sheet(own=own, style="reader"))
    assert (found["--sheet"], found["--accent"]) == ("170mm 240mm", "#800")
    assert tokens(sheet(own=own, page_size="100mm 150mm"))["--sheet"] == "100mm 150mm"
    assert "--accent: #800" not in sheet("web", own)


def test_settings_are_properties() -> None:
    assert tokens(sheet())["--columns"] == "auto"
    assert tokens(sheet(style="newspaper", columns=3))["--columns"] == "3"
    assert tokens(sheet(justify=False))["--urdu-align"] == "start"
    assert tokens(sheet())["--urdu-align"] == "justify"
    assert tokens(sheet())["--latin-line-height"] == tokens(sheet("web"))["--latin-line-height"] == "1.7"

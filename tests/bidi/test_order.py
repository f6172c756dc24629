"""The order on the page: every sentence stands in the PDF as it stands in Chromium, character by character."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.chrome.webdriver import WebDriver
from tests.bidi.order import LINE, TAGS, Lines, lines, view

SENTENCES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))[
    "sentence"
]
STYLE = f"@page {{ size: 2400px {3 * LINE}px; margin: 0 }} p {{ white-space: nowrap }}"


@pytest.fixture(scope="module")
def sheets(browser: WebDriver, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Lines]:
    found: dict[str, Lines] = {}
    for base in TAGS:
        own = [sentence for sentence in SENTENCES if sentence["base"] == base]
        pages = [f"<p>{view(sentence['text'], base).html}</p>" for sentence in own]
        made = lines(browser, tmp_path_factory.mktemp("bidi"), base, pages, STYLE)
        found |= dict(zip((sentence["id"] for sentence in own), made, strict=True))
    return found


def test_there_are_enough_sentences_of_both_kinds() -> None:
    assert len(SENTENCES) >= 100
    assert {sentence["base"] for sentence in SENTENCES} == {"rtl", "ltr"}


@pytest.mark.browser
@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["id"] for sentence in SENTENCES])
def test_the_pdf_has_chromiums_order(sheets: dict[str, Lines], sentence: dict[str, Any]) -> None:
    sheet = sheets[sentence["id"]]
    letters = sum(character.isalnum() for character in sentence["text"].partition("](")[0])
    assert len("".join(sheet.chromium)) >= letters // 2
    assert sheet.pdf == sheet.chromium

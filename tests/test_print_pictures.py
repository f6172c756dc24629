"""The pictures of docs/print-styles.md: each is there, small, and of a style that there is."""

from __future__ import annotations

import re

import pytest
from tests.support import ROOT

from kitabat.config.values import STYLE_SHEETS

PAGE = (ROOT / "docs" / "print-styles.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"!\[[^\]]+\]\((print/[^)]+)\)", PAGE)
FILES = sorted((ROOT / "docs" / "print").glob("*.png"))


def test_every_picture_is_shown() -> None:
    assert sorted(PICTURES) == [file.relative_to(ROOT / "docs").as_posix() for file in FILES]


def test_every_style_is_shown_in_both_languages_and_in_one_edition_of_both() -> None:
    shown = {(name.split("-")[0], name.rpartition("-")[2]) for name in (file.stem for file in FILES)}
    assert shown == {(style, edition) for style in STYLE_SHEETS for edition in ("en", "ur", "bilingual")}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_pictures_are_small(file: object) -> None:
    from PIL import Image

    place = ROOT / "docs" / "print" / str(file)
    assert place.stat().st_size < 60_000
    with Image.open(place) as picture:
        assert picture.mode == "P"

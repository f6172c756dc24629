"""Fonts: what they cover, and subsets of them."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from kitabat import resources
from kitabat.rendering.fonts import FACES, read_face, shared, subset
from kitabat.workspace import Disk

TOOLKIT = Disk(resources.root())
NASTALIQ = read_face(TOOLKIT, FACES[0])


def test_every_face_has_its_file() -> None:
    for face in FACES:
        assert read_face(TOOLKIT, face)[:4] == b"\0\1\0\0"
        assert f'"{face.family}"' in face.rule("x", "woff2")


def test_only_characters_that_the_font_has_are_kept() -> None:
    assert shared(NASTALIQ, "ab\u2066اآا漢\r\n\ufeff\u200c") == "abآا\u200c"


def test_a_subset_keeps_what_joins_the_letters_and_is_the_same_each_time() -> None:
    content = subset(NASTALIQ, "ابپتک")
    assert content == subset(NASTALIQ, "ابپتک")
    assert content[:4] == b"wOF2"
    assert len(content) < len(NASTALIQ) // 10
    font = TTFont(io.BytesIO(content))
    assert set(map(chr, font.getBestCmap())) == set("ابپتک")
    features = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina"} <= features

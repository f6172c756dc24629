"""The fonts are the files that fonts/README.md says they are, and may be embedded."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from kitabat import resources
from kitabat.config import SiteConfig
from kitabat.publishing.foundry import READY, Foundry, cut
from kitabat.workspace import Disk

FONTS = Path(__file__).parents[1] / "fonts"
ROW = re.compile(
    r"\| `(?P<path>[^`]+\.ttf)` \| (?P<version>[\d.]+) \| (?P<weight>\d+) \| `(?P<digest>[0-9a-f]{64})` \|"
)
PAGE = (FONTS / "README.md").read_text(encoding="utf-8")
ROWS = {row["path"]: row for row in ROW.finditer(PAGE)}

FACES = {
    # file: family, OS/2 weight, italic
    "noto-nastaliq-urdu/NotoNastaliqUrdu-Regular.ttf": ("Noto Nastaliq Urdu", 400, False),
    "noto-nastaliq-urdu/NotoNastaliqUrdu-Bold.ttf": ("Noto Nastaliq Urdu", 700, False),
    "noto-naskh-arabic/NotoNaskhArabic-Regular.ttf": ("Noto Naskh Arabic", 400, False),
    "noto-naskh-arabic/NotoNaskhArabic-Bold.ttf": ("Noto Naskh Arabic", 700, False),
    "source-serif-4/SourceSerif4-Regular.ttf": ("Source Serif 4", 400, False),
    "source-serif-4/SourceSerif4-Italic.ttf": ("Source Serif 4", 400, True),
    "source-serif-4/SourceSerif4-Bold.ttf": ("Source Serif 4", 700, False),
    "source-serif-4/SourceSerif4-BoldItalic.ttf": ("Source Serif 4", 700, True),
    "fira-mono/FiraMono-Regular.ttf": ("Fira Mono", 400, False),
}
ITALIC = 1 << 0  # bit of OS/2.fsSelection
INSTALLABLE = 0  # OS/2.fsType: may be embedded and subset without restriction


def test_the_folder_the_page_and_the_table_name_the_same_files() -> None:
    found = {path.relative_to(FONTS).as_posix() for path in FONTS.rglob("*.ttf")}
    assert found == set(ROWS) == set(FACES)


@pytest.mark.parametrize("path", FACES)
def test_a_file_is_what_the_page_says(path: str) -> None:
    row = ROWS[path]
    assert hashlib.sha256((FONTS / path).read_bytes()).hexdigest() == row["digest"]
    with TTFont(FONTS / path) as font:
        assert font["name"].getDebugName(5).split(";")[0] == f"Version {row['version']}"
        assert font["OS/2"].usWeightClass == int(row["weight"])


@pytest.mark.parametrize("path", FACES)
def test_a_face_is_static_has_its_weight_and_may_be_embedded(path: str) -> None:
    family, weight, italic = FACES[path]
    with TTFont(FONTS / path) as font:
        assert "fvar" not in font
        assert font["name"].getDebugName(1) == family
        assert font["OS/2"].usWeightClass == weight
        assert bool(font["OS/2"].fsSelection & ITALIC) is italic
        assert font["OS/2"].fsType == INSTALLABLE


def test_nastaliq_is_the_version_that_the_style_sheets_were_measured_with() -> None:
    assert {row["version"] for path, row in ROWS.items() if path.startswith("noto-nastaliq-urdu/")} == {"3.007"}


@pytest.mark.parametrize("folder", sorted({path.partition("/")[0] for path in FACES}))
def test_a_family_has_its_licence_which_reserves_no_name(folder: str) -> None:
    licence = (FONTS / folder / "OFL.txt").read_text(encoding="utf-8")
    notice, _, terms = licence.partition("SIL OPEN FONT LICENSE Version 1.1")
    assert notice.startswith("Copyright")
    assert "PERMISSION & CONDITIONS" in terms
    assert "Reserved Font Name" not in notice
    assert f"| `{folder}` |" in PAGE


@pytest.mark.parametrize("path", [path for path in FACES if path.startswith("noto-na")])
def test_faces_for_urdu_have_urdus_letters_digits_and_marks(path: str) -> None:
    wanted = "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوؤہھءئیےۂۃۓآ۰۱۲۳۴۵۶۷۸۹۔،؛؟٪٫٬"
    with TTFont(FONTS / path) as font:
        assert [letter for letter in wanted if ord(letter) not in font.getBestCmap()] == []


def test_the_fonts_cut_for_web_sites_are_at_hand_and_are_what_cutting_gives() -> None:
    toolkit = Disk(resources.root())
    foundry = Foundry(Disk(FONTS / "web"), SiteConfig(name={}))
    faces = dict(zip(FACES, foundry.usual(), strict=True))
    assert foundry.faces(()) == faces
    assert {face.name.rpartition("/")[2] for face in faces.values()} == {
        path.name for path in (toolkit.root / READY).iterdir()
    }
    for path, face in faces.items():
        content = foundry.ready(face)
        assert content is not None
        with TTFont(io.BytesIO(content)) as font:
            assert "".join(map(chr, sorted(font.getBestCmap()))) == face.characters
        if not path.startswith("noto-nastaliq-urdu"):  # which alone takes as long as ten of the others
            assert content == cut(face).content


def test_a_letter_that_the_ready_fonts_lack_is_cut_for_and_only_where_a_face_has_it() -> None:
    foundry = Foundry(Disk(FONTS / "web"), SiteConfig(name={}))
    faces = foundry.faces(["naïve"])
    lacking = {path for path, face in faces.items() if foundry.ready(face) is None}
    assert lacking
    assert all("ï" in faces[path].characters for path in lacking)
    assert all("ï" not in faces[path].characters for path in faces.keys() - lacking)


def test_a_publication_s_own_font_is_never_taken_from_those_of_the_toolkit(tmp_path: Path) -> None:
    path = "fira-mono/FiraMono-Regular.ttf"
    (tmp_path / "fonts/fira-mono").mkdir(parents=True)
    (tmp_path / "fonts" / path).write_bytes((FONTS / "source-serif-4/SourceSerif4-Regular.ttf").read_bytes())
    foundry = Foundry(Disk(tmp_path), SiteConfig(name={}))
    assert foundry.ready(foundry.faces(())[path]) is None

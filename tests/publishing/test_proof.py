"""What a build and a check say of PDFs: characters without a font, text that cannot be read back."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from tests.publishing.projects import FILES, built, lay_out, translated, tree

from kitabat.model.diagnostic import Severity
from kitabat.model.errors import ExitCode, PublishingError, exit_code_of
from kitabat.model.site import Edition
from kitabat.publishing.proof import located, proofs
from kitabat.publishing.publication import read_publication

COVERED = FILES | {"kitabat.toml": FILES["kitabat.toml"] + "[pdf]\ncover = true\n"}
AT_HOME = COVERED | {
    "kitabat.toml": COVERED["kitabat.toml"].replace(
        "[publication]", '[publication]\nbase_url = "https://aaina.example/"', 1
    )
}
HIDING = {"templates/print/style.css": ".text p:first-child { display: none }\n"}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = translated(lay_out(tmp_path_factory.mktemp("proof"), AT_HOME))
    report = built(folder, formats=("pdf",), verify=True)
    assert report.published, report.diagnostics
    assert [one for one in report.diagnostics if one.rule == "rendering/pdf-text"] == []
    return folder


def test_pdfs_of_the_last_build_say_what_the_sources_say(good: Path) -> None:
    assert list(proofs(read_publication(good), (), good / "dist")) == []


def test_a_source_that_was_changed_since_is_found(good: Path, tmp_path: Path) -> None:
    publication = read_publication(
        translated(
            lay_out(
                tmp_path,
                {
                    **AT_HOME,
                    "content/second.md": FILES["content/second.md"].replace("متن یہاں ہے۔", "کتابت پرانا ہنر ہے۔"),
                },
            )
        )
    )
    found = list(proofs(publication, ("second",), good / "dist"))
    assert {one.rule for one in found} == {"rendering/pdf-text"}
    assert {one.severity for one in found} == {Severity.WARNING}
    assert any(
        "`ur/second/second-ur.pdf`, page 2, line" in one.message and "کتابت پرانا ہنر" in one.message for one in found
    )
    assert {str(one.location) for one in found} == {"content/second.md"}


def test_what_is_not_built_is_told(tmp_path: Path) -> None:
    publication = read_publication(lay_out(tmp_path))
    found = list(proofs(publication, ("second",), tmp_path / "dist"))
    assert found
    assert all("cannot be read" in one.message and "kitabat build" in one.hint for one in found)


def test_a_build_that_verifies_publishes_no_pdf_that_lacks_words(good: Path, tmp_path: Path) -> None:
    folder = translated(lay_out(tmp_path, FILES | HIDING))
    built(folder, formats=("pdf",), slugs=("second",), languages=("ur",))
    before = tree(folder / "dist")
    report = built(folder, formats=("pdf",), slugs=("second",), languages=("ur",), verify=True)
    assert not report.published
    assert exit_code_of(report.diagnostics) is ExitCode.RENDERING
    faults = [one for one in report.diagnostics if one.severity is Severity.ERROR]
    assert {one.rule for one in faults} == {"rendering/pdf-text"}
    assert "page 1, line" in faults[0].message
    assert tree(folder / "dist") == before


def test_without_a_reader_nothing_is_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pypdfium2" else find(name))
    folder = lay_out(tmp_path)
    with pytest.raises(PublishingError) as caught:
        built(folder, verify=True)
    assert caught.value.diagnostics[0].rule == "usage/reader"
    assert "kitabat[verify]" in caught.value.diagnostics[0].hint
    with pytest.raises(PublishingError):
        list(proofs(read_publication(folder), (), folder / "dist"))


def test_a_character_that_no_font_has_is_named_with_its_place(tmp_path: Path) -> None:
    second = FILES["content/second.md"].replace("متن یہاں ہے۔", "متن یہاں 😀 ہے اور 漢 بھی۔")
    folder = translated(lay_out(tmp_path, FILES | {"content/second.md": second}))
    report = built(folder, formats=("pdf",), slugs=("second",), languages=("ur",))
    assert report.published
    found = {one.message.split("`")[3]: one for one in report.diagnostics if one.rule == "rendering/glyph"}
    assert set(found) == {"😀", "漢"}
    assert str(found["😀"].location) == "content/second.md:11:10"
    assert "U+1F600, GRINNING FACE" in found["😀"].message
    assert "Noto Color Emoji" in found["😀"].hint
    assert "Noto Sans CJK" in found["漢"].hint
    assert found["漢"].severity is Severity.WARNING


def test_a_character_of_a_translation_is_told_in_the_catalog(tmp_path: Path) -> None:
    folder = translated(lay_out(tmp_path), {"Division": "تقسیم 漢"})
    report = built(folder, formats=("pdf",), slugs=("first",), languages=("ur",))
    (found,) = [one for one in report.diagnostics if one.rule == "rendering/glyph"]
    assert str(found.location).startswith("locales/ur/LC_MESSAGES/first.po:")


@pytest.mark.parametrize(
    ("path", "before", "after", "place"),
    [
        ("content/first.md", "[^1]: The note.", "[^1]: The ሀ note.", "content/first.md:22:11"),
        ("content/first.md", "| 1945 |", "| 1945 ሀ |", "content/first.md:18:8"),
        ("content/first.md", "title: The", "title: ሀ The", "content/first.md:2:8"),
        ("kitabat.toml", "Mirror", "Mirror ሀ", "kitabat.toml:3:23"),
    ],
)
def test_its_place_is_exact(tmp_path: Path, path: str, before: str, after: str, place: str) -> None:
    publication = read_publication(lay_out(tmp_path, {**FILES, path: FILES[path].replace(before, after)}))
    manuscript = next(one for one in publication.manuscripts if one.article.slug == "first")
    assert str(located("ሀ", Edition("first", "en", "pdf"), manuscript, publication.disk)) == place

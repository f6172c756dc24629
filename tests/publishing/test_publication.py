"""A publication as read: nothing that is there is taken for missing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from tests.publishing.projects import SQUARE, lay_out

from kitabat.model.diagnostic import Diagnostic
from kitabat.publishing.publication import read_publication

CATALOG = "locales/ur/LC_MESSAGES/first.po"


def test_a_catalog_that_is_a_folder_is_told(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    (root / CATALOG).unlink(missing_ok=True)
    (root / CATALOG).mkdir(parents=True)
    (fault,) = read_publication(root).diagnostics
    assert (fault.rule, str(fault.location)) == ("catalog/unreadable", CATALOG)


def test_a_folder_of_catalogs_that_is_a_file_is_told(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    place = root / "locales" / "ur"
    for path in sorted(place.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    if place.exists():
        place.rmdir()
    place.parent.mkdir(exist_ok=True)
    place.write_text("")
    assert {fault.rule for fault in read_publication(root).diagnostics} == {"catalog/unreadable"}


def test_a_catalog_that_leads_out_of_the_project_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret.po").write_text("")
    root = lay_out(tmp_path / "aaina")
    (root / CATALOG).parent.mkdir(parents=True, exist_ok=True)
    (root / CATALOG).unlink(missing_ok=True)
    (root / CATALOG).symlink_to(tmp_path / "secret.po")
    (fault,) = read_publication(root).diagnostics
    assert fault.rule == "catalog/unreadable"
    assert "leads out" in fault.message


def fault_of_front_matter(folder: Path, line: str) -> Diagnostic:
    """Return the one fault of a publication with another line in the front matter of an article."""
    root = lay_out(folder)
    place = root / "content" / "second.md"
    place.write_text(place.read_text("utf-8").replace("source: ur", f"source: ur\n{line}"), "utf-8")
    (fault,) = read_publication(root).diagnostics
    return fault


@pytest.mark.parametrize("key", ["image", '"image"'])
def test_the_picture_of_the_front_matter_is_told_with_its_place(tmp_path: Path, key: str) -> None:
    fault = fault_of_front_matter(tmp_path, f"{key}: gone.svg")
    assert fault.location is not None
    assert (fault.rule, fault.location.line, fault.location.column) == ("article/image", 5, len(key) + 3)


@pytest.mark.parametrize("address", ["http://[x", "//[x"])
def test_an_address_that_is_none_is_told_where_a_picture_is_named(tmp_path: Path, address: str) -> None:
    fault = fault_of_front_matter(tmp_path, f'image: "{address}"')
    assert (fault.rule, str(fault.location)) == ("article/image", "content/second.md:5:8")
    assert f"Unexpected address `{address}`" in fault.message


COMPOSED, APART = unicodedata.normalize("NFC", "آئینہ.svg"), unicodedata.normalize("NFD", "آئینہ.svg")


@pytest.mark.parametrize(("on_disk", "written"), [(COMPOSED, APART), (APART, COMPOSED)])
def test_a_picture_is_found_however_the_letters_of_its_name_are_composed(
    tmp_path: Path, on_disk: str, written: str
) -> None:
    root = lay_out(tmp_path)
    (root / "content" / on_disk).write_text(SQUARE, "utf-8")
    place = root / "content" / "second.md"
    place.write_text(place.read_text("utf-8") + f"\n![x]({written})\n", "utf-8")
    assert not read_publication(root).diagnostics


def test_a_picture_in_urdu_is_told_with_its_place(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    place = root / "content" / "second.md"
    place.write_text(place.read_text("utf-8") + "\nText\nand ![x](نہیں.svg) more.\n", "utf-8")
    (fault,) = read_publication(root).diagnostics
    assert str(fault.location) == "content/second.md:14:10"


def test_a_picture_within_text_is_told_with_its_place(tmp_path: Path) -> None:
    root = lay_out(tmp_path)
    place = root / "content" / "second.md"
    place.write_text(place.read_text("utf-8") + "\nText\nand ![x](gone.svg) more.\n\ngone.svg\n", "utf-8")
    (fault,) = read_publication(root).diagnostics
    assert str(fault.location) == "content/second.md:14:10"

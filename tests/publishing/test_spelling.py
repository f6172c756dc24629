"""A publication's dictionaries and words: what `kitabat check` finds with them, and says without."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.language.test_spelling import made

from kitabat.cli.main import main
from kitabat.language import spelling as of_language
from kitabat.publishing import spelling
from kitabat.workspace import Memory


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A publication on a machine without dictionaries."""
    monkeypatch.setattr(of_language, "FOLDERS", ())
    monkeypatch.delenv("DICPATH", raising=False)
    folder = tmp_path / "aaina"
    assert main(["new", str(folder)]) == 0
    (folder / "content/welcome.md").write_text(
        "---\ntitle: News\nsource: en\n---\n\nThe letter was recieved by the katib.\n", "utf-8"
    )
    for place in (folder / "locales").rglob("welcome.po*"):
        place.unlink()
    assert main(["sync", "--project", str(folder)]) == 0
    catalog = folder / "locales/ur/LC_MESSAGES/welcome.po"
    text = catalog.read_text("utf-8").replace('katib."\nmsgstr ""', 'katib."\nmsgstr "خط سرہد پر کاتب کو ملا۔"')
    catalog.write_text(text.replace('"News"\nmsgstr ""', '"News"\nmsgstr "خبر"'), "utf-8")
    capsys.readouterr()
    return folder


def checked(project: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["check", "--project", str(project)])
    return code, *capsys.readouterr()


def own(project: Path) -> None:
    folder = project / "locales/dictionaries"
    made(folder, "en_GB", ["news", "the", "letter", "was", "received", "by"])
    made(folder, "ur", ["خبر", "خط", "سرحد", "پر", "کو", "ملا"])


def test_without_dictionaries_there_is_one_hint(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = checked(project, capsys)
    assert (code, out) == (0, "Checked 1 article: nothing found\n")
    assert err.count("\n") == 1
    assert "in en: install Hunspell’s dictionary en" in err
    assert "put ur.aff and ur.dic into locales/dictionaries/" in err
    assert main(["check", "--format", "json", "--project", str(project)]) == 0
    assert capsys.readouterr().err == ""


def test_without_the_library_there_is_one_hint(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own(project)
    monkeypatch.setattr(spelling, "has_library", lambda: False)
    code, _, err = checked(project, capsys)
    assert code == 0
    assert "not checked in en, ur: install `kitabat[spelling]` with pip;" in err


def test_both_languages_are_checked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own(project)
    code, out, err = checked(project, capsys)
    assert (code, out) == (1, "Checked 1 article: 4 warnings\n")
    assert "content/welcome.md:6:16: warning: Unexpected `recieved`, expected a word of the dictionary" in err
    assert "hint: Write `received`, or add the word to locales/words.en.txt" in err
    assert "Unexpected `katib`" in err
    assert "Unexpected `سرہد`" in err
    assert "Spelling is not checked" not in err


def test_the_publications_words_and_the_settings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own(project)
    (project / "locales/words.en.txt").write_text("\ufeff# of the house\nkatib  # a scribe\n\n", "utf-8")
    settings = project / "kitabat.toml"
    named = settings.read_text("utf-8").replace("[language.ur]", '[language.ur]\ndictionary = "none"')
    settings.write_text(named, "utf-8")
    code, out, err = checked(project, capsys)
    assert (code, out) == (1, "Checked 1 article: 1 warning\n")
    assert "katib`" not in err
    assert "Spelling is not checked" not in err


def test_a_list_that_cannot_be_read_is_told(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own(project)
    (project / "locales/words.en.txt").write_bytes("کاتب\n".encode() + b"\xff\n")
    (project / "locales/words.ur.txt").mkdir()
    _, _, err = checked(project, capsys)
    assert "locales/words.en.txt:2: warning: Unexpected byte 0xFF, expected UTF-8 [catalog/words-file]" in err
    assert "locales/words.ur.txt: warning: Cannot read: Is a directory [catalog/words-file]" in err


def test_a_dictionary_that_leads_out_of_the_project_is_none(project: Path, tmp_path: Path) -> None:
    made(tmp_path / "outside", "en", ["a"])
    folder = project / "locales/dictionaries"
    folder.mkdir()
    for ending in ("aff", "dic"):
        (folder / f"en.{ending}").symlink_to(tmp_path / f"outside/en.{ending}")
    assert main(["check", "--project", str(project)]) == 0


def test_a_name_that_is_no_dictionarys_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = project / "kitabat.toml"
    settings.write_text(settings.read_text("utf-8") + '\n[language.en]\ndictionary = "../en"\n', "utf-8")
    assert main(["check", "--project", str(project)]) == 5
    assert "Unexpected `../en`, expected the name of a dictionary such as en_GB" in capsys.readouterr().err


def test_words_are_read_line_by_line() -> None:
    files = Memory({"a.txt": "\ufeffone\r\n# two\r\nthree # four\n\n"})
    assert spelling.read_words(files, "a.txt").value == ("one", "three")
    assert spelling.read_words(files, "b.txt").value == ()

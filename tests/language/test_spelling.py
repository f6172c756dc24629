"""Hunspell with dictionaries made here, and with those that Debian has."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kitabat.language import spelling
from kitabat.language.spelling import Dictionary, Hunspell, dictionaries, in_folder

DEBIAN = Path("/usr/share/hunspell")


def made(folder: Path, name: str, words: list[str], rules: str = "", codec: str = "utf-8") -> Dictionary:
    """A dictionary with these words; ``/P`` after one lets it have a plural."""
    folder.mkdir(parents=True, exist_ok=True)
    charset = "UTF-8" if codec == "utf-8" else "ISO8859-1"
    (folder / f"{name}.aff").write_bytes(f"SET {charset}\nSFX P Y 1\nSFX P 0 s .\n{rules}".encode(codec))
    (folder / f"{name}.dic").write_bytes("\n".join([str(len(words)), *words, ""]).encode(codec))
    return Dictionary(str(folder), name)


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no dictionaries but those in this folder."""
    monkeypatch.setattr(spelling, "FOLDERS", (str(tmp_path / "system"),))
    monkeypatch.delenv("DICPATH", raising=False)
    return tmp_path / "system"


def test_words_and_their_forms(tmp_path: Path) -> None:
    english = Hunspell([made(tmp_path, "en_US", ["receive", "letter/P", "don't", "Putin", "co", "author"])])
    for word in ("receive", "Receive", "letters", "don't", "don’t", "Putin’s", "Putin's", "letters’", "co-author"):
        assert english.knows(word), word
    for word in ("recieve", "putin", "letterz", "co-auther"):
        assert not english.knows(word), word
    assert english.suggestions("recieve")[0] == "receive"


def test_urdu_with_vowel_signs_and_joiners(tmp_path: Path) -> None:
    urdu = Hunspell([made(tmp_path, "ur", ["سرحد", "کتاب", "خانہ", "اثر"])])
    for word in ("سرحد", "سَرحد", "کتاب\u200cخانہ", "کتـاب"):
        assert urdu.knows(word), word
    assert not urdu.knows("سرہد")
    assert urdu.suggestions("سرہد") == ("سرحد",)


def test_any_of_several_dictionaries_will_do(tmp_path: Path) -> None:
    both = Hunspell([made(tmp_path, "en_US", ["color"]), made(tmp_path, "en_GB", ["colour"])])
    assert both.knows("color")
    assert len(both.loaded) == 1
    assert both.knows("colour")
    assert not both.knows("colur")


def test_words_of_the_house(tmp_path: Path) -> None:
    own = Hunspell([made(tmp_path, "en", ["the"])], ["katib", "Aaina"], "locales/words.en.txt")
    for word in ("katib", "Katib", "katib’s", "KATIB", "Aaina", "AAINA"):
        assert own.knows(word), word
    assert not own.knows("aaina")
    assert own.suggestions("katb") == ("katib",)


def test_a_letter_that_a_dictionary_cannot_write_is_let_pass(tmp_path: Path) -> None:
    latin = Hunspell([made(tmp_path, "en", ["café"], codec="latin-1")])
    assert latin.knows("café")
    assert latin.knows("Şahin")
    assert latin.suggestions("Şahin") == ()
    assert not latin.knows("cafe")


def test_each_word_is_looked_up_once_and_few_are_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    one = Hunspell([made(tmp_path, "en", ["the"])])

    def look_up(_self: Hunspell, _number: int, word: str) -> bool:
        asked.append(word)
        return False

    monkeypatch.setattr(Hunspell, "_in", look_up)
    assert [one.knows("teh") for _ in range(3)] == [False] * 3
    assert asked == ["teh"]
    monkeypatch.setattr(spelling, "MOST_SUGGESTED", 1)
    assert one.suggestions("teh") == ("the",)
    assert one.suggestions("thee") == ()
    assert one.suggestions("teh") == ("the",)


def test_what_is_no_dictionary_makes_no_traceback(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "en.aff").write_bytes(b"\xff\xfe\x00SET NOSUCH\nSFX")
    (tmp_path / "en.dic").write_bytes(b"\x00garbage")
    broken = Hunspell([Dictionary(str(tmp_path), "en")])
    assert broken.knows("the") in (True, False)
    capfd.readouterr()


def test_where_dictionaries_are_looked_for(machine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert dictionaries("en", "") == ()
    assert in_folder(tmp_path / "no") == []
    for name in ("en_AU", "en_GB", "en_US", "ur_PK", "fa"):
        made(machine, name, ["a"])
    (machine / "ur.aff").write_text("half of a pair")
    named = {tag: [one.name for one in dictionaries(tag, "")] for tag in ("en", "ur")}
    assert named == {"en": ["en_US", "en_GB"], "ur": ["ur_PK"]}
    assert [one.name for one in dictionaries("en", "en_AU")] == ["en_AU"]
    assert dictionaries("en", "en_ZA") == ()
    mine, own = made(tmp_path / "mine", "en_US", ["a"]), made(tmp_path / "own", "en_US", ["a"])
    monkeypatch.setenv("DICPATH", str(tmp_path / "mine"))
    assert dictionaries("en", "")[0] == mine
    assert dictionaries("en", "", [own])[0] == own


def test_without_the_usual_ones_another_of_the_language_is_taken(machine: Path) -> None:
    made(machine, "en_ZA", ["a"])
    made(machine, "en_AU", ["a"])
    assert [one.name for one in dictionaries("en", "")] == ["en_AU"]


@pytest.mark.parametrize(
    ("name", "right", "wrong", "meant"),
    [("en_US", "neighbor’s", "recieve", "receive"), ("en_GB", "programme", "goverment", "government")],
)
def test_dictionaries_of_debian(name: str, right: str, wrong: str, meant: str) -> None:
    found = [one for one in in_folder(DEBIAN) if one.name == name]
    speller = Hunspell(found)
    assert speller.knows(right)
    assert not speller.knows(wrong)
    assert speller.suggestions(wrong)[0] == meant


def test_the_library_is_loaded_only_for_a_word() -> None:
    code = (
        "import sys; from kitabat.language.spelling import Hunspell, has_library; from kitabat.cli import check\n"
        "Hunspell([]); print(has_library(), 'hunspell' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "True False\n"

"""Texts that were split or joined."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kitabat.catalogs.pieces import Group, Text, groups, parted, sentences
from kitabat.catalogs.similarity import profile

ONE, TWO, THREE = (
    "The minister opened a bridge over the river.",
    "Nobody had expected so many guests at the ceremony.",
    "Its railings are of iron from the old factory.",
)


def rows(*texts: str) -> list[Text]:
    return [Text(place, text) for place, text in enumerate(texts)]


def test_pieces_are_neighbours() -> None:
    whole = rows(f"{ONE} {TWO} {THREE}")
    assert groups(whole, rows("Another.", ONE, TWO, THREE), profile, 100) == [Group(0, (1, 2, 3))]
    apart = [Text(0, ONE), Text(2, TWO), Text(4, THREE)]
    assert groups(whole, apart, profile, 100) == []
    assert groups(rows(ONE), rows(ONE, TWO), profile, 100) == []


def test_a_piece_is_of_one_whole() -> None:
    found = groups(rows(f"{ONE} {TWO}", f"{TWO} {THREE}"), rows(ONE, TWO, THREE), profile, 100)
    assert len(found) == 1


def test_translations_are_parted_by_their_sentences() -> None:
    assert parted("پہلا۔ دوسرا۔ تیسرا۔", [f"{ONE} {TWO}", THREE]) == ["پہلا۔ دوسرا۔", "تیسرا۔"]
    assert parted("**پہلا۔ دوسرا۔** تیسرا۔", [ONE, f"{TWO} {THREE}"]) == ["**پہلا۔ دوسرا۔** تیسرا۔"] * 2
    assert parted("”پہلا۔ دوسرا۔“", [ONE, TWO]) == ["”پہلا۔ دوسرا۔“"] * 2
    assert parted("", [ONE, TWO]) == ["", ""]


@given(st.text(alphabet="ab .۔!”* ", max_size=20))
def test_no_sentence_is_lost(text: str) -> None:
    assert " ".join(" ".join(sentences(text)).split()) == " ".join(text.split())

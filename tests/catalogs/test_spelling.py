"""Corrected spelling, and edits that only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.catalogs.spelling import Vocabulary, is_typo


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("They recieve it.", "They receive it."),
        ("He saw teh river.", "He saw the river."),
        ("He saw the the river.", "He saw the river."),
        ("In moscow, today.", "In Moscow today."),
        ("Their commitee mets.", "Their committee meets."),
        ("وہ اخبار پڑتھے ہیں۔", "وہ اخبار پڑھتے ہیں۔"),
    ],
)
def test_corrected_spelling(old: str, new: str) -> None:
    assert is_typo(old, new, Vocabulary())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It is now so.", "It is not so."),
        ("They were legal.", "They were illegal."),
        ("He went to Austria.", "He went to Australia."),
        ("In 2018 it rained.", "In 2019 it rained."),
        ("It rained.", "It rained heavily."),
        ("abcde fghij klmno pqrst.", "abcdf fghik klmnp pqrsu."),
        ("A b?", "A b."),
    ],
)
def test_no_correction_of_spelling(old: str, new: str) -> None:
    assert not is_typo(old, new, Vocabulary())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Iran said so.", "Iraq said so."),
        ("It rained. Mali won.", "It rained. Bali won."),
        ("The minister came.", "The ministers came."),
        ("They visited Kabul.", "They visit Kabul."),
        ("صدر بشیر آئے۔", "صدر بشیرہ آئے۔"),
        ("وہ حسن کے ساتھ تھے۔", "وہ حسین کے ساتھ تھے۔"),
        ("اچھے لڑکے آئے۔", "اچھی لڑکی آئی۔"),
        ("سڑک پر انصف کا دن", "سڑک پر انصاف کا دن"),
    ],
)
def test_names_and_forms_of_a_word(old: str, new: str) -> None:
    assert not is_typo(old, new, Vocabulary(now=[new]))


def test_what_the_texts_say_of_a_word() -> None:
    old, new = "ملک میں انصف کا دن", "ملک میں انصاف کا دن"
    assert is_typo(old, new, Vocabulary(now=[new], before=[old, "انصاف سب کا حق ہے۔"]))
    assert not is_typo(old, new, Vocabulary(now=[new, "انصف نے کہا۔"], before=[old, "انصاف سب کا حق ہے۔"]))
    assert is_typo("Recieved by all.", "Received by all.", Vocabulary(now=["Received by all.", "They received it."]))
    assert not is_typo("Recieved by all.", "Received by all.", Vocabulary(now=["Received by all."]))
    old, new = "He signed a contact today.", "He signed a contract today."
    assert is_typo(old, new, Vocabulary(now=[new]))
    assert not is_typo(old, new, Vocabulary(now=[new, "They lost contact."]))


@pytest.mark.parametrize(("old", "new"), [("يہ دن", "یہ دن"), ("كتاب ملی", "کتاب ملی"), ("نہیں‌ آیا", "نہیں آیا")])
def test_letters_that_look_alike_are_the_same_word(old: str, new: str) -> None:
    assert is_typo(old, new, Vocabulary(now=[new]))


@given(st.text(max_size=30))
def test_a_text_is_its_own_correction(text: str) -> None:
    assert is_typo(text, text, Vocabulary())


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("He cameto town.", "He came to town.", True),
        ("A wellknown man.", "A well-known man.", True),
        ("اس کیلیے نہیں", "اس کی لیے نہیں", True),
        ("Some 10 5 year olds.", "Some 105 year olds.", False),
        ("Between 10-5 there.", "Between 10 5 there.", False),
        ("It was -5 there.", "It was 5 there.", False),
    ],
)
def test_spaces_between_words(old: str, new: str, same: bool) -> None:
    assert is_typo(old, new, Vocabulary()) is same

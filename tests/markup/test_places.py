from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kitabat.articles.read import read_article
from kitabat.markup.places import places
from kitabat.workspace import Memory


def test_a_hard_break_in_either_form() -> None:
    assert places("a\\\nb", "a\\\nb") == (0, 1, 2, 3)
    assert places("a\\\nb", "a  \nb") == (0, -1, -1, 4)


def test_a_backslash_that_is_no_break() -> None:
    assert places("a \\* b", "a \\* b") == (0, 1, 2, 3, 4, 5)


def test_another_text_is_not_found() -> None:
    assert places("ab", "ac") is None
    assert places("a|b", "a\\!b") is None


def test_signs_with_a_backslash_or_twice_have_the_place_of_the_sign() -> None:
    assert places("a|b c", "a\\|b c") == (0, 2, 3, 4, 5)
    assert places('it\'s "so"', "it''s \\\"so\\\"") == (0, 1, 3, 4, 5, 7, 8, 9, 11)


@given(st.text("ab *>\\`-\n|", max_size=40).map(lambda text: f"---\ntitle: T\nsource: en\n---\n\nx {text}\n"))
def test_each_character_is_where_it_is_said_to_be(text: str) -> None:
    article = read_article(Memory({"content/a.md": text}), "content/a.md", ("en", "ur"), "en").value
    for segment in article.segments if article else ():
        message = segment.message.source if segment.message else ""
        found = places(message, segment.text)
        for sign, place in zip(message, found or (), strict=bool(found)):
            assert place < 0 or segment.text[place] == sign
        assert [place for place in found or () if place >= 0] == sorted(place for place in found or () if place >= 0)

"""Punctuation, spaces, joiners, digits, letters: what is told, what is certain, what is let alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.language.misprint import MARKUP, Look, Misprint, applied
from kitabat.language.quotes import straight, unlike_house
from kitabat.language.stretches import ATOM
from kitabat.language.urdu.digits import digit_systems
from kitabat.language.urdu.joiners import ZWNJ, joiners
from kitabat.language.urdu.letters import misprints
from kitabat.language.urdu.punctuation import punctuation
from kitabat.language.urdu.spacing import spacing


def western_order(text: str) -> tuple[Misprint, ...]:
    return unlike_house(text, "”“’‘", "Urdu")


LOOKS: dict[str, Look] = {
    "letters": misprints,
    "joiners": joiners,
    "punctuation": punctuation,
    "spacing": spacing,
    "digits": digit_systems,
    "quotes": western_order,
}
ALPHABET = (
    "ابچرمیےہھکو\u0647\u0643\u0654\u0653\u064e\u0640\ufeeb" + ZWNJ + MARKUP + ATOM + " \n.,;?۔،؛؟!()“”\"'«»۱۲12٤aZ-"
)


def mended(text: str, look: Look) -> str:
    certain = [one for one in look(text) if one.certain]
    for one in reversed(certain):
        assert text.startswith(one.found, one.offset)
        text = applied(text, one)
    return text


@pytest.mark.parametrize(
    ("look", "text", "expected"),
    [
        (punctuation, "یہ کتاب ہے. وہ قلم ہے.", "یہ کتاب ہے۔ وہ قلم ہے۔"),
        (punctuation, "ایک, دو; تین?", "ایک، دو؛ تین؟"),
        (punctuation, "کیوں؟? یوں۔. ہاں،,", "کیوں؟ یوں۔ ہاں،"),
        (punctuation, f"وہ {MARKUP}کتاب{MARKUP}, اور", f"وہ {MARKUP}کتاب{MARKUP}، اور"),
        (punctuation, "”کتاب.“ اور (قلم,)", "”کتاب۔“ اور (قلم،)"),
        (spacing, "کتاب ، قلم ۔", "کتاب، قلم۔"),
        (spacing, "کتاب،قلم؛دوات", "کتاب، قلم؛ دوات"),
        (spacing, "کتاب ہے۔قلم ہے؟دوات", "کتاب ہے۔ قلم ہے؟ دوات"),
        (spacing, "۳ مار چ کو", "۳ مارچ کو"),
        (spacing, "۳ ست مبر کو  شام", "۳ ستمبر کو شام"),
        (spacing, f"{ATOM} ۔", f"{ATOM}۔"),
        (joiners, f"کار{ZWNJ}خانہ", "کارخانہ"),
        (joiners, f"خوب{ZWNJ}{ZWNJ}صورت", f"خوب{ZWNJ}صورت"),
        (joiners, f"{ZWNJ}کتاب{ZWNJ} {ZWNJ}", "کتاب "),
        (digit_systems, "سن ۱9۴7ء", "سن ۱۹۴۷ء"),
        (digit_systems, "۲,5۰۰٫5", "۲٬۵۰۰٫۵"),
        (western_order, "“کتاب” اور “قلم”۔", "”کتاب“ اور ”قلم“۔"),
        (western_order, "«کتاب» اور ‘قلم’، ”لفظ” (“*ا*”)", "”کتاب“ اور ’قلم‘، ”لفظ“ (”*ا*“)"),
        (western_order, f"{MARKUP}“{MARKUP}کتاب{MARKUP}”{MARKUP}", f"{MARKUP}”{MARKUP}کتاب{MARKUP}“{MARKUP}"),
        (punctuation, "اور... نہیں ...۔", "اور… نہیں …۔"),
        (digit_systems, "۲,۵۰۰ اور ۱,۰۰,۰۰۰، ۵۰%", "۲٬۵۰۰ اور ۱٬۰۰٬۰۰۰، ۵۰٪"),
        (misprints, "جذبہ\u0674 دل، نقطہء نظر، مو\u0674ثر، گ\u06d5", "جذبۂ دل، نقطۂ نظر، مؤثر، گہ"),
        (misprints, "\u0647م \u0643یا", "ہم کیا"),
        (misprints, "ھے ھم", "ہے ہم"),
        (misprints, "مسی\u0654لہ ا\u0653ج", "مسئلہ آج"),
        (misprints, "\ufeebم \ufef3\ufe8e", "ہم یا"),
        (misprints, "ش\u0647ر", "شہر"),
        (misprints, "عبدالل\u0647", "عبداللہ"),
    ],
)
def test_certain(look: Look, text: str, expected: str) -> None:
    assert mended(text, look) == expected


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (punctuation, "1,234.5 اور ۱.۵ اور۔۔۔"),
        (punctuation, "ایم. اے. پی. ایچ. ڈی. ق.م. ڈ. ندیم ڈاکٹر. اقبال"),
        (punctuation, f"Word, word. {ATOM}."),
        (punctuation, ". .. ہے . . . ہے .NET کتاب؟id=3 کیا؟؟ ہاں۔۔۔ نہیں.... …"),
        (spacing, "پی۔ایچ۔ڈی اور ایم۔اے اور ق۔م"),
        (spacing, "رکیے ۔۔۔ پھر ۔ ۔ ۔ چلیے"),
        (spacing, "وہ جو لائی تھی، ۲۵،۰۰۰"),
        (spacing, "( ۔ ) اور مارچ ج ۔ ب۔"),
        (joiners, f"خوب{ZWNJ}صورت {MARKUP}{ZWNJ}کتاب"),
        (digit_systems, "Windows 10 اور ۱۹۴۷، COVID-19، 3D، +92 300 1234567"),
        (digit_systems, "1947 سے 1971"),
        (western_order, "”کتاب“ اور ”قلم“، ”ب“ کا"),
        (western_order, "“”کتاب"),
        (misprints, "بھی تھا پھول ساتھ ۱۴۴۵ھ 1445 ھ اللہ ئ ۂ ۓ ؤ آ"),
    ],
)
def test_let_alone(look: Look, text: str) -> None:
    assert look(text) == ()


@pytest.mark.parametrize(
    ("look", "text", "offset"),
    [
        (misprints, "ب\u0647ی", 1),
        (punctuation, "ہاں۔۔ نہیں", 3),
        (punctuation, "ہاں،، نہیں", 3),
        (spacing, "ا\n“ ب", 2),
        (spacing, "ا ”\nب", 2),
        (digit_systems, "۳.۵ میل", 1),
        (misprints, "مس\u0654لہ", 2),
        (misprints, "بِسْمِ الل\u0647ِ", 10),
        (misprints, "یھاں", 1),
        (misprints, "ب\ufeecی", 1),
        (punctuation, "کتاب.قلم", 4),
        (punctuation, "ہاں,نہیں", 3),
        (punctuation, "صفحہ. ۱۲", 4),
        (misprints, "اللہ \ufdfb", 5),
        (spacing, "وہ آیا\n۔ پھر", 7),
        (spacing, "وہ آیا (\nپھر)", 7),
        (spacing, "گیا۔کے", 4),
        (digit_systems, "۱۹۴۷ سے 1971 تک", 8),
        (straight, 'وہ "کتاب"', 3),
    ],
)
def test_told_without_certainty(look: Look, text: str, offset: int) -> None:
    (one,) = look(text)
    assert (one.offset, one.certain) == (offset, False)


@pytest.mark.parametrize("name", LOOKS)
@given(text=st.text(ALPHABET, max_size=24))
def test_what_is_mended_stays_so(name: str, text: str) -> None:
    """Mending comes to an end after a few rounds, and each misprint is where it says."""
    look: Callable[[str], object] = LOOKS[name]
    seen = text
    for _ in range(6):
        text, seen = mended(text, LOOKS[name]), text
        if text == seen:
            break
    assert text == seen
    assert look(text) == look(seen)


@given(st.text(ALPHABET, max_size=24))
def test_every_misprint_is_where_it_says_and_changes_something(text: str) -> None:
    for look in LOOKS.values():
        found = look(text)
        assert list(found) == sorted(found)
        for one in found:
            assert text.startswith(one.found, one.offset)
            assert one.found != one.expected

"""Checks of the words themselves: what is found, and above all what is let alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checks.examples import po_subject

from kitabat.checks.plain import plain
from kitabat.checks.runner import check_catalog
from kitabat.checks.tables import CATALOG_RULES
from kitabat.markup.inline import parse


def escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")


def found(rule: str, source: str, translation: str, language: str = "ur") -> list[str]:
    text = f'msgctxt "@lead"\nmsgid "{escaped(source)}"\nmsgstr "{escaped(translation)}"\n'
    subject = po_subject(text, language, "en" if language == "ur" else "ur")
    (check,) = (check for check in CATALOG_RULES if check.name == f"catalog/{rule}")
    return [f"{place.column}: {fault.message}" for fault in check.check(subject) if (place := fault.location)]


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("2,500 men", "۲٬۵۰۰ آدمی"),
        ("2,500 men", "2500 آدمی"),
        ("the 1950s", "۱۹۵۰ کی دہائی"),
        ("the 1990s", "۹۰ کی دہائی"),
        ("between 2019–20", "۲۰۱۹ تا ۲۰۲۰"),
        ("50% of it", "اس کا ۵۰ فیصد"),
        ("50% of it", "اس کا نصف"),
        ("3 friends", "تینوں دوست"),
        ("the 5th year", "پانچواں سال"),
        ("2.5 million", "25 لاکھ"),
        ("$1.2 billion", "ایک ارب 20 کروڑ ڈالر"),
        ("the G20 and COVID-19", "جی ٹوئنٹی اور کووڈ"),
        ("`5` and %(n)05d and {0}", "`5` اور %(n)05d اور {0}"),
        ("see https://a.org/2019", "https://a.org/2019 دیکھیے"),
        ("twenty-five", "۲۵"),
        ("9:30 in the morning", "صبح ساڑھے نو بجے"),
        ("1 million", "دس لاکھ، یعنی 1 ملین"),
    ],
)
def test_numbers_that_are_the_same(source: str, translation: str) -> None:
    assert found("number", source, translation) == []


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("in 1953", "1935 میں", ["9: Unexpected number `1935`, expected `1953` in any digits"]),
        ("in 1953", "کچھ", ["9: Missing number `1953` in the translation"]),
        ("*17* men", "لوگ **۱۸** ہیں", ["15: Unexpected number `۱۸`, expected `17` in any digits"]),
        ("2.5%", "۲۵ فیصد", ["9: Unexpected number `۲۵`, expected `2.5` in any digits"]),
        ("3 men", "دو آدمی", ["9: Missing number `3` in the translation"]),
        (
            "25 and 1953",
            "1935 اور 26",
            [
                "18: Unexpected number `26`, expected `25` in any digits",
                "9: Unexpected number `1935`, expected `1953` in any digits",
            ],
        ),
    ],
)
def test_numbers_that_differ(source: str, translation: str, expected: list[str]) -> None:
    assert found("number", source, translation) == expected


def test_numbers_into_english() -> None:
    assert found("number", "۳ دوست اور ۱۹۴۷ء میں ۲۵ لاکھ", "Three friends, and in 1947 2.5 million", "en") == []
    assert len(found("number", "۱۹۴۷ء", "In 1974", "en")) == 1


@pytest.mark.parametrize(
    ("source", "translation", "number"),
    [
        ("See www.a.org.", "www.a.org۔", 0),
        ("See [www.a.org](b.md).", "[دیکھیے](b.md)", 0),
        ("A", "https://a.org", 0),
        ("See **https://a.org/**", "**https://a.org** دیکھیے", 1),
        ("a@b.org", "ا", 1),
    ],
)
def test_addresses(source: str, translation: str, number: int) -> None:
    assert len(found("address", source, translation)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Vladimir Putin", 0),
        ("Ludwig van Beethoven", 0),
        ("iPhone 15", 0),
        ("%(count)s of {total}", 0),
        ("https://a.org/some/words", 0),
        ("`some code here`", 0),
        ("Log out", 1),
        ("The  friends", 1),
        ("promise", 0),
    ],
)
def test_same(text: str, number: int) -> None:
    assert len(found("same", text, text)) == number


def test_same_where_there_are_no_capitals() -> None:
    assert found("same", "محمد علی جناح", "محمد علی جناح", "en") == []
    assert len(found("same", "ہم نے یہ وعدہ کیا تھا کل", "ہم نے یہ وعدہ کیا تھا کل", "en")) == 1
    own = 'msgctxt "a"\nmsgid "ہم نے یہ وعدہ کیا تھا کل"\nmsgstr "ہم نے یہ وعدہ کیا تھا کل"\n'
    assert check_catalog(po_subject(own, "ur", "ur")) == ()


@pytest.mark.parametrize(
    ("translation", "language", "number"),
    [
        ("بار بار ساتھ ساتھ", "ur", 0),
        ("دوستوں کے **کے** ساتھ", "ur", 0),
        ("دوستوں نے\nنے کہا", "ur", 1),
        ("[the the]{lang=en} کے", "ur", 1),
        ("the the end", "en", 1),
        ("he had had that that Bora Bora", "en", 0),
        ("the theme of the-the", "en", 0),
        ("[کے کے]{lang=ar}", "ur", 0),
    ],
)
def test_doubled_words(translation: str, language: str, number: int) -> None:
    assert len(found("doubled-word", "متن" if language == "en" else "text", translation, language)) == number


@pytest.mark.parametrize(
    ("source", "translation", "number"),
    [
        ("a) it’s", "ا) ہے", 0),
        ("“A", "”ا", 0),
        ("a", "”ا“ «ب» (ج) 'د", 0),
        ("a", "”*ا*“", 0),
        ("a", '"ا', 1),
        ("(a)", "(ا(", 1),
        ("a", "«ا", 1),
        ("a", "ا] ب", 1),
        ("a {x(}", "ا {x(}", 0),
        ("a :)", "ا (ب", 0),
    ],
)
def test_balance(source: str, translation: str, number: int) -> None:
    assert len(found("balance", source, translation)) == number


@pytest.mark.parametrize(
    ("source", "translation", "number"),
    [
        ("One of them.", "ان میں سے ایک۔", 0),
        ("One of them.", "ان میں سے ایک.", 0),
        ("One of the many.", "ان میں سے ایک", 1),
        ("One of the many", "ان میں سے ایک۔", 1),
        ("Many.", "بہت", 0),
        ("Who?", "کون", 1),
        ("“Who?”", "”کون؟“", 0),
        ("Who (you)?", "کون (تم؟)", 0),
        ("Go!", "جاؤ۔", 0),
        ("Names:", "نام:-", 0),
        ("Names:", "نام", 1),
        ("And then...", "اور پھر…", 0),
        ("Made by Ford Motor Co.", "فورڈ نے بنایا", 0),
        ("At five in the p.m.", "شام پانچ بجے", 0),
        ("You can buy pens, ink, etc.", "آپ قلم، سیاہی وغیرہ خرید سکتے ہیں۔", 0),
        ("We have *one more.*[^1]", "ایک *اور ہے۔*[^1]", 0),
        ("Type `make all the things.`", "`make all the things.`", 0),
        ("The pen has left\\\nthe hand.", "قلم ہاتھ سے\\\nچھوٹا", 0),
    ],
)
def test_ending(source: str, translation: str, number: int) -> None:
    assert len(found("ending", source, translation)) == number


def test_margin() -> None:
    assert found("margin", "a ", "ا ") == []
    assert found("margin", " a", "ا") == ["9: Missing white space at the beginning, which the source has"]
    assert found("margin", "\na\n  ", "\n\tا\n") == []
    assert found("margin", "\n  a\n  ", "ا") == []
    assert len(found("margin", "a", "\tا ")) == 2


@pytest.mark.parametrize(
    ("source", "translation", "number"),
    [
        ("%(a)s of %s", "%s میں %(a)s", 0),
        ("Choose some %ss", "چند %s چنیے", 0),
        ("50%s and 5% discount", "۵۰٪ اور ۵٪", 0),
        ("v%s of %d_a", "نسخہ%sکا", 0),
        ("%(a)s", "%(a)d", 1),
        ("%1$s", "کچھ", 1),
        ("a", "%(a)s", 1),
        ("%(a)s", "%(a)s %(a)s", 1),
    ],
)
def test_placeholders(source: str, translation: str, number: int) -> None:
    assert len(found("placeholder", source, translation)) == number


def test_a_singular_may_do_without_its_number() -> None:
    forms = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "ایک دن"\nmsgstr[1] "%(n)s دن"\n'
    assert check_catalog(po_subject(forms)) == ()


def test_length() -> None:
    assert found("length", "a " * 45, "ا " * 16) == []
    assert found("length", "a " * 10, "ا " * 39) == []
    assert len(found("length", "a " * 10, "ا " * 41)) == 1
    assert found("length", f"see https://a.org/{'a' * 80}", "دیکھیے") == []
    assert found("length", "a" * 50, "**…**") == []


@pytest.mark.parametrize(
    ("translation", "number"),
    [
        ("ا\u200cب", 0),
        ("%(n)s\u00a0دن", 0),
        ("ص\u00a05", 0),
        ("ا\u00a0!", 0),
        ("ا\u00adب", 1),
        ("\ufeffا", 1),
        ("ا\u202fب", 1),
    ],
)
def test_invisible(translation: str, number: int) -> None:
    assert len(found("invisible", "a", translation)) == number
    assert found("invisible", f"{translation}", f"{translation}") == []


@given(st.text(alphabet="ab*_`[]()!^{}#\\ \n۔ک&;<>", max_size=30))
def test_plain_text_has_a_place_for_each_character(text: str) -> None:
    words = plain(parse(text).nodes, text)
    assert len(words.text) == len(words.offsets)
    assert all(0 <= offset <= max(0, len(text) - 1) for offset in words.offsets)
    assert list(words.offsets) == sorted(words.offsets)


@given(st.text(alphabet='ab1.۔5۵?؟(”“"»*` \u200b\u00a0کے%', min_size=1, max_size=20))
def test_any_translation_is_checked(text: str) -> None:
    for language in ("ur", "en"):
        source = f'msgctxt "a"\nmsgid "In 1950 (and “later”)?"\nmsgstr "{escaped(text)}"\n'
        for fault in check_catalog(po_subject(source, language, "en" if language == "ur" else "ur")):
            assert fault.hint
            assert fault.location

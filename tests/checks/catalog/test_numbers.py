"""Numbers in digits of either kind, and in the words of either language, from each language into the other."""

from __future__ import annotations

import pytest
from tests.checks.examples import po_subject

from kitabat.checks.catalog.numbers import RULE

SAME = [
    ("2,500 men", "۲٬۵۰۰ آدمی"),
    ("2,500 men", "۲۵۰۰ آدمی"),
    ("2,500 men", "۲,۵۰۰ آدمی"),
    ("2,500 men", "۲،۵۰۰ آدمی"),
    ("2,500", "ڈھائی ہزار"),
    ("1,500", "ڈیڑھ ہزار"),
    ("the 1950s", "۱۹۵۰ کی دہائی"),
    ("the 1950s", "پچاس کی دہائی"),
    ("the 1950s", "۵۰ کی دہائی"),
    ("50%", "۵۰ فیصد"),
    ("50 per cent", "۵۰٪"),
    ("50%", "پچاس فیصد"),
    ("0.5%", "۰٫۵ فیصد"),
    ("0.5%", "نصف فیصد"),
    ("1950–1953", "۱۹۵۰ء سے ۱۹۵۳ء تک"),
    ("1950-53", "۱۹۵۰–۵۳"),
    ("1950-53", "۱۹۵۰ تا ۱۹۵۳"),
    ("1950–1953", "۱۹۵۰–۵۳"),
    ("3 March 2026", "۳ مارچ ۲۰۲۶ء"),
    ("March 3rd, 2026", "۳ مارچ ۲۰۲۶ء"),
    ("2026-03-05", "۵ مارچ ۲۰۲۶"),
    ("5/3/2026", "۵ مارچ ۲۰۲۶"),
    ("the 1st time", "پہلی بار"),
    ("the 21st century", "اکیسویں صدی"),
    ("19th century", "انیسویں صدی"),
    ("the 2nd", "دوسرا"),
    ("the 11th", "گیارھواں"),
    ("the 5th", "۵واں"),
    ("2.5 million", "۲۵ لاکھ"),
    ("2.5 million", "پچیس لاکھ"),
    ("10 million", "ایک کروڑ"),
    ("100,000", "ایک لاکھ"),
    ("1 million", "دس لاکھ"),
    ("1,000", "ایک ہزار"),
    ("100", "سو"),
    ("500 men", "پانچ سو آدمی"),
    ("20,000", "بیس ہزار"),
    ("10:30 am", "صبح ساڑھے دس بجے"),
    ("9 a.m.", "صبح نو بجے"),
    ("24 hours", "چوبیس گھنٹے"),
    ("13 men", "تیرہ آدمی"),
    ("17", "سترہ"),
    ("75", "پچھتر"),
    ("$1.5bn", "ڈیڑھ ارب ڈالر"),
    ("3.14", "۳٫۱۴"),
    ("G20", "جی ٹوئنٹی"),
    ("F-16", "ایف سولہ"),
    ("COVID-19", "کووڈ ۱۹"),
    ("-5°C", "منفی ۵ ڈگری"),
    ("1/2", "نصف"),
    ("twenty-five, 25", "۲۵"),
    ("1,234,567.89", "۱۲٬۳۴٬۵۶۷٫۸۹"),
    ("half", "50 فیصد"),
    ("7,50,000", "ساڑھے سات لاکھ"),
    ("9/11", "نائن الیون"),
    ("24/7", "چوبیس گھنٹے"),
    ("30,000", "تیس ہزار"),
    ("15 km", "۱۵ کلومیٹر"),
    ("40 years", "چالیس سال"),
    ("a century of 100 years", "ایک صدی"),
    ("2026", "دو ہزار چھبیس"),
    ("12 noon", "دوپہر بارہ بجے"),
    ("6-8 weeks", "چھ سے آٹھ ہفتے"),
    ("9.30", "ساڑھے نو"),
    ("1.5 times", "ڈیڑھ گنا"),
    ("2,400", "چوبیس سو"),
    ("25 per cent", "ایک چوتھائی"),
    ("75%", "تین چوتھائی"),
    ("٤٥ men", "۴۵ آدمی"),
]
OTHER = [
    ("2,500", "۲٬۰۵۰"),
    ("1950–1953", "۱۹۵۰–۱۹۵۴"),
    ("50%", "۱۵ فیصد"),
    ("2.5 million", "۲۵ ہزار"),
    ("1950s", "۱۹۶۰ کی دہائی"),
    ("3 March 2026", "۳ مارچ ۲۰۲۵"),
    ("2.5", "۲۵"),
    ("19th century", "۱۸ویں صدی"),
    ("13 men", "تین آدمی"),
    ("100,000", "دس ہزار"),
    ("17", "۷۱"),
    ("2,500", "بہت"),
    ("1,5", "۱٫۵"),
    ("10 million", "۱۰ ارب"),
    ("1.2 billion", "۱ ارب ۲ کروڑ"),
]


def found(source: str, translation: str, language: str) -> list[str]:
    text = f'msgctxt "a"\nmsgid "{source}"\nmsgstr "{translation}"\n'
    return [fault.message for fault in RULE.check(po_subject(text, language, "en" if language == "ur" else "ur"))]


@pytest.mark.parametrize(
    ("english", "urdu"), [*SAME, ("1.2 billion", "۱ ارب ۲۰ کروڑ"), ("1.2 billion", "ایک ارب بیس کروڑ")]
)
def test_one_number_in_two_languages(english: str, urdu: str) -> None:
    assert found(english, urdu, "ur") == []
    assert found(urdu, english, "en") == []


@pytest.mark.parametrize(("english", "urdu"), OTHER)
def test_another_number(english: str, urdu: str) -> None:
    assert found(english, urdu, "ur")
    if any(sign.isdigit() for sign in urdu):
        assert found(urdu, english, "en")

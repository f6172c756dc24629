from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from markdown_it import MarkdownIt

from kitabat.language.direction import ATOM, runs
from kitabat.model.language import Direction

SENTENCES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "bidi" / "sentences.toml").read_text(encoding="utf-8")
)["sentence"]
BREAKS = {"softbreak": " ", "hardbreak": "\n", "code_inline": ATOM, "image": ATOM}


def plain(text: str) -> str:
    """Return the words of a message in Markdown's inline form, with atoms where there are none."""
    (inline,) = MarkdownIt("commonmark").parseInline(text)
    return "".join(BREAKS.get(token.type, token.content) for token in inline.children or ())


def parts(text: str, base: Direction) -> list[str]:
    return [text[run.start : run.end] for run in runs(text, base)]


def crosses_an_element(sentence: dict[str, Any]) -> bool:
    return any(mark in sentence["text"] for mark in ("*", "](", "`", "<http"))


def test_the_sentences_are_many_and_apart() -> None:
    assert len(SENTENCES) >= 60
    assert len({sentence["id"] for sentence in SENTENCES}) == len(SENTENCES)
    assert sum(crosses_an_element(sentence) for sentence in SENTENCES) >= 35
    assert {sentence["base"] for sentence in SENTENCES} == {"ltr", "rtl"}


@pytest.mark.parametrize("sentence", SENTENCES, ids=[sentence["id"] for sentence in SENTENCES])
def test_sentences_have_their_runs(sentence: dict[str, Any]) -> None:
    text = plain(sentence["text"])
    found = runs(text, sentence["base"])
    assert [text[run.start : run.end] for run in found] == sentence["runs"]
    inner = [part for run in found for part in parts(text[run.start : run.end], run.direction)]
    assert inner == sentence.get("nested", [])


RTL_CASES = {
    "Google ۲۰۰۰ء میں، Google 2004ء میں، Windows 10 کے، BBC 12ویں": ["Google", "Google", "Windows 10", "BBC"],
    "اخبار ”Dawn“ 5 جون کو، NATO 2,500 افراد، CPEC $62 ارب": ["Dawn", "NATO", "CPEC", "$62"],
    "NATO 1949–53ء میں، Apollo ۱۱ کے، Boeing 737s": ["NATO", "1949–53", "Apollo ۱۱", "Boeing 737s"],
    "باہر (C++) اور [F-16]": ["C++", "F-16"],
    "نسبت 3:2، تناسب 1/2، پیمانہ 5′6″": ["3:2", "1/2", "5′6″"],
    "خون AB+ یا O- درکار ہے": ["AB+", "O-"],
    "اختیار --help اور -v اور $HOME": ["--help", "-v", "$HOME"],
    "قیمت 500/-، دفعہ 370(A)، حصہ ۶۲(۱) اور صفحہ 12 (2019)": ["500/-", "370(A)", "۶۲(۱)"],
    "رقم 500 USD اور 3 million.": ["500 USD", "3 million"],
    "ڈگری B.Sc. اور M.A. اور Ph.D، حوالہ Khan et al. کا": ["B.Sc.", "M.A.", "Ph.D", "Khan et al."],
    "پتا www.example.org۔ یا www.example.org.": ["www.example.org", "www.example.org"],
    "کہا: I will come. پھر: We won!": ["I will come.", "We won!"],
    "دیکھا House of Cards. اور New York! میں": ["House of Cards", "New York"],
    "فلم The Valley (وادی) of Swat، Reuters (رائٹرز) نے": ["The Valley (وادی) of Swat", "Reuters"],
    "ادارہ BBC (2019) News اور BBC () News": ["BBC (2019) News", "BBC () News"],
    "کارڈ 111-786-786 اور 111 786 786": ["111-786-786", "111 786 786"],
    "ڈرائیو C:\\Users\\ali، پھر ~/docs": ["C:\\Users\\ali", "~/docs"],
    "دیکھیے (https://example.org/a_(b))۔": ["https://example.org/a_(b)"],
    "پتا www.example.org/a. یا example.org/b?": ["www.example.org/a", "example.org/b"],
    "ساخت 16-bit اور 5-year-old": ["16-bit", "5-year-old"],
    "ورژن 3.11.7 اور 192.168.1.1": [],
    "عدد ٪۵۰ اور ٢٠١٩ اور ٢٠١٩-٢٠٢٠": ["٪۵۰", "٢٠١٩-٢٠٢٠"],
    "رقم US$ 20 اور ₨ 500 اور -$5": ["US$ 20", "₨ 500", "-$5"],
    "نئی (Apple، Google) فہرست": ["Apple", "Google"],
    "نئی FAANG (Apple، Google) فہرست": ["FAANG", "Apple", "Google"],
    "نام ”Hamlet“، ”Othello“ ہیں": ["Hamlet", "Othello"],
    'نام "Hamlet" ہے': ["Hamlet"],
    'کہا Times "New York اخبار" نے': ["Times", "New York"],
    'کہا "اخبار New York" Times نے': ["New York", "Times"],
    "”Wait…“ اور ”(Yes!)“": ["Wait…", "Yes!"],
    "”iPhone خریدیں“ اور ”Google نے Microsoft کو ہرایا“": ["iPhone", "Google", "Microsoft"],
    "لفظ C++\u200e یہاں \u200e نہیں": ["C++\u200e"],
    "ب\u093e abc اور ( Yes! ) اور New York “NY” (NYC) ہیں": ["abc", "Yes!", "New York “NY” (NYC)"],
    "خاندان 👩\u200d👩\u200d👧 اور ملک 🇵🇰 ہے": [],
}

LTR_CASES = {
    "“دل,” he said, “دل.”": ["دل", "دل"],
    "آئین 1973": ["آئین 1973"],
    "It is آئین، and آئین؟ of course": ["آئین،", "آئین؟"],
    "The sum ۲٬۵۰۰ and ۵۰٪ and ۱۹۵۰–۱۹۵۳ stand": [],
    "Say ۵۰٪ عوام or ۱۰، ۱۲ دن now": ["۵۰٪ عوام", "۱۰، ۱۲ دن"],
    "Tag #۱ and #1 and @علی": ["@علی"],
    "Both پاکستان/بھارت and پاکستان-بھارت": ["پاکستان/بھارت", "پاکستان-بھارت"],
    "From کراچی +92 300 1234567 پر فون کریں today": ["کراچی +92 300 1234567 پر فون کریں"],
    "one\nدو\nthree دو تین\nچار": ["دو", "دو تین", "چار"],
    "At دفتر (کتاب 2019) is": ["دفتر (کتاب 2019)"],
    "a ب\u093e b": ["ب\u093e"],
    "say ( کتاب! ) and the ’نوائے‘ وقت": ["کتاب!", "’نوائے‘ وقت"],
    "Oh دل! and کیا? he asked": ["دل!", "کیا?"],
    "Oh دل! And کیا?": ["دل", "کیا"],
    "The لیگ (League) پاکستان and لاہور (Lahore) too": ["لیگ (League) پاکستان", "لاہور"],
    "“کراچی, لاہور” listed": ["کراچی, لاہور"],
}


@pytest.mark.parametrize(("text", "expected"), RTL_CASES.items())
def test_right_to_left_cases(text: str, expected: list[str]) -> None:
    assert parts(text, "rtl") == expected


@pytest.mark.parametrize(("text", "expected"), LTR_CASES.items())
def test_left_to_right_cases(text: str, expected: list[str]) -> None:
    assert parts(text, "ltr") == expected


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_control_moves_no_word(control: str) -> None:
    text = f"نیا New York{control} اخبار"
    assert [part.replace(control, "") for part in parts(text, "rtl")] == ["New York"]
    assert parts(f"{control}only latin", "ltr") == []


def test_long_texts_take_their_share_and_no_more() -> None:
    """The work grows with the length, not with its square: a chapter in one paragraph is no trap."""
    cases: tuple[tuple[Direction, str, int], ...] = (
        ("rtl", "نیا New York Times (NY) اخبار، ”Yes!“ اور 10–12% ہے۔ ", 3),
        ("ltr", "The جنگ, 15 pages, “پاکستان!” and (کتاب 12) ", 3),
    )
    for base, sentence, count in cases:
        pieces = count_steps(sentence * 50, base), count_steps(sentence * 400, base)
        assert len(runs(sentence * 400, base)) == count * 400
        assert pieces[1] < 12 * pieces[0]


def test_a_long_list_takes_its_share_and_no_more() -> None:
    """No name looks at all the names before it for the bracket that it stands in."""
    few, many = (f"({'ب, ' * count}) a" for count in (100, 800))
    assert len(runs(many, "ltr")) == 800
    assert count_steps(many, "ltr") < 12 * count_steps(few, "ltr")


def count_steps(text: str, base: Direction) -> int:
    """Return how many calls of Python functions the runs of a text take: a measure that no busy machine changes."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    runs.cache_clear()
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        runs(text, base)
    finally:
        sys.setprofile(before)
    return calls

"""Settings: what is read, what is refused, and where each fault is said to stand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitabat.config import PATH, LanguageConfig, Margins, PdfConfig, SiteConfig, load
from kitabat.config.read import DEFAULTS, LANGUAGES, SCHEMA
from kitabat.workspace import Memory, OutsideProjectError

FULL = """\
[publication]
name = { en = "Aaina", ur = "آئینہ" }
tagline = "A mirror"
base_url = "https://example.org/news"
languages = ["ur", "en"]
default_language = "en"
time_zone = "UTC"
replies = "mailto:editor@example.org"

[language.ur]
font = "naskh"
digits = "latin"
line_height = 2
[language.en]
line_height = 1.5

[build]
formats = ["html"]
fuzzy = "keep"
minimum_coverage = { ur = 80 }
jobs = 2

[pdf]
page_size = "A5"
margins = { inside = "20mm", outside = "15mm", top = "2cm", bottom = "0.5in" }
binding = "right"
variant = "pdf/ua-1"
layout = "interleaved"
style = "newspaper"
columns = 3
justify = false
footnotes = "article"
cover = true
colophon = false
"""


def faults(text: str) -> list[str]:
    return [str(fault) for fault in load(Memory({PATH: text})).diagnostics]


def site(text: str) -> SiteConfig:
    outcome = load(Memory({PATH: text}))
    assert not outcome.diagnostics
    assert outcome.value
    return outcome.value


def test_every_setting_is_read() -> None:
    assert site(FULL) == SiteConfig(
        name={"en": "Aaina", "ur": "آئینہ"},
        tagline={"en": "A mirror", "ur": "A mirror"},
        base_url="https://example.org/news/",
        languages=("ur", "en"),
        default_language="en",
        time_zone="UTC",
        replies="mailto:editor@example.org",
        language={
            "ur": LanguageConfig("naskh", "latin", 2.0),
            "en": LanguageConfig(line_height=1.5),
        },
        formats=("html",),
        fuzzy="keep",
        minimum_coverage={"ur": 80.0},
        jobs=2,
        pdf=PdfConfig(
            page_size="148mm 210mm",
            margins=Margins("20mm", "15mm", "2cm", "0.5in"),
            binding="right",
            variant=("pdf/ua-1",),
            layout="interleaved",
            style="newspaper",
            columns=3,
            justify=False,
            footnotes="article",
            cover=True,
            colophon=False,
        ),
    )


def test_the_house_has_quotation_marks_of_its_own() -> None:
    assert site('[publication]\nname = "A"\n[language.ur]\nquotes = "«»‹›"\n').quotes == {"ur": "«»‹›"}


@pytest.mark.parametrize("marks", ["", "«»", "«»«»", "abcd", "«»‹ ›"])
def test_other_signs_are_no_quotation_marks(marks: str) -> None:
    (fault,) = faults(f'[publication]\nname = "A"\n[language.en]\nquotes = "{marks}"\n')
    assert "expected four quotation marks" in fault


def test_defaults() -> None:
    plain = site('[publication]\nname = "Aaina"\nlanguages = ["ur"]')
    assert plain.default_language == "ur"
    assert plain.language == {"ur": DEFAULTS["ur"]}
    assert (plain.formats, plain.fuzzy, plain.jobs, plain.pdf) == (("html", "pdf"), "source", None, PdfConfig())
    assert plain.zone().utcoffset(None) is not None
    assert site('publication.name = "Aaina"\npdf.margins = "2cm"').pdf.margins == Margins("2cm", "2cm", "2cm", "2cm")


def test_a_zone_of_the_machine() -> None:
    karachi = site('[publication]\nname = "Aaina"\ntime_zone = "Asia/Karachi"')
    assert str(karachi.zone()) == "Asia/Karachi"


def test_byte_order_mark_and_crlf() -> None:
    outcome = load(Memory({PATH: b'\xef\xbb\xbf[publication]\r\nname = "A"\r\nnaem = "B"\r\n'}))
    assert [str(fault.location) for fault in outcome.diagnostics] == ["kitabat.toml:3:1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = ", "kitabat.toml:1:4: error: Invalid value [settings/syntax]"),
        (
            '\n[publication]\nname = "Aaina\n',
            "kitabat.toml:3:14: error: Illegal character '\\n' [settings/syntax]",
        ),
        ("x = 1 2", "kitabat.toml:1:7: error: Expected newline or end of document after a statement [settings/syntax]"),
        ("a = " + "[" * 1900, "kitabat.toml: error: Unexpected depth of brackets [settings/syntax]"),
        (
            "a" + ".a" * 5000 + " = 1",
            "kitabat.toml:1: error: Unexpected line of 10005 characters, expected at most 2000 [settings/syntax]",
        ),
        (
            "#\n" * 40000,
            "kitabat.toml: error: Unexpected size of 80000 bytes, expected at most 65536 [settings/syntax]",
        ),
    ],
)
def test_syntax(text: str, expected: str) -> None:
    assert faults(text) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("publication.titel = 1", "2:1: error: Unexpected key `titel` in [publication] [settings/unknown]"),
        ("[publcation]", "2:2: error: Unexpected table or key `publcation` [settings/unknown]"),
        ("[language.fr]", "2:2: error: Unexpected key `fr` in [language] [settings/unknown]"),
        ("[language.en]\nfont = 'naskh'", "3:1: error: Unexpected key `font` in [language.en] [settings/unknown]"),
        ("[build]\njobs = 0", "3:1: error: Unexpected `0`, expected a whole number from 1 to 256 [settings/value]"),
        ("[build]\njobs = true", "3:1: error: Unexpected `true` (true or false), expected a whole number from 1 to 256 [settings/type]"),
        ("[build]\njobs = 1.5", "3:1: error: Unexpected `1.5` (a number), expected a whole number from 1 to 256 [settings/type]"),
        ("build = 3", "2:1: error: Unexpected `3` (a number), expected a table [settings/type]"),
        ("[build]\nformats = []", "3:1: error: Unexpected empty list, expected a list of `html`, `pdf` [settings/value]"),
        (
            '[build]\nformats = [\n"html",\n "epub"]',
            "5:2: error: Unexpected `epub`, expected a list of `html`, `pdf` [settings/value]",
        ),
        ('[build]\nformats = ["pdf", "pdf"]', "3:19: error: Unexpected second `pdf`, expected each once [settings/value]"),
        ('[build]\nformats = [["pdf"]]', "3:12: error: Unexpected list, expected a list of `html`, `pdf` [settings/value]"),
        ("[build]\nfuzzy = 'drop'", "3:1: error: Unexpected `drop`, expected `source` or `keep` [settings/value]"),
        ("[build]\nfuzzy = 2020-01-01", "3:1: error: Unexpected `2020-01-01` (a date), expected `source` or `keep` [settings/type]"),
        ("[build]\nminimum_coverage = {ur = 101}", "3:21: error: Unexpected `101`, expected a number from 0 to 100 [settings/value]"),
        ("[build]\nminimum_coverage.ur = nan", "3:1: error: Unexpected `nan`, expected a number from 0 to 100 [settings/value]"),
        ("[pdf]\npage_size = 'A44'", "3:1: error: Unexpected `A44`, expected A3, A4, A5, A6, B5, Letter, Legal, Tabloid or a width and a height [settings/value]"),
        ("[pdf]\nlayout = 'faced'", "3:1: error: Unexpected `faced`, expected one of those that are allowed [settings/value]"),
        ("[pdf]\nfolios = 'none'", "3:1: error: Unexpected `none`, expected `shared` or `separate` [settings/value]"),
        ("[pdf]\nstyle = 'book'", "3:1: error: Unexpected `book`, expected `report` or `newspaper` or `reader` [settings/value]"),
        ("[pdf]\ncolumns = 2", "3:1: error: Unexpected `columns` with the style `report`, expected it with `newspaper` [settings/value]"),
        ("[pdf]\nstyle = 'newspaper'\ncolumns = 4", "4:1: error: Unexpected `4`, expected 2 or 3 [settings/value]"),
        ("[pdf]\nstyle = 'newspaper'\ncolumns = true", "4:1: error: Unexpected `true` (true or false), expected 2 or 3 [settings/type]"),
        ("[pdf]\nfootnotes = 'chapter'", "3:1: error: Unexpected `chapter`, expected `article` or `page` [settings/value]"),
        ("[pdf]\ncover = 1", "3:1: error: Unexpected `1`, expected true or false [settings/type]"),
        ("[pdf]\njustify = 'no'", "3:1: error: Unexpected `no`, expected true or false [settings/type]"),
        ("[pdf]\nstyle = 'reader'\nmargins = '60mm'", "4:1: error: Unexpected margins, expected at least 40mm between them for text [settings/value]"),
        ("[pdf]\nvariant = 'debug'", "3:1: error: Unexpected `debug`, expected one of those that are allowed [settings/value]"),
        (
            "[pdf]\nvariant = ['pdf/a-2a', 'pdf/a-3a']",
            "3:1: error: Unexpected `pdf/a-2a` with `pdf/a-3a`, expected one, or `pdf/ua-1` with a PDF/A-2 or 3 [settings/value]",
        ),
        ("[pdf]\nvariant = 'pdf/ua-1+pdf/a-4u'", "3:1: error: Unexpected `pdf/ua-1` with `pdf/a-4u`, expected one, or `pdf/ua-1` with a PDF/A-2 or 3 [settings/value]"),
        ("[language.ur]\nline_height = 'car'", "3:1: error: Unexpected `car`, expected a number from 1 to 4 or `auto` [settings/value]"),
        ("[pdf]\nvariant = []", "3:1: error: Unexpected empty list, expected at least one standard [settings/value]"),
        ("[pdf]\nvariant = 1", "3:1: error: Unexpected `1` (a number), expected one of those that are allowed [settings/type]"),
        ("[pdf]\nmargins = '1mm; } body { display: none'", "3:1: error: Unexpected `1mm; } body { display: none`, expected a length from 0 to 200mm in mm, cm, in or pt [settings/value]"),
        ("[pdf]\nmargins = {top = '1mm'}", "3:1: error: Missing `inside`, `outside`, `bottom` in the margins [settings/required]"),
        ("[pdf]\nmargins = '90mm'", "3:1: error: Unexpected margins, expected at least 40mm between them for text [settings/value]"),
        ("[pdf]\nmargins = '۲۰mm'", "3:1: error: Unexpected `۲۰mm`, expected a length from 0 to 200mm in mm, cm, in or pt [settings/value]"),
        ("[pdf.margins]\ntop = '201mm'", "3:1: error: Unexpected `201mm`, expected a length from 0 to 200mm in mm, cm, in or pt [settings/value]"),
        ("publication.base_url = 'ftp://x'", "2:1: error: Unexpected `ftp://x`, expected an address that begins with `https://` or `http://` [settings/value]"),
        ("publication.base_url = 'https://[x'", "2:1: error: Unexpected `https://[x`, expected an address that begins with `https://` or `http://` [settings/value]"),
        ("publication.replies = 'javascript:alert(1)'", "2:1: error: Unexpected `javascript:alert(1)`, expected an address that begins with `mailto:` or `https:` [settings/value]"),
        ("publication.time_zone = '../../etc/passwd'", "2:1: error: Unexpected `../../etc/passwd`, expected a time zone's name [settings/value]"),
        ("publication.tagline = ''", "2:1: error: Unexpected empty text, expected one line of text [settings/value]"),
        ('publication.tagline = "a\\uFFFEb"', "2:1: error: Unexpected U+FFFE, expected text without control characters [settings/value]"),
        ('publication.tagline = "a\\uFDD0b"', "2:1: error: Unexpected U+FDD0, expected text without control characters [settings/value]"),
        ('publication.tagline = "a\\u202eb"', "2:1: error: Unexpected U+202E, expected text without control characters [settings/value]"),
        ("publication.tagline = {en = 'A'}", "2:1: error: Missing `tagline` in `ur` [settings/required]"),
        (
            "publication.languages = ['ur']\npublication.default_language = 'en'",
            "3:1: error: Unexpected `en`, expected one of the publication's languages [settings/value]",
        ),
    ],
)  # fmt: skip
def test_one_fault(line: str, expected: str) -> None:
    assert faults(f'publication.name = "Aaina"\n{line}') == [f"kitabat.toml:{expected}"]


def test_all_faults_at_once_each_with_a_hint() -> None:
    outcome = load(Memory({PATH: "[build]\nfuzzy = 1\njob = 3\n[pdf]\nbinding = 'top'\n"}))
    assert outcome.value is None
    assert [str(fault.location) for fault in outcome.diagnostics] == [
        "kitabat.toml:1",
        "kitabat.toml:2:1",
        "kitabat.toml:3:1",
        "kitabat.toml:5:1",
    ]
    assert all(fault.hint for fault in outcome.diagnostics)
    assert (
        outcome.diagnostics[2].hint
        == "Write `jobs`; allowed: formats, fuzzy, minimum_coverage, together, jobs, timeout, keep, cache_size"
    )


def test_missing_unreadable_and_wrong_bytes() -> None:
    class Closed(Memory):
        def read(self, path: str) -> bytes:
            raise OutsideProjectError(path)

    assert [fault.rule for fault in load(Memory({})).diagnostics] == ["settings/missing"]
    assert [fault.rule for fault in load(Closed({})).diagnostics] == ["settings/unreadable"]
    outcome = load(Memory({PATH: b'a = 1\nb = "\xd8\xa7\xff"'}))
    assert [str(fault) for fault in outcome.diagnostics] == [
        "kitabat.toml:2:7: error: Unexpected byte 0xFF, expected UTF-8 [settings/encoding]"
    ]


@given(st.text())
def test_any_text_is_a_record_or_faults(text: str) -> None:
    outcome = load(Memory({PATH: text.encode("utf-8", "surrogatepass")}))
    assert (outcome.value is None) == (not outcome.ok)


def table_of(name: str) -> Mapping[str, object]:
    table = SCHEMA[name]
    assert isinstance(table, Mapping)
    return table


TREE = st.recursive(
    st.sampled_from(["1", "true", '"A4"', "'naskh'", "1.5", "2020-01-01", '["html"]', '"""a\nb"""']),
    lambda inner: st.dictionaries(st.sampled_from(["ur", "en", '"x.y"', "top"]), inner, max_size=3).map(
        lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([f"{table}.{key}" for table in SCHEMA for key in table_of(table)]), TREE))
def test_any_values_are_a_record_or_faults_with_their_lines(settings: dict[str, str]) -> None:
    text = "\n".join(f"{key} = {value}" for key, value in settings.items())
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    outcome = load(Memory({PATH: text}))
    assert (outcome.value is None) == (not outcome.ok)
    assert all(fault.location and fault.location.line for fault in outcome.diagnostics)


def test_every_language_has_defaults() -> None:
    assert DEFAULTS.keys() == LANGUAGES.keys()

"""Parity of markup: a difference is one finding, at the thing that differs."""

from __future__ import annotations

import pytest
from tests.checks.examples import po_subject

from kitabat.checks.runner import check_catalog


def found(source: str, translation: str, language: str = "ur") -> list[str]:
    text = f'msgctxt "@lead"\nmsgid "{source}"\nmsgstr "{translation}"\n'
    return [
        f"{fault.location.line}:{fault.location.column} {fault.rule} {fault.message}"
        for fault in check_catalog(po_subject(text, language))
        if fault.location
    ]


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("[a](b) [c](d)", "[ا](d) [ج](b)", []),
        ("<https://a.org>", "<https://b.org>", ["3:10 catalog/link-target Unexpected link to `https://b.org`, expected `https://a.org`"]),
        ("a", "ا [ب](c)", ["3:15 catalog/link-target Unexpected link to `c`, expected only what the source has"]),
        ("a[^1] b[^2]", "ا[^1] ب[^1]", ["3:16 catalog/footnote Unexpected footnote mark `[^1]`, expected `[^2]`"]),
        ("*a* **b**", "*ا* *ب*", ["3:15 catalog/emphasis Unexpected emphasis `*`, expected `**`"]),
        ("`a`", "`ا`", ["3:10 catalog/code Unexpected code `ا`, expected `a`"]),
        ("`a` is a", "`b` ایک b ہے", ["3:10 catalog/code Unexpected code `b`, expected `a`"]),
        ("[a](b)", "[ا](ا.md) ا.md", ["3:13 catalog/link-target Unexpected link to `ا.md`, expected `b`"]),
        ("[a]{.b}", "[ا]{.c}", ["3:13 catalog/attribute Unexpected attribute `.c`, expected `.b`"]),
        ("a", "[ا]{lang=ar}", []),
        ("a", "ا <script>x</script>", [
            "3:11 catalog/html Unexpected HTML `<script>`, expected Markdown; it is shown as text",
            "3:20 catalog/html Unexpected HTML `</script>`, expected Markdown; it is shown as text",
        ]),
        ("<b>a</b>", "<b>ا</b>", []),
        ("<b>a</b>", "<b>ا</b> <b>ب", ["3:18 catalog/html Unexpected HTML `<b>`, expected Markdown; it is shown as text"]),
        ("<b>a", "<b onclick=x>ا", ["3:9 catalog/html Unexpected HTML `<b onclick=x>`, expected Markdown; it is shown as text"]),
    ],
)  # fmt: skip
def test_differences(source: str, translation: str, expected: list[str]) -> None:
    assert found(source, translation) == expected


def test_the_source_languages_own_catalog_may_be_empty() -> None:
    assert found("a", "", language="en") == []
    assert found("a", "", language="ur") == ["3:9 catalog/untranslated Missing translations of 1 of 1 messages"]

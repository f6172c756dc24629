"""Marks in articles that readers would see."""

from __future__ import annotations

import pytest
from tests.checks.examples import source_subject

from kitabat.checks.source.markup import RULE


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("![A map](map.png){width=50%}", "{width="),
        ("![A map](map.png){height=50}", ""),
        ("A [word]{lang=ar%} here", "{lang="),
        ("- an item {.small}", "{.small"),
        ("The set {x=1}, {name} and `{lang=`", ""),
    ],
)
def test_attributes_that_are_shown_as_text(text: str, mark: str) -> None:
    subject = source_subject(f"---\ntitle: Example\nsource: en\n---\n\n{text}\n")
    expected = "which is shown as text, expected attributes such as `{#id .class lang=en}` or `{width=300}`"
    assert [fault.message for fault in RULE.check(subject)] == ([f"Unexpected `{mark}`, {expected}"] if mark else [])

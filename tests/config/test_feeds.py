"""Settings of feeds."""

from __future__ import annotations

import pytest

from kitabat.config import PATH, load
from kitabat.config.record import FeedConfig
from kitabat.workspace import Memory


def read(text: str) -> tuple[FeedConfig | None, list[str]]:
    outcome = load(Memory({PATH: f'[publication]\nname = "A"\n[feed]\n{text}\n'}))
    return outcome.value.feed if outcome.value else None, [str(fault) for fault in outcome.diagnostics]


def test_a_feed_has_twenty_entries_and_the_ids_of_its_addresses() -> None:
    assert read("") == (FeedConfig(20, ""), [])


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("https://former.example", "https://former.example/"),
        ("http://former.example/news/", "http://former.example/news/"),
        ("tag:aaina.example,2026:", "tag:aaina.example,2026:"),
        ("tag:desk@aaina.example,2026-11-22:news/", "tag:desk@aaina.example,2026-11-22:news/"),
    ],
)
def test_ids_may_begin_with_a_former_address_or_a_tag(written: str, id_: str) -> None:
    assert read(f'entries = 500\nid = "{written}"') == (FeedConfig(500, id_), [])


@pytest.mark.parametrize(
    "text",
    [
        "entries = 0",
        "entries = 501",
        "entries = 2.5",
        "entries = true",
        'entries = "20"',
        'id = ""',
        'id = "former.example"',
        'id = "tag:aaina.example:"',
        'id = "tag:aaina.example,2026:a b"',
        'id = "https://former.example/?a"',
        'id = "urn:<a>"',
        "id = 3",
    ],
)
def test_other_values_are_told_with_their_place(text: str) -> None:
    feed, (fault,) = read(text)
    assert feed is None
    assert fault.startswith("kitabat.toml:4:1: error: Unexpected ")

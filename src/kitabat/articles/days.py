"""The days of the front matter: one for the article, or one for each language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Any

import yaml

from kitabat.articles.values import ValueFaultError, text_of, what

DAYS = {"date": "dates", "updated": "updates"}
"""The keys that hold days, and the field for those of several languages."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EXAMPLE = "such as 2026-11-22, or one for each language, such as {en: 2026-11-22, ur: 2026-11-24}"


def read_days(
    node: yaml.Node, zone: dt.tzinfo = dt.UTC, languages: Collection[str] = ()
) -> dt.date | Mapping[str, dt.date]:
    """Return a day, or a day by language; raises ValueFaultError."""
    if not isinstance(node, yaml.MappingNode):
        return _day(node, zone)
    found: dict[str, dt.date] = {}
    for key, value in node.value:
        tag = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        expected = " or ".join(languages)
        if tag not in languages:
            hint = "Name the language as `languages` of kitabat.toml does"
            raise ValueFaultError(f"Unexpected {what(key)}, expected {expected}", hint, key)
        if tag in found:
            raise ValueFaultError(f"Unexpected second `{tag}`, expected it once", "Take one of the two out", key)
        found[tag] = _day(value, zone)
    if not found:
        raise ValueFaultError("Unexpected empty table, expected a date", f"Write one, {EXAMPLE}")
    return found


def _day(node: yaml.Node, zone: dt.tzinfo) -> dt.date:
    """Return a day; of a time, the day that it is in the publication's zone then."""
    message = f"Unexpected {what(node)}, expected a date such as 2026-11-22"
    hint = f"Write year, month and day with hyphens, {EXAMPLE}"
    if not isinstance(node, yaml.ScalarNode):
        raise ValueFaultError(message, hint, node)
    found = text_of(node)
    try:
        if not DAY.match(found):
            raise ValueError(found)  # noqa: TRY301 - Python takes more forms than people expect
        time = dt.datetime.fromisoformat(found)
        return (time.astimezone(zone) if time.tzinfo else time).date()
    except (ValueError, OverflowError):
        raise ValueFaultError(message, hint, node) from None


def settled(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the front matter's values with days by language in fields of their own.

    >>> settled({"source": "ur", "date": {"ur": 1, "en": 2}})
    {'source': 'ur', 'date': 1, 'dates': {'ur': 1, 'en': 2}}
    >>> settled({"source": "ur", "date": 1})
    {'source': 'ur', 'date': 1}
    """
    found = dict(values)
    for key, by_language in DAYS.items():
        if isinstance(found.get(key), Mapping):
            found[by_language] = found[key]
            found[key] = found[key].get(found["source"])
    return found

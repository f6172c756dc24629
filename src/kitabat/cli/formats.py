"""Findings as other programs read them: GitHub's workflow commands, and SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from kitabat import __version__
from kitabat.checks.runner import ALL_RULES
from kitabat.cli.faults import FAULTS
from kitabat.model.diagnostic import Diagnostic, Location, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
"""The workflow command for each severity; SARIF's levels are the severities' own words."""

ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
"""What a workflow command's message writes otherwise."""
PROPERTY_ESCAPES = {**ESCAPES, ":": "%3A", ",": "%2C"}

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
"""What SARIF's paths are relative to, by the name that its consumers give the checkout."""


def as_github(found: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield a workflow command for each finding.

    >>> from kitabat.model.diagnostic import warning
    >>> found = warning("catalog/code", "Unexpected 5 %", Location("a,b.po", 3, 9), "Copy the code")
    >>> print(*as_github([found]))
    ::warning file=a%2Cb.po,line=3,col=9,title=catalog/code::Unexpected 5 %25%0ACopy the code
    """
    for diagnostic in found:
        place = diagnostic.location or Location("")
        numbers = (("file", place.path), ("line", place.line), ("col", place.column), ("title", diagnostic.rule))
        properties = ",".join(f"{name}={escaped(str(value), PROPERTY_ESCAPES)}" for name, value in numbers if value)
        about = f"Article: {diagnostic.about}" if diagnostic.about else ""
        message = "\n".join(part for part in (diagnostic.message, about, diagnostic.hint) if part)
        yield f"::{COMMANDS[diagnostic.severity]} {properties}::{escaped(message, ESCAPES)}"


def escaped(text: str, escapes: dict[str, str]) -> str:
    """Return a text with each character of a table written as the table has it."""
    return "".join(escapes.get(sign, sign) for sign in text)


def as_sarif(found: Iterable[Diagnostic]) -> dict[str, object]:
    """Return the findings as a SARIF log; columns are counted in code points."""
    listed = tuple(found)
    words = dict(FAULTS)
    words.update((rule.name, rule.manual.what) for rule in ALL_RULES)
    names = sorted({*(rule.name for rule in ALL_RULES), *(diagnostic.rule for diagnostic in listed)})
    index = {name: number for number, name in enumerate(names)}
    driver = {
        "name": "kitabat",
        "semanticVersion": __version__,
        "rules": [{"id": name, "shortDescription": {"text": words.get(name, name)}} for name in names],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [sarif_result(diagnostic, index[diagnostic.rule]) for diagnostic in listed],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def sarif_result(diagnostic: Diagnostic, index: int) -> dict[str, object]:
    """Return one finding; what is not known of its place is left out."""
    result: dict[str, object] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "level": diagnostic.severity.value,
        "message": {"text": "\n".join(part for part in (diagnostic.message, diagnostic.hint) if part)},
    }
    if diagnostic.location:
        result["locations"] = [{"physicalLocation": sarif_place(diagnostic.location)}]
    if diagnostic.about:
        words = {"text": "The source text in the article"}
        result["relatedLocations"] = [{"id": 0, "physicalLocation": sarif_place(diagnostic.about), "message": words}]
    return result


def sarif_place(place: Location) -> dict[str, object]:
    """Return a place.

    >>> sarif_place(Location("a b.po", 3))["artifactLocation"]
    {'uri': 'a%20b.po', 'uriBaseId': '%SRCROOT%'}
    """
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(place.path), "uriBaseId": ROOT}}
    numbers = {"startLine": place.line, "startColumn": place.column}
    if place.line:
        physical["region"] = {name: number for name, number in numbers.items() if number}
    return physical

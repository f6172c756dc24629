"""Findings as other programs read them: JSON of our own, GitHub's workflow commands, and SARIF 2.1.0."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from kitabat import __version__
from kitabat.checks.tables import ALL_RULES
from kitabat.cli.faults import FAULTS
from kitabat.cli.files import Files
from kitabat.cli.visual import clusters
from kitabat.model.diagnostic import Diagnostic, Location, Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
"""The workflow command for each severity; SARIF's levels are the severities' own words."""

ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
"""What a workflow command's message writes otherwise."""
PROPERTY_ESCAPES = {**ESCAPES, ":": "%3A", ",": "%2C"}

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LONGEST_CLUSTER = 32
"""Marks that may stand on one letter; more are no text for people."""
NO_FILES = Files(None)
ROOT = "%SRCROOT%"
"""What SARIF's paths are relative to, by the name that its consumers give the checkout."""


def as_json(found: Iterable[Diagnostic]) -> dict[str, object]:
    """Return the findings; a line or column of 0 means that it is not known, and columns are of code points."""
    return {"version": 1, "diagnostics": list(map(fields, found))}


def fields(diagnostic: Diagnostic) -> dict[str, object]:
    """Return one finding as a JSON object."""
    place, about = diagnostic.location, diagnostic.about
    return {
        "path": place.path if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
        "severity": diagnostic.severity.value,
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "article": {"path": about.path, "line": about.line} if about else None,
    }


def units(text: str) -> int:
    """Return how many UTF-16 code units a text has.

    >>> units("ک"), units("😀")
    (1, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def columns(place: Location, files: Files) -> tuple[int, int]:
    """Return the columns at which a place begins and ends, in UTF-16 code units; 0 for what is not known.

    It ends behind the character and the marks on it; behind the line's end, where the line ends.
    """
    line = files.line(place)
    if line is None or not 0 < place.column <= len(line) + 1:
        return place.column, 0
    start = units(line[: place.column - 1]) + 1
    marked = clusters((sign, (at,)) for at, sign in enumerate(line[place.column - 1 :][:LONGEST_CLUSTER]))
    return start, start + units(marked[0].text if marked else "")


def as_github(found: Iterable[Diagnostic], files: Files = NO_FILES) -> Iterator[str]:
    """Yield a workflow command for each finding; columns are of UTF-16 code units, as in GitHub's own scripts.

    >>> from kitabat.model.diagnostic import warning
    >>> found = warning("catalog/code", "Unexpected 5 %", Location("a,b.po", 3, 9), "Copy the code")
    >>> print(*as_github([found]))
    ::warning file=a%2Cb.po,line=3,col=9,title=catalog/code::Unexpected 5 %25%0ACopy the code
    """
    for diagnostic in found:
        place = diagnostic.location or Location("")
        column, _ = columns(place, files)
        numbers = (("file", place.path), ("line", place.line), ("col", column), ("title", diagnostic.rule))
        properties = ",".join(f"{name}={escaped(str(value), PROPERTY_ESCAPES)}" for name, value in numbers if value)
        about = f"Article: {diagnostic.about}" if diagnostic.about else ""
        message = "\n".join(part for part in (diagnostic.message, about, diagnostic.hint) if part)
        yield f"::{COMMANDS[diagnostic.severity]} {properties}::{escaped(message, ESCAPES)}"


def escaped(text: str, escapes: dict[str, str]) -> str:
    """Return a text with each character of a table written as the table has it."""
    return "".join(escapes.get(sign, sign) for sign in text)


def as_sarif(found: Iterable[Diagnostic], files: Files = NO_FILES) -> dict[str, object]:
    """Return the findings as a SARIF log; columns are of UTF-16 code units, which every consumer counts."""
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
        "columnKind": "utf16CodeUnits",
        "results": [sarif_result(diagnostic, index[diagnostic.rule], files) for diagnostic in listed],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def sarif_result(diagnostic: Diagnostic, index: int, files: Files) -> dict[str, object]:
    """Return one finding; what is not known of its place is left out."""
    result: dict[str, object] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": index,
        "level": diagnostic.severity.value,
        "message": {"text": "\n".join(part for part in (diagnostic.message, diagnostic.hint) if part)},
    }
    if diagnostic.location:
        result["locations"] = [{"physicalLocation": sarif_place(diagnostic.location, files)}]
    if diagnostic.about:
        words = {"text": "The source text in the article"}
        place = sarif_place(diagnostic.about, files)
        result["relatedLocations"] = [{"id": 0, "physicalLocation": place, "message": words}]
    return result


def sarif_place(place: Location, files: Files = NO_FILES) -> dict[str, object]:
    """Return a place.

    >>> sarif_place(Location("a b.po", 3))["artifactLocation"]
    {'uri': 'a%20b.po', 'uriBaseId': '%SRCROOT%'}
    """
    physical: dict[str, object] = {
        "artifactLocation": {"uri": quote(place.path, errors="surrogateescape"), "uriBaseId": ROOT}
    }
    start, end = columns(place, files)
    numbers = {"startLine": place.line, "startColumn": start, "endColumn": end}
    if place.line:
        physical["region"] = {name: number for name, number in numbers.items() if number}
    return physical


def written(log: object) -> Iterator[str]:
    """Yield the one text of a JSON document."""
    yield json.dumps(log, ensure_ascii=False, indent=2)


WRITERS: Mapping[str, Callable[[Sequence[Diagnostic], Files], Iterator[str]]] = {
    "json": lambda found, _: written(as_json(found)),
    "github": as_github,
    "sarif": lambda found, files: written(as_sarif(found, files)),
}
"""By the word that the command line has for a format: what yields the lines to print."""

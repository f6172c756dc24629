"""What stands between the ``---`` lines at the top of an article, checked key by key."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from kitabat.markup.lines import Lines
from kitabat.model.article import FrontMatter
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error

FENCE = "---"
SLUG = re.compile(r"\A[^\W_][\w-]*\Z")
FORMATS = ("html", "pdf")
TEXT_TAG = "tag:yaml.org,2002:str"
SCALARS_AS_TEXT = {TEXT_TAG, "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:timestamp"}


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the front matter with its place in the article."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class FrontMatterPart:
    """The front matter of an article, the places of its texts, and where the body begins."""

    front: FrontMatter
    fields: Mapping[str, tuple[Field, ...]]
    """The texts that can be translated, by key."""
    body_line: int
    """From 0."""


class _ValueFaultError(Exception):
    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or node.tag not in SCALARS_AS_TEXT:
        raise _ValueFaultError(f"Unexpected {_what(node)}, expected text", "Put the text between quotation marks")
    return str(node.value).strip()


def _date(node: yaml.Node) -> dt.date:
    found = _text(node)
    try:
        return dt.date.fromisoformat(found[:10]) if len(found) != 10 else dt.date.fromisoformat(found)
    except ValueError:
        message = f"Unexpected `{found}`, expected a date such as 2026-11-22"
        raise _ValueFaultError(message, "Write year, month and day with hyphens") from None


def _flag(node: yaml.Node) -> bool:
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:bool":
        return str(node.value).lower() in ("true", "yes", "on")
    raise _ValueFaultError(
        f"Unexpected {_what(node)}, expected true or false", "Write true or false without quotation marks"
    )


def _texts(node: yaml.Node) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise _ValueFaultError(
            f"Unexpected {_what(node)}, expected a list", "Write [one, two], or a line `- one` for each"
        )
    return tuple(_text(item) for item in node.value)


def _slug(node: yaml.Node) -> str:
    found = _text(node)
    if SLUG.match(found):
        return found
    message = f"Unexpected slug `{found}`, expected letters, digits and hyphens"
    raise _ValueFaultError(message, "Write it as it is to stand in the address, such as russia-north-korea")


def _formats(node: yaml.Node) -> tuple[str, ...]:
    found = _texts(node)
    for name in found:
        if name not in FORMATS:
            raise _ValueFaultError(
                f"Unexpected format `{name}`, expected {' or '.join(FORMATS)}", "Correct or remove it"
            )
    return found


def _what(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return f"`{node.value}`" if str(node.value) else "nothing"
    if node.tag.startswith("tag:yaml.org,2002:python"):
        return "a Python object"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a table"


READERS: Mapping[str, Callable[[yaml.Node], Any]] = {
    "title": _text,
    "summary": _text,
    "author": _text,
    "date": _date,
    "source": _text,
    "updated": _date,
    "tags": _texts,
    "slug": _slug,
    "image": _text,
    "toc": _flag,
    "formats": _formats,
}
"""Every key, and what reads its value."""
TRANSLATED = ("title", "summary", "author", "tags")
"""The keys whose texts are messages, in the order of the catalog."""


def read_front_matter(lines: Lines, languages: Collection[str], default: str) -> Outcome[FrontMatterPart | None]:
    """Return the front matter of an article's text; None where it cannot be told apart from the body.

    ``languages`` are the tags that ``source`` may name; ``default`` is what an article without ``source`` is in.
    """
    path, texts = lines.path, [lines.text(number) for number in range(len(lines))]
    if texts[0].removeprefix("\ufeff").rstrip() != FENCE:
        fault = _problem(path, 1, 1, "Unexpected beginning, expected front matter: a line `---`")
        return Outcome(None, (fault,))
    end = next((number for number, line in enumerate(texts[1:], 1) if line.rstrip() in (FENCE, "...")), None)
    if end is None:
        message = "Unexpected end of the file in the front matter, expected a second line `---`"
        return Outcome(None, (_problem(path, 1, 1, message),))
    try:
        root = yaml.compose("\n".join(texts[1:end]) + "\n", Loader=yaml.SafeLoader)
    except yaml.YAMLError as fault:
        return Outcome(None, (_yaml_problem(path, fault),))
    if not isinstance(root, yaml.MappingNode):
        return Outcome(None, (_problem(path, 2, 1, "Unexpected text, expected lines such as `title: …`"),))
    values, fields, diagnostics = _values(path, root)
    diagnostics += _missing(path, values, languages, default, root)
    if diagnostics:
        return Outcome(None, tuple(diagnostics))
    return Outcome(FrontMatterPart(FrontMatter(**values), fields, end + 1))


def _values(path: str, root: yaml.MappingNode) -> tuple[dict[str, Any], dict[str, tuple[Field, ...]], list[Diagnostic]]:
    """Return the values that could be read, the places of the texts, and the faults."""
    values: dict[str, Any] = {}
    fields: dict[str, tuple[Field, ...]] = {}
    diagnostics: list[Diagnostic] = []
    for key, node in root.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        place = _location(path, key)
        if name not in READERS:
            diagnostics.append(_unknown(name, place))
            continue
        if name in values:
            diagnostics.append(error("article/front-matter", f"Unexpected second `{name}`, expected it once", place))
            continue
        try:
            values[name] = READERS[name](node)
        except _ValueFaultError as fault:
            message = f"`{name}`: {fault.message}"
            diagnostics.append(error("article/front-matter", message, _location(path, node), fault.hint))
            continue
        if name in TRANSLATED:
            nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
            fields[name] = tuple(Field(_text(item), _location(path, item)) for item in nodes)
    return values, fields, diagnostics


def _missing(
    path: str, values: dict[str, Any], languages: Collection[str], default: str, root: yaml.MappingNode
) -> list[Diagnostic]:
    """Fill in the source language; return the faults of what every article needs."""
    found = []
    named = {str(key.value) for key, _ in root.value if isinstance(key, yaml.ScalarNode)}
    if not values.get("title") and ("title" not in named or "title" in values):
        found.append(
            error(
                "article/title",
                "Missing `title`, expected the article's title in its front matter",
                Location(path, 1, 1),
                "Add a line `title: …`",
            )
        )
    if values.setdefault("source", default) not in languages:
        node = next(node for key, node in root.value if str(key.value) == "source")
        expected = " or ".join(languages)
        message = f"`source`: Unexpected `{values['source']}`, expected {expected}"
        hint = "Name the language that the article is written in, as in `languages` of kitabat.toml"
        found.append(error("article/front-matter", message, _location(path, node), hint))
    return found


def _unknown(name: str, place: Location) -> Diagnostic:
    near = difflib.get_close_matches(name, READERS, 1)
    hint = f"Did you mean `{near[0]}`?" if near else "Correct or remove it"
    message = f"Unexpected key `{name}`, expected one of {', '.join(READERS)}"
    return error("article/front-matter", message, place, hint)


def _location(path: str, node: yaml.Node) -> Location:
    # The node's lines count from the line below the first fence.
    return Location(path, node.start_mark.line + 2, node.start_mark.column + 1)


def _problem(path: str, line: int, column: int, message: str) -> Diagnostic:
    hint = "Begin the article with a line `---`, lines such as `title: …`, and a second line `---`"
    return error("article/front-matter", message, Location(path, line, column), hint)


def _yaml_problem(path: str, fault: yaml.YAMLError) -> Diagnostic:
    mark = getattr(fault, "problem_mark", None)
    place = Location(path, mark.line + 2, mark.column + 1) if mark else Location(path, 2)
    problem = getattr(fault, "problem", None) or str(fault).splitlines()[0]
    message = f"Unexpected YAML: {problem}, expected lines such as `title: …`"
    hint = "Put a text that holds a colon or begins with a mark between quotation marks"
    return error("article/front-matter", message, place, hint)

"""What stands between the ``---`` lines at the top of an article, checked key by key."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any

import msgspec
import yaml

from kitabat.articles.days import DAYS, read_days, settled
from kitabat.articles.values import ValueFaultError, text_of, what
from kitabat.config import FORMATS
from kitabat.markup.lines import Lines
from kitabat.model.article import FrontMatter
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error, warning

FENCE = "---"
SLUG = re.compile(r"\A[^\W_][\w-]*\Z")
_WORDS = r"[^\W_][^:#\n{}]*"
_ITEM = r"[^\W_][\w .-]*"
USUAL = re.compile(rf'(?:[a-z]+: (?:{_WORDS}|"[^"\\\n]*"|\[{_ITEM}(?:, {_ITEM})*\])\n)+')
"""Front matter of nothing but words after a key, or words between quotation marks or in a list; see ``_loader``."""
FASTER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Some builds of the library are without it."""
DEEPEST = 2
"""A list in the front matter's own table; nothing stands deeper."""


class Field(msgspec.Struct, frozen=True):
    """A value of the front matter with its place in the article."""

    text: str
    location: Location


class FrontMatterPart(msgspec.Struct, frozen=True):
    """The front matter of an article, the places of its texts, and where the body begins."""

    front: FrontMatter
    fields: Mapping[str, tuple[Field, ...]]
    """The texts that can be translated, by key."""
    body_line: int
    """From 0."""


def _flag(node: yaml.Node) -> bool:
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:bool":
        return str(node.value).lower() in ("true", "yes", "on")
    raise ValueFaultError(
        f"Unexpected {what(node)}, expected true or false", "Write true or false without quotation marks"
    )


def _texts(node: yaml.Node) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode):
        raise ValueFaultError(
            f"Unexpected {what(node)}, expected a list", "Write [one, two], or a line `- one` for each"
        )
    return tuple(text_of(item) for item in node.value)


def _slug(node: yaml.Node) -> str:
    found = unicodedata.normalize("NFC", text_of(node))
    if SLUG.match(found):
        return found
    message = f"Unexpected slug `{found}`, expected letters, digits and hyphens"
    raise ValueFaultError(message, "Write it as it is to stand in the address, such as russia-north-korea")


def _formats(node: yaml.Node) -> tuple[str, ...]:
    found = _texts(node)
    for name in found:
        if name not in FORMATS:
            raise ValueFaultError(
                f"Unexpected format `{name}`, expected {' or '.join(FORMATS)}", "Correct or remove it"
            )
    return found


READERS: Mapping[str, Callable[[yaml.Node], Any]] = {
    "title": text_of,
    "summary": text_of,
    "author": text_of,
    "translator": text_of,
    "sources": _texts,
    "date": read_days,
    "source": text_of,
    "updated": read_days,
    "tags": _texts,
    "slug": _slug,
    "image": text_of,
    "toc": _flag,
    "formats": _formats,
}
"""Every key, and what reads its value."""
TRANSLATED = ("title", "summary", "author", "translator", "tags", "sources")
"""The keys whose texts are messages."""


def read_front_matter(
    lines: Lines, languages: Collection[str], default: str, zone: dt.tzinfo = dt.UTC
) -> Outcome[FrontMatterPart | None]:
    """Return the front matter of an article's text; None where it cannot be told apart from the body.

    ``languages`` are the tags that ``source`` may name; ``default`` is what an article without ``source`` is in;
    ``zone`` is the publication's, for days that are written as a time.
    """
    path = lines.path
    if lines.text(0).removeprefix("\ufeff").rstrip() != FENCE:
        fault = _problem(path, 1, 1, "Unexpected beginning, expected front matter: a line `---`")
        return Outcome(None, (fault,))
    end = next((number for number in range(1, len(lines)) if lines.text(number).rstrip() in (FENCE, "...")), None)
    if end is None:
        message = "Unexpected end of the file in the front matter, expected a second line `---`"
        return Outcome(None, (_problem(path, 1, 1, message),))
    text = "\n".join(map(lines.text, range(1, end))) + "\n"
    places = _Places(path, text)
    try:
        root = yaml.compose(text, Loader=_loader(text))
    except yaml.YAMLError as fault:
        return Outcome(None, (_yaml_problem(places, fault),))
    except RecursionError:
        return Outcome(None, (_too_deep(places),))
    if not isinstance(root, yaml.MappingNode):
        return Outcome(None, (_problem(path, 2, 1, "Unexpected text, expected lines such as `title: …`"),))
    days = partial(read_days, zone=zone, languages=languages)
    values, fields, diagnostics = _values(places, root, {**READERS, **dict.fromkeys(DAYS, days)})
    diagnostics += _missing(places, values, languages, default, root)
    if diagnostics:
        return Outcome(None, tuple(diagnostics))
    front = FrontMatter(**settled(values))
    return Outcome(FrontMatterPart(front, fields, end + 1), tuple(_too_early(places, front, root)))


def _loader(text: str) -> type[yaml.SafeLoader | yaml.CSafeLoader]:
    """Return what reads a text of YAML: where it is of the usual form, a parser in C, which reads that alike."""
    return FASTER if USUAL.fullmatch(text) and text.replace("\n", "").isprintable() else yaml.SafeLoader


class _Places:
    """Where the nodes of the front matter stand; YAML counts lines that no editor counts (U+0085, U+2028)."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    def at(self, offset: int) -> Location:
        """Return the place of an offset in the text below the first fence."""
        before = self.text[:offset]
        return Location(self.path, before.count("\n") + 2, offset - before.rfind("\n"))

    def of(self, node: yaml.Node) -> Location:
        """Return where a node begins."""
        return self.at(node.start_mark.index)


def _values(
    places: _Places, root: yaml.MappingNode, readers: Mapping[str, Callable[[yaml.Node], Any]]
) -> tuple[dict[str, Any], dict[str, tuple[Field, ...]], list[Diagnostic]]:
    """Return the values that could be read, the places of the texts, and the faults."""
    values: dict[str, Any] = {}
    fields: dict[str, tuple[Field, ...]] = {}
    diagnostics: list[Diagnostic] = []
    for key, node in root.value:
        name = str(key.value) if isinstance(key, yaml.ScalarNode) else ""
        place = places.of(key)
        if name not in readers:
            diagnostics.append(_unknown(name, place))
            continue
        if name in values:
            message = f"Unexpected second `{name}`, expected it once"
            diagnostics.append(error("article/front-matter", message, place, "Take one of the two out"))
            continue
        try:
            values[name] = readers[name](node)
        except ValueFaultError as fault:
            message = f"`{name}`: {fault.message}"
            diagnostics.append(error("article/front-matter", message, places.of(fault.node or node), fault.hint))
            continue
        if name in TRANSLATED:
            nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
            fields[name] = tuple(Field(text_of(item), places.of(item)) for item in nodes)
    return values, fields, diagnostics


def _missing(
    places: _Places, values: dict[str, Any], languages: Collection[str], default: str, root: yaml.MappingNode
) -> list[Diagnostic]:
    """Fill in the source language; return the faults of what every article needs."""
    found = []
    named = {str(key.value) for key, _ in root.value if isinstance(key, yaml.ScalarNode)}
    if not values.get("title") and ("title" not in named or "title" in values):
        found.append(
            error(
                "article/title",
                "Missing `title`, expected the article's title in its front matter",
                Location(places.path, 1, 1),
                "Add a line `title: …`",
            )
        )
    if values.setdefault("source", default) not in languages:
        node = next(node for key, node in root.value if str(key.value) == "source")
        expected = " or ".join(languages)
        message = f"`source`: Unexpected `{values['source']}`, expected {expected}"
        hint = "Name the language that the article is written in, as in `languages` of kitabat.toml"
        found.append(error("article/front-matter", message, places.of(node), hint))
    return found


def _too_early(places: _Places, front: FrontMatter, root: yaml.MappingNode) -> Iterator[Diagnostic]:
    """Yield a warning for a version that was updated before it was published."""
    node = next((value for key, value in root.value if str(key.value) == "updated"), root)
    for tag in dict.fromkeys((front.source, *front.updates)):
        published, updated = front.published_in(tag), front.updated_in(tag)
        if published and updated and updated < published:
            message = f"Unexpected `updated` {updated}, expected no day before its `date`, {published}"
            yield warning("article/dates", message, places.of(node), "Correct one of the two days")


def _unknown(name: str, place: Location) -> Diagnostic:
    near = difflib.get_close_matches(name, READERS, 1)
    hint = f"Did you mean `{near[0]}`?" if near else "Correct or remove it"
    message = f"Unexpected key `{name}`, expected one of {', '.join(READERS)}"
    return error("article/front-matter", message, place, hint)


def _problem(path: str, line: int, column: int, message: str) -> Diagnostic:
    hint = "Begin the article with a line `---`, lines such as `title: …`, and a second line `---`"
    return error("article/front-matter", message, Location(path, line, column), hint)


def _yaml_problem(places: _Places, fault: yaml.YAMLError) -> Diagnostic:
    """Return what YAML does not understand; of something that is never closed, where it begins."""
    if isinstance(fault, yaml.reader.ReaderError):
        code = fault.character if isinstance(fault.character, int) else ord(fault.character)
        message = f"Unexpected character U+{code:04X}, expected text"
        return error("article/front-matter", message, places.at(fault.position), "Take the character out")
    mark, begin = getattr(fault, "problem_mark", None), getattr(fault, "context_mark", None)
    if mark and begin and not places.text[mark.index :].strip():
        mark = begin
    problem = getattr(fault, "problem", None) or str(fault).splitlines()[0]
    message = f"Unexpected YAML: {problem}, expected lines such as `title: …`"
    hint = "Put a text that holds a colon or begins with a mark between quotation marks"
    if mark and places.text[mark.index : mark.index + 1] == "\t":
        message = "Unexpected tab at a line's beginning, expected spaces"
        hint = "Indent with spaces: YAML, which front matter is, takes no tab"
    return error("article/front-matter", message, places.at(mark.index if mark else 0), hint)


def _too_deep(places: _Places) -> Diagnostic:
    """Return the fault of lists in lists that no machine would follow."""
    depth = 0
    start = 0
    for event in yaml.parse(places.text, Loader=yaml.SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            start = event.start_mark.index if event.start_mark else 0
            break
    message = "Unexpected list in a list, expected text"
    return error("article/front-matter", message, places.at(start), "Write one list, without a list in it")

"""What can be translated, as entries of a .pot: an article's messages, and the words of the templates."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract

from kitabat.catalogs import header
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PoFile
from kitabat.model.article import Article
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error
from kitabat.model.message import Message
from kitabat.workspace import Workspace

TEMPLATES = "templates"
TEMPLATE_SUFFIX = ".j2"
COMMENT_TAGS = ("TRANSLATORS:", "Translators:", "translators:")
UNWRITABLE = str.maketrans("", "", "\0\4")
"""Characters that no catalog can hold."""
NOT_OF_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What the name of a file must not have for a catalog to refer to it: line ends, and bytes that are no text."""


class Arguments(NamedTuple):
    """Which arguments of a function are what, by number; None where it has no such argument."""

    source: int
    plural: int | None = None
    context: int | None = None


KEYWORDS = {
    "_": Arguments(0),
    "gettext": Arguments(0),
    "ngettext": Arguments(0, plural=1),
    "pgettext": Arguments(1, context=0),
    "npgettext": Arguments(1, plural=2, context=0),
}


def article_entries(article: Article) -> tuple[PoEntry, ...]:
    """Return the messages of an article as entries without a translation, in reading order."""
    return _unique(_of_message(message) for message in article.messages)


def _of_message(message: Message) -> PoEntry:
    return PoEntry(
        message.source.translate(UNWRITABLE),
        msgctxt=message.context.translate(UNWRITABLE),
        extracted=tuple(_lines(message.comments)),
        references=tuple(dict.fromkeys(_reference(location) for location in message.locations)),
    )


def _lines(comments: Iterable[str]) -> Iterator[str]:
    for comment in comments:
        for line in comment.splitlines():
            if plain := " ".join(line.translate(UNWRITABLE).split()):
                yield plain


def _reference(location: Location) -> str:
    path = location.path
    if any(char.isspace() for char in path):
        path = f"\u2068{path}\u2069"
    return f"{path}:{location.line}" if location.line else path


def template_entries(workspace: Workspace) -> Outcome[tuple[PoEntry, ...]]:
    """Return the words of the project's templates, by file and line; a template at fault is named and passed over."""
    found: list[PoEntry] = []
    faults: list[Diagnostic] = []
    for path in workspace.list(TEMPLATES, TEMPLATE_SUFFIX):
        if NOT_OF_NAMES.search(path):
            faults.append(_unprintable(path))
            continue
        try:
            found += _words(workspace.read(path), path)
        except TemplateSyntaxError as fault:
            hint = "Mend the template; its words stay out of the catalogs until then"
            faults.append(error("rendering/template", f"{fault.message}", Location(path, fault.lineno), hint))
        except (OSError, UnicodeDecodeError) as fault:
            hint = "Make it a UTF-8 file that can be read"
            faults.append(error("rendering/template", f"Cannot read: {fault}", Location(path), hint))
    return Outcome(_unique(found), tuple(faults))


def _unprintable(path: str) -> Diagnostic:
    """Return the fault of a file's name that a catalog cannot hold."""
    message = "Unexpected control character or byte in the file's name, expected text"
    return error("rendering/template", message, Location(path), "Rename the file")


def _words(content: bytes, path: str) -> Iterator[PoEntry]:
    options = {"silent": "false", "encoding": "utf-8"}
    for line, name, strings, comments in babel_extract(io.BytesIO(content), list(KEYWORDS), COMMENT_TAGS, options):
        arguments = KEYWORDS[name]
        values = (strings,) if isinstance(strings, str) else strings or ()
        source, plural, context = (
            None if place is None or place >= len(values) else values[place] for place in arguments
        )
        if source is None or (plural is None) != (arguments.plural is None):
            continue
        yield PoEntry(
            source,
            ("",) if plural is None else ("", ""),
            msgctxt=context,
            msgid_plural=plural,
            extracted=tuple(_lines(_untagged(comment) for comment in comments)),
            references=(_reference(Location(path, line)),),
        )


def _untagged(comment: str) -> str:
    for tag in COMMENT_TAGS:
        comment = comment.removeprefix(tag)
    return comment


def _unique(entries: Iterable[PoEntry]) -> tuple[PoEntry, ...]:
    """Join entries of one key: comments and references of all, the plural of whichever has one."""
    joined: dict[tuple[str | None, str], PoEntry] = {}
    for entry in entries:
        if not entry.msgid:
            continue
        first = joined.setdefault(entry.key, entry)
        if first is not entry:
            plural = first if first.msgid_plural is not None else entry
            joined[entry.key] = PoEntry(
                entry.msgid,
                plural.msgstr,
                entry.msgctxt,
                plural.msgid_plural,
                extracted=tuple(dict.fromkeys((*first.extracted, *entry.extracted))),
                references=tuple(dict.fromkeys((*first.references, *entry.references))),
            )
    return tuple(joined.values())


def pot(entries: Sequence[PoEntry], former: bytes | None, domain: str, path: str, now: str) -> bytes:
    """Return the content of a .pot: ``former`` itself, where it says the same already.

    ``now`` becomes the creation date if a message has come or gone, not if only a reference or comment has changed.
    A former file that cannot be read is made anew: it holds nothing that is not in its sources.
    """
    old = PoFile.parse(former, path).value if former else None
    file = old if old is not None else PoFile(path)
    known = {entry.key: entry for entry in file.entries}
    ready = []
    for entry in entries:
        same = known.get(entry.key)
        if same is None or same.msgid_plural != entry.msgid_plural:
            ready.append(entry)
        else:
            ready.append(file.changed(same, references=entry.references, extracted=entry.extracted))
    head = file.header_entry
    if head is None:
        head = header.template_header(domain, now)
    elif {_identity(entry) for entry in entries} != {_identity(entry) for entry in file.entries}:
        head = header.with_field(file, head, header.CREATED, now)
    return file.with_entries([head, *ready]).content()


def _identity(entry: PoEntry) -> tuple[str | None, str, str | None]:
    return *entry.key, entry.msgid_plural

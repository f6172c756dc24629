"""The templates: a publication's own first, then the toolkit's."""

from __future__ import annotations

import importlib.util
import pickle
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import jinja2
from jinja2 import meta
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from kitabat import resources
from kitabat.language.registry import language
from kitabat.model.diagnostic import Diagnostic, Location, error
from kitabat.model.errors import PublishingError
from kitabat.rendering.context import BlockView, PairView, Side, TextView
from kitabat.rendering.quick_jinja import DIRECT, QuickEnvironment
from kitabat.rendering.template_files import FOLDER, TemplateFiles
from kitabat.versions import version
from kitabat.workspace import Disk, Workspace

KEYWORDS = ("gettext", "ngettext", "pgettext", "npgettext")


FORM = 1
"""Raised when templates are compiled in another way."""
REFERRING = re.compile(r"{%[-+]?\s*(?:extends|include|import|from)\b(.*?)%}", re.DOTALL)
NAMED = re.compile(
    r"""\s*"([^"\\]*)"\s*(?:import\b.*|as\b.*|with(?:out)?\s+context\s*|ignore\s+missing\s*)?[-+]?\Z""", re.DOTALL
)
"""What follows such a word where one template is named, and no other by an expression."""


class Compiled(jinja2.FileSystemBytecodeCache):
    """Keeps the toolkit's own templates compiled where Python keeps the toolkit's own modules compiled.

    A publication's templates are compiled in each run.
    """

    def __init__(self, is_own: Callable[[str], bool]) -> None:
        folder = Path(importlib.util.cache_from_source(__file__)).parent
        super().__init__(str(folder), f"template-{sys.implementation.cache_tag}-%s.cache")
        self.is_own = is_own

    def get_source_checksum(self, source: str) -> str:
        """Return what a template's code depends on: its text, and Jinja; what Jinja is told below is in FORM."""
        return super().get_source_checksum(f"{FORM} {version('jinja2')} {source}")

    def get_bucket(self, environment: jinja2.Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return a template's code, where it is kept and sound."""
        key = self.get_cache_key(name, filename) if self.is_own(name) else ""
        bucket = Bucket(environment, key, self.get_source_checksum(source))
        if key:
            with suppress(OSError, EOFError, ValueError, pickle.UnpicklingError):
                self.load_bytecode(bucket)
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        """Keep a template's code, where Python may keep that of modules."""
        if bucket.key and not sys.dont_write_bytecode:
            with suppress(OSError):
                self.dump_bytecode(bucket)


WRITERS = ("shared/blocks.html.j2", "shared/text.html.j2")
"""The templates that say how a block is written."""
PAIRING = (*WRITERS, "shared/pairs.html.j2")
"""The templates that say how a block and its counterpart are."""
PARAGRAPH = "paragraph"
LONG_SIDE = 150
"""Characters of both texts from which a pair may go on overleaf, as the template has it."""


class Lookup(Protocol):
    """The templates' words in one language."""

    def gettext(self, message: str) -> str:
        """Return the translation."""

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the translation that the number asks for."""

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation in a context."""

    def npgettext(self, context: str, singular: str, plural: str, number: int) -> str:
        """Return the translation in a context that the number asks for."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A function that templates call as ``_``, ``ngettext`` and so on: looks up, then fills in its values.

    >>> Phrase({"By %(who)s": "تحریر: %(who)s"}.get)("By %(who)s", who="<b>")
    Markup('تحریر: &lt;b&gt;')
    """

    look_up: Callable[..., str]
    found: dict[tuple[str | int, ...], Markup] = field(default_factory=dict, compare=False, repr=False)
    """What has been looked up, as HTML: the words of templates, and as many numbers as articles have minutes."""

    def __call__(self, *messages: str | int, **values: object) -> Markup:
        """Return the translation with its values, which are escaped unless they are Markup."""
        text = self.found.get(messages)
        if text is None:
            text = self.found[messages] = escape(self.look_up(*messages))
        return text % values if values else text


DIRECT.add(Phrase)


def side(tag: str, words: Lookup) -> Side:
    """Return a language with its words, for templates."""
    return Side(tag, language(tag).direction, **{name: Phrase(getattr(words, name)) for name in KEYWORDS})


def written(block: BlockView, write: Callable[..., Markup], table_label: str = "", ids: object = True) -> Markup:
    """Return what a macro makes of a block; of one that is the same on every page, what it has made before."""
    shared = block.shared
    if shared is None:
        return write(block, table_label, ids)
    key = (write, table_label, ids or not shared.named)
    found = shared.written.get(key)
    if found is None:
        found = shared.written[key] = write(block, table_label, ids)
    return found


def written_plainly(
    block: BlockView, write: Callable[..., Markup], table_label: str = "", ids: object = True
) -> Markup:
    """Return what the toolkit's own templates make of a block: of most of them, paragraphs, without asking one."""
    text = _paragraph(block)
    return Markup(f"<p>{text.html}</p>") if text else written(block, write, table_label, ids)  # noqa: S704 - it is HTML


def _paragraph(block: BlockView) -> TextView | None:
    """Return the text of a paragraph of nothing but text in the language around it; None for any other block."""
    if block.kind != PARAGRAPH or block.attributes:
        return None
    text = block.text
    return None if text is None or text.foreign else text


Write = Callable[..., Markup]
"""What ``written`` or ``written_plainly`` is called for: a macro that writes a block."""


def all_written(blocks: Iterable[BlockView], writers: Mapping[str, Write], *given: Any) -> Markup:
    """Return what the macros, by kind, make of some blocks, each with a line feed after it."""
    return Markup("".join([f"{written(one, writers[one.kind], *given)}\n" for one in blocks]))  # noqa: S704 - HTML


def all_written_plainly(blocks: Iterable[BlockView], writers: Mapping[str, Write], *given: Any) -> Markup:
    """Return what the toolkit's own templates make of them: of most, paragraphs, without asking one."""
    made: list[str] = []
    for one in blocks:
        text = _paragraph(one)
        made += ("<p>", text.html, "</p>\n") if text else (written(one, writers[one.kind], *given), "\n")
    return Markup("".join(made))  # noqa: S704 - it is HTML already


def of_kind(blocks: Iterable[BlockView], kind: str) -> list[BlockView]:
    """Return the blocks of a kind."""
    return [block for block in blocks if block.kind == kind]


def parted(blocks: Iterable[BlockView], name: str) -> tuple[list[BlockView], list[BlockView]]:
    """Return the blocks that have an attribute, and those that do not."""
    with_it: list[BlockView] = []
    without: list[BlockView] = []
    for block in blocks:
        (with_it if name in block.attributes else without).append(block)
    return with_it, without


def below(levels: Iterable[int], level: int) -> list[int]:
    """Return the numbers that are less than another."""
    return [one for one in levels if one < level]


def paired(pairs: Iterable[PairView], write: Write, sides: Sequence[Side], titles: Sequence[str]) -> Markup:
    """Return what a macro makes of blocks beside their counterparts."""
    return Markup("").join([write(one.first, one.second, sides, titles) for one in pairs])


def paired_plainly(pairs: Iterable[PairView], write: Write, sides: Sequence[Side], titles: Sequence[str]) -> Markup:
    """Return what the toolkit's own templates make of them: of paragraphs, without asking one."""
    return Markup("".join([_pair(one, sides) or write(one.first, one.second, sides, titles) for one in pairs]))  # noqa: S704 - HTML


def _pair(pair: PairView, sides: Sequence[Side]) -> str | None:
    one, other = _paragraph(pair.first), _paragraph(pair.second)
    if one is None or other is None or one.state == other.state == "source":
        return None
    is_long = len(one.plain) > LONG_SIDE and len(other.plain) > LONG_SIDE
    return (
        f'<div class="pair pair-paragraph{" pair-long" if is_long else ""}" dir="{sides[0].dir}">\n'
        f'<div class="side" {sides[0].attributes}>\n<p>{one.html}</p>\n</div>\n'
        f'<div class="side" {sides[1].attributes}>\n<p>{other.html}</p>\n</div>\n</div>\n'
    )


class Templates(TemplateFiles):
    """Compiled templates; a publication's ``templates/`` go before the toolkit's."""

    def __init__(self, project: Workspace, toolkit: Workspace) -> None:
        super().__init__(project, toolkit)
        self._families: dict[str, frozenset[str]] = {}
        self.environment = QuickEnvironment(
            loader=jinja2.FunctionLoader(self._loaded),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=Compiled(self._is_own),
        )
        plainly = all(map(self._is_own, WRITERS))
        self.environment.filters |= {
            "written": written_plainly if plainly else written,
            "all_written": all_written_plainly if plainly else all_written,
            "below": below,
            "of_kind": of_kind,
            "parted": parted,
            "paired": paired_plainly if all(map(self._is_own, PAIRING)) else paired,
        }

    def _is_own(self, name: str) -> bool:
        """Tell whether a template is a file of the toolkit as it is installed."""
        of_toolkit = isinstance(self.toolkit, Disk) and self.toolkit.root == resources.root()
        return of_toolkit and not self.project.exists(f"{FOLDER}/{name}")

    def _loaded(self, name: str) -> tuple[str, str, None] | None:
        """Return a template's text and path for Jinja, which names the path in the trace of a fault."""
        text = self.source(name)
        return None if text is None else (text, f"{FOLDER}/{name}", None)

    def family(self, name: str) -> frozenset[str]:
        """Return the names of a template and of all that it extends, includes or imports.

        Where a template names another by a value, that may be any, and ``*`` stands for all of them.
        """
        known = self._families.get(name)
        if known is not None:
            return known
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            text = None if one in found else self.source(one)
            found.add(one)
            if text is not None:
                waiting += self._referenced(text)
        self._families[name] = frozenset(found)
        return self._families[name]

    def _referenced(self, text: str) -> Iterable[str]:
        """Return what a template refers to; where all of it is named outright, it need not be parsed for that."""
        tags = REFERRING.findall(text)
        named = [NAMED.match(words) for words in tags]
        if all(named):
            return [match[1] for match in named if match]
        return [other or "*" for other in meta.find_referenced_templates(self.environment.parse(text))]

    def render(self, name: str, speaker: Side, **values: object) -> str:
        """Return what a template makes of its values, with words in one language.

        Raises PublishingError where a template (a publication's own, as a rule) is at fault.
        """
        words = {keyword: getattr(speaker, keyword) for keyword in KEYWORDS}
        try:
            return self.environment.get_template(name).render(_=speaker.gettext, **words, **values)
        except jinja2.TemplateSyntaxError as fault:
            place = Location(f"{FOLDER}/{fault.name or name}", fault.lineno)
            raise PublishingError(_fault(fault.message or "syntax", place)) from fault
        except jinja2.TemplateNotFound as fault:
            raise PublishingError(_fault(f"there is no template `{fault.name}`", _place(fault, name))) from fault
        except PublishingError:
            raise
        except Exception as fault:
            raise PublishingError(_fault(str(fault) or type(fault).__name__, _place(fault, name))) from fault


def _place(fault: BaseException, name: str) -> Location:
    """Return the innermost line of a template that a fault came from."""
    place = Location(f"{FOLDER}/{name}")
    trace = fault.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(f"{FOLDER}/"):
            place = Location(file, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _fault(message: str, place: Location) -> Diagnostic:
    hint = "Mend the template, or remove it to have the toolkit's own"
    return error("rendering/template", f"Cannot fill in the template: {message}", place, hint)

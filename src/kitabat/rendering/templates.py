"""The templates: a publication's own first, then the toolkit's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import jinja2
from jinja2 import meta
from markupsafe import Markup, escape

from kitabat.language.registry import language
from kitabat.model.diagnostic import Diagnostic, Location, error
from kitabat.model.errors import PublishingError
from kitabat.rendering.context import Side
from kitabat.workspace import Workspace

FOLDER = "templates"
KEYWORDS = ("gettext", "ngettext", "pgettext", "npgettext")


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

    def __call__(self, *messages: str | int, **values: object) -> Markup:
        """Return the translation with its values, which are escaped unless they are Markup."""
        text = escape(self.look_up(*messages))
        return text % values if values else text


def side(tag: str, words: Lookup) -> Side:
    """Return a language with its words, for templates."""
    return Side(tag, language(tag).direction, **{name: Phrase(getattr(words, name)) for name in KEYWORDS})


class Templates:
    """Compiled templates; a publication's ``templates/`` go before the toolkit's."""

    def __init__(self, project: Workspace, toolkit: Workspace) -> None:
        self.project = project
        self.toolkit = toolkit
        self._families: dict[str, frozenset[str]] = {}
        self.environment = jinja2.Environment(
            loader=jinja2.FunctionLoader(self._loaded),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )

    def source(self, name: str) -> str | None:
        """Return a template's or a style sheet's text; None where there is none.

        Raises PublishingError where the file cannot be read, or is not UTF-8.
        """
        path = f"{FOLDER}/{name}"
        for workspace in (self.project, self.toolkit):
            if workspace.exists(path):
                return _text(workspace, path)
        return None

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
                waiting += (other or "*" for other in meta.find_referenced_templates(self.environment.parse(text)))
        self._families[name] = frozenset(found)
        return self._families[name]

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
        except PublishingError:
            raise
        except Exception as fault:
            raise PublishingError(_fault(str(fault) or type(fault).__name__, _place(fault, name))) from fault


def _text(workspace: Workspace, path: str) -> str:
    try:
        content = workspace.read(path)
    except OSError as fault:
        message = f"Cannot read: {fault.strerror or fault}"
        hint = "Mend the file or its permissions, or remove it to have the toolkit's own"
        raise PublishingError(error("rendering/template", message, Location(path), hint)) from fault
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as fault:
        message = f"Unexpected byte 0x{content[fault.start]:02X}, expected UTF-8"
        place = Location(path, content.count(b"\n", 0, fault.start) + 1)
        raise PublishingError(error("rendering/template", message, place, "Save the file as UTF-8")) from fault


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
    return error("rendering/template", f"Unexpected template: {message}", place, hint)

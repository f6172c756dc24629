"""The words of the templates in one language: what Jinja's gettext functions look up."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PoFile
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, warning

PluralRule = Callable[[int], int]
PLURAL_FORMS = re.compile(r"\s*nplurals\s*=\s*([0-9]{1,2})\s*;\s*plural\s*=\s*([^;]+);?\s*\Z")
PLACEHOLDER = re.compile(r"%\(([^()]*)\)[-+ #0]*[0-9]*(?:\.[0-9]+)?([a-zA-Z])")
TEXT_CONVERSIONS = "srac"
"""Those of ``str`` that take any value; the others want a number."""
SAMPLE = range(200)
"""Numbers with which a plural rule is tried."""
WordKey = tuple[str | None, str]


def one_or_many(number: int) -> int:
    """Return the form for a number in languages that tell one from many; 0 is the first."""
    return int(number != 1)


def plural_rule(plural_forms: str) -> PluralRule | None:
    """Return the rule of a Plural-Forms header; None where it is none. Only C's operators and ``n`` are ever run.

    >>> plural_rule("nplurals=2; plural=(n != 1);")(1), plural_rule("nplurals=2; plural=__import__('os');")
    (0, None)
    """
    match = PLURAL_FORMS.match(plural_forms)
    if match is None:
        return None
    count = int(match[1])
    try:
        rule = gettext.c2py(match[2])
        if all(0 <= rule(number) < count for number in SAMPLE):
            return rule
    except (ValueError, ArithmeticError, RecursionError):
        pass
    return None


class Word(msgspec.Struct, frozen=True):
    """A translation, with the rule that chooses among its forms."""

    forms: tuple[str, ...]
    rule: PluralRule

    def form(self, number: int) -> str:
        """Return the form for a number; the last one where the rule asks for more forms than there are."""
        try:
            index = self.rule(abs(int(number)))
        except ArithmeticError:
            index = len(self.forms)
        return self.forms[min(index, len(self.forms) - 1)]


class Words(msgspec.Struct, frozen=True):
    """Words by context and msgid; whatever is not there is said as the templates say it.

    >>> Words().ngettext("%(n)s page", "%(n)s pages", 2)
    '%(n)s pages'
    """

    known: Mapping[WordKey, Word] = msgspec.field(default_factory=dict)

    def gettext(self, message: str) -> str:
        """Return the translation of a message."""
        return self._one(None, message)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a message in a context."""
        return self._one(context, message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the form of a message for a number."""
        return self._form(None, singular, plural, number)

    def npgettext(self, context: str, singular: str, plural: str, number: int) -> str:
        """Return the form of a message in a context for a number."""
        return self._form(context, singular, plural, number)

    def _one(self, context: str | None, message: str) -> str:
        word = self.known.get((context, message))
        return word.forms[0] if word else message

    def _form(self, context: str | None, singular: str, plural: str, number: int) -> str:
        word = self.known.get((context, singular))
        if word is None:
            return (singular, plural)[one_or_many(number)]
        return word.form(number)


def read_words(sources: Sequence[tuple[str, bytes]]) -> Outcome[Words]:
    """Return the words of some catalogs, each a path and its content; the first that has a word says it.

    A catalog at fault is named and passed over, and so is a word whose placeholders templates cannot fill. A word that
    is fuzzy or not wholly translated is passed over too.
    """
    known: dict[WordKey, Word] = {}
    diagnostics: list[Diagnostic] = []
    for path, content in sources:
        outcome = PoFile.parse(content, path, to_write=False)
        diagnostics += outcome.diagnostics
        file = outcome.value
        if file is None:
            continue
        rule = plural_rule(file.header.get("plural-forms", ""))
        if rule is None and any(entry.msgid_plural is not None for entry in file.entries):
            diagnostics += _no_rule(file, outcome.diagnostics)
        for entry in file.entries:
            if not entry.is_translated or entry.is_fuzzy:
                continue
            if unfit := next(_unfit(entry, path), None):
                diagnostics.append(unfit)
            else:
                known.setdefault(entry.key, Word(entry.msgstr, rule or one_or_many))
    return Outcome(Words(known), tuple(diagnostics))


def _no_rule(file: PoFile, told: Sequence[Diagnostic]) -> list[Diagnostic]:
    if any(diagnostic.rule == "catalog/plural" for diagnostic in told):
        return []
    entry: PoEntry | None = file.header_entry
    shown = file.header.get("plural-forms", "")
    message = f"Unexpected `Plural-Forms: {shown}`, expected a rule" if shown else "Missing `Plural-Forms`"
    hint = "Write the language's own rule, such as `nplurals=2; plural=(n != 1);`; until then that one holds"
    return [warning("catalog/plural", message, Location(file.path, entry.msgstr_line if entry else 1), hint)]


class _Values(dict[str, str | int]):
    """What a template may fill in; a placeholder without a name would show all of it."""

    def __str__(self) -> str:
        raise ValueError("a placeholder without a name")

    __repr__ = __str__


def _unfit(entry: PoEntry, path: str) -> Iterator[Diagnostic]:
    """Yield a fault for each form that cannot be filled with what the source has placeholders for.

    Where the source has none, templates fill in nothing, and a per cent sign is one.
    """
    source = f"{entry.msgid}{entry.msgid_plural or ''}"
    found = dict(PLACEHOLDER.findall(source))
    values = _Values({name: "x" if kind in TEXT_CONVERSIONS else 1 for name, kind in found.items()})
    if not values or _complaint(source, values):
        return
    expected = " and ".join(f"`%({name}){kind}`" for name, kind in found.items())
    for index, form in enumerate(entry.msgstr):
        if complaint := _complaint(form, values):
            message = f"Unexpected {complaint}, expected {expected} at most"
            hint = "Copy the placeholders from the source, write a per cent sign as `%%`; until then it is not used"
            place = Location(path, *entry.place("msgstr", 0, index))
            yield warning("catalog/placeholder", message, place, hint)


def _complaint(text: str, values: _Values) -> str:
    """Return what of a text Python cannot fill in; empty where it can."""
    try:
        _ = text % values
    except KeyError as fault:
        return f"placeholder named `{fault.args[0]}`"
    except (ValueError, TypeError, OverflowError):
        return "`%` or placeholder that nothing can be filled into"
    return ""

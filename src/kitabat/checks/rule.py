"""A check: a name, a severity, one function, in a file whose docstring is its manual page and its test."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import msgspec

from kitabat.model.diagnostic import Diagnostic, Location, Severity

Subject = TypeVar("Subject")
EXAMPLE = re.compile(r"^(Clean|Faulty|Report)::$", re.MULTILINE)
CONTINUED = re.compile(r"\n +")
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


class Finding(msgspec.Struct, frozen=True):
    """What a check found: the rest of the diagnostic is its rule's."""

    message: str
    """Reads "Unexpected `X`, expected `Y`"."""
    location: Location | None
    hint: str
    """What to do, as an action."""


class Manual(msgspec.Struct, frozen=True):
    """A check's manual page."""

    what: str
    """One line, as a statement of what is right."""
    why: str
    clean: str
    """A file in which the check finds nothing."""
    faulty: str
    report: str
    """Exactly what the check says of the faulty one, one diagnostic a line."""


class Rule(msgspec.Struct, Generic[Subject], frozen=True):
    """A check."""

    name: str
    """``family/name``; the family decides the exit code of a build that an error stops."""
    severity: Severity
    find: Callable[[Subject], Iterable[Finding]]

    def check(self, subject: Subject) -> tuple[Diagnostic, ...]:
        """Return what the check finds, as diagnostics."""
        return tuple(
            Diagnostic(self.name, self.severity, finding.message, finding.location, finding.hint)
            for finding in self.find(subject)
        )

    @property
    def manual(self) -> Manual:
        """The manual page that the docstring of the check's file holds."""
        return manual(sys.modules[self.find.__module__].__doc__ or "")


def manual(docstring: str) -> Manual:
    r"""Return the parts of a docstring: what, why, then ``Clean::``, ``Faulty::`` and ``Report::``, each indented.

    A long line of the report goes on in the next one, indented deeper.

    >>> manual("What.\n\nWhy.\n\nClean::\n\n    a\n\nFaulty::\n\n    b\n\n    c\n\nReport::\n\n    d\n      e")
    Manual(what='What.', why='Why.', clean='a\n', faulty='b\n\nc\n', report='d e\n')
    """
    head, *rest = EXAMPLE.split(docstring)
    examples = {
        part: inspect.cleandoc(text).strip("\n") + "\n" for part, text in zip(rest[::2], rest[1::2], strict=True)
    }
    what, _, why = head.strip().partition("\n\n")
    report = CONTINUED.sub(" ", examples["Report"])
    return Manual(" ".join(what.split()), " ".join(why.split()), examples["Clean"], examples["Faulty"], report)


def example_file(text: str) -> str:
    r"""Return the file that an example stands for: invisible characters are written as escapes in it.

    >>> example_file(r"a\u0062")
    'ab'
    """
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)

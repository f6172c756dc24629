"""An article in Urdu has Urdu's own signs after Urdu words.

A full stop, comma, semicolon or question mark of Latin script after an Urdu word looks borrowed, sits at another height
than ``۔``, and can land on the wrong side of a Latin word. Signs of both scripts together are a slip of the keyboard.
Numbers, abbreviations and ``۔۔۔`` are not looked at; ``...`` is an ellipsis of Latin script.

Clean::

    ---
    title: مثال
    source: ur
    ---

    ایک کتاب، اور قلم ہے۔ کیوں؟

Faulty::

    ---
    title: مثال
    source: ur
    ---

    ایک کتاب, اور قلم ہے۔ کیوں؟?

Report::

    content/example.md:6:9: warning: Unexpected `,` after an Urdu word, expected `،` [article/urdu-punctuation]
    content/example.md:6:27: warning: Unexpected `؟?`, expected `؟` [article/urdu-punctuation]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.prose import in_source
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity

HINT = "Write `۔`, `،`, `؛` or `؟`, and one sign only"


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    return in_source(subject, "punctuation", HINT)


RULE = Rule("article/urdu-punctuation", Severity.WARNING, find)

"""A translation keeps the attributes of its source, and uses none that are not allowed.

An ``id`` that is lost breaks every link to it, and what is not allowed in curly brackets is left out of the page.

Clean::

    msgctxt "@lead"
    msgid "A [promise]{#promise}"
    msgstr "ایک [وعدہ]{#promise}"

Faulty::

    msgctxt "@lead"
    msgid "A [promise]{#promise}"
    msgstr "ایک [وعدہ]{style=color:red}"

Report::

    locales/ur/LC_MESSAGES/example.po:3:20: warning: Unexpected attribute `style`, expected one of id, class,
      lang, width with a plain value [catalog/attribute]
    locales/ur/LC_MESSAGES/example.po:3:9: warning: Missing attribute `#promise` in the translation
      [catalog/attribute]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kitabat.checks.faults import parser_faults
from kitabat.checks.parity import differences
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.markup.inline import Inline
from kitabat.model.diagnostic import Severity

COUNTED = ("id", "class")
"""Attributes that a translation keeps; ``lang`` and ``width`` may differ with the language."""

HINT = "Copy the attributes in curly brackets from the source text"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    yield from parser_faults(subject, "attribute")
    braced = tuple(pair for pair in subject.pairs if "{" in pair.text or "{" in pair.key.source)
    yield from differences(replace(subject, pairs=braced), things, "attribute", HINT)


def things(node: Inline) -> tuple[str, ...]:
    """Return a node's attributes as they are written."""
    return tuple(written(name, node.attributes[name]) for name in COUNTED if node.attributes.get(name))


def written(name: str, value: str) -> str:
    """Return an attribute as Markdown has it.

    >>> written("id", "a"), written("class", "b c")
    ('#a', '.b .c')
    """
    return f"#{value}" if name == "id" else " ".join(f".{word}" for word in value.split())


RULE = Rule("catalog/attribute", Severity.WARNING, find)

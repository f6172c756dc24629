r"""A translation has the web and e-mail addresses that its source's text has, letter for letter.

An address that lost a letter, or got an Urdu full stop inside, leads nowhere. `catalog/link-target` looks at the
targets of links.

Clean::

    msgctxt "@lead"
    msgid "Write to desk@aaina.example today."
    msgstr "آج ہی desk@aaina.example پر لکھیے۔"

Faulty::

    msgctxt "@lead"
    msgid "Write to desk@aaina.example today."
    msgstr "آج ہی desk@aina.example پر لکھیے۔"

Report::

    locales/ur/LC_MESSAGES/example.po:3:15: warning: Unexpected address `desk@aina.example`, expected
      `desk@aaina.example` [catalog/address]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from kitabat.checks.addresses import addresses
from kitabat.checks.parity import offset_of
from kitabat.checks.rule import Finding, Rule
from kitabat.checks.subject import CatalogSubject
from kitabat.markup.inline import Inline, InlineKind
from kitabat.model.diagnostic import Severity

HINT = "Copy the address from the source text"


def find(subject: CatalogSubject) -> Iterator[Finding]:
    """Return the findings of the check; an address that only the translation has is its own matter."""
    for pair in subject.pairs:
        wanted = Counter(written(pair.source.nodes))
        if not wanted:
            continue
        found = Counter(written(pair.target.nodes))
        for lost, added in zip_longest(wanted - found, found - wanted):
            if lost is None:
                break
            if added is None:
                yield Finding(f"Missing address `{lost}` in the translation", subject.place(pair.key), HINT)
                continue
            message = f"Unexpected address `{added}`, expected `{lost}`"
            yield Finding(message, subject.place(pair.key, offset_of(pair, added)), HINT)


def written(nodes: Iterable[Inline]) -> Iterator[str]:
    """Yield the addresses in the text of a message that are no links."""
    for node in nodes:
        if node.kind is InlineKind.TEXT:
            yield from (found[0] for found in addresses(node.text))
        elif node.kind is not InlineKind.LINK:
            yield from written(node.children)


RULE = Rule("catalog/address", Severity.WARNING, find)

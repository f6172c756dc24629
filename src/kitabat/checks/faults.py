"""What the parser of messages did not let through, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding
from kitabat.checks.subject import CatalogSubject


def parser_faults(subject: CatalogSubject, rule: str) -> Iterator[Finding]:
    """Yield the faults of one kind in the translations; ``rule`` is the parser's word for it."""
    for pair in subject.pairs:
        for fault in pair.target.faults:
            if fault.rule == rule:
                offset = max(0, pair.text.find(fault.found))
                yield Finding(fault.message, subject.place(pair.key, offset), fault.hint)

"""What the parser of messages did not let through, as findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kitabat.checks.rule import Finding
from kitabat.checks.subject import CatalogSubject


def parser_faults(subject: CatalogSubject, rule: str, *, unlike_source: bool = False) -> Iterator[Finding]:
    """Yield the faults of one kind in the translations; ``rule`` is the parser's word for it.

    With ``unlike_source`` only those that stand oftener in a translation than in its source.
    """
    for pair in (pair for pair in subject.pairs if pair.target.faults):
        same = [fault for fault in pair.source.faults if unlike_source and fault.rule == rule]
        allowed = Counter(fault.found for fault in same)
        passed: dict[str, int] = {}
        for fault in pair.target.faults:
            if fault.rule != rule:
                continue
            offset = max(0, pair.text.find(fault.found, passed.get(fault.found, 0)))
            passed[fault.found] = offset + len(fault.found)
            if allowed[fault.found] > 0:
                allowed[fault.found] -= 1
            else:
                yield Finding(fault.message, subject.place(pair.key, offset), fault.hint)

r"""A comment that silences a check hides something.

``<!-- kitabat: ignore RULE -->`` on a line of its own hides what a check finds in the block below it; a list or a
quotation counts as one block. One that hides nothing, or names no check, would hide the next fault without anybody
knowing.

Clean::

    ---
    title: Example
    source: en
    ---

    <!-- kitabat: ignore article/doubled-word -->

    The the book

Faulty::

    ---
    title: Example
    source: en
    ---

    <!-- kitabat: ignore article/balance, article/balanse -->

    <!-- kitabat: hush -->

    The book

Report::

    content/example.md:6:22: warning: Unexpected silence of `article/balance`, expected a check that finds
      something in the block below [article/silence]
    content/example.md:6:39: warning: Unexpected check `article/balanse`, expected one that `kitabat rules` lists for
      articles [article/silence]
    content/example.md:8:6: warning: Unexpected `kitabat: hush`, expected `kitabat: ignore` and names of checks
      [article/silence]
"""

from __future__ import annotations

from collections.abc import Iterator

from kitabat.checks.rule import Finding, Rule
from kitabat.checks.silences import Fate
from kitabat.checks.subject import SourceSubject
from kitabat.model.diagnostic import Severity

MESSAGES = {
    Fate.UNUSED: (
        "Unexpected silence of `{rule}`, expected a check that finds something in the block below",
        "Delete the name from the comment, or the comment if it names no other",
    ),
    Fate.UNKNOWN: (
        "Unexpected check `{rule}`, expected one that `kitabat rules` lists for articles",
        "Write the name as the finding has it in square brackets",
    ),
    Fate.MALFORMED: (
        "Unexpected `{rule}`, expected `kitabat: ignore` and names of checks",
        "Write `<!-- kitabat: ignore` and the names of checks, with commas between them, then `-->`",
    ),
}


def find(subject: SourceSubject) -> Iterator[Finding]:
    """Return the findings of the check."""
    for silence in subject.silences:
        if silence.fate in MESSAGES:
            message, hint = MESSAGES[silence.fate]
            yield Finding(message.format(rule=silence.rule), silence.location, hint)


RULE = Rule("article/silence", Severity.WARNING, find)

"""Exit codes, and the exceptions that end a command."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from kitabat.model.diagnostic import Diagnostic, Severity


class ExitCode(IntEnum):
    """What a command says to the shell; docs/errors.md is made from this table."""

    OK = 0, "All is well."
    FINDINGS = 1, "A check found something, or `sync --check` would change a file."
    USAGE = 2, "The command line is wrong: an unknown option, article or language."
    ARTICLE = 3, "An article is at fault: front matter, Markdown, a link or an image."
    CATALOG = 4, "A catalog is at fault: syntax, character set, a duplicate message, markup."
    SETTINGS = 5, "`kitabat.toml` is missing or at fault."
    OUTPUT = 6, "The output cannot be written, and is as it was; or it cannot be published, and what has arrived stays."
    RENDERING = 7, "A template, a font or the PDF renderer failed."
    BUSY = 8, "Another kitabat holds the lock and did not let go in time."
    CLUSTER = 9, "A cluster cannot be reached, or its workers cannot be used; nothing was made."
    INTERNAL = 70, "A fault of kitabat itself; please report it."
    HUNG_UP = 129, "The terminal was closed (SIGHUP); all else as with 130."
    INTERRUPTED = (
        130,
        "Interrupted from the keyboard: nothing is half-made, and the same command goes on from what was finished.",
    )
    TERMINATED = 143, "Ended by SIGTERM, as `kill`, `timeout` and service managers send it; all else as with 130."

    meaning: str

    def __new__(cls, value: int, meaning: str) -> ExitCode:
        """Keep the number as the value and the sentence beside it."""
        member = int.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member


EXIT_CODE_OF_FAMILY = {
    "article": ExitCode.ARTICLE,
    "catalog": ExitCode.CATALOG,
    "settings": ExitCode.SETTINGS,
    "output": ExitCode.OUTPUT,
    "rendering": ExitCode.RENDERING,
    "usage": ExitCode.USAGE,
    "busy": ExitCode.BUSY,
    "cluster": ExitCode.CLUSTER,
}


def exit_code_of(diagnostics: Iterable[Diagnostic]) -> ExitCode:
    """Return the code of the first error, or OK where there is none.

    >>> from kitabat.model.diagnostic import error, warning
    >>> exit_code_of([warning("article/html", "…"), error("catalog/syntax", "…")])
    <ExitCode.CATALOG: 4>
    >>> exit_code_of([warning("article/html", "…")])
    <ExitCode.OK: 0>
    """
    for diagnostic in diagnostics:
        if diagnostic.severity is Severity.ERROR:
            family = diagnostic.rule.partition("/")[0]
            return EXIT_CODE_OF_FAMILY.get(family, ExitCode.FINDINGS)
    return ExitCode.OK


class PublishingError(Exception):
    """Ends a command with diagnostics for people and an exit code."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__("; ".join(str(diagnostic) for diagnostic in diagnostics))
        self.diagnostics = diagnostics

    @property
    def exit_code(self) -> ExitCode:
        """The code of the first error among the diagnostics."""
        return exit_code_of(self.diagnostics)

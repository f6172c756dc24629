"""Writes docs/checks.md and docs/errors.md: ``python -m kitabat.cli.manual docs``.

What it writes is made from the checks' own manual pages and from the table of exit codes, so it cannot lag behind.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kitabat.checks.rule import Rule
from kitabat.checks.source import internal_links
from kitabat.checks.tables import CATALOG_RULES, SOURCE_RULES
from kitabat.cli.console import Console
from kitabat.cli.faults import FAULTS
from kitabat.model.errors import EXIT_CODE_OF_FAMILY, ExitCode

LOOSE_LINK = internal_links.RULE.name
MADE = "<!-- Made by `python -m kitabat.cli.manual docs`; edit the sources that it reads instead. -->"

CHECKS = f"""# Checks

{MADE}

`kitabat check` runs each of these on every article and every catalog. Errors and warnings make it exit with
{ExitCode.FINDINGS.value}; notes do not. An error also stops `kitabat build`, except `{LOOSE_LINK}`: of that
the build warns, and shows the link as text. In the examples an invisible character is written as its escape. All other
faults, such as those found when files are read, are listed in [errors.md](errors.md).

Where a translation is right and a check is wrong, silence the check in a translator's comment of that entry; put
commas between several names:

````po
# kitabat: ignore catalog/letters
msgid "The Arabic letter \\u0643"
msgstr "عربی کا حرف \\u0643"
````

What is said of a whole catalog, such as how much of it is fuzzy, cannot be silenced. A silence that hides nothing is
itself reported: [catalog/silence](#catalogsilence).
"""

ERRORS = f"""# Exit codes and faults

{MADE}

A fault reads `path:line:column: severity: message [family/name]`, with the line of the file and a hint below. The
first error's family decides the exit code.
"""

GROUPS: tuple[tuple[str, tuple[Rule[Any], ...], str], ...] = (
    ("Articles", SOURCE_RULES, "markdown"),
    ("Catalogs", CATALOG_RULES, "po"),
)


def checks() -> str:
    """Return the manual of the checks."""
    parts = [CHECKS]
    for title, rules, language in GROUPS:
        parts += [f"\n## {title}\n", *(page(rule, language) for rule in sorted(rules, key=lambda rule: rule.name))]
    return "".join(parts)


def page(rule: Rule[Any], language: str) -> str:
    """Return one check's manual page."""
    manual = rule.manual
    return (
        f"\n### {rule.name}\n\n{manual.what} *({rule.severity.value})*\n\n{manual.why}\n\n"
        f"Clean:\n\n````{language}\n{manual.clean}````\n\n"
        f"Faulty:\n\n````{language}\n{manual.faulty}````\n\n"
        f"Report:\n\n````text\n{manual.report}````\n"
    )


def errors() -> str:
    """Return the table of exit codes, and of the faults that are not checks."""
    return "".join(line for part in (exit_codes(), faults()) for line in part)


def exit_codes() -> Iterator[str]:
    """Yield the table of exit codes."""
    families = {code: family for family, code in EXIT_CODE_OF_FAMILY.items()}
    yield f"{ERRORS}\n| Code | Family of faults | Meaning |\n| ---: | --- | --- |\n"
    for code in ExitCode:
        family = f"`{families[code]}`" if code in families else ""
        yield f"| {code.value} | {family} | {code.meaning} |\n"


def faults() -> Iterator[str]:
    """Yield the list of faults by family."""
    for family in EXIT_CODE_OF_FAMILY:
        named = {name: words for name, words in sorted(FAULTS.items()) if name.startswith(f"{family}/")}
        if named:
            yield f"\n## {family}\n\n| Fault | Meaning |\n| --- | --- |\n"
            yield from (f"| `{name}` | {words} |\n" for name, words in named.items())


PAGES = {"checks.md": checks, "errors.md": errors}


def main(argv: Sequence[str]) -> int:
    """Write the pages into the folder that is named."""
    if len(argv) != 1:
        Console().remark("usage: python -m kitabat.cli.manual DIR")
        return ExitCode.USAGE
    for name, make in PAGES.items():
        Path(argv[0], name).write_text(make(), encoding="utf-8", newline="\n")
    return ExitCode.OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Lists every check of articles and catalogs, with its severity and one line; docs/errors.md has the other faults."""

from __future__ import annotations

import argparse

from kitabat.cli.console import Console
from kitabat.model.errors import ExitCode

SUMMARY = "list every check"
EXAMPLE = """example:
  kitabat rules
"""


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Add nothing: the command takes no arguments."""


def run(_options: argparse.Namespace, console: Console) -> ExitCode:
    """Print the table."""
    from kitabat.checks.tables import ALL_RULES

    names = max(len(rule.name) for rule in ALL_RULES)
    for rule in sorted(ALL_RULES, key=lambda rule: rule.name):
        console.result(f"{rule.name:{names}}  {rule.severity.value:7}  {rule.manual.what}")
    return ExitCode.OK

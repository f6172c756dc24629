"""Brings back a former output that `keep` in kitabat.toml or `build --keep` has kept; run it again to undo that."""

from __future__ import annotations

import argparse
from pathlib import Path

from kitabat.cli.arguments import from_one
from kitabat.cli.console import Console
from kitabat.cli.project import open_project
from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import ExitCode, PublishingError

SUMMARY = "bring a former output back"
EXAMPLE = """example:
  kitabat rollback --steps 2
"""
INTERRUPTED = "the output is whole"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--steps", metavar="N", type=from_one, default=1, help="how many builds back (default: 1)")
    parser.add_argument("--out", metavar="DIR", type=Path, help="which output (default: dist/ of the publication)")


def run(options: argparse.Namespace, console: Console) -> ExitCode:
    """Exchange the output, and say which it is."""
    from kitabat.cli.tally import waits_for
    from kitabat.publishing.build import output_folder

    folder = output_folder(options.out, open_project(options.project).disk.root)
    with folder.locked(lambda holder: console.remark(waits_for(holder))):
        kept = len(folder.formers.all())
        if not folder.roll_back(options.steps):
            message = f"Unexpected `--steps {options.steps}`, expected at most {kept}, the number of outputs kept"
            message = message if kept else "Missing former output: none is kept"
            hint = "Set `keep` in kitabat.toml, or build with --keep, before the next change"
            raise PublishingError(error("output/former", message, Location(str(folder.place)), hint))
    console.result(f"Brought a former output back into {folder.place}")
    return ExitCode.OK

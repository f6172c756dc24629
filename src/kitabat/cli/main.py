"""Dispatches: a command is its arguments, one call, an exit code. Nothing heavy is imported before a command runs."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from types import ModuleType

from kitabat import __version__
from kitabat.cli import adopt, build, check, new, publish, rollback, rules, status, sync
from kitabat.cli.arguments import Parser, add_bidi, add_project
from kitabat.cli.console import Console
from kitabat.cli.project import of_files, sources
from kitabat.cli.signals import Interrupted, Watch, code_of
from kitabat.model.errors import ExitCode, PublishingError

COMMANDS: tuple[ModuleType, ...] = (new, adopt, sync, check, status, build, publish, rollback, rules)
"""One module a command: SUMMARY, EXAMPLE, ``arguments(parser)`` and ``run(options, console) -> ExitCode``.

INTERRUPTED says what stands after Ctrl-C, where there is anything to say of that.
"""

EXAMPLE = """example:
  kitabat new aaina && cd aaina
  kitabat build
"""


def parser() -> Parser:
    """Return the whole command line's parser."""
    whole = Parser(
        prog="kitabat",
        description="Publishes articles in Urdu and English: Markdown and gettext catalogs to web pages and PDFs.",
        epilog=EXAMPLE,
    )
    whole.add_argument("--version", action="version", version=f"kitabat {__version__}")
    add_project(whole, default=None)
    commands = whole.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    for module in COMMANDS:
        name = module.__name__.rpartition(".")[2]
        one = commands.add_parser(name, help=module.SUMMARY, description=module.__doc__, epilog=module.EXAMPLE)
        add_project(one)
        add_bidi(one)
        module.arguments(one)
        one.set_defaults(run=module.run, interrupted=getattr(module, "INTERRUPTED", ""))
    return whole


def main(argv: Sequence[str] | None = None, watch: Watch | None = None) -> int:
    """Run one command and return its exit code; whatever happens, no traceback unless KITABAT_DEBUG asks for one."""
    options = argparse.Namespace(project=None)
    try:
        parser().parse_args(argv, options)
        code = int(options.run(options, Console(bidi=options.bidi)))
        sys.stdout.flush()
    except BrokenPipeError:
        code = ExitCode.OUTPUT
    except BaseException as fault:  # noqa: BLE001 - the wall that nothing passes
        # What fails after a signal fails of it, whatever its name: workers are gone, an import was broken off.
        code = told(Interrupted(watch.number) if watch and watch.number else fault, options)
    settle()
    return code


def told(fault: BaseException, options: argparse.Namespace) -> int:
    """Say what ended a command, and return its exit code; a terminal that has gone is told nothing."""
    with suppress(OSError):
        _say(fault, options)
    if isinstance(fault, SystemExit):
        return fault.code if isinstance(fault.code, int) else 0
    if isinstance(fault, KeyboardInterrupt):
        return code_of(fault)
    if isinstance(fault, OSError):
        fault = of_files(fault)
    return fault.exit_code if isinstance(fault, PublishingError) else ExitCode.INTERNAL


def _say(fault: BaseException, options: argparse.Namespace) -> None:
    console = Console(bidi=getattr(options, "bidi", "auto"))
    if isinstance(fault, SystemExit):
        return
    if os.environ.get("KITABAT_DEBUG") == "1":
        console.remark("".join(traceback.format_exception(fault)))
    if isinstance(fault, KeyboardInterrupt):
        console.remark("; ".join(filter(None, ("Interrupted", getattr(options, "interrupted", "")))))
        return
    if isinstance(fault, OSError):
        fault = of_files(fault)
    if isinstance(fault, PublishingError):
        console.diagnostics(fault.diagnostics, sources(options.project))
        return
    words = " ".join(str(fault).split())[:200]
    console.remark(
        f"kitabat: internal fault ({type(fault).__name__}: {words}); please report it, "
        "with what the same command prints under KITABAT_DEBUG=1"
    )


def settle() -> None:
    """See that Python's own flush at its end cannot fail: whoever read the results has gone, or the disk is full."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run() -> None:
    """Enter from the shell."""
    open_streams()
    in_utf8()
    watch = Watch()
    for stream in (sys.stdout, sys.stderr):
        # File names may hold bytes that are no text; a message about one must not fail over it.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        watch.begin()
        code = main(watch=watch)
    except KeyboardInterrupt as fault:
        code = code_of(fault)
    sys.exit(watch.over(code))


def open_streams() -> None:
    """Give the standard streams that were closed by whoever started this (``>&-``) to nobody.

    Else the first files that are opened have their numbers, and are written into by whoever means a stream.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(number, True)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


def in_utf8() -> None:
    """Start again in Python's UTF-8 mode where the locale has another character set.

    Articles, catalogs and the names of their files are UTF-8 whatever the locale; under ``LC_ALL=C`` Python would
    read a name in Urdu as bytes, and could print none.
    """
    if sys.getfilesystemencoding().lower().replace("-", "") != "utf8" and not sys.flags.utf8_mode:
        with suppress(OSError):
            os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - itself, with its own arguments


if __name__ == "__main__":
    run()

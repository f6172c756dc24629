"""The command line: one parser for all commands, its faults as diagnostics."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from kitabat.cli.terminal import MODES
from kitabat.model.diagnostic import error
from kitabat.model.errors import PublishingError


class Parser(argparse.ArgumentParser):
    """A parser whose faults end in a diagnostic, not in an exit."""

    def __init__(self, **settings: object) -> None:
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            **settings,  # type: ignore[arg-type]  # argparse's own keywords, passed on
        )

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong with the command line."""
        raise PublishingError(error("usage/arguments", in_our_words(message), hint=f"See `{self.prog} --help`"))


WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (r"the following arguments are required: (.*)", r"Missing `\1`"),
        (r"argument [^:]+: invalid choice: '(.*?)' \(choose from (.*)\)", r"Unexpected `\1`, expected one of \2"),
        (r"unrecognized arguments: (.*)", r"Unexpected `\1`, expected no such argument"),
        (r"argument ([^:]+): expected .*argument.*", r"Missing value of `\1`"),
        (r"argument ([^:]+): ignored explicit argument '(.*)'", r"Unexpected value `\2` of `\1`, expected none"),
        (r"argument [^:]+: (Unexpected .*)", r"\1"),
    )
)
"""How argparse says a fault, and how the toolkit does."""
LONGEST_NUMBER = 10
"""Digits from which what should be a number is none, however many noughts it begins with."""


def in_our_words(message: str) -> str:
    """Return a message of argparse as the toolkit would say it.

    >>> in_our_words("argument COMMAND: invalid choice: 'bild' (choose from 'new', 'sync')")
    'Unexpected `bild`, expected one of new, sync'
    >>> in_our_words("something else")
    'Something else'
    """
    for pattern, words in WORDS:
        if match := pattern.fullmatch(message):
            shown = match.expand(words)
            return shown.replace("'", "") if " one of " in shown else shown
    return message[:1].upper() + message[1:]


def add_project(parser: argparse.ArgumentParser, default: object = argparse.SUPPRESS) -> None:
    """Add ``--project``; only the outermost parser gives a default, so that the option holds on either side."""
    parser.add_argument(
        "--project",
        metavar="DIR",
        default=default,
        help="the publication's folder (default: the nearest folder above with a kitabat.toml)",
    )


def add_slugs(parser: argparse.ArgumentParser) -> None:
    """Add the articles that a command is for."""
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="an article (default: all)")


def add_bidi(parser: argparse.ArgumentParser) -> None:
    """Add ``--bidi``."""
    parser.add_argument(
        "--bidi",
        choices=MODES,
        default="auto",
        help="order of Urdu letters: visual for a terminal that does not reorder and join them, logical as in files "
        "(default: auto, by the terminal; logical in files and pipes)",
    )


def from_one(text: str) -> int:
    """Return a whole number from 1.

    >>> from_one("2")
    2
    """
    return whole_number(text, 1, 256)


def from_nought(text: str) -> int:
    """Return a whole number from 0.

    >>> from_nought("0")
    0
    """
    return whole_number(text, 0, 100)


def whole_number(text: str, least: int, most: int) -> int:
    """Return a whole number between two others, both included; Python reads no more than some thousand digits."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER else least - 1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(f"Unexpected `{text}`, expected a whole number from {least} to {most}")
    return number


def address(text: str) -> str:
    """Return the address of a cluster, which is not left out by an empty variable of the shell.

    >>> address("tcp://10.0.0.5:8786")
    'tcp://10.0.0.5:8786'
    """
    if not text:
        raise argparse.ArgumentTypeError("Unexpected empty address, expected tcp://HOST:PORT or tls://HOST:PORT")
    return text

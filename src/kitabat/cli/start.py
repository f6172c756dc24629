"""Where the command begins: until all of it is imported, Ctrl-C ends it without a word, and without a traceback."""

from __future__ import annotations

import signal


def run() -> None:
    """Enter from the shell."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from kitabat.cli.main import run as enter

    enter()

"""Ctrl-C, SIGTERM and SIGHUP: none is lost, and each ends the command soon, whatever it is in the middle of.

Python runs what handles a signal in the main thread, between two of its steps. A signal that comes just before that
thread begins to wait is seen when the waiting is over, which may be never; an exception that is raised in ``__del__``
is thrown away; and at the end of the process, threads are waited for. So a thread watches over what becomes of a
signal: it wakes the main thread until that has seen it, and ends the process where that takes too long.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from select import select
from types import FrameType
from typing import TYPE_CHECKING

from kitabat.model.errors import ExitCode

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

ENDS = {
    signal.SIGINT: ExitCode.INTERRUPTED,
    signal.SIGTERM: ExitCode.TERMINATED,
    signal.SIGHUP: ExitCode.HUNG_UP,
}
"""What asks a command to end, and the code that it ends with."""
PATIENCE = 3.0
"""Seconds that a command has to put things in order; then its process ends as it is, which harms nothing either."""
HASTE = 1.0
"""Seconds that it has from the first signal when there is a second."""
BETWEEN = 0.05
"""Seconds from one waking of the main thread to the next."""
WAKES = signal.SIGURG
"""Wakes the main thread from any waiting; the system ignores it where nobody asks for it."""
LEFT, DONE = 0, 255
"""What the watch is told that is no signal: the command is over, or nothing is to be watched any more."""
CURSOR = b"\x1b[?25h"
"""Shows a terminal's cursor, which a bar has hidden."""


class Interrupted(KeyboardInterrupt):
    """The user, or whoever runs the command for him, wants it to end."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.exit_code = ENDS[signal.Signals(number)]


def code_of(fault: KeyboardInterrupt) -> ExitCode:
    """Return the code that a command ends with.

    >>> code_of(Interrupted(signal.SIGTERM)), code_of(KeyboardInterrupt())
    (<ExitCode.TERMINATED: 143>, <ExitCode.INTERRUPTED: 130>)
    """
    return fault.exit_code if isinstance(fault, Interrupted) else ExitCode.INTERRUPTED


class Watch:
    """Watches over the signals of one process. A signal that it was told to ignore, as by ``nohup``, stays ignored."""

    def __init__(self, leave: Callable[[int], object] = os._exit) -> None:
        self.leave = leave
        self.number = 0
        """The first signal that came; 0 where none has."""
        self.code: int | None = None
        """What the command has ended with."""
        self._is_raised = False
        self._is_dropped = False
        self._before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
        self._unraisable = sys.unraisablehook

    def begin(self) -> None:
        """Watch from now on; the main thread alone may ask for it."""
        self._hears, self._tells = os.pipe()
        os.set_blocking(self._tells, False)
        self._main = threading.get_ident()
        self._thread = threading.Thread(target=self._stand, name="signals", daemon=True)
        self._thread.start()
        sys.unraisablehook = self._thrown_away
        signal.set_wakeup_fd(self._tells, warn_on_full_buffer=False)
        self._before[WAKES] = signal.signal(WAKES, self._woken)
        for number in ENDS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._heard)

    def end(self) -> None:
        """Let signals do again what they did before."""
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        sys.unraisablehook = self._unraisable
        os.write(self._tells, bytes([DONE]))
        self._thread.join()
        os.close(self._tells)
        os.close(self._hears)

    def over(self, code: int) -> int:
        """Note that a command has said its last word, and return its code; what is left to do may not take long.

        From now on no signal is raised any more. Where the command has failed, nothing of what it has begun is waited
        for any longer than after a signal.
        """
        self.code = code
        self._is_raised = True
        if code:
            # Python lets signals do their worst as soon as it takes itself apart; the code would be lost.
            for number in self._before.keys() & ENDS.keys():
                signal.signal(number, signal.SIG_IGN)
            os.write(self._tells, bytes([LEFT]))
        return code

    def _heard(self, number: int, _: FrameType | None) -> None:
        self.number = self.number or number
        if not self._is_raised:
            self._is_raised = True
            raise Interrupted(self.number)

    def _woken(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_dropped and self.code is None:
            self._is_dropped = False
            raise Interrupted(self.number)

    def _thrown_away(self, found: UnraisableHookArgs) -> None:
        """Note that Python has dropped what was raised: it is raised again when the main thread is woken."""
        if isinstance(found.exc_value, Interrupted):
            self._is_dropped = True
        else:
            self._unraisable(found)

    def _stand(self) -> None:
        """Wait for a signal, see that it is heard, and end the process where it does not end by itself."""
        while (told := self._next(None)) not in (*ENDS, LEFT):
            if told == DONE:
                return
        start = time.monotonic()
        end = start + PATIENCE
        self.number = self.number or told
        while time.monotonic() < end:
            signal.pthread_kill(self._main, WAKES)
            told = self._next(BETWEEN)
            if told == DONE:
                return
            if told in ENDS:
                end = min(end, start + HASTE)
        self._end()

    def _next(self, seconds: float | None) -> int | None:
        """Return what the watch is told next; None where that is nothing in this time."""
        return os.read(self._hears, 1)[0] if select([self._hears], [], [], seconds)[0] else None

    def _end(self) -> None:
        """End the process as it is; what reads its messages may have stopped reading, and is not waited for."""
        code = self.code
        words = CURSOR if os.isatty(2) else b""
        if code is None:
            code = ENDS[signal.Signals(self.number)]
            words += b"Interrupted\n"
        if os.environ.get("KITABAT_DEBUG") == "1":
            import faulthandler

            faulthandler.dump_traceback(all_threads=True)
        with suppress(OSError):
            if words and select([], [2], [], 0)[1]:
                os.write(2, words)
        _tidy()
        self.leave(code)


def _tidy() -> None:
    """Remove passing folders, if there can be any; a disk that does not answer is not waited for."""
    if scratch := sys.modules.get("kitabat.scratch"):
        tidying = threading.Thread(target=scratch.tidy, daemon=True)
        tidying.start()
        tidying.join(HASTE)

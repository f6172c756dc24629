"""Ctrl-C, SIGTERM and SIGHUP: each ends the command, at whichever moment it comes."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kitabat.cli import signals
from kitabat.cli.signals import Interrupted, Watch
from kitabat.model.errors import ExitCode

LONG = 120
COMMAND = """
import os, queue, signal, sys, threading, time
from kitabat.cli import main, rules, signals
here, never = os.getpid(), queue.SimpleQueue().get
def elsewhere(number):
    # The kernel may let any thread take a signal: the main thread's waiting is then not broken off by it.
    threading.Timer(0.2, lambda: signal.pthread_kill(threading.get_ident(), number)).start()
class Dropped:
    def __del__(self):
        os.kill(here, signal.SIGINT)
        sum(range(1000))
def command(options, console):
    {text}
rules.run = command
{before}
sys.argv[1:] = ["rules"]
main.run()
"""


def command(text: str, errors: int = subprocess.PIPE, before: str = "") -> subprocess.Popen[str]:
    """Start a command that does what the text says."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND.format(text=text, before=before)],
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


CAUSES = {
    "seen by another thread": "elsewhere(signal.SIGINT); never()",
    "seen by another thread while others are waited for": "elsewhere(signal.SIGINT); threading.Event().wait()",
    "raised where Python drops it": "Dropped(); never()",
    "swallowed": """signals.PATIENCE = 0.2
    try:
        os.kill(here, signal.SIGINT)
        never()
    except BaseException:
        never()""",
    "swallowed, and then a second": """signals.HASTE = 0.2; signals.PATIENCE = 3600
    for _ in range(2):
        try:
            os.kill(here, signal.SIGINT)
            sum(range(1000))
        except BaseException:
            pass
    never()""",
    "before a thread that never ends": """signals.PATIENCE = 0.2
    threading.Thread(target=never).start()
    os.kill(here, signal.SIGINT)""",
    "turned into another fault": """try:
        os.kill(here, signal.SIGINT)
        never()
    except KeyboardInterrupt:
        raise ImportError("broken off") from None""",
}


@pytest.mark.parametrize("cause", CAUSES)
def test_no_signal_is_lost(cause: str) -> None:
    out, err = (process := command(CAUSES[cause])).communicate(timeout=LONG)
    assert (process.returncode, out, err) == (ExitCode.INTERRUPTED, "", "Interrupted\n")


def test_where_the_process_ends_as_it_is_no_passing_folder_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    process = command(f"from kitabat import scratch; print(scratch.made())\n    {CAUSES['swallowed']}")
    out, err = process.communicate(timeout=LONG)
    assert (process.returncode, err) == (ExitCode.INTERRUPTED, "Interrupted\n")
    assert out.startswith(str(tmp_path))
    assert os.listdir(tmp_path) == []


def test_what_ends_it_is_told_by_the_code() -> None:
    for number, code in ((signal.SIGTERM, ExitCode.TERMINATED), (signal.SIGHUP, ExitCode.HUNG_UP)):
        process = command(f"elsewhere({int(number)}); never()")
        assert process.communicate(timeout=LONG) == ("", "Interrupted\n")
        assert process.returncode == code == 128 + number


def test_what_is_to_be_ignored_stays_ignored() -> None:
    nohup = "signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    process = command("os.kill(here, signal.SIGHUP); print('well'); return 0", before=nohup)
    assert process.communicate(timeout=LONG) == ("well\n", "")
    assert process.returncode == ExitCode.OK


def test_a_terminal_that_has_gone_is_told_nothing() -> None:
    here, there = pty.openpty()
    process = command("print('begun', flush=True); never()", errors=there)
    os.close(there)
    assert process.stdout
    assert process.stdout.readline() == "begun\n"
    os.close(here)
    process.send_signal(signal.SIGHUP)
    assert process.communicate(timeout=LONG)[0] == ""
    assert process.returncode == ExitCode.HUNG_UP


def test_until_all_is_imported_it_ends_without_a_word() -> None:
    script = """
import os, signal, sys
from kitabat.cli import start
class Finder:
    def find_spec(self, name, *_):
        if name == "kitabat.cli.main":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
start.run()
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, timeout=LONG, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, b"", b"")


def test_signals_do_afterwards_what_they_did_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signals, "PATIENCE", 3600)
    before = [signal.getsignal(number) for number in (*signals.ENDS, signals.WAKES)]
    watch = Watch()
    watch.begin()
    try:
        with pytest.raises(Interrupted) as raised:
            signal.raise_signal(signal.SIGTERM)
        assert raised.value.exit_code == ExitCode.TERMINATED
        assert watch.over(ExitCode.TERMINATED) == ExitCode.TERMINATED
        signal.raise_signal(signal.SIGINT)
    finally:
        watch.end()
    assert [signal.getsignal(number) for number in (*signals.ENDS, signals.WAKES)] == before
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_what_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signals, "PATIENCE", 0.0)
    ended: list[int] = []
    for code, told in ((None, ExitCode.HUNG_UP), (ExitCode.OUTPUT, ExitCode.OUTPUT)):
        watch = Watch(leave=ended.append)
        watch.begin()
        try:
            if code:
                watch.over(code)
            else:
                with pytest.raises(Interrupted):
                    signal.raise_signal(signal.SIGHUP)
        finally:
            watch._thread.join(LONG)
            watch.end()
        assert ended.pop() == told

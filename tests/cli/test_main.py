"""The command line as a whole: dispatch, exit codes, and the wall that no traceback passes."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kitabat import __version__
from kitabat.cli import main as command_line
from kitabat.cli import rules
from kitabat.cli.console import Console
from kitabat.cli.main import COMMANDS, main
from kitabat.model.errors import ExitCode

NAMES = [module.__name__.rpartition(".")[2] for module in COMMANDS]
HEAVY = {
    "weasyprint", "babel", "jinja2", "markdown_it", "rich", "yaml", "arabic_reshaper", "bidi", "fontTools", "fsspec", "paramiko",
}  # fmt: skip
MODULES = 250  # Python itself loads about 130 of them.


def entered(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kitabat.cli.main", *arguments],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        check=False,
    )


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    for module, name in zip(COMMANDS, NAMES, strict=True):
        assert name in text
        assert module.SUMMARY in text


@pytest.mark.parametrize("name", NAMES)
def test_each_commands_help_has_an_example_that_parses(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert "--project DIR" in text
    example = text.partition("example:\n")[2].strip().partition("|")[0].split()
    assert example[:2] == ["kitabat", name]
    command_line.parser().parse_args(example[1:])


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"kitabat {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"], ["publish", "--help"]])
def test_help_imports_little_and_nothing_heavy(arguments: list[str]) -> None:
    code = f"import sys; from kitabat.cli.main import main\nmain({arguments!r})\nprint('\\n' + ' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    modules = done.stdout.splitlines()[-1].split()
    assert HEAVY.isdisjoint(modules)
    assert len(modules) < MODULES


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Missing `COMMAND`"),
        (["bild"], "Unexpected `bild`, expected one of new, adopt, sync, check,"),
        (["build", "--force=1"], "Unexpected value `1` of `--force`, expected none"),
        (["build", "--jobs", "000000001999"], "Unexpected `000000001999`, expected a whole number from 1 to 256"),
        (["build", "--jobs", "0"], "Unexpected `0`, expected a whole number from 1 to 256"),
        (["build", "--formats", "pdf"], "Unexpected `--formats`"),
        (["check", "--format", "xml"], "Unexpected `xml`, expected one of text, json, github, sarif"),
        (["build", "--out"], "Missing value of `--out`"),
        (["new"], "Missing `DIR`"),
    ],
)
def test_wrong_use(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == ExitCode.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert err.startswith("error: ")
    assert "[usage/arguments]\n    hint: See `kitabat" in err


@pytest.mark.parametrize("before", [True, False])
def test_the_project_may_stand_on_either_side(before: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kitabat.toml").write_text("x = 1")
    option = ["--project", str(tmp_path)]
    assert main([*option, "status"] if before else ["status", *option]) == ExitCode.SETTINGS
    assert "kitabat.toml:1:1: error: Unexpected table or key `x`" in capsys.readouterr().err


def test_the_project_is_found_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kitabat.toml").write_text("x = 1")
    (tmp_path / "content" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "content" / "deep")
    assert main(["check"]) == ExitCode.SETTINGS
    assert "    x = 1\n    ^\n" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "status", "sync", "build"])
def test_no_project(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--project", str(tmp_path)]) == ExitCode.SETTINGS
    assert "kitabat.toml: error: Missing `kitabat.toml` [settings/missing]" in capsys.readouterr().err
    assert main([command, "--project", str(tmp_path / "none")]) == ExitCode.USAGE
    assert "[usage/project]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fault", "code", "words"),
    [
        (KeyboardInterrupt(), ExitCode.INTERRUPTED, "Interrupted"),
        (BrokenPipeError(), ExitCode.OUTPUT, ""),
        (PermissionError(13, "Permission denied", "a.md"), ExitCode.OUTPUT, "Cannot read or write `a.md`: Permission denied"),
        (ZeroDivisionError("x\ny"), ExitCode.INTERNAL, "internal fault (ZeroDivisionError: x y); please report it"),
        (RecursionError("deep"), ExitCode.INTERNAL, "internal fault (RecursionError: deep)"),
    ],
)  # fmt: skip
def test_whatever_happens_there_is_no_traceback(
    fault: BaseException,
    code: ExitCode,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_options: argparse.Namespace, _console: Console) -> ExitCode:
        raise fault

    monkeypatch.setattr(rules, "run", fail)
    assert main(["rules"]) == code
    err = capsys.readouterr().err
    assert words in err
    assert "Traceback" not in err
    assert bool(err) is bool(words)
    if words:
        monkeypatch.setenv("KITABAT_DEBUG", "1")
        main(["rules"])
        assert "Traceback" in capsys.readouterr().err


def test_a_closed_pipe_is_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "kitabat.cli.main", "rules"],
        stdout=writer,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (ExitCode.OUTPUT, b"")


def test_a_full_disk_behind_the_results_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kitabat.cli.main", "rules"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
        )
    assert done.returncode == ExitCode.OUTPUT
    assert b"Traceback" not in done.stderr
    assert b"No space left on device" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "streams", "code"),
    [
        ("rules", ">&-", ExitCode.OK),
        ("rules", "2>&-", ExitCode.OK),
        ("rules", "<&- >&- 2>&-", ExitCode.OK),
        ("check --project nowhere", ">&- 2>&-", ExitCode.USAGE),
        ("check --project nowhere", "2>/dev/full", ExitCode.USAGE),
    ],
)
def test_nobody_need_listen(tmp_path: Path, arguments: str, streams: str, code: ExitCode) -> None:
    command = f'"$0" -m kitabat.cli.main {arguments} {streams}'
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        ["sh", "-c", command, sys.executable], cwd=tmp_path, capture_output=True, env=environment, check=False
    )
    assert (done.returncode, done.stderr) == (code, b"")


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_any_locale(locale: str, tmp_path: Path) -> None:
    folder = tmp_path / "آئینہ"
    folder.mkdir()
    (folder / "kitabat.toml").write_text('[publication]\nname = "آئینہ"\nنام = 1', encoding="utf-8")
    done = entered("check", "--project", str(folder), LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == ExitCode.SETTINGS
    assert b"Traceback" not in done.stderr
    done = entered("check", "--project", str(tmp_path / "کوئی"), LC_ALL=locale, PYTHONUTF8="0")
    assert "Unexpected `" in done.stderr.decode()
    assert "کوئی" in done.stderr.decode()


def test_bytes_that_are_no_text_on_the_command_line() -> None:
    done = entered("check", "--project", os.fsdecode(b"\xff"))
    assert done.returncode == ExitCode.USAGE
    assert b"Traceback" not in done.stderr

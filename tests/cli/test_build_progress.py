"""What is said while a build goes on: a bar on a terminal, lines in a log, events for programs."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.cli.publications import CATALOG, change, digests
from tests.cli.screens import Terminal
from tests.publishing.projects import FILES, lay_out, leave_out_what_takes_long, translated
from tests.support import CHECKERS, ROOT

from kitabat.building.events import Cached, Failed, Finished, Queued, Started
from kitabat.building.exchange import exchange
from kitabat.building.ledger import NEW
from kitabat.cli.bar import Bar, shown
from kitabat.cli.console import Console
from kitabat.cli.jsonl import Lines
from kitabat.cli.main import main
from kitabat.cli.steps import Steps
from kitabat.cli.tally import Tally
from kitabat.cli.visual import width
from kitabat.model.errors import ExitCode
from kitabat.model.site import Edition
from kitabat.publishing.editions import path_of
from kitabat.publishing.events import Event, Held, Opened, Planned
from kitabat.rendering.pdf import render

EDITIONS = {
    path_of(one): one for one in (Edition(slug, tag, "pdf") for slug in ("river", "دریا") for tag in ("en", "ur"))
}
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
VALIDATE = """
const Ajv = require("ajv");
const [schema, lines] = JSON.parse(require("fs").readFileSync(0, "utf8"));
const valid = new Ajv({ allErrors: true }).compile(schema);
console.log(JSON.stringify(lines.map((line) => (valid(line) ? [] : valid.errors))));
"""


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_what_takes_long(monkeypatch)
    return translated(lay_out(tmp_path / "mirror", FILES))


def planned(tally: Tally, editions: dict[str, Edition] = EDITIONS) -> list[str]:
    tally(Planned(2, editions))
    return list(editions)


def seen(console: Console, tally: Tally, room: int) -> list[str]:
    """The lines of the bar, each within its room."""
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in Bar(console, tally).lines(room)]
    assert all(width(line) <= room for line in lines)
    return lines


@pytest.mark.parametrize("room", [24, 40, 60, 80, 120])
def test_a_bar_has_editions_done_time_left_and_what_is_made(room: int) -> None:
    clock = Clock()
    tally = Tally(clock)
    first, second, third, _ = planned(tally)
    tally(Finished(first, "x", 3.0, 60.0))
    tally(Started(second, 61.0))
    tally(Started(third, 62.0))
    clock.now = 22.0
    bar, current = seen(Console(Terminal(), Terminal(), {}), tally, room)
    assert "1 of 4" in bar
    assert ("about 40 s left" in bar) is (room >= 60)
    assert "PDF ur river"[: room - 8] in current
    assert ("PDF en" in current) is (room >= 40)


def test_a_bar_counts_articles_before_editions_are_known() -> None:
    tally = Tally(Clock())
    console = Console(Terminal(), Terminal(), {"TERM": "xterm"})
    assert seen(console, tally, 60)[0].split() == ["Reading", "─" * 40]
    for name in ("read content/a.md", "read content/b.md"):
        tally(Queued(name, NEW))
    tally(Started("read content/a.md", None))
    bar, current = seen(console, tally, 60)
    assert bar.endswith("0 of 2 articles")
    assert current == "  content/a.md"
    tally(Finished("read content/a.md", "", 0.1, None))
    assert seen(console, tally, 60)[0].endswith("1 of 2 articles")


def test_what_has_no_room_is_counted() -> None:
    tally = Tally(Clock())
    for name in planned(tally):
        tally(Started(name, None))
    assert (
        seen(Console(Terminal(), Terminal(), {}, bidi="logical"), tally, 40)[1] == "  PDF en river   PDF ur river   +2"
    )


@pytest.mark.parametrize(
    ("name", "words"),
    {
        "ur/feed.xml": "feed ur",
        "sitemap.xml": "sitemap.xml",
        "index.html": "index.html",
        "faces": "style and fonts",
        "assets/a.woff2": "a.woff2",
        "read content/a.md": "content/a.md",
        "ur/river/river-ur-booklet.pdf": "booklet ur river",
    }.items(),
)
def test_whatever_is_made_has_its_words(name: str, words: str) -> None:
    tally = Tally(Clock())
    planned(tally)
    tally(Started(name, None))
    assert seen(Console(Terminal(), Terminal(), {}), tally, 60)[1] == f"  {words}"


def test_urdu_names_are_in_the_order_that_the_terminal_needs() -> None:
    tally = Tally(Clock())
    name = planned(tally)[3]
    tally(Started(name, None))
    for environment, expected in (({"TERM": "xterm"}, "ﺎﯾﺭﺩ"), ({"VTE_VERSION": "7600"}, "دریا")):
        (_, current) = seen(Console(Terminal(), Terminal(), environment), tally, 60)
        assert expected in current


@pytest.mark.parametrize(("environment", "colours"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_bar_is_drawn_and_taken_away(environment: dict[str, str], colours: bool) -> None:
    err = Terminal()
    tally = Tally(Clock())
    with shown(Console(Terminal(), err, {"COLUMNS": "60", **environment}), tally):
        tally(Started(planned(tally)[0], 9.0))
    assert "0 of 4 editions  about 10 s left" in err.getvalue()
    assert ("\x1b[32m" in err.getvalue() or "\x1b[2m" in err.getvalue()) is colours
    assert err.getvalue().endswith(("\x1b[2K", "\x1b[?25h", "\x1b[1A\x1b[2K"))


def test_a_log_has_a_line_for_each_of_a_few_editions() -> None:
    err = io.StringIO()
    tally = Tally(Clock())
    steps = Steps(Console(io.StringIO(), err, {}), tally, Clock())
    first, second, third, fourth = planned(tally)
    for event in (
        Queued(first, NEW),
        Started(first, 1.0),
        Finished(first, "x", 62.0, 1.0),
        Cached(second, "x"),
        Failed(third, "its process died", 2.0, None),
        Finished("assets/a.woff2", "x", 1.0, None),
        Finished(fourth, "x", 0.0, 0.0),
    ):
        tally(event)
        steps(event)
    assert err.getvalue().splitlines() == [
        f"[1/4] made {first} (1 min 2 s)",
        f"[3/4] failed {third} (2.0 s)",
        f"[4/4] made {fourth} (0.1 s)",
    ]


def test_a_log_of_many_editions_has_a_line_now_and_then() -> None:
    err, clock = io.StringIO(), Clock()
    tally = Tally(clock)
    steps = Steps(Console(io.StringIO(), err, {}), tally, clock)
    names = planned(tally, {f"en/{number}/index.html": Edition(str(number), "en", "html") for number in range(1000)})
    for place, name in enumerate(names):
        clock.now += 90 if place == 10 else 0
        event: Event
        for event in (Started(name, 100.0), Finished(name, "x", 0.1, 100.0)):
            tally(event)
            steps(event)
    lines = err.getvalue().splitlines()
    assert 20 <= len(lines) <= 24
    assert lines[1].startswith("[11/1000] ")
    assert lines[-1].startswith("[1000/1000] editions")


def test_a_log_has_whole_lines_without_control_characters(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--project", str(project)]) == 0
    out, err = capsys.readouterr()
    assert not CONTROL.search(out + err)
    assert re.fullmatch(r"(\[[0-9]+/14\] made [^ ]+ \([0-9.]+ s\)\n){14}", err)
    assert re.search(
        r"^Read 2 articles, made 6 PDFs, 6 pages, 2 front pages, [0-9]+ other files in [0-9.]+ s$", out, re.M
    )
    assert main(["build", "--project", str(project)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "Made nothing anew" in out
    assert re.search(
        r"^Took from the cache: 2 articles, 6 PDFs, 6 pages, 2 front pages, [0-9]+ other files$", out, re.M
    )


def test_quiet_says_nothing_but_what_is_at_fault(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--quiet", "--project", str(project)]) == 0
    assert capsys.readouterr() == ("", "")
    change(project, {CATALOG.replace("welcome", "first"): lambda content: content + b"garbage\n"})
    assert main(["build", "--quiet", "--project", str(project)]) == ExitCode.CATALOG
    assert "[catalog/" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "is_live"),
    [({}, True), ({"CI": "true"}, False), ({"CI": "false"}, True), ({"TERM": "dumb"}, False)],
)
def test_services_and_dumb_terminals_get_lines(environment: dict[str, str], is_live: bool) -> None:
    assert Console(Terminal(), Terminal(), environment).is_live(Terminal()) is is_live
    assert not Console(Terminal(), Terminal(), environment).is_live(io.StringIO())


def test_a_build_that_waits_says_for_whom() -> None:
    err, out = io.StringIO(), io.StringIO()
    tally = Tally(Clock())
    steps, lines = Steps(Console(out, err, {}), tally, Clock()), Lines(Console(out, err, {}), tally, Clock())
    for listener in (tally, steps, lines):
        listener(Held("Process 4321"))
    assert err.getvalue() == "Waiting: Process 4321 builds into the same folder\n"
    assert seen(Console(Terminal(), Terminal(), {}), tally, 40)[0] == "Waiting: Process 4321 builds into the s…"
    assert json.loads(out.getvalue())["holder"] == "Process 4321"
    assert faults_by_schema(events(out.getvalue())) == []
    tally(Opened(Path("a"), Path("b"), 1, dry=False))
    assert seen(Console(Terminal(), Terminal(), {}), tally, 40)[0].startswith("Reading")


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def faults_by_schema(lines: Sequence[dict[str, Any]]) -> list[Any]:
    """Return what the schema in the manual finds in each line."""
    schema = json.loads((ROOT / "docs" / "build-events.schema.json").read_text(encoding="utf-8"))
    environment = {**os.environ, "NODE_PATH": str(CHECKERS)}
    done = subprocess.run(
        ("node", "-e", VALIDATE),
        input=json.dumps([schema, lines]),
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return [fault for faults in found for fault in faults]


def test_events_fit_their_schema_and_tell_all(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []

    def run(*arguments: str, code: int = 0) -> list[dict[str, Any]]:
        assert main(["build", "--json", "--project", str(project), *arguments]) == code
        out, err = capsys.readouterr()
        assert err == ""
        runs.append(events(out))
        assert runs[-1][-1]["event"] == "summary"
        assert runs[-1][-1]["exit_code"] == code
        assert sum(one["event"] == "summary" for one in runs[-1]) == 1
        return runs[-1]

    address = b'[publication]\nbase_url = "https://mirror.example/"'  # so there are feeds
    change(project, {"kitabat.toml": lambda content: content.replace(b"[publication]", address)})
    dry = run("--dry-run")
    assert dry[-1]["status"] == "dry-run"
    first = run()
    made = {one["path"]: one["sha256"] for line in first if line["event"] == "task-finished" for one in line["files"]}
    built = digests(project / "dist")
    assert made.items() <= built.items()
    assert {path for path in built.keys() - made.keys() if not path.endswith(".css")} == {"manifest.json"}
    assert first[-1]["files"] == len(built)
    assert first[-1]["made"].items() >= {"pdf": 6, "feed": 2, "sitemap": 1}.items()
    (feed,) = [line for line in first if line["event"] == "task-finished" and line["task"] == "ur/feed.xml"]
    assert (feed["kind"], feed["language"], feed["format"], feed["article"]) == ("feed", "ur", "atom", None)
    second = run()
    assert {line["event"] for line in second} == {"build-started", "build-planned", "task-cached", "summary"}
    assert {one["path"]: one["sha256"] for line in second[:-1] for one in line.get("files", ())} == made

    def fails(_: object) -> None:
        raise ValueError("دائرہ")

    monkeypatch.setattr(render, "render_pdf", fails)
    third = run("--force", "--format", "pdf", code=ExitCode.RENDERING)
    (failure, *_) = [line for line in third if line["event"] == "task-failed"]
    assert (failure["message"], failure["kind"], failure["format"]) == ("ValueError: دائرہ", "pdf", "pdf")
    assert third[-1]["failed"] == {"pdf": 6}
    assert [line["rule"] for line in third if line["event"] == "diagnostic"] == ["rendering/edition"] * 6
    (project / "kitabat.toml").write_text("[publication]\nnmae = 1\n")
    assert {"event": "diagnostic", "path": "kitabat.toml"}.items() <= run(code=ExitCode.SETTINGS)[0].items()
    run("--project", str(project / "none"), code=ExitCode.USAGE)
    assert faults_by_schema([line for one in runs for line in one]) == []
    assert len(faults_by_schema([{**first[-1], "status": "well"}, {**failure, "seconds": None}])) >= 2


def test_an_interrupt_is_told_in_a_summary(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(render, "render_pdf", interrupted)
    assert main(["build", "--json", "--project", str(project)]) == ExitCode.INTERRUPTED
    out, err = capsys.readouterr()
    assert err == ""
    assert events(out)[-1].items() >= {"status": "interrupted", "exit_code": 130, "published": False}.items()
    assert not (project / "dist").exists()


def test_an_interrupt_after_the_exchange_does_not_deny_it(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(staging: Path, place: Path) -> None:
        signal.raise_signal(signal.SIGINT)
        exchange(staging, place)

    monkeypatch.setattr("kitabat.building.output.exchange", interrupted)
    assert main(["build", "--json", "--format", "html", "--project", str(project)]) == ExitCode.INTERRUPTED
    assert events(capsys.readouterr().out)[-1].items() >= {"status": "interrupted", "published": True}.items()
    assert (project / "dist" / "manifest.json").exists()


def test_a_reader_that_goes_away_ends_the_build(project: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "kitabat.cli.main",
        "build",
        "--json",
        "--format",
        "html",
        "--project",
        str(project),
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout
        assert process.stderr
        assert json.loads(process.stdout.readline())["event"] == "build-started"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == ExitCode.OUTPUT
    assert not (project / "dist").exists()


@pytest.mark.parametrize(("encoding", "expected"), [("utf-8", "دریا"), ("cp1252", "\\u062f\\u0631\\u06cc\\u0627")])
def test_events_are_json_in_any_character_set(encoding: str, expected: str) -> None:
    raw = io.BytesIO()
    tally = Tally(Clock())
    out = io.TextIOWrapper(raw, encoding=encoding, errors="backslashreplace")
    Lines(Console(out, io.StringIO(), {}), tally, Clock())(Started(planned(tally)[3], None))
    assert expected in raw.getvalue().decode(encoding)
    assert json.loads(raw.getvalue().decode(encoding))["article"] == "دریا"

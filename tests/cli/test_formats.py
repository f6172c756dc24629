"""Findings for other programs: what their readers require of them, checked by hand and by schema."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.publications import CATALOG, change
from tests.support import CHECKERS

from kitabat.cli.files import Files
from kitabat.cli.formats import COMMANDS, as_github, as_sarif
from kitabat.cli.main import main
from kitabat.model.diagnostic import Diagnostic, Location, Severity
from kitabat.model.errors import ExitCode
from kitabat.workspace import Memory

COMMAND = re.compile(r"::(error|warning|notice) ([^:\r\n]*)::([^\r\n]*)\Z")
TEXTS = st.text(alphabet=st.sampled_from("a%,:;\r\n۔ک/ ") | st.characters(codec="utf-8"), min_size=1, max_size=12)
PLACES = st.none() | st.builds(Location, TEXTS, st.integers(0, 9), st.integers(0, 9))
FINDINGS = st.builds(
    Diagnostic,
    st.sampled_from(["catalog/code", "article/empty", "catalog/none-such"]),
    st.sampled_from(Severity),
    TEXTS,
    PLACES,
    TEXTS | st.just(""),
    st.none() | st.just(Location("content/a.md", 7)),
)


def read_back(text: str) -> str:
    """Unescape as the runner of workflows does, the sign of escapes last."""
    for escape, sign in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(escape, sign)
    return text


@given(FINDINGS)
def test_a_workflow_command_reads_back(found: Diagnostic) -> None:
    (line,) = as_github([found])
    command = COMMAND.match(line)
    assert command
    assert command[1] == COMMANDS[found.severity]
    properties = dict(pair.split("=", 1) for pair in command[2].split(","))
    assert read_back(properties["title"]) == found.rule
    assert read_back(properties.get("file", "")) == (found.location.path if found.location else "")
    about = "Article: content/a.md:7" if found.about else ""
    assert read_back(command[3]) == "\n".join(part for part in (found.message, about, found.hint) if part)


VALIDATE = """
const Ajv = require("ajv");
const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const valid = new Ajv({ allErrors: true, schemaId: "auto", meta: false, validateSchema: false })
    .addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"))
    .addMetaSchema(require("ajv/lib/refs/json-schema-draft-07.json"))
    .compile(schema);
const logs = JSON.parse(require("fs").readFileSync(0, "utf8"));
console.log(JSON.stringify(logs.map((log) => (valid(log) ? [] : valid.errors))));
"""


def faults_by_schema(*logs: object) -> list[Any]:
    """Return what the schema of SARIF 2.1.0 finds in each log."""
    command = ("node", "-e", VALIDATE)
    environment = {**os.environ, "NODE_PATH": str(CHECKERS)}
    done = subprocess.run(command, input=json.dumps(logs), capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    faults: list[Any] = json.loads(done.stdout)
    return faults


def test_logs_fit_the_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = (None, Location("a b,c%:د.po"), Location("a.po", 3), Location("a.po", 3, 9))
    found = [
        Diagnostic(rule, severity, 'a "b"\n😀', place, hint, about)
        for rule in ("catalog/code", "catalog/none-such")
        for severity in Severity
        for place in places
        for hint in ("", "Do")
        for about in (None, Location("content/a.md", 7))
    ]
    project = tmp_path / "aaina"
    assert main(["new", str(project)]) == 0
    change(project, {CATALOG: lambda content: content.replace("خوش آمدید".encode(), "**خوش \u0643".encode(), 1)})
    capsys.readouterr()
    assert main(["check", "--format", "sarif", "--project", str(project)]) == ExitCode.FINDINGS
    real = json.loads(capsys.readouterr().out)
    assert faults_by_schema(as_sarif(found), as_sarif([]), real) == [[], [], []]
    wrong: Any = as_sarif(found)
    wrong["runs"][0]["results"][0]["level"] = "fatal"
    assert faults_by_schema(wrong) != [[]]


def assert_sarif(log: Any) -> None:
    """Assert what the schema of SARIF 2.1.0 requires of the properties that are used."""
    assert log.keys() <= {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    driver = run["tool"]["driver"]
    assert driver["name"]
    assert re.fullmatch(r"\d+\.\d+\.\d+(\S*)", driver["semanticVersion"])
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    for result in run["results"]:
        assert result.keys() <= {"ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations"}
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert isinstance(result["message"]["text"], str)
        for related in result.get("relatedLocations", ()):
            assert related["id"] >= 0
            assert related["message"]["text"]
        for location in (*result.get("locations", ()), *result.get("relatedLocations", ())):
            physical = location["physicalLocation"]
            assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", physical["artifactLocation"]["uri"])
            region = physical.get("region", {"startLine": 1})
            assert region.keys() <= {"startLine", "startColumn", "endColumn"}
            assert region["startLine"] >= 1
            assert region.get("startColumn", 1) >= 1
            assert region.get("endColumn", 1 << 30) >= region.get("startColumn", 1)


@given(st.lists(FINDINGS, max_size=4))
def test_sarif(found: list[Diagnostic]) -> None:
    log: Any = as_sarif(found)
    assert_sarif(json.loads(json.dumps(log)))
    results = log["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == [one.rule for one in found]
    for one, result in zip(found, results, strict=True):
        if one.location:
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            assert unquote(uri) == one.location.path


def test_the_command_prints_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "aaina"
    assert main(["new", str(project)]) == 0
    change(project, {CATALOG: lambda content: content.replace("خوش آمدید".encode(), "**خوش".encode(), 1)})
    capsys.readouterr()
    assert main(["check", "--format", "sarif", "--project", str(project)]) == ExitCode.FINDINGS
    out, err = capsys.readouterr()
    log = json.loads(out)
    assert_sarif(log)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["catalog/markup"]
    assert main(["check", "--format", "github", "--project", str(project)]) == ExitCode.FINDINGS
    out, err = capsys.readouterr()
    assert err == ""
    (line,) = out.splitlines()
    assert line.startswith(f"::error file={CATALOG},line=")
    assert ",title=catalog/markup::Unexpected `**` that opens or closes nothing" in line


def region(line: str, column: int) -> Any:
    found = Diagnostic("catalog/code", Severity.WARNING, "Text", Location("a.po", 2, column))
    log: Any = as_sarif([found], Files(Memory({"a.po": f"first\r\n{line}\r\n"})))
    return log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]


@pytest.mark.parametrize(
    ("line", "column", "start", "end"),
    [
        ("abc", 2, 2, 3),
        ("abc", 4, 4, 4),
        ("😀کتاب", 2, 3, 4),
        ("x😀", 2, 2, 4),
        ("مُحب", 1, 1, 3),
        ("e\u0301😀\ufe0fz", 3, 3, 6),
        ("e\u0301😀\ufe0fz", 5, 6, 7),
    ],
)
def test_regions_are_of_utf_16(line: str, column: int, start: int, end: int) -> None:
    assert region(line, column) == {"startLine": 2, "startColumn": start, "endColumn": end}


def test_a_column_that_is_not_there_stays_as_it_is() -> None:
    assert region("abc", 9) == {"startLine": 2, "startColumn": 9}
    assert region("abc", 0) == {"startLine": 2}


@given(st.text("a😀ک\u064b𐭀 ", min_size=1), st.data())
def test_a_region_reads_back_as_a_program_would_read_it(line: str, data: st.DataObject) -> None:
    column = data.draw(st.integers(1, len(line)))
    found = region(line, column)
    units = line.encode("utf-16-le")
    text = units[2 * found["startColumn"] - 2 : 2 * found["endColumn"] - 2].decode("utf-16-le")
    assert line.startswith(text, column - 1)
    assert text


def test_workflow_commands_have_the_same_columns() -> None:
    found = Diagnostic("catalog/code", Severity.WARNING, "Text", Location("a.po", 1, 3))
    assert "line=1,col=4," in next(as_github([found], Files(Memory({"a.po": "x😀y"}))))


def test_a_name_that_is_no_text_is_an_address_all_the_same() -> None:
    found = Diagnostic("article/file", Severity.ERROR, "Text", Location("content/\udcff.md"))
    log: Any = as_sarif([found])
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/%FF.md"


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_settings_at_fault_are_told_in_the_format(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kitabat.toml").write_text('[publication]\nname = "A"\nlanguages = 3\n', "utf-8")
    assert main(["check", "--format", form, "--project", str(tmp_path)]) == ExitCode.SETTINGS
    out, err = capsys.readouterr()
    assert err == ""
    if form == "json":
        assert {fault["rule"].partition("/")[0] for fault in json.loads(out)["diagnostics"]} == {"settings"}
    elif form == "sarif":
        assert_sarif(json.loads(out))
        assert "settings/type" in {result["ruleId"] for result in json.loads(out)["runs"][0]["results"]}
    else:
        assert all(line.startswith("::error file=kitabat.toml,line=") for line in out.splitlines())


@pytest.mark.parametrize("more", [["nonesuch"], ["--diff"], ["--project", "/nonexistent/at/all"]])
def test_wrong_use_is_told_in_the_format(more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "aaina"
    assert main(["new", str(project)]) == 0
    capsys.readouterr()
    assert main(["check", "--format", "json", "--project", str(project), *more]) == ExitCode.USAGE
    out, err = capsys.readouterr()
    (fault,) = json.loads(out)["diagnostics"]
    assert (fault["rule"].partition("/")[0], err) == ("usage", "")


def test_files_that_cannot_be_read_are_told_in_the_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "aaina"
    assert main(["new", str(project)]) == 0
    (project / "content/welcome.md").unlink()
    (project / "content").rmdir()
    (project / "content").symlink_to("content")
    capsys.readouterr()
    assert main(["check", "--format", "json", "--project", str(project)]) not in (0, ExitCode.INTERNAL)
    assert json.loads(capsys.readouterr().out)["diagnostics"]

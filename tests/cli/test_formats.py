"""Findings for other programs: what their readers require of them, checked by hand."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.publications import CATALOG, change

from kitabat.cli.formats import COMMANDS, as_github, as_sarif
from kitabat.cli.main import main
from kitabat.model.diagnostic import Diagnostic, Location, Severity
from kitabat.model.errors import ExitCode

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


def assert_sarif(log: Any) -> None:
    """Assert what the schema of SARIF 2.1.0 requires of the properties that are used."""
    assert log.keys() <= {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
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
            assert region.keys() <= {"startLine", "startColumn"}
            assert region["startLine"] >= 1
            assert region.get("startColumn", 1) >= 1


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

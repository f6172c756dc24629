"""The generated pages, and the table that one of them prints: neither may lag behind the sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kitabat
from kitabat.checks.tables import ALL_RULES
from kitabat.cli import manual
from kitabat.cli.faults import FAULTS
from kitabat.cli.main import main
from kitabat.model.errors import EXIT_CODE_OF_FAMILY, ExitCode

SOURCES = Path(kitabat.__file__).parent
NAME = re.compile(rf'"((?:{"|".join(EXIT_CODE_OF_FAMILY)})/[a-z][a-z0-9-]*)"')


def test_the_pages_are_written(tmp_path: Path) -> None:
    assert manual.main([str(tmp_path)]) == 0
    checks = (tmp_path / "checks.md").read_text("utf-8")
    errors = (tmp_path / "errors.md").read_text("utf-8")
    for rule in ALL_RULES:
        assert f"### {rule.name}\n\n{rule.manual.what}" in checks
        assert rule.manual.faulty in checks
    for code in ExitCode:
        assert f"| {code.value} |" in errors
    for name, words in FAULTS.items():
        assert f"| `{name}` | {words} |" in errors
    assert manual.main([]) == ExitCode.USAGE


def test_every_fault_that_the_sources_name_is_documented() -> None:
    known = {rule.name for rule in ALL_RULES} | FAULTS.keys()
    named = {
        name: path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.py")
        for name in NAME.findall(path.read_text("utf-8"))
    }
    assert {name: path for name, path in named.items() if name not in known} == {}


def test_nothing_is_documented_that_is_not_there() -> None:
    text = "".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py") if path.name != "faults.py")
    for name in FAULTS:
        assert f'"{name}"' in text or f'"{name.partition("/")[2]}"' in text, name
    assert FAULTS.keys().isdisjoint(rule.name for rule in ALL_RULES)


def test_rules_lists_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == sorted([rule.name, rule.severity.value] for rule in ALL_RULES)

"""Each check's manual page, run: the clean example is clean, the faulty one says exactly what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.checks.examples import po_subject, source_subject

import kitabat.checks
from kitabat.checks.rule import Rule, example_file
from kitabat.checks.runner import check_catalog, check_source
from kitabat.checks.subject import CatalogSubject, SourceSubject
from kitabat.checks.tables import ALL_RULES, CATALOG_RULES, SOURCE_RULES


@pytest.mark.parametrize("rule", SOURCE_RULES, ids=lambda rule: rule.name)
def test_source_rule(rule: Rule[SourceSubject]) -> None:
    manual = rule.manual
    assert [str(found) for found in check_source(source_subject(example_file(manual.clean)))] == []
    found = [fault for fault in check_source(source_subject(example_file(manual.faulty))) if fault.rule == rule.name]
    assert all(fault.hint for fault in found)
    assert [str(fault) for fault in found] == manual.report.splitlines()


@pytest.mark.parametrize("rule", CATALOG_RULES, ids=lambda rule: rule.name)
def test_catalog_rule(rule: Rule[CatalogSubject]) -> None:
    manual = rule.manual
    assert [str(found) for found in check_catalog(po_subject(example_file(manual.clean)))] == []
    found = [fault for fault in check_catalog(po_subject(example_file(manual.faulty))) if fault.rule == rule.name]
    assert all(fault.hint for fault in found)
    assert sorted(map(str, found)) == sorted(manual.report.splitlines())


def test_every_check_is_in_the_table_once() -> None:
    names = [rule.name for rule in ALL_RULES]
    assert len(names) == len(set(names))
    folder = Path(kitabat.checks.__file__).parent
    files = [path for kind in ("source", "catalog") for path in (folder / kind).glob("[!_]*.py")]
    assert len(files) == len(names)
    assert {re.findall(r'RULE = Rule\("([^"]+)"', path.read_text("utf-8"))[0] for path in files} == set(names)


def test_manual_pages_are_whole() -> None:
    for rule in ALL_RULES:
        manual = rule.manual
        assert manual.what.endswith(".")
        assert manual.why
        assert manual.report.strip()

"""Every check on real catalogs: the Urdu, Persian and Arabic .po files of well-known packages."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from tests.corpus.fetch import CORPUS

from kitabat.catalogs.places import locator
from kitabat.catalogs.translate import read_catalog
from kitabat.checks.of_builds import LET_THROUGH_IN_PART, OF_BUILDS
from kitabat.checks.runner import check_catalog
from kitabat.checks.subject import catalog_subject
from kitabat.checks.tables import CATALOG_RULES
from kitabat.cli.formats import as_github, as_json, as_sarif
from kitabat.model.article import Article, FrontMatter
from kitabat.model.diagnostic import Diagnostic, Severity
from kitabat.model.message import Message
from kitabat.workspace import Disk

FILES = sorted(CORPUS.rglob("*.po"))
NAMES = [path.relative_to(CORPUS).as_posix() for path in FILES]


def findings(path: Path) -> tuple[Diagnostic, ...]:
    disk, tag = Disk(path.parent), next(part for part in reversed(path.parts) if part[:2] in {"ar", "fa", "ur"})
    catalog = read_catalog(disk, tag.replace("_", "-"), path.name).value
    assert catalog is not None
    messages = tuple(Message(key) for key in catalog.translations if key.source)
    article = Article("a", "a.md", FrontMatter("A", "en"), (), (), messages=messages)
    return check_catalog(catalog_subject(article, catalog, locator(disk, path.name)))


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_real_catalogs_are_checked_and_every_finding_has_its_place(path: Path) -> None:
    found = findings(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    for fault in found:
        assert fault.location is not None
        assert 1 <= fault.location.line <= len(lines)
        assert 1 <= fault.location.column <= len(lines[fault.location.line - 1]) + 1
    assert len(json.dumps([as_json(found), as_sarif(found), *as_github(found)])) > len(found)


def test_what_real_translators_wrote_is_hardly_ever_called_broken() -> None:
    """In 13,000 translations, most of them with markup, placeholders and numbers, these checks are to find next to nothing."""
    rules = Counter(fault.rule for path in FILES for fault in findings(path))
    few = (
        "html",
        "markup",
        "placeholder",
        "number",
        "address",
        "balance",
        "length",
        "invisible",
        "link",
        "consistency",
    )
    assert all(rules[f"catalog/{name}"] <= 10 for name in few), rules


def test_builds_run_the_checks_that_find_errors_and_those_that_tell_what_they_let_through() -> None:
    due = [one for one in CATALOG_RULES if one.severity is Severity.ERROR or one.name in LET_THROUGH_IN_PART]
    assert list(OF_BUILDS) == due

"""Each publication of tests/golden/ comes out as its goldens say: pages, catalogs, and what is told on the way."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.goldens import Case, cases, differences
from tests.support import kitabat

FIXED = {"SOURCE_DATE_EPOCH": "1767225600", "COLUMNS": "120", "NO_COLOR": "1", "TZ": "UTC"}
"""The first second of 2026, and a plain terminal."""


def published(arguments: list[str], project: Path) -> CompletedProcess[str]:
    return kitabat(*arguments, cwd=project, **FIXED)


@pytest.mark.slow
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.folder.name)
def test_a_publication_gives_its_goldens(case: Case, tmp_path: Path, update_golden: bool) -> None:
    made = case.run(published, tmp_path / "project")
    if update_golden:
        case.update(made)
    assert "".join(differences(case.expected, made)) == ""

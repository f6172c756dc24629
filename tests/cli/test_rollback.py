"""`kitabat rollback`: which output is there afterwards, and what is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.publishing.projects import lay_out, leave_out_what_takes_long

from kitabat.building.output import OutputFolder
from kitabat.cli.main import main
from kitabat.model.errors import ExitCode

SETTINGS = '[publication]\nname = { en = "Mirror" }\nlanguages = ["en"]\ndefault_language = "en"\n[build]\nkeep = 2\n'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A publication that was built three times."""
    leave_out_what_takes_long(monkeypatch)
    for number in range(3):
        lay_out(
            tmp_path,
            {"kitabat.toml": SETTINGS, "content/a.md": f"---\ntitle: The {number}th\nsource: en\n---\n\nA text.\n"},
        )
        assert main(["build", "--project", str(tmp_path), "--format", "html", "--jobs", "1"]) == 0
    capsys.readouterr()
    return tmp_path


def shown(root: Path) -> str:
    return (root / "dist/en/a/index.html").read_text("utf-8").partition("The ")[2][:3]


def test_the_last_output_comes_back_and_the_same_again_undoes_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = []
    for steps in ("1", "1", "2", "2"):
        assert main(["rollback", "--project", str(root), "--steps", steps]) == 0
        found.append(shown(root))
    assert found == ["1th", "2th", "0th", "2th"]
    assert capsys.readouterr().out == f"Brought a former output back into {root / 'dist'}\n" * 4


def test_what_is_not_kept_does_not_come_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rollback", "--project", str(root), "--steps", "3"]) == ExitCode.OUTPUT
    assert "Unexpected `--steps 3`, expected at most 2, the number of outputs kept" in capsys.readouterr().err
    assert main(["build", "--project", str(root), "--keep", "0", "--quiet"]) == 0
    assert main(["rollback", "--project", str(root)]) == ExitCode.OUTPUT
    assert "Missing former output: none is kept" in capsys.readouterr().err
    assert shown(root) == "2th"


def test_whoever_must_wait_is_told_for_whom(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = OutputFolder.locked

    def waiting(folder: OutputFolder, wait: object) -> object:
        assert callable(wait)
        wait("Process 4321")
        return locked(folder)

    monkeypatch.setattr(OutputFolder, "locked", waiting)
    assert main(["rollback", "--project", str(root)]) == 0
    assert "Waiting: Process 4321 builds into the same folder\n" in capsys.readouterr().err

"""`kitabat check`: what it says, of which articles, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.publications import ARTICLE, CATALOG, change

from kitabat.cli.main import main
from kitabat.model.errors import ExitCode

OTHER = b"---\ntitle: Other\nsource: en\n---\n\nSee [it](none.md).\n"


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["new", str(tmp_path / "aaina")]) == 0
    capsys.readouterr()
    return tmp_path / "aaina"


def test_findings_are_in_the_order_of_files_and_lines(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {"content/other.md": lambda _: OTHER, "content/third.md": lambda _: b"text"})
    assert main(["check", "--project", str(project)]) == ExitCode.FINDINGS
    out, err = capsys.readouterr()
    told = [line for line in err.splitlines() if not line.startswith((" ", "Spelling is not checked"))]
    assert [line.split(" ")[0].rstrip(":") for line in told] == [
        "content/other.md:6:10",
        "content/third.md:1:1",
        "locales/ur/LC_MESSAGES/other.po",
    ]
    assert out == "Checked 2 articles: 2 errors, 1 warning\n"


def test_one_article_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {"content/other.md": lambda _: OTHER, "content/third.md": lambda _: b"text"})
    assert main(["check", "welcome", "--project", str(project)]) == 0
    assert capsys.readouterr().out == "Checked 1 article: nothing found\n"
    assert main(["check", "third", "--project", str(project)]) == ExitCode.FINDINGS
    assert "content/other.md" not in capsys.readouterr().err
    assert main(["check", "wellcome", "--project", str(project)]) == ExitCode.USAGE
    assert "hint: Write one of: welcome" in capsys.readouterr().err


def test_json(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {CATALOG: lambda content: content.replace("خوش آمدید".encode(), "**خوش".encode(), 1)})
    assert main(["check", "--format", "json", "--project", str(project)]) == ExitCode.FINDINGS
    out, err = capsys.readouterr()
    assert err == ""
    (fault,) = json.loads(out)["diagnostics"]
    assert fault["article"] == {"path": ARTICLE, "line": 2}
    assert (fault["path"], fault["severity"], fault["rule"], fault["column"]) == (CATALOG, "error", "catalog/markup", 9)
    assert "**خوش" in out


def test_a_note_is_no_finding(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    emphasised = "**کبھی ضائع نہیں ہوتا**"
    change(project, {CATALOG: lambda content: content.replace(emphasised.encode(), emphasised.strip("*").encode())})
    assert main(["check", "--project", str(project)]) == 0
    assert "1 note" in capsys.readouterr().out


def test_a_translation_that_is_missing_is_told_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(project, {ARTICLE: lambda content: content + b"\nOne more.\n\nTwo more.\n"})
    assert main(["sync", "--project", str(project)]) == 0
    capsys.readouterr()
    assert main(["check", "--project", str(project)]) == ExitCode.FINDINGS
    out, err = capsys.readouterr()
    assert "Missing translations of 2 of 14 messages [catalog/untranslated]" in err
    assert out == "Checked 1 article: 1 warning\n"


def test_a_fault_deep_in_a_wrapped_translation_has_its_own_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project, {CATALOG: lambda content: content.replace("ضائع نہیں ہوتا**".encode(), "ضائع نہیں ہوتا".encode())})
    assert main(["check", "--project", str(project)]) == ExitCode.FINDINGS
    err = capsys.readouterr().err
    line = next(
        number for number, text in enumerate((project / CATALOG).read_text("utf-8").splitlines(), 1) if "**کبھی" in text
    )
    assert f"{CATALOG}:{line}:" in err
    assert "⟪*⟫ begins **کبھی" in err


def test_pdfs_are_read_back(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proofs = str(tmp_path / "proofs")
    build = ["build", "--format", "pdf", "--language", "ur", "--jobs", "1", "--out", proofs, "--project", str(project)]
    assert main([*build, "--verify"]) == 0
    capsys.readouterr()
    assert main(["check", "--pdf", "--out", proofs, "--project", str(project)]) == ExitCode.FINDINGS
    assert "-en.pdf`: cannot be read" in capsys.readouterr().err
    for edition in ("en", "bilingual"):
        (tmp_path / "proofs" / edition / "welcome").mkdir(parents=True)
        (tmp_path / "proofs" / edition / "welcome" / f"welcome-{edition}.pdf").write_bytes(b"no PDF")
    change(project, {CATALOG: lambda content: content.replace("خوش آمدید".encode(), "کتابت آمدید".encode(), 1)})
    assert main(["check", "--pdf", "--out", proofs, "--format", "json", "--project", str(project)]) == ExitCode.FINDINGS
    found = [one for one in json.loads(capsys.readouterr().out)["diagnostics"] if one["rule"] == "rendering/pdf-text"]
    assert any(
        "`ur/welcome/welcome-ur.pdf`, page 1, line" in one["message"] and "کتابت" in one["message"] for one in found
    )
    assert sum("cannot be read" in one["message"] for one in found) == 2

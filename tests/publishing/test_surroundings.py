"""What checks look at beside one catalog: the glossary, the other catalogs, the templates' words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.publications import CATALOG, change

from kitabat.cli.main import main
from kitabat.model.errors import ExitCode

GLOSSARY = "locales/glossary.csv"
WORDS = "locales/ur/LC_MESSAGES/kitabat.po"
HEADER = 'msgid ""\nmsgstr "Language: ur\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["new", str(tmp_path / "aaina")]) == 0
    capsys.readouterr()
    return tmp_path / "aaina"


def found(project: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    code = main(["check", *arguments, "--project", str(project)])
    told = capsys.readouterr().err.splitlines()
    lines = [line for line in told if not line.startswith((" ", "Spelling is not checked"))]
    assert code == (ExitCode.FINDINGS if any(": note: " not in line for line in lines) else ExitCode.OK)
    return lines


def write(project: Path, path: str, text: str) -> None:
    (project / path).parent.mkdir(parents=True, exist_ok=True)
    (project / path).write_text(text, "utf-8")


def test_the_glossary(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, GLOSSARY, "source,urdu,forbidden\nWelcome,مرحبا,خوش آمدید\n,x\n")
    first, *_, last = found(project, capsys)
    assert first == f"{GLOSSARY}:3: warning: Missing `source` in the row [catalog/glossary-file]"
    assert "Unexpected `خوش آمدید`, expected `مرحبا` for `Welcome` [catalog/glossary]" in last


def test_a_silence_of_a_check_that_builds_do_not_run(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, GLOSSARY, "source,urdu,forbidden\nWelcome,مرحبا,خوش آمدید\n")
    faults = len(found(project, capsys))
    silence = b"# kitabat: ignore catalog/glossary\n"
    change(project, {CATALOG: lambda content: content.replace(b"#. title", silence + b"#. title", 1)})
    assert len(found(project, capsys)) == faults - 1


def test_a_glossary_that_cannot_be_read(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / GLOSSARY).mkdir(parents=True)
    (line,) = found(project, capsys)
    assert line.startswith(f"{GLOSSARY}: warning: Cannot read: ")


def test_the_templates_words(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plural = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s دن"\nmsgstr[1] ""\n'
    write(project, WORDS, HEADER + plural + '\nmsgid "Are you there?"\nmsgstr "کیا آپ ہیں۔"\n')
    lines = found(project, capsys)
    assert [line.rpartition("[")[2] for line in lines] == [
        "catalog/plural]",
        "catalog/untranslated]",
        "catalog/plural-form]",
        "catalog/ending]",
    ]
    assert lines[2].startswith(f"{WORDS}:7:12: ")
    assert found(project, capsys, "welcome") == []
    write(project, WORDS, HEADER + 'msgid "x\n')
    assert [line.partition(": ")[0] for line in found(project, capsys)] == [f"{WORDS}:4:9"]


def test_two_articles_that_translate_one_text_in_two_ways(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "---\ntitle: {}\nsource: en\nauthor: The same desk\n---\n\nText\n"
    entry = 'msgctxt "@front"\nmsgid "The same desk"\nmsgstr "{}"\n\nmsgctxt "@lead"\nmsgid "Text"\nmsgstr "متن"\n\n'
    for name, words in (("one", "وہی ادارہ"), ("two", "وہی دفتر")):
        write(project, f"content/{name}.md", text.format(name))
        title = f'msgctxt "@front"\nmsgid "{name}"\nmsgstr "نام"\n'
        write(project, f"locales/ur/LC_MESSAGES/{name}.po", HEADER + entry.format(words) + title)
    (line,) = found(project, capsys)
    assert line == (
        "locales/ur/LC_MESSAGES/two.po:6:9: note: Unexpected second translation of `The same desk`, "
        "expected the one of locales/ur/LC_MESSAGES/one.po:6:9 [catalog/consistency]"
    )

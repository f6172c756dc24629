"""What a build after the first does not do: files that it does not open, modules that it does not import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.publishing.projects import built, lay_out, leave_out_what_takes_long, translated

from kitabat.building import inventory
from kitabat.catalogs.paths import po_path

COUNTED = """
import os, sys
root = os.path.realpath(sys.argv[1])
told = os.open(sys.argv[2], os.O_WRONLY | os.O_APPEND)
def hook(event, details):
    if event == "open" and isinstance(details[0], (str, bytes)):
        path = os.path.realpath(os.fsdecode(details[0]))
        if path.startswith(root + os.sep):
            os.write(told, f"open {os.path.relpath(path, root)}\\n".encode())
    elif event == "import":
        os.write(told, f"import {details[0]}\\n".encode())
sys.addaudithook(hook)
from kitabat.cli.main import main
sys.exit(main(["build", "--project", root]))
"""
STARTS_PROCESSES = {"multiprocessing", "concurrent.futures.process"}
MAKES_FONTS = {"fontTools", "uharfbuzz", "brotli"}
MAKES_PDFS = {"weasyprint", "pydyf", "kitabat.publishing.pdf_edition", "kitabat.rendering.pdf.render"}
CHECKS_SOURCES = {"kitabat.checks.source", "hunspell"}
READS = {"markdown_it", "yaml", "kitabat.articles.read", "kitabat.catalogs.po_file", "kitabat.model.article"}
SETS = {"jinja2", "babel", "kitabat.publishing.studio", "kitabat.rendering.templates", "kitabat.publishing.foundry"}
KNOWS_PACKAGES = {"importlib.metadata", "email", "zipfile"}


class Work(NamedTuple):
    """What a build took in hand, in its own process or by its double."""

    said: str
    opened: set[str]
    modules: set[str]

    def below(self, folder: str) -> set[str]:
        return {path for path in self.opened if path.startswith(f"{folder}/")}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    leave_out_what_takes_long(monkeypatch)
    root = translated(lay_out(tmp_path / "aaina"))
    (root / "kitabat.toml").write_text((root / "kitabat.toml").read_text() + '[build]\nformats = ["html"]\n')
    built(root)
    return root


def work(root: Path) -> Work:
    told = root.with_name("told")
    told.write_bytes(b"")
    command = [sys.executable, "-c", COUNTED, str(root), str(told)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, set[str]] = {"open": set(), "import": set()}
    for line in told.read_text("utf-8").splitlines():
        event, _, what = line.partition(" ")
        found[event].add(what)
    return Work(done.stdout, found["open"], found["import"])


@pytest.fixture
def settled(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The publication as it is where nobody works on it: its files are older than the last build."""
    monkeypatch.setattr(inventory, "SETTLED", -1)
    built(root)
    return root


def test_a_build_without_work_opens_no_article_and_no_page(settled: Path) -> None:
    root = settled
    done = work(root)
    assert "made" not in done.said
    assert done.below("content") | done.below("locales") == set()
    assert done.below("dist") == {"dist/manifest.json"}
    idle = STARTS_PROCESSES | MAKES_FONTS | MAKES_PDFS | CHECKS_SOURCES | READS | SETS | KNOWS_PACKAGES
    assert done.modules & idle == set()


def test_a_build_without_work_writes_nothing(settled: Path) -> None:
    root = settled
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*") if path.is_file() and path.suffix != ".lock"}
    work(root)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_one_message_has_one_article_read_and_no_process_started(settled: Path) -> None:
    root = settled
    place = root / po_path("first", "ur")
    place.write_text(place.read_text("utf-8").replace("حاشیہ", "نوٹ"), "utf-8")
    done = work(root)
    assert "Read 1 article, made 2 " in done.said
    assert done.below("content") == {"content/first.md", "content/first/square.svg"}
    assert done.below("locales") == {po_path("first", "ur"), po_path("first", "en")}
    assert {path for path in done.below("dist") if path != "dist/manifest.json"} == set()
    assert done.modules >= {"markdown_it", "jinja2"}
    assert done.modules & (STARTS_PROCESSES | MAKES_FONTS | MAKES_PDFS | KNOWS_PACKAGES) == set()


def test_a_build_that_gives_its_work_to_others_can_do_without_what_they_need() -> None:
    parts = ("build", "foundry", "making", "order", "survey")
    code = f"import sys, {', '.join(f'kitabat.publishing.{name}' for name in parts)}\nprint(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert {"markdown_it", "jinja2", "kitabat.publishing.studio", "kitabat.rendering.templates"}.isdisjoint(found)

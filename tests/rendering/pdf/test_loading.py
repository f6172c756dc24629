"""What WeasyPrint finds around it while it is imported, and what is left of that."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.rendering.pdf.test_render import job

from kitabat.rendering.pdf.render import render_pdf

PROGRAMS = """
import sys
started = []
sys.addaudithook(lambda event, what: started.append(what[0]) if event == "subprocess.Popen" else None)
from kitabat.rendering.pdf import render
render.load()
print(started)
"""


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "mine")
    render_pdf(job("<p>اور", binds_right=True))
    assert os.environ["FONTCONFIG_FILE"] == "mine"


def test_to_find_libraries_no_program_is_started(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", PROGRAMS], env=environment, capture_output=True, check=True)
    assert done.stdout == b"[]\n"
    assert os.listdir(tmp_path) == []

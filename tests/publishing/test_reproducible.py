"""The same input gives the same PDFs, byte for byte: in any process, folder and order of work."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
from tests.publishing.projects import lay_out, translated, tree
from tests.support import kitabat

THEN = "1763856000"


def pdfs(folder: Path, **environment: str) -> dict[str, bytes]:
    """Build the PDFs of a publication by the command, in processes of its own, and return them by path."""
    jobs = environment.pop("jobs")
    report = kitabat("build", "--format", "pdf", "--jobs", jobs, cwd=folder, SOURCE_DATE_EPOCH=THEN, **environment)
    assert report.returncode == 0, report.stderr
    return {path: content for path, content in tree(folder / "dist").items() if path.endswith(".pdf")}


def test_processes_folders_and_workers_make_no_difference(tmp_path: Path) -> None:
    one = pdfs(translated(lay_out(tmp_path / "one")), PYTHONHASHSEED="1", jobs="1")
    other = translated(lay_out(tmp_path / "deep" / "er" / "دوسری جگہ"))
    two = pdfs(other, PYTHONHASHSEED="2", jobs="2", TZ="Asia/Karachi", LC_ALL="C")
    assert len(one) == 6
    assert one == two
    identifiers = set()
    for content in one.values():
        with pikepdf.open(io.BytesIO(content)) as pdf:
            identifiers.add(bytes(pdf.trailer.ID[0]))
            names = [str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()]
            assert len(names) == len(set(names))
    assert len(identifiers) == len(one)

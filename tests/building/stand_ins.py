"""Imported by the workers of a test's cluster: fonts and PDFs that take no time, and PDFs that end their worker.

In the folder that the variable names, ``hold`` makes one PDF wait until somebody ends its worker, which it names in
``begun``; ``poison`` and ``endless`` name a PDF that ends its worker, or does not end itself.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

from kitabat.publishing import foundry
from kitabat.rendering.pdf import render
from kitabat.rendering.pdf.render import PdfJob, PdfResult

VARIABLE = "KITABAT_TEST_MARKS"


def subset(content: bytes, characters: str) -> bytes:
    return content[:64] + characters.encode()


def render_pdf(job: PdfJob) -> PdfResult:
    pictures = b"".join(content for content, _ in job.pictures.values())
    fonts = b"".join(Path(file).read_bytes()[:64] for _, file in job.fonts)
    return PdfResult(job.html.encode() + pictures + fonts, ())


def render_in_a_worker(job: PdfJob) -> PdfResult:
    marks = Path(os.environ[VARIABLE])
    if (marks / "hold").exists():
        own = marks / f"{os.getpid()}.part"
        own.write_text(str(os.getpid()))
        with suppress(FileExistsError):
            os.link(own, marks / "begun")
            time.sleep(120)
    if (marks / "poison").exists() and job.name == (marks / "poison").read_text():
        os._exit(1)
    if (marks / "endless").exists() and job.name == (marks / "endless").read_text():
        time.sleep(120)
    return render_pdf(job)


if VARIABLE in os.environ:
    setattr(foundry, "subset", subset)  # noqa: B010 - to mypy a name that a module has imported is not its own
    render.render_pdf = render_in_a_worker

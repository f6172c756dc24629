"""Small publications on disk, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kitabat.articles.read import read_articles
from kitabat.building.executor import Crew
from kitabat.building.task import perform
from kitabat.catalogs.paths import po_path
from kitabat.catalogs.po_file import PoFile
from kitabat.catalogs.sync import sync
from kitabat.language.registry import LANGUAGES
from kitabat.publishing import foundry
from kitabat.publishing.build import BuildReport, BuildRequest, build
from kitabat.rendering.pdf import render
from kitabat.rendering.pdf.render import PdfResult
from kitabat.workspace import Disk


def leave_out_what_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no fonts, no real PDFs and no processes: for tests that ask which files there are."""
    monkeypatch.setattr(foundry, "subset", lambda *_: b"font")
    monkeypatch.setattr(render, "render_pdf", lambda job: PdfResult(job.html.encode(), ()))
    in_this_process(monkeypatch)


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start no workers, which would not see what a test has put in the place of something."""
    monkeypatch.setattr(Crew, "results", lambda _, tasks: map(perform, tasks))


SETTINGS = """
[publication]
name = { en = "Mirror", ur = "آئینہ" }
languages = ["en", "ur"]
default_language = "en"
"""
ENGLISH = """---
title: The *first* story
summary: About one thing
author: The desk
date: 2026-11-20
source: en
tags: [news]
---

A lead with [the other](second.md#dusra) and [a site](https://example.org/).

## Part one {#part}

Text with a note[^1] and [a way back](#part).

| Year | Event |
|---|---|
| 1945 | Division |

![A square](first/square.svg "A caption")

[^1]: The note.
"""
URDU = """---
title: دوسری خبر
date: 2026-11-21
source: ur
---

یہ New York Times کی خبر ہے۔

## دوسرا حصہ {#dusra}

متن یہاں ہے۔
"""
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>\n'
FILES = {
    "kitabat.toml": SETTINGS,
    "content/first.md": ENGLISH,
    "content/first/square.svg": SQUARE,
    "content/second.md": URDU,
}
IN_URDU = {
    "The *first* story": "پہلی *خبر*",
    "About one thing": "ایک بات کے بارے میں",
    "The desk": "ادارہ",
    "news": "خبریں",
    "A lead with [the other](second.md#dusra) and [a site](https://example.org/).": (
        "ابتدا میں [دوسری](second.md#dusra) اور [ایک سائٹ](https://example.org/)۔"
    ),
    "Part one": "پہلا حصہ",
    "Text with a note[^1] and [a way back](#part).": "متن مع حاشیہ[^1] اور [واپسی کا راستہ](#part)۔",
    "Year": "سال",
    "Event": "واقعہ",
    "1945": "۱۹۴۵",
    "Division": "تقسیم",
    "A square": "ایک مربع",
    "A caption": "ایک عنوان",
    "The note.": "حاشیہ۔",
}
IN_ENGLISH = {
    "دوسری خبر": "The second story",
    "یہ New York Times کی خبر ہے۔": "This is from the New York Times.",
    "دوسرا حصہ": "Second part",
    "متن یہاں ہے۔": "The text is here.",
}


def lay_out(folder: Path, files: Mapping[str, str | bytes] = FILES) -> Path:
    """Write the files of a publication, and return its folder."""
    for name, text in files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def translated(folder: Path, *texts: Mapping[str, str]) -> Path:
    """Bring a publication's catalogs up to date and fill in what is known."""
    disk = Disk(folder)
    articles = read_articles(disk, tuple(LANGUAGES), "en").value
    sync(disk, articles, {tag: row.plural_forms for tag, row in LANGUAGES.items()})
    known = {source: text for one in texts or (IN_URDU, IN_ENGLISH) for source, text in one.items()}
    for article in articles:
        for tag in LANGUAGES:
            if tag != article.front.source:
                path = po_path(article.slug, tag)
                file = PoFile.parse(disk.read(path), path).value
                assert file is not None
                entries = [
                    file.changed(entry, msgstr=(known[entry.msgid],)) if entry.msgid in known else entry
                    for entry in file.all
                ]
                disk.write(path, file.with_entries(entries).content())
    return folder


def built(folder: Path, **request: object) -> BuildReport:
    """Build a publication in this process."""
    return build(BuildRequest(folder, **{"jobs": 1, **request}), lambda *_: None)  # type: ignore[arg-type]


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }

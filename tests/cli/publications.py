"""Publications made by `kitabat new`, changed, built, and compared with what they were."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path

ARTICLE = "content/welcome.md"
CATALOG = "locales/ur/LC_MESSAGES/welcome.po"
SETTINGS = "kitabat.toml"

Change = Callable[[bytes], bytes]


def change(project: Path, changes: Mapping[str, Change]) -> None:
    for path, made in changes.items():
        place = project / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(made(place.read_bytes() if place.exists() else b""))


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder, by its path; a missing folder has none."""
    return {
        place.relative_to(folder).as_posix(): hashlib.sha256(place.read_bytes()).hexdigest()
        for place in sorted(folder.rglob("*"))
        if place.is_file()
    }


def sources(project: Path) -> dict[str, str]:
    return {path: digest for path, digest in digests(project).items() if not path.startswith(("dist/", ".kitabat/"))}


def kitabat(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kitabat.cli.main", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment},
        check=False,
    )


class Page(HTMLParser):
    """What of a page could do harm, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def harm(self) -> list[str]:
        found = []
        for tag, attributes in self.tags:
            if tag in {"script", "iframe", "object", "embed", "base"}:
                found.append(tag)
            for name, value in attributes.items():
                bare = "".join(value.split()).lower()
                if name.startswith("on") or name in {"srcdoc", "style"}:
                    found.append(f"{tag} {name}")
                if name in {"href", "src", "action", "formaction"} and bare.startswith(
                    ("javascript:", "data:", "file:", "vbscript:")
                ):
                    found.append(f"{tag} {name}={value}")
        return found


def pages(project: Path) -> dict[str, Page]:
    dist = project / "dist"
    return {place.relative_to(dist).as_posix(): Page(place.read_text("utf-8")) for place in dist.rglob("*.html")}

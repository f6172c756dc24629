"""Outputs to be published: folders with a manifest, made from a few lines, whose pages name what they need."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from kitabat.delivery.address import Address, address
from kitabat.delivery.publish import PublishReport, PublishRequest, publish

NEEDS = "needs:"

Files = Mapping[str, str]


def page(*needs: str, text: str = "") -> str:
    """A page, or a list of pages; what it needs must be there before it is."""
    return f"{text}\n{NEEDS}{' '.join(needs)}"


def needs(content: bytes) -> list[str]:
    return [name for line in content.decode().split("\n") if line.startswith(NEEDS) for name in line[6:].split()]


SITE: Files = {
    "assets/map.png": "map",
    "assets/style.css": "style",
    "en/a/index.html": page("assets/style.css", "assets/map.png"),
    "en/index.html": page("en/a/index.html", "assets/style.css"),
    "index.html": page("en/index.html", "ur/index.html"),
    "ur/a/a-ur.pdf": "pdf",
    "ur/a/index.html": page("assets/style.css", "ur/a/a-ur.pdf"),
    "ur/index.html": page("ur/a/index.html", "assets/style.css"),
}
CHANGED: Files = {
    "assets/map.png": "map",
    "assets/new.css": "style 2",
    "en/a/index.html": page("assets/new.css", "assets/map.png", text="changed"),
    "en/b/index.html": page("assets/new.css"),
    "en/index.html": page("en/a/index.html", "en/b/index.html"),
    "index.html": page("en/index.html"),
}


def output(folder: Path, files: Files) -> Path:
    """Write an output as a build would, in the place of the former one."""
    shutil.rmtree(folder, ignore_errors=True)
    entries = {}
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        entries[path] = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "sources": []}
        if path.count("/") == 2:
            entries[path] |= {"article": path.split("/")[1]}
    manifest = json.dumps({"generator": "kitabat", "files": entries}, indent=1, sort_keys=True)
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(manifest)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {place.relative_to(folder).as_posix(): place.read_bytes() for place in folder.rglob("*") if place.is_file()}


def published(dist: Path, target: str | Address, **more: object) -> PublishReport:
    """Publish an output; the state lies beside it."""
    where = address(target) if isinstance(target, str) else target
    request = PublishRequest(dist, "dist", where, dist.parent / ".kitabat", **more)  # type: ignore[arg-type]  # as given
    return publish(request, lambda done, total, name: None)

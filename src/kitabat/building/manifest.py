"""What an output says of itself in ``manifest.json``: its files, the digest of each, and what each was made from."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from kitabat.model.site import OutputFile
from kitabat.recording import digest_of

MANIFEST = "manifest.json"
GENERATOR = "kitabat"


def manifest_in(folder: Path, *, is_ours: bool = False) -> Mapping[str, Any]:
    """Return the manifest that a build has written into a folder; empty where there is none.

    ``is_ours`` spares a look at every entry where it is known to stand there as a build has put it.
    """
    try:
        found = msgspec.json.decode((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if is_ours or _is_manifest(found) else {}


def _is_manifest(found: object) -> bool:
    """Tell whether this is what a build has written: anybody may have changed the file since."""
    if not isinstance(found, dict) or found.get("generator") != GENERATOR:
        return False
    files = found.get("files", {})
    return isinstance(files, dict) and all(_is_entry(path, entry) for path, entry in files.items())


def _is_entry(path: str, entry: object) -> bool:
    is_inside = posixpath.normpath(path) == path and not path.startswith(("/", "../")) and path not in {".", ".."}
    sources = entry.get("sources", []) if isinstance(entry, dict) else None
    return is_inside and isinstance(sources, list) and all(isinstance(source, str) for source in sources)


def entry(file: OutputFile, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the manifest says of a file."""
    edition = file.edition
    return {
        "sha256": file.digest or digest_of(file.content),
        **({"format": edition.format} if edition else {}),
        **({"language": edition.language} if edition and edition.language else {}),
        **({"article": edition.slug} if edition and edition.slug else {}),
        **facts,
        "sources": sorted(set(file.sources)),
    }


def written(entries: Mapping[str, Any]) -> bytes:
    """Return a manifest's bytes, the same for the same entries."""
    text = msgspec.json.encode({"generator": GENERATOR, "files": entries}, order="sorted")
    return msgspec.json.format(text, indent=1) + b"\n"

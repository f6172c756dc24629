"""What a worker on another machine must have as this one has it, or what it makes may differ by a byte."""

from __future__ import annotations

import functools
import importlib.metadata
import platform
import zlib
from collections.abc import Iterable

from kitabat import __version__, resources
from kitabat.publishing.inputs import LIBRARIES, SHARED_LIBRARIES, shared_version
from kitabat.recording import digest_of
from kitabat.workspace import Disk

KINDS = {"html": ("html", "fonts"), "pdf": ("pdf",)}
"""Kinds of libraries, by what is built; see ``LIBRARIES``."""
CALLED = {
    "weasyprint": "WeasyPrint",
    "pango-1.0": "Pango",
    "harfbuzz": "HarfBuzz",
    "harfbuzz-subset": "HarfBuzz (subset)",
}
DATA = ("templates", "fonts")
"""Folders that travel with the package, beside the templates' words."""


@functools.cache
def outfit(formats: tuple[str, ...], *, verify: bool = False) -> dict[str, str]:
    """Return versions by name, of all that may show in what is built; empty ones are of what is missing."""
    kinds = [kind for name in formats for kind in KINDS[name]]
    packages = dict.fromkeys(name for kind in kinds for name in LIBRARIES[kind])
    if verify:
        packages["pypdfium2"] = None
    shared = dict.fromkeys(name for kind in kinds for name in SHARED_LIBRARIES.get(kind, ()))
    return {
        "kitabat": __version__,
        "Python": platform.python_version(),
        **{CALLED.get(name, name): shared_version(name) for name in shared},
        **{CALLED.get(name, name): _version(name) for name in packages},
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "processor": platform.machine(),
        "the files of kitabat": own_files(),
    }


@functools.cache
def own_files() -> str:
    """Return a short digest of the toolkit's source, templates, fonts and words: a checkout may have others.

    Of the files as they were when they were asked for first, as is what this process has read of them.
    """
    toolkit, package = Disk(resources.root()), Disk(resources.PACKAGE)
    words = [path for path in toolkit.list("locales", "/kitabat.po") if path.count("/") == 3]
    paths = sorted([*words, *(path for folder in DATA for path in toolkit.list(folder))])
    found = [*_digests(toolkit, paths), *_digests(package, package.list(".", ".py"))]
    return digest_of("\n".join(found).encode())[:12]


def _digests(disk: Disk, paths: Iterable[str]) -> list[str]:
    return [f"{path} {digest_of(disk.read(path))}" for path in paths]


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""

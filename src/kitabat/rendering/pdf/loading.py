"""What WeasyPrint finds around it while it is imported: the toolkit's fonts alone, and no compiler."""

from __future__ import annotations

import contextlib
import ctypes.util
import os
import sys
from collections.abc import Iterator
from xml.sax.saxutils import escape

from kitabat import resources, scratch


@contextlib.contextmanager
def own_fonts_only() -> Iterator[None]:
    """Point Fontconfig to the toolkit's fonts alone: what it reads when WeasyPrint asks for its configuration.

    The variable is put back at once, so that no other program that this process starts sees it.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    with scratch.passing() as folder:
        file = folder / "fonts.conf"
        fonts, cache = escape(str(resources.root() / "fonts")), escape(str(folder / "cache"))
        file.write_text(
            f'<?xml version="1.0"?><fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>\n',
            encoding="utf-8",
        )
        os.environ["FONTCONFIG_FILE"] = str(file)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


@contextlib.contextmanager
def no_compiler() -> Iterator[None]:
    """Have libraries opened by the names that Linux gives them, which WeasyPrint tries too.

    For those of other systems, which it tries first, Python would run a compiler and a linker, twenty times in all:
    a third of a second, and files in the temporary folder where it is ended meanwhile.
    """
    before = ctypes.util.find_library
    if sys.platform.startswith("linux"):
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 - as it is called
    try:
        yield
    finally:
        ctypes.util.find_library = before

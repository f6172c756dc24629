"""Imported by the server that PDF workers are forked from: WeasyPrint is then loaded once for all of them."""

from __future__ import annotations

from kitabat.rendering.pdf.render import load

load()

"""What pages are set with, whatever stands on them: the fonts, and the templates' words.

Nothing here imports the Markdown parser or Jinja: a build's own process asks for these, and gives the rest to workers.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kitabat.catalogs.paths import TEMPLATE_DOMAIN, po_path
from kitabat.catalogs.words import Words, read_words
from kitabat.config import SiteConfig
from kitabat.language.dates import long_date
from kitabat.model.diagnostic import has_errors
from kitabat.model.errors import PublishingError
from kitabat.rendering.fonts import FACES, FOLDER, NAMES, read_face
from kitabat.workspace import Disk, Workspace

if TYPE_CHECKING:
    from kitabat.rendering.leading import Font

URDU = "ur"
PRINT_SCHEME = "kitabat:"
"""Of the addresses that documents for print give to pictures and fonts; the PDF renderer loads no others."""


def words_in(project: Workspace, toolkit: Workspace, tag: str) -> Words:
    """Return the templates' words in a language: the toolkit's, below the publication's own."""
    path = po_path(TEMPLATE_DOMAIN, tag)
    workspaces = [workspace for workspace in dict.fromkeys((project, toolkit)) if workspace.exists(path)]
    outcome = _words(tuple((path, workspace.read(path)) for workspace in workspaces))
    if has_errors(outcome.diagnostics):
        raise PublishingError(*outcome.diagnostics)
    return outcome.value


_words = functools.lru_cache(maxsize=8)(read_words)
"""The same catalogs are asked for by who makes fonts, by who makes pages, and by workers that get ready for that."""


def home_of(project: Disk, toolkit: Disk, path: str) -> Disk:
    """Return where a font is from: a publication's own goes before the toolkit's."""
    return project if project.exists(path) else toolkit


def urdu_fonts(project: Disk, toolkit: Disk, config: SiteConfig) -> tuple[Font, ...]:
    """Return the fonts of Urdu, to be measured; none where the settings give a line height."""
    if not config.measures_urdu:
        return ()
    from kitabat.rendering.leading import Font

    faces = [face for face in FACES if face.family == NAMES[config.language[URDU].font]]
    return tuple(Font(read_face(home_of(project, toolkit, f"{FOLDER}/{face.path}"), face)) for face in faces)


def frame_texts(config: SiteConfig, urdu: Words) -> Iterator[str]:
    """Yield what stands around articles in Urdu."""
    if URDU not in config.languages:
        return
    yield from (config.name_in(URDU), config.tagline_in(URDU))
    yield from (form for word in urdu.known.values() for form in word.forms)
    yield from (long_date(dt.date(2000, month, 1), URDU, "urdu") for month in range(1, 13))

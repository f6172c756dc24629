"""The dictionaries that a publication's words are looked up in, and why there are none for a language."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kitabat.config import SiteConfig
from kitabat.language.spelling import NONE, Dictionary, Hunspell, Speller, dictionaries, has_library
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, warning
from kitabat.workspace import Disk, Workspace

OWN = "locales/dictionaries"
REMARK = "#"


class Spelling(NamedTuple):
    """By language, what knows its words; and the languages whose spelling is not checked, with what would mend it."""

    spellers: Mapping[str, Speller]
    unchecked: Mapping[str, str]


def word_list(tag: str) -> str:
    """Return the path of a publication's own words in a language.

    >>> word_list("ur")
    'locales/words.ur.txt'
    """
    return f"locales/words.{tag}.txt"


def spelling(disk: Disk, config: SiteConfig) -> Outcome[Spelling]:
    """Return the spellers of a publication's languages, and what is wrong with its lists of words."""
    spellers: dict[str, Speller] = {}
    unchecked: dict[str, str] = {}
    diagnostics: list[Diagnostic] = []
    own = tuple(_own(disk))
    for tag in config.languages:
        asked = config.language[tag].dictionary
        if asked == NONE:
            continue
        found = dictionaries(tag, asked, own)
        if not has_library():
            unchecked[tag] = "install `kitabat[spelling]` with pip"
        elif not found:
            name = asked or tag
            unchecked[tag] = f"install Hunspell’s dictionary {name}, or put {name}.aff and {name}.dic into {OWN}/"
        else:
            words = read_words(disk, word_list(tag))
            diagnostics += words.diagnostics
            spellers[tag] = Hunspell(found, words.value, word_list(tag))
    return Outcome(Spelling(spellers, unchecked), tuple(diagnostics))


def _own(disk: Disk) -> Iterator[Dictionary]:
    """Yield the publication's own dictionaries; links out of the project are none."""
    try:
        paths = disk.list(OWN, ".aff")
    except OSError:
        return
    for path in paths:
        stem = path.removesuffix(".aff")
        if disk.exists(path) and disk.exists(f"{stem}.dic"):
            yield Dictionary(str(disk.real(posixpath.dirname(path))), posixpath.basename(stem))


def read_words(workspace: Workspace, path: str) -> Outcome[tuple[str, ...]]:
    """Return the words of a list, one a line; none where there is no list, or it cannot be read."""
    try:
        text = workspace.read(path).decode("utf-8-sig")
    except FileNotFoundError:
        return Outcome(())
    except UnicodeDecodeError as fault:
        message = f"Unexpected byte 0x{fault.object[fault.start]:02X}, expected UTF-8"
        line = fault.object[: fault.start].count(b"\n") + 1
        hint = "Save the file as UTF-8 in your editor; none of its words is used until then"
        return Outcome((), (warning("catalog/words-file", message, Location(path, line), hint),))
    except OSError as fault:
        message = f"Cannot read: {fault.strerror or 'it is not in the project'}"
        hint = "Make it a file of the project that may be read"
        return Outcome((), (warning("catalog/words-file", message, Location(path), hint),))
    lines = (line.partition(REMARK)[0].strip() for line in text.splitlines())
    return Outcome(tuple(line for line in lines if line))

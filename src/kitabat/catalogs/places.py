"""Where a character of a translation stands in its .po file."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from kitabat.catalogs.po_entry import PoEntry, Ruler
from kitabat.catalogs.po_file import PoFile
from kitabat.model.diagnostic import Location
from kitabat.model.message import MessageKey
from kitabat.workspace import Workspace


def locator(workspace: Workspace, path: str) -> Callable[[MessageKey, int], Location | None]:
    r"""Return what finds the line and column of a character of a translation, by its offset in the text.

    The file is read when the first place is asked for: most catalogs are without a fault. A translation is measured
    once, however many places in it are asked for. A message that the file does not have is nowhere.

    >>> from kitabat.workspace import Memory
    >>> find = locator(Memory({"a.po": 'msgctxt "s"\nmsgid "b"\nmsgstr ""\n"one\\n"\n"two"\n'}), "a.po")
    >>> find(MessageKey("s", "b"), 4)
    Location(path='a.po', line=5, column=2)
    """

    @cache
    def entries() -> dict[tuple[str, str], PoEntry]:
        try:
            file = PoFile.parse(workspace.read(path), path, to_write=False).value
        except OSError:
            return {}
        return {(entry.msgctxt or "", entry.msgid): entry for entry in file.entries} if file else {}

    @cache
    def ruler(key: MessageKey) -> Ruler | None:
        entry = entries().get(key)
        return Ruler(entry, "msgstr") if entry else None

    def find(key: MessageKey, offset: int) -> Location | None:
        found = ruler(key)
        return Location(path, *found.place(offset)) if found else None

    return find

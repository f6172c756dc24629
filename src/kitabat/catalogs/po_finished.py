"""Catalogs that are finished and written as editors and gettext's tools write them, read in one pass.

Most catalogs of a publication are, and each build from nothing reads all of them. Any other is read entry by entry.
"""

from __future__ import annotations

from kitabat.catalogs.po_lexer import FOLD
from kitabat.catalogs.po_whole import ENTRY, first_character, joined
from kitabat.model.diagnostic import Location
from kitabat.model.message import MessageKey, Translation, TranslationState

COLUMN = len('msgstr "') + 1
"""Where a text of one string begins."""
UNFINISHED = ("#~", "#|", FOLD)
"""What no finished catalog has: obsolete entries and former sources; and lines that a backslash joins."""
SAID = ("fuzzy", "kitabat:")
"""What may stand in comments and is heeded."""


def finished(text: str, path: str) -> tuple[str, dict[MessageKey, Translation]] | None:
    r"""Return the header of a catalog and its translations; None where anything in it wants a closer look.

    >>> header = 'msgid ""\nmsgstr "Language: ur\\n"\n'
    >>> _, found = finished(header + '\nmsgctxt "s"\nmsgid "one"\nmsgstr "ایک"\n', "a.po")
    >>> found[MessageKey("s", "one")].text, str(found[MessageKey("s", "one")].location)
    ('ایک', 'a.po:6:9')
    >>> finished(header + '#, fuzzy\nmsgid "one"\nmsgstr "ایک"\n', "a.po")
    """
    if any(mark in text for mark in UNFINISHED):
        return None
    header, offset, line, seen, count = "", 0, 1, 0, 0
    found: dict[MessageKey, Translation] = {}
    for match in ENTRY.finditer(text):
        if match.start() != offset:
            return None
        offset = match.end()
        comments, context, source, target = match.groups()
        if comments and any(word in comments for word in SAID):
            return None
        begin = match.start(4)
        line, seen = line + text.count("\n", seen, begin), begin
        msgid, msgstr = joined(source), joined(target)
        if not count:
            header = msgstr
            if msgid or context is not None:
                return None
        elif not msgid or _breaks_unlike(msgid, msgstr):
            return None
        else:
            place = (line, COLUMN) if target[:2] != '""' or target == '""' else first_character(target, line)
            state = TranslationState.TRANSLATED if msgstr.strip() else TranslationState.UNTRANSLATED
            key = MessageKey(joined(context) if context else "", msgid)
            found[key] = Translation(msgstr, state, location=Location(path, *place))
        count += 1
    is_whole = not text[offset:].strip("\n") and len(found) == count - 1
    return (header, found) if is_whole else None


def _breaks_unlike(msgid: str, msgstr: str) -> bool:
    """Tell whether a translation begins or ends with a line feed and its source does not, or the other way round."""
    if "\n" not in msgid and "\n" not in msgstr:
        return False
    is_like = msgid.startswith("\n") == msgstr.startswith("\n") and msgid.endswith("\n") == msgstr.endswith("\n")
    return bool(msgstr) and not is_like

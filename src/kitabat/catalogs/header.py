"""The header entry of catalogs: made new, or one field of it replaced."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from kitabat.catalogs import po_writer
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PoFile

CREATED = "POT-Creation-Date"
REVISED = "PO-Revision-Date"
TRANSLATOR = "Last-Translator"
NEVER = "YEAR-MO-DA HO:MI+ZONE"
"""What gettext has for a date that nobody has set."""
NOBODY = frozenset({"full name", "automatically generated"})
"""Names that tools put in a person's place, in lower case."""
TEMPLATE_FIELDS = {
    "Project-Id-Version": "{domain}",
    CREATED: "{created}",
    REVISED: NEVER,
    TRANSLATOR: "",
    "Language-Team": "",
    "Language": "{language}",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}
"""In gettext's order; ``msgfmt --check`` asks for each."""
CATALOG_FIELDS = {**TEMPLATE_FIELDS, "Plural-Forms": "{plural_forms}"}


def stamp(time: datetime.datetime) -> str:
    """Return a time as catalogs write it.

    >>> stamp(datetime.datetime(2026, 1, 31, 9, 5, tzinfo=datetime.UTC))
    '2026-01-31 09:05+0000'
    """
    return time.strftime("%Y-%m-%d %H:%M%z")


def moment(text: str) -> datetime.datetime | None:
    """Return the time that a header gives, in whichever of the two usual ways; None for anything else.

    The first and the last year that Python knows are none: they have no time in another zone, and programs write
    ``0001-01-01`` where they know no date.

    >>> moment("2026-01-31 09:05+0500").isoformat(), moment("2026-01-31T04:05:00Z").isoformat(), moment(NEVER)
    ('2026-01-31T09:05:00+05:00', '2026-01-31T04:05:00+00:00', None)
    """
    try:
        time = datetime.datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if not datetime.MINYEAR < time.year < datetime.MAXYEAR:
        return None
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)


def person(text: str) -> str:
    """Return the name in a header such as Last-Translator, without the address; empty where it names nobody.

    >>> person("Ayesha Khan <ayesha@aaina.example>"), person("FULL NAME <EMAIL@ADDRESS>"), person("a@b.example")
    ('Ayesha Khan', '', '')
    """
    name = " ".join(text.partition("<")[0].strip(" \t\"'").split())
    return "" if "@" in name or name.casefold() in NOBODY else name


def template_header(domain: str, created: str) -> PoEntry:
    """Return the header of a new .pot."""
    return _entry(TEMPLATE_FIELDS, domain=domain, created=created, language="")


def catalog_header(domain: str, created: str, language: str, plural_forms: str) -> PoEntry:
    """Return the header of a new .po; its tag is written as gettext has it (``ur_PK``)."""
    tag = language.replace("-", "_")
    return _entry(CATALOG_FIELDS, domain=domain, created=created, language=tag, plural_forms=plural_forms)


def _entry(fields: dict[str, str], **values: str) -> PoEntry:
    text = "".join(f"{name}: {value.format(**values)}\n" for name, value in fields.items())
    return PoEntry("", (text,))


def with_field(file: PoFile, entry: PoEntry, name: str, value: str) -> PoEntry:
    """Return a header entry with another value in one field; every other line stays as it is, whoever wrote it."""
    start = f'"{name}:'
    line = re.compile(rf'^{re.escape(start)}[^"\\\n]*\\n"', re.MULTILINE | re.IGNORECASE)
    old = re.compile(rf"^{re.escape(name)}:.*\n?", re.MULTILINE | re.IGNORECASE)
    field = f"{name}: {value}\n"
    text = entry.msgstr[0]
    new = old.sub(lambda _: field, text, count=1) if old.search(text) else text + field
    if new == text:
        return entry
    changed = file.changed(entry, msgstr=(new, *entry.msgstr[1:]))
    raw, count = line.subn(lambda _: f'"{po_writer.escaped(field)}"', entry.text)
    if count != 1 or not old.search(text):
        return changed
    return replace(changed, text=raw)

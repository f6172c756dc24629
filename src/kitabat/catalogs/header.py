"""The header entry of catalogs: made new, or one field of it replaced."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from kitabat.catalogs import po_writer
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PoFile

CREATED = "POT-Creation-Date"
NEVER = "YEAR-MO-DA HO:MI+ZONE"
"""What gettext has for a date that nobody has set."""
TEMPLATE_FIELDS = {
    "Project-Id-Version": "{domain}",
    CREATED: "{created}",
    "PO-Revision-Date": NEVER,
    "Last-Translator": "",
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

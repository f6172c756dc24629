"""The bytes of a .po file to text and back, in the character set that its header names."""

from __future__ import annotations

import codecs
import functools
import re

import msgspec

from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error, warning

HEADER = re.compile(rb'^msgid[ \t]*""\s*^msgstr(?:\[0\])?[ \t]*((?:"(?:[^"\\\n]|\\.)*"\s*)+)', re.MULTILINE)
CHARSET = re.compile(rb"charset=([^\s\\\"]*)")
CHARSET_NAME = re.compile(r"charset=\S*")
UTF_8 = "utf-8"
WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
ASCII = bytes(range(0x20, 0x7F))
NOT_SETS = frozenset(("unicode_escape", "unicode-escape", "raw_unicode_escape", "raw-unicode-escape", "utf-8-sig"))
"""Codecs of Python that read ASCII as it is and are no character sets."""
LONE_RETURNS = re.compile(r'(?:[^\r\n]*\r(?=[ \t]*(?:["#\r]|msg|domain|\Z)))+[^\r\n]*\Z')
"""Lines that end in carriage returns alone, as an old Mac wrote them, each followed by the beginning of another."""
SAVE_AS_UTF_8 = "Save the file as UTF-8 and write `charset=UTF-8` in its header"


class Decoded(msgspec.Struct, frozen=True):
    """Text of a file, and what it takes to make the same bytes of it again."""

    text: str
    codec: str
    """Python's name of the character set."""
    bom: bool
    returns: bool = False
    """Lines end in carriage returns alone in the file; in ``text`` they are line feeds."""


def decode(content: bytes, path: str) -> Outcome[Decoded | None]:
    r"""Decode a file; None and an error where its bytes are not what its header says.

    >>> decode(b'msgid "a"\nmsgstr "\xd8\xa7"\n', "a.po").value.text
    'msgid "a"\nmsgstr "ا"\n'
    """
    if content.startswith(WIDE_MARKS) or b"\0" in content[:4]:
        return Outcome(
            None, (error("catalog/charset", "Unexpected UTF-16, expected UTF-8", Location(path, 1, 1), SAVE_AS_UTF_8),)
        )
    bom = content.startswith(codecs.BOM_UTF8)
    body = content[len(codecs.BOM_UTF8) :] if bom else content
    codec, remarks = _codec(body, path, bom=bom)
    try:
        text = body.decode(codec)
        if codec != UTF_8 and text.encode(codec) != body:
            message = f"Unexpected character set `{codec}`, which does not give the same bytes again; expected `UTF-8`"
            return Outcome(None, (*remarks, error("catalog/charset", message, Location(path, 1), SAVE_AS_UTF_8)))
    except UnicodeDecodeError as fault:
        return Outcome(None, (*remarks, _bad_byte(body, fault, codec, path)))
    if "\0" in text:
        place = _location(path, text[: text.index("\0")])
        hint = "Delete the NUL character; a catalog is plain text"
        return Outcome(None, (*remarks, error("catalog/charset", "Unexpected NUL, expected text", place, hint)))
    returns = "\r" in text and LONE_RETURNS.match(text) is not None
    return Outcome(Decoded(text.replace("\r", "\n") if returns else text, codec, bom, returns), remarks)


def encode(text: str, codec: str, *, bom: bool, returns: bool = False) -> bytes:
    """Return the file's bytes; raises UnicodeEncodeError where the character set lacks a character."""
    lines = text.replace("\n", "\r") if returns else text
    return (codecs.BOM_UTF8 if bom else b"") + lines.encode(codec)


def _codec(body: bytes, path: str, *, bom: bool) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the codec to read with; UTF-8 where the header names none that could be meant."""
    body = _with_line_feeds(body)
    header = HEADER.search(body)
    if header is None:
        return UTF_8, ()
    found = CHARSET.search(header[1])
    line = body.count(b"\n", 0, header.start(1) + (found.start() if found else 0)) + 1
    name = found[1].decode("latin-1") if found else ""
    codec = _known(name)
    if codec == UTF_8:
        return codec, ()
    named = f"Unexpected character set `{name}`" if name else "Missing character set"
    if codec is None:
        remark = f"{named}, expected `UTF-8`; read as UTF-8"
    elif bom or (codec != "ascii" and not body.isascii() and _is_utf_8(body)):
        remark = f"{named} in a file that is UTF-8; read as UTF-8"
    else:
        return codec, ()
    hint = "Write `Content-Type: text/plain; charset=UTF-8` in the header"
    return UTF_8, (warning("catalog/charset", remark, Location(path, line), hint),)


def _with_line_feeds(body: bytes) -> bytes:
    """Return the bytes with lines that can be counted; offsets are the same."""
    return body if b"\n" in body else body.replace(b"\r", b"\n")


@functools.lru_cache(maxsize=16)
def _known(name: str) -> str | None:
    """Return Python's name of a character set that has ASCII in its usual place."""
    try:
        info = codecs.lookup(name)
        if info.name in NOT_SETS:
            return None
        return info.name if ASCII.decode(name) == ASCII.decode("ascii") else None
    except (LookupError, UnicodeError, ValueError):
        return None


def _is_utf_8(body: bytes) -> bool:
    try:
        body.decode(UTF_8)
    except UnicodeDecodeError:
        return False
    return True


def _bad_byte(body: bytes, fault: UnicodeDecodeError, codec: str, path: str) -> Diagnostic:
    before = _with_line_feeds(body)[: fault.start].decode(codec, "replace")
    byte = body[fault.start]
    name = codecs.lookup(codec).name.upper()
    return error(
        "catalog/charset", f"Unexpected byte `0x{byte:02X}`, expected {name}", _location(path, before), SAVE_AS_UTF_8
    )


def _location(path: str, before: str) -> Location:
    return Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))

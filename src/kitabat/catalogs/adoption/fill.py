"""The pairs of two articles, written into a catalog: certain ones as translations, the others fuzzy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kitabat.catalogs.adoption.align import Match
from kitabat.catalogs.adoption.carried import Carrier
from kitabat.catalogs.extract import UNWRITABLE
from kitabat.catalogs.pieces import parted
from kitabat.catalogs.po_entry import FUZZY, PoEntry
from kitabat.catalogs.po_file import PoFile
from kitabat.model.message import MessageKey

TWICE = "its source stands more than once and is translated in more than one way"


class Offer(NamedTuple):
    """What is to be the translation of a message."""

    text: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """A catalog with what was offered to it."""

    file: PoFile
    certain: int = 0
    fuzzy: int = 0
    kept: int = 0
    """Offered, but somebody has written a translation before, fuzzy or not; it stays."""
    untranslated: int = 0
    """Neither has one."""


def offers(matches: Iterable[Match], carrier: Carrier) -> tuple[dict[MessageKey, Offer], tuple[Match, ...]]:
    """Return what to offer to each message, and the matches with the doubts that have come up on the way."""
    found: dict[MessageKey, Offer] = {}
    told = []
    for match in matches:
        if not match.is_pair:
            told.append(match)
            continue
        keys = [node.key for node in match.sources if node.key]
        carried = [carrier.carried(node.key.source) for node in match.targets if node.key]
        doubt = match.doubt or next((one.doubt for one in carried if one.doubt), "")
        for key, text in zip(keys, _texts(keys, [one.text for one in carried]), strict=True):
            known = found.get(key)
            if known and known.text != text:
                doubt = doubt or TWICE
                found[key] = Offer(known.text, is_certain=False)
            elif known is None or not known.is_certain:
                found[key] = Offer(text, is_certain=not doubt)
        told.append(replace(match, doubt=doubt))
    return found, tuple(told)


def _texts(keys: Sequence[MessageKey], texts: Sequence[str]) -> list[str]:
    """Return a text for each message: those of one that was split joined, one of several parted."""
    whole = " ".join(texts)
    return [whole] if len(keys) == 1 else parted(whole, [key.source for key in keys])


def filled(file: PoFile, offered: Mapping[MessageKey, Offer]) -> Filled:
    """Return a catalog with the offers where it has no translation; no other entry changes."""
    by_key = {
        (key.context.translate(UNWRITABLE), key.source.translate(UNWRITABLE)): offer for key, offer in offered.items()
    }
    counts = dict.fromkeys(("certain", "fuzzy", "kept", "untranslated"), 0)
    entries = []
    for entry in file.all:
        if entry.obsolete or entry.is_header:
            entries.append(entry)
            continue
        offer = by_key.get((entry.msgctxt or "", entry.msgid))
        is_open = not any(form.strip() for form in entry.msgstr)
        if is_open and offer:
            counts["certain" if offer.is_certain else "fuzzy"] += 1
            entry = _with(file, entry, offer)  # noqa: PLW2901 - the entry as it goes into the file
        elif is_open:
            counts["untranslated"] += 1
        elif offer:
            counts["kept"] += 1
        entries.append(entry)
    return Filled(file.with_entries(entries), **counts)


def _with(file: PoFile, entry: PoEntry, offer: Offer) -> PoEntry:
    flags = tuple(flag for flag in entry.flags if flag != FUZZY)
    text = (offer.text.translate(UNWRITABLE),)
    return file.changed(entry, msgstr=text, flags=flags if offer.is_certain else (FUZZY, *flags))

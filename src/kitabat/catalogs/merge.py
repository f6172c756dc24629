"""One language's catalog brought up to date with the messages of its source; nothing that anybody wrote is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kitabat.catalogs import header
from kitabat.catalogs.candidates import claims
from kitabat.catalogs.facts import differences
from kitabat.catalogs.memory import Memory
from kitabat.catalogs.po_entry import FUZZY, PoEntry, Previous
from kitabat.catalogs.po_file import PoFile
from kitabat.catalogs.pool import Claim, Key, Pool, Trust
from kitabat.catalogs.words import PLURAL_FORMS
from kitabat.model.diagnostic import Outcome

TWO_FORMS = 2
"""Forms of a message with a plural, where the header does not say how many its language has."""


@dataclass(frozen=True, slots=True)
class Target:
    """The catalog to bring up to date."""

    path: str
    domain: str
    language: str
    plural_forms: str
    """Value of the Plural-Forms header, for a new catalog."""
    created: str
    """Date of the .pot, for the header."""
    typo: bool = False
    """Small corrections of spelling leave translations as they are: the editor says that they are no more."""
    own: bool = False
    """The language is that of the source: a translation follows its source until somebody has changed it."""
    order: Sequence[Key] = ()
    """Keys in the reading order that the article had when the catalog was last merged: those of its former .pot."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """How many messages have fared how.

    >>> MergeReport(added=2).changes_messages, MergeReport(unchanged=2).changes_messages
    (True, False)
    """

    added: int = 0
    changed: int = 0
    """Edited in the source; their translations, where there are any, are fuzzy now."""
    obsolete: int = 0
    """Gone from the source, and kept at the end of the catalog."""
    revived: int = 0
    """Came back, with their translations."""
    corrected: int = 0
    """Edited in nothing that a translation sees, which stays as it is."""
    remembered: int = 0
    """New, with the translation that the same text has in another article."""
    moved: int = 0
    """Stand in another section, with their translations."""
    unchanged: int = 0

    @property
    def changes_messages(self) -> bool:
        """True where any message is not as it was."""
        return self != MergeReport(unchanged=self.unchanged)


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog's new content, and what has changed in it."""

    content: bytes
    """The very bytes that were given, where nothing has changed."""
    report: MergeReport


def merge(
    content: bytes | None, sources: Sequence[PoEntry], target: Target, memory: Memory | None = None
) -> Outcome[Merged | None]:
    """Return a catalog with the messages of ``sources``, in their order; None where the old one is at fault.

    Invariants: every translation of the old catalog is in the new one, active or obsolete, as a whole, joined to its
    neighbour's or by the parts of a text that was split; a second merge changes nothing; an entry whose message is as
    it was keeps its bytes, but for references and extracted comments; the order of entries in the old catalog does
    not matter, where ``target.order`` or references tell how they were read. ``memory`` is asked last, for messages
    that nothing here fits.
    """
    outcome = PoFile.parse(content or b"", target.path)
    file = outcome.value
    if file is None:
        return Outcome(None, outcome.diagnostics)
    asked = None if target.own else memory
    pool = Pool(
        sources, file.entries, file.obsolete, memory=asked, path=target.path, typo=target.typo, order=target.order
    )
    found = claims(pool)
    make = _Maker(file, target)
    active = [make.entry(source, found.get(number)) for number, source in enumerate(sources)]
    former = [entry for entry in file.obsolete if entry.key not in pool.taken]
    vanished = [entry for entry in pool.left() if _worth_keeping(entry, own=target.own)]
    gone = [file.changed(entry, obsolete=True, references=()) for entry in vanished]
    kept = _under_free_names(file, [*former, *gone], {source.key for source in sources})
    report = _report(found.values(), sources, len(vanished))
    head = make.header(changed=_messages(file.entries) != _messages(active))
    merged = file.with_entries([head, *active, *kept])
    return Outcome(Merged(merged.content(), report), outcome.diagnostics)


def _under_free_names(file: PoFile, entries: Sequence[PoEntry], taken: set[Key]) -> Iterator[PoEntry]:
    """Yield obsolete entries, those whose section's id another section has now under an id that is free.

    A catalog cannot hold two entries of one key.
    """
    for entry in entries:
        key, number = entry.key, 1
        while key in taken:
            number += 1
            key = f"{entry.msgctxt}-{number}", entry.msgid
        taken.add(key)
        yield entry if key == entry.key else file.changed(entry, msgctxt=key[0])


def _messages(entries: Iterable[PoEntry]) -> set[tuple[str | None, str, str | None]]:
    return {(*entry.key, entry.msgid_plural) for entry in entries}


def _worth_keeping(entry: PoEntry, *, own: bool) -> bool:
    """Tell whether somebody wrote something in an entry."""
    if entry.comments:
        return True
    if own and not entry.is_fuzzy and entry.msgstr[0] == entry.msgid:
        return False
    return any(entry.msgstr)


def _report(found: Iterable[Claim], sources: Sequence[PoEntry], obsolete: int) -> MergeReport:
    counts = dict.fromkeys(Trust, 0)
    for claim in found:
        is_edited = claim.entry.msgid_plural != sources[claim.number].msgid_plural
        counts[Trust.EDITED if is_edited else claim.trust] += 1
    return MergeReport(
        added=len(sources) - sum(counts.values()),
        changed=counts[Trust.EDITED],
        obsolete=obsolete,
        revived=counts[Trust.REVIVED],
        corrected=counts[Trust.CORRECTED],
        remembered=counts[Trust.REMEMBERED],
        moved=counts[Trust.MOVED],
        unchanged=counts[Trust.SAME],
    )


class _Maker:
    """Makes the entries of one catalog."""

    def __init__(self, file: PoFile, target: Target) -> None:
        self.file = file
        self.own = target.own
        self.target = target
        rule = PLURAL_FORMS.match(file.header.get("plural-forms", "")) or PLURAL_FORMS.match(target.plural_forms)
        self.forms = (int(rule[1]) if rule else 0) or TWO_FORMS

    def header(self, *, changed: bool) -> PoEntry:
        """Return the header, dated anew where a message has changed."""
        target, entry = self.target, self.file.header_entry
        if entry is None:
            return header.catalog_header(target.domain, target.created, target.language, target.plural_forms)
        return header.with_field(self.file, entry, header.CREATED, target.created) if changed else entry

    def entry(self, source: PoEntry, claim: Claim | None) -> PoEntry:
        """Return the entry of a message."""
        if claim is None:
            return self._new(source)
        entry = _with_all(self.file, claim)
        if claim.trust is Trust.REMEMBERED and claim.offer is None:
            return replace(self._new(source), msgstr=entry.msgstr)
        followed = self.own and claim.trust is Trust.CORRECTED and entry.msgstr == self._source_text(entry)
        if claim.trust is Trust.EDITED or followed or entry.msgid_plural != source.msgid_plural:
            return self._edited(source, entry)
        return self.file.changed(
            entry,
            msgctxt=source.msgctxt,
            msgid=source.msgid,
            extracted=_extracted(source, entry.previous if entry.is_fuzzy else None),
            references=source.references,
            obsolete=False,
        )

    def _new(self, source: PoEntry) -> PoEntry:
        text = self._source_text(source) if self.own else self._shaped(("",), source)
        return PoEntry(
            source.msgid,
            text,
            source.msgctxt,
            source.msgid_plural,
            extracted=source.extracted,
            references=source.references,
        )

    def _source_text(self, source: PoEntry) -> tuple[str, ...]:
        if source.msgid_plural is None:
            return (source.msgid,)
        return (source.msgid, *[source.msgid_plural] * (self.forms - 1))

    def _shaped(self, forms: tuple[str, ...], source: PoEntry) -> tuple[str, ...]:
        """Return as many forms as the message needs: the first stands for those that are not there."""
        count = 1 if source.msgid_plural is None else self.forms
        return tuple(forms[number] if number < len(forms) else forms[0] for number in range(count))

    def _edited(self, source: PoEntry, entry: PoEntry) -> PoEntry:
        """Return the entry under its new text: fuzzy, with the text that its translation was made from."""
        forms = self._shaped(entry.msgstr, source)
        lost = entry.msgstr[len(forms) :]
        flags = tuple(flag for flag in entry.flags if flag != FUZZY)
        previous: Previous | None = None
        if self.own and not entry.is_fuzzy and entry.msgstr == self._source_text(entry):
            forms, lost = self._source_text(source), ()
        elif any(form.strip() for form in entry.msgstr):
            flags = (FUZZY, *flags)
            known = entry.previous if entry.is_fuzzy else None
            previous = known or Previous(entry.msgctxt, entry.msgid, entry.msgid_plural)
        return self.file.changed(
            entry,
            msgctxt=source.msgctxt,
            msgid=source.msgid,
            msgid_plural=source.msgid_plural,
            msgstr=forms,
            comments=(*entry.comments, *(line for form in lost for line in form.splitlines() if line.strip())),
            extracted=_extracted(source, previous),
            references=source.references,
            flags=flags,
            previous=previous,
            obsolete=False,
        )


def _with_all(file: PoFile, claim: Claim) -> PoEntry:
    """Return the entry of a claim with all, and only, what of its translation and remarks is due to the message."""
    entry, offer = claim.entry, claim.offer
    if offer is not None:
        sure = claim.trust is not Trust.EDITED and not offer.is_fuzzy
        flags = tuple(flag for flag in entry.flags if flag != FUZZY)
        previous = offer.previous if offer.is_fuzzy else None
        return file.changed(
            entry,
            msgstr=offer.msgstr,
            flags=flags if sure else (FUZZY, *flags),
            previous=None if sure else previous or Previous(*offer.key, offer.msgid_plural),
        )
    if claim.copied:
        forms = entry.msgstr if claim.text is None else (claim.text,)
        flags, previous = entry.flags, entry.previous
        return PoEntry(entry.msgid, forms, entry.msgctxt, entry.msgid_plural, flags=flags, previous=previous)
    if claim.joined:
        known = [one.previous.msgid if one.is_fuzzy and one.previous else one.msgid for one in claim.joined]
        return file.changed(
            entry,
            msgstr=(claim.text or "",),
            comments=tuple(dict.fromkeys(line for one in claim.joined for line in one.comments)),
            flags=(FUZZY, *dict.fromkeys(flag for one in claim.joined for flag in one.flags if flag != FUZZY)),
            previous=Previous(entry.msgctxt, " ".join(known)),
        )
    return entry if claim.text is None else file.changed(entry, msgstr=(claim.text,))


def _extracted(source: PoEntry, previous: Previous | None) -> tuple[str, ...]:
    """Return a message's comments, and for a fuzzy entry which numbers and names are others than they were.

    It is told from the previous msgid anew at each merge, so that it neither piles up nor outlives the flag.
    """
    told = differences(previous.msgid, source.msgid) if previous else ""
    return (*source.extracted, told) if told else source.extracted

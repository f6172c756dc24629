"""The publication's glossary, ``locales/glossary.csv``: which word stands for which."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kitabat.language.urdu.letters import lookalikes
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, warning

COLUMNS = ("source", "urdu", "part of speech", "note", "forbidden", "inflections")
ALIASES = {"forbidden forms": "forbidden", "english": "source"}
REQUIRED = ("source", "urdu")
SEPARATOR = "|"
"""Between forms in one cell."""

AERAB = "[\u064b-\u0652\u0670\u200c]*"
"""Marks that a word may be written with or without."""
SPACE = "[\\s\u200c]+"
ENDINGS: Mapping[str, str] = {"ہ": "(?:ہ|ے|وں|ؤں|گان)", "ا": "(?:ا|ے|وں|ؤں|یں|ئیں)", "ی": "ی(?:وں|اں|ات|وی)?"}
"""By a word's last letter: what stands there in the regular plural and oblique forms."""
OTHER_ENDINGS = "(?:وں|یں|ین|ات|ان|ے)?"
ENGLISH_ENDINGS = "(?:s|es|['’]s|s['’])?"


@dataclass(frozen=True)
class Term:
    """A row of the glossary; its forbidden forms and inflections are of either language, each told by its script."""

    source: str
    urdu: str
    part: str = ""
    note: str = ""
    forbidden: tuple[str, ...] = ()
    inflections: tuple[str, ...] = ()

    @cached_property
    def in_source(self) -> re.Pattern[str]:
        """Finds the term in English, in its regular plural and the forms of the glossary."""
        return english_pattern((self.source, *filter(is_latin, self.inflections)))

    @cached_property
    def right(self) -> re.Pattern[str]:
        """Finds what stands for the term in Urdu, in its regular forms and those of the glossary."""
        return urdu_pattern(self.urdu_forms)

    @property
    def urdu_forms(self) -> tuple[str, ...]:
        """The Urdu word with the forms that the glossary has of it."""
        return self.urdu, *(form for form in self.inflections if not is_latin(form))

    @cached_property
    def wrong(self) -> re.Pattern[str] | None:
        """Finds the forms that are not to be used in Urdu."""
        forms = tuple(form for form in self.forbidden if not is_latin(form))
        return urdu_pattern(forms) if forms else None

    @cached_property
    def wrong_english(self) -> re.Pattern[str] | None:
        """Finds the forms that are not to be used in English."""
        forms = tuple(filter(is_latin, self.forbidden))
        return english_pattern(forms) if forms else None


def is_latin(form: str) -> bool:
    """Tell whether a form is English: it has no letter of another script.

    >>> is_latin("cease-fire"), is_latin("ایف-16")
    (True, False)
    """
    return all(sign < "\u0250" for sign in form if sign.isalpha())


def english_pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some English words, in their regular plurals; small letters stand for capitals too.

    >>> bool(english_pattern(("treaty",)).search("Treaties of")), bool(english_pattern(("US",)).search("join us"))
    (True, False)
    """
    found = [
        f"(?i:{plural(form)})" if form.islower() else plural(form) for form in sorted(forms, key=len, reverse=True)
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)")


def plural(form: str) -> str:
    """Return a pattern of an English word or phrase, in the singular or the plural."""
    words = "\\s+".join(re.escape(word) for word in form.split())
    words = f"(?:{words}|{words[:-1]}ies)" if words.endswith("y") else words
    return words + ENGLISH_ENDINGS


def urdu_pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of some Urdu words, with or without aerab, in their regular forms.

    >>> bool(urdu_pattern(("معاہدہ",)).search("دو معاہدوں پر")), bool(urdu_pattern(("کتاب",)).search("کتابت"))
    (True, False)
    """
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(inflected, longest_first))}){AERAB}(?![^\W\d_])")


def inflected(form: str) -> str:
    """Return a pattern of a word's or a phrase's regular forms; only the last word changes."""
    words = form.split()
    parts = [AERAB.join(map(re.escape, word)) for word in words]
    last = words[-1]
    if last[-1] in ENDINGS and len(last) > 1:
        parts[-1] = AERAB.join([*map(re.escape, last[:-1]), ENDINGS[last[-1]]])
    else:
        parts[-1] += OTHER_ENDINGS
    return SPACE.join(parts)


def read_glossary(content: bytes, path: str) -> Outcome[tuple[Term, ...]]:
    """Return the terms of a glossary; a row that is at fault is left out, and said why with its line."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        return Outcome((), (_fault("Unexpected bytes, expected UTF-8", path, line, "Save the file as UTF-8"),))
    terms: list[Term] = []
    faults: list[Diagnostic] = []

    def fault(message: str, line: int, hint: str) -> None:
        faults.append(_fault(message, path, line, hint))

    rows = _rows(text, fault)
    line, head = next(rows, (1, []))
    names = [" ".join(name.replace("_", " ").lower().split()) for name in head]
    names = [ALIASES.get(name, name) for name in names]
    for name in REQUIRED:
        if name not in names:
            fault(f"Missing column `{name}`", line, f"Write the first line: {','.join(COLUMNS)}")
    for name in names:
        if name not in COLUMNS or names.count(name) > 1:
            fault(f"Unexpected column `{name}`, expected each of {', '.join(COLUMNS)} once", line, "Rename the column")
    if not faults:
        terms = list(_terms(rows, names, fault))
    return Outcome(tuple(terms), tuple(faults))


Fault = Callable[[str, int, str], None]


def _fault(message: str, path: str, line: int, hint: str) -> Diagnostic:
    return warning("catalog/glossary-file", message, Location(path, line), hint)


def _rows(text: str, fault: Fault) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, with the line that each begins in; letters with their marks composed (NFC).

    So they are in texts: a glossary with آ in two characters would find it in none of them.
    """
    reader = csv.reader(io.StringIO(unicodedata.normalize("NFC", text), newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield line, [" ".join(cell.split()) for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        fault(f"Unexpected end of a row, expected CSV: {error}", line, 'Close each `"`, and double one inside a cell')


def _terms(rows: Iterator[tuple[int, list[str]]], names: list[str], fault: Fault) -> Iterator[Term]:
    """Yield the terms of the rows below the head."""
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows:
        if len(row) > len(names):
            hint = 'Put `"` around a cell that has a comma in it'
            fault(f"Unexpected {len(row)} cells, expected {len(names)} at most", line, hint)
            continue
        cells = dict(zip(names, row, strict=False))
        (source, *others), (urdu, *more) = (_forms(cells.get(name, "")) or ("",) for name in REQUIRED)
        empty = next((name for name, form in zip(REQUIRED, (source, urdu), strict=True) if not form), "")
        if empty:
            fault(f"Missing `{empty}` in the row", line, "Fill the cell, or delete the row")
            continue
        key = source, cells.get("part of speech", "")
        first = seen.setdefault(key, line)
        if first != line:
            message = f"Unexpected second row for `{key[0]}`, expected one; the first is in line {first}"
            fault(message, line, "Join the two: further forms go under `inflections`")
            continue
        term = Term(
            source,
            urdu,
            cells.get("part of speech", ""),
            cells.get("note", ""),
            _forms(cells.get("forbidden", "")),
            (*_forms(cells.get("inflections", "")), *others, *more),
        )
        _doubts(term, line, fault)
        yield term


def _doubts(term: Term, line: int, fault: Fault) -> None:
    """Tell what no text can have: letters that are not Urdu's own, and a form that is right and wrong at once."""
    for form in (*term.urdu_forms, *term.forbidden):
        for one in lookalikes(form):
            message = f"Unexpected U+{ord(one.found[0]):04X} in `{form}`, expected `{one.expected}`, Urdu's own letter"
            fault(message, line, "Type the word anew: no text that is right has this letter, and none would match")
            break
    for form in sorted({term.source, term.urdu, *term.inflections} & {*term.forbidden}):
        fault(f"Unexpected `{form}` among its own forbidden forms, expected another", line, "Delete one of the two")


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(form.strip() for form in cell.split(SEPARATOR) if form.strip())

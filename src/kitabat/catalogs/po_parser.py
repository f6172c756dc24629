"""From the text of a .po file to its entries; what GNU msgfmt refuses is a diagnostic here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from kitabat.catalogs import po_lexer
from kitabat.catalogs.po_entry import PoEntry, Previous, split_flags, split_references
from kitabat.catalogs.po_grammar import BETWEEN, COMPLETE, GRAMMAR, OPENING, expected
from kitabat.catalogs.po_lexer import BRACKET, COMMENT, DOMAIN, JUNK, NUMBER, PREVIOUS_STRING, STRING, UNCLOSED, Token
from kitabat.catalogs.po_whole import ENTRY, first_character, joined
from kitabat.model.diagnostic import Diagnostic, Location, error

MOST_FAULTS = 20
"""After so many errors the rest of a file has nothing to add."""

CONFLICT = re.compile(r"(<{7}|>{7}|={7}|\|{7})(?:[ \r\n]|\Z)")
MARK = re.compile(r"[ \t\r\f\v]*(?:#~\|?|#\|)?[ \t\r\f\v]*")
REST_OF_LINE = re.compile(r"[ \t\r\f\v]*(?:\n|\Z)")
LETTERS_SHOWN = 24
FLAGS = ",="
"""Signs after ``#`` that begin a line of flags; GNU gettext has had the second one since 2025."""
SWALLOWED = re.compile(r"\r[ \t]*(?:#~[ \t]*)?(?:msgctxt|msgid|msgstr)[ \t\[\"]")
"""An entry that a carriage return alone has made part of a comment."""
RESTARTING = frozenset(("msgctxt", "msgid", "#| msgctxt", "#| msgid"))
"""Words at which reading goes on after a fault."""
JUNK_HINT = "Delete it, or make it a comment with `# ` before it"
ENTRY_HINT = "Mend the entry, or delete it as a whole"


@dataclass(slots=True)
class Draft:
    """An entry in the making."""

    begin: int = -1
    start: tuple[int, int] = (0, 0)
    obsolete: bool | None = None
    """None until a word of the entry itself has come."""
    comments: list[str] = field(default_factory=list)
    strings: dict[str, list[str]] = field(default_factory=dict)
    forms: list[list[str]] = field(default_factory=list)
    line: int = 0
    msgstr_line: int = 0

    def text(self, name: str) -> str | None:
        """Return the decoded value of a keyword; None where it has not come."""
        parts = self.strings.get(name)
        return None if parts is None else "".join(parts)


class Parser:
    """Reads a file's text once, from top to bottom; ``entries``, ``tail`` and ``faults`` hold what came of it."""

    def __init__(self, text: str, path: str, codec: str = "utf-8") -> None:
        self.text = text
        self.path = path
        self.codec = codec
        self.entries: list[PoEntry] = []
        self.faults: list[Diagnostic] = []
        self.draft = Draft()
        self.state = "between"
        self.end = 0
        """Offset where the last complete entry ends."""
        self.last_end = 0
        """Offset where the last word of the present entry ends."""
        self._read()
        self.tail = text[self.end :]

    def _read(self) -> None:
        """Feed each line's words to the automaton; the usual line of keyword and string is taken whole."""
        number, offset = 1, 0
        plain = po_lexer.PLAIN.match
        folds = po_lexer.FOLD in self.text
        lines = iter(po_lexer.lines(self.text))
        for first in lines:
            line = first
            if not folds and self.state == "between" and self.draft.begin < 0:
                while entry := ENTRY.match(self.text, offset):
                    self._entry(entry, number)
                    count = entry[0].count("\n")
                    number, offset = number + count, entry.end()
                    line = next(islice(lines, count - 1, None), "")
                if not line:
                    break
            match = plain(line) if po_lexer.FOLD not in line else None
            if match:
                self._plain(match, number, offset)
            elif line.startswith("#") and line[1:2] not in {"~", "|"} and po_lexer.FOLD not in line:
                self._comment(line, number, 1, offset, offset + len(line))
            elif not line.strip(" \t\r\n\f\v"):
                if self.state == "lost":
                    self._forget()
            elif not self._conflict(line, number):
                for token in po_lexer.tokens(line, number, 1, offset):
                    self._word(token)
            number += line.count("\n")
            offset += len(line)
            if len(self.faults) >= MOST_FAULTS:
                return
        self._finish(number)

    def _entry(self, match: re.Match[str], number: int) -> None:
        """Take a whole entry, which begins, or the blank line before it, in the line of a number."""
        comments, context, source, target = match.groups()
        begin = match.start(1)
        first = number + begin - match.start()
        line = first + comments.count("\n") + (context.count("\n") + 1 if context is not None else 0)
        msgstr_line = line + source.count("\n") + 1
        self.entries.append(
            PoEntry(
                joined(source),
                (joined(target),),
                None if context is None else joined(context),
                None,
                *sort_comments(comments.split("\n")[:-1]),
                line=line,
                msgstr_line=msgstr_line,
                msgstr_place=first_character(target, msgstr_line),
                text=self.text[begin : match.end()],
                gap=self.text[self.end : begin],
                position=len(self.entries),
                start=(first, 1),
            )
        )
        self.end = self.last_end = match.end()

    def _plain(self, match: re.Match[str], number: int, offset: int) -> None:
        mark, keyword, form, raw = match.groups()
        obsolete, previous = (mark is not None and mark[1] == "~"), (mark is not None and mark[-1] == "|")
        end = offset + match.end()
        start = offset if keyword else offset + match.start(4)
        if keyword:
            kind = f"#| {keyword}" if previous else keyword
            column = match.start(2) + 1
            self._take(Token(kind, keyword, number, column, end, start, obsolete))
            if form is not None:
                self._take(Token(BRACKET, "[", number, column + 6, end, start, obsolete))
                self._take(Token(NUMBER, form, number, column + 7, end, start, obsolete))
                self._take(Token(BRACKET, "]", number, column + 7 + len(form), end, start, obsolete))
        kind = PREVIOUS_STRING if previous else STRING
        self._take(Token(kind, raw, number, match.start(4), end, start, obsolete))

    def _word(self, token: Token) -> None:
        if token.kind == COMMENT:
            self._comment(token.value, token.line, token.column, token.start, token.end)
        else:
            self._take(token)

    def _comment(self, text: str, line: int, column: int, start: int, end: int) -> None:
        state = self.state
        if swallowed := SWALLOWED.search(text):
            message = "Unexpected carriage return alone, expected a line feed"
            place = Location(self.path, line, column + swallowed.start())
            self._fault("syntax", message, place, "Save the file with one kind of line ends, best those of Unix")
            self._forget()
        elif state == "lost":
            self._forget()
        elif state not in COMPLETE:
            self._unexpected("a comment", line, column, ENTRY_HINT)
            self._forget()
        elif state not in BETWEEN:
            self._close()
        if self.draft.begin < 0 or state == "domain.":
            self.draft = Draft(start, (line, column))
        self.draft.comments.append(text)
        self.state = "between"
        self.last_end = end

    def _take(self, token: Token) -> None:
        """Take one step of the automaton."""
        kind = token.kind
        if self.state == "lost":
            if kind not in RESTARTING:
                return
            self._forget()
        state = GRAMMAR[self.state].get(kind)
        if state is None or (kind == BRACKET and token.value != state[-1]):
            self._refuse(token)
            return
        if self.state in COMPLETE and kind in OPENING:
            self._open(token)
        draft = self.draft
        if draft.obsolete is None:
            draft.obsolete = token.obsolete
        elif draft.obsolete is not token.obsolete:
            self._mixed(token)
            return
        self._keep(state, token)
        self.state = state
        self.last_end = token.end

    def _open(self, token: Token) -> None:
        """Begin an entry, with the comments that have come already."""
        if self.state not in BETWEEN:
            self._close()
        if token.kind == DOMAIN:
            self.draft = Draft()
        elif self.draft.begin < 0 or self.draft.obsolete is not None:
            begin = self.text.rfind("\n", 0, token.start) + 1
            alone = begin >= self.end and MARK.fullmatch(self.text, begin, token.start) is not None
            place = (token.line, 1 if alone else token.column)
            self.draft = Draft(begin if alone else token.start, place)

    def _keep(self, state: str, token: Token) -> None:
        """Remember what the word adds to the entry."""
        draft, value, line, column = self.draft, token.value, token.line, token.column
        if state[-1] == ".":
            self._check(value, line, column)
            text = po_lexer.unescape(value, self.codec)
            if "\4" in text:
                place = Location(self.path, line, column)
                self._fault("syntax", "Unexpected U+0004, which separates contexts in .mo files", place, "Delete it")
            if state == "form.":
                draft.forms[-1].append(text)
            elif state != "domain.":
                draft.strings.setdefault(state[:-1], []).append(text)
        elif state == "msgid":
            draft.line = line
        elif state in {"msgstr", "form"}:
            draft.msgstr_line = draft.msgstr_line or line
        elif state == "form[0":
            if (value.lstrip("0") or "0") != str(len(draft.forms)):
                message = f"Unexpected `msgstr[{value[:LETTERS_SHOWN]}]`, expected `msgstr[{len(draft.forms)}]`"
                self._fault("syntax", message, Location(self.path, line, column), "Number the forms from 0, in order")
            draft.forms.append([])

    def _check(self, value: str, line: int, column: int) -> None:
        place = po_lexer.bad_escape(value) if "\\" in value else -1
        if place >= 0:
            message = f'Unexpected `{value[place : place + 2]}`, expected an escape such as `\\n`, `\\"` or `\\\\`'
            hint = "Write a backslash that is meant as such as `\\\\`"
            self._fault("syntax", message, Location(self.path, line, column + place + 1), hint)

    def _close(self) -> None:
        """Make an entry of the draft."""
        draft = self.draft
        end = self.last_end
        rest = REST_OF_LINE.match(self.text, end)
        if rest is not None and not self.text.startswith("\n", end - 1):
            end = rest.end()
        msgid = draft.text("msgid") or ""
        before = draft.text("#| msgid")
        previous = None
        if before is not None:
            previous = Previous(draft.text("#| msgctxt"), before, draft.text("#| msgid_plural"))
        self.entries.append(
            PoEntry(
                msgid,
                tuple("".join(form) for form in draft.forms) or (draft.text("msgstr") or "",),
                draft.text("msgctxt"),
                draft.text("msgid_plural"),
                *sort_comments(draft.comments),
                previous=previous,
                obsolete=bool(draft.obsolete),
                line=draft.line,
                msgstr_line=draft.msgstr_line,
                text=self.text[draft.begin : end],
                gap=self.text[self.end : draft.begin],
                position=len(self.entries),
                start=draft.start,
            )
        )
        self.end = end
        self.draft = Draft()
        self.state = "between"

    def _forget(self) -> None:
        self.draft = Draft()
        self.state = "between"

    def _finish(self, line: int) -> None:
        if self.state in {"msgstr.", "form."}:
            self._close()
        elif self.state not in BETWEEN and self.state != "lost":
            self._unexpected("end of file", max(1, line - self.text.endswith("\n")), 0, ENTRY_HINT)

    def _conflict(self, line: str, number: int) -> bool:
        mark = CONFLICT.match(line)
        if mark is None:
            return False
        message = f"Unexpected merge-conflict mark `{mark[1]}`, expected an entry"
        hint = "Resolve the conflict: keep one side of it and delete the marks"
        self._fault("syntax", message, Location(self.path, number, 1), hint)
        if self.state in {"msgstr.", "form."}:
            self._close()
        else:
            self.state = "lost"
        return True

    def _refuse(self, token: Token) -> None:
        kind, value = token.kind, token.value
        if kind == UNCLOSED:
            place = Location(self.path, token.line, token.column + len(value.rstrip("\r")))
            hint = 'Close the string with `"`; write a quotation mark inside it as `\\"`'
            self._fault("syntax", 'Unexpected end of line, expected `"`', place, hint)
            self.state = "lost"
            return
        shown = {STRING: "a string", PREVIOUS_STRING: "a string after `#|`"}.get(kind)
        word = kind if kind.startswith("#|") else value
        hint = JUNK_HINT if kind == JUNK else ENTRY_HINT
        self._unexpected(shown or f"`{word[:LETTERS_SHOWN]}`", token.line, token.column, hint)

    def _unexpected(self, what: str, line: int, column: int, hint: str) -> None:
        message = f"Unexpected {what}, expected {expected(self.state)}"
        self._fault("syntax", message, Location(self.path, line, column), hint)
        if self.state in {"msgstr.", "form."}:
            self._close()
        self.state = "lost"

    def _mixed(self, token: Token) -> None:
        what = "Unexpected `#~`, expected none" if token.obsolete else "Missing `#~`"
        message = f"{what}: an entry is obsolete as a whole or not at all"
        hint = "Begin every line of the entry with `#~`, or none"
        self._fault("syntax", message, Location(self.path, token.line, 1), hint)
        self.state = "lost"

    def _fault(self, name: str, message: str, place: Location, hint: str) -> None:
        self.faults.append(error(f"catalog/{name}", message, place, hint))


def sort_comments(lines: list[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    r"""Return the translator's comments, extracted comments, references and flags among an entry's comment lines.

    >>> sort_comments(["# mine\n", "#. yours\n", "#: a.md:1 a.md:2\n", "#, fuzzy\n", "#= no-wrap\n"])
    (('mine',), ('yours',), ('a.md:1', 'a.md:2'), ('fuzzy', 'no-wrap'))
    """
    own: list[str] = []
    extracted: list[str] = []
    references: list[str] = []
    flags: list[str] = []
    for line in lines:
        kind, text = line[1:2], line[2:].rstrip("\r\n")
        if kind == ".":
            extracted.append(text.removeprefix(" "))
        elif kind == ":":
            references += split_references(text)
        elif kind and kind in FLAGS:
            flags += split_flags(text)
        else:
            own.append(line[1:].rstrip("\r\n").removeprefix(" "))
    return tuple(own), tuple(extracted), tuple(references), tuple(flags)

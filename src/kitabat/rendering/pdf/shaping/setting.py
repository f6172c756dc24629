"""One way of setting text: what styles have in common that make the same words look the same.

Texts are measured in one layout of Pango's, which is set up once. What was found is kept for the next documents of the
same style sheet, as one process makes many that have their words in common; each store has a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from kitabat.rendering.pdf.shaping.paragraphs import Measured, Paragraph, widths_of
from kitabat.rendering.pdf.shaping.runs import UNITS, Run, Words, regular, runs_of
from kitabat.rendering.pdf.shaping.vocabulary import Vocabulary

PROPERTIES = (
    "font_family", "font_size", "font_style", "font_stretch", "font_weight", "font_kerning", "font_language_override",
    "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings", "font_variation_settings",
    "lang", "direction", "white_space", "letter_spacing", "word_spacing", "word_break", "overflow_wrap", "hyphens",
    "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone", "text_decoration_line", "tab_size",
)  # fmt: skip
"""Of a style, all that WeasyPrint asks for to measure a text and to break its lines."""
OF_TEXT = frozenset(PROPERTIES)
ATTRIBUTES, LINE_BREAK = 4, 1
"""Bytes that Pango says of each character, and its mark, in the first of them, of one that may begin a line."""
METRICS = ("ascent", "underline_position", "strikethrough_position", "underline_thickness", "strikethrough_thickness")
SETTINGS, MEASURED, PARAGRAPHS, ANSWERS = 100, 64, 8, 1024
"""How many settings are kept, and how many texts, paragraphs and answers of WeasyPrint's of each."""
STRAY = re.compile(
    "[ \u00a0][\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u2060-\u2064]"
    "|[\u00a0\u200b\u202f] |[\u0600-\u0605\u06dd\u1680\u2000-\u200a\u205f\u3000]"
)
"""Marks and what is invisible upon a space, other white space at the end of a word, signs that go around numbers: Pango
counts none of them at the end of a line as it does within."""
NARROWED = 0.05
"""Of the font's size: a space that is narrowed by more may end before it begins, and is nothing to Pango at an end."""
LONGEST = 400
"""Letters of a text that is kept: no line is longer, and paragraphs are kept otherwise."""


class Setting:
    """Measures texts, and keeps what it has found; made for a style, fit for all that are alike."""

    def __init__(self, style: Any, settings: Settings) -> None:
        from weasyprint.text.ffi import TO_UNITS, ffi, pango
        from weasyprint.text.line_break import Layout, pyphen

        self.style, self.settings, self.size = style, settings, style["font_size"]
        self.plain = bool(
            self.size and style["letter_spacing"] == "normal" and style["word_spacing"] >= -NARROWED * self.size
        )
        """Whether its texts are measured here at all."""
        self.wraps = style["white_space"] in ("normal", "pre-wrap", "pre-line")
        self.by_words = bool(
            self.size and style["white_space"] == "normal" and style["overflow_wrap"] == style["word_break"] == "normal"
        )
        """Whether lines end between words only, and in words that are divided."""
        self.hyphenates = style["hyphens"] == "auto" and style["lang"] and pyphen.language_fallback(style["lang"])
        """The language whose words are divided at the ends of lines; empty or None for none."""
        self.breaks = (
            self.plain
            and style["white_space"] == "normal"
            and style["word_break"] == "normal"
            and not (self.hyphenates and getattr(style["hyphenate_limit_zone"], "value", 1))
        )
        """Whether its lines are broken here."""
        self.layout: Any = None
        if self.plain:
            self.layout = Layout(style)
        self.featured = self.plain and pango.pango_layout_get_attributes(self.layout.layout) != ffi.NULL
        """Whether features of the font are chosen."""
        self.metrics = {name: getattr(self.layout, name, None) for name in METRICS}
        """What WeasyPrint draws lines under and through text by."""
        self.words = Words(int(style["word_spacing"] * TO_UNITS))
        self.vocabulary: Vocabulary | None = None
        """Of what texts are put together, if words are shaped alone."""
        if self.plain and self.words.spacing and style["direction"] == "rtl":
            self.vocabulary = Vocabulary(self._shaped)
        self.answers: dict[Any, Any] = {}
        self.measured_texts: dict[str, Measured] = {}
        self.paragraphs: list[Paragraph] = []

    def measured(self, text: str) -> Measured:
        """Return a text on one line."""
        found = self.measured_texts.get(text)
        if found is None:
            composed = self.vocabulary and self.vocabulary.composed(text)
            found = self._keep(text, composed.measured if composed else self._shaped(text))
        return found

    def cut(self, paragraph: Paragraph, start: int, text: str) -> Measured:
        """Return a text that begins at ``start`` in a paragraph, in bytes, on a line of its own."""
        found = paragraph.cut(start, start + len(text.encode()))
        # A line that is justified is asked for once more.
        return self._keep(text, found) if found else self.measured(text)

    def fitting(self, text: str, room: float) -> Measured | None:
        """Return a text on one line if Pango leaves it on one line in ``room``, in pixels, and it is no wider."""
        from weasyprint.text.ffi import TO_UNITS, pango

        self._set(text)
        pango.pango_layout_set_width(self.layout.layout, int(max(0, room) * TO_UNITS))
        line, rest = self.layout.get_first_line()
        found = self._measured(line) if rest is None else None
        pango.pango_layout_set_width(self.layout.layout, -1)
        return found if found and found.width <= room else None

    def paragraph(self, text: str) -> tuple[Paragraph, int]:
        """Return a paragraph that ends with a text, and where in it the text begins."""
        utf8 = text.encode()
        for known in self.paragraphs:
            if known.text.endswith(utf8):
                return known, len(known.text) - len(utf8)
        composed = self.vocabulary and self.vocabulary.composed(text)
        if composed:
            made = Paragraph(utf8, composed.measured, composed.ends, composed.widths)
        else:
            measured = self._shaped(text)
            ends = [] if STRAY.search(text) else self._ends(text)
            made = Paragraph(utf8, measured, ends, widths_of(measured.runs, len(utf8)))
        if self.words.spacing and regular(utf8):
            made.alone(int(self.style["direction"] == "rtl"))
        self.paragraphs = [made, *self.paragraphs[: PARAGRAPHS - 1]]
        return made, 0

    def learned(self, words: Sequence[str], spacing: int) -> bool:
        """Learn how words look in a justified line, whose spaces are widened by ``spacing``; return whether any was."""
        from weasyprint.text.ffi import ffi, pango

        if not words or self.style["word_spacing"] or self.featured:
            return False
        layout, text = self.layout, " ".join(words)
        layout.justification_spacing = spacing / UNITS
        layout.set_text(text, justify=True)
        runs = tuple(runs_of(layout.get_first_line()[0]))
        layout.justification_spacing = 0
        pango.pango_layout_set_attributes(layout.layout, ffi.NULL)
        self.settings.keep(runs)
        self.words.learn(runs, text.encode(), spacing)
        return True

    def _keep(self, text: str, measured: Measured) -> Measured:
        if len(self.measured_texts) >= MEASURED:
            self.measured_texts.clear()
        if len(text) <= LONGEST:
            self.measured_texts[text] = measured
        return measured

    def _shaped(self, text: str) -> Measured:
        """Return a text on one line, from Pango."""
        self._set(text)
        return self._measured(self.layout.get_first_line()[0])

    def _set(self, text: str) -> None:
        from weasyprint.text.ffi import ffi, pango
        from weasyprint.text.line_break import Layout

        if self.words.spacing:
            # WeasyPrint adds to a layout's attributes, and leaves those of the text before.
            if self.featured:
                self.layout = Layout(self.style)
            else:
                pango.pango_layout_set_attributes(self.layout.layout, ffi.NULL)
        self.layout.set_text(text)

    def _measured(self, line: Any) -> Measured:
        from weasyprint.text.ffi import FROM_UNITS, pango
        from weasyprint.text.line_break import line_size

        width, height = line_size(line, self.style)
        baseline = pango.pango_layout_get_baseline(self.layout.layout) * FROM_UNITS
        runs = tuple(runs_of(line))
        self.settings.keep(runs)
        return Measured(runs, line.length, width, height, baseline, line.resolved_dir)

    def _ends(self, text: str) -> list[int]:
        """Return where a line of the text that was measured last may end, in bytes; the last is the text's own end."""
        from weasyprint.text.ffi import ffi, pango

        attributes = pango.pango_layout_get_log_attrs_readonly(self.layout.layout, ffi.NULL)
        marks = bytes(ffi.buffer(attributes, ATTRIBUTES * len(text)))[::ATTRIBUTES]
        ends, place, before = [], 0, 0
        for index, mark in enumerate(marks):
            if mark & LINE_BREAK and index:
                place += len(text[before:index].encode())
                before = index
                ends.append(place)
        return [*ends, place + len(text[before:].encode())]


class Settings:
    """The settings of the documents of a style sheet, and the fonts that their runs refer to."""

    __slots__ = ("_fonts", "_known")

    def __init__(self) -> None:
        self._known: dict[str, Setting] = {}
        self._fonts: dict[int, Any] = {}

    def of(self, style: Any) -> Setting:
        """Return the setting of a style."""
        found: Setting | None = getattr(style, "setting", None)
        if found is None or found.settings is not self:
            if _is_like_parent(style):
                style.setting = found = self.of(style.parent_style)
                return found
            key = str([style[name] for name in PROPERTIES])
            found = self._known.get(key)
            if found is None:
                if len(self._known) >= SETTINGS:
                    self._known.clear()
                found = self._known[key] = Setting(style, self)
            style.setting = found
        return found

    def keep(self, runs: Iterable[Run]) -> None:
        """Keep the fonts of runs from being freed by Pango."""
        from weasyprint.text.ffi import ffi, gobject

        for run in runs:
            if run.address and run.address not in self._fonts:
                self._fonts[run.address] = ffi.gc(gobject.g_object_ref(run.font), gobject.g_object_unref)


def _is_like_parent(style: Any) -> bool:
    """Tell whether a style sets text as that which it is derived from: as anonymous boxes do."""
    from weasyprint.css import AnonymousStyle

    parent = style.parent_style if type(style) is AnonymousStyle else None
    return parent is not None and all(style[name] == parent[name] for name in OF_TEXT.intersection(style))

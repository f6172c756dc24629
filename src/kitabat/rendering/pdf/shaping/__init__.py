"""Lines broken with less shaping: WeasyPrint 70 shapes four lines' worth of text again for every line that it breaks.

Where a line ends is found from one shaping of its paragraph (*paragraphs*); the line itself is shaped once, measured,
and drawn from what was found then (*runs*). What is unusual, or not certain, is left to WeasyPrint, so that every line
breaks where it would break there. Delete this package when WeasyPrint shapes a paragraph once.
"""

from __future__ import annotations

import contextlib
import copy
import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from kitabat.rendering.pdf.guard import fits, takes
from kitabat.rendering.pdf.shaping.hyphens import divided, parts
from kitabat.rendering.pdf.shaping.paragraphs import MARGIN, Measured
from kitabat.rendering.pdf.shaping.runs import ALONE, UNITS, Run, runs_of
from kitabat.rendering.pdf.shaping.setting import ANSWERS, Setting, Settings

REPLACED = {
    "layout.inline.split_first_line": (
        "text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum",
    ),
    "layout.inline.create_layout": ("text", "style", "context", "max_width", "justification_spacing"),
    "layout.preferred.split_first_line": (
        "text", "style", "context", "max_width", "justification_spacing", "is_line_start", "minimum",
    ),
    "layout.inline.strut": ("style",),
    "text.line_break.Layout.reactivate": ("self", "style"),
    "text.line_break.Layout.deactivate": ("self",),
    "text.line_break.Layout.set_text": ("self", "text", "justify"),
    "text.line_break.Layout.get_first_line": ("self",),
}  # fmt: skip
"""What is replaced or built upon, and the parameters that it must have."""
UNUSUAL = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Characters that end lines or words in their own way, or turn the text: a space within may stand at a line's edge."""
DIVIDED = 0.3
"""Of the font's size: the margin where a paragraph is taken up again within a word."""
EDGES = (" ", "\u00a0")
"""What Pango widens by twice the spacing at the edges of a text; it takes half of that back once lines are broken."""
FIRST_WORD = re.compile(r"[^ ]*\w \w")
"""A word that ends the first line where there is no room: beside some signs no line ends."""
NARROW = 4
"""Sizes of the font: a narrower line WeasyPrint breaks in another way."""
WIDEST = 2**21
"""Pixels: from there on Pango is not told of the width."""

_AWAY: list[bool] = []
"""Not empty while WeasyPrint is to do all by itself."""

Answer = tuple[Any, int, int | None, float, float, float]
"""Layout, bytes of the line, where the next begins in bytes or None, width, height and baseline in pixels."""
Split = Callable[..., Answer]


def install(version: str) -> bool:
    """Replace WeasyPrint's line breaking once a process; False where it is not what this was written for."""
    if not fits(version):
        return False
    from weasyprint.layout import inline, preferred
    from weasyprint.text.ffi import ffi

    if hasattr(inline.create_layout, "remedied"):
        return True
    if not takes(REPLACED) or ffi.sizeof("void *") != 8 or ffi.sizeof("PangoLogAttr") != 4:
        return False
    ffi.cdef("gpointer g_object_ref (gpointer object);", override=True)
    inline.split_first_line = shaped_once(inline.split_first_line)
    inline.create_layout = created(inline.create_layout)
    inline.strut = kept(inline.strut)
    preferred.split_first_line = inline.split_first_line
    return True


@contextlib.contextmanager
def away() -> Iterator[None]:
    """Let WeasyPrint break and shape every line by itself: for whoever compares the two."""
    _AWAY.append(True)
    try:
        yield
    finally:
        _AWAY.pop()


def setting_of(style: Any) -> Setting:
    """Return the setting of a style; settings live as long as the fonts that documents of a style sheet share."""
    fonts = style.font_config
    found: Settings | None = getattr(fonts, "settings", None)
    if found is None:
        found = fonts.settings = Settings()
    return found.of(style)


def shaped_once(plain: Split) -> Split:
    """Return the breaking of a line with one shaping for each paragraph, and one for each line."""

    def split_first_line(
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,  # noqa: FBT001 - WeasyPrint's own signature
        minimum: bool = False,  # noqa: FBT001
    ) -> Answer:
        if _AWAY:
            return plain(text, style, context, max_width, justification_spacing, is_line_start, minimum)
        setting = setting_of(style)
        if setting.plain and not justification_spacing and text != " " and not UNUSUAL.search(text):
            found = _found(setting, text, max_width, minimum=minimum)
            if found:
                return found
        alone = max_width == 0 and setting.by_words and "\u00ad" not in text
        start = FIRST_WORD.match(text) if alone else None
        key = start[0] if start else text, max_width, justification_spacing, is_line_start, minimum
        answer = setting.answers.get(key)
        if answer is None:
            if len(setting.answers) >= ANSWERS:
                setting.answers.clear()
            answer = setting.answers[key] = plain(
                text, style, context, max_width, justification_spacing, is_line_start, minimum
            )
        # Drawing changes a layout's text and direction, and one that is kept is drawn more than once.
        return copy.copy(answer[0]), *answer[1:]

    split_first_line.plain = plain  # type: ignore[attr-defined]
    return split_first_line


def _found(setting: Setting, text: str, max_width: float | None, *, minimum: bool) -> Answer | None:
    """Return the first line of a text without asking WeasyPrint, or None where that is not certain."""
    if max_width is None or max_width == math.inf or not setting.wraps:
        return _answer(setting, text, setting.measured(text), max_width, None)
    if not setting.breaks or max_width >= WIDEST:
        return None
    if max_width == 0:
        return _first_word(setting, text)
    found = _broken(setting, text, max_width) if not minimum and NARROW * setting.size <= max_width else None
    return found or _whole(setting, text, max_width)


def _first_word(setting: Setting, text: str) -> Answer | None:
    """Return the first line where there is no room at all: a word, or the shortest part of it that a hyphen may end."""
    word, _, rest = text.partition(" ")
    if not setting.by_words or (" " in text and not rest[:1].isalnum()):  # before some signs no line ends
        return None
    if not (setting.vocabulary.composed(word) if setting.vocabulary else ALONE.fullmatch(word.encode())):
        return None
    shorter = parts(setting, word)
    if not shorter:
        measured = setting.measured(word)
        return _answer(setting, word, measured, 0, measured.length + 1 if rest else None)
    start, hyphen = shorter[-1], setting.style["hyphenate_character"]
    layout, length, _, *extents = _answer(setting, start + hyphen, setting.measured(start + hyphen), 0, None)
    return layout, length - len(hyphen.encode()), len(start.encode()), *extents


def _whole(setting: Setting, text: str, room: float) -> Answer | None:
    """Return a text that fits on the line, where WeasyPrint would look at all of it at once."""
    if NARROW * setting.size <= room:
        seen = room / setting.size * NARROW - 1
    else:
        seen = text.find(" ") + 2 if " " in text else math.inf
    if len(text) > seen:
        return None
    measured = setting.measured(text)
    edges = abs(setting.words.spacing) * (text.startswith(EDGES) + text.endswith(EDGES))
    fits_in = measured.width * UNITS + edges <= int(room * UNITS)
    return _answer(setting, text, measured, room, None) if fits_in else None


def _broken(setting: Setting, text: str, room: float) -> Answer | None:
    """Return the first line of a text, or None where it is not certain what WeasyPrint would make of it."""
    paragraph, start = setting.paragraph(text)
    whole = start == 0 or start in paragraph.ends
    margin = setting.size * (MARGIN if whole else DIVIDED)
    edge = setting.words.spacing / UNITS if text.startswith(EDGES) else 0
    line = paragraph.line(start, room - edge, margin)
    if line is None:
        return None
    if line.end == line.following:
        measured = setting.cut(paragraph, start, text)
        return _answer(setting, text, measured, room, None) if measured.width <= room else None
    if setting.hyphenates:
        part = divided(setting, paragraph, start, line, room)
        if part:
            layout, length, _, *extents = _answer(setting, part.text, part.measured, room, None)
            return layout, length - part.hyphen, part.end, *extents
    visible = paragraph.text[start : line.end].rstrip(b" ")
    if not visible:
        return None
    text = visible.decode()
    measured = setting.cut(paragraph, start, text)
    return _answer(setting, text, measured, room, line.end - start) if measured.width <= room else None


def _answer(setting: Setting, text: str, measured: Measured, room: float | None, resume: int | None) -> Answer:
    from kitabat.rendering.pdf.shaping.held import Held

    layout = Held(setting, text, 0, room)
    layout.runs, layout.first_line_direction = measured.runs, measured.direction
    return layout, measured.length, resume, measured.width, measured.height, measured.baseline


def created(plain: Callable[..., Any]) -> Callable[..., Any]:
    """Return the layout of a justified line, which is not made until it is needed."""
    from kitabat.rendering.pdf.shaping.held import Held

    def create_layout(
        text: str, style: Any, context: Any, max_width: float | None, justification_spacing: float
    ) -> Any:
        if _AWAY:
            return plain(text, style, context, max_width, justification_spacing)
        setting = setting_of(style)
        if max_width is not None or not setting.plain or text == " " or UNUSUAL.search(text):
            return plain(text, style, context, max_width, justification_spacing)
        layout = Held(setting, text, justification_spacing, None)
        layout.runs = setting.measured(text).runs
        return layout

    create_layout.remedied = plain  # type: ignore[attr-defined]
    return create_layout


def kept(strut: Callable[[Any], tuple[float, float]]) -> Callable[[Any], tuple[float, float]]:
    """Return the height of a style's lines, looked up once for each style."""

    def found(style: Any) -> tuple[float, float]:
        answer: tuple[float, float] | None = getattr(style, "strut", None)
        if answer is None:
            answer = style.strut = strut(style)
        return answer

    return found


def runs_to_draw(layout: Any) -> Sequence[Run]:
    """Return the runs of a line to be drawn, from left to right; ``layout`` is WeasyPrint's, and active."""
    from weasyprint.text.ffi import TO_UNITS, pango

    setting: Setting | None = getattr(layout, "setting", None)
    if not setting and not layout.justification_spacing and not UNUSUAL.search(layout.text) and not _AWAY:
        own = setting_of(layout.style)
        if own.plain:
            return own.measured(layout.text).runs
    if setting:
        shaped: Sequence[Run] = layout.runs
        if not layout.justification_spacing:
            return shaped
        text = layout.text.encode()
        spacing = int((setting.style["word_spacing"] + layout.justification_spacing) * TO_UNITS)
        made = setting.words.justified(shaped, text, spacing)
        if made is None and setting.learned(setting.words.missing(shaped, text), spacing):
            made = setting.words.justified(shaped, text, spacing)
        if made is not None:
            return made
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    found = tuple(runs_of(layout.get_first_line()[0]))
    if setting:
        setting.settings.keep(found)
        setting.words.learn(found, text, spacing)
    return found

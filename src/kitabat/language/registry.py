"""The languages of editions: one row each, and the passes that its published text goes through."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from kitabat.model.language import Language

TextPass = Callable[[str], str]
"""Text in, text out; a second time it changes nothing."""

_SEPARATOR = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_LAST_OF_PLANES = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufdd0-\ufdef{_LAST_OF_PLANES}]")

PLURAL_FORMS = "nplurals=2; plural=(n != 1);"

LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "en": Language(
            tag="en",
            name="English",
            endonym="English",
            direction="ltr",
            script="Latn",
            quotes=("“", "”", "‘", "’"),
            digits="0123456789",
            plural_forms=PLURAL_FORMS,
        ),
        "ur": Language(
            tag="ur",
            name="Urdu",
            endonym="اردو",
            direction="rtl",
            script="Arab",
            quotes=("”", "“", "’", "‘"),
            digits="۰۱۲۳۴۵۶۷۸۹",
            plural_forms=PLURAL_FORMS,
        ),
    }
)
"""By tag; the settings say in which order a publication lists them."""


class UnknownLanguageError(LookupError):
    """There is no row for the tag; the message names the tags that there are."""

    def __init__(self, tag: str) -> None:
        known = ", ".join(f"`{name}`" for name in LANGUAGES)
        super().__init__(f"Unexpected language `{tag}`, expected one of {known}")
        self.tag = tag


def language(tag: str) -> Language:
    """Return the row of a tag; raises UnknownLanguageError.

    >>> language("ur").endonym
    'اردو'
    >>> language("fr")
    Traceback (most recent call last):
    kitabat.language.registry.UnknownLanguageError: Unexpected language `fr`, expected one of `en`, `ur`
    """
    try:
        return LANGUAGES[tag]
    except KeyError:
        raise UnknownLanguageError(tag) from None


def passes(tag: str) -> tuple[TextPass, ...]:
    r"""Return what is right to do to any published text of a language, in order; raises UnknownLanguageError.

    Letters stay the author's: look-alikes and presentation forms are for the checks to report.

    >>> text = "\ufeffكتاب\u202e ئ"
    >>> for step in passes("ur"):
    ...     text = step(text)
    >>> text
    'كتاب ئ'
    """
    return _PASSES[language(tag).tag]


def passed(text: str, tag: str) -> str:
    r"""Return a published text after all passes of its language; raises UnknownLanguageError.

    >>> passed("\ufeffكتاب\u202e ئ", "ur")
    'كتاب ئ'
    """
    if text.isprintable():
        # So it has nothing that any pass but the last one takes out, which all languages have.
        return _composed(text)
    for step in passes(tag):
        text = step(text)
    return text


def _without_controls(text: str) -> str:
    """Drop embeddings, overrides and isolates: the toolkit isolates by markup, and these can deceive."""
    from kitabat.language.direction import without_controls

    return without_controls(text)[0]


def _without_byte_order_marks(text: str) -> str:
    """Drop U+FEFF, which is left behind where files were joined."""
    return text.replace("\ufeff", "")


def _without_unprintables(text: str) -> str:
    """Make line separators spaces, and drop control characters and noncharacters: HTML and XML allow none of them."""
    return _UNPRINTABLE.sub("", _SEPARATOR.sub(" ", text))


def _without_soft_hyphens(text: str) -> str:
    """Drop U+00AD: Urdu is not hyphenated, and the sign breaks the joining of letters in search."""
    return text.replace("\u00ad", "")


def _composed(text: str) -> str:
    """Bring the text to NFC, so that ئ, ۂ and ۓ are one letter each."""
    return unicodedata.normalize("NFC", text)


_PASSES: Mapping[str, tuple[TextPass, ...]] = {
    "en": (_without_controls, _without_byte_order_marks, _without_unprintables, _composed),
    "ur": (_without_controls, _without_byte_order_marks, _without_unprintables, _without_soft_hyphens, _composed),
}

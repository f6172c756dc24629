"""Who translated an article, and when: what the colophon of an edition says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from kitabat.language.dates import long_date
from kitabat.language.names import language_name
from kitabat.model.article import ArticleVersion
from kitabat.model.message import FRONT, MessageKey
from kitabat.rendering.context import CreditView, TextView
from kitabat.rendering.typesetter import plain_view


class Credit(msgspec.Struct, frozen=True):
    """What a catalog's header says of its translation."""

    translator: str = ""
    revised: dt.date | None = None


def credit_view(
    version: ArticleVersion,
    translated: str,
    credit: Credit,
    digits: str,
    text: Callable[[MessageKey], TextView | None],
    title: TextView,
) -> CreditView | None:
    """Return what a version says of the translation into the language ``translated``; None where that is the original.

    ``text`` gives a message of the version, ``title`` is the original's. The front matter's translator goes before
    the header's.
    """
    front, spoken = version.article.front, version.language
    if translated == front.source:
        return None
    translator = text(MessageKey(FRONT, front.translator)) if front.translator else None
    if translator is None and credit.translator:
        translator = plain_view(credit.translator, spoken)
    is_original = spoken == front.source
    return CreditView(
        original="" if is_original else language_name(front.source, spoken),
        other=language_name(translated, spoken) if is_original else "",
        title=None if is_original else title,
        translator=translator,
        date=long_date(credit.revised, spoken, digits) if credit.revised else "",
        date_iso=credit.revised.isoformat() if credit.revised else "",
    )

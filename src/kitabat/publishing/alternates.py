"""The pages that say the same in other languages, as search engines are told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kitabat.model.site import BILINGUAL
from kitabat.publishing.addresses import CHOOSER

ANY_LANGUAGE = "x-default"
"""In the place of a language's tag: the page for readers of none of the languages."""


def alternates(states: Mapping[str, str], first: str, neutral: str = "") -> Iterator[tuple[str, str]]:
    """Yield each language with its page, then ``x-default`` with the page that suits any reader.

    ``states`` are the paths of the same content by language, and ``bilingual`` for both at once, which suits any reader
    as long as there is no ``neutral`` page; where there is neither, the page in the language ``first`` does.

    >>> dict(alternates({"ur": "ur/news/index.html", "bilingual": "bilingual/news/index.html"}, "ur"))
    {'ur': 'ur/news/index.html', 'x-default': 'bilingual/news/index.html'}
    """
    yield from ((tag, path) for tag, path in states.items() if tag != BILINGUAL)
    suits_any = neutral or states.get(BILINGUAL) or states.get(first)
    yield ANY_LANGUAGE, suits_any or next(iter(states.values()), CHOOSER)

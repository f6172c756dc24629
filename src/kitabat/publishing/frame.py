"""What surrounds the content of a page: the publication in each language, the switch, the addresses of the head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from kitabat.config import SiteConfig
from kitabat.language.registry import language
from kitabat.model.site import BILINGUAL
from kitabat.publishing.addresses import absolute, feed, front_page, relative
from kitabat.publishing.alternates import ANY_LANGUAGE, alternates
from kitabat.rendering.context import Link, PageView, SiteView


class Frames(msgspec.Struct, frozen=True):
    """Makes the frame of any page of one publication."""

    config: SiteConfig
    style: str
    """Path of the web style sheet; empty where pages name none, as for print."""

    def site(self, tag: str, page: str) -> SiteView:
        """Return the publication in a language, as seen from a page."""
        row = language(tag)
        return SiteView(
            name=self.config.name_in(tag),
            tagline=self.config.tagline_in(tag),
            home=relative(page, front_page(tag)),
            base_url=self.config.base_url,
            replies=self.config.replies,
            lang=tag,
            dir=row.direction,
            endonym=row.endonym,
        )

    def page(
        self, tag: str, page: str, states: Mapping[str, str], feeds: Iterable[str] = (), neutral: str = ""
    ) -> PageView:
        """Return the frame of a page in a language.

        ``states`` are the paths of the same content by language, and ``bilingual`` for both at once; ``neutral`` is the
        page that leads to all of them, where there is one. ``feeds`` are the languages whose feeds have to do with it.
        """
        others = [other for other in self.config.languages if other != tag]
        return PageView(
            lang=tag,
            dir=language(tag).direction,
            other_lang=others[0] if others else "",
            style=relative(page, self.style) if self.style else "",
            switch=tuple(self._switch(page, states)) if len(states) > 1 else (),
            canonical=absolute(self.config.base_url, page),
            alternates=tuple(self._alternates(states, neutral)) if self.config.base_url else (),
            feeds=tuple(self._feeds(page, feeds)) if self.config.base_url else (),
        )

    def _switch(self, page: str, states: Mapping[str, str]) -> Iterable[Link]:
        """Yield the states of the language switch: both languages with the bilingual edition between them."""
        first, *rest = self.config.languages
        for state in (first, BILINGUAL, *rest):
            if state not in states:
                continue
            current = states[state] == page
            href = relative(page, states[state])
            if state == BILINGUAL:
                yield Link(href, "", current=current)
            else:
                row = language(state)
                yield Link(href, row.endonym, row.tag, row.direction, current)

    def _alternates(self, states: Mapping[str, str], neutral: str) -> Iterable[Link]:
        for state, path in alternates(states, self.config.default_language, neutral):
            label = "" if state == ANY_LANGUAGE else language(state).endonym
            yield Link(absolute(self.config.base_url, path), label, state)

    def _feeds(self, page: str, tags: Iterable[str]) -> Iterable[Link]:
        for tag in tags:
            yield Link(relative(page, feed(tag)), self.config.name_in(tag), tag)

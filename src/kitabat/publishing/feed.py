"""A language's feed: Atom (RFC 4287), made from a template."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from kitabat.building.made import Made
from kitabat.language.registry import language
from kitabat.model.diagnostic import Location, error
from kitabat.model.errors import PublishingError
from kitabat.model.site import BILINGUAL
from kitabat.publishing.addresses import absolute, feed, front_page, web_edition
from kitabat.publishing.editions import shelf
from kitabat.publishing.jobs import EditionJob
from kitabat.publishing.news import NEVER, News, news
from kitabat.publishing.press import Press
from kitabat.publishing.studio import press_of
from kitabat.publishing.web_site import fronts, states
from kitabat.rendering.compose import compose
from kitabat.rendering.context import EntryView, FeedView, Link
from kitabat.rendering.template_files import FOLDER
from kitabat.rendering.typesetter import plain_view

TEMPLATE = "web/feed.xml.j2"


def make(job: EditionJob) -> Made:
    """Return a language's feed, and what it depends on."""
    try:
        _, press = press_of(job.order)
        press.named.clear()
        tag = job.edition.language
        text = written(press, tag).encode()
        names = [f"template {name}" for name in sorted(press.templates.family(TEMPLATE))]
        names += ("code", "settings feed", "libraries html", f"words {tag}", f"feed {tag}")
        names += (f"named {place}" for place in sorted(press.named))
        return Made(text, names=tuple(names))
    except PublishingError as fault:
        return Made(faults=fault.diagnostics)


def written(press: Press, tag: str) -> str:
    """Return a language's feed; raises PublishingError where the template is at fault."""
    # White space before it would keep the declaration of XML from being one.
    text = press.templates.render(TEMPLATE, press.sides[tag], feed=view(press, tag)).strip() + "\n"
    try:
        expat.ParserCreate().Parse(text.encode(), True)
    except expat.ExpatError as fault:
        message = f"Unexpected feed, expected well-formed XML: {expat.errors.messages[fault.code]}"
        hint = f"Line {fault.lineno} of what the template makes is at fault; mend it, or have the toolkit's own"
        raise PublishingError(error("rendering/template", message, Location(f"{FOLDER}/{TEMPLATE}"), hint)) from None
    return text


def view(press: Press, tag: str) -> FeedView:
    """Return what the template sees of a language's feed."""
    config = press.config
    told = news(shelf(press.articles.values(), press.available, tag), tag, config)
    others = [other for other in fronts(press) if other != tag]
    tagline = config.tagline_in(tag)
    return FeedView(
        id=absolute(config.feed.id or config.base_url, feed(tag)),
        href=absolute(config.base_url, feed(tag)),
        home=absolute(config.base_url, front_page(tag)),
        lang=tag,
        title=plain_view(config.name_in(tag), tag).title,
        tagline=plain_view(tagline, tag).title if tagline else "",
        updated=max((one.updated for one in told), default=NEVER),
        others=tuple(
            Link(absolute(config.base_url, feed(other)), plain_view(config.name_in(other), other).title, other)
            for other in others
        ),
        entries=tuple(_entry(press, one, tag) for one in told),
    )


def _entry(press: Press, told: News, tag: str) -> EntryView:
    config, reading = press.config, told.reading
    page = web_edition(tag, reading.slug)
    return EntryView(
        id=absolute(config.feed.id or config.base_url, page),
        href=absolute(config.base_url, page),
        article=compose(reading.edited(tag, config), press.web_place(reading, tag, feed(tag)), body=False),
        published=told.published,
        updated=told.updated,
        related=tuple(_related(press, reading.slug, tag)),
    )


def _related(press: Press, slug: str, tag: str) -> Iterator[Link]:
    for state, path in states(press, slug).items():
        if state == BILINGUAL:
            yield Link(absolute(press.config.base_url, path), "")
        elif state != tag:
            yield Link(absolute(press.config.base_url, path), language(state).endonym, state)

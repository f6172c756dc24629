"""What editions are made from, by name: the digest that each input has at present.

A name is a kind and what it is of: ``texts ur content/a.md`` are the texts of an article in Urdu, whatever file they
stand in. A finished task keeps the names of what it has used, with their digests; where one differs, it is done again.
"""

from __future__ import annotations

import functools
import sys
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING

import msgspec

from kitabat import __version__, resources
from kitabat.building.inventory import Inventory, Look
from kitabat.catalogs.paths import TEMPLATE_DOMAIN, po_path
from kitabat.config import SiteConfig
from kitabat.model.site import BILINGUAL
from kitabat.publishing.addresses import CHOOSER, pdf_edition, web_edition
from kitabat.publishing.news import news
from kitabat.recording import digest_of
from kitabat.versions import version
from kitabat.workspace import Disk

if TYPE_CHECKING:
    from kitabat.publishing.reading import Reading

LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "reading": ("markdown-it-py", "mdit-py-plugins", "mdurl", "pillow", "pyyaml", "uharfbuzz"),
    "html": ("babel", "jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "mdurl", "pyyaml"),
    "pdf": (
        "babel", "cssselect2", "fonttools", "jinja2", "markdown-it-py", "markupsafe", "mdit-py-plugins", "mdurl",
        "pillow", "pydyf", "pyphen", "pyyaml", "tinycss2", "tinyhtml5", "uharfbuzz", "weasyprint",
    ),
    "booklets": ("pikepdf",),
    "fonts": ("brotli", "fonttools", "uharfbuzz"),
}  # fmt: skip
"""Packages whose version may show in what is made, by what that is."""
SHARED_LIBRARIES = {"pdf": ("pango-1.0", "harfbuzz", "harfbuzz-subset")}
"""Libraries of the system, by what is made with them."""
VERSION_FUNCTIONS = {"pango-1.0": "pango_version_string"}
OF_READING = frozenset({"languages", "default_language", "fuzzy", "time_zone", "language"})
"""Settings that the reading of an article depends on."""
OF_NO_EDITION = frozenset({"jobs", "minimum_coverage", "together", "formats", "timeout", "cache_size", "keep", "feed"})
"""Settings that decide which editions there are, or how they are made, and not what they show."""
OF_PRINT = frozenset({"pdf"})
OF_FEEDS = frozenset({"base_url", "name", "tagline", "languages", "default_language", "time_zone", "language", "feed"})
"""Settings that feeds and the site map depend on."""


IN_WORDS: Mapping[str, str] = {
    "file": "{0}",
    "template": "templates/{0}",
    "font": "fonts/{0}",
    "words": "the templates' words in `{0}`",
    "settings": "the settings",
    "article": "{0}",
    "texts": "the text in `{0}` of {1}",
    "pictures": "the pictures of {0}",
    "states": "which editions there are of `{0}`",
    "reach": "what links to {0} lead to",
    "named": "what {1} is called in `{0}`",
    "shelf": "what the front page in `{0}` lists",
    "feed": "what the feed in `{0}` tells",
    "site": "which pages there are, and when they were last changed",
    "style": "the style sheet",
    "libraries": "the versions of the libraries",
    "code": "kitabat itself",
    "characters": "the characters that the publication uses",
    "faces": "the fonts of the site",
    "face": "the characters that a font needs",
    "inks": "the tallest words of the publication",
    "made": "{0}",
}
"""What each kind of input is called for people."""


def in_words(name: str) -> str:
    """Return an input's name for people.

    >>> in_words("texts ur content/a.md"), in_words("code")
    ('the text in `ur` of content/a.md', 'kitabat itself')
    """
    kind, _, rest = name.partition(" ")
    first, _, second = rest.partition(" ") if kind in {"texts", "named"} else (rest, "", "")
    return IN_WORDS[kind].format(first, second)


class Inputs:
    """Knows the present digest of everything that editions are made from."""

    def __init__(self, project: Disk, looks: Mapping[str, Mapping[str, Look]], config: SiteConfig) -> None:
        """Take the looks of an earlier build over: of ``project``, ``toolkit`` and ``package``."""
        self.project = Inventory(project, looks.get("project", {}))
        self.toolkit = Inventory(Disk(resources.root()), looks.get("toolkit", {}))
        self.package = Inventory(Disk(resources.PACKAGE), looks.get("package", {}))
        self.config = config
        self.readings: Mapping[str, Reading] = {}
        """By the path of the article's file; complete once all articles are read."""
        self.available: Collection[str] = frozenset()
        """Paths of the editions that the output will hold."""
        self.shelves: Mapping[str, tuple[Reading, ...]] = {}
        """What each language's front page lists."""
        self.made: dict[str, str] = {}
        """Digests of what the build has found out on the way: style sheets, faces, characters."""
        self._kinds: Mapping[str, Callable[[str], str]] = {
            "file": self.project.digest,
            "template": self._template,
            "words": self._words,
            "font": self._font,
            "settings": self._settings,
            "article": self._article,
            "texts": self._texts,
            "pictures": self._pictures,
            "states": self._states,
            "reach": self._reach,
            "named": self._named,
            "shelf": self._shelf,
            "feed": self._feed,
            "site": self._site,
            "libraries": libraries,
            "code": self._code,
        }
        self._known: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """Return the present digest of an input; empty for one that there is not."""
        found = self._known.get(name)
        if found is None:
            kind, _, rest = name.partition(" ")
            digest = self._kinds.get(kind)
            found = self._known[name] = digest(rest) if digest else self.made.get(name, "")
        return found

    def look(self, names: Iterable[str]) -> None:
        """Look at inputs before something is made from them: what changes meanwhile has changed for the next build."""
        for name in names:
            self(name)

    def looks(self) -> dict[str, dict[str, Look]]:
        """Return the looks that were taken, for the next build."""
        return {"project": self.project.looks, "toolkit": self.toolkit.looks, "package": self.package.looks}

    def found_out(self, name: str, digest: str) -> None:
        """Keep the digest of something that the build has just made."""
        self.made[name] = digest
        self._known.pop(name, None)

    def settle(self, available: Collection[str], shelves: Mapping[str, tuple[Reading, ...]]) -> None:
        """Keep which editions the output will hold; what depends on them is looked at anew."""
        self.available, self.shelves = available, shelves
        for name in [name for name in self._known if name.startswith(("states ", "reach ", "shelf ", "feed ", "site"))]:
            del self._known[name]

    def _either(self, path: str) -> str:
        """Return the digest of a publication's own file, or of the toolkit's where it has none."""
        return self.project.digest(path) or self.toolkit.digest(path)

    def _template(self, name: str) -> str:
        if name == "*":
            return _digest(sorted(self._everything("templates")))
        return self._either(f"templates/{name}")

    def _everything(self, folder: str) -> Iterable[str]:
        for inventory in (self.project, self.toolkit):
            for path in inventory.disk.list(folder):
                yield f"{path} {inventory.digest(path)}"

    def _font(self, path: str) -> str:
        return self._either(f"fonts/{path}")

    def _words(self, tag: str) -> str:
        path = po_path(TEMPLATE_DOMAIN, tag)
        return _digest((self.project.digest(path), self.toolkit.digest(path)))

    def _settings(self, kind: str) -> str:
        values = {one.name: getattr(self.config, one.name) for one in fields(self.config)}
        if of_kind := {"reading": OF_READING, "feed": OF_FEEDS}.get(kind):
            return _digest({name: value for name, value in values.items() if name in of_kind})
        left_out = OF_NO_EDITION | (frozenset() if kind == "pdf" else OF_PRINT)
        kept = {name: value for name, value in values.items() if name not in left_out}
        return _digest((kept, self.config.pdf.layout, "pdf" in self.config.formats))

    def _article(self, path: str) -> str:
        return self.readings[path].source if path in self.readings else ""

    def _texts(self, rest: str) -> str:
        tag, _, path = rest.partition(" ")
        reading = self.readings.get(path)
        return reading.cards[tag].digest if reading and tag in reading.cards else ""

    def _pictures(self, path: str) -> str:
        return _digest(self.readings[path].pictures) if path in self.readings else ""

    def _states(self, slug: str) -> str:
        tags, there = (*self.config.languages, BILINGUAL), self.available
        pages = " ".join([tag for tag in tags if web_edition(tag, slug) in there])
        return f"{pages}; {' '.join([tag for tag in tags if pdf_edition(tag, slug) in there])}"

    def _reach(self, path: str) -> str:
        reading = self.readings.get(path)
        return f"{reading.slug} {reading.places} {self(f'states {reading.slug}')}" if reading else ""

    def _named(self, rest: str) -> str:
        tag, _, place = rest.partition(" ")
        path, _, fragment = place.partition("#")
        reading = self.readings.get(path)
        title = reading.titles.get(tag, {}).get(fragment) if reading else None
        return _digest(title) if title else ""

    def _shelf(self, tag: str) -> str:
        if not tag:
            return _digest(sorted(self.shelves))
        listed = [(one.slug, one.cards[tag].listed, self(f"states {one.slug}")) for one in self.shelves.get(tag, ())]
        return _digest(listed)

    def _feed(self, tag: str) -> str:
        told = [
            (one.reading.slug, one.reading.cards[tag].told, one.published, one.updated, self._pages(one.reading.slug))
            for one in news(self.shelves.get(tag, ()), tag, self.config)
        ]
        return _digest((sorted(self.shelves), told))

    def _pages(self, slug: str) -> str:
        return self(f"states {slug}").partition(";")[0]

    def _site(self, _: str) -> str:
        days = [(one.slug, one.days) for one in self.readings.values()]
        # The page that leads to the languages is there in any case, whether this build is asked for it or not.
        pages = sorted({CHOOSER, *(path for path in self.available if path.endswith(".html"))})
        return _digest((pages, days))

    def _code(self, _: str) -> str:
        """Return the digest of the toolkit itself: its version, and its source, which changes where it is worked on."""
        found = {path: self.package.digest(path) for path in self.package.disk.list(".", ".py")}
        return _digest((__version__, sys.version_info[:3], found))


@functools.cache
def libraries(kind: str) -> str:
    """Return a digest of the versions of what a kind of output is made with."""
    versions = [version(name) for name in LIBRARIES.get(kind, ())]
    shared = [shared_version(name) for name in SHARED_LIBRARIES.get(kind, ())]
    return _digest((versions, shared, zlib.ZLIB_RUNTIME_VERSION))


def shared_version(name: str) -> str:
    """Return the version of a library of the system, or what tells its file from another."""
    import ctypes

    for file in (f"lib{name}.so.0", f"lib{name}.0.dylib", f"lib{name}.dylib"):
        try:
            library = ctypes.CDLL(file)
        except OSError:
            continue
        function = getattr(library, VERSION_FUNCTIONS.get(name, "hb_version_string"), None)
        if function is None:
            return file
        function.restype = ctypes.c_char_p
        return (function() or b"").decode()
    return ""


def brief(value: object) -> str:
    """Return half a digest of any value, for what is kept a thousand times."""
    return _digest(value)[:32]


def _digest(value: object) -> str:
    return digest_of(msgspec.json.encode(value, order="sorted"))

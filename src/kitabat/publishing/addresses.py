"""Where everything stands in the output, and how one page names another."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from kitabat.markup.targets import lead

CHOOSER = "index.html"
ASSETS = "assets"
LEADING = "leading.css"
"""The sheet with the line heights of pages, where they are measured.

Its name does not change with its content, as that of the style sheet does: a taller word somewhere is no reason to make
all pages anew.
"""
SITE_MAP = "sitemap.xml"


def front_page(tag: str) -> str:
    """Return the path of a language's front page.

    >>> front_page("ur")
    'ur/index.html'
    """
    return f"{tag}/index.html"


def web_edition(tag: str, slug: str) -> str:
    """Return the path of an article's page; ``tag`` is a language's, or ``bilingual``.

    >>> web_edition("ur", "news")
    'ur/news/index.html'
    """
    return f"{tag}/{slug}/index.html"


def pdf_edition(tag: str, slug: str) -> str:
    """Return the path of an article's PDF.

    >>> pdf_edition("bilingual", "news")
    'bilingual/news/news-bilingual.pdf'
    """
    return f"{tag}/{slug}/{slug}-{tag}.pdf"


def booklet(tag: str, slug: str) -> str:
    """Return the path of an article's PDF as a booklet.

    >>> booklet("ur", "news")
    'ur/news/news-ur-booklet.pdf'
    """
    return pdf_edition(tag, slug).removesuffix(".pdf") + "-booklet.pdf"


def feed(tag: str) -> str:
    """Return the path of a language's feed.

    >>> feed("ur")
    'ur/feed.xml'
    """
    return f"{tag}/feed.xml"


def site_map_part(number: int) -> str:
    """Return the path of a part of a site map that is too long for one file; the first is 1.

    >>> site_map_part(1)
    'sitemap-1.xml'
    """
    return f"sitemap-{number}.xml"


def asset(name: str) -> str:
    """Return the path of a style sheet, font or picture.

    >>> asset("map.svg")
    'assets/map.svg'
    """
    return f"{ASSETS}/{name}"


def relative(page: str, target: str) -> str:
    """Return the address by which one page of the output names another file of it.

    >>> relative("ur/news/index.html", "assets/style.css"), relative("ur/news/index.html", "ur/news/index.html")
    ('../../assets/style.css', 'index.html')
    """
    folders, parts = page.split("/")[:-1], target.split("/")
    same = 0
    while same < len(folders) and same < len(parts) - 1 and folders[same] == parts[same]:
        same += 1
    return quote("../" * (len(folders) - same) + "/".join(parts[same:]), safe="/~")


def absolute(base_url: str, target: str) -> str:
    """Return a file's address on the web; empty without a base address.

    >>> absolute("https://example.org/", "ur/news/index.html")
    'https://example.org/ur/news/'
    """
    return base_url + quote(target.removesuffix("index.html"), safe="/~") if base_url else ""


def article_link(article_path: str, href: str) -> tuple[str, str] | None:
    """Return the path and the fragment that a link of an article names; None for one that leads out of the project.

    The path is relative to the project, and empty for a link to the article's own sections.

    >>> article_link("content/a.md", "b.md#history"), article_link("content/a.md", "#x")
    (('content/b.md', 'history'), ('', 'x'))
    >>> article_link("content/a.md", "https://example.org/")
    """
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return None
    path, fragment = lead(href, article_path)
    return path if parts.path else "", fragment

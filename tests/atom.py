"""What RFC 4287 asks of an Atom feed and sitemaps.org of a site map, looked for in the files themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree as ET

ATOM = "{http://www.w3.org/2005/Atom}"
SITE_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TIME = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
LINK = {"href", "rel", "type", "hreflang", "title", "length"}
CONTENTS: Mapping[str, tuple[str, str, set[str]]] = {
    "feed": (
        "id title updated",
        "subtitle generator icon logo rights",
        {"author", "contributor", "category", "link", "entry"},
    ),
    "entry": (
        "id title updated",
        "published summary content rights source",
        {"author", "contributor", "category", "link"},
    ),
    "author": ("name", "uri email", set()),
}
"""By element: what it must have once, what it may have once, and what it may have several times."""
ATTRIBUTES: Mapping[str, set[str]] = {
    "link": LINK,
    "category": {"term", "scheme", "label"},
    "generator": {"uri", "version"},
    **{key: {"type"} for key in ("title", "subtitle", "summary", "rights")},
}


def faults_of_feed(content: bytes) -> list[str]:
    """Return what is wrong with a feed; nothing where it is valid."""
    root = ET.fromstring(content)
    if root.tag != f"{ATOM}feed":
        return [f"{root.tag} is no feed"]
    found = [fault for element in root.iter() for fault in _of_element(element)]
    ids = Counter(element.findtext(f"{ATOM}id") for element in root.iter(f"{ATOM}entry"))
    found += [f"{id_} is the id of {times} entries" for id_, times in ids.items() if times > 1]
    if root.find(f"{ATOM}author") is None:
        found += ["no author" for entry in root.iter(f"{ATOM}entry") if entry.find(f"{ATOM}author") is None]
    if len([one for one in root.findall(f"{ATOM}link") if one.get("rel") == "self"]) != 1:
        found.append("the feed does not name itself")
    return found


def _of_element(element: ET.Element) -> Iterator[str]:
    name = element.tag.removeprefix(ATOM)
    strange = set(element.attrib) - ATTRIBUTES.get(name, set()) - {LANG}
    yield from (f"{name} has {attribute}" for attribute in sorted(strange))
    if not TAG.fullmatch(element.get(LANG, "en")):
        yield f"{name} is in {element.get(LANG)!r}"
    text = (element.text or "").strip()
    if name in CONTENTS:
        yield from _of_children(name, element)
        if text or any((child.tail or "").strip() for child in element):
            yield f"{name} has text"
    elif len(element):
        yield f"{name} has elements"
    if name in {"updated", "published"} and not TIME.fullmatch(element.text or ""):
        yield f"{name} is {element.text!r}"
    if name == "id" and not IRI.fullmatch(element.text or ""):
        yield f"the id is {element.text!r}"
    if name in {"title", "name"} and not text:
        yield f"{name} is empty"
    if name == "link":
        yield from _of_link(element)
    if name == "category" and not element.get("term"):
        yield "a category has no term"


def _of_children(name: str, element: ET.Element) -> Iterator[str]:
    needed, allowed, several = CONTENTS[name]
    times = Counter(child.tag.removeprefix(ATOM) for child in element)
    for one in needed.split():
        if times[one] != 1:
            yield f"{name} has {times[one]} {one}"
    yield from (f"{name} has {times[one]} {one}" for one in allowed.split() if times[one] > 1)
    strange = times.keys() - {*needed.split(), *allowed.split()} - several
    yield from (f"{name} has {one}" for one in sorted(strange))
    if name in {"feed", "entry"}:
        links = [
            child for child in element if child.tag == f"{ATOM}link" and child.get("rel", "alternate") == "alternate"
        ]
        pairs = Counter((link.get("type"), link.get("hreflang")) for link in links)
        yield from (f"{name} has {count} alternates {pair}" for pair, count in pairs.items() if count > 1)
        if name == "entry" and element.find(f"{ATOM}content") is None and not links:
            yield "an entry has neither content nor alternate"


def _of_link(link: ET.Element) -> Iterator[str]:
    if not ADDRESS.fullmatch(link.get("href", "")):
        yield f"a link leads to {link.get('href')!r}"
    if "hreflang" in link.attrib and not TAG.fullmatch(link.get("hreflang", "")):
        yield f"a link leads to the language {link.get('hreflang')!r}"
    if "/" not in link.get("type", "text/html"):
        yield f"a link leads to the type {link.get('type')!r}"


def faults_of_site_map(content: bytes) -> list[str]:
    """Return what is wrong with one file of a site map; nothing where it is valid."""
    root = ET.fromstring(content)
    name = root.tag.removeprefix(SITE_MAP)
    item = {"urlset": "url", "sitemapindex": "sitemap"}.get(name)
    if item is None:
        return [f"{root.tag} is no site map"]
    found = [] if len(content) <= 50 << 20 else [f"it has {len(content)} bytes"]
    if not 1 <= len(root) <= 50_000:
        found.append(f"it has {len(root)} addresses")
    for one in root:
        found += [f"{name} has {one.tag}"] if one.tag != SITE_MAP + item else _of_item(one)
    addresses = Counter(element.text for element in root.iter(f"{SITE_MAP}loc"))
    found += [f"{address} is there {times} times" for address, times in addresses.items() if times > 1]
    return found + list(_not_returned(root))


def _of_item(item: ET.Element) -> Iterator[str]:
    names = [child.tag for child in item]
    head = [name for name in names if name.startswith(SITE_MAP)]
    if head not in ([f"{SITE_MAP}loc"], [f"{SITE_MAP}loc", f"{SITE_MAP}lastmod"]) or names[: len(head)] != head:
        yield f"an address has {names}"
    yield from (f"an address has {name}" for name in names[len(head) :] if name != f"{XHTML}link")
    address, day = item.findtext(f"{SITE_MAP}loc", ""), item.findtext(f"{SITE_MAP}lastmod")
    if not ADDRESS.fullmatch(address) or not 12 <= len(address) <= 2048:
        yield f"an address is {address!r}"
    if day is not None and not DAY.fullmatch(day):
        yield f"{address} was changed {day!r}"
    for link in item.iter(f"{XHTML}link"):
        if set(link.attrib) != {"rel", "hreflang", "href"} or link.get("rel") != "alternate":
            yield f"{address} has a link {link.attrib}"


def alternates_in(root: ET.Element) -> dict[str, dict[str, str]]:
    """Return what each address of a site map says of its alternates, by language."""
    return {
        item.findtext(f"{SITE_MAP}loc", ""): {
            link.get("hreflang", ""): link.get("href", "") for link in item.iter(f"{XHTML}link")
        }
        for item in root
    }


def _not_returned(root: ET.Element) -> Iterable[str]:
    """Yield the alternates that do not name whoever names them: search engines pass over both."""
    known = alternates_in(root)
    for address, links in known.items():
        yield from (
            f"{address} names {other}, which it is not named by"
            for other in links.values()
            if known.get(other) != links
        )

"""kitabat.toml: found, parsed, held against the table of settings, every fault told with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from kitabat.config.feeds import entries, identity
from kitabat.config.places import KeyPath, Place, line_and_column, places
from kitabat.config.record import FeedConfig, LanguageConfig, Margins, PdfConfig, SiteConfig
from kitabat.config.values import (
    STYLE_SHEETS,
    Parse,
    UnfitError,
    columns,
    dictionary,
    flag,
    former_outputs,
    jobs,
    length,
    line_height,
    line_of_text,
    millimetres,
    nearest,
    number,
    of_type,
    one_of,
    page_size,
    quotation_marks,
    reply_address,
    several_of,
    shown,
    size_in_bytes,
    time_zone,
    web_address,
)
from kitabat.config.variants import variant
from kitabat.model.diagnostic import Diagnostic, Location, Outcome, error, has_errors
from kitabat.workspace import Workspace

PATH = "kitabat.toml"
LARGEST_FILE = 64 * 1024
LONGEST_LINE = 2000
"""Limits, because tomllib takes memory by the square of the length of a dotted key."""

FORMATS = ("html", "pdf")

LANGUAGES: Mapping[str, Mapping[str, Parse]] = {
    "en": {"quotes": quotation_marks, "line_height": number(1, 4), "dictionary": dictionary},
    "ur": {
        "font": one_of("nastaliq", "naskh"),
        "digits": one_of("urdu", "latin"),
        "quotes": quotation_marks,
        "line_height": line_height,
        "dictionary": dictionary,
    },
}
"""The languages of the registry, each with the settings that it takes."""

DEFAULTS = {"en": LanguageConfig(), "ur": LanguageConfig(font="nastaliq", digits="urdu")}

BY_LANGUAGE: Mapping[str, Parse] = dict.fromkeys(LANGUAGES, line_of_text)

Schema = Mapping[str, "Parse | Schema"]

SCHEMA: Schema = {
    "publication": {
        "name": BY_LANGUAGE,
        "tagline": BY_LANGUAGE,
        "base_url": web_address,
        "languages": several_of(*LANGUAGES),
        "default_language": one_of(*LANGUAGES),
        "time_zone": time_zone,
        "replies": reply_address,
    },
    "language": LANGUAGES,
    "build": {
        "formats": several_of(*FORMATS),
        "fuzzy": one_of("source", "keep"),
        "minimum_coverage": dict.fromkeys(LANGUAGES, number(0, 100)),
        "together": flag,
        "jobs": jobs,
        "timeout": number(1, 86_400),
        "keep": former_outputs,
        "cache_size": size_in_bytes,
    },
    "pdf": {
        "style": one_of(*STYLE_SHEETS),
        "columns": columns,
        "justify": flag,
        "footnotes": one_of("article", "page"),
        "cover": flag,
        "colophon": flag,
        "page_size": page_size,
        "margins": dict.fromkeys(("inside", "outside", "top", "bottom"), length),
        "binding": one_of("auto", "left", "right"),
        "variant": variant,
        "layout": one_of("columns", "interleaved", "facing", "flip"),
        "folios": one_of("shared", "separate"),
    },
    "feed": {"entries": entries, "id": identity},
}
"""Every setting, with what reads it; a mapping is a table."""

SHORT_FORMS: Mapping[KeyPath, Parse] = {
    ("publication", "name"): line_of_text,
    ("publication", "tagline"): line_of_text,
    ("pdf", "margins"): length,
}
"""Tables that may be written as one value, which then holds for every key."""

AT_END = "(at end of document)"
AT_PLACE = re.compile(r" ?\(at line (\d+), column (\d+)\)$")
NARROWEST_TEXT = 40.0


def load(workspace: Workspace) -> Outcome[SiteConfig | None]:
    r"""Return a project's settings; None where there is a fault, and then all faults.

    >>> from kitabat.workspace import Memory
    >>> load(Memory({PATH: '[publication]\nname = "Aaina"'})).value.name_in("ur")
    'Aaina'
    >>> print(load(Memory({PATH: '[publication]\nnam = "Aaina"'})).diagnostics[1])
    kitabat.toml:2:1: error: Unexpected key `nam` in [publication] [settings/unknown]
    """
    try:
        content = workspace.read(PATH)
    except FileNotFoundError:
        hint = f"Run `kitabat new` for a new publication, or give the folder that holds {PATH} with --project"
        return Outcome(None, (error("settings/missing", f"Missing `{PATH}`", Location(PATH), hint),))
    except OSError as fault:
        message = f"Cannot read: {fault.strerror or fault}"
        return Outcome(None, (error("settings/unreadable", message, Location(PATH), "Let the file be read"),))
    text, faults = decoded(content)
    if faults:
        return Outcome(None, faults)
    document, faults = parsed(text)
    if faults:
        return Outcome(None, faults)
    return Reader(text).site(document)


def decoded(content: bytes) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the file's text, a byte order mark taken off."""
    if len(content) > LARGEST_FILE:
        message = f"Unexpected size of {len(content)} bytes, expected at most {LARGEST_FILE}"
        return "", (error("settings/syntax", message, Location(PATH), "Keep only settings in this file"),)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n"), ()
    except UnicodeDecodeError as fault:
        before = content[: fault.start].decode("utf-8-sig", "replace").replace("\r\n", "\n")
        place = Location(PATH, *line_and_column(before, len(before)))
        message = f"Unexpected byte 0x{content[fault.start]:02X}, expected UTF-8"
        return "", (error("settings/encoding", message, place, "Save the file as UTF-8"),)


def parsed(text: str) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """Return the document, or the one syntax error that tomllib found."""
    hint = "Mend the TOML syntax: `key = value`, text in quotation marks, lists in square brackets"
    for number_, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            message = f"Unexpected line of {len(line)} characters, expected at most {LONGEST_LINE}"
            return {}, (error("settings/syntax", message, Location(PATH, number_), "Break the line"),)
    try:
        return tomllib.loads(text), ()
    except RecursionError:
        return {}, (error("settings/syntax", "Unexpected depth of brackets", Location(PATH), hint),)
    except ValueError as fault:
        message, place = position(text, str(fault))
        return {}, (error("settings/syntax", message, place, hint),)


def position(text: str, words: str) -> tuple[str, Location]:
    """Return tomllib's message without its place, and the place."""
    found = AT_PLACE.search(words)
    if found:
        return AT_PLACE.sub("", words), Location(PATH, int(found[1]), int(found[2]))
    end = len(text.rstrip())
    message = words.removesuffix(AT_END).rstrip()
    return message, Location(PATH, *line_and_column(text, end))


class Reader:
    """Holds a document against the schema, gathering faults."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = places(text)
        self.faults: list[Diagnostic] = []

    def site(self, document: Mapping[str, Any]) -> Outcome[SiteConfig | None]:
        """Return the record, or the faults in the order of their lines."""
        found = self.table(document, SCHEMA, ())
        publication, build = found.get("publication", {}), found.get("build", {})
        self.agreement(found, document)
        faults = tuple(sorted(self.faults, key=lambda fault: fault.location or Location(PATH)))
        if has_errors(faults):
            return Outcome(None, faults)
        languages = publication.get("languages", tuple(LANGUAGES))
        asked = found.get("language", {})
        pdf = found.get("pdf", {})
        if "margins" in pdf:
            pdf["margins"] = Margins(**pdf["margins"])
        publication.setdefault("default_language", languages[0])
        language = {tag: with_defaults(tag, asked.get(tag, {})) for tag in languages}
        feed = FeedConfig(**found.get("feed", {}))
        return Outcome(SiteConfig(**publication, **build, language=language, pdf=PdfConfig(**pdf), feed=feed), faults)

    def table(self, values: Mapping[str, Any], schema: Schema, path: KeyPath) -> dict[str, Any]:
        """Return a table's checked values, without those at fault."""
        found = {}
        for key, value in values.items():
            here = (*path, key)
            if key not in schema:
                self.unknown(key, schema, path)
                continue
            try:
                found[key] = self.value(value, schema[key], here)
            except UnfitError as fault:
                self.fault(fault.rule, fault.message, (*here, *fault.path), fault.hint)
        return found

    def value(self, value: object, kind: Parse | Schema, path: KeyPath) -> object:
        """Return one checked value; a table's own faults are gathered."""
        if callable(kind):
            return kind(value)
        if path in SHORT_FORMS and not isinstance(value, dict):
            return dict.fromkeys(kind, SHORT_FORMS[path](value))
        hint = f"Write `[{'.'.join(path)}]` on a line of its own, with its keys below"
        return self.table(of_type(value, dict, "a table", hint), kind, path)

    def agreement(self, found: Mapping[str, Any], document: Mapping[str, Any]) -> None:
        """Look at what settings say of each other."""
        given = document.get("publication")
        publication = found.get("publication", {})
        if given is None or (isinstance(given, dict) and "name" not in given):
            hint = 'Write `name = "…"` below `[publication]`'
            self.fault("settings/required", "Missing `name` in [publication]", ("publication",), hint)
        languages = publication.get("languages", tuple(LANGUAGES))
        for key in ("name", "tagline"):
            texts = publication.get(key)
            missing = [tag for tag in languages if texts is not None and tag not in texts]
            if missing and not self.faulty(("publication", key)):
                message = f"Missing `{key}` in {', '.join(f'`{tag}`' for tag in missing)}"
                hint = f"Add the {key} in each language of the publication"
                self.fault("settings/required", message, ("publication", key), hint)
        default = publication.get("default_language")
        if default is not None and default not in languages:
            message = f"Unexpected {shown(default)}, expected one of the publication's languages"
            hint = f"Write {nearest(default, languages)}, or add it to `languages`"
            self.fault("settings/value", message, ("publication", "default_language"), hint)
        self.style(found.get("pdf", {}))
        self.margins(found.get("pdf", {}))

    def style(self, pdf: Mapping[str, Any]) -> None:
        """See that columns are asked for where the style has any."""
        style = pdf.get("style", PdfConfig().style)
        if "columns" in pdf and style != "newspaper":
            message = f"Unexpected `columns` with the style {shown(style)}, expected it with `newspaper`"
            hint = 'Write `style = "newspaper"`, or take `columns` out'
            self.fault("settings/value", message, ("pdf", "columns"), hint)

    def margins(self, pdf: Mapping[str, Any]) -> None:
        """See that all four margins are there and leave room for text."""
        given = pdf.get("margins")
        if given is None or self.faulty(("pdf", "margins")):
            return
        missing = [f"`{side}`" for side in ("inside", "outside", "top", "bottom") if side not in given]
        if missing:
            message = f"Missing {', '.join(missing)} in the margins"
            self.fault("settings/required", message, ("pdf", "margins"), "Give all four sides, or one length for all")
            return
        of_style = page_size(STYLE_SHEETS[pdf.get("style", PdfConfig().style)])
        sizes = [millimetres(side) or 0.0 for side in pdf.get("page_size", of_style).split(" ")]
        across, down = ("inside", "outside"), ("top", "bottom")
        taken = [sum(millimetres(given[side]) or 0.0 for side in pair) for pair in (across, down)]
        if any(size - margin < NARROWEST_TEXT for size, margin in zip(sizes, taken, strict=True)):
            message = f"Unexpected margins, expected at least {NARROWEST_TEXT:g}mm between them for text"
            self.fault("settings/value", message, ("pdf", "margins"), "Make the margins smaller or the page larger")

    def faulty(self, path: KeyPath) -> bool:
        """Tell whether a fault was found at or below a path."""
        spots = {self.location(known) for known in self.places if known[: len(path)] == path}
        return any(fault.location in spots for fault in self.faults)

    def unknown(self, key: str, schema: Iterable[str], path: KeyPath) -> None:
        """Refuse a key or a table that is no setting."""
        allowed = tuple(schema)
        where = f" in [{'.'.join(path)}]" if path else ""
        what = "key" if path else "table or key"
        self.fault(
            "settings/unknown", f"Unexpected {what} {shown(key)}{where}", (*path, key), f"Write {nearest(key, allowed)}"
        )

    def fault(self, rule: str, message: str, path: KeyPath, hint: str) -> None:
        """Gather one fault."""
        self.faults.append(error(rule, message, self.location(path), hint))

    def location(self, path: KeyPath) -> Location:
        """Return the place of a setting, or of the nearest table around it."""
        for size in range(len(path), 0, -1):
            place: Place | None = self.places.get(path[:size])
            if place:
                return Location(PATH, *line_and_column(self.text, place.key))
        return Location(PATH, 1)


def with_defaults(tag: str, asked: Mapping[str, Any]) -> LanguageConfig:
    """Return one language's settings, those that are not given from the defaults."""
    default = DEFAULTS[tag]
    return LanguageConfig(
        font=asked.get("font", default.font),
        digits=asked.get("digits", default.digits),
        quotes=asked.get("quotes", default.quotes),
        line_height=asked.get("line_height", default.line_height),
        dictionary=asked.get("dictionary", default.dictionary),
    )

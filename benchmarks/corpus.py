"""Write a publication of many articles, complete in two languages, for measuring builds.

    .venv/bin/python benchmarks/corpus.py FOLDER --articles 200 [--words 2500] [--formats html]

The same arguments give the same files. An article has a table, a list, a footnote, emphasis and links to its
neighbours, as real ones have; whatever it says in English its catalog says in Urdu.
"""

from __future__ import annotations

import argparse
import datetime
import random
from collections.abc import Iterator
from pathlib import Path

from merge_edits import WORDS, sentence

from kitabat.catalogs.po_writer import escaped

SECTIONS = 8
"""Of an article of the usual length; a longer one has more of them, not longer paragraphs."""
WORDS_A_SECTION = 320
FIRST_DAY = datetime.date(2020, 1, 1)
SETTINGS = """\
[publication]
name = {{ en = "Measured", ur = "پیمائش" }}
languages = ["ur", "en"]
default_language = "ur"

[build]
formats = [{formats}]
"""
HEADER = """\
msgid ""
msgstr ""
"Language: {tag}\\n"
"PO-Revision-Date: 2026-11-03 10:00+0500\\n"
"Last-Translator: Desk <desk@measured.example>\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""

Pair = tuple[str, str, str]
"""Context, source, translation."""


def paragraph(dice: random.Random, words: int) -> tuple[str, str]:
    """Return about so many English words, one of them emphasised, and their Urdu."""
    english, urdu = [], []
    while sum(len(text.split()) for text in english) < words:
        one, other = sentence(dice)
        english.append(one)
        urdu.append(other)
    first = next(word for word in english[0].split() if word in WORDS)
    english[0] = english[0].replace(f" {first}", f" *{first}*", 1)
    urdu[0] = urdu[0].replace(WORDS[first], f"*{WORDS[first]}*", 1)
    return " ".join(english), " ".join(urdu)


def article(number: int, total: int, words: int) -> tuple[str, list[Pair]]:
    """Return an article's Markdown, and its messages with their translations."""
    dice = random.Random(number)
    day = FIRST_DAY + datetime.timedelta(days=number)
    title, urdu_title = f"Report {number} of the measured series", f"پیمائش کے سلسلے کی رپورٹ {number}"
    pairs: list[Pair] = [("@front", title, urdu_title)]
    lines = ["---", f"title: {title}", f"date: {day}", "source: en", "---", ""]
    sections = max(SECTIONS, words // WORDS_A_SECTION)
    each = max(20, (words - 200) // (sections * 4))
    for section in range(sections):
        context = f"section-{section}"
        heading, urdu = sentence(dice)
        lines += [f"## {heading[4:-1]} {{#{context}}}", ""]
        pairs.append((context, heading[4:-1], urdu[:-1]))
        for place in range(4):
            text, urdu = paragraph(dice, each)
            if (section, place) == (1, 1):
                other = f"report-{(number + 1) % total:05}.md"
                text, urdu = f"{text} See [the next]({other}).[^n]", f"{urdu} دیکھیے [اگلی رپورٹ]({other})۔[^n]"
            lines += [text, ""]
            pairs.append((context, text, urdu))
        if section % SECTIONS == 2:
            lines += rows(dice, context, pairs)
        if section % SECTIONS == 4:
            lines += items(dice, context, pairs)
    note, urdu = sentence(dice)
    lines += [f"[^n]: {note}", ""]
    pairs.append((f"section-{sections - 1}", note, urdu))
    return "\n".join(lines), list({pair[:2]: pair for pair in pairs}.values())


def rows(dice: random.Random, context: str, pairs: list[Pair]) -> Iterator[str]:
    """Yield the lines of a table."""
    pairs += [(context, "Year", "سال"), (context, "Event", "واقعہ")]
    yield "| Year | Event |"
    yield "|---|---|"
    for place in range(5):
        year, (event, urdu) = str(1950 + 7 * place), sentence(dice)
        pairs += [(context, year, year), (context, event, urdu)]
        yield f"| {year} | {event} |"
    yield ""


def items(dice: random.Random, context: str, pairs: list[Pair]) -> Iterator[str]:
    """Yield the lines of a numbered list."""
    for place in range(1, 6):
        text, urdu = sentence(dice)
        pairs.append((context, text, urdu))
        yield f"{place}. {text}"
    yield ""


def catalog(pairs: list[Pair], tag: str) -> str:
    """Return a .po file; in the source language every message is its own translation."""
    entries = [HEADER.format(tag=tag)]
    for context, source, urdu in pairs:
        text = urdu if tag == "ur" else source
        entries.append(f'msgctxt "{escaped(context)}"\nmsgid "{escaped(source)}"\nmsgstr "{escaped(text)}"\n')
    return "\n".join(entries)


def write(folder: Path, articles: int, words: int = 2500, formats: tuple[str, ...] = ("html",)) -> None:
    """Write the publication; existing files of the same names are replaced."""
    (folder / "content").mkdir(parents=True, exist_ok=True)
    kinds = ", ".join(f'"{name}"' for name in formats)
    (folder / "kitabat.toml").write_text(SETTINGS.format(formats=kinds), encoding="utf-8")
    for number in range(articles):
        slug = f"report-{number:05}"
        text, pairs = article(number, articles, words)
        (folder / "content" / f"{slug}.md").write_text(text, encoding="utf-8")
        for tag in ("en", "ur"):
            place = folder / "locales" / tag / "LC_MESSAGES"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{slug}.po").write_text(catalog(pairs, tag), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--words", type=int, default=2500)
    parser.add_argument("--formats", nargs="+", choices=("html", "pdf"), default=["html"])
    options = parser.parse_args()
    write(options.folder, options.articles, options.words, tuple(options.formats))


if __name__ == "__main__":
    main()

"""Prove that lines shaped once break, stand and look as WeasyPrint's own do, on generated paragraphs.

    .venv/bin/python benchmarks/shaping_proof.py [--paragraphs 4000] [--seed 1]

Paragraphs of Urdu, English and both, from the sample's words and from words that are hard to break, with inline markup,
links, notes, isolates and every kind of setting, are made into PDFs twice: with `kitabat.rendering.pdf.shaping`, and by
WeasyPrint alone. Both must be the same bytes: that is the same breaks, glyphs and positions. Prints how many lines were
compared, how many of them WeasyPrint was asked for, and the paragraphs that differ; exits with 1 where any does.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from kitabat.rendering.fonts import FACES
from kitabat.rendering.pdf import render, shaping
from kitabat.resources import root

ROOT = Path(__file__).resolve().parents[1]
BATCH = 40
HARD = {
    "ur": (
        "فوراً", "مُدَّت", "می\u200cخواہم", "لا\u200cزوال", "۱۹۴۷ء", "۲۸٬۵۰۰", "٪۹۰", "ﷺ", "عمرؓ", "”کتابت“",
        "(۱۲)", "۱۹۵۰–۱۹۵۳", "New York", "U+064A", "COVID-19", "3,5", "C++",
        "https://example.org/a/long/path?with=query", "کتاب\u00a0خانہ", "ایک\u00adدو", "ہم\u2060ہم",
        "ع\u2068bd\u2069ل", "آ" * 30, "…", "—", "غیر-ملکی", "و/یا", "a", "ء", "\u202bالف\u202c",
        "سطر\u2028نئی", "ہ\u200d", "اللہ", "لآلی", "٣٫٥", "٪", "🙂", "漢字",
    ),
    "en": (
        "well-known", "co-operation", "un\u00adbreak\u00adable", "https://example.org/a/long/path?with=query",
        "3,000", "1950–1953", "e\u0301tude", "naïve", "fi", "office", "waffle", "AVATAR", "To", "WAVE.",
        "“quoted”", "(in", "brackets)", "10\u00a0km", "internationalisation", "antidisestablishmentarianism",
        "x" * 70, "—", "…", "and/or", "A.B.C.", "اردو", "نستعلیق ہے", "۱۲", "line\u2028break",
        "zero\u200bwidth", "word\u2060joiner", "🙂", "漢字", "R&D", "incomprehensibilities", "a", "I",
    ),
}  # fmt: skip
INLINE = (
    "<em>{}</em>", "<strong>{}</strong>", "<a href='https://example.org/'>{}</a>", "<a href='#p1'>{}</a>",
    "<code>{}</code>", "<bdi dir='ltr' lang='en'>{}</bdi>", "<bdi dir='rtl' lang='ur'>{}</bdi>",
    "<span style='letter-spacing:1px'>{}</span>", "<em><strong>{}</strong></em>",
    "<span style='white-space:nowrap'>{}</span>", "<sup>{}</sup>", "<small>{}</small>",
    "{}<span class='note'>نوٹ note</span>", "<span style='display:inline-block'>{}</span>", "<u>{}</u>",
    "{}<br>", "<s>{}</s>", "<span style='font-variant-numeric:tabular-nums'>{}</span>",
    "<span style='padding:0 3px'>{}</span>", "<span style='float:left'>{}</span>",
)  # fmt: skip
SETTINGS: dict[str, tuple[str, ...]] = {
    "text-align": ("justify", "justify", "start", "center"),
    "word-spacing": ("0", "0.06em", "0.06em", "2px"),
    "hyphens": ("auto", "auto", "manual", "none"),
    "overflow-wrap": ("normal", "normal", "anywhere", "break-word"),
    "white-space": ("normal",) * 8 + ("pre-wrap", "nowrap", "pre-line"),
    "letter-spacing": ("normal",) * 12 + ("0.5px",),
    "text-indent": ("0", "0", "1.5em"),
    "hyphenate-limit-chars": ("5 2 2", "6 3 3"),
    "hyphenate-limit-zone": ("0",) * 6 + ("2em",),
    "word-break": ("normal",) * 12 + ("break-all",),
    "font-family": ("",) * 3 + ("'Kitabat Naskh'", "'Kitabat Mono','Kitabat Nastaliq'"),
}
OWN = {"ur": "'Kitabat Nastaliq','Kitabat Serif'", "en": "'Kitabat Serif','Kitabat Naskh'"}
STYLE = (
    "".join(face.rule(f"kitabat:{face.path}", "truetype") for face in FACES)
    + "@page{size:640px 900px;margin:10px}p{margin:0 0 4px;line-height:2.3}.note{float:footnote}"
    "p.first::first-letter{font-size:150%}p.line::first-line{font-weight:bold}"
)


def words_of_sample() -> dict[str, list[str]]:
    """Return the words of the sample's articles in both languages, in their order."""
    found: dict[str, list[str]] = {"ur": [], "en": []}
    for file in sorted((ROOT / "locales/ur/LC_MESSAGES").glob("*.po")):
        with file.open("rb") as opened:
            for message in read_po(opened):
                if message.id and isinstance(message.id, str) and isinstance(message.string, str):
                    found["en"] += re.sub(r"[*_`#{}]|\[\^[^\]]*\]", "", message.id).split()
                    found["ur"] += re.sub(r"[*_`#{}]|\[\^[^\]]*\]", "", message.string).split()
    return found


def paragraph(dice: random.Random, known: dict[str, list[str]], number: int) -> str:
    """Return a paragraph of HTML."""
    tag = dice.choice(("ur", "ur", "en"))
    parts: list[str] = []
    for _ in range(dice.randint(1, 14)):
        other = dice.random() < 0.1
        words = known[{"ur": "en", "en": "ur"}[tag] if other else tag]
        at = dice.randrange(len(words) - 12)
        piece = words[at : at + dice.randint(1, 12)]
        if dice.random() < 0.35:
            piece.insert(dice.randrange(len(piece) + 1), dice.choice(HARD[tag]))
        text = html.escape(" ".join(piece))
        parts.append(dice.choice(INLINE).format(text) if dice.random() < 0.3 else text)
    glue = [" " if dice.random() < 0.95 else dice.choice(("", "  ", "\u00a0")) for _ in parts]
    body = "".join(part + space for part, space in zip(parts, glue, strict=True)).rstrip(" ")
    style = "".join(f"{name}:{value};" for name, values in SETTINGS.items() if (value := dice.choice(values)))
    family = "" if "font-family" in style else f"font-family:{OWN[tag]};"
    width = dice.choice((dice.uniform(30, 150), dice.uniform(150, 350), dice.uniform(350, 600)))
    kind = dice.choice(("",) * 10 + ("first", "line"))
    direction = "rtl" if tag == "ur" else "ltr"
    return (
        f"<p id=p{number} class='{kind}' lang={tag} dir={direction} "
        f'style="{style}{family}width:{width:.3f}px;font-size:{dice.uniform(8, 26):.2f}px">{body}</p>'
    )


def pdf(paragraphs: list[str], sheet: tuple[Any, Any, Any], lines: list[str]) -> bytes:
    """Return the PDF of some paragraphs, and note the lines that it has."""
    import weasyprint

    fonts, counters, style = sheet
    source = weasyprint.HTML(string="<body>" + "\n".join(paragraphs))
    document = source.render(stylesheets=[style], font_config=fonts, counter_style=counters)
    for page in document.pages:
        for box in page._page_box.descendants():  # noqa: SLF001 - WeasyPrint shows its boxes nowhere else
            if type(box).__name__ == "LineBox":
                lines.append("".join(getattr(one, "text", "") for one in box.descendants()))
    return bytes(document.write_pdf(pdf_identifier=b"proof"))


def compared(paragraphs: list[str], sheet: tuple[Any, Any, Any], counts: Counter[str]) -> Iterator[str]:
    """Yield the paragraphs whose PDFs differ."""
    ours: list[str] = []
    theirs: list[str] = []
    content = pdf(paragraphs, sheet, ours)
    with shaping.away():
        same = content == pdf(paragraphs, sheet, theirs)
    if len(paragraphs) == BATCH:
        counts["lines"] += len(theirs)
    if same:
        return
    if len(paragraphs) == 1:
        found = next((pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]), ("", ""))
        yield f"{paragraphs[0]}\n    shaped once: {found[0]}\n    WeasyPrint:  {found[1]}"
        return
    half = len(paragraphs) // 2
    yield from compared(paragraphs[:half], sheet, counts)
    yield from compared(paragraphs[half:], sheet, counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paragraphs", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    render.load()
    fonts = tuple((f"kitabat:{face.path}", str(root() / "fonts" / face.path)) for face in FACES)
    sheet = render._styled(STYLE, fonts)  # noqa: SLF001 - as a build makes it
    dice, known = random.Random(options.seed), words_of_sample()
    counts: Counter[str] = Counter()
    different: list[str] = []
    broken = shaping._broken  # noqa: SLF001 - to be counted

    def counted(*arguments: Any) -> Any:
        found = broken(*arguments)
        counts["found" if found else "left"] += 1
        return found

    shaping._broken = counted  # noqa: SLF001
    for first in range(0, options.paragraphs, BATCH):
        different += compared([paragraph(dice, known, first + place) for place in range(BATCH)], sheet, counts)
    print(f"{options.paragraphs} paragraphs, {counts['lines']} lines; {len(different)} paragraphs differ")
    print(f"breaks found from one shaping: {counts['found']}, left to WeasyPrint: {counts['left']}")
    print(*different, sep="\n")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()

"""Articles with their translations, and edits of them whose truth is known: what `benchmarks/merge.py` merges."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kitabat.catalogs.po_file import PoFile

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ("locales/ur/LC_MESSAGES/russia-north-korea.po", "locales/en/LC_MESSAGES/katib-to-computer.po")

UNTOUCHED = "untouched"
WORDS = {
    "minister": "وزیر", "committee": "کمیٹی", "border": "سرحد", "harvest": "فصل", "river": "دریا",
    "court": "عدالت", "railway": "ریلوے", "teacher": "استاد", "market": "منڈی", "budget": "بجٹ",
    "election": "انتخاب", "drought": "خشک سالی", "museum": "عجائب گھر", "engineer": "انجینئر",
    "harbour": "بندرگاہ", "village": "گاؤں", "parliament": "پارلیمان", "newspaper": "اخبار",
    "hospital": "ہسپتال", "treaty": "معاہدہ", "currency": "کرنسی", "army": "فوج", "bridge": "پل",
    "library": "کتب خانہ", "factory": "کارخانہ", "school": "اسکول", "winter": "سرما", "summer": "گرما",
    "canal": "نہر", "doctor": "ڈاکٹر", "journalist": "صحافی", "lawyer": "وکیل", "farmer": "کسان",
    "worker": "مزدور", "captain": "کپتان", "welcomed": "خیر مقدم کیا", "rejected": "مسترد کیا",
    "examined": "جائزہ لیا", "visited": "دورہ کیا", "opened": "کھولا", "closed": "بند کیا",
    "described": "بیان کیا", "promised": "وعدہ کیا", "delayed": "مؤخر کیا", "repaired": "مرمت کی",
    "quietly": "خاموشی سے", "yesterday": "گزشتہ روز", "again": "دوبارہ", "slowly": "آہستہ",
    "openly": "کھلے عام", "northern": "شمالی", "southern": "جنوبی", "crowded": "پرہجوم", "modest": "معمولی",
    "costly": "مہنگا", "ancient": "قدیم", "temporary": "عارضی", "public": "عوامی", "private": "نجی",
    "foreign": "غیر ملکی", "local": "مقامی", "damaged": "متاثرہ",
}  # fmt: skip
"""The generator's vocabulary: whatever it says in English it says in Urdu too."""
JOINTS = ("the", "of the", "near the", "and the", "after the", "before the", "with the", "against the", "for the")
OTHER_WORDS = ("harmony", "lantern", "quarrel", "velvet", "oxygen", "jigsaw", "pumpkin", "whisper", "zephyr", "kiosk")


@dataclass(frozen=True, slots=True)
class Text:
    """A message with the translations of which any, or all, are due to it; none where it is new."""

    context: str
    source: str
    due: tuple[str, ...] = ()
    kind: str = UNTOUCHED

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.source


@dataclass(frozen=True, slots=True)
class Case:
    """What is translated, and what the article says afterwards."""

    before: Sequence[Text]
    after: Sequence[Text]
    between: Sequence[Text] | None = None
    """A state that is synced first."""


def sentence(dice: random.Random) -> tuple[str, str]:
    """Return a sentence and its translation."""
    words = dice.sample(sorted(WORDS), dice.randint(5, 9))
    english = "The " + words[0] + "".join(f" {dice.choice(JOINTS)} {word}" for word in words[1:]) + "."
    return english, " ".join(WORDS[word] for word in words) + "۔"


def paragraph(dice: random.Random, context: str, sentences: int) -> Text:
    pairs = [sentence(dice) for _ in range(sentences)]
    return Text(context, " ".join(pair[0] for pair in pairs), (" ".join(pair[1] for pair in pairs),))


def article(dice: random.Random, sections: int = 8, paragraphs: int = 7) -> list[Text]:
    """Return a generated article: headings, paragraphs of one to four sentences, and a list in every other section."""
    texts = []
    for number in range(sections):
        context = f"section-{number}"
        heading = paragraph(dice, context, 1)
        texts.append(Text(context, heading.source[4:-1].capitalize(), (heading.due[0][:-1],)))
        texts += [paragraph(dice, context, dice.randint(1, 4)) for _ in range(paragraphs)]
        if number % 2:
            noun = dice.choice(sorted(WORDS))
            texts += [
                Text(context, f"{place} {noun}, opened in {1950 + 7 * place}", (f"{WORDS[noun]} نمبر {place}",))
                for place in range(1, 7)
            ]
    return list({text.key: text for text in texts}.values())


def samples() -> list[list[Text]]:
    """Return the sample's texts, with their translations."""
    found = []
    for path in SAMPLES:
        file = PoFile.parse((ROOT / path).read_bytes(), path).value
        assert file is not None
        found.append([Text(entry.msgctxt or "", entry.msgid, entry.msgstr) for entry in file.entries])
    return found


def long_ones(texts: Sequence[Text], least: int = 8) -> list[int]:
    """Return the numbers of texts of so many words that no edit has touched."""
    return [number for number, text in enumerate(texts) if text.kind == UNTOUCHED and len(text.source.split()) >= least]


def some(dice: random.Random, numbers: Sequence[int], share: float = 0.15) -> list[int]:
    return sorted(dice.sample(list(numbers), max(1, int(len(numbers) * share))))


def reworded(dice: random.Random, source: str, share: float) -> str:
    """Return a text in which so many of its words are others."""
    words = source.split()
    for place in dice.sample(range(len(words)), int(len(words) * share)):
        words[place] = dice.choice(OTHER_WORDS)
    return " ".join(words)


def reword(dice: random.Random, texts: Sequence[Text]) -> Case:
    after = list(texts)
    for number in some(dice, long_ones(texts)):
        text = after[number]
        after[number] = replace(text, source=reworded(dice, text.source, dice.uniform(0.1, 0.5)), kind="reworded")
    return Case(texts, after)


def typo(dice: random.Random, texts: Sequence[Text]) -> Case:
    after = list(texts)
    for number in some(dice, long_ones(texts)):
        text = after[number]
        words = text.source.split()
        places = [place for place, word in enumerate(words) if len(word) >= 5] or [0]
        place = dice.choice(places)
        word = words[place]
        words[place] = word[:2] + word[3:4] + word[2:3] + word[4:] if word[2:3] != word[3:4] else word[:2] + word[3:]
        after[number] = replace(text, source=" ".join(words), kind="typo")
    return Case(texts, after)


def halves(text: str, marks: str) -> list[str]:
    """Return the sentences of a text."""
    found, current = [], ""
    for word in text.split():
        current = f"{current} {word}".strip()
        if word[-1] in marks:
            found.append(current)
            current = ""
    return [*found, current] if current else found


def split(dice: random.Random, texts: Sequence[Text]) -> Case:
    chosen = some(dice, [number for number in long_ones(texts) if len(halves(texts[number].source, ".۔")) > 1])
    after: list[Text] = []
    for number, text in enumerate(texts):
        parts = halves(text.source, ".۔")
        if number in chosen:
            middle = dice.randint(1, len(parts) - 1)
            theirs = halves(text.due[0], ".۔")
            pieces = [" ".join(parts[:middle]), " ".join(parts[middle:])]
            same = len(theirs) == len(parts)
            dues = [" ".join(theirs[:middle]), " ".join(theirs[middle:])] if same else [text.due[0]] * 2
            after += [Text(text.context, one, (due,), "split") for one, due in zip(pieces, dues, strict=True)]
        else:
            after.append(text)
    return Case(texts, after)


def join(dice: random.Random, texts: Sequence[Text]) -> Case:
    able = set(long_ones(texts))
    pairs = [number for number in able if number + 1 in able and texts[number].context == texts[number + 1].context]
    after: list[Text | None] = list(texts)
    for number in some(dice, pairs):
        one, other = after[number], after[number + 1]
        if one and other and one.kind == other.kind == UNTOUCHED:
            joined = f"{one.source} {other.source}"
            after[number : number + 2] = [Text(one.context, joined, one.due + other.due, "joined"), None]
    return Case(texts, [text for text in after if text])


def _moved(text: Text) -> Text:
    return replace(text, kind="moved") if text.kind == UNTOUCHED else text


def move(dice: random.Random, texts: Sequence[Text]) -> Case:
    """Move messages within the article: some to another section, and a whole section to the end."""
    contexts = list(dict.fromkeys(text.context for text in texts))
    chosen = {texts[number].key for number in some(dice, long_ones(texts), 0.1)}
    moved = contexts[len(contexts) // 2]
    stay = [text for text in texts if text.key not in chosen and text.context != moved]
    for text in (text for text in texts if text.key in chosen and text.context != moved):
        place = dice.randrange(len(stay))
        stay.insert(place, replace(text, context=stay[place].context, kind="moved"))
    return Case(texts, [*stay, *map(_moved, (text for text in texts if text.context == moved))])


def rename(dice: random.Random, texts: Sequence[Text]) -> Case:
    contexts = list(dict.fromkeys(text.context for text in texts))
    names = {name: f"renamed-{number}" for number, name in enumerate(dice.sample(contexts, len(contexts) // 3))}
    after = [
        replace(text, context=names[text.context], kind="renamed") if text.context in names else text for text in texts
    ]
    return Case(texts, after)


def restore(dice: random.Random, texts: Sequence[Text]) -> Case:
    gone = {texts[number].key for number in some(dice, range(len(texts)))}
    between = [text for text in texts if text.key not in gone]
    return Case(texts, [replace(text, kind="restored") if text.key in gone else text for text in texts], between)


def replaced(dice: random.Random, texts: Sequence[Text]) -> Case:
    """Put paragraphs that say something else in the place of some, then take them out again."""
    gone = {texts[number].key for number in some(dice, long_ones(texts))}
    between = [
        replace(text, source=reworded(dice, text.source, 0.8), due=()) if text.key in gone else text for text in texts
    ]
    after = [replace(text, kind="replaced, restored") if text.key in gone else text for text in texts]
    return Case(texts, after, between)


def share(dice: random.Random, texts: Sequence[Text]) -> Case:
    """Put one sentence into two sections, with two translations; then reword both in the same way."""
    contexts = list(dict.fromkeys(text.context for text in texts))
    before, after = list(texts), list(texts)
    for number in range(4):
        (english, urdu), other = sentence(dice), dice.choice(OTHER_WORDS)
        new = reworded(dice, english, 0.25)
        for version, context in enumerate(dice.sample(contexts, 2)):
            place = next(place for place, text in enumerate(before) if text.context == context) + 1
            due = (f"{urdu} {number} {other} {version}",)
            before.insert(place, Text(context, english, due))
            after.insert(place, Text(context, new, due, "shared, reworded"))
    return Case(before, after)


def items(dice: random.Random, texts: Sequence[Text]) -> Case:
    """Edit every item of lists whose items are near-identical, in the same way."""
    names = ("kilometres", "tonnes", "rupees")
    before, after = list(texts), list(texts)
    for number, context in enumerate(dice.sample(sorted({text.context for text in texts}), 3)):
        place = next(place for place, text in enumerate(before) if text.context == context) + 1
        for item in range(6, 0, -1):
            due = (f"شق {number} میں {item}",)
            before.insert(place, Text(context, f"Item {item} of list {number}: {item}00 {names[number]} a year", due))
            new = f"Item {item} of list {number}: {item}00 {names[number]} in each year"
            after.insert(place, Text(context, new, due, "near-identical items"))
    return Case(before, after)


def repeat(dice: random.Random, texts: Sequence[Text]) -> Case:
    """Say some sentences once more, in another section; they stay where they were."""
    contexts = sorted({text.context for text in texts})
    after = list(texts)
    for number in some(dice, long_ones(texts), 0.1):
        text = texts[number]
        context = dice.choice([name for name in contexts if (name, text.source) not in {one.key for one in after}])
        place = max(place for place, one in enumerate(after) if one.context == context) + 1
        after.insert(place, replace(text, context=context, kind="said once more"))
    return Case(texts, after)


def split_by_heading(dice: random.Random, texts: Sequence[Text]) -> Case:
    """Split some paragraphs with a heading: their second part, and what follows, are a section of their own."""
    chosen = some(dice, [number for number in long_ones(texts) if len(halves(texts[number].source, ".۔")) > 1], 0.1)
    after: list[Text] = []
    context, section = "", ""
    for number, text in enumerate(texts):
        if text.context != context:
            context = section = text.context
        if number in chosen:
            parts, theirs = halves(text.source, ".۔"), halves(text.due[0], ".۔")
            due = (theirs[0], " ".join(theirs[1:])) if len(theirs) == len(parts) else (text.due[0],) * 2
            after.append(Text(section, parts[0], due[:1], "split by a heading"))
            section = f"{context}-{number}"
            after.append(Text(section, " ".join(dice.sample(OTHER_WORDS, 3)).capitalize()))
            after.append(Text(section, " ".join(parts[1:]), due[1:], "split by a heading"))
        else:
            after.append(replace(text, context=section))
    return Case(texts, after)


EDITS: dict[str, Callable[[random.Random, Sequence[Text]], Case]] = {
    "reworded": reword, "split": split, "joined": join, "moved": move, "renamed": rename, "restored": restore,
    "replaced, restored": replaced,
    "shared, reworded": share, "near-identical items": items, "typo": typo,
    "said once more": repeat, "split by a heading": split_by_heading,
}  # fmt: skip


def all_at_once(dice: random.Random, texts: Sequence[Text]) -> Case:
    """Make several kinds of edits in one article, each of other messages."""
    one = share(dice, texts)
    after: Sequence[Text] = one.after
    for edit in (split, join, move, reword, typo):
        after = edit(dice, after).after
    return Case(one.before, [text if text.kind == UNTOUCHED else replace(text, kind="mixed") for text in after])

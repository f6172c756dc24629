"""Measure the merge of catalogs against `msgmerge --previous` and Babel's `Catalog.update`, in one run.

    .venv/bin/python benchmarks/merge.py [--articles 30] [--sizes 1000 10000 100000]

Quality: articles of generated sentences, and the sample's own texts, are translated, edited in known ways and merged.
Counted is the share of messages to which the right translation is offered, fuzzy or not: its text, or its part of the
text where a paragraph was split, stands in msgstr. A joined paragraph is counted twice: with either of its texts, and
with both. A wrong translation that is not fuzzy is counted apart, and there must be none.

Speed: catalogs of several sizes with one message in twenty reworded, against msgmerge on the same files, in turn.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages.pofile import read_po, write_po
from merge_edits import EDITS, Case, Text, all_at_once, article, reworded, samples

from kitabat.catalogs.extract import pot
from kitabat.catalogs.merge import Target, merge
from kitabat.catalogs.po_entry import PoEntry
from kitabat.catalogs.po_file import PoFile

SEED = 20261122
Offers = dict[tuple[str | None, str], tuple[str, bool]]
NOW = "2026-11-22 00:00+0000"
TARGET = Target("ur.po", "a", "ur", "nplurals=2; plural=(n != 1);", NOW)


def entries(texts: Iterable[Text], *, translated: bool) -> list[PoEntry]:
    unique = {text.key: text for text in texts}
    return [
        PoEntry(text.source, (text.due[0] if translated else "",), text.context, references=(f"content/a.md:{line}",))
        for line, text in enumerate(unique.values(), 1)
    ]


def catalog(texts: Sequence[Text]) -> bytes:
    """Return a catalog in which every message has its translation."""
    made = merge(None, entries(texts, translated=False), TARGET).value
    assert made is not None
    file = PoFile.parse(made.content, "ur.po").value
    assert file is not None
    strings = {entry.key: entry.msgstr for entry in entries(texts, translated=True)}
    filled = [file.changed(entry, msgstr=strings.get(entry.key, entry.msgstr)) for entry in file.all]
    return file.with_entries(filled).content()


def ours(former: bytes, texts: Sequence[Text]) -> bytes:
    made = merge(former, entries(texts, translated=False), TARGET).value
    assert made is not None
    return made.content


def template(texts: Sequence[Text]) -> bytes:
    return pot(entries(texts, translated=False), None, "a", "a.pot", NOW)


def gnu(former: bytes, texts: Sequence[Text]) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        old, new = Path(name, "ur.po"), Path(name, "a.pot")
        old.write_bytes(former)
        new.write_bytes(template(texts))
        command = ["msgmerge", "--previous", "--quiet", "--output-file=-", str(old), str(new)]
        return subprocess.run(command, check=True, capture_output=True).stdout


def babel(former: bytes, texts: Sequence[Text]) -> bytes:
    found = read_po(io.BytesIO(former), locale="ur")
    found.update(read_po(io.BytesIO(template(texts))))
    stream = io.BytesIO()
    write_po(stream, found)  # without `#|` lines: its own break the grammar where they wrap
    return stream.getvalue()


MERGES: dict[str, Callable[[bytes, Sequence[Text]], bytes]] = {"kitabat": ours, "msgmerge": gnu, "babel": babel}


def offers(content: bytes) -> Offers:
    """Read a catalog; with Babel where it breaks the grammar, as Babel's own can (an entry twice)."""
    file = PoFile.parse(content, "ur.po").value
    if file is not None:
        return {entry.key: (entry.msgstr[0], entry.is_fuzzy) for entry in file.entries}
    found = read_po(io.BytesIO(content))
    return {(message.context, str(message.id)): (str(message.string), message.fuzzy) for message in found}


@dataclass(slots=True)
class Score:
    """What came of the messages of one kind, by tool."""

    messages: Counter[str]
    offered: Counter[str]
    wrong: Counter[str]


def measured(case: Case, scores: dict[str, Score]) -> None:
    """Merge one case with every tool, and count."""
    former = catalog(case.before)
    for tool, run in MERGES.items():
        content = run(former, case.between) if case.between is not None else former
        made = offers(run(content, case.after))
        for text in {text.key: text for text in case.after}.values():
            said, fuzzy = made[text.key]
            for kind, enough in ((text.kind, any), ("joined, both", all)):
                if text.due and (kind == text.kind or text.kind == "joined"):
                    scores[kind].messages[tool] += 1
                    scores[kind].offered[tool] += enough(due in said for due in text.due)
            right = said in {" ".join(text.due), *(text.due if text.kind != "joined" else ())}
            scores[text.kind].wrong[tool] += bool(said) and not fuzzy and not right


def quality(articles: int) -> dict[str, Score]:
    """Return the scores of all edits on all articles."""
    dice = random.Random(SEED)
    kinds = [*EDITS, "joined, both", "mixed", "untouched"]
    scores = {kind: Score(Counter(), Counter(), Counter()) for kind in kinds}
    for texts in [*samples(), *(article(dice) for _ in range(articles))]:
        for edit in (*EDITS.values(), all_at_once):
            measured(edit(dice, texts), scores)
    return scores


def table(scores: dict[str, Score]) -> None:
    print(f"{'right translation offered':28}{'messages':>9}" + "".join(f"{tool:>10}" for tool in MERGES))
    edited = [kind for kind in scores if kind not in {"joined, both", "untouched"}]
    for kind, score in scores.items():
        shares = "".join(f"{score.offered[tool] / max(1, score.messages[tool]):>10.1%}" for tool in MERGES)
        print(f"{kind:28}{score.messages['kitabat']:>9}{shares}")
    for name, what in (("all edits", "offered"), ("wrong and not fuzzy", "wrong")):
        kinds = edited if what == "offered" else list(scores)
        total = {tool: sum(getattr(scores[kind], what)[tool] for kind in kinds) for tool in MERGES}
        messages = sum(scores[kind].messages["kitabat"] for kind in kinds)
        shown = [total[tool] / messages if what == "offered" else total[tool] for tool in MERGES]
        cells = "".join(f"{value:>10.1%}" if what == "offered" else f"{value:>10}" for value in shown)
        print(f"{name:28}{messages:>9}{cells}")


def many(size: int) -> tuple[list[Text], list[Text]]:
    """Return a catalog's worth of texts, and the same with one in twenty reworded."""
    dice = random.Random(SEED)
    texts: list[Text] = []
    while len(texts) < size:
        number = len(texts)
        texts += [replace(text, context=f"{text.context}-{number}") for text in article(dice)]
    after = list(texts[:size])
    for number in dice.sample(range(size), size // 20):
        after[number] = replace(after[number], source=reworded(dice, after[number].source, dice.uniform(0.1, 0.5)))
    return texts[:size], after


def speed(sizes: Sequence[int], runs: int) -> None:
    """Print the seconds of each tool, and what a message costs as catalogs grow."""
    per_message: list[float] = []
    for size in sizes:
        before, after = many(size)
        former, new, wanted = catalog(before), template(after), entries(after, translated=False)
        with tempfile.TemporaryDirectory() as name:
            old_path, new_path = Path(name, "ur.po"), Path(name, "a.pot")
            old_path.write_bytes(former)
            new_path.write_bytes(new)
            command = ["msgmerge", "--previous", "--quiet", "--output-file=/dev/null", str(old_path), str(new_path)]
            mine, theirs = [], []
            for _ in range(runs):
                start = time.perf_counter()
                merge(former, wanted, TARGET)
                mine.append(time.perf_counter() - start)
                if size <= 10_000 and not theirs:  # once, as it takes a minute; beyond, it takes hours
                    start = time.perf_counter()
                    subprocess.run(command, check=True, capture_output=True)
                    theirs.append(time.perf_counter() - start)
        per_message.append(statistics.median(mine) / size)
        against = f"   msgmerge {statistics.median(theirs):8.2f} s" if theirs else ""
        print(f"{size:>7} messages   kitabat {statistics.median(mine):8.2f} s{against}", end="")
        print(f"   {per_message[-1] * 1e6:.0f} µs a message, {per_message[-1] / per_message[0]:.2f} × the smallest")


def main() -> None:
    """Print quality and speed; exit with 1 where the merge is not as good as it has to be."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=30)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    scores = quality(options.articles)
    table(scores)
    speed(options.sizes, options.runs)
    edited = [score for kind, score in scores.items() if kind not in {"joined, both", "untouched"}]
    offered = sum(score.offered["kitabat"] for score in edited)
    wrong = sum(score.wrong["kitabat"] for score in scores.values())
    sys.exit(int(wrong > 0 or offered < 0.99 * sum(score.messages["kitabat"] for score in edited)))


if __name__ == "__main__":
    main()

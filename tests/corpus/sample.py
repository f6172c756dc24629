"""Print what the checks find in the corpus: how often each check, then a random sample to read.

Run ``python -m tests.corpus.sample [--number 100] [--seed 1] [--rule NAME] [FOLDER]`` after ``python tests/corpus/fetch.py``.
``FOLDER`` holds other catalogs, by the folders that name their language.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.corpus.fetch import CORPUS

from kitabat.catalogs.places import locator
from kitabat.catalogs.translate import read_catalog
from kitabat.checks.runner import check_catalog
from kitabat.checks.subject import CatalogSubject, catalog_subject
from kitabat.model.article import Article, FrontMatter
from kitabat.model.diagnostic import Diagnostic
from kitabat.model.message import Message
from kitabat.workspace import Disk

SUMMED = {"catalog/untranslated", "catalog/fuzzy"}
"""Checks that judge a catalog and no text."""


def subject(path: Path) -> CatalogSubject | None:
    """Return a catalog of the corpus ready for the checks; None where it cannot be read."""
    disk, tag = Disk(path.parent), next(part for part in reversed(path.parts) if part[:2] in {"ar", "fa", "ur"})
    catalog = read_catalog(disk, tag.replace("_", "-"), path.name).value
    if catalog is None:
        return None
    messages = tuple(Message(key) for key in catalog.translations if key.source)
    article = Article("a", "a.md", FrontMatter("A", "en"), (), (), messages=messages)
    return catalog_subject(article, catalog, locator(disk, path.name))


def findings(folder: Path) -> Iterator[tuple[Path, Diagnostic, CatalogSubject]]:
    """Yield what is found in each catalog below a folder, with the catalog."""
    for path in sorted(folder.rglob("*.po")):
        read = subject(path)
        for found in check_catalog(read) if read else ():
            if read and found.rule not in SUMMED:
                yield path, found, read


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rule", default="")
    options = parser.parse_args()
    found = list(findings(options.folder))
    pairs = sum(len(read.pairs) for read in map(subject, sorted(options.folder.rglob("*.po"))) if read)
    print(f"{len(found)} findings in {pairs} translations")
    for rule, number in Counter(fault.rule for _, fault, _ in found).most_common():
        print(f"{number:6} {rule}")
    chosen = [one for one in found if options.rule in one[1].rule]
    for path, fault, read in random.Random(options.seed).sample(chosen, min(options.number, len(chosen))):
        line = fault.location.line if fault.location else 0
        places = [
            (entry.location.line, key, entry.text)
            for key, entry in read.catalog.translations.items()
            if entry.location and entry.location.line <= line
        ]
        _, key, text = max(places, default=(0, ("", ""), ""))
        print(f"\n{path.relative_to(options.folder)}:{line} {fault.rule}: {fault.message}\n  {key[1]!r}\n  {text!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

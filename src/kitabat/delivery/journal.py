"""What a publish leaves at its target while it is under way, so that the next one knows what may be half done."""

from __future__ import annotations

import json
from collections.abc import Mapping

from kitabat.delivery.manifest import GENERATOR, MANIFEST, WORK, is_inside
from kitabat.delivery.order import Rank

JOURNAL = f"{WORK}/journal.json"


def written(ranks: Mapping[str, Rank]) -> bytes:
    """Return a journal of these files."""
    text = json.dumps({"generator": GENERATOR, "files": ranks}, ensure_ascii=False, indent=0, sort_keys=True)
    return f"{text}\n".encode()


def read(content: bytes) -> dict[str, Rank] | None:
    """Return the files of a journal, and when each is sent; None where no publish has written it.

    >>> read(written({"a.html": Rank.PAGE}))
    {'a.html': <Rank.PAGE: 1>}
    >>> read(b"[") is None
    True
    """
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return None
    files = found.get("files") if isinstance(found, dict) and found.get("generator") == GENERATOR else None
    ranks = {int(rank) for rank in Rank}
    if not isinstance(files, dict) or not all(isinstance(rank, int) and rank in ranks for rank in files.values()):
        return None
    return {path: Rank(rank) for path, rank in files.items() if is_inside(path) and path != MANIFEST}

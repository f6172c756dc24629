"""Explicit levels: embeddings, overrides and isolates (UAX #9, BD9 to BD13 and X1 to X10)."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from kitabat.language.bidi.classes import EMBEDDINGS, EXPLICIT, INITIATORS, REMOVED, first_strong

MAX_DEPTH = 125


class IsolatingRun(msgspec.Struct, frozen=True):
    """A sequence of characters that the weak and neutral rules see as neighbours (BD13)."""

    indices: list[int]
    level: int
    sos: str
    """``L`` or ``R``: what stands before the first character."""
    eos: str
    """``L`` or ``R``: what stands after the last."""


def matching_isolates(classes: Sequence[str]) -> dict[int, int]:
    """Return the PDI of each isolate initiator that has one (BD9)."""
    open_ones: list[int] = []
    matches: dict[int, int] = {}
    for index, name in enumerate(classes):
        if name in INITIATORS:
            open_ones.append(index)
        elif name == "PDI" and open_ones:
            matches[open_ones.pop()] = index
    return matches


class _Explicit:
    """The directional status stack of rules X1 to X8; fills ``levels`` and overrides ``classes`` in place."""

    def __init__(self, classes: list[str], base: int) -> None:
        self.classes = classes
        self.original = tuple(classes)
        self.levels = [base] * len(classes)
        self.matches = matching_isolates(classes)
        self.closers = set(self.matches.values())
        self.stack: list[tuple[int, str, bool]] = [(base, "", False)]
        self.overflow_isolates = 0
        self.overflow_embeddings = 0
        self.valid_isolates = 0

    def run(self) -> list[int]:
        """Walk the text once and return the explicit level of each character."""
        for index, name in enumerate(self.original):
            if name in EMBEDDINGS:
                self._embed(name)
            elif name in INITIATORS:
                self._mark(index)
                self._isolate(index, name)
            elif name == "PDI":
                self._close_isolate(index)
                self._mark(index)
            elif name == "PDF":
                self._close_embedding()
            elif name not in ("B", "BN"):
                self._mark(index)
        return self.levels

    def _mark(self, index: int) -> None:
        level, override, _ = self.stack[-1]
        self.levels[index] = level
        if override:
            self.classes[index] = override

    def _next_level(self, *, rtl: bool) -> int:
        level = self.stack[-1][0]
        return (level + 1) | 1 if rtl else (level + 2) & ~1

    def _embed(self, name: str) -> None:
        level = self._next_level(rtl=name in ("RLE", "RLO"))
        if level > MAX_DEPTH or self.overflow_isolates or self.overflow_embeddings:
            self.overflow_embeddings += not self.overflow_isolates
            return
        override = {"RLO": "R", "LRO": "L"}.get(name, "")
        self.stack.append((level, override, False))

    def _isolate(self, index: int, name: str) -> None:
        rtl = name == "RLI"
        if name == "FSI":
            rtl = first_strong(self.original, index + 1, self.matches.get(index)) == 1
        level = self._next_level(rtl=rtl)
        if level > MAX_DEPTH or self.overflow_isolates or self.overflow_embeddings:
            self.overflow_isolates += 1
            return
        self.valid_isolates += 1
        self.stack.append((level, "", True))

    def _close_isolate(self, index: int) -> None:
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates and index in self.closers:
            self.overflow_embeddings = 0
            while not self.stack[-1][2]:
                self.stack.pop()
            self.stack.pop()
            self.valid_isolates -= 1

    def _close_embedding(self) -> None:
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif not self.stack[-1][2] and len(self.stack) > 1:
            self.stack.pop()


def _level_runs(kept: Sequence[int], levels: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for index in kept:
        if runs and levels[runs[-1][-1]] == levels[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _chains(runs: list[list[int]], original: Sequence[str], matches: dict[int, int]) -> list[list[int]]:
    """Join the level runs that an isolate separates (BD13)."""
    run_from = {run[0]: run for run in runs}
    chains = []
    closers = set(matches.values())
    for run in runs:
        if original[run[0]] == "PDI" and run[0] in closers:
            continue
        chain = list(run)
        while original[chain[-1]] in INITIATORS and chain[-1] in matches:
            chain += run_from[matches[chain[-1]]]
        chains.append(chain)
    return chains


def isolating_runs(classes: list[str], base: int) -> tuple[list[int], list[IsolatingRun]]:
    """Apply X1 to X10 to one paragraph: each character's level, and the isolating run sequences.

    ``classes`` is changed in place where an override rules.
    """
    if EXPLICIT.isdisjoint(classes):
        edge = "R" if base else "L"
        kept = [index for index, name in enumerate(classes) if name != "BN"]
        return [base] * len(classes), [IsolatingRun(kept, base, edge, edge)] if kept else []
    walk = _Explicit(classes, base)
    levels = walk.run()
    kept = [index for index, name in enumerate(walk.original) if name not in REMOVED]
    place = {index: order for order, index in enumerate(kept)}
    sequences = []
    for chain in _chains(_level_runs(kept, levels), walk.original, walk.matches):
        level, first, last = levels[chain[0]], place[chain[0]], place[chain[-1]]
        before = levels[kept[first - 1]] if first else base
        open_ended = walk.original[chain[-1]] in INITIATORS
        after = base if open_ended or last + 1 == len(kept) else levels[kept[last + 1]]
        sequences.append(IsolatingRun(chain, level, _edge(level, before), _edge(level, after)))
    return levels, sequences


def _edge(level: int, neighbour: int) -> str:
    return "R" if max(level, neighbour) & 1 else "L"

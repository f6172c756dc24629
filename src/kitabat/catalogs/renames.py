"""Which article that is new is one that is gone, under another name: it has that one's catalogs."""

from __future__ import annotations

from collections.abc import Mapping, Set

SAME = 0.5
"""Share of its messages that an article must have of another to be that one."""


def former_names(new: Mapping[str, Set[str]], gone: Mapping[str, Set[str]]) -> dict[str, str]:
    """Pair new articles with those that are gone by the texts that both have; the likeliest first.

    >>> former_names({"b": {"One", "Two", "New"}, "c": {"One"}}, {"a": {"One", "Two"}})
    {'b': 'a'}
    """
    scored = sorted(
        (-2 * len(texts & others) / (len(texts) + len(others)), name, former)
        for name, texts in new.items()
        for former, others in gone.items()
        if texts & others
    )
    names: dict[str, str] = {}
    for score, name, former in scored:
        if -score >= SAME and name not in names and former not in names.values():
            names[name] = former
    return names

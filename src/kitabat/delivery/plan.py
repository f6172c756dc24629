"""What there is to do at a target: from what is to be there, what the last publish says, and what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kitabat.delivery.manifest import Entries
from kitabat.delivery.order import Rank, rank
from kitabat.delivery.parcel import Item, Parcel
from kitabat.delivery.target import Sight


@dataclass(frozen=True, slots=True)
class Known:
    """What a target says of itself."""

    listed: Entries
    """What the manifest of the last publish that ended lists; nothing where there was none."""
    manifest: bytes | None
    """As it is there, of whatever making; None where there is none."""
    is_foreign: bool
    """The manifest there is not of a build's making."""
    journal: bytes | None
    """As it is there; None where the last publish ended and left nothing."""
    touched: Mapping[str, Rank]
    """The files of the journal, and when each is sent: each may be of any publish since that manifest, or not there."""
    is_blank: bool
    """There is nothing at the target at all."""
    is_garbled: bool
    """There is a journal that tells nothing: any file may be of any publish."""

    def rank(self, path: str) -> Rank:
        """Return when a file that a publish has sent is deleted: in the order of ranks, the last first."""
        found = self.touched.get(path)
        return rank(path, self.listed.get(path)) if found is None else found


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do."""

    send: tuple[Item, ...]
    """In the order of ranks, then of paths; the manifest last."""
    delete: tuple[str, ...]
    """The other way round."""
    there: int
    """How many files are there already."""
    arrived: int
    """How many of them a publish that broke off had sent."""
    strangers: tuple[str, ...]
    """Files that no publish has sent, in the way of ours."""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to do."""
        return not self.send and not self.delete


def doubtful(parcel: Parcel, known: Known, *, verify: bool) -> tuple[Item, ...]:
    """Return the files that must be looked at, as the manifest at the target does not settle what is there."""
    return tuple(
        item
        for item in parcel.items
        if not known.is_blank
        and item.path != parcel.items[-1].path
        and (verify or known.is_garbled or item.path in known.touched or item.path not in known.listed)
    )


def planned(parcel: Parcel, known: Known, seen: Mapping[str, Sight]) -> Plan:
    """Decide; ``seen`` is what was found in the places of the doubtful files."""
    send, strangers = [], []
    for item in parcel.items[:-1]:
        sight = seen.get(item.path)
        if sight is Sight.SAME or (sight is None and _digest(known, item.path) == item.digest):
            continue
        send.append(item)
        is_ours = item.path in known.touched or item.path in known.listed or not item.is_built
        if sight is Sight.DIFFERENT and not is_ours:
            strangers.append(item.path)
    manifest = parcel.items[-1]
    if known.manifest != parcel.manifest:
        send.append(manifest)
        if known.is_foreign:
            strangers.append(manifest.path)
    wanted = {item.path for item in parcel.items}
    gone = (known.listed.keys() | known.touched.keys()) - wanted
    return Plan(
        send=tuple(sorted(send, key=lambda item: (item.rank, item.path))),
        delete=tuple(sorted(gone, key=lambda path: (-known.rank(path), path))),
        there=len(parcel.items) - len(send),
        arrived=sum(seen.get(path) is Sight.SAME for path in known.touched),
        strangers=tuple(strangers),
    )


def _digest(known: Known, path: str) -> str | None:
    entry = known.listed.get(path)
    return entry["sha256"] if entry else None

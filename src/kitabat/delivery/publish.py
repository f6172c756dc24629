"""Publishing: what has changed is sent, pages after what they need, deletions last; what broke off is gone on with.

The order, and what is known after a break, are in docs/decisions/0013-a-target-says-what-it-has.md.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import filelock

from kitabat.delivery import journal
from kitabat.delivery.address import Address
from kitabat.delivery.causes import told
from kitabat.delivery.crew import BrokenOffError, Crew
from kitabat.delivery.journal import JOURNAL
from kitabat.delivery.manifest import MANIFEST, WORK, entries
from kitabat.delivery.order import Rank
from kitabat.delivery.parcel import ChangedError, Freight, Item, Parcel, packed
from kitabat.delivery.plan import Known, Plan, doubtful, planned
from kitabat.delivery.target import Reach, Target
from kitabat.model.diagnostic import Diagnostic, Location, error
from kitabat.model.errors import PublishingError
from kitabat.workspace import cannot_write

LOCK_SECONDS = 10
SHOWN = 5
Progress = Callable[[int, int, str], None]
"""Called after each file with how many are done, of how many, and the path of the one just done."""


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """What to publish, where to, and how."""

    source: Path
    """The output of a build."""
    shown: str
    """Its name in diagnostics."""
    address: Address
    state: Path
    """Folder for the lock and for keys of servers."""
    delete: bool = True
    """Delete what former publishes have sent and the output does not have any more."""
    everything: bool = False
    """Send files of the output too that no build has made."""
    overwrite: bool = False
    """Write over files at the target that no publish has sent."""
    verify: bool = False
    """Look at every file at the target."""
    dry_run: bool = False
    jobs: int = 4
    """Connections at once."""


@dataclass(frozen=True, slots=True)
class PublishReport:
    """What was done; in a dry run, what would have been."""

    sent: tuple[Item, ...]
    deleted: tuple[str, ...]
    kept: int
    """Files that would have been deleted, had that been asked for."""
    there: int
    """Files that were there already."""
    resumed: int
    """How many of those a publish that broke off had sent."""


def publish(request: PublishRequest, progress: Progress) -> PublishReport:
    """Bring the target up to date.

    Raises PublishingError where the output is not as it was built, or where the target refuses; what has arrived then
    stays, and the next publish goes on from there. Where a build replaces the output meanwhile, the new one is
    published.
    """
    parcel = packed(request.source, request.shown, everything=request.everything)
    reach = Reach(request.address, request.state)
    with locked(request), Crew(reach, request.jobs) as crew:
        while True:
            round_ = Round(request, parcel, crew, progress)
            try:
                return round_.made()
            except BrokenOffError as broken:
                if not isinstance(broken.fault, ChangedError) or not parcel.is_replaced():
                    place = round_.progress_at(broken.path)
                    raise PublishingError(told(broken.fault, request.address, *place)) from broken.fault
            parcel = packed(request.source, request.shown, everything=request.everything)


@contextmanager
def locked(request: PublishRequest) -> Iterator[None]:
    """Let nobody else of this publication publish to the same target at the same time."""
    text = request.address.text
    one = os.path.realpath(text) if request.address.is_local else text.rstrip("/")
    digest = hashlib.sha256(one.encode(errors="surrogateescape")).hexdigest()[:16]
    place = request.state / f"publish-{digest}.lock"
    lock = filelock.FileLock(place)
    try:
        if place.parent.is_symlink():
            raise OSError(errno.ELOOP, "the folder for work in progress is a link")  # noqa: TRY301 - told below
        place.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=LOCK_SECONDS)
    except filelock.Timeout:
        message = f"Another publish to this target has not ended within {LOCK_SECONDS:g} seconds"
        hint = "Wait for it to end, or stop it, then publish again"
        raise PublishingError(error("busy/lock", message, Location(str(place)), hint)) from None
    except OSError as fault:
        raise PublishingError(cannot_write(str(place), fault)) from fault
    try:
        yield
    finally:
        lock.release()


class Round:
    """One publish from beginning to end."""

    def __init__(self, request: PublishRequest, parcel: Parcel, crew: Crew, progress: Progress) -> None:
        self.request = request
        self.parcel = parcel
        self.crew = crew
        self.progress = progress
        self.count = self.total = 0

    def made(self) -> PublishReport:
        """Look, decide, and do it."""
        self.crew.greet()
        known = self._known()
        # To look at a folder of this machine costs next to nothing.
        items = doubtful(self.parcel, known, verify=self.request.verify or self.request.address.is_local)
        sights = self.crew.each([(item.path, partial(Target.sight, item=item, parcel=self.parcel)) for item in items])
        plan = planned(self.parcel, known, {item.path: sight for item, sight in zip(items, sights, strict=True)})
        if plan.strangers and not self.request.overwrite:
            raise PublishingError(in_the_way(plan.strangers, self.request.address))
        kept = () if self.request.delete else plan.delete
        plan = replace(plan, delete=() if kept else plan.delete)
        if not self.request.dry_run:
            self._carry_out(plan, known, kept)
        return PublishReport(plan.send, plan.delete, len(kept), plan.there, plan.arrived)

    def progress_at(self, path: str) -> tuple[str, str]:
        """Return where it broke off and how much is done, as far as anything had begun."""
        if not self.total:
            return "", ""
        done = f"; {self.count} of {self.total} files are done, and the same command goes on from there"
        return "" if path.startswith(WORK) else path, done if self.count else ""

    def _known(self) -> Known:
        manifest = self.crew.one(MANIFEST, lambda target: target.read(MANIFEST))
        found = self.crew.one(JOURNAL, lambda target: target.read(JOURNAL))
        listed = entries(manifest) if manifest is not None else {}
        touched = journal.read(found) if found is not None else {}
        is_blank = manifest is None and found is None and self.crew.one("", Target.is_empty)
        return Known(
            listed=listed or {},
            manifest=manifest,
            is_foreign=listed is None,
            journal=found,
            touched=touched or {},
            is_blank=is_blank,
            is_garbled=touched is None,
        )

    def _carry_out(self, plan: Plan, known: Known, kept: Sequence[str]) -> None:
        """Do what is planned; from the first step to the last a journal at the target says what is under way."""
        left = journal.written({path: known.rank(path) for path in kept}) if kept else None
        if plan.is_empty and known.journal == left:
            return
        self.total = len(plan.send) + len(plan.delete)
        under_way = known.journal
        if not plan.is_empty:
            gone = {path: known.rank(path) for path in (*plan.delete, *kept)}
            sent = {item.path: item.rank for item in plan.send if item.path != MANIFEST}
            under_way = journal.written({**known.touched, **gone, **sent})
            if under_way != known.journal:
                # A first journal that is there in part tells that something has begun; a later one must not lose any.
                self._put_journal(under_way, in_place=known.journal is None)
        for which in Rank:
            if which is Rank.MANIFEST:
                self._still_alone(under_way)
            self._send([item for item in plan.send if item.rank is which])
        for which in reversed(Rank):
            self._delete([path for path in plan.delete if known.rank(path) is which])
        self.crew.one("", lambda target: target.prune(plan.delete))
        if left is None:
            self.crew.one(JOURNAL, Target.clear)
        else:
            self._put_journal(left)

    def _send(self, items: list[Item]) -> None:
        works = [(item.path, partial(self._sent, item=item)) for item in items]
        self.crew.each(works, self._done)

    def _sent(self, target: Target, item: Item) -> None:
        target.send(item.path, self.parcel.freight(item))

    def _delete(self, paths: list[str]) -> None:
        self.crew.each([(path, partial(Target.remove, path=path)) for path in paths], self._done)

    def _done(self, path: str) -> None:
        self.count += 1
        self.progress(self.count, self.total, path)

    def _put_journal(self, content: bytes, *, in_place: bool = False) -> None:
        self.crew.one(JOURNAL, lambda target: target.send(JOURNAL, Freight.of(content), in_place=in_place))

    def _still_alone(self, ours: bytes | None) -> None:
        """See that nobody has begun to publish to the same target from elsewhere."""
        if self.crew.one(JOURNAL, lambda target: target.read(JOURNAL)) != ours:
            message = "Another publish to the same target has begun meanwhile"
            hint = "Wait for it to end, then publish again: what is there is then put right"
            raise PublishingError(error("busy/target", message, Location(str(self.request.address)), hint))


def in_the_way(paths: Sequence[str], address: Address) -> Diagnostic:
    """Return the diagnostic for files at the target that are not ours to write over."""
    named = ", ".join(f"`{path}`" for path in paths[:SHOWN])
    more = f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else ""
    message = f"Unexpected {named}{more} that no publish has sent, expected nothing where files of the output go"
    hint = "Take away what is there, or choose another target; --overwrite puts files of the output in its place"
    return error("output/foreign", message, Location(str(address)), hint)

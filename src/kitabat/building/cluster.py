"""A Dask cluster: the only module that speaks to one. Its scheduler runs whatever it is sent, and so do we.

Work goes through distributed's face of ``concurrent.futures``, with an executor for each worker: which worker does what
is decided by the fleet, which knows what each has read and holds.
"""

from __future__ import annotations

import logging
import os
import pickle
import re
import ssl
import time
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import metadata
from types import TracebackType
from typing import Any

from kitabat.building.depot import haul, presence
from kitabat.building.encryption import see_to_encryption
from kitabat.building.fleet import LostError
from kitabat.building.freight import NO_FOLDER, Delivery, Load, Presence
from kitabat.building.watch import Watch, background
from kitabat.model.diagnostic import Diagnostic, error, warning
from kitabat.model.errors import PublishingError

ADDRESS = re.compile(r"(tcp|tls)://(\[[0-9A-Fa-f:.%]+\]|[^\s/:\[\]@?#]+):([0-9]{1,5})")
MISSING = re.compile(r"No module named '(\w+)")
EXPECTED = "tcp://HOST:PORT or tls://HOST:PORT"
DEADLINE = 5
"""Seconds in which a scheduler must be connected to."""
HASTE = 1
"""Seconds in which it may be told, after Ctrl-C, that nothing more is wanted."""
ARRIVAL = 10
"""Seconds in which there must be a worker: nannies may just be starting new ones."""
ANSWER = 30
"""Seconds in which it must say who is there, and workers what they are."""
PAUSE = 0.05
"""Seconds between two looks at who has answered."""
LEAVE = 3
"""Seconds after its last delivery in which a worker that has grown too large takes leave."""
UNTOLD = 1 << 40
"""Bytes from which on distributed warns of what it is sent; it does not know that most of it is files."""
SHOWN = 4
"""Differences of one worker that are named."""
HINT = "Install the same versions everywhere, best of all the same container image (see docs/cluster.md)"
FOLDER = "See to the folder that KITABAT_DEPOT names there, or to ~/.cache/kitabat/depot (see docs/cluster.md)"

Outfit = Callable[[], Mapping[str, str]]
"""Returns versions by name; a function that can be sent."""


class Cluster:
    """A connection to a scheduler, and the workers that it knows."""

    def __init__(self, address: str, outfit: Outfit) -> None:
        """Connect; ``outfit`` tells what a worker must have, and have the same as this machine.

        Raises PublishingError where there is no cluster, no worker, or one that differs.
        """
        self.address = address
        self.outfit = outfit
        self.diagnostics: list[Diagnostic] = []
        self._expected = dict(outfit()) | {"distributed": _version()}
        self._client = _connected(address)
        self._fit: dict[str, Presence] = {}
        self._executors: dict[str, Executor] = {}
        self._unfit: set[str] = set()
        self._asked: dict[str, Future[Any]] = {}
        self._watch = Watch(self._is_there)
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(HASTE if kind and issubclass(kind, KeyboardInterrupt) else DEADLINE)

    def close(self, seconds: float = DEADLINE) -> None:
        """Part from the cluster, which drops what is still to be done for us, whether it hears of it in time or not."""
        with suppress(Exception):
            background(self._client.close).result(seconds)

    def _begin(self) -> None:
        """Look at the workers that there are; those that come later and differ are only left out."""
        reasons: dict[str, list[str]] = {}
        start = time.monotonic()
        try:
            self._look_at_scheduler()
            present = self._addresses()
            # Whoever has died and is still listed is dropped soon.
            while time.monotonic() - start < (ANSWER if present else ARRIVAL):
                for reason, names in self._received(present).items():
                    reasons.setdefault(reason, []).extend(names)
                if present and not self._asked:
                    break
                time.sleep(PAUSE)
                present = self._addresses()
        except LostError as fault:
            raise PublishingError(_unreachable(self.address, str(fault))) from fault
        if reasons:
            raise PublishingError(*(_differs(names, reason) for reason, names in reasons.items()))
        if not present:
            message = f"Unexpected cluster at `{self.address}` without workers"
            hint = f"Start some: dask worker {self.address} --nthreads 1 --nworkers auto"
            raise PublishingError(error("cluster/workers", message, hint=hint))
        if not self._fit:
            message = f"None of the workers of the cluster at `{self.address}` answers"
            raise PublishingError(error("cluster/workers", message, hint="Look at their logs, or start them again"))

    def _look_at_scheduler(self) -> None:
        """See that the scheduler has the same library; it needs nothing else."""
        ask = partial(self._client.run_on_scheduler, metadata.version, "distributed")
        try:
            found = background(ask).result(ANSWER)
        except Exception as fault:
            raise LostError(f"the scheduler at {self.address} does not answer") from fault
        if found != _version():
            message = f"The scheduler at `{self.address}` has distributed {found}, expected {_version()}"
            raise PublishingError(error("cluster/versions", message, hint=HINT))

    def _addresses(self) -> set[str]:
        gone = f"the scheduler at {self.address} does not answer"
        if self._client.status != "running":
            raise LostError(gone)
        try:
            return set(background(self._client.nthreads).result(ANSWER))
        except Exception as fault:
            raise LostError(gone) from fault

    def _received(self, present: set[str]) -> dict[str, list[str]]:
        """Ask new workers what they are, and look who has answered; return who cannot be used, by reason.

        Nobody is waited for: one that has just died would keep all others idle.
        """
        for address in present - self._fit.keys() - self._unfit - self._asked.keys():
            ask = partial(self._client.run, _presence, self.outfit, workers=[address], on_error="return")
            self._asked[address] = background(ask)
        reasons: dict[str, list[str]] = {}
        for address in sorted(self._asked):
            if address not in present:
                del self._asked[address]
            elif self._asked[address].done():
                answer = _answer(self._asked.pop(address), address)
                reason = differences(self._expected, answer) if answer else ""
                if reason:
                    self._unfit.add(address)
                    name = f"`{address}` on {answer.host}" if isinstance(answer, Presence) else f"`{address}`"
                    reasons.setdefault(reason, []).append(name)
                elif isinstance(answer, Presence):
                    self._fit[address] = answer
        return reasons

    # What a fleet asks for.

    def workers(self) -> Mapping[str, Presence]:
        """See ``Carrier``."""
        present = self._addresses()
        for address in (self._fit.keys() - present) | self._watch.silent():
            del self._fit[address]
            self._executors.pop(address, None)
            self._watch.end(address)
        for reason, names in self._received(present).items():
            told = _differs(names, reason)
            self.diagnostics.append(warning(told.rule, told.message, hint=told.hint))
        return self._fit

    def send(self, address: str, load: Load) -> Future[Delivery]:
        """See ``Carrier``."""
        executor = self._executors.get(address)
        if executor is None:
            executor = self._client.get_executor(workers=[address], allow_other_workers=False, pure=False, retries=0)
            self._executors[address] = executor
        from distributed.protocol.pickle import dumps

        try:
            # A scheduler reads what it is given; of the toolkit, which it need not have, it sees bytes.
            future: Future[Delivery] = executor.submit(pickle.loads, dumps(_Errand(load)))  # type: ignore[no-untyped-call] # it has no types
        except Exception as fault:
            raise LostError(f"the scheduler at {self.address} takes no work") from fault
        self._watch.begin(address, future)
        return future

    def _is_there(self, address: str) -> bool:
        """Ask a worker whether it is there; what it is at does not keep it from answering."""
        return isinstance(self._client.run(os.getpid, workers=[address], on_error="return")[address], int)


def connect(address: str, outfit: Outfit) -> Cluster:
    """Return a connection to a cluster; raises PublishingError where there is none, or where it cannot be used."""
    return Cluster(checked(address), outfit)


def checked(address: str) -> str:
    """Return an address; raises PublishingError where it is none.

    >>> checked("tcp://10.0.0.5:8786")
    'tcp://10.0.0.5:8786'
    """
    match = ADDRESS.fullmatch(address)
    if not match or not 0 < int(match[3]) < 1 << 16:
        hint = "Give the address that `dask scheduler` prints when it starts"
        raise PublishingError(error("cluster/address", f"Unexpected `{address}`, expected {EXPECTED}", hint=hint))
    return address


def differences(expected: Mapping[str, str], answer: Presence | Exception) -> str:
    """Return what a worker has not as it is expected; empty where it can be used.

    >>> differences({"Python": "3.11.7"}, Presence("a", {"Python": "3.12.1"}))
    'Python 3.12.1, expected 3.11.7'
    >>> differences({}, ModuleNotFoundError("No module named 'kitabat'"))
    'no kitabat'
    """
    if isinstance(answer, Exception):
        # It may come wrapped, as text.
        missing = MISSING.search(str(answer))
        if missing:
            return f"no {missing[1]}"
        # Another version may lack the very function that was to be called.
        return f"another kitabat, which answers `{type(answer).__name__}: {answer}`"
    if answer.fault:
        return answer.fault
    wrong = [
        f"{name} {answer.outfit.get(name) or 'missing'}, expected {version}"
        for name, version in expected.items()
        if answer.outfit.get(name) != version
    ]
    more = f"; and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
    return "; ".join(wrong[:SHOWN]) + more


def _differs(names: list[str], reason: str) -> Diagnostic:
    count = len(names) - 1
    others = f" and {'one other' if count == 1 else f'{count} others'}" if count else ""
    verb = "have" if others else "has"
    hint = FOLDER if reason.startswith(NO_FOLDER) else HINT
    return error("cluster/versions", f"Worker {names[0]}{others} {verb} {reason}", hint=hint)


def _unreachable(address: str, why: str) -> Diagnostic:
    hint = "See that the scheduler runs there and that no firewall stands between"
    if address.startswith("tls:"):
        hint += ", and that both sides have certificates of one authority"
    return error("cluster/unreachable", f"Cannot reach the cluster at `{address}`: {why}", hint=hint)


def _version() -> str:
    try:
        import distributed
    except ModuleNotFoundError:
        hint = 'Install it with pip: pip install "kitabat[cluster]"'
        message = "Missing `distributed`, which speaks to clusters"
        raise PublishingError(error("cluster/library", message, hint=hint)) from None
    return str(distributed.__version__)  # type: ignore[attr-defined] # it is set by the package itself


def _connected(address: str) -> Any:
    """Return a client of the scheduler at an address."""
    import dask
    from distributed import Client

    # What goes wrong is told by us; the library's own log would fall into the progress bar.
    for name in ("distributed", *(name for name in logging.root.manager.loggerDict if name.startswith("distributed."))):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    dask.config.set({"distributed.admin.large-graph-warning-threshold": UNTOLD})
    see_to_encryption(address, dask.config.get)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions that differ: they are refused by name
            # One that was never connected would, when it is thrown away, wait once more and write a trace.
            quiet = type("Client", (Client,), {"__del__": lambda _: None})
            call = partial(quiet, address, timeout=DEADLINE, set_as_default=False, name="kitabat")
            return background(call).result(2 * DEADLINE)
    except Exception as fault:
        if address.startswith("tls:") and (isinstance(fault, ssl.SSLError) or not isinstance(fault, OSError)):
            raise PublishingError(_unreachable(address, f"certificates: {fault}")) from fault
        # What another kind of server says is taken for the length of a message, among other things.
        is_silent = isinstance(fault, OSError | TimeoutError)
        why = f"no scheduler has answered within {DEADLINE} seconds" if is_silent else "who answers is no scheduler"
        raise PublishingError(_unreachable(address, why)) from fault


def _answer(future: Future[Any], address: str) -> Presence | Exception | None:
    """Return what a worker has answered; None where it could not be asked, as it has just gone."""
    try:
        found: Presence | Exception = future.result()[address]
    except Exception:  # noqa: BLE001 - it is asked again as long as it is listed
        return None
    return None if isinstance(found, OSError) else found


# What workers are sent.


def _presence(outfit: Outfit) -> Presence:
    found = presence(outfit)
    return replace(found, outfit={**found.outfit, "distributed": _version()})


class _Errand:
    """A load that is done where it is unpickled."""

    def __init__(self, load: Load) -> None:
        self.load = load

    def __reduce__(self) -> tuple[Any, ...]:
        return _haul, (self.load,)


def _haul(load: Load) -> Delivery:
    """Do a load. A worker that has grown too large takes leave afterwards, where a nanny will start another."""
    import distributed

    delivery = haul(load)
    worker = distributed.get_worker()
    if delivery.leaves and worker.nanny:
        worker.loop.add_callback(worker.loop.call_later, LEAVE, _leave, worker)
        return delivery
    return replace(delivery, leaves=False)


def _leave(worker: Any) -> None:
    worker.loop.add_callback(worker.close_gracefully, restart=True)

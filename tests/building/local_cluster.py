"""A scheduler and two worker processes with their nannies; says the address, and ends with its standard input."""

from __future__ import annotations

import sys

from distributed import LocalCluster

if __name__ == "__main__":
    sys.modules["kitabat"] = None  # type: ignore[assignment] # the scheduler, which is this process, must do without
    with LocalCluster(  # type: ignore[no-untyped-call] # it has no types
        n_workers=int(sys.argv[1]),
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        preload=["tests.building.stand_ins"],
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()

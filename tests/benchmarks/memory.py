"""Peak memory of a drift beside the size of the two plans, each way in a process of its own.

Run as `python -m tests.benchmarks.memory WAY DATABASE SIZE`, it prints one line of JSON with bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psutil

from planner.actions.comparing import compare
from planner.rules.drift import drift
from planner.store.database import Database
from planner.store.snapshots import load_plan
from tests.benchmarks.databases import sealed_database
from tests.benchmarks.report import Line
from tests.benchmarks.synthetic import first_plan, next_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS = ("FY27-Q1", "FY27-Q2")
ROOT = Path(__file__).resolve().parents[2]
MEBI = 2**20
STEP = 0.001


class Peak:
    """The highest resident memory of this process while the block runs, sampled each millisecond."""

    def __enter__(self) -> Self:
        self.process = psutil.Process()
        self.base = self.highest = self.process.memory_info().rss
        self.done = threading.Event()
        self.sampler = threading.Thread(target=self._sample)
        self.sampler.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.sampler.join()

    def _sample(self) -> None:
        while not self.done.is_set():
            self.highest = max(self.highest, self.process.memory_info().rss)
            time.sleep(STEP)


def memory_lines(size: int, folder: Path) -> Iterator[Line]:
    """Both ways at one size, each above what the process held before."""
    path = folder / "memory.duckdb"
    baseline = first_plan(size)
    plans = [baseline, next_plan(baseline)]
    held = sum(frame.estimated_size() for plan in plans for frame in plan.frames.values())
    db, _ = sealed_database(path, plans)
    db.close()
    for way, told in (("database", "from the database"), ("memory", "of plans in memory")):
        words = [sys.executable, "-m", "tests.benchmarks.memory", way, str(path)]
        done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
        above = json.loads(done.stdout.splitlines()[-1])["above"]
        yield Line(
            f"peak memory of drift {told}, {size:,} projects",
            f"{above / MEBI:.0f} MiB above the process",
            f"{held / MEBI:.0f} MiB the two plans",
            f"{above / held:.2f}x",
        )


def main() -> None:
    """Measure one way in this process."""
    way, path = sys.argv[1:3]
    db = Database.open(Path(path))
    try:
        if way == "database":
            with Peak() as peak:
                compare(db, *LABELS)
        else:
            plans = [load_plan(db, label) for label in LABELS]
            with Peak() as peak:
                drift(*plans)
    finally:
        db.close()
    print(json.dumps({"above": peak.highest - peak.base, "base": peak.base}))


if __name__ == "__main__":
    main()

"""Whether cost grows with rows and with snapshots as they do: the factor of the time beside that of the rows."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.rules.drift import drift
from planner.store.database import Database
from planner.store.snapshots import load_plan, verify_snapshots
from planner.store.versions import list_versions
from tests.benchmarks.databases import sealed_database
from tests.benchmarks.report import Line
from tests.benchmarks.storing import draft_database, seconds_to_open, seconds_to_seal
from tests.benchmarks.synthetic import first_plan, next_plan
from tests.benchmarks.timing import seconds_of, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

ROUNDS = 5
SNAPSHOTS, EACH = (4, 8, 16), 1_000


@dataclass(frozen=True, slots=True)
class Step:
    """A size and how long one thing takes there."""

    size: int
    once: Callable[[], float]


def growth_lines(sizes: list[int], folder: Path) -> Iterator[Line]:
    """Drift, load and seal over rows; opening, loading and verifying over snapshots."""
    yield from _over_rows(sizes, folder)
    yield from _over_snapshots(folder)


def _over_rows(sizes: list[int], folder: Path) -> Iterator[Line]:
    drifts, loads, seals = [], [], []
    for size in sizes:
        plan = first_plan(size)
        plans = (plan, next_plan(plan))
        drifts.append(Step(size, lambda plans=plans: seconds_of(lambda: drift(*plans))))
        if size > 10**5:
            continue
        path = folder / f"growth-{size}.duckdb"
        db, labels = sealed_database(path, [plan])
        db.close()
        seconds_to_open(path, labels[0])  # makes the archive that it lacks
        loads.append(Step(size, lambda p=path, label=labels[0]: seconds_to_open(p, label)))
        draft = draft_database(plan, folder / f"growth-draft-{size}.duckdb")
        seals.append(Step(size, lambda d=draft: seconds_to_seal(d, folder / "growth-copy.duckdb")))
    yield _line("drift of plans in memory", "projects", drifts)
    yield _line("open the database and load a snapshot", "projects", loads)
    yield _line("seal a draft", "projects", seals)


def _over_snapshots(folder: Path) -> Iterator[Line]:
    plans = [first_plan(EACH)]
    while len(plans) < max(SNAPSHOTS):
        plans.append(next_plan(plans[-1], seed=len(plans)))
    listings, loads, checks = [], [], []
    for count in SNAPSHOTS:
        path = folder / f"snapshots-{count}.duckdb"
        db, _ = sealed_database(path, plans[:count])
        db.close()
        listings.append(Step(count, lambda p=path: _opened(p, list_versions)))
        loads.append(Step(count, lambda p=path: _opened(p, _load_latest)))
        checks.append(Step(count, lambda p=path: _opened(p, verify_snapshots)))
    of_size = f"snapshots of {EACH:,} projects"
    yield _line("open the database and list its versions", of_size, listings)
    yield _line("open the database and load the last snapshot", of_size, loads)
    yield _line("open the database and verify every snapshot", of_size, checks)


def _load_latest(db: Database) -> object:
    return load_plan(db, "latest")


def _opened(path: Path, work: Callable[[Database], object]) -> float:
    opened: list[Database] = []

    def open_and_work() -> None:
        opened.append(Database.open(path))
        work(opened[0])

    seconds = seconds_of(open_and_work)
    opened[0].close()
    return seconds


def _line(what: str, of_what: str, steps: Sequence[Step]) -> Line:
    """The times at each size, and how they grew: all sizes are measured in turns."""
    times: list[list[float]] = [[] for _ in steps]
    for turn in range(ROUNDS + 1):
        for step, found in zip(steps, times, strict=True):
            seconds = step.once()
            if turn:
                found.append(seconds)
    middle = [statistics.median(found) for found in times]
    sizes = " / ".join(f"{step.size:,}" for step in steps)
    rows = " / ".join(f"{step.size / steps[0].size:g}x" for step in steps[1:])
    grown = " / ".join(f"{seconds / middle[0]:.1f}x" for seconds in middle[1:])
    return Line(
        f"{what}, {sizes} {of_what}", " / ".join(map(spoken, middle)), f"{rows} the rows", f"{grown} the time"
    )

"""Drift of two snapshots: from the database and from plans in memory, against hashing every column once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.actions.comparing import compare
from planner.model.tables import TABLES
from planner.rules.drift import drift
from planner.store.frames import quoted
from tests.benchmarks.databases import sealed_database
from tests.benchmarks.independent import cells_of, changes_of, hold_alike
from tests.benchmarks.report import Line, at_most
from tests.benchmarks.synthetic import first_plan, next_plan
from tests.benchmarks.timing import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.model.plan import Plan
    from planner.store.database import Database

FROM_DATABASE = {10_000: 6.0, 100_000: 6.0, 1_000_000: 3.0}
IN_MEMORY = {10_000: 2.5, 100_000: 4.0, 1_000_000: None}
AGAINST = "hash every column of both"


def drift_lines(sizes: list[int], folder: Path) -> Iterator[Line]:
    """Both ways of drift at each size, held to an independent count of the changes."""
    for size in sizes:
        baseline = first_plan(size)
        current = next_plan(baseline)
        db, labels = sealed_database(folder / f"drift-{size}.duckdb", [baseline, current])
        try:
            yield from _lines(db, labels, baseline, current, size)
        finally:
            db.close()


def _lines(db: Database, labels: list[str], baseline: Plan, current: Plan, size: int) -> Iterator[Line]:
    expected = changes_of(baseline, current)
    hold_alike(cells_of(compare(db, *labels).rows), expected)
    hold_alike(cells_of(drift(baseline, current).rows), expected)
    rounds = 15 if size < 10**6 else 5
    with db.reading() as cursor:
        statement = hash_statement(baseline)

        def limit() -> None:
            cursor.sql(statement).fetchall()

        stored = in_turns(lambda: compare(db, *labels), limit, rounds)
        in_memory = in_turns(lambda: drift(baseline, current), limit, rounds)
    said = f"{size:,} projects, {expected.height:,} changes"
    yield at_most(f"drift from the database, {said}", stored, AGAINST, FROM_DATABASE.get(size))
    yield at_most(f"drift of plans in memory, {said}", in_memory, AGAINST, IN_MEMORY.get(size))


def hash_statement(plan: Plan) -> str:
    """One statement that hashes every column of every row of the first two snapshots once."""
    parts = []
    for name in plan.rows:
        sums = ", ".join(f"sum(hash({quoted([column])}))" for column in TABLES[name].names)
        parts.append(f"SELECT [{sums}] FROM sealed_{name} WHERE snapshot IN (1, 2)")
    return " UNION ALL ".join(parts)

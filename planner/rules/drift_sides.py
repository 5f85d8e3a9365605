"""The two versions that a drift is taken of: whole plans, or the differing rows as a store hands them over; no diff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import FINGERPRINTED, TABLES
from planner.rules.drift_alignment import Ways
from planner.rules.drift_staffing import STAFFED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.model.plan import Plan
    from planner.model.settings import PlanSettings

LINKED = {"projects": "project", "enablers": "enabler", "capabilities": "capability"}


@dataclass(frozen=True)
class Sides:
    """What drift needs of the two versions.

    `baseline` and `current` hold the frames of the tables, whole or only the rows that differ. `rows`
    counts all rows of each table on both sides. `ranked` has project_id, status and priority_rank of every current
    project; `named`, for each linked table, the current ids and names of at least the items whose outgoing links
    differ, and of every project; `staffed` the person-days by project and team, at least
    of the projects whose phasing differs; `ways` what projects reach, asked for only where that may differ: what a
    few kinds need beyond the differing rows.
    """

    baseline: Mapping[str, pl.DataFrame]
    current: Mapping[str, pl.DataFrame]
    rows: Mapping[str, tuple[int, int]]
    settings: PlanSettings
    ranked: pl.DataFrame
    named: Mapping[str, pl.DataFrame]
    staffed: tuple[pl.DataFrame, pl.DataFrame]
    ways: Callable[[], Ways]

    @classmethod
    def of_plans(cls, baseline: Plan, current: Plan) -> Sides:
        """Two whole plans."""
        named = {table: _named(current, table) for table in LINKED}
        return cls(
            baseline.frames,
            current.frames,
            {table: (baseline[table].height, current[table].height) for table in FINGERPRINTED},
            current.settings,
            current["projects"],
            named,
            (baseline["phasing"][list(STAFFED)], current["phasing"][list(STAFFED)]),
            lambda: Ways.of_plans(baseline, current),
        )


def _named(plan: Plan, table: str) -> pl.DataFrame:
    frame = plan[table]
    return pl.DataFrame([frame[TABLES[table].key[0]].alias("id"), frame["name"]])

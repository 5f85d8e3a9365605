"""Drift: every difference between two versions of a plan, with its planning meaning; pure, and the only diff there is.

Rows are matched by id alone. `drift` compares two whole plans; `drift_of` also takes the differing rows
only, as a store can hand them over, and gives the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import FINGERPRINTED
from planner.rules.drift_events import rows_with_kinds
from planner.rules.drift_rows import ADDED, CHANGED, REMOVED, TableDrift, compare_frames
from planner.rules.drift_sides import Sides

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.model.plan import Plan


@dataclass(frozen=True)
class Drift:
    """Every difference of two versions.

    `rows` has the columns of FORMAT's drift rows without the two labels and the reasons: table, id, name,
    change, field, before, after, kind, amount (number or null), unit; ordered by table, id, field, kind.
    `summary` counts added, removed, changed and unchanged rows of every table that has rows on a side.
    """

    rows: pl.DataFrame
    summary: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the two versions are the same plan."""
        return self.rows.is_empty()

    @cached_property
    def events(self) -> pl.DataFrame:
        """The rows that have a planning meaning: those with a kind."""
        return self.rows.filter(pl.col("kind") != "")


def drift(baseline: Plan, current: Plan) -> Drift:
    """Every difference from one plan to another."""
    return drift_of(Sides.of_plans(baseline, current))


def drift_of(sides: Sides) -> Drift:
    """Every difference between two sides, whole or handed over as differing rows."""
    compared = {
        table: compare_frames(table, sides.baseline[table], sides.current[table])
        for table in FINGERPRINTED
        if table in sides.baseline and _may_differ(sides, table)
    }
    return Drift(rows_with_kinds(compared, sides), _summary(compared, sides))


def _may_differ(sides: Sides, table: str) -> bool:
    before, after = sides.baseline[table], sides.current[table]
    return before is not after and not (before.is_empty() and after.is_empty())


def _summary(compared: Mapping[str, TableDrift], sides: Sides) -> dict[str, dict[str, int]]:
    counted: dict[str, dict[str, int]] = {}
    for table in FINGERPRINTED:
        before, after = sides.rows.get(table, (0, 0))
        if not before and not after:
            continue
        found = compared.get(table)
        added, removed, changed = (
            (found.added.height, found.removed.height, found.pairs.height) if found else (0, 0, 0)
        )
        counted[table] = {
            ADDED: added,
            REMOVED: removed,
            CHANGED: changed,
            "unchanged": before - removed - changed,
        }
    return counted

"""Compare two versions: their drift with its reasons, as FORMAT's drift rows; it decides nothing about kinds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from planner.exchange.drift_csv import DRIFT_COLUMNS
from planner.model.plan import Plan
from planner.rules.drift import Drift, drift_of
from planner.rules.drift_alignment import NO_ITEMS, Ways, moved_items
from planner.rules.drift_reasons import unexplained, with_reasons
from planner.rules.drift_sides import Sides
from planner.store.differing import Differing, load_differing

if TYPE_CHECKING:
    from planner.model.version import Version
    from planner.store.database import Database


@dataclass(frozen=True)
class Comparison:
    """Two versions and what differs between them.

    `drift.rows` has, beside the columns of `Drift`, reason_code, reason, evidence_id and decision_id, empty
    where nobody gave one.
    """

    baseline: Version
    current: Version
    drift: Drift

    @cached_property
    def rows(self) -> pl.DataFrame:
        """FORMAT's drift rows, all its columns in its order; amount is a number or null."""
        labels = {"baseline": pl.lit(self.baseline.label), "current": pl.lit(self.current.label)}
        return self.drift.rows.with_columns(**labels).select(DRIFT_COLUMNS)

    @property
    def events(self) -> pl.DataFrame:
        """The rows with a planning meaning."""
        return self.rows.filter(pl.col("kind") != "")

    @property
    def unexplained(self) -> pl.DataFrame:
        """The rows with a planning meaning and no reason."""
        return unexplained(self.rows)

    def as_document(self) -> dict[str, Any]:
        """The document of `planner drift --format json`; an amount without decimals is a whole number."""
        changes = self.rows.to_dicts()
        for row in changes:
            if row["amount"] is not None and row["amount"].is_integer():
                row["amount"] = int(row["amount"])
        return {
            "baseline": self.baseline.label,
            "current": self.current.label,
            "summary": {table: dict(counts) for table, counts in self.drift.summary.items()},
            "changes": changes,
        }


def compare(db: Database, baseline: str, current: str) -> Comparison:
    """Compare two versions named by label, `draft`, a scenario's id or `latest`; raises VersionUnknown."""
    differing = load_differing(db, baseline, current, _items_moved)
    found = drift_of(
        Sides(
            differing.baseline,
            differing.current,
            differing.rows,
            differing.settings,
            differing.ranked,
            differing.named,
            differing.staffed,
            lambda: _ways_of(differing),
        )
    )
    return Comparison(*differing.versions, Drift(with_reasons(found.rows, differing.reasons), found.summary))


def _items_moved(shared: tuple[Plan, Plan], touched: pl.Series) -> pl.DataFrame:
    return moved_items(shared, touched, shared[1].settings.number("threshold_realigned"))


def _ways_of(differing: Differing) -> Ways:
    """What projects reach, as the store handed it over: the projects of the items that it was asked for."""
    nothing = Plan.of_settled({})
    shared, own = differing.shared or (nothing, nothing), differing.of_projects or (nothing, nothing)
    moved = NO_ITEMS if differing.asked is None else differing.asked
    return Ways(shared, lambda _nodes: own, lambda _touched, _least: moved)

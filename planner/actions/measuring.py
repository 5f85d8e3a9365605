"""Measure a version, and the refresh that led to it: plans, ledgers and history gathered once; the rules do the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.actions.comparing import compare
from planner.model.version import SNAPSHOT
from planner.rules.home import Dated
from planner.rules.refresh_measures import RefreshMeasures, measure_refresh
from planner.rules.refresh_step import Past
from planner.store.ledgers import load_ledger
from planner.store.snapshots import load_plan
from planner.store.versions import list_versions, load_version_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from planner.model.version import Version
    from planner.store.database import Database

LEDGERS = (
    "kpi_actuals",
    "benefits",
    "benefit_actuals",
    "business_cases",
    "delivery_history",
    "project_actuals",
    "insights",
    "lessons",
)


@dataclass(frozen=True)
class Measured:
    """One version with its history, and the refresh that led to it from `baseline`, None where there is no such.

    `before` is the plan of the baseline, with its quarter. `snapshots` are the sealed versions up to this one with their plans, the oldest first, and this one at the end.
    """

    version: Version
    baseline: Version | None
    snapshots: Sequence[Dated]
    ledgers: Mapping[str, pl.DataFrame]
    before: Dated | None = None
    refresh: RefreshMeasures | None = None

    @property
    def now(self) -> Dated:
        """The plan of the version, with its quarter."""
        return self.snapshots[-1]


def measure(db: Database, name: str, baseline: str = "") -> Measured:
    """Measure a version named by label, `draft`, a scenario's id or `latest`, against a baseline.

    Without a baseline the refresh is the one from the snapshot before. Raises VersionUnknown.
    """
    version = load_version_header(db, name)
    against = baseline or version.previous
    other = load_version_header(db, against) if against else None
    ledgers = {ledger: load_ledger(db, ledger) for ledger in LEDGERS}
    sealed = [one for one in list_versions(db) if one.kind == SNAPSHOT and _is_before(one, version)]
    snapshots = [_dated(db, one) for one in [*sealed, version]]
    if other is None:
        return Measured(version, None, snapshots, ledgers)
    before, now = _dated(db, other), snapshots[-1]
    quarters = [one.quarter for one in snapshots[:-1]]
    past = Past(quarters, ledgers, is_revision=now.quarter in quarters, plans=snapshots[:-1])
    rows = compare(db, other.label, version.label).drift.rows
    return Measured(version, other, snapshots, ledgers, before, measure_refresh(before, now, rows, past))


def _is_before(snapshot: Version, version: Version) -> bool:
    """Whether a snapshot was sealed before a version; before a draft all of them were."""
    return not version.is_sealed or snapshot.number < version.number


def _dated(db: Database, version: Version) -> Dated:
    plan = load_plan(db, version.label)
    return Dated(plan, plan.calendar.parse(version.quarter))

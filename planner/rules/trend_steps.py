"""What one refresh did, kept small, for trends over many: money, projects, reasons, its verdict; it words nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.big_moves import BigMove, big_moves
from planner.rules.churn import Churn, churn
from planner.rules.disturbance import events_of_items, kinds_counted, volatility
from planner.rules.drift import drift
from planner.rules.drift_reasons import with_reasons
from planner.rules.reason_mix import reason_mix
from planner.rules.refresh_step import weigh_step
from planner.rules.slip import Slip, slip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.quarter import Quarter
    from planner.model.settings import PlanSettings
    from planner.rules.figure import Figure, Measured
    from planner.rules.home import Dated
    from planner.rules.refresh_step import Past
    from planner.rules.verdict import Verdict

_KEPT = ("table", "id", "field", "kind", "reason_code", "evidence_id")


@dataclass(frozen=True, slots=True)
class TrendPair:
    """What two neighbouring snapshots say of the refresh between them, whatever the ledgers say later.

    `rows` are the drift rows of projects with a kind, and their reasons; `changes` counts the rows with a kind of all
    tables, `given` those with a reason.
    """

    before: Quarter
    after: Quarter
    settings: PlanSettings
    churn: Churn
    volatility: Figure
    moves: Sequence[BigMove]
    rows: pl.DataFrame
    slip: Slip
    changes: int
    given: int


@dataclass(frozen=True, slots=True)
class TrendStep:
    """One refresh as a trend shows it.

    `churn` and `volatility` are shares, `evidence` the share of the moved money that cites some; `verdict` has its
    word and its index. `reasons` is the mix by moved money, `codes` that by changes (reason_code, changes, share),
    for plans without money. `counts` has added, removed, started, completed, later, earlier (projects).
    """

    before: Quarter
    after: Quarter
    churn: Figure
    volatility: Figure
    evidence: Figure
    verdict: Verdict
    moves: Sequence[BigMove]
    reasons: Measured
    codes: pl.DataFrame
    counts: Mapping[str, int]
    changes: int
    given: int


def trend_pair(before: Dated, after: Dated) -> TrendPair:
    """Compare two neighbouring snapshots once; the reasons are those sealed with the later one."""
    quarters = (before.quarter, after.quarter)
    found = drift(before.plan, after.plan).rows
    rows = with_reasons(found, after.plan["reasons"].with_columns(place=pl.lit(0, dtype=pl.Int64)))
    moved = churn(before.plan, after.plan, quarters)
    events = events_of_items(rows)
    return TrendPair(
        before=before.quarter,
        after=after.quarter,
        settings=after.plan.settings,
        churn=replace(moved, rows=moved.rows.clear()),
        volatility=volatility(before.plan, rows).figure,
        moves=big_moves(before.plan, after.plan, rows),
        rows=events.filter(pl.col("table") == "projects").select(_KEPT),
        slip=slip(before.plan, after.plan, quarters),
        changes=events.height,
        given=events.filter(pl.col("reason_code") != "").height,
    )


def trend_step(pair: TrendPair, past: Past) -> TrendStep:
    """The refresh between the two, judged by what came before it and by the ledgers as they are now."""
    step = weigh_step(pair.moves, pair.churn, pair.rows, past, (pair.after, pair.settings))
    kinds = kinds_counted(pair.rows)
    names = ("added", "removed", "started", "completed")
    counts = {name: kinds.get(name, 0) for name in names}
    return TrendStep(
        before=pair.before,
        after=pair.after,
        churn=pair.churn.weighted,
        volatility=pair.volatility,
        evidence=step.evidence.figure,
        verdict=step.verdict,
        moves=step.moves,
        reasons=reason_mix(pair.churn, pair.rows),
        codes=_codes(pair.rows),
        counts={**counts, "later": pair.slip.later, "earlier": pair.slip.earlier},
        changes=pair.changes,
        given=pair.given,
    )


def _codes(rows: pl.DataFrame) -> pl.DataFrame:
    """The changes of projects by reason code, empty for none: reason_code, changes, share, the most first."""
    counted = rows.group_by("reason_code").agg(pl.len().alias("changes"))
    shared = counted.with_columns(share=pl.col("changes") / pl.col("changes").sum())
    return shared.sort(["changes", "reason_code"], descending=[True, False])

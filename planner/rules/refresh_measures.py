"""All measures of a refresh, gathered once: what moved, how well founded, what it cost (DOMAIN 3.3 to 3.11); it words nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.churn import Churn, churn
from planner.rules.cost_growth import cost_alarms
from planner.rules.disturbance import kinds_counted, value_disturbed, volatility
from planner.rules.finish_counts import FinishCounts, finish_counts
from planner.rules.measures import Bridge, cost_bridge
from planner.rules.reason_mix import reason_mix
from planner.rules.refresh_step import RefreshStep, refresh_step
from planner.rules.sight_erosion import SightErosion, justification_drift, sight_erosion
from planner.rules.slip import Slip, slip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.rules.figure import Measured
    from planner.rules.home import Dated
    from planner.rules.refresh_step import Past


@dataclass(frozen=True, slots=True)
class RefreshMeasures:
    """The measures of one refresh; each is described by the rule that makes it.

    `kinds` counts drift by kind on the items of the plan (`kinds_counted`), `events` is their sum; `reasons` is the
    mix of reasons by moved money.
    """

    churn: Churn
    volatility: Measured
    value_disturbed: Measured
    kinds: Mapping[str, int]
    events: int
    added: int
    removed: int
    step: RefreshStep
    slip: Slip
    finishes: FinishCounts
    bridge: Bridge
    alarms: Measured
    reasons: Measured
    justification: Measured
    sight: SightErosion


def measure_refresh(before: Dated, after: Dated, rows: pl.DataFrame, past: Past) -> RefreshMeasures:
    """Measure the refresh from one plan to another; `rows` are their drift rows with the reasons that were given."""
    baseline, current, quarters = before.plan, after.plan, (before.quarter, after.quarter)
    moved = churn(baseline, current, quarters)
    projects = kinds_counted(rows.filter(pl.col("table") == "projects"))
    kinds = kinds_counted(rows)
    return RefreshMeasures(
        churn=moved,
        volatility=volatility(baseline, rows),
        value_disturbed=value_disturbed(baseline, rows),
        kinds=kinds,
        events=sum(kinds.values()),
        added=projects.get("added", 0),
        removed=projects.get("removed", 0),
        step=refresh_step(before, after, moved, rows, past),
        slip=slip(baseline, current, quarters),
        finishes=finish_counts(baseline, current),
        bridge=cost_bridge(baseline, current),
        alarms=cost_alarms(current, [one.plan for one in past.plans]),
        reasons=reason_mix(moved, rows),
        justification=justification_drift(baseline, current),
        sight=sight_erosion(baseline, current, quarters),
    )

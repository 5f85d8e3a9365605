"""What kind of step a refresh is: its big moves, its evidence, its rhythm and the verdict on them (DOMAIN 3.4); no costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.rules.big_moves import BigMove, big_moves
from planner.rules.disturbance import changes_set
from planner.rules.verdict import (
    Verdict,
    Weighed,
    cadence,
    evidence_before,
    evidence_share,
    is_regular,
    verdict,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from planner.model.quarter import Quarter
    from planner.model.settings import PlanSettings
    from planner.rules.churn import Churn
    from planner.rules.figure import Measured
    from planner.rules.home import Dated


@dataclass(frozen=True, slots=True)
class Past:
    """What measuring a refresh needs beyond its two plans.

    `sealed` are the quarters of all snapshots before the current plan; `ledgers` frames by name, of which insights and
    lessons are read; `is_revision` whether the current plan is a second sealing of its quarter. `plans` are the
    snapshots before it, the oldest first, for measures that look further back.
    """

    sealed: Sequence[Quarter]
    ledgers: Mapping[str, pl.DataFrame]
    is_revision: bool = False
    plans: Sequence[Dated] = ()


@dataclass(frozen=True, slots=True)
class RefreshStep:
    """The step and what it is judged by: big moves, the share of evidence, the cadence of snapshots."""

    moves: Sequence[BigMove]
    evidence: Measured
    cadence: Measured
    verdict: Verdict


def refresh_step(before: Dated, after: Dated, moved: Churn, rows: pl.DataFrame, past: Past) -> RefreshStep:
    """Judge the step from one plan to another; `moved` is its churn, `rows` its drift rows with their reasons."""
    moves = big_moves(before.plan, after.plan, rows)
    return weigh_step(moves, moved, rows, past, (after.quarter, after.plan.settings))


def weigh_step(
    moves: Sequence[BigMove],
    moved: Churn,
    rows: pl.DataFrame,
    past: Past,
    now: tuple[Quarter, PlanSettings],
) -> RefreshStep:
    """Judge a step whose big moves are known; `now` is the quarter of the current plan and its settings."""
    quarter, settings = now
    evidence = evidence_share(moved, rows, evidence_before(past.ledgers, quarter))
    rhythm = cadence([*past.sealed, quarter], quarter)
    weighed = Weighed(
        churn=moved.weighted,
        evidence=evidence.figure,
        big_moves=len(moves),
        changes_set=changes_set(rows),
        is_regular=is_regular(rhythm, settings, is_revision=past.is_revision),
    )
    return RefreshStep(moves, evidence, rhythm, verdict(weighed, settings))

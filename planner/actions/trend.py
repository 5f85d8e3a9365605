"""The history of a plan: all snapshots read once, all neighbours compared once; it words nothing and draws nothing.

Sealed versions never change: what was found of one, or of two neighbours, is handed in again by whoever kept it,
and only what is new is read. At most two plans and the first are held at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from planner.rules.forecast_accuracy import (
    finish_accuracy,
    finish_errors,
    spend_accuracy,
    spend_errors,
    spend_recorded,
)
from planner.rules.home import Dated
from planner.rules.milestone_trend import trends_of_lines
from planner.rules.refresh_step import Past
from planner.rules.sight import up_shares, value_points
from planner.rules.trend_points import TrendPoint, positions, trend_point
from planner.rules.trend_steps import TrendPair, TrendStep, trend_pair, trend_step
from planner.rules.verdict import EVIDENCE
from planner.store.snapshots import load_plan

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping, Sequence

    from planner.model.plan import Plan
    from planner.model.quarter import Calendar, Quarter
    from planner.model.settings import PlanSettings
    from planner.model.version import Version
    from planner.rules.figure import Measured
    from planner.store.database import Database

_READ = ("kpi_actuals", "benefit_actuals", "project_actuals")  # ledgers that say how a snapshot stands
LEDGERS = (*_READ, *EVIDENCE, "external_factors")


@dataclass(frozen=True, slots=True)
class Served:
    """What the projects of the newest snapshot are for.

    `points` of outcome value by project: project_id, points. `shares` up: project_id, outcome_id, share. `outcomes`
    are the ids in the plan's order. `settings` are the newest snapshot's.
    """

    points: pl.DataFrame
    shares: pl.DataFrame
    outcomes: Sequence[str]
    settings: PlanSettings


@dataclass(frozen=True)
class History:
    """All snapshots, the oldest first: `points` one each, `steps` one for each refresh between two neighbours."""

    versions: Sequence[Version]
    points: Sequence[TrendPoint]
    steps: Sequence[TrendStep]
    served: Served
    factors: pl.DataFrame

    @property
    def settings(self) -> PlanSettings:
        """The newest snapshot's settings."""
        return self.served.settings

    @property
    def calendar(self) -> Calendar:
        """The newest snapshot's calendar."""
        return self.settings.calendar

    @cached_property
    def places(self) -> list[float]:
        """Where each snapshot stands on an axis of quarters."""
        return positions([point.quarter for point in self.points])

    @cached_property
    def finishes(self) -> pl.DataFrame:
        """The points of every project's trend line; of two sealings of a quarter the later one counts."""
        return _lines([point.finishes for point in self.points], self.points).sort("project_id", "made")

    @cached_property
    def golives(self) -> pl.DataFrame:
        """The points of every enabler's trend line."""
        return _lines([point.golives for point in self.points], self.points).sort("enabler_id", "made")

    @cached_property
    def trends(self) -> pl.DataFrame:
        """The trend of each project that is live in the newest snapshot, the one furthest behind first."""
        newest = self.points[-1].finishes.filter(~pl.col("is_done"))
        lines = self.finishes.join(newest.select("project_id"), on="project_id", how="semi")
        return trends_of_lines(lines, self.settings.whole("threshold_trend_points"))

    @cached_property
    def finish_accuracy(self) -> Measured:
        """How good the forecasts of finishes were, by how early they were made."""
        return finish_accuracy(finish_errors([point.finishes for point in self.points]), self.settings)

    @cached_property
    def spend_accuracy(self) -> Measured:
        """How good the forecasts of spend were, by how early they were made."""
        return spend_accuracy(spend_errors([point.spend for point in self.points]), self.settings)


def _lines(frames: Sequence[pl.DataFrame], points: Sequence[TrendPoint]) -> pl.DataFrame:
    last = {point.quarter: frame for point, frame in zip(points, frames, strict=True)}
    return pl.concat(last.values())


class _Plans:
    """The plans that are needed, each read at most once while it is the last or the first one asked for."""

    def __init__(self, db: Database, versions: Sequence[Version]) -> None:
        self._db, self._versions = db, versions
        self._held: dict[int, Dated] = {}

    def __getitem__(self, at: int) -> Dated:
        if at not in self._held:
            plan: Plan = load_plan(self._db, self._versions[at].label)
            self._held[at] = Dated(plan, plan.calendar.parse(self._versions[at].quarter))
            for old in [one for one in self._held if one and one < at - 1]:
                del self._held[old]
        return self._held[at]


def gather_history(
    db: Database,
    versions: Sequence[Version],
    ledgers: Mapping[str, pl.DataFrame],
    kept: MutableMapping[tuple[Any, ...], Any],
) -> History:
    """The history of snapshots, at least one, the oldest first; `ledgers` holds those of `LEDGERS`.

    `kept` holds what was found before, by the chains of the snapshots it is of, and takes what is found now.
    """
    plans = _Plans(db, versions)
    spent = spend_recorded(ledgers["project_actuals"])
    heights = tuple(ledgers[name].height for name in _READ)
    points, pairs = [], []
    key: tuple[Any, ...]
    for at, version in enumerate(versions):
        key = ("point", versions[0].chain, version.chain, heights)
        if key not in kept:
            kept[key] = trend_point(plans[at], plans[0].plan, ledgers, spent)
        points.append(kept[key])
        if at:
            key = ("pair", versions[at - 1].chain, version.chain)
            if key not in kept:
                kept[key] = trend_pair(plans[at - 1], plans[at])
            pairs.append(kept[key])
    key = ("served", versions[-1].chain)
    if key not in kept:
        kept[key] = _served(plans[len(versions) - 1].plan)
    return History(versions, points, _steps(pairs, points, ledgers), kept[key], ledgers["external_factors"])


def _served(plan: Plan) -> Served:
    outcomes = plan["outcomes"]["outcome_id"].unique(maintain_order=True).to_list()
    return Served(value_points(plan), up_shares(plan), outcomes, plan.settings)


def _steps(
    pairs: Sequence[TrendPair], points: Sequence[TrendPoint], ledgers: Mapping[str, pl.DataFrame]
) -> list[TrendStep]:
    sealed: list[Quarter] = []
    steps = []
    for before, pair in zip(points, pairs, strict=False):
        sealed.append(before.quarter)
        past = Past(tuple(sealed), ledgers, is_revision=pair.after in sealed)
        steps.append(trend_step(pair, past))
    return steps

"""The history of the sample for tests: how each quarter stands and what each refresh did, by the rules alone."""

from __future__ import annotations

from functools import lru_cache

from planner.actions.trend import LEDGERS
from planner.model.quarter import Calendar
from planner.rules.forecast_accuracy import spend_recorded
from planner.rules.home import Dated
from planner.rules.refresh_step import Past
from planner.rules.trend_points import TrendPoint, trend_point
from planner.rules.trend_steps import TrendStep, trend_pair, trend_step
from tests.sample_plans import LABELS, sample_ledger, sample_plan

CALENDAR = Calendar(4)


def dated(label: str) -> Dated:
    """A quarter of the sample with its date."""
    return Dated(sample_plan(label), CALENDAR.parse(label))


def sample_ledgers() -> dict:
    """The ledgers that a history is told with."""
    return {name: sample_ledger(name) for name in LEDGERS}


@lru_cache
def sample_points() -> list[TrendPoint]:
    """How each quarter of the sample stands."""
    ledgers = sample_ledgers()
    spent = spend_recorded(ledgers["project_actuals"])
    first = sample_plan(LABELS[0])
    return [trend_point(dated(label), first, ledgers, spent) for label in LABELS]


@lru_cache
def sample_steps() -> list[TrendStep]:
    """What each refresh of the sample did."""
    quarters = [CALENDAR.parse(label) for label in LABELS]
    return [
        trend_step(
            trend_pair(dated(LABELS[at]), dated(LABELS[at + 1])), Past(quarters[: at + 1], sample_ledgers())
        )
        for at in range(len(LABELS) - 1)
    ]

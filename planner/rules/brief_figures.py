"""The six numbers of the brief, each as people read it or with why it is not known (DOMAIN 4.1); others measure them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from planner.rules.brief import Number
from planner.rules.capacity import over_capacity, team_load
from planner.rules.figure import Figure
from planner.rules.home import NO_BEFORE
from planner.rules.sentences import MINUS, counted, money_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.rules.flow import StartedFinished
    from planner.rules.home import Dated, HomeFigures
    from planner.rules.measures import Bridge

YEARS_AHEAD: Final = 8  # quarters in which a team's load is looked at: the next two years
LABELS: Final = {
    "live_cost": "Plan cost, live work",
    "same_work": "Cost change on the same work",
    "finish_move": "Average finish date moved",
    "flow": "Finished last year / in progress now",
    "over_capacity": "Teams over capacity, next two years",
    "aligned": "Money with a line of sight to an outcome",
}
NO_WORK: Final = "No project was finished last year, and none is in progress."


@dataclass(frozen=True, slots=True)
class SixFigures:
    """The figures of one version and of the refresh to it.

    live_cost and same_work (like for like) in currency units, growth and aligned as shares, finish_move in quarters,
    over_capacity in team-quarters of the next two years.
    """

    live_cost: Figure
    same_work: Figure
    growth: Figure
    finish_move: Figure
    flow: StartedFinished
    over_capacity: Figure
    aligned: Figure


def six_figures(now: Dated, figures: HomeFigures, bridge: Bridge | None, finish_move: Figure) -> SixFigures:
    """The six of a version; `bridge` and `finish_move` are those of the refresh to it, None and missing without one."""
    load = team_load(now.plan, now.quarter).filter(pl.col("k") < YEARS_AHEAD)
    growth = Figure.missing(NO_BEFORE) if bridge is None else bridge.growth
    known = bridge is not None and growth.value is not None
    return SixFigures(
        live_cost=figures.live_cost,
        same_work=Figure(float(bridge.like_for_like)) if bridge and known else Figure.missing(growth.reason),
        growth=growth,
        finish_move=finish_move,
        flow=figures.flow,
        over_capacity=over_capacity(now.plan, now.quarter, load),
        aligned=figures.aligned,
    )


def tell_numbers(now: SixFigures, before: SixFigures | None, currency: str) -> tuple[Number, ...]:
    """The six numbers in their order, each with that of the version before beside it."""
    said = dict.fromkeys(LABELS, "") if before is None else _told(before, currency)
    told, reasons = _told(now, currency), _reasons(now)
    return tuple(
        Number(key, label, told[key], said[key], "" if told[key] else reasons[key])
        for key, label in LABELS.items()
    )


def _told(six: SixFigures, currency: str) -> dict[str, str]:
    flow = six.flow
    return {
        "live_cost": _said(six.live_cost, lambda cost: money_text(int(cost), currency)),
        "same_work": _cost_change(six, currency),
        "finish_move": _said(six.finish_move, lambda moved: f"{_signed(moved, 2)} quarters"),
        "flow": f"{flow.delivered} / {flow.in_progress}" if flow.delivered or flow.in_progress else "",
        "over_capacity": _said(six.over_capacity, _team_quarters),
        "aligned": _said(six.aligned, percent_text),
    }


def _reasons(six: SixFigures) -> dict[str, str]:
    return {
        "live_cost": six.live_cost.reason,
        "same_work": six.same_work.reason,
        "finish_move": six.finish_move.reason,
        "flow": NO_WORK,
        "over_capacity": six.over_capacity.reason,
        "aligned": six.aligned.reason,
    }


def _cost_change(six: SixFigures, currency: str) -> str:
    if six.same_work.value is None or six.growth.value is None:
        return ""
    if not six.same_work.value:
        return "none"
    return f"{money_text(int(six.same_work.value), currency)} ({_signed(six.growth.value * 100, 1)}%)"


def _team_quarters(number: float) -> str:
    return counted(int(number), "team-quarter") if number else "none"


def _said(figure: Figure, say: Callable[[float], str]) -> str:
    return "" if figure.value is None else say(figure.value)


def _signed(value: float, decimals: int) -> str:
    """A change with its sign: +0.18, and +0.00 for none."""
    size = f"{abs(value):.{decimals}f}"
    is_less = value < 0 and float(size) != 0
    return f"{MINUS if is_less else '+'}{size}"

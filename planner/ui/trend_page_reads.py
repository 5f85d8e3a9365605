"""Cached reads of the Trend page: the history of the plan, gathered once, and its charts; it draws nothing.

What was found of a snapshot, or of two neighbours, is kept by their chains: a new sealing costs one new pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from planner.actions.trend import LEDGERS, History, gather_history
from planner.charts.trend_milestones import milestone_chart
from planner.charts.trend_money import (
    alone_chart,
    money_chart,
    realised_chart,
    reason_chart,
    sight_chart,
    work_chart,
)
from planner.charts.trend_outcomes import need_chart, outcome_tone, status_chart, value_chart
from planner.charts.trend_places import Axis
from planner.charts.trend_refreshes import refresh_chart
from planner.rules.milestone_lines import (
    GOLIVE,
    MOST_LINES,
    by_move,
    by_value,
    milestones,
    moving_golives,
    open_lines,
    serving,
)
from planner.rules.sight import main_of
from planner.ui import session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import polars as pl

    from planner.charts.drift import DriftChart
    from planner.rules.milestone_lines import Milestone

KEPT_PIECES: Final = 600  # of snapshots and of pairs: two hundred snapshots, each read anew as ledgers grow
KEPT_CHARTS: Final = 96
VALUE, MOVES, CHOSEN = "value", "moves", "chosen"


def history() -> History | None:
    """The history of the plan; None where nothing is sealed yet."""
    sealed = session.snapshots()
    if not sealed:
        return None
    return _history(str(session.environment().database), _state())


def _state() -> tuple[Any, ...]:
    """What the history is kept by: the snapshots by their chains, and how long the ledgers are, which only grow."""
    return (
        tuple(version.chain for version in session.snapshots()),
        tuple(session.ledger(name).height for name in LEDGERS),
    )


@st.cache_resource(max_entries=2, show_spinner=False)
def _pieces(path: str) -> dict[tuple[Any, ...], Any]:
    del path
    return {}


@st.cache_resource(max_entries=4, show_spinner="Reading all snapshots. The first time, this takes a moment.")
def _history(path: str, state: tuple[Any, ...]) -> History:
    del state  # it only says what the history is kept by
    kept = _pieces(path)
    ledgers = {name: session.ledger(name) for name in LEDGERS}
    found = gather_history(session.database(), session.snapshots(), ledgers, kept)
    for key in list(kept)[: max(len(kept) - KEPT_PIECES, 0)]:
        kept.pop(key, None)
    return found


def axis_of(found: History) -> Axis:
    """The snapshots as an axis."""
    quarters = [point.quarter for point in found.points]
    return Axis(quarters, found.places, found.calendar, found.settings.currency)


@st.cache_resource(max_entries=8, show_spinner=False)
def _lines(path: str, state: tuple[Any, ...]) -> pl.DataFrame:
    found = _history(path, state)
    return open_lines(found.finishes, found.served.points)


def lines(outcome: str = "") -> pl.DataFrame:
    """The projects that can be a line of the milestone trend, all of them or those that carry an outcome."""
    path, state = str(session.environment().database), _state()
    every = _lines(path, state)
    return serving(every, _history(path, state).served.shares, outcome) if outcome else every


@st.cache_resource(max_entries=KEPT_CHARTS, show_spinner=False)
def _shown(path: str, state: tuple[Any, ...], show: str, outcome: str) -> list[str]:
    del path, state
    return by_move(lines(outcome)) if show == MOVES else by_value(lines(outcome))


def shown_lines(show: str, outcome: str) -> list[str]:
    """The lines that are shown where none were chosen by name: the most value, or the furthest moves."""
    return _shown(str(session.environment().database), _state(), show, outcome)


@st.cache_resource(max_entries=KEPT_CHARTS, show_spinner=False)
def _milestones(
    path: str,
    state: tuple[Any, ...],
    ids: tuple[str, ...],
    with_golives: bool,  # noqa: FBT001  a part of the key
) -> tuple[list[Milestone], DriftChart | None]:
    found = _history(path, state)
    most = found.settings.whole("threshold_trend_points")
    drawn = milestones(found.finishes, ids, most)
    if with_golives:
        ahead = moving_golives(found.golives, MOST_LINES // 3)
        drawn = drawn[: MOST_LINES - len(ahead)] + milestones(found.golives, ahead, most, GOLIVE)
    return drawn, milestone_chart(drawn, _tones(path, state), axis_of(found))


def milestones_of(ids: Sequence[str], *, with_golives: bool) -> tuple[list[Milestone], DriftChart | None]:
    """The milestones of some projects with their chart, and with the go-lives that moved most."""
    return _milestones(str(session.environment().database), _state(), tuple(ids), with_golives)


@st.cache_resource(max_entries=4, show_spinner=False)
def _tones(path: str, state: tuple[Any, ...]) -> dict[str, str]:
    served = _history(path, state).served
    main = main_of(served.shares).select("project_id", "outcome_id")
    return {key: outcome_tone(outcome, served.outcomes) for key, outcome in main.iter_rows()}


def chart(name: str, *, outcome: str = "", by: str = "") -> DriftChart | None:
    """One of the other charts: refreshes, status, value, need, money, realised, work, sight, alone, reasons."""
    return _chart(str(session.environment().database), _state(), name, outcome, by)


@st.cache_resource(max_entries=KEPT_CHARTS, show_spinner=False)
def _chart(path: str, state: tuple[Any, ...], name: str, outcome: str, by: str) -> DriftChart | None:
    found = _history(path, state)
    axis, points, steps = axis_of(found), found.points, found.steps
    wanted = [one for one in found.served.outcomes if not outcome or one == outcome]
    every = found.served.outcomes
    made: dict[str, Callable[[], DriftChart | None]] = {
        "refreshes": lambda: refresh_chart(steps, by, axis, found.settings, found.factors),
        "status": lambda: status_chart(points, every, axis, wanted),
        "value": lambda: value_chart(points, every, axis, wanted),
        "need": lambda: need_chart(points, every, axis, wanted),
        "money": lambda: money_chart(points, axis),
        "work": lambda: work_chart(points, axis),
        "realised": lambda: realised_chart(points, axis),
        "alone": lambda: alone_chart(points, axis),
        "sight": lambda: sight_chart(points, axis),
        "reasons": lambda: reason_chart(steps, axis),
    }
    return made[name]()


def source_words() -> str:
    """Which plan and which versions a picture of this page is of, for its foot."""
    sealed = [version for version in session.versions() if version.is_sealed]
    plan = session.plan_of(sealed[-1]).settings.plan_name
    return f"{plan}: {sealed[0].label} to {sealed[-1].label}"

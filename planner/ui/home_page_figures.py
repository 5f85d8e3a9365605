"""The row of figures on Home, each with that of the version before and its course over the snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import streamlit as st

from planner.model.version import SNAPSHOT
from planner.rules.sentences import MINUS, money_text, percent_text
from planner.ui.drift_page_review import standing_of
from planner.ui.markup import md

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.model.version import Version
    from planner.rules.figure import Figure
    from planner.rules.home import HomeFigures

MOST_SNAPSHOTS: Final = 8
MOST_ROWS: Final = 40_000  # of all snapshots together: above it their course is not worth the wait
_LEAST_POINTS: Final = 3
_UNKNOWN: Final = "–"  # noqa: RUF001  the dash of an empty figure


class _Card(NamedTuple):
    label: str
    figure: Callable[[HomeFigures], Figure]
    say: Callable[[float], str]
    told: str = ""


def show_figures(version: Version, before: Version | None, among: Sequence[Version], currency: str) -> None:
    """Draw five figures, and the benefits as a sixth where any were measured."""
    now = standing_of(version, among).figures
    was = standing_of(before, among).figures if before else None
    flow = now.flow
    cards = [
        _Card("Money ahead", lambda f: f.money_ahead, lambda value: money_text(int(value), currency)),
        _Card("Near money moved", lambda f: f.money_moved, percent_text),
        _Card("Finish dates", lambda f: f.finish_move, _quarters, "average move"),
        _Card(
            "Started ÷ finished",
            lambda f: f.flow.ratio,
            _one_decimal,
            f"{flow.in_progress} ÷ {flow.delivered}",
        ),
        _Card("Over capacity", lambda f: f.over_capacity, lambda value: f"{value:,.0f}", "team-quarters"),
    ]
    if now.benefits.value is not None:
        cards.append(_Card("Benefits realised", lambda f: f.benefits, percent_text, "of promised"))
    course = [standing_of(one, among).figures for one in _snapshots(version, among)]
    columns = st.columns(len(cards), gap="small")
    for column, card in zip(columns, cards, strict=True):
        points = [value for one in course if (value := card.figure(one).value) is not None]
        figure, earlier = card.figure(now), card.figure(was).value if was else None
        line: dict[str, Any] = {}
        if len(points) >= _LEAST_POINTS:
            line = {"chart_data": points, "chart_type": "line"}
        column.metric(
            card.label,
            _UNKNOWN if figure.value is None else card.say(figure.value),
            None if earlier is None else f"from {card.say(earlier)}",
            delta_color="gray",
            delta_arrow="off",
            delta_description=card.told or None,
            border=True,
            help=md(figure.reason) if figure.reason else None,
            height="stretch",
            **line,
        )


def _snapshots(version: Version, among: Sequence[Version]) -> list[Version]:
    """The last snapshots up to the shown version, and that version; none where they are many rows to read."""
    sealed = [one for one in among if one.kind == SNAPSHOT][-MOST_SNAPSHOTS:]
    if sum(sum(one.rows.values()) for one in sealed) > MOST_ROWS:
        return []
    return sealed if version.is_sealed else [*sealed, version]


def _quarters(value: float) -> str:
    size = f"{abs(value):.1f}"
    if size == "0.0":
        return "0 q"
    return f"{MINUS if value < 0 else '+'}{size} q"


def _one_decimal(value: float) -> str:
    return f"{value:.1f}"

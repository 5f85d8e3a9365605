"""The first view of Trend: where finishes have gone, how much each refresh moved, how outcomes stand, and each refresh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.charts import theme
from planner.charts.trend_milestones import MILESTONE_HEADS
from planner.charts.trend_outcomes import STATUS_HEADS
from planner.charts.trend_refreshes import MONEY, PROJECTS, REFRESH_HEADS
from planner.rules.milestone_lines import MOST_LINES, lines_to_choose
from planner.rules.sentences import percent_text
from planner.ui import address
from planner.ui.chart_heads import head_chart
from planner.ui.frame import mark_html, section
from planner.ui.markup import Html, join, table, tag
from planner.ui.pickers import pick_view
from planner.ui.places import PLACES, place
from planner.ui.trend_page_reads import (
    CHOSEN,
    MOVES,
    VALUE,
    axis_of,
    chart,
    lines,
    milestones_of,
    shown_lines,
    source_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from planner.actions.trend import History
    from planner.charts.drift import DriftChart
    from planner.model.version import Version
    from planner.rules.trend_steps import TrendStep

_SHOW: Final = {VALUE: "Most value", MOVES: "Largest moves", CHOSEN: "By name"}
_BY: Final = {MONEY: "By money", PROJECTS: "By projects"}
_MOST_OFFERED: Final = 200


def show_moves(found: History, outcome: str) -> None:
    """Draw the view."""
    left, right = st.columns([0.57, 0.43], gap="large")
    with left:
        _show_milestones(outcome)
    with right:
        _show_refreshes(found)
        status = chart("status", outcome=outcome)
        if status is None:
            section("Outcome status", "The plan has no outcomes, so none can stand well or badly.")
        else:
            head_trend("Outcome status", status, "status")
            show_chart(status, "status", STATUS_HEADS, ("35%", "65%"))
    section("Refresh by refresh", "Each leads to what it changed.")
    st.html(_cards(found))


def head_trend(title: str, drawn: DriftChart | None, key: str, without: str = "") -> None:
    """Draw the heading of a chart with its note, or with why there is none, and the chart to take along."""
    head_chart(title, drawn.note if drawn else without, drawn, f"trend-{key}", source_words())


def show_chart(drawn: DriftChart, key: str, heads: Sequence[str], widths: Sequence[str]) -> None:
    """Show a chart and, folded under it, the same rows as a table."""
    st.vega_lite_chart(drawn.frame, drawn.spec, theme=None, width="stretch", key=key, alt=drawn.alt)
    with st.expander("The same as a table"):
        st.html(table(heads, drawn.table, widths=widths, caption=drawn.alt))


def _show_milestones(outcome: str) -> None:
    heading = st.container()
    offered = lines(outcome)
    show = _pick_show(has_value=bool(shown_lines(VALUE, outcome)))
    ids = _pick_lines(offered) if show == CHOSEN else shown_lines(show, outcome)
    _found, drawn = milestones_of(ids, with_golives=_with_golives())
    with heading:
        head_trend("Where each finish has gone", drawn, "milestones")
    if drawn is None:
        said = "Choose up to twelve projects by name." if show == CHOSEN else _why_none(outcome)
        st.html(tag("p", said, class_="p-empty"))
        return
    show_chart(drawn, "milestones", MILESTONE_HEADS, ("26%", "12%", "12%", "14%", "12%", "24%"))


def _why_none(outcome: str) -> str:
    if outcome:
        return "No project that carries this outcome has a finish and is still open."
    return "No project has a finish in these plans, so there is no line to follow."


def _pick_show(*, has_value: bool) -> str:
    """Which lines are shown; where no project carries value, the moves."""
    choices = [key for key in _SHOW if key != VALUE or has_value]
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        show = pick_view("Lines", {key: _SHOW[key] for key in choices}, key="show")
        address.read_flag("golives")
        st.toggle("Go-lives too", key="golives", help="The go-lives of enablers that moved most.")
    address.write("golives", *(["1"] if st.session_state["golives"] else []))
    return show


def _with_golives() -> bool:
    return bool(st.session_state["golives"])


def _pick_lines(offered: pl.DataFrame) -> list[str]:
    """The projects that were chosen by name, at most twelve; in a large plan they are found by a part of it first."""
    address.read_many("line", set(offered["project_id"]))
    text = ""
    if offered.height > _MOST_OFFERED:
        address.read_one("find", None, "")
        text = st.text_input("Find projects", key="find", placeholder="A part of the name or the id")
        address.write("find", *([text] if text else []))
    names = dict(lines_to_choose(offered, text, st.session_state["line"], _MOST_OFFERED))
    chosen = st.multiselect(
        "Projects",
        list(names),
        format_func=lambda key: f"{names[key]} ({key})",
        key="line",
        max_selections=MOST_LINES,
        placeholder="Choose up to twelve projects",
    )
    address.write("line", *chosen)
    return list(chosen)


def _show_refreshes(found: History) -> None:
    heading = st.container()
    by = _pick_by(found)
    drawn = chart("refreshes", by=by)
    if drawn is None:
        return
    with heading:
        head_trend("How much the plan moved", drawn, "refreshes")
    show_chart(drawn, "refreshes", REFRESH_HEADS, ("20%", "16%", "36%", "12%", "16%"))


def _pick_by(found: History) -> str:
    """Whether a refresh is measured by money or by projects; without money in any of them, by projects."""
    has_money = any(step.churn.value is not None for step in found.steps)
    if not has_money:
        st.html(
            tag("p", found.steps[0].churn.reason, " So refreshes are measured by projects.", class_="p-note")
        )
        return PROJECTS
    return pick_view("Measure", _BY, key="by")


def _cards(found: History) -> Html:
    """A card for each snapshot: its quarter, its note, the verdict on the refresh that led to it, and the ways there."""
    names = axis_of(found).names
    shown = [_card(found.versions[0], names[0], None, "")]
    for at, step in enumerate(found.steps, start=1):
        shown.append(_card(found.versions[at], names[at], step, found.versions[at - 1].label))
    return tag("div", *shown, class_="p-refreshes", role="list")


def _card(version: Version, name: str, step: TrendStep | None, before: str) -> Html:
    parts = [
        tag("div", name, class_="p-refresh-quarter"),
        tag("div", version.note),
        tag("div", _verdict(step)),
    ]
    if step is not None:
        pair = {"from": before, "to": version.label}
        parts.append(tag("div", _figures(step), class_="p-refresh-figures"))
        ways = [tag("a", "What changed", href=place("drift").href(**pair), target="_self")]
        if "brief" in PLACES:
            ways.append(tag("a", "Brief", href=place("brief").href(**pair), target="_self"))
        parts.append(tag("div", *ways, class_="p-refresh-ways"))
    return tag("div", *parts, class_="p-refresh", role="listitem")


def _verdict(step: TrendStep | None) -> Html:
    if step is None:
        return mark_html(theme.VERDICT["no_change"], "First plan")
    word = step.verdict.word
    return mark_html(theme.VERDICT[word]) if word else mark_html(theme.VERDICT["no_change"], "No verdict")


def _figures(step: TrendStep) -> Html:
    """What the refresh moved, in figures that are known."""
    told = []
    if step.churn.value is not None:
        told.append(f"{percent_text(step.churn.value)} of the money moved")
    if step.volatility.value is not None:
        told.append(f"{percent_text(step.volatility.value)} of projects touched")
    if step.verdict.index.value is not None:
        told.append(f"index {step.verdict.index.value:.0f}")
    return join(told, " · ")

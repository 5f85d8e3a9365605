"""The other views of Trend: outcomes, money and work, reasons and forecasts; the first one draws itself elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from planner.charts.trend_money import COURSE_HEADS, REASON_HEADS
from planner.charts.trend_outcomes import STATUS_HEADS, VALUE_HEADS
from planner.rules.sentences import MINUS, counted, percent_text
from planner.ui.frame import section
from planner.ui.markup import Html, table, tag
from planner.ui.places import place
from planner.ui.trend_page_moves import head_trend, show_chart
from planner.ui.trend_page_reads import axis_of, chart

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planner.actions.trend import History
    from planner.rules.figure import Measured

_UNKNOWN = "\N{EN DASH}"
_FIVE = ("30%", "12%", "12%", "14%", "32%")
_FOUR = ("26%", "14%", "14%", "46%")


def show_outcomes(outcome: str) -> None:
    """How the outcomes moved: what they are projected to bring, by when they are needed, how they stand."""
    left, right = st.columns([0.57, 0.43], gap="large")
    with left:
        _show(
            "What each outcome should bring a year",
            "value",
            VALUE_HEADS,
            _FIVE,
            outcome,
            "No project that serves an outcome says what it should bring a year.",
        )
    with right:
        _show(
            "Outcome status",
            "status",
            STATUS_HEADS,
            ("35%", "65%"),
            outcome,
            "The plan has no outcomes, so none can stand well or badly.",
        )
        _show(
            "By when each outcome is needed",
            "need",
            VALUE_HEADS,
            _FIVE,
            outcome,
            "No outcome says by when it is needed.",
        )


def show_money(found: History) -> None:
    """Cost and benefit, projects by where they stand, line of sight, and what stands alone."""
    newest = found.points[-1]
    left, right = st.columns(2, gap="large")
    with left:
        _show_course("Cost and benefit", "money", "No project of these plans has a cost or a yearly benefit.")
        _show_course("Benefits brought", "realised", newest.realised.reason)
        _show_course("Projects", "work", "These plans have no projects.")
    with right:
        _show_course(
            "Money with a line of sight",
            "sight",
            "No money is phased by quarter in these plans, so none can be followed to an outcome.",
        )
        _show_course("What stands alone", "alone", newest.orphans.reason)
        _show_counts(found)


def _show_counts(found: History) -> None:
    """What each refresh did to projects, by kind."""
    section(
        "Projects in each refresh",
        "How many joined the plan, left it, started, finished, or moved their finish.",
    )
    kinds = ("added", "removed", "started", "completed", "later", "earlier")
    rows = [
        (_way(found, at), *(f"{step.counts[kind]:,}" if step.counts[kind] else _UNKNOWN for kind in kinds))
        for at, step in enumerate(found.steps)
    ]
    heads = ("Refresh to", "Joined", "Left", "Started", "Finished", "Later", "Earlier")
    st.html(_numbers(heads, rows, "Projects that each refresh touched"))


def _way(found: History, at: int) -> Html:
    """The name of a refresh, leading to what it changed."""
    before, after = found.versions[at].label, found.versions[at + 1].label
    href = place("drift").href(**{"from": before, "to": after})
    return tag("a", axis_of(found).names[at + 1], href=href, target="_self")


def _show_course(title: str, name: str, without: str) -> None:
    _show(title, name, COURSE_HEADS, _FOUR, "", without)


def _show(
    title: str, name: str, heads: tuple[str, ...], widths: tuple[str, ...], outcome: str, without: str
) -> None:
    drawn = chart(name, outcome=outcome)
    head_trend(title, drawn, name, without)
    if drawn:
        show_chart(drawn, name, heads, widths)


def show_forecasts(found: History) -> None:
    """Which reasons refreshes had, and how good forecasts were."""
    left, right = st.columns([0.57, 0.43], gap="large")
    with left:
        drawn = chart("reasons")
        head_trend("Why the plan moved", drawn, "reasons", "No refresh changed a project.")
        if drawn:
            show_chart(drawn, "reasons", REASON_HEADS, ("28%", "72%"))
        st.html(tag("p", _given(found), class_="p-note"))
    with right:
        _show_hits(found)
        _show_finishes(found)
        _show_spend(found)


def _given(found: History) -> str:
    given, all_of = sum(step.given for step in found.steps), sum(step.changes for step in found.steps)
    if not all_of:
        return ""
    share = f"{given:,}" if given else "None"
    return f"{share} of {counted(all_of, 'change')} over all refreshes {'has' if given <= 1 else 'have'} a reason."


def _show_hits(found: History) -> None:
    """Done against due, and done on time, of what the first plan promised (DOMAIN 3.7)."""
    rates = [
        (name, point.hits)
        for name, point in zip(axis_of(found).names, found.points, strict=True)
        if point.hits.due
    ]
    section(
        "Kept promises of the first plan",
        "Of the work that was due by each plan, how much is done, and how much on time.",
    )
    if not rates:
        st.html(tag("p", found.points[-1].hits.hit_rate.reason, class_="p-empty"))
        return
    rows = [
        (name, f"{one.due:,}", f"{one.done:,}", _percent(one.execution.value), _percent(one.hit_rate.value))
        for name, one in rates
    ]
    heads = ("Plan", "Due", "Done", "Done against due", "On time")
    st.html(_numbers(heads, rows, "Hit rates against the first plan"))


def _show_finishes(found: History) -> None:
    """How good forecasts of finishes were, by how early they were made (DOMAIN 3.8)."""
    _show_accuracy(
        found,
        "finishes",
        "Mean error in quarters: below zero was too optimistic. Hit: the quarter was right.",
        found.finish_accuracy,
        {
            "Mean error": lambda row: _number(row["bias"]),
            "Without sign": lambda row: f"{row['mae']:.2f}",
            "Hit": lambda row: _percent(row["hit"]),
        },
    )


def _show_spend(found: History) -> None:
    """How good forecasts of spend were, by how early they were made (DOMAIN 3.8)."""
    _show_accuracy(
        found,
        "spend",
        "Errors by what was spent: without their signs, and with them (below zero was too little).",
        found.spend_accuracy,
        {
            "Error": lambda row: _percent(row["wape"]),
            "Over or under": lambda row: _signed(row["bias"]),
        },
    )


def _show_accuracy(
    found: History,
    of: str,
    note: str,
    accuracy: Measured,
    errors: Mapping[str, Callable[[dict[str, Any]], str]],
) -> None:
    """A row for each lead time that enough forecasts were made with; `errors` are the columns and how each is said."""
    section(f"Forecasts of {of}, by how early they were made", note)
    known = accuracy.rows.drop_nulls("bias")
    if known.is_empty():
        least = found.settings.whole("threshold_least_cases")
        st.html(tag("p", accuracy.reason or _too_few(least), class_="p-empty"))
        return
    rows = [
        (_before(row["lead"]), f"{row['n']:,}", *(say(row) for say in errors.values()))
        for row in known.iter_rows(named=True)
    ]
    st.html(_numbers(("Made before", "Forecasts", *errors), rows, f"Accuracy of forecast {of} by lead time"))


def _too_few(least: int) -> str:
    return f"No lead time has {counted(least, 'forecast')} yet, and fewer tell nothing."


def _before(lead: int) -> str:
    return counted(lead, "quarter") if lead else "the same quarter"


def _number(value: float) -> str:
    said = f"{abs(value):.2f}"
    return said if said == "0.00" else f"{MINUS if value < 0 else '+'}{said}"


def _percent(share: float | None) -> str:
    return _UNKNOWN if share is None else percent_text(share)


def _signed(share: float) -> str:
    said = percent_text(abs(share))
    return said if said == "0%" else f"{MINUS if share < 0 else '+'}{said}"


def _numbers(heads: tuple[str, ...], rows: Sequence[tuple[object, ...]], caption: str) -> Html:
    widths = ("32%", *(f"{68 / (len(heads) - 1):.0f}%" for _ in heads[1:]))
    return table(heads, rows, widths=widths, right=range(1, len(heads)), caption=caption)

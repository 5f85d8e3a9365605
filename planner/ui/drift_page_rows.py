"""The rows behind a figure of the drift page, with its definition and its CSV; it measures nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.sheets import sheet_bytes
from planner.rules.capacity import overloads
from planner.rules.measure_words import FURTHER_OF_REFRESH, OF_REFRESH, OF_SNAPSHOT
from planner.rules.sentences import MINUS, counted, day_text, money_text, percent_text, signed_money_text
from planner.rules.sight import live_projects
from planner.ui import address
from planner.ui.frame import offer_csv, status_html
from planner.ui.markup import strong, table, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from polars import DataFrame

    from planner.actions.reviewing import Review
    from planner.rules.figure import Figure
    from planner.ui.markup import Html

MOST_ROWS: Final = 40
_TOLD: Final = {one.path: one.told for one in (*OF_REFRESH, *FURTHER_OF_REFRESH, *OF_SNAPSHOT)}
_LIVE_COST: Final = (
    "the cost of all projects that are neither finished nor stopped; one without a cost is not in it"
)
_AT_RISK: Final = "outcomes that are at risk or in trouble, by their projects and measures"


@dataclass(frozen=True)
class Rows:
    """What a figure is made of: its definition, the heads and the rows as texts, the frame for the CSV."""

    told: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    frame: DataFrame


def show_rows(review: Review) -> None:
    """Draw the choice of a figure, and of the chosen one its definition and exactly its rows."""
    address.read_one("figure", {"", *_FIGURES}, "")
    chosen = st.pills(
        "Rows behind a figure",
        list(_FIGURES),
        format_func=lambda key: _FIGURES[key][0],
        key="figure",
    )
    address.write("figure", *([chosen] if chosen else []))
    if not chosen:
        return
    label, find = _FIGURES[chosen]
    found = find(review)
    with st.container(border=True, key="rows-of-figure"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(tag("p", strong(f"{label}: "), found.told, ".", class_="p-note"))
            st.space("stretch")
            offer_csv(
                f"{chosen}.csv", lambda: sheet_bytes(found.frame), "Every row of this figure", key="rows csv"
            )
        if chosen == "finishes":
            st.html(_finish_table(review))
        if not found.rows:
            st.html(tag("p", "No row makes this figure.", class_="p-empty"))
            return
        right = range(1, len(found.heads))
        st.html(table(found.heads, found.rows[:MOST_ROWS], right=right, caption=label))
        if len(found.rows) > MOST_ROWS:
            st.html(tag("p", f"and {len(found.rows) - MOST_ROWS:,} more rows in the CSV", class_="p-note"))


def _finish_table(review: Review) -> Html:
    """How many finishes moved which way, by quarter and by day, sums with the middle beside them."""
    counts = review.finishes
    sides = (counts.quarters, counts.days)
    rows: list[Sequence[object]] = [
        [
            "Later",
            *(cell for one in sides for cell in _way(one.later, one.later_sum, one.later_median, one.unit)),
        ],
        [
            "Earlier",
            *(
                cell
                for one in sides
                for cell in _way(one.earlier, one.earlier_sum, one.earlier_median, one.unit)
            ),
        ],
        ["The same", f"{counts.quarters.same:,}", "", "", f"{counts.days.same:,}", "", ""],
    ]
    known = (
        ("Now known", counts.set),
        ("No longer known", counts.cleared),
        ("Known in neither", counts.unknown),
    )
    rows += [(word, f"{number:,}", "", "", f"{number:,}", "", "") for word, number in known if number]
    heads = ("Finishes", "by quarter", "in all", "in the middle", "by day", "in all", "in the middle")
    return table(heads, rows, right=range(1, len(heads)), caption="Finishes by way")


def _way(number: int, total: int, middle: Figure, units: str) -> tuple[str, str, str]:
    unit = units[:-1]
    said = "" if middle.value is None else counted_number(middle.value, unit)
    return f"{number:,}", counted(total, unit) if number else "", said


def counted_number(value: float, unit: str) -> str:
    """'1 quarter', '2.5 quarters'."""
    return counted(int(value), unit) if value == int(value) else f"{value:,.1f} {unit}s"


def _cost(review: Review) -> Rows:
    live = live_projects(review.current)
    currency = review.current.settings.currency
    rows = sorted(live.iter_rows(named=True), key=lambda row: (-(row["cost"] or -1), row["project_id"]))
    said = [(row["name"], money_text(row["cost"], currency) or "not known") for row in rows]
    return Rows(_LIVE_COST, ("Project", "cost"), said, live)


def _same(review: Review) -> Rows:
    currency = review.current.settings.currency
    rows = [row for row in review.bridge.steps.iter_rows(named=True) if row["step"] == "like_for_like"]
    said = [(row["name"], signed_money_text(int(row["amount"]), currency)) for row in rows]
    return Rows(_TOLD["cost/like_for_like"], ("Project", "by how much"), said, review.bridge.steps)


def _finishes(review: Review) -> Rows:
    frame = review.finishes.rows
    moved = [row for row in frame.iter_rows(named=True) if row["days"]]
    moved.sort(key=lambda row: (-abs(row["days"]), row["project_id"]))
    said = [
        (
            row["name"],
            day_text(row["end_before"]),
            day_text(row["end_after"]),
            _signed(row["quarters"]),
            _signed(row["days"]),
        )
        for row in moved
    ]
    told = "the plain mean of the moves in quarters, later is positive, of work that was live and has a finish in both plans"
    return Rows(told, ("Project", "finish before", "finish after", "quarters", "days"), said, frame)


def _signed(number: int) -> str:
    return f"{number:+,}".replace("-", MINUS) if number else "0"


def _capacity(review: Review) -> Rows:
    frame = overloads(review.current, review.after.quarter)
    calendar = review.current.calendar
    said = [
        (
            f"{review.names['teams', row['team_id']]}, {calendar.spoken(calendar.parse(row['quarter']))}",
            f"{row['capacity']:,}",
            f"{row['demand']:,}",
            f"{row['over']:,}",
        )
        for row in frame.iter_rows(named=True)
    ]
    heads = ("Team and quarter", "person-days it has", "person-days asked for", "too many")
    return Rows(_TOLD["overload_team_quarters"], heads, said, frame)


def _outcomes(review: Review) -> Rows:
    was, now = review.before.statuses, review.after.statuses
    said = [
        (
            review.names["outcomes", key],
            status_html(was[key]) if key in was else "not in the plan",
            status_html(status),
        )
        for key, status in now.items()
    ]
    return Rows(_AT_RISK, ("Outcome", "before", "after"), said, review.current["outcomes"])


def _moved(review: Review) -> Rows:
    currency = review.current.settings.currency
    frame = review.churn.disturbed
    said = [
        (review.names["projects", row["project_id"]], money_text(round(row["money"]), currency))
        for row in frame.iter_rows(named=True)
        if round(row["money"])
    ]
    return Rows(_TOLD["churn/weighted"], ("Project", "money moved, by weight"), said, frame)


def _evidence(review: Review) -> Rows:
    currency = review.current.settings.currency
    found = review.step.evidence
    total = sum(row["money"] for row in found.rows.iter_rows(named=True)) or 1
    said = [
        (
            review.names["projects", row["project_id"]],
            row["evidence"].replace("|", ", ") or "none cited",
            money_text(round(row["money"]), currency),
            percent_text(row["money"] / total),
        )
        for row in found.rows.iter_rows(named=True)
        if round(row["money"])
    ]
    heads = ("Project", "evidence", "money moved, by weight", "of all")
    return Rows(_TOLD["verdict/evidence_share"], heads, said, found.rows)


_FIGURES: Final[dict[str, tuple[str, Callable[[Review], Rows]]]] = {
    "cost": ("Live plan cost", _cost),
    "same": ("Same work", _same),
    "finishes": ("Finish dates", _finishes),
    "capacity": ("Over capacity", _capacity),
    "outcomes": ("Outcomes at risk", _outcomes),
    "moved": ("Money moved", _moved),
    "evidence": ("On evidence", _evidence),
}

"""Outcomes over snapshots as charts: how each stood, what it is projected to bring, and when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from planner.charts import theme
from planner.charts.trend_lines import Course, Setting, lines_chart
from planner.charts.trend_milestones import quarter_ticks, signed
from planner.charts.trend_money import money_setting_ticks
from planner.charts.trend_places import LEFT, RIGHT
from planner.charts.trend_strip import Cell, Strip, strips_chart
from planner.rules.sentences import money_text, signed_money_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.charts.drift import DriftChart
    from planner.charts.trend_places import Axis
    from planner.rules.trend_points import TrendPoint

STATUS_HEADS: Final = ("Outcome", "Plan by plan")
VALUE_HEADS: Final = ("Outcome", "First", "Now", "Moved", "Plan by plan")
_HIGH, _NEEDED_HIGH = 430, 190
_SHORT: Final = 104  # pixels of a short name


def status_chart(
    points: Sequence[TrendPoint], outcomes: Sequence[str], axis: Axis, wanted: Sequence[str]
) -> DriftChart | None:
    """How each wanted outcome stood in each snapshot; `outcomes` are all of the plan in its order. None without any."""
    strips, table = [], []
    for outcome in wanted:
        known = [
            (at, point.statuses[outcome]) for at, point in enumerate(points) if outcome in point.statuses
        ]
        if not known:
            continue
        name = outcome_name(points[known[-1][0]], outcome)
        cells = [
            Cell(at, "", f"{name}: {theme.STATUS[status].word} in the plan of {axis.names[at]}", status)
            for at, status in known
        ]
        last = known[-1][1]
        strips.append(
            Strip(
                name,
                cells,
                outcome_tone(outcome, outcomes),
                theme.STATUS[last].word,
                f"{last}-text",
            )
        )
        told = ", ".join(f"{axis.names[at]} {theme.STATUS[status].word}" for at, status in known)
        table.append((name, told))
    if not strips:
        return None
    said = (
        "● on course, ▲ at risk, ◆ in trouble, ○ too early to say",
        "Status of each outcome over the snapshots",
    )
    return strips_chart(strips, axis.stops, RIGHT, said, table)


def outcome_name(point: TrendPoint, outcome: str, column: str = "name") -> str:
    """The name of an outcome in a snapshot, its id where it has none."""
    named = point.outcomes.filter(pl.col("outcome_id") == outcome)[column]
    return str(named[0]) if len(named) else outcome


def value_chart(
    points: Sequence[TrendPoint], outcomes: Sequence[str], axis: Axis, wanted: Sequence[str]
) -> DriftChart | None:
    """What each outcome is projected to bring a year, over the snapshots; None where none says so."""
    series = {outcome: _series(points, outcome, "value") for outcome in wanted}
    known = {outcome: found for outcome, found in series.items() if found}
    if not known:
        return None
    currency = axis.currency
    courses, table = [], []
    for outcome, found in known.items():
        values = [round(value) for _, value in found]
        moved, name = values[-1] - values[0], outcome_name(points[found[-1][0]], outcome)
        tone = "worse" if moved < 0 else "better" if moved > 0 else "mute"
        columns = ((money_text(values[-1], currency), "mute"), (signed_money_text(moved, currency), tone))
        notes = [
            f"{name}: {money_text(value, currency)} a year in the plan of {axis.names[at]}"
            for (at, _), value in zip(found, values, strict=True)
        ]
        courses.append(_course(outcome, outcomes, name, axis, found, notes, columns))
        said = ", ".join(money_text(value, currency) for value in values)
        first, last = (money_text(value, currency) for value in (values[0], values[-1]))
        table.append((name, first, last, signed_money_text(moved, currency), said))
    ends, ticks = money_setting_ticks([y for course in courses for _, y in course.points], currency)
    note = "Yearly benefit of work that is not stopped, by how much of it serves each outcome."
    setting = Setting(
        axis.stops, ticks, ends, _HIGH, ("now", "moved"), LEFT, note,
        "Yearly benefit that each outcome is projected to bring, over the snapshots", table,
    )  # fmt: skip
    return lines_chart(courses, setting)


def need_chart(
    points: Sequence[TrendPoint], outcomes: Sequence[str], axis: Axis, wanted: Sequence[str]
) -> DriftChart | None:
    """By when each outcome is needed, over the snapshots; None where none says so."""
    known = {outcome: _series(points, outcome, "need_by") for outcome in wanted}
    known = {outcome: found for outcome, found in known.items() if found}
    if not known:
        return None
    courses, table = [], []
    for outcome, found in known.items():
        moved, newest = int(found[-1][1] - found[0][1]), points[found[-1][0]]
        name, short = outcome_name(newest, outcome), outcome_name(newest, outcome, "short_name")
        tone = "worse" if moved > 0 else "better" if moved < 0 else "mute"
        columns = ((axis.spoken(found[-1][1]), "mute"), (signed(moved), tone))
        notes = [
            f"{name}: needed by {axis.spoken(value)} in the plan of {axis.names[at]}" for at, value in found
        ]
        courses.append(_course(outcome, outcomes, short, axis, found, notes, columns))
        said = ", ".join(axis.spoken(value) for _, value in found)
        table.append((name, axis.spoken(found[0][1]), axis.spoken(found[-1][1]), signed(moved), said))
    ends = [y for course in courses for _, y in course.points]
    low, high = min(ends) - 1.5, max(ends) + 1.5
    setting = Setting(
        axis.stops, quarter_ticks(low, high, axis.calendar), (low, high), _NEEDED_HIGH, ("need by", "moved"), RIGHT,
        "The quarter by which each outcome must be true. Rising: put off.",
        "Quarter by which each outcome is needed, over the snapshots", table, name_room=_SHORT,
    )  # fmt: skip
    return lines_chart(courses, setting)


def _series(points: Sequence[TrendPoint], outcome: str, column: str) -> list[tuple[int, float]]:
    """What the snapshots say of an outcome, where they say it: place of the snapshot, value."""
    found = []
    for at, point in enumerate(points):
        rows = point.outcomes.filter(pl.col("outcome_id") == outcome)[column].drop_nulls()
        if len(rows):
            found.append((at, float(rows[0])))
    return found


def _course(
    outcome: str,
    outcomes: Sequence[str],
    name: str,
    axis: Axis,
    found: Sequence[tuple[int, float]],
    notes: Sequence[str],
    columns: Sequence[tuple[str, str]],
) -> Course:
    return Course(
        key=outcome,
        name=name,
        tone=outcome_tone(outcome, outcomes),
        points=[(axis.places[at], value) for at, value in found],
        notes=notes,
        first=found[0][1],
        is_heavy=found[0][1] != found[-1][1],
        columns=columns,
    )


def outcome_tone(outcome: str, outcomes: Sequence[str]) -> str:
    """The colour of an outcome, by its place in the plan; mute where it has none."""
    return (
        f"outcome-{list(outcomes).index(outcome) % len(theme.OUTCOME_LINES)}"
        if outcome in outcomes
        else "mute"
    )

"""Milestone trend analysis as a chart (DOMAIN 3.6): the forecast finish of each milestone over the snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.charts import theme
from planner.charts.trend_lines import DONE, PLAIN, SLIPPING, Course, Setting, Tick, lines_chart
from planner.charts.trend_places import LEFT, UNKNOWN
from planner.rules.milestone_lines import GOLIVE
from planner.rules.milestone_trend import NEVER
from planner.rules.sentences import MINUS, moved_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.charts.drift import DriftChart
    from planner.charts.trend_places import Axis
    from planner.model.quarter import Calendar
    from planner.rules.milestone_lines import Milestone

MILESTONE_HEADS: Final = ("Milestone", "First planned", "Now", "Moved", "By its trend", "Plan by plan")
MILESTONES_HIGH: Final = 620
_HEAVY: Final = 2  # quarters from which on a line is drawn heavy
_MOST_AHEAD: Final = (
    160  # quarters: a finish further ahead than that is likely a typing error and squeezes all others
)
_HALVES, _YEARS = 26, 60  # quarters up to which each half-year, each year has its line


def milestone_chart(found: Sequence[Milestone], tones: Mapping[str, str], axis: Axis) -> DriftChart | None:
    """The forecast finish of each milestone over the snapshots; None where there is none.

    `tones` give the colour of a project by id. Finishes too far ahead to be true are left out of the picture and
    said under it; the table has them.
    """
    place = {quarter.ordinal: x for quarter, x in zip(axis.quarters, axis.places, strict=True)}
    most = axis.quarters[-1].ordinal + _MOST_AHEAD if axis.quarters else 0
    drawn = [one for one in found if any(finish <= most for _, finish in one.points)]
    if not drawn:
        return None
    # where nothing has an outcome no colour means one, and so it can tell the lines apart
    spare = [f"outcome-{at}" for at in range(len(theme.OUTCOME_LINES))] if not tones else ["mute"]
    courses = [
        _milestone(one, tones.get(one.id, spare[at % len(spare)]), axis, place, most)
        for at, one in enumerate(drawn)
    ]
    ends = [y for course in courses for _, y in course.points]
    ends += [course.first for course in courses if course.first is not None]
    low, high = min(ends) - 1.5, max(ends) + 1
    setting = Setting(
        axis.stops,
        quarter_ticks(low, high, axis.calendar),
        (low, high),
        MILESTONES_HIGH,
        ("finish", "moved", "trend"),
        LEFT,
        _note(found, most, axis),
        "Forecast finish of each milestone over the snapshots",
        [_told(one, axis) for one in found],
        "finishes in the quarter of the plan",
    )
    return lines_chart(courses, setting)


def _note(found: Sequence[Milestone], most: int, axis: Axis) -> str:
    """How the chart is read, and what in it is likely an error."""
    wrong = sum(len(one.wrong) for one in found)
    left_out = sum(finish > most for one in found for _, finish in one.points)
    notes = ["Flat: stable. Rising: later. Dashed: first planned. ● done, ▲ receding."]
    if wrong:
        notes.append(f"✕ {wrong:,} unfinished in the past: an error in the dates.")
    if left_out:
        notes.append(f"{left_out:,} beyond {axis.spoken(most)} not drawn: likely an error too.")
    return " ".join(notes)


def _milestone(one: Milestone, tone: str, axis: Axis, place: Mapping[int, float], most: int) -> Course:
    kept = [at for at, (_, finish) in enumerate(one.points) if finish <= most]
    points = [one.points[at] for at in kept]
    name = f"{one.name} (go-live)" if one.kind == GOLIVE else one.name
    return Course(
        key=f"{one.kind} {one.id}",
        name=name,
        tone=tone,
        points=[(place[made], float(finish)) for made, finish in points],
        notes=[
            f"{name}: {axis.spoken(finish)} in the plan of {axis.spoken(made)}" for made, finish in points
        ],
        first=float(points[0][1]),
        is_heavy=abs(one.moved) >= _HEAVY,
        end=DONE if one.is_done else SLIPPING if one.is_slipping else PLAIN,
        columns=(
            (axis.spoken(one.last), "mute"),
            (signed(one.moved), "worse" if one.moved > 0 else "better" if one.moved < 0 else "mute"),
            (
                trend_word(one, axis),
                "worse" if (one.trend.finish.value or 0) > one.last or _never(one) else "mute",
            ),
        ),
        wrong=frozenset(new for new, at in enumerate(kept) if at in one.wrong),
    )


def signed(quarters: int) -> str:
    """A move in quarters with its sign."""
    return f"{MINUS if quarters < 0 else '+' if quarters else ''}{abs(quarters)}"


def _never(one: Milestone) -> bool:
    return not one.is_done and one.trend.finish.reason == NEVER


def trend_word(one: Milestone, axis: Axis) -> str:
    """Where a milestone's trend meets the day: a quarter, 'never', 'done', or a dash where there is no trend."""
    if one.is_done:
        return "done"
    if one.trend.finish.value is not None:
        return axis.spoken(one.trend.finish.value)
    return "never" if _never(one) else UNKNOWN


def _told(one: Milestone, axis: Axis) -> tuple[str, ...]:
    word = "Never at this rate" if _never(one) else trend_word(one, axis)
    steps = ", ".join(axis.spoken(finish) for _, finish in one.points)
    errors = " (unfinished in the past: an error in the dates)" if one.wrong else ""
    return (
        one.name,
        axis.spoken(one.first),
        axis.spoken(one.last),
        moved_text(one.moved) or "no move",
        word[0].upper() + word[1:],
        f"{steps}{errors}",
    )


def quarter_ticks(low: float, high: float, calendar: Calendar) -> list[Tick]:
    """The lines across an axis of quarters: fiscal years strong, the third quarters between where there is room."""
    span = high - low
    every = 1 if span <= _YEARS else int(span // _YEARS) + 1
    ticks = []
    for at in range(int(low) + 1, int(high) + 1):
        if at % 4 == 0 and (at // 4) % every == 0:
            ticks.append(Tick(at, calendar.year_label(at // 4), is_strong=True))
        elif at % 4 == 2 and span <= _HALVES:  # noqa: PLR2004  the third quarter
            ticks.append(Tick(at, "Q3"))
    return ticks

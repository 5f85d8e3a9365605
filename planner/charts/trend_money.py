"""Money and work over snapshots as charts: cost and benefit, projects, line of sight, reasons; it computes no figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.charts.trend_lines import Course, Setting, Tick, lines_chart
from planner.charts.trend_places import LEFT, UNKNOWN
from planner.charts.trend_strip import Cell, Strip, strips_chart
from planner.rules.change_words import REASON_WORDS
from planner.rules.sentences import counted, money_text, percent_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.charts.drift import DriftChart
    from planner.charts.trend_places import Axis
    from planner.rules.figure import Figure
    from planner.rules.trend_points import TrendPoint
    from planner.rules.trend_steps import TrendStep

COURSE_HEADS: Final = ("What", "First", "Now", "Plan by plan")
REASON_HEADS: Final = ("Reason", "Refresh by refresh")
_HIGH: Final = 260
_SHORT: Final = 124  # pixels of the names
_TICKS: Final = 4
_AS_PROMISED: Final = 100  # percent


def money_chart(points: Sequence[TrendPoint], axis: Axis) -> DriftChart | None:
    """The cost of live work, the money ahead and the yearly benefit over the snapshots; None without any."""
    wanted = (
        ("Cost of live work", "outcome-0", [point.live_cost for point in points]),
        ("Money ahead", "outcome-5", [point.money_ahead for point in points]),
        ("Benefit a year", "outcome-1", [point.benefit for point in points]),
    )
    courses, table = _courses(wanted, axis, lambda value: money_text(round(value), axis.currency))
    if not courses:
        return None
    ends, ticks = money_setting_ticks([y for course in courses for _, y in course.points], axis.currency)
    setting = Setting(
        axis.stops, ticks, ends, _HIGH, ("now",), LEFT,
        "Cost of work that is neither finished nor stopped; benefit of all work that is not stopped.",
        "Cost and yearly benefit over the snapshots", table, name_room=_SHORT,
    )  # fmt: skip
    return lines_chart(courses, setting)


def work_chart(points: Sequence[TrendPoint], axis: Axis) -> DriftChart | None:
    """How many projects are live, in progress and finished over the snapshots."""
    wanted = (
        ("Live", "outcome-0", [float(point.live) for point in points]),
        ("In progress", "outcome-1", [float(point.in_progress) for point in points]),
        ("Finished", "outcome-2", [float(point.done) for point in points]),
    )
    courses, table = _courses(wanted, axis, lambda value: f"{value:,.0f}")
    note = "Projects in each snapshot, by where they stand."
    return _counts_chart(
        courses, axis, (note, "Projects live, in progress and finished over the snapshots"), table
    )


def sight_chart(points: Sequence[TrendPoint], axis: Axis) -> DriftChart | None:
    """The share of the money ahead with a line of sight to an outcome; None where no snapshot can say."""
    wanted = (("With a line of sight", "outcome-1", [point.aligned for point in points]),)
    courses, table = _courses(wanted, axis, percent_text)
    if not courses:
        return None
    ticks = [Tick(part / 4, f"{part * 25}%") for part in range(5)]
    setting = Setting(
        axis.stops, ticks, (0.0, 1.06), _HIGH, ("now",), LEFT,
        "Share of the money ahead that can be followed to an outcome.",
        "Share of money with a line of sight over the snapshots", table, name_room=_SHORT,
    )  # fmt: skip
    return lines_chart(courses, setting)


def alone_chart(points: Sequence[TrendPoint], axis: Axis) -> DriftChart | None:
    """Live projects without a way up to an outcome, and outcomes without one; None where no snapshot has outcomes."""
    wanted = (
        ("Live projects", "outcome-0", [point.orphans for point in points]),
        ("Outcomes", "outcome-3", [point.uncovered for point in points]),
    )
    courses, table = _courses(wanted, axis, lambda value: f"{value:,.0f}")
    note = "Live projects without a way up to an outcome; outcomes without a live project."
    title = "Projects and outcomes that stand alone over the snapshots"
    return _counts_chart(courses, axis, (note, title), table) if courses else None


def realised_chart(points: Sequence[TrendPoint], axis: Axis) -> DriftChart | None:
    """What benefits brought by what was promised (DOMAIN 3.16); None where no snapshot can say."""
    wanted = (("Brought of promised", "outcome-1", [point.realised for point in points]),)
    courses, table = _courses(wanted, axis, percent_text)
    if not courses:
        return None
    percents = [100.0, *(y * 100 for _, y in courses[0].points)]
    (low, high), ticks = number_ticks(percents, lambda value: f"{value:,}%")
    setting = Setting(
        axis.stops,
        [Tick(tick.y / 100, tick.text, is_strong=tick.y == _AS_PROMISED) for tick in ticks],
        (low / 100, high / 100), _HIGH, ("now",), LEFT,
        "In all quarters that are over, by what was promised at approval. 100%: as promised.",
        "What benefits brought by what was promised, over the snapshots", table, name_room=_SHORT,
    )  # fmt: skip
    return lines_chart(courses, setting)


def _counts_chart(
    courses: Sequence[Course], axis: Axis, words: tuple[str, str], table: Sequence[tuple[str, ...]]
) -> DriftChart:
    """Lines of whole numbers; `words` are the note over them and the title for those who cannot see it."""
    ends, ticks = number_ticks(
        [y for course in courses for _, y in course.points], lambda value: f"{value:,}"
    )
    setting = Setting(axis.stops, ticks, ends, _HIGH, ("now",), LEFT, *words, table, name_room=_SHORT)
    return lines_chart(courses, setting)


def _courses(
    wanted: Sequence[tuple[str, str, Sequence[Figure | float]]], axis: Axis, say: Callable[[float], str]
) -> tuple[list[Course], list[tuple[str, ...]]]:
    """A line for each of the figures that is known in some snapshot, and its row of the table."""
    courses: list[Course] = []
    table: list[tuple[str, ...]] = []
    for name, tone, figures in wanted:
        values = [figure if isinstance(figure, float) else figure.value for figure in figures]
        known = [(at, value) for at, value in enumerate(values) if value is not None]
        if not known:
            continue
        notes = [f"{name}: {say(value)} in the plan of {axis.names[at]}" for at, value in known]
        points = [(axis.places[at], value) for at, value in known]
        courses.append(
            Course(name, name, tone, points, notes, is_heavy=True, columns=((say(known[-1][1]), "mute"),))
        )
        told = ", ".join(UNKNOWN if value is None else say(value) for value in values)
        table.append((name, say(known[0][1]), say(known[-1][1]), told))
    return courses, table


def money_setting_ticks(values: Sequence[float], currency: str) -> tuple[tuple[float, float], list[Tick]]:
    """The ends of an axis of money, from zero, and its lines at round amounts."""
    return number_ticks(values, lambda value: money_text(value, currency))


def number_ticks(
    values: Sequence[float], say: Callable[[int], str]
) -> tuple[tuple[float, float], list[Tick]]:
    """The ends of an axis that starts at zero or below, and its lines at round numbers."""
    low, high = min(0.0, *values), max(0.0, *values)
    step = _round_step((high - low) / _TICKS or 1.0)
    first, last = int(low // step), int(-(-high // step))
    ticks = [Tick(at * step, say(at * step)) for at in range(first, last + 1)]
    return (first * step - step * 0.08, max(last * step, high) + step * 0.2), ticks


def _round_step(size: float) -> int:
    """The next round number of the form 1, 2 or 5 times a power of ten."""
    power = 10 ** max(len(str(int(size))) - 1, 0)
    return int(next((power * times for times in (1, 2, 5) if power * times >= size), power * 10))


def reason_chart(steps: Sequence[TrendStep], axis: Axis) -> DriftChart | None:
    """Which reasons each refresh had: by the money that moved, or by changes where none did; None without changes."""
    mixes = [_mix(step) for step in steps]
    codes = {code for mix, _ in mixes for code in mix}
    if not codes:
        return None
    weight = {code: sum(mix.get(code, 0.0) for mix, _ in mixes) for code in codes}
    ordered = sorted(codes, key=lambda code: (code == "", -weight[code], code))
    strips, table = [], []
    for code in ordered:
        name = REASON_WORDS.get(code, code)
        cells = [
            Cell(
                at + 1,
                percent_text(mix.get(code, 0.0)),
                f"{name}: {percent_text(mix.get(code, 0.0))} {of} in the refresh to {axis.names[at + 1]}",
                share=mix.get(code, 0.0),
            )
            for at, (mix, of) in enumerate(mixes)
        ]
        strips.append(Strip(name, cells))
        table.append((name, ", ".join(f"{axis.names[cell.at]} {cell.text}" for cell in cells)))
    by_count = sum(of != _OF_MONEY for _, of in mixes)
    note = "Share of the money that moved, by the reason given."
    if by_count == len(steps):
        note = "No money is known to have moved, so this is the share of the changes to projects, by the reason given."
    elif by_count:
        note += f" In {counted(by_count, 'refresh', 'refreshes')} without moved money: share of the changes."
    return strips_chart(strips, axis.stops, LEFT, (note, "Reasons of each refresh by their share"), table)


_OF_MONEY: Final = "of the money that moved"


def _mix(step: TrendStep) -> tuple[dict[str, float], str]:
    by_money = dict(step.reasons.rows.select("reason_code", "share").drop_nulls().iter_rows())
    if by_money:
        return by_money, _OF_MONEY
    return dict(step.codes.select("reason_code", "share").iter_rows()), "of the changes to projects"

"""The charts of one item: which of its cells become a line, which become marks, and their words; drawn elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.charts.life import (
    GUTTER,
    LINE,
    MARKS,
    WIDE_GUTTER,
    Course,
    Lane,
    Stop,
    Value,
    finish_chart,
    lanes_chart,
    upright_axis,
)
from planner.charts.life_layers import BETTER, PLAIN, STRONG, WORSE
from planner.model.quarter import Quarter
from planner.rules.change_words import STATE_WORDS
from planner.rules.sentences import lifecycle_word, money_text, status_word

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.charts.life import LifeChart
    from planner.model.quarter import Calendar
    from planner.rules.item_life import At, Life, Measure

_REVISION: Final = 0.3  # of a quarter, that a second sealing stands to the right of the first


def place_of(at: At) -> float:
    """Where a version stands on the axis: its quarter, a second sealing a bit later."""
    revision = int(at.moment.label.partition(".r")[2] or 1)
    return at.moment.quarter.ordinal + min(_REVISION * (revision - 1), 0.9)


def stops_of(life: Life, calendar: Calendar) -> list[Stop]:
    """The versions on the axis: quarters, with the year where it begins."""
    stops, year = [], None
    for at in life.at:
        quarter = at.moment.quarter
        said = "draft" if at.moment.is_draft else f"Q{quarter.number}"
        stops.append(
            Stop(place_of(at), said, calendar.year_label(quarter.year) if quarter.year != year else "")
        )
        year = quarter.year
    return stops


def course_chart(life: Life, calendar: Calendar) -> LifeChart | None:
    """The finish of a project, or the go-live of an enabler, against time; None where no version knows one."""
    day: dict[str, Callable[[dict[str, Any]], int | None]] = {
        "projects": lambda cells: calendar.of(cells["end_date"]).ordinal if cells["end_date"] else None,
        "enablers": lambda cells: (
            calendar.parse(cells["golive_quarter"]).ordinal if cells["golive_quarter"] else None
        ),
    }
    if life.table not in day:
        return None
    points = _points(life, day[life.table])
    if not points:
        return None
    moved = int(points[-1][1] - points[0][1])
    last = life.there[-1].cells or {}
    is_done = last.get("status") == "done" or last.get("lifecycle") == "active"
    end = calendar.spoken(Quarter(int(points[-1][1])))
    said = f"{end}, {abs(moved)} {'later' if moved > 0 else 'earlier'}" if moved else end
    finish = Course(points, said, WORSE if moved > 0 else BETTER if moved < 0 else STRONG, is_done)
    start = None
    if life.table == "projects":
        begun = _points(
            life, lambda cells: calendar.of(cells["start_date"]).ordinal if cells["start_date"] else None
        )
        start = Course(begun, "start", PLAIN) if begun else None
    stops = stops_of(life, calendar)
    ys = [y for _x, y in (*points, *(start.points if start else ()))]
    low, high = int(min(*ys, stops[0].x)), int(max(*ys, stops[-1].x))
    spoken = [(at, calendar.spoken(Quarter(at))) for at in upright_axis(low, high)]
    what = "Finish" if life.table == "projects" else "Go-live"
    return finish_chart(finish, start, stops, spoken, f"{what} of {life.name} in each version: last {said}")


def _points(life: Life, ordinal: Callable[[dict[str, Any]], int | None]) -> list[tuple[float, float]]:
    return [
        (place_of(at), float(found))
        for at in life.there
        if at.cells is not None and (found := ordinal(dict(at.cells))) is not None
    ]


def lanes_said(lanes: Sequence[Lane]) -> str:
    """What the lanes are, as a title: 'Cost, status, rating'."""
    return ", ".join(
        lane.name if at == 0 else lane.name[:1].lower() + lane.name[1:] for at, lane in enumerate(lanes)
    )


def cells_chart(
    life: Life, calendar: Calendar, currency: str, measures: Sequence[Measure]
) -> LifeChart | None:
    """The other cells of an item, a lane each; None where none is known in any version."""
    lanes = [
        lane
        for lane in {
            "projects": lambda: _project(life, currency),
            "outcomes": lambda: _outcome(life, measures),
            "capabilities": lambda: _capability(life),
            "enablers": lambda: [
                _marks(life, "Life cycle", lambda at: lifecycle_word(_cell(at, "lifecycle")))
            ],
        }.get(life.table, list)()
        if any(value.said for value in lane.values)
    ]
    if not lanes:
        return None
    names = lanes_said(lanes)
    stops = _with_measured(stops_of(life, calendar), measures, calendar)
    gutter = WIDE_GUTTER if life.table == "outcomes" else GUTTER
    return lanes_chart(lanes, stops, f"{life.name} in each version: {names}", gutter)


def _with_measured(stops: list[Stop], measures: Sequence[Measure], calendar: Calendar) -> list[Stop]:
    """The versions, and before them the quarters in which something was measured already."""
    before = sorted({at for measure in measures for at, *_ in measure.points if at < stops[0].x})
    named = [
        Stop(
            at,
            f"Q{Quarter(at).number}",
            calendar.year_label(Quarter(at).year) if n == 0 or at % 4 == 0 else "",
        )
        for n, at in enumerate(before)
    ]
    if named and stops[0].x % 4:
        stops = [Stop(stops[0].x, stops[0].label), *stops[1:]]
    return [*named, *stops]


def _project(life: Life, currency: str) -> list[Lane]:
    return [
        _line(life, "Cost", lambda at: _cell(at, "cost"), lambda number: money_text(int(number), currency)),
        _marks(life, "Status", lambda at: status_word(_cell(at, "status")) if _cell(at, "status") else ""),
        _marks(life, "Rating", lambda at: _cell(at, "rag") or "", lambda at: _cell(at, "rag") or PLAIN),
        _line(life, "Confidence", lambda at: _cell(at, "confidence_pct"), lambda number: f"{number:.0f}%"),
        _line(
            life, "Rank", lambda at: _cell(at, "priority_rank"), lambda number: f"{number:.0f}", is_down=True
        ),
    ]


def _outcome(life: Life, measures: Sequence[Measure]) -> list[Lane]:
    def word(at: At) -> str:
        return {"green": "on course", "grey": "too early", **STATE_WORDS}.get(at.status, "")

    found = [
        _marks(life, "Status", word, lambda at: at.status or PLAIN),
        _line(life, "Weight", lambda at: _cell(at, "weight"), lambda number: f"{number:.0f}"),
    ]
    for measure in measures:
        space = "" if measure.unit == "%" else " "

        def said(number: float, measure: Measure = measure, space: str = space) -> str:
            return f"{number:,.{measure.decimals}f}{space}{measure.unit}".rstrip()

        actual = [Value(at, value, said(value), STRONG) for at, value, _path in measure.points]
        path = [
            Value(at, wanted, said(wanted)) for at, _value, wanted in measure.points if wanted is not None
        ]
        found.append(Lane(measure.name, LINE, actual, path, "path"))
    return found


def _capability(life: Life) -> list[Lane]:
    goal = _line(life, "Goal", lambda at: _cell(at, "maturity_target"), lambda number: f"{number:.0f}")
    now = _line(
        life, "Maturity", lambda at: _cell(at, "maturity_current"), lambda number: f"level {number:.0f}"
    )
    return [
        Lane(now.name, LINE, now.values, goal.values, "goal"),
        _line(life, "Heat", lambda at: at.heat, lambda number: f"{number:.0f}"),
        _line(life, "Importance", lambda at: _cell(at, "importance"), lambda number: f"{number:.0f}"),
    ]


def _cell(at: At, name: str) -> Any:
    return (at.cells or {}).get(name)


def _line(
    life: Life, name: str, number: Callable[[At], Any], said: Callable[[float], str], *, is_down: bool = False
) -> Lane:
    """A lane of numbers; `is_down` draws a smaller one higher, as a rank is."""
    values = [
        Value(place_of(at), -float(found) if is_down else float(found), said(float(found)), STRONG)
        for at in life.there
        if (found := number(at)) is not None
    ]
    return Lane(name, LINE, values)


def _marks(
    life: Life, name: str, word: Callable[[At], str], tone: Callable[[At], str] = lambda _at: PLAIN
) -> Lane:
    values = [Value(place_of(at), None, said, tone(at)) for at in life.there if (said := word(at))]
    return Lane(name, MARKS, values)

"""The charts of one item over its versions: its finish against time, and its other cells in lanes; frames and specs.

Both are to scale: a version stands at its quarter, so a longer gap between two is drawn longer. Every text is data
in a row of the frame; the spec names only fields of our own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from planner.charts import theme
from planner.charts.life_layers import GHOST, PLAIN, WORSE, chart_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import polars as pl

LINE, MARKS = "line", "marks"
GUTTER: Final = 92  # pixels for the names of lanes; more where measures are named in words
WIDE_GUTTER: Final = 260
_LANE_LINE, _LANE_MARKS = 66, 48
_TOP, _FOOT = 22, 18  # of a lane with a line: room for the figures over it
_FINISH_HEIGHT: Final = 300
_PAD: Final = 20  # pixels over the latest day and under the earliest one
_ROOM, _FINISH_ROOM = 0.12, 0.36  # of the time, for the words at the end
_UPRIGHT: Final = 62  # pixels for the quarters beside the finish
_MOST_LABELS: Final = 14  # versions: beyond, only every second quarter is named
_YEARS_ONLY: Final = 16  # quarters on the upright axis, beyond which only years are named


@dataclass(frozen=True, slots=True)
class Stop:
    """A version on the axis: `x` its quarter as an ordinal (a second sealing stands a bit later), its two words."""

    x: float
    label: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """What a lane holds at a place: a number for a line, a word in any case; `tone` one of the tones."""

    x: float
    number: float | None
    said: str
    tone: str = PLAIN


@dataclass(frozen=True, slots=True)
class Lane:
    """One cell over the versions: a line to scale, or marks with words; `ghost` is what it should be, called `beside`."""

    name: str
    kind: str
    values: Sequence[Value]
    ghost: Sequence[Value] = field(default_factory=tuple)
    beside: str = ""


@dataclass(frozen=True)
class LifeChart:
    """A chart ready to be shown: `frame` and `spec` belong together; `alt` says what it shows."""

    frame: pl.DataFrame
    spec: dict[str, Any]
    alt: str


def lanes_chart(lanes: Sequence[Lane], stops: Sequence[Stop], alt: str, gutter: int = GUTTER) -> LifeChart:
    """The lanes one under the other over one axis of versions."""
    rows: list[tuple[Any, ...]] = []
    top = 0.0
    for lane in lanes:
        height = _LANE_LINE if lane.kind == LINE else _LANE_MARKS
        foot = top + height
        rows.append(("name", None, foot - _FOOT - 4, None, None, PLAIN, lane.name, ""))
        rows.append(("edge", None, foot, None, None, PLAIN, "", ""))
        rows += _line_rows(lane, top) if lane.kind == LINE else _mark_rows(lane, foot - _FOOT - 4)
        top = foot
    rows += [("stop", stop.x, None, None, None, PLAIN, stop.label, stop.year) for stop in _named(stops)]
    xs = [stop.x for stop in stops]
    frame, spec = chart_of(rows, xs, top, gutter, room=_ROOM)
    return LifeChart(frame, spec, alt)


def _line_rows(lane: Lane, top: float) -> Iterable[tuple[Any, ...]]:
    known = [value for value in lane.values if value.number is not None]
    beside = [value for value in lane.ghost if value.number is not None]
    numbers = [value.number for value in (*known, *beside) if value.number is not None]
    if not numbers:
        return
    low, high = min(numbers), max(numbers)
    span = (high - low) or 1.0

    def place(number: float | None) -> float:
        share = ((number or 0.0) - low) / span if high > low else 0.5
        return top + _TOP + (1 - share) * (_LANE_LINE - _TOP - _FOOT)

    for first, then in pairwise(beside):
        yield "ghost", first.x, place(first.number), then.x, place(then.number), GHOST, "", ""
    for first, then in pairwise(known):
        yield "line", first.x, place(first.number), then.x, place(then.number), PLAIN, "", ""
    before = None
    for value in known:
        note = f"{lane.name}: {value.said}"
        at = place(value.number)
        yield "point", value.x, at, None, None, value.tone, "", note
        if before is None or value.said != before.said:
            # under the line where it fell, so that the line does not run through the figure
            is_fallen = before is not None and at > place(before.number)
            yield "figure", value.x, at + 11 if is_fallen else at - 11, None, None, PLAIN, value.said, note
        before = value
    if beside:
        last = beside[-1]
        yield "aside", last.x, place(last.number), None, None, PLAIN, f"{lane.beside} {last.said}", ""


def _mark_rows(lane: Lane, middle: float) -> Iterable[tuple[Any, ...]]:
    """A mark with its word where the word changes, a small one of the same tone where it stays, a line between."""
    for first, then in pairwise(lane.values):
        yield "line", first.x, middle, then.x, middle, first.tone, "", ""
    before = None
    for value in lane.values:
        note = f"{lane.name}: {value.said}"
        mark = theme.STATUS.get(value.tone)
        if value.said == before:
            yield "point", value.x, middle, None, None, value.tone, "", note
        else:
            yield (
                f"mark-{mark.shape if mark else 'circle'}",
                value.x,
                middle,
                None,
                None,
                value.tone,
                "",
                note,
            )
            yield "word", value.x, middle - 16, None, None, PLAIN, value.said, note
        before = value.said


@dataclass(frozen=True, slots=True)
class Course:
    """A forecast day over the versions, as ordinals of quarters: x the version, y the forecast; `said` the end label."""

    points: Sequence[tuple[float, float]]
    said: str
    tone: str
    is_done: bool = False


def finish_chart(
    finish: Course, start: Course | None, stops: Sequence[Stop], spoken: Sequence[tuple[int, str]], alt: str
) -> LifeChart:
    """The forecast finish over the versions (DOMAIN 3.6): the diagonal is today's line, dashed is the first plan.

    `spoken` names the quarters of the upright axis, as ordinal and words.
    """
    ys = [y for _x, y in (*finish.points, *(start.points if start else ()))]
    xs = [stop.x for stop in stops]
    low, high = min(*ys, *xs), max(*ys, xs[-1])
    scale = (_FINISH_HEIGHT - 2 * _PAD) / ((high - low) or 1)

    def place(y: float) -> float:
        return _PAD + (high - y) * scale

    shown = [(place(ordinal), said) for ordinal, said in spoken if low <= ordinal <= high]
    rows: list[tuple[Any, ...]] = [("edge", None, y, None, None, PLAIN, "", "") for y, _said in shown]
    rows += [("name", None, y, None, None, PLAIN, said, "") for y, said in shown]
    planned = finish.points[0]
    flat = place(planned[1])
    rows += [
        ("diagonal", xs[0], place(xs[0]), xs[-1], place(xs[-1]), GHOST, "", "On this line work is finished"),
        ("first", planned[0], flat, xs[-1], flat, GHOST, "", "First planned finish"),
    ]
    if start is not None:
        rows += _course_rows(start, "ghost", place, xs[-1])
    rows += _course_rows(finish, "line", place, xs[-1])
    rows += [("stop", stop.x, None, None, None, PLAIN, stop.label, stop.year) for stop in _named(stops)]
    frame, spec = chart_of(rows, xs, _FINISH_HEIGHT, _UPRIGHT, room=_FINISH_ROOM)
    return LifeChart(frame, spec, alt)


def _course_rows(
    course: Course, role: str, place: Callable[[float], float], last_x: float
) -> list[tuple[Any, ...]]:
    """A line through the versions with a mark on each, another one and its words on the last."""
    points = [(x, place(y)) for x, y in course.points]
    rows: list[tuple[Any, ...]] = [(role, *one, *then, course.tone, "", "") for one, then in pairwise(points)]
    rows += [("point", *point, None, None, course.tone, "", course.said) for point in points[:-1]]
    x, y = points[-1]
    is_late = role == "line" and not course.is_done and course.tone == WORSE
    mark = "mark-triangle-up" if is_late else "mark-circle"
    rows.append((mark, x, y, None, None, course.tone, "", course.said))
    # where it ends before the others do, the line of the first plan goes on beside it
    up = 12 if role == "line" and x < last_x else 0
    return [*rows, ("end", x, y - up, None, None, course.tone, course.said, "")]


def upright_axis(low: int, high: int) -> list[int]:
    """The quarters (ordinals) that an upright axis names: each, every second, or only the first of each year."""
    span = high - low
    every = 1 if span <= _YEARS_ONLY // 2 else 2 if span <= _YEARS_ONLY else 4
    return [ordinal for ordinal in range(low, high + 1) if ordinal % every == 0]


def _named(stops: Sequence[Stop]) -> list[Stop]:
    """The stops with their words; where there are many, every second quarter goes without."""
    if len(stops) <= _MOST_LABELS:
        return list(stops)
    return [Stop(stop.x, stop.label if place % 2 == 0 else "", stop.year) for place, stop in enumerate(stops)]

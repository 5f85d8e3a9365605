"""Lines over snapshots with their names at the right: milestone trends, outcomes, money, counts; it computes no figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from planner.charts import theme
from planner.charts.drift import DriftChart
from planner.charts.trend_axis import (
    Field,
    Marks,
    Stop,
    add_axis,
    add_edge,
    ends_of,
    hover,
    layer,
    shortened,
    spec_of,
    spread,
    tone,
    words,
    x_of,
    y_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, SLIPPING, PLAIN = "done", "slipping", "plain"
LABEL_APART: Final = 17  # pixels between the names of two lines
NAME_ROOM, COLUMN_ROOM = 214, 60
TICK_ROOM: Final = 46
_HEAD: Final = -16  # pixels: where what stands over the plot has its middle
_KEY: Final = 24  # pixels of the piece of a line that is named there


@dataclass(frozen=True, slots=True)
class Course:
    """One line: its points by snapshot, each with what it says; `first` draws its first value on as a dashed line.

    `columns` stand beside its name at the right, with the tone of each. `wrong` are the places of points
    that cannot be true.
    """

    key: str
    name: str
    tone: str
    points: Sequence[tuple[float, float]]
    notes: Sequence[str]
    first: float | None = None
    is_heavy: bool = False
    end: str = PLAIN
    columns: Sequence[tuple[str, str]] = ()
    wrong: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the plot with its words at the left; a strong one stands out."""

    y: float
    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What lines are drawn on: snapshots, ticks, the ends of y, the height, the heads of the columns at the right.

    `narrow` is the width of the whole picture on the narrowest page. `diagonal` names the line on which y is x, or is
    empty; `name_room` are the pixels of the names.
    """

    stops: Sequence[Stop]
    ticks: Sequence[Tick]
    y: tuple[float, float]
    height: float
    heads: Sequence[str]
    narrow: float
    note: str
    alt: str
    table: Sequence[tuple[str, ...]]
    diagonal: str = ""
    name_room: int = NAME_ROOM


def lines_chart(courses: Sequence[Course], setting: Setting) -> DriftChart:
    """The lines on their setting, names pushed apart so that none covers another."""
    right = 14 + setting.name_room + COLUMN_ROOM * len(setting.heads)
    narrow = max(setting.narrow - TICK_ROOM - right, 80)
    plot = Field(ends_of(setting.stops), setting.y, setting.height, narrow)
    marks = Marks()
    add_edge(marks, plot)
    for tick in setting.ticks:
        marks.add(
            "tick_strong" if tick.is_strong else "tick",
            tone="ink" if tick.is_strong else "mute",
            y=tick.y,
            text=tick.text,
        )
    if setting.diagonal:
        _add_diagonal(marks, plot, setting)
    for course in courses:
        _add_line(marks, course, setting.stops[-1].x)
    _add_labels(marks, plot, courses, setting.name_room)
    for at, head in enumerate(setting.heads):
        marks.add(f"column{at}", tone="mute", y=plot.at_pixel(_HEAD), text=head)
    add_axis(marks, plot, setting.stops)
    spec = spec_of(plot, marks, _layers(plot, len(setting.heads), setting.name_room), (TICK_ROOM, right))
    return DriftChart(marks.frame, spec, len(courses), setting.note, setting.alt, setting.table)


def _add_diagonal(marks: Marks, plot: Field, setting: Setting) -> None:
    """The line on which a finish lies in the quarter of its plan, as far as it is in the plot."""
    low, high = max(setting.stops[0].x, plot.y[0]), min(setting.stops[-1].x, plot.y[1])
    if low >= high:
        return
    marks.add("diagonal", tone="faint", x=low, x2=high, y=low, y2=high)
    # named over the plot: lines run through every place in it
    marks.add("diagonal_key", tone="faint", y=plot.at_pixel(_HEAD))
    marks.add("diagonal_name", tone="mute", y=plot.at_pixel(_HEAD), text=setting.diagonal)


def _add_line(marks: Marks, course: Course, last_x: float) -> None:
    role = "line_heavy" if course.is_heavy else "line"
    if course.first is not None and any(y != course.first for _, y in course.points):
        marks.add("base", tone=course.tone, x=course.points[0][0], x2=last_x, y=course.first)
    for at, ((x, y), note) in enumerate(zip(course.points, course.notes, strict=True)):
        marks.add(role, tone=course.tone, key=course.key, x=x, y=y)
        is_last = at == len(course.points) - 1
        shape = "wrong" if at in course.wrong else course.end if is_last else "point"
        marks.add(
            f"mark_{shape}",
            tone="worse" if shape == "wrong" else course.tone,
            key=course.key,
            x=x,
            y=y,
            note=note,
        )


def _add_labels(marks: Marks, plot: Field, courses: Sequence[Course], room: int) -> None:
    drawn = [course for course in courses if course.points]
    wanted = [plot.pixel(course.points[-1][1]) for course in drawn]
    placed = spread(wanted, LABEL_APART, (4, plot.height - 4))
    for course, pixel in zip(drawn, placed, strict=True):
        x, y = course.points[-1]
        at = plot.at_pixel(pixel)
        marks.add("leader", tone="ghost", x=x, y=y, y2=at)
        marks.add(
            "name_heavy" if course.is_heavy else "name",
            tone="ink" if course.is_heavy else "mute",
            y=at,
            text=shortened(course.name, room),
            note=course.name,
        )
        for place, (text, colour) in enumerate(course.columns):
            marks.add(f"column{place}", tone=colour, y=at, text=text)


def _beside(pixels: float) -> dict[str, Any]:
    """A place so many pixels right of the plot, whose width only the browser knows."""
    return {"value": {"expr": f"width + {pixels:g}"}}


def _layers(plot: Field, columns: int, room: int) -> list[dict[str, Any]]:
    """What lies behind the lines, the lines with their marks, and at their right their names and columns."""
    x, y, colour, said = x_of(plot), y_of(plot), tone(), hover()
    point = {"type": "point", "filled": True, "opacity": 1}
    cross = {**point, "shape": "cross", "size": 64, "angle": 45}
    placed = {"x": x, "y": y, "color": colour, "tooltip": said}
    along = {"x": x, "y": y, "color": colour, "detail": {"field": "key", "type": "nominal"}}
    name_x = {"x": _beside(14), "y": y, "tooltip": said}
    return [
        *_ground_layers(plot),
        layer("line", {"type": "line", "strokeWidth": 1.4}, **along),
        layer("line_heavy", {"type": "line", "strokeWidth": 2.4}, **along),
        layer("mark_point", {**point, "shape": "circle", "size": 26}, **placed),
        layer("mark_plain", {**point, "shape": "circle", "size": 40}, **placed),
        layer("mark_done", {**point, "shape": "circle", "size": 95}, **placed),
        layer("mark_slipping", {**point, "shape": "triangle-up", "size": 95}, **placed),
        layer("mark_wrong", cross, **placed),
        words("name", name_x, align="left", fontSize=theme.SIZE_NAME),
        words("name_heavy", name_x, align="left", fontSize=theme.SIZE_NAME),
        *(
            words(f"column{at}", {"x": _beside(14 + room + COLUMN_ROOM * (at + 1)), "y": y}, align="right")
            for at in range(columns)
        ),
    ]


def _ground_layers(plot: Field) -> list[dict[str, Any]]:
    """The ticks, the diagonal with a piece of it where it is named, dashed first values, and leaders to the names."""
    x, y, colour = x_of(plot), y_of(plot), tone()
    x2, y2 = {"field": "x2"}, {"field": "y2"}
    whole = {"x": {"value": 0}, "x2": _beside(0)}
    dashed = {"type": "rule", "strokeDash": [4, 3]}
    key = {"x": {"value": 0}, "x2": {"value": _KEY}, "y": y, "color": colour}
    return [
        layer("tick", {"type": "rule", "color": theme.HAIRLINE}, y=y, **whole),
        layer("tick_strong", {"type": "rule", "color": theme.RULE}, y=y, **whole),
        words("tick", {"x": {"value": -8}, "y": y}, align="right", fontSize=theme.SIZE_MONTHS),
        words("tick_strong", {"x": {"value": -8}, "y": y}, align="right", fontWeight=600),
        layer("diagonal", dashed, x=x, x2=x2, y=y, y2=y2, color=colour),
        layer("diagonal_key", dashed, **key),
        words("diagonal_name", {"x": {"value": _KEY + 6}, "y": y}, align="left", fontSize=theme.SIZE_MONTHS),
        layer("base", {"type": "rule", "strokeDash": [2, 3], "opacity": 0.55}, x=x, x2=x2, y=y, color=colour),
        layer("leader", {"type": "rule", "strokeWidth": 1}, x=x, x2=_beside(10), y=y, y2=y2, color=colour),
    ]

"""Rows over snapshots, a mark in each cell: the statuses of outcomes by shape and word, shares by size; no figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from planner.charts import theme
from planner.charts.drift import DriftChart
from planner.charts.trend_axis import (
    LETTER,
    Field,
    Marks,
    add_axis,
    add_edge,
    ends_of,
    hover,
    layer,
    narrowest,
    shortened,
    spec_of,
    tone,
    words,
    x_of,
    y_of,
)
from planner.charts.trend_bars import GUTTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.charts.trend_axis import Stop

_SIZE, _LARGEST = 95, 300  # square pixels of a status, and of the whole of a share
_LIFT: Final = 0.16  # of a row, by which a share stands over its figure
_HEAD: Final = -40  # the axis stands over the rows


@dataclass(frozen=True, slots=True)
class Cell:
    """One snapshot of a row: a status (key of `theme.STATUS`), or a share from 0 to 1; its words, and all of it."""

    at: int
    text: str
    note: str
    status: str = ""
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Strip:
    """A row: its name with the tone of its stripe (or none), its cells, and what stands at its right end."""

    name: str
    cells: Sequence[Cell]
    stripe: str = ""
    end: str = ""
    end_tone: str = "mute"


def strips_chart(
    strips: Sequence[Strip],
    stops: Sequence[Stop],
    narrow: float,
    said: tuple[str, str],
    table: Sequence[tuple[str, ...]],
) -> DriftChart:
    """The rows under one axis; `said` are the note and the words for those who listen."""
    plot = Field(
        ends_of(stops),
        (float(-len(strips)), 0.0),
        len(strips) * theme.ROW_STATUS,
        max(narrow - sum(GUTTER), 120),
    )
    marks = Marks()
    add_edge(marks, plot)
    add_axis(marks, plot, stops, below=_HEAD - plot.height)
    for row, strip in enumerate(strips):
        _add_strip(marks, plot, strip, row, stops)
    spec = spec_of(plot, marks, _layers(plot), GUTTER)
    return DriftChart(marks.frame, spec, len(strips), *said, table)


def _add_strip(marks: Marks, plot: Field, strip: Strip, row: int, stops: Sequence[Stop]) -> None:
    y = -row - 0.5
    marks.add("under", tone="ghost", y=-row - 1.0)
    marks.add("name", y=y, text=shortened(strip.name, GUTTER[0] - 18), note=strip.name)
    if strip.stripe:
        marks.add("stripe", tone=strip.stripe, y=-row - 0.2, y2=-row - 0.8)
    if strip.end:
        marks.add("end", tone=strip.end_tone, y=y, text=strip.end)
    if len(strip.cells) > 1 and strip.cells[0].status:
        first, last = strip.cells[0].at, strip.cells[-1].at
        marks.add("thread", tone="ghost", x=stops[first].x, x2=stops[last].x, y=y)
    room = narrowest(stops) * plot.quarter
    for cell in strip.cells:
        place = {"x": stops[cell.at].x, "y": y, "note": cell.note}
        if cell.status:
            marks.add(f"status_{cell.status}", tone=cell.status, **place)
        elif cell.share > 0:
            lifted = {**place, "y": y + _LIFT}
            marks.add("share", tone="accent", size=max(cell.share * _LARGEST, 14.0), **lifted)
            if len(cell.text) * LETTER + 4 <= room:
                marks.add("share_text", x=place["x"], y=y - 0.32, text=cell.text, note=cell.note)


def _layers(plot: Field) -> list[dict[str, Any]]:
    """The row with its name, and over it its cells and what stands at its end."""
    x, y, colour, said = x_of(plot), y_of(plot), tone(), hover()
    placed = {"x": x, "y": y, "color": colour, "tooltip": said}
    sizes = {"domain": [0, _LARGEST], "range": [0, _LARGEST]}  # square pixels as they are
    size = {"field": "size", "type": "quantitative", "legend": None, "scale": sizes}
    share = {"type": "point", "shape": "circle", "filled": True, "opacity": 1}
    end = {"x": {"value": {"expr": "width + 10"}}, "y": y}
    return [
        *_row_layers(plot),
        *(_status_layer(key, mark, placed) for key, mark in theme.STATUS.items()),
        layer("share", share, **placed, size=size),
        words("share_text", {"x": x, "y": y}, fontSize=theme.SIZE_MONTHS),
        words("end", end, align="left", fontWeight=600, fontSize=theme.SIZE_LABEL),
    ]


def _row_layers(plot: Field) -> list[dict[str, Any]]:
    """The line under a row, its stripe, its name, and the thread through its cells."""
    x, y, colour = x_of(plot), y_of(plot), tone()
    whole = {"x": {"value": -GUTTER[0]}, "x2": {"value": {"expr": f"width + {GUTTER[1]}"}}}
    name = {"x": {"value": 12 - GUTTER[0]}, "y": y, "tooltip": hover()}
    stripe = {"x": {"value": 2 - GUTTER[0]}, "y": y, "y2": {"field": "y2"}, "color": colour}
    thread = {"x": x, "x2": {"field": "x2"}, "y": y, "color": colour}
    return [
        layer("under", {"type": "rule", "color": theme.HAIRLINE}, y=y, **whole),
        layer("stripe", {"type": "rule", "strokeWidth": 3}, **stripe),
        words("name", name, align="left", fontSize=theme.SIZE_NAME),
        layer("thread", {"type": "rule", "strokeWidth": 1, "opacity": 0.6}, **thread),
    ]


def _status_layer(key: str, mark: theme.Mark, encoding: dict[str, Any]) -> dict[str, Any]:
    drawn = {
        "type": "point",
        "shape": mark.shape,
        "size": _SIZE * mark.scale,
        "filled": True,
        "opacity": 1,
    }
    if not mark.filled:
        drawn |= {"fill": theme.PAGE, "strokeWidth": 1.6}
        encoding = {**encoding, "stroke": encoding["color"]}
        del encoding["color"]
    return layer(f"status_{key}", drawn, **encoding)

"""The charts of drift for a page with little room: each name stands over its bar, so the plot has the whole width.

It changes where marks stand, never what they say; which marks there are is said in `drift`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from planner.charts import theme
from planner.charts.drift_layers import GUTTER
from planner.look.lettering import plain, shortened, text_width
from planner.look.typeface import REGULAR, SEMIBOLD

if TYPE_CHECKING:
    from planner.charts.drift import DriftChart

    Row = dict[str, Any]

ROW: Final = 32  # pixels: a line of text, and a bar of 11 pixels under it
_TEXT_AT, _MARK_AT = 0.26, 0.74  # of a row
_HALF_BAR: Final = 0.17
_BETWEEN: Final = 14  # pixels between a name and its note
_APART: Final = 6  # pixels between two labels of the axis
_BESIDE: Final = 10  # pixels between a mark and its label
_ONE_LINE, _TWO_LINES = 18, 34  # pixels of the axis over the plot
_STEP: Final = 0.02  # of the scale: how much it grows until all labels fit
_TEXTS: Final = ("name", "note")
_BARS: Final = ("bar", "total")
_AXIS: Final = (("text", theme.SIZE_MONTHS, REGULAR), ("note", theme.SIZE_QUARTER, SEMIBOLD))


def compact_chart(chart: DriftChart, width: float) -> tuple[dict[str, Any], pl.DataFrame]:
    """The spec and the frame of a chart of drift that is drawn `width` pixels wide, without a gutter at its left."""
    rows = [{**row, **_texts_of(row)} for row in chart.frame.iter_rows(named=True) if row["role"] != "joint"]
    notes = {int(row["y"]): row["text"] for row in rows if row["role"] == "note"}
    domain = _domain(rows, width)
    moved = [_moved(row, notes, width) for row in rows]
    _thin_out(moved, domain, width)
    layers = []
    for layer in chart.spec["layer"]:
        role = layer["transform"][0]["filter"]["equal"]
        if role in _TEXTS:
            halo = {"stroke": theme.PAGE, "strokeWidth": 4, "strokeJoin": "round"}
            layers.append(_layer({**layer, "mark": {**layer["mark"], **halo}}, domain, chart.rows))
        if role != "joint":
            layers.append(_layer(layer, domain, chart.rows))
    top = _TWO_LINES if any(row["role"] == "grid" and row["note"] for row in moved) else _ONE_LINE
    # everything was measured here: nothing reaches out but the axis over the plot
    whole = {
        "autosize": {"type": "none", "contains": "content"},
        "padding": {"top": top, "left": 0, "right": 0, "bottom": 2},
    }
    spec = {**chart.spec, **whole, "height": chart.rows * ROW, "layer": layers}
    return spec, pl.DataFrame(moved, schema=chart.frame.schema)


def _texts_of(row: Row) -> Row:
    return {name: plain(row[name]) for name in ("text", "note") if row[name] is not None}


def _moved(row: Row, notes: dict[int, str], width: float) -> Row:
    """A mark where it stands in a row of two floors: texts above, marks below."""
    role, y = row["role"], row["y"]
    if y is None:
        return row
    at = int(y)
    if role in _TEXTS:
        said = row["text"]
        if role == "name":
            taken = text_width(notes[at], theme.SIZE_NOTE) + _BETWEEN if at in notes else 0
            said = shortened(said, width - taken, theme.SIZE_NAME)
        return {**row, "text": said, "y": at + _TEXT_AT}
    if role in _BARS:
        return {**row, "y": at + _MARK_AT - _HALF_BAR, "y2": at + _MARK_AT + _HALF_BAR}
    return {**row, "y": at + _MARK_AT}


def _layer(layer: dict[str, Any], domain: tuple[float, float], rows: int) -> dict[str, Any]:
    """A layer on the new scales; names begin at the left edge, notes end at the right one, and nothing is cut."""
    encoding = dict(layer["encoding"])
    mark = {name: value for name, value in layer["mark"].items() if name != "limit"}
    role = layer["transform"][0]["filter"]["equal"]
    if encoding.get("x") == {"value": -GUTTER}:
        encoding["x"] = {"value": 0 if role == "name" else "width"}
        mark["align"] = "left" if role == "name" else "right"
    for axis, ends in (("x", list(domain)), ("y", [0, rows])):
        if "scale" in encoding.get(axis, {}):
            scale = {**encoding[axis]["scale"], "domain": ends}
            encoding[axis] = {**encoding[axis], "scale": scale}
    return {**layer, "mark": mark, "encoding": encoding}


def _domain(rows: list[Row], width: float) -> tuple[float, float]:
    """The ends of the scale: close around the marks, and as far apart as the labels beside them need.

    An axis of quarters is kept whole, for a move of one quarter shall look like one; of amounts of money the least
    one is kept, for the note over the chart names it.
    """
    is_time = any(row["role"] == "start" for row in rows)
    first = min((row["x"] for row in rows if row["role"] == "grid"), default=None)
    shown = [row for row in rows if is_time or row["role"] != "grid" or row["x"] == first]
    xs = [x for row in shown for x in (row["x"], row["x2"]) if x is not None]
    low, high = min(xs), max(xs)
    step = _STEP * ((high - low) or 1.0)
    rights = [(row["x"], _need(row)) for row in rows if row["role"] == "label"]
    lefts = [(row["x"], _need(row)) for row in rows if row["role"] == "total_label"]
    lefts += [
        (first, text_width(row[field], size, weight) / 2)
        for row in rows
        if row["role"] == "grid" and row["x"] == first
        for field, size, weight in _AXIS
    ]
    low, high = low - step, high + step
    for _ in range(500):
        pixels = width / (high - low)
        is_right = all((high - x) * pixels >= need for x, need in rights)
        is_left = all((x - low) * pixels >= need for x, need in lefts)
        if is_right and is_left:
            break
        low, high = low - (0 if is_left else step), high + (0 if is_right else step)
    return low, high


def _need(row: Row) -> float:
    return text_width(row["text"], theme.SIZE_LANE, SEMIBOLD) + _BESIDE


def _thin_out(rows: list[Row], domain: tuple[float, float], width: float) -> None:
    """Take the grid that lies off the scale away, and the labels that would touch their neighbour."""
    low, high = domain
    rows[:] = [row for row in rows if row["role"] != "grid" or low <= row["x"] <= high]
    grid = sorted((row for row in rows if row["role"] == "grid"), key=lambda row: row["x"])
    for field, size, weight in _AXIS:
        free = 0.0
        for row in grid:
            half = text_width(row[field], size, weight) / 2
            middle = (row["x"] - low) / (high - low) * width
            if middle - half < free or middle + half > width:
                row[field] = ""
            elif row[field]:
                free = middle + half + _APART

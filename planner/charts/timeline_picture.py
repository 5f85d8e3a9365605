"""The roadmap as a picture that stands alone: its axis is in it, and its texts are as long as there is room for.

A browser cuts a text that is too long while it draws; whoever draws without one has to know before how wide it is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from planner.charts.timeline import TimelineView, timeline_chart
from planner.charts.timeline_marks import GUTTER
from planner.look.lettering import plain, shortened

if TYPE_CHECKING:
    from planner.rules.timeline import TimelineLayout

WIDTH: Final = 1360  # pixels, as on a usual screen
_AT_RIGHT: Final = 3  # pixels that stay free at the right edge
_LETTERS: Final = ("text", "halo", "months")  # the roles that are texts


def timeline_picture_chart(
    layout: TimelineLayout, view: TimelineView, width: float = WIDTH
) -> tuple[dict[str, Any], pl.DataFrame]:
    """The spec and the frame of a roadmap for `chart_picture`, which has to draw it `width` pixels wide."""
    spec, frame = timeline_chart(layout, replace(view, header=True))
    layers = [_drawn(layer) for layer in spec["layer"] if layer.get("name") != "timeline_hit"]
    if "text" not in frame.columns:
        return {**spec, "layer": layers}, frame
    quarter = (width - GUTTER - 1) / layout.axis.horizon
    texts = [_fitting(row, width, quarter) for row in frame.iter_rows(named=True)]
    return {**spec, "layer": layers}, frame.with_columns(text=pl.Series(texts, dtype=pl.String))


def _drawn(layer: dict[str, Any]) -> dict[str, Any]:
    """A layer without the limit that the browser keeps."""
    return {**layer, "mark": {name: value for name, value in layer["mark"].items() if name != "limit"}}


def _fitting(row: dict[str, Any], width: float, quarter: float) -> str | None:
    """The text of a mark, shortened to its own limit, or to the right edge of the picture."""
    text = row["text"]
    if text is None or row["role"] not in _LETTERS:
        return None if text is None else plain(text)
    room = row.get("limit")
    if room is None:
        if row.get("align") != "left":
            return plain(text)
        room = width - GUTTER - row["x"] * quarter - (row.get("dx") or 0) - _AT_RIGHT
    return shortened(plain(text), room, row["size"], row["weight"])

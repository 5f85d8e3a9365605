"""The roadmap as a chart: a layout and a view in, one Vega-Lite spec and its frame out; it reads no plan.

The frame is a list of marks in the order in which they are drawn. Times are quarters from the start of the axis,
heights are pixels from the top; the browser alone knows how wide the page is. So the spec stays the same for all
plans of one height, and every word of a plan is a cell of the frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from planner.charts.timeline_axis import axis_marks, ground_marks, today_marks
from planner.charts.timeline_layers import timeline_spec
from planner.charts.timeline_marks import FOOT, SCHEMA, Heights, TimelineView
from planner.charts.timeline_rows import row_marks

if TYPE_CHECKING:
    from planner.rules.timeline import TimelineLayout

__all__ = ["TimelineView", "timeline_chart"]


def timeline_chart(layout: TimelineLayout, view: TimelineView) -> tuple[dict[str, Any], pl.DataFrame]:
    """The spec and the frame of a roadmap; show them with `st.vega_lite_chart(frame, spec)`.

    With `view.header` the axis is part of the picture, as an export needs it; a page that keeps its axis in sight
    while it scrolls draws the axis itself, over a plot that starts `GUTTER` pixels from the left.
    """
    at = Heights(layout, view)
    marks = [*ground_marks(layout, view, at), *row_marks(layout, view, at), *today_marks(layout, at)]
    if view.header:
        marks += axis_marks(layout)
    whole = pl.DataFrame(marks, schema=SCHEMA, orient="row")
    frame = whole.select(column for column in whole if column.null_count() < whole.height)
    return timeline_spec(layout.axis.horizon, at.foot + FOOT, {mark.role for mark in marks}), frame

"""The marks behind and around the rows of a timeline: zones, grid, today, and the axis where it is in the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.charts import theme
from planner.charts.timeline_marks import HEADER, Mark, plot_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.charts.timeline_marks import Heights, TimelineView
    from planner.rules.timeline import TimelineLayout

ZONES: Final = {"firm": theme.ZONE_FIRM, "planned": theme.ZONE_PLANNED, "outline": theme.ZONE_OUTLINE}
_ZONE_AT, _YEAR_AT, _QUARTER_AT, _MONTHS_AT = 9, 28, 44, 58
_LATE: Final = 0.9  # of the axis: a label further right stands at the left of its line
_MOST_NAMED: Final = 24  # quarters; on a longer axis only years are named


def ground_marks(layout: TimelineLayout, view: TimelineView, at: Heights) -> Iterator[Mark]:
    """The zones of certainty and the lines between quarters and years."""
    top, foot = at.first, at.foot
    for zone, x0, x1 in layout.zones.select("zone", "x0", "x1").iter_rows():
        yield Mark("zone", x=x0, x2=x1, y=top, y2=foot, fill=ZONES[zone])
    for x, starts_year in layout.ticks.select("x", "starts_year").iter_rows():
        colour = theme.RULE if starts_year or x == 0 else theme.HAIRLINE
        yield Mark(
            "grid", x=x, y=top - 24 if starts_year and view.header else top, y2=foot, stroke=colour, width=1
        )


def today_marks(layout: TimelineLayout, at: Heights) -> Iterator[Mark]:
    """The line of today over all rows, and its date under them."""
    if layout.today_x is None:
        return
    top, foot = at.first, at.foot
    over = "grid" if layout.cells.height else "over"  # the counts stay readable
    yield Mark(over, x=layout.today_x, y=top, y2=foot + 5, stroke=theme.TODAY, width=1.5)
    late = layout.today_x > _LATE * layout.axis.horizon
    yield plot_text(
        layout.today_x, foot + 14, layout.today_text, fill=theme.TODAY, weight=600,
        align="right" if late else "left", dx=2 if late else -2,
    )  # fmt: skip


def axis_marks(layout: TimelineLayout) -> Iterator[Mark]:
    """The axis of a picture that stands alone: zones, years, quarters and months over the rows."""
    for text, x0, x1 in layout.zones.select("text", "x0", "x1").iter_rows():
        yield plot_text((x0 + x1) / 2, _ZONE_AT, text, fill=theme.MUTE, size=theme.SIZE_NOTE, align="center")
    named = layout.axis.horizon <= _MOST_NAMED
    for tick in layout.ticks.iter_rows(named=True):
        if tick["year"] and (named or tick["starts_year"]):
            yield plot_text(
                tick["x"], _YEAR_AT, tick["year"], fill=theme.INK, size=theme.SIZE_YEAR, weight=600, dx=6
            )
        if named:
            middle = tick["x"] + 0.5
            yield plot_text(
                middle, _QUARTER_AT, tick["quarter"],
                fill=theme.INK, size=theme.SIZE_QUARTER, weight=500, align="center",
            )  # fmt: skip
            yield plot_text(
                middle, _MONTHS_AT, tick["months"],
                fill=theme.MUTE, size=theme.SIZE_MONTHS, align="center", role="months",
            )  # fmt: skip
    yield Mark("line", y=HEADER, stroke=theme.RULE)

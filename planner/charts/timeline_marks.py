"""What a mark of the timeline is: its columns, its sizes and how a view asks for it; which marks there are is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import polars as pl

from planner.charts import theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.rules.timeline import LaneKind, TimelineLayout

Colouring = Literal["outcome", "status", "rating"]

GUTTER: Final = 290  # pixels at the left, for the names
HEADER: Final = 68  # pixels over the rows, where the axis is part of the picture
FOOT: Final = 23  # pixels under the rows, for the date of today's line
ROW: Final = theme.ROW_TIMELINE
LANE_GAP: Final = 5  # pixels over the head of a lane
NARROWEST: Final = 910  # pixels of the plot on the narrowest page that labels are placed for (1280 wide)
CLEAR: Final = "transparent"


@dataclass(frozen=True, slots=True)
class TimelineView:
    """How a roadmap is shown: what its lanes and colours stand for, and whether the axis is in the picture.

    `reasons` says why a project moved, by its id; `since` what it moved against, as 'Q2 FY27'.
    """

    lanes: LaneKind = "outcome"
    colour: Colouring = "outcome"
    header: bool = False
    since: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


class Mark(NamedTuple):
    """One mark: `role` is its layer; x in quarters, y in pixels; what a layer does not use is None.

    `limit` is the room for a text in pixels: of a text in the gutter itself, else what stays free at the right end.
    """

    role: str
    x: float | None = None
    x2: float | None = None
    y: float | None = None
    y2: float | None = None
    fill: str | None = None
    stroke: str | None = None
    width: float | None = None
    dash: bool | None = None
    text: str | None = None
    size: float | None = None
    weight: int | None = None
    align: str | None = None
    dx: float | None = None
    limit: float | None = None
    shape: str | None = None
    why: str | None = None
    dates: str | None = None
    moved: str | None = None
    cost: str | None = None
    outcomes: str | None = None
    people: str | None = None
    rating: str | None = None
    note: str | None = None
    said: str | None = None


_TYPES: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("x", "x2", "y", "y2", "width", "size", "dx", "limit"), pl.Float32),
    "dash": pl.Boolean,
    "weight": pl.Int16,
}
SCHEMA: Final[Mapping[str, Any]] = {name: _TYPES.get(name, pl.String) for name in Mark._fields}


class Heights:
    """Where rows are, in pixels from the top: all of one height, with a gap over each lane but the first."""

    def __init__(self, layout: TimelineLayout, view: TimelineView) -> None:
        heads = set(layout.lanes["row"].to_list()) - {0}
        self._tops: list[int] = []
        top = HEADER if view.header else 0
        for row in range(layout.rows):
            top += LANE_GAP if row in heads else 0
            self._tops.append(top)
            top += ROW
        self.first = self._tops[0] if self._tops else top
        self.foot = top

    def top(self, row: int) -> int:
        """The upper edge of a row."""
        return self._tops[row]

    def middle(self, row: int) -> float:
        """The middle of a row."""
        return self._tops[row] + ROW / 2


def gutter_text(
    y: float, text: str, *, at: float, fill: str, size: float, weight: int = 400, limit: float
) -> Mark:
    """A text in the gutter, `at` pixels from its left edge, cut after `limit` pixels."""
    return Mark(
        "text",
        x=0,
        y=y,
        text=text,
        fill=fill,
        size=size,
        weight=weight,
        align="left",
        dx=at - GUTTER,
        limit=limit,
    )


def plot_text(
    x: float, y: float, text: str, *, fill: str, size: float = theme.SIZE_LABEL, weight: int = 400,
    align: str = "left", dx: float = 0, role: str = "text",
) -> Mark:  # fmt: skip
    """A text in the plot, beside the place x."""
    return Mark(role, x=x, y=y, text=text, fill=fill, size=size, weight=weight, align=align, dx=dx)

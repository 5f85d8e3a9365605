"""The colours of bars and lanes on the timeline, by outcome, status or rating; it knows no place and no size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from planner.charts import theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.charts.timeline_marks import Colouring, TimelineView

NEUTRAL: Final = theme.FAINT  # of work that serves no outcome, or whose state is not known
_LEVELS: Final = 6
_PALEST, _DEEPEST = 0.10, 0.46


class Paint(NamedTuple):
    """How a bar is filled, what edge it has, and what colour marks on it have."""

    fill: str
    edge: str
    on_it: str


class Shade(NamedTuple):
    """A colour as a line, and as a bar, which on a dark page is duller."""

    line: str
    bar: str


# Work by its state: hues of the outcomes' family, so that the colours of ratings stay free.
STATUS_SHADES: Final[Mapping[str, Shade]] = {
    "in_progress": Shade(theme.OUTCOME_LINES[0], theme.OUTCOME_BARS[0]),
    "planned": Shade(theme.OUTCOME_LINES[1], theme.OUTCOME_BARS[1]),
    "proposed": Shade(theme.OUTCOME_LINES[3], theme.OUTCOME_BARS[3]),
    "on_hold": Shade(theme.OUTCOME_LINES[5], theme.OUTCOME_BARS[5]),
    "done": Shade(theme.GHOST_EDGE, theme.GHOST_EDGE),
}


def shade_of(item: Mapping[str, Any], colour: Colouring) -> Shade:
    """The colour of a project."""
    if colour == "status":
        return STATUS_SHADES.get(item["status"], Shade(NEUTRAL, NEUTRAL))
    if colour == "rating":
        known = theme.STATUS.get(item["rag"])
        return Shade(known.colour, known.colour) if known else Shade(NEUTRAL, NEUTRAL)
    return outcome_shade(item["outcome_no"])


def outcome_shade(number: int | None) -> Shade:
    """The colour of an outcome by its place; of none a grey."""
    if number is None:
        return Shade(NEUTRAL, NEUTRAL)
    return Shade(theme.outcome_line(number), theme.outcome_bar(number))


def paint_of(item: Mapping[str, Any], colour: Colouring) -> Paint:
    """The paint of a bar: full where its dates are known to the quarter, else pale with an edge.

    Finished work, where it has a bar, is pale without an edge.
    """
    shade = shade_of(item, colour)
    if item["place"] == "finished":
        return Paint(theme.mixed(shade.line, theme.SOFT_SHARE), "transparent", theme.MUTE)
    if item["soft"] or item["reversed"]:
        return Paint(theme.mixed(shade.line, theme.SOFT_SHARE), shade.line, theme.INK)
    return Paint(shade.bar, "transparent", theme.PAGE)


def lane_colour(lane: Mapping[str, Any], view: TimelineView) -> str:
    """The stripe of a lane: its outcome's colour, a status as work of that status has it, else grey."""
    if view.lanes == "outcome" and lane["lane"]:
        return outcome_shade(lane["lane_no"]).line
    if view.lanes == "status" and view.colour == "status" and lane["lane"] in STATUS_SHADES:
        return STATUS_SHADES[lane["lane"]].line
    return theme.GHOST_EDGE


def cell_fill(colour: str, share: float) -> str:
    """The fill of a count in a folded lane: the deeper, the larger its share of the largest count."""
    level = round(share * (_LEVELS - 1)) / (_LEVELS - 1)
    return theme.mixed(colour, round(_PALEST + (_DEEPEST - _PALEST) * level, 3))

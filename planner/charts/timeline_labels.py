"""Where the label of a bar goes: beside it, where it meets neither the edge nor the ghost; it writes no label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from planner.charts import theme
from planner.charts.timeline_marks import NARROWEST, Mark, plot_text
from planner.rules.sentences import DOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PER_CHARACTER, _BOLD, _AROUND = 5.3, 1.06, 12  # pixels that a text needs, by its characters
_GAP: Final = 7
_MARK_ROOM: Final = 12  # pixels for a rating that stands beside a narrow bar
NARROW: Final = 0.45  # quarters: a bar shorter than this has no room for a mark on it
_TONES: Final = {
    "later": theme.WORSE,
    "earlier": theme.BETTER,
    "new": theme.ACCENT,
    "stopped": theme.FAINT,
    "neutral": theme.MUTE,
}
_LOUD: Final = ("later", "earlier", "new")
RATED: Final = ("amber", "red")


def text_room(text: str, *, bold: bool = False) -> float:
    """About how many pixels a label needs."""
    return len(text) * _PER_CHARACTER * (_BOLD if bold else 1) + _AROUND


def bar_label(
    item: Mapping[str, Any], horizon: int, middle: float, today: float | None = None
) -> Iterator[Mark]:
    """The label of a bar: right of it and of its ghost where that fits on the narrowest page, else left of both.

    Where neither fits it stands on the ghost, and at last on the bar itself, in a halo of the page's colour; so does
    one that today's line would run through.
    """
    text = _said(item)
    if not text:
        return
    bold = item["tone"] in _LOUD and item["place"] == "live"
    faded = item["place"] == "finished"
    look: dict[str, Any] = {
        "fill": theme.FAINT if faded else _TONES.get(item["tone"], theme.MUTE),
        "weight": 600 if bold else 400,
    }
    need = text_room(text, bold=bold)
    place = _place(item, horizon, need)
    if place.halo or is_crossed(place.x, place.dx, need, horizon, today, align=place.align):
        look["fill"] = theme.INK if place.on_bar else look["fill"]
        yield plot_text(place.x, middle, text, align=place.align, dx=place.dx, role="halo", **look)
    yield plot_text(place.x, middle, text, align=place.align, dx=place.dx, **look)


def is_crossed(
    x: float, dx: float, need: float, horizon: int, today: float | None, *, align: str = "left"
) -> bool:
    """Whether today's line can run through a text of `need` pixels at x, on the narrowest page or a wider one."""
    if today is None:
        return False
    far = (abs(dx) + need) * horizon / NARROWEST
    return x <= today <= x + far if align == "left" else x - far <= today <= x


class _Place(NamedTuple):
    x: float
    dx: float
    align: str
    halo: bool = False
    on_bar: bool = False


def _place(item: Mapping[str, Any], horizon: int, need: float) -> _Place:
    pixels = NARROWEST / horizon
    x0, x1 = item["x0"], item["x1"]
    ghosts = [edge for edge in (item["ghost_x0"], item["ghost_x1"]) if edge is not None]
    left, right = min([x0, *ghosts]), max([x1, *ghosts])
    beside = _MARK_ROOM if is_marked_beside(item) or item["off_axis"] else 0
    end = beside if right == x1 else 0
    if need + end <= (horizon - right) * pixels:
        return _Place(right, _GAP + end, "left")
    if need + (beside if left == x0 else 0) <= left * pixels:
        return _Place(left, -_GAP - (beside if left == x0 else 0), "right")
    if need + beside <= (horizon - x1) * pixels:
        return _Place(x1, _GAP + beside, "left", halo=True)
    if need <= x0 * pixels:
        return _Place(x0, -_GAP, "right", halo=True)
    # the arrow of a clipped bar and the shape of its rating stand at this end
    marks = 12 * (bool(item["clipped_right"]) + (item["rag"] in RATED))
    return _Place(x1, -12 - marks, "right", halo=True, on_bar=True)


def _said(item: Mapping[str, Any]) -> str:
    parts = [item["label"], "ends before it starts" if item["reversed"] else ""]
    said = DOT.join(part for part in parts if part)
    return f"✓ {said}" if item["place"] == "finished" else said


def is_marked_beside(item: Mapping[str, Any]) -> bool:
    """Whether the shape of its rating stands beside the bar, which is too short to carry it."""
    return item["rag"] in RATED and item["place"] == "live" and item["x1"] - item["x0"] < NARROW

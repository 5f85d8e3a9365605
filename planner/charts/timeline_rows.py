"""The marks of the rows of a timeline: heads of lanes, bars with their ghosts and labels, notes and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.charts import theme
from planner.charts.timeline_labels import NARROW, RATED, bar_label, is_crossed, is_marked_beside, text_room
from planner.charts.timeline_marks import CLEAR, GUTTER, ROW, Mark, gutter_text, plot_text
from planner.charts.timeline_paint import cell_fill, lane_colour, paint_of, shade_of
from planner.rules.sentences import DOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.charts.timeline_marks import Heights, TimelineView
    from planner.rules.timeline import TimelineLayout

_HEAD_AT, _NAME_AT, _STATUS_AT = 14, 26, 222  # pixels from the left edge of the gutter
_FALLBACK = 1.3  # how much wider another typeface may be than ours
_GAP = 9  # between the name of a lane and the middle of the mark of its status, or the end of the gutter
_BAR, _GHOST = (0.20, 0.80), (0.34, 0.94)  # of a row
_MIDDLE: Final = 0.5  # of a row
_EARLY: Final = 3.2  # quarters: a text at the left of its tick would run into the gutter
_RATING_SIZE: Final = 46
_ARROW_SIZE: Final = 26
_AWAY_SIZE: Final = 70
_NOTE_GAP: Final = 10
# About how wide a letter of a lane's name is, as a share of its size, by the kind of letter.
_NARROW, _WIDE = frozenset(" ijlftrI.,:;'|!()[]-"), frozenset("mwMW%@&")
_NARROW_SHARE, _WIDE_SHARE, _CAPITAL_SHARE, _SHARE = 0.3, 0.84, 0.62, 0.54
_GHOST_FILL: Final = theme.mixed(theme.GHOST, theme.GHOST_OPACITY)
_FADED: Final = ("finished", "stopped", "removed")


def row_marks(layout: TimelineLayout, view: TimelineView, at: Heights) -> Iterator[Mark]:
    """Everything that stands in the rows."""
    for lane in layout.lanes.iter_rows(named=True):
        yield from _lane(lane, layout, view, at)
    lanes = {lane["lane_no"]: lane_colour(lane, view) for lane in layout.lanes.iter_rows(named=True)}
    for cell in layout.cells.iter_rows(named=True):
        yield _cell(cell, lanes[cell["lane_no"]], at)
    for note in layout.notes.iter_rows(named=True):
        yield from _note(note, layout, at)
    for item in layout.bars.iter_rows(named=True):
        yield from _item(item, layout, view, at)


def _lane(lane: Mapping[str, Any], layout: TimelineLayout, view: TimelineView, at: Heights) -> Iterator[Mark]:
    """A head: stripe, line, name, how it stands, and when it is needed."""
    top, middle, foot = at.top(lane["row"]), at.middle(lane["row"]), at.top(lane["last_row"]) + ROW
    yield Mark("stripe", y=top + 2, y2=foot - 1, fill=lane_colour(lane, view))
    if lane["row"]:
        yield Mark("line", y=top - 2, stroke=theme.RULE)
    mark = theme.STATUS.get(lane["status"])
    room = (_STATUS_AT if mark else GUTTER) - _HEAD_AT - _GAP
    fits = _head_width(lane["name"]) <= room
    # A name that fits is not cut, whatever a browser measures before the typeface is there.
    limit = room * _FALLBACK if fits else room
    yield gutter_text(
        middle, lane["name"], at=_HEAD_AT, fill=theme.INK, size=theme.SIZE_LANE, weight=600, limit=limit
    )
    if mark:
        yield Mark(
            "point", x=0, dx=_STATUS_AT - GUTTER, y=middle, shape=mark.shape, size=_RATING_SIZE * mark.scale,
            fill=mark.colour if mark.filled else CLEAR, stroke=mark.colour, width=1.2,
        )  # fmt: skip
        yield gutter_text(
            middle,
            mark.word,
            at=_STATUS_AT + 10,
            fill=mark.text,
            size=theme.SIZE_LABEL,
            weight=600,
            limit=GUTTER - _STATUS_AT - 12,
        )
    yield from _need_by(lane, layout, middle)
    said = DOT.join(filter(None, (mark.word if mark else "", lane["need_by_text"])))
    if said or not fits:
        yield Mark("hit", y=top, y2=top + ROW, text=lane["name"], said=said or None)


def _need_by(lane: Mapping[str, Any], layout: TimelineLayout, middle: float) -> Iterator[Mark]:
    """The tick where an outcome is needed; beyond the axis its words stand at that end."""
    said, x = lane["need_by_text"], lane["need_by_x"]
    folded = layout.cells.height > 0
    if x is None:
        if said and lane["need_by_side"] and not folded:
            late = lane["need_by_side"] == "after"
            yield plot_text(
                layout.axis.horizon if late else 0, middle, f"{said} ▸" if late else f"◂ {said}",
                fill=theme.MUTE, size=theme.SIZE_NOTE, align="right" if late else "left", dx=-6 if late else 6,
            )  # fmt: skip
        return
    yield Mark("over", x=x, y=middle - 7, y2=middle + 7, stroke=theme.MUTE, width=1.4)
    if not folded:
        early = x < _EARLY
        yield plot_text(
            x, middle, said, fill=theme.MUTE, size=theme.SIZE_NOTE,
            align="left" if early else "right", dx=6 if early else -5,
        )  # fmt: skip


def _cell(cell: Mapping[str, Any], colour: str, at: Heights) -> Mark:
    """The count of a quarter in a folded lane."""
    top = at.top(cell["row"])
    x, fill = cell["x"], cell_fill(colour, cell["share"])
    return Mark("cell", x=x, x2=x + 1, y=top + 2, y2=top + ROW - 2, fill=fill, text=f"{cell['count']:,}")


def _note(note: Mapping[str, Any], layout: TimelineLayout, at: Heights) -> Iterator[Mark]:
    """A row of text; it begins right of today's line where that stands at the start of the axis."""
    top = at.top(note["row"])
    middle = top + ROW * _MIDDLE
    title = f"✓ {note['title']}" if note["kind"] == "finished" else note["title"]
    yield gutter_text(
        middle, title, at=_NAME_AT, fill=theme.MUTE, size=theme.SIZE_LABEL, limit=GUTTER - _NAME_AT - 8
    )
    today = layout.today_x
    start = today if today is not None and today < 2 else 0  # noqa: PLR2004  quarters
    roles = ("text",) if start or not _is_under_today(note["text"], layout) else ("halo", "text")
    for role in roles:
        yield plot_text(start, middle, note["text"], fill=theme.FAINT, dx=_NOTE_GAP, role=role)
    yield Mark("hit", y=top, y2=top + ROW, text=title, said=note["text"])


def _is_under_today(text: str, layout: TimelineLayout) -> bool:
    """Whether today's line runs through a text at the start of the axis."""
    return is_crossed(0, _NOTE_GAP, text_room(text), layout.axis.horizon, layout.today_x)


def _item(item: Mapping[str, Any], layout: TimelineLayout, view: TimelineView, at: Heights) -> Iterator[Mark]:
    """A project: its name, where it was, where it is, its marks, its label and what a hover tells."""
    top = at.top(item["row"])
    gone = item["place"] in {"stopped", "removed"}
    faded = item["place"] in _FADED
    yield gutter_text(
        top + ROW * _MIDDLE, item["name"], at=_NAME_AT, fill=theme.FAINT if faded else theme.INK,
        size=theme.SIZE_NAME, limit=GUTTER - _NAME_AT - 8,
    )  # fmt: skip
    if item["ghost_x0"] is not None:
        yield Mark(
            "bar", x=item["ghost_x0"], x2=item["ghost_x1"], y=top + ROW * _GHOST[0], y2=top + ROW * _GHOST[1],
            fill=_GHOST_FILL, stroke=theme.GHOST_EDGE, width=1,
        )  # fmt: skip
    span: dict[str, Any] = {
        "x": item["x0"],
        "x2": item["x1"],
        "y": top + ROW * _BAR[0],
        "y2": top + ROW * _BAR[1],
    }
    middle = top + ROW * _MIDDLE
    paint = paint_of(item, view.colour)
    if item["off_axis"]:
        yield from _away(item, theme.STOPPED if gone else shade_of(item, view.colour).bar, middle)
    elif gone:
        yield Mark("bar", **span, fill=CLEAR, stroke=theme.STOPPED, width=1.2, dash=True)
    else:
        yield Mark("bar", **span, fill=paint.fill, stroke=paint.edge, width=1)
        yield from _arrows_on(item, paint.on_it, middle)
    if item["rag"] in RATED and item["place"] == "live":
        yield _rating(item, layout.axis.horizon, middle)
    yield from bar_label(item, layout.axis.horizon, middle, layout.today_x)
    yield _hit(item, top, view)


def _away(item: Mapping[str, Any], colour: str, middle: float) -> Iterator[Mark]:
    """An arrow at the edge that a project lies beyond: there is no bar to draw."""
    before = item["off_axis"] == "before"
    yield Mark(
        "point", x=item["x0"] if before else item["x1"], dx=6 if before else -6, y=middle,
        shape=f"triangle-{'left' if before else 'right'}", size=_AWAY_SIZE, fill=colour, stroke=CLEAR, width=0,
    )  # fmt: skip


def _arrows_on(item: Mapping[str, Any], colour: str, middle: float) -> Iterator[Mark]:
    """Arrows at the ends of a bar that outruns the axis."""
    arrows: dict[str, Any] = {"y": middle, "size": _ARROW_SIZE, "fill": colour, "stroke": CLEAR, "width": 0}
    if item["x1"] - item["x0"] < NARROW:
        return
    if item["clipped_left"]:
        yield Mark("point", x=item["x0"], dx=7, shape="triangle-left", **arrows)
    if item["clipped_right"]:
        yield Mark("point", x=item["x1"], dx=-7, shape="triangle-right", **arrows)


def _rating(item: Mapping[str, Any], horizon: int, middle: float) -> Mark:
    """The shape of a rating that asks for attention: on the end of its bar, or beside one that is too short."""
    mark = theme.STATUS[item["rag"]]
    x, dx = item["x1"], -19 if item["clipped_right"] else -9
    if is_marked_beside(item):
        x, dx = (item["x0"], -10) if item["x1"] > horizon - 1 else (item["x1"], 9)
    return Mark(
        "point", x=x, dx=dx, y=middle, shape=mark.shape, size=_RATING_SIZE * mark.scale,
        fill=mark.colour, stroke=theme.PAGE, width=1.2,
    )  # fmt: skip


def _hit(item: Mapping[str, Any], top: float, view: TimelineView) -> Mark:
    """The whole row, unseen: what a hover tells and a screen reader reads."""
    rating = theme.STATUS.get(item["rag"])
    return Mark(
        "hit", y=top, y2=top + ROW, text=item["name"],
        why=item["why"] or None,
        dates=item["dates_text"],
        moved=_moved(item, view) or None,
        cost=item["cost_text"] or None,
        outcomes=item["outcomes_text"] or None,
        people=DOT.join(filter(None, (item["team"], item["sponsor"]))) or None,
        rating=rating.word if rating else None,
        note=DOT.join(filter(None, (item["status_text"], item["note_text"]))) or None,
    )  # fmt: skip


def _moved(item: Mapping[str, Any], view: TimelineView) -> str:
    """What moved since the baseline, from where, and why; of work that was stopped before it nothing."""
    gone = item["place"] in {"stopped", "removed"}
    if not view.since or not item["moved_text"] or (gone and not item["stopped_since"]):
        return ""
    was = f", was {item['was_text']}" if item["was_text"] else ""
    reason = view.reasons.get(item["project_id"], "")
    because = f", because {reason.rstrip('.')}" if reason else ""
    return f"{item['moved_text']} since {view.since}{was}{because}"


def _head_width(name: str) -> float:
    """About how wide the name of a lane is, in pixels; the typeface itself is only known to the browser."""
    shares = (
        _NARROW_SHARE if letter in _NARROW
        else _WIDE_SHARE if letter in _WIDE
        else _CAPITAL_SHARE if letter.isupper()
        else _SHARE
        for letter in name
    )  # fmt: skip
    return theme.SIZE_LANE * sum(shares)

"""What is drawn on a roadmap, named: only what this one has; a page and a picture each draw it in their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.charts import theme
from planner.charts.timeline_paint import NEUTRAL, STATUS_SHADES
from planner.look.picture import KeyEntry
from planner.rules.sentences import status_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.charts.timeline_marks import TimelineView
    from planner.rules.timeline import TimelineLayout


def key_entries(layout: TimelineLayout, view: TimelineView) -> Iterator[KeyEntry]:
    """The entries of the key; `view.since` names the baseline."""
    bars = layout.bars
    if layout.cells.height:
        counts = "live projects under way in the quarter, deeper where more"
        yield KeyEntry(counts, fill=theme.mixed(theme.ACCENT, 0.3))
    elif bars.height:
        yield from _colours(layout, view)
        if bars["soft"].any():
            line = NEUTRAL if view.colour != "outcome" else theme.OUTCOME_LINES[0]
            yield KeyEntry(
                "dates to the half-year or year", fill=theme.mixed(line, theme.SOFT_SHARE), edge=line
            )
        if layout.ghosts.height:
            yield KeyEntry(f"where {view.since} had it", fill=theme.GHOST, edge=theme.GHOST_EDGE)
        if bars["place"].is_in(["stopped", "removed"]).any():
            yield KeyEntry("stopped", fill="none", edge=theme.STOPPED, is_dashed=True)
        if (bars["clipped_left"] | bars["clipped_right"]).any():
            yield KeyEntry("goes on beyond the axis", glyphs=(("◂ ▸", theme.MUTE),))
        if bars["rag"].is_in(["amber", "red"]).any():
            amber, red = theme.STATUS["amber"], theme.STATUS["red"]
            shapes = ((amber.glyph, amber.colour), (red.glyph, red.colour))
            yield KeyEntry(f"rated {amber.word}, {red.word}", glyphs=shapes)
    if layout.lanes["need_by_text"].ne("").any():
        yield KeyEntry("outcome needed by", glyphs=(("|", theme.MUTE),))


def _colours(layout: TimelineLayout, view: TimelineView) -> Iterator[KeyEntry]:
    """What the fills stand for; of outcomes their lanes say it, or else their names."""
    live = layout.bars.filter(~layout.bars["place"].is_in(["stopped", "removed"]))
    if view.colour == "status":
        found = set(live["status"].to_list())
        for status, shade in STATUS_SHADES.items():
            if status in found:
                yield KeyEntry(status_word(status), fill=shade.bar)
    elif view.colour == "rating":
        found = set(live["rag"].to_list())
        for rating, mark in theme.STATUS.items():
            if rating in found:
                yield KeyEntry(mark.word, fill=mark.colour)
        if "" in found:
            yield KeyEntry("not rated", fill=NEUTRAL)
    else:
        yield KeyEntry("dates to the quarter, in the colour of its outcome", fill=theme.OUTCOME_BARS[0])

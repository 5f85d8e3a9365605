"""The roadmap as a picture to take along: the whole of a view, with its words; nothing is drawn before it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.charts.timeline import TimelineView
from planner.charts.timeline_key import key_entries
from planner.charts.timeline_picture import timeline_picture_chart
from planner.rules.timeline_words import lead_pieces
from planner.ui.frame import offer_picture
from planner.ui.timeline_reads import drawn_whole, layout_of, short_name

if TYPE_CHECKING:
    from planner.ui.timeline_reads import Pair
    from planner.ui.timeline_state import View


def offer_roadmap(pair: Pair, view: View, alt: str) -> None:
    """Offer the whole roadmap of a view, all of its pages, its axis and its key in the picture."""
    plan = pair.plan
    laid = drawn_whole(pair, view)
    how = TimelineView(lanes=view.lanes, colour=view.colour, since=pair.since)
    pieces = lead_pieces(layout_of(pair, view), plan.settings.currency, pair.compared_with)
    since = f" against {pair.since}" if pair.since else ""
    named = f"{plan.settings.plan_name}: " if plan.settings.plan_name else ""
    offer_picture(
        f"roadmap-{pair.version.label}",
        "Roadmap",
        "".join(text for text, _ in pieces),
        lambda: timeline_picture_chart(laid, how),
        source=f"{named}{short_name(pair.version, plan)}{since}",
        alt=alt,
        entries=lambda: key_entries(laid, how),
    )

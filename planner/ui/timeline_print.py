"""The roadmap as a picture to take along: the whole of a view, with its words; nothing is drawn before it is asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner.charts.timeline import TimelineView
from planner.charts.timeline_key import key_entries
from planner.charts.timeline_picture import timeline_picture_chart
from planner.rules.timeline_words import lead_pieces
from planner.ui.frame import offer_picture
from planner.ui.timeline_reads import KEPT, drawn_whole, layout_of, short_name

if TYPE_CHECKING:
    from planner.ui.timeline_reads import Pair
    from planner.ui.timeline_state import View


def offer_roadmap(pair: Pair, view: View, alt: str) -> None:
    """Offer the whole roadmap of a view, all of its pages, its axis and its key in the picture."""
    said = _words(pair, view)
    offer_picture(
        f"roadmap-{pair.version.label}",
        "Roadmap",
        said.lead,
        lambda: timeline_picture_chart(drawn_whole(pair, view), said.how),
        source=said.source,
        alt=alt,
        entries=lambda: key_entries(drawn_whole(pair, view), said.how),
    )


class _Words(NamedTuple):
    """What stands over and under the picture of a view, and how it is drawn."""

    lead: str
    source: str
    how: TimelineView


@lru_cache(maxsize=KEPT)
def _words(pair: Pair, view: View) -> _Words:
    plan = pair.plan
    pieces = lead_pieces(layout_of(pair, view), plan.settings.currency, pair.compared_with)
    since = f" against {pair.since}" if pair.since else ""
    named = f"{plan.settings.plan_name}: " if plan.settings.plan_name else ""
    return _Words(
        "".join(text for text, _ in pieces),
        f"{named}{short_name(pair.version, plan)}{since}",
        TimelineView(lanes=view.lanes, colour=view.colour, since=pair.since),
    )

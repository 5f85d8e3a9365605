"""The pictures of a brief: how the money moved, how the finishes moved, and the roadmap of what moved; it words no brief."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, Protocol

from planner.charts.drift import finish_moves, money_bridge
from planner.charts.drift_compact import compact_chart
from planner.charts.drift_titles import bridge_title, moves_title
from planner.charts.pictures import chart_picture
from planner.charts.timeline_marks import GUTTER, NARROWEST, TimelineView
from planner.charts.timeline_picture import timeline_picture_chart
from planner.look.picture import FINISHES, MONEY, OF_A_BRIEF, ROADMAP
from planner.rules.sentences import counted
from planner.rules.timeline import layout

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from planner.charts.drift import DriftChart
    from planner.look.picture import Picture, Pictures
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.rules.changes import Change
    from planner.rules.measures import Bridge

NARROW: Final = 376  # pixels: half of an A4 page, so that the smallest text is 7.5 points there
WIDE: Final = GUTTER + NARROWEST  # the least that the labels of a roadmap are placed for
MOST_STEPS, MOST_MOVES = 4, 6  # in the pictures of a brief
MOST_ON_ROADMAP: Final = 14
_ON_ROADMAP: Final = ("later", "earlier", "joins", "stopped")


class _Standing(Protocol):
    @property
    def quarter(self) -> Quarter: ...
    @property
    def statuses(self) -> Mapping[str, str]: ...


class Reviewed(Protocol):
    """What the pictures are made of: two versions, and what changed between them."""

    @property
    def baseline(self) -> Plan:
        """The plan it is compared with."""

    @property
    def current(self) -> Plan:
        """The plan the brief is about."""

    @property
    def before(self) -> _Standing:
        """How the baseline stood, and in which quarter."""

    @property
    def after(self) -> _Standing:
        """How the plan stands, and in which quarter."""

    @property
    def bridge(self) -> Bridge:
        """How the cost became another."""

    @property
    def events(self) -> Sequence[Change]:
        """The changes with a planning meaning."""


def brief_pictures(review: Reviewed | None, wanted: Collection[str] = OF_A_BRIEF) -> Pictures:
    """The pictures by name, those of `wanted` that there is something to see on; none where nothing is compared.

    PDF and slides use those of `ON_A_PAGE`, the page that stands alone uses all.
    """
    if review is None:
        return {}
    found = {}
    calendar, currency = review.current.calendar, review.current.settings.currency
    ends = (calendar.spoken(review.before.quarter), calendar.spoken(review.after.quarter))
    if MONEY in wanted and (review.bridge.before or review.bridge.live_after):
        bridge = money_bridge(review.bridge, ends, currency, MOST_STEPS)
        found[MONEY] = _narrow(MONEY, bridge, bridge_title(review.bridge, currency))
    moves = finish_moves(review.events, calendar, most=MOST_MOVES) if FINISHES in wanted else None
    if moves is not None:
        found[FINISHES] = _narrow(FINISHES, moves, moves_title(review.events))
    moved = sorted(
        (change for change in review.events if change.table == "projects" and change.group in _ON_ROADMAP),
        key=lambda change: (-change.weight, -change.size, change.id),
    )
    if moved and ROADMAP in wanted:
        found[ROADMAP] = _roadmap(review, list(dict.fromkeys(change.id for change in moved)), ends[0])
    return found


def _narrow(name: str, chart: DriftChart, title: str) -> Picture:
    told = f"{chart.alt}. {_told(chart)}"
    return chart_picture(
        compact_chart(chart, NARROW), name=name, title=title, note=chart.note, alt=told, width=NARROW
    )


def _told(chart: DriftChart) -> str:
    """The rows of a chart as one text for those who listen."""
    return "; ".join(", ".join(part for part in row if part) for row in chart.table) + "."


def _roadmap(review: Reviewed, moved: list[str], since: str) -> Picture:
    """The roadmap of the projects that moved, joined or were stopped; no line of today, for a brief is kept."""
    shown = moved[:MOST_ON_ROADMAP]
    plan, quarter = review.current, review.after.quarter
    laid = layout(
        plan,
        quarter,
        plan.calendar.first_day(quarter) - dt.timedelta(days=1),
        baseline=review.baseline,
        statuses=review.after.statuses,
        only_projects=shown,
    )
    some = "" if len(shown) == len(moved) else f", the {len(shown)} with the largest cost"
    projects = counted(len(moved), "project")
    return chart_picture(
        timeline_picture_chart(laid, TimelineView(since=since), WIDE),
        name=ROADMAP,
        title="Roadmap of what moved",
        note=f"{projects} moved, joined or stopped{some}. Grey behind a bar: where {since} had it. Dashed: stopped.",
        alt=f"Roadmap of {projects} that moved, joined or stopped since {since}",
        width=WIDE,
    )

"""What the Timeline page reads, kept until the plan or the view changes: layouts, pictures, choices; it draws nothing.

A rerun of the page that changes nothing computes nothing: the spec is one dictionary and its marks one Arrow table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from planner.actions.sheets import sheet_bytes
from planner.charts.timeline import TimelineView, timeline_chart
from planner.rules.outcome_status import outcome_status
from planner.rules.sentences import short_day_text
from planner.rules.timeline import layout, timeline_table
from planner.rules.timeline_filters import Choices, filter_choices, matching_projects
from planner.rules.timeline_fold import folded, page_of, pages_of
from planner.rules.timeline_words import horizon_text, lead_pieces, move_reasons
from planner.ui import session
from planner.ui.drift_page_review import version_before, version_to_show
from planner.ui.markup import join, strong, tag
from planner.ui.pickers import version_name
from planner.ui.timeline_axis import axis_html, key_html
from planner.ui.timeline_state import NOTHING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.model.version import Version
    from planner.rules.timeline import TimelineLayout
    from planner.ui.markup import Html
    from planner.ui.timeline_state import View

MOST_ROWS = 80  # in one picture; a longer roadmap is folded to counts
PAGE_ROWS = 250  # on one page, for those who want every project
KEPT = 16


@dataclass(frozen=True, slots=True)
class Shelf:
    """The versions there are: their names by label, the one shown usually, and what each can be compared with.

    `compared` has for each label the names of the others by label, and the label it is compared with usually.
    """

    names: dict[str, str]
    usual: str
    compared: dict[str, tuple[dict[str, str], str]]


def moment() -> tuple[str, int, str]:
    """What everything on the page hangs on: the database, how often it was committed to, and the day."""
    return str(session.environment().database), session.database().commits, session.today().isoformat()


@lru_cache(maxsize=4)
def shelf_of(at: tuple[str, int, str]) -> Shelf:
    """The versions at a moment, the newest first."""
    del at  # it only says what the read is kept by
    among = session.versions()
    usual = version_to_show(among)
    plan = session.plan_of(usual)
    names = {version.label: version_name(version, plan.calendar) for version in reversed(among)}
    return Shelf(names, usual.label, {version.label: _compared(version, among, plan) for version in among})


def _compared(version: Version, among: Sequence[Version], plan: Plan) -> tuple[dict[str, str], str]:
    before = version_before(version, among)
    others = [other for other in reversed(among) if other.label != version.label]
    if before is not None:
        others.sort(key=lambda other: other.label != before.label)
    names = {other.label: short_name(other, plan) for other in others}
    first = next((other for other in among if other.is_sealed), None)
    if first is not None and first.label in names:
        names[first.label] += ", the first plan"
    if before is not None and before is not first:
        names[before.label] += ", the one before"
    return names | {NOTHING: "Nothing"}, before.label if before else NOTHING


@lru_cache(maxsize=KEPT)
def pair_of(at: tuple[str, int, str], version: str, compare: str) -> Pair:
    """The two versions of these labels at a moment."""
    del at
    known = {found.label: found for found in session.versions()}
    return Pair.of(known[version], known.get(compare))


@dataclass(frozen=True, slots=True)
class Pair:
    """The version that is shown and the one it is compared with, if any."""

    version: Version = field(compare=False)
    baseline: Version | None = field(compare=False)
    key: tuple[str, ...]  # what a read of both is kept by

    @classmethod
    def of(cls, version: Version, baseline: Version | None) -> Pair:
        """Two versions; the statuses of outcomes follow their measures, whose ledger only grows."""
        measured = str(session.ledger("kpi_actuals").height)
        base = (baseline.label, session.state_of(baseline)) if baseline else ("", "")
        path, day = str(session.environment().database), session.today().isoformat()
        return cls(version, baseline, (path, version.label, session.state_of(version), *base, measured, day))

    @property
    def plan(self) -> Plan:
        """The plan that is shown."""
        return session.plan_of(self.version)

    @property
    def before(self) -> Plan | None:
        """The plan it is compared with."""
        return session.plan_of(self.baseline) if self.baseline else None

    @property
    def quarter(self) -> Quarter:
        """The quarter of the version: the first on the axis."""
        return self.plan.calendar.parse(self.version.quarter)

    @property
    def since(self) -> str:
        """The baseline as a hover calls it: 'Q2 FY27'."""
        if self.baseline is None:
            return ""
        return short_name(self.baseline, self.plan) if self.baseline.is_sealed else "the draft"

    @property
    def compared_with(self) -> str:
        """The baseline as the sentence calls it."""
        if self.baseline is None:
            return ""
        name = short_name(self.baseline, self.plan)
        return f"the plan of {name}" if self.baseline.is_sealed else f"the {name[0].lower()}{name[1:]}"


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the page shows of a roadmap."""

    spec: dict[str, Any]
    marks: pa.Table
    axis: Html
    key: Html
    head: Html
    lead: Html
    projects: int
    alt: str


def title_html(subtitle: str) -> Html:
    """The head of the page."""
    return tag("h1", "Roadmap", class_="p-title") + tag("p", subtitle, class_="p-subtitle")


def short_name(version: Version, plan: Plan) -> str:
    """A version without its months: 'Q2 FY27', 'Draft for Q4 FY27'."""
    return version_name(version, plan.calendar).partition(" (")[0]


@lru_cache(maxsize=KEPT)
def choices_of(pair: Pair) -> Choices:
    """What the filters offer."""
    return filter_choices(pair.plan)


@lru_cache(maxsize=KEPT)
def _layout(pair: Pair, view: View) -> TimelineLayout:
    plan, before = pair.plan, pair.before
    chosen = [view.lane] if view.lane is not None else None
    by_lane = view.lanes == "outcome"
    if by_lane and view.outcomes and chosen is None:
        chosen = list(view.outcomes)
    only = matching_projects(
        plan,
        before,
        outcomes=() if by_lane else view.outcomes,
        units=view.units,
        teams=view.teams,
        owners=view.owners,
    )
    day, said = _marked_day(pair)
    laid = layout(
        plan,
        pair.quarter,
        day,
        baseline=before,
        lanes=view.lanes,
        fold_finished=not view.with_finished,
        statuses=_statuses(pair) if by_lane else None,
        only_lanes=chosen,
        only_projects=only,
    )
    return replace(laid, today_text=said) if said else laid


def _marked_day(pair: Pair) -> tuple[dt.date, str]:
    """Today; of a sealed plan whose axis it is not on, the day as of which the plan was sealed, and its words."""
    today, as_of, plan = session.today(), pair.version.as_of, pair.plan
    distance = plan.calendar.of(today) - pair.quarter
    if as_of is None or 0 <= distance < plan.settings.whole("horizon_quarters"):
        return today, ""
    return as_of, f"as of {short_day_text(as_of)} {as_of.year}"


def _statuses(pair: Pair) -> dict[str, str]:
    found = outcome_status(pair.plan, pair.quarter, session.ledger("kpi_actuals"))
    return dict(found.select("outcome_id", "status").iter_rows())


def layout_of(pair: Pair, view: View) -> TimelineLayout:
    """The whole roadmap of a view, neither folded nor cut."""
    return _layout(pair, view._replace(colour="", as_counts=False, page=1))


@dataclass(frozen=True, slots=True)
class Extent:
    """How long a roadmap is: its rows, and the names of its lanes by id."""

    rows: int
    lanes: dict[str, str]


@lru_cache(maxsize=KEPT)
def extent_of(pair: Pair, view: View) -> Extent:
    """How long the whole roadmap of a view is."""
    laid = layout_of(pair, view)
    return Extent(laid.rows, dict(laid.lanes.select("lane", "name").iter_rows()))


@lru_cache(maxsize=KEPT)
def _pages(pair: Pair, view: View) -> tuple[TimelineLayout, list[tuple[int, int]]]:
    whole = layout_of(pair, view)
    laid = folded(whole, pair.plan.settings.currency) if view.as_counts else whole
    return laid, pages_of(laid, PAGE_ROWS)


def drawn_whole(pair: Pair, view: View) -> TimelineLayout:
    """The roadmap as a view draws it, folded or not, all of its pages."""
    return _pages(pair, view._replace(colour="", page=1))[0]


def page_count(pair: Pair, view: View) -> int:
    """How many pages the roadmap has in this view."""
    return len(_pages(pair, view._replace(colour="", page=1))[1])


@lru_cache(maxsize=KEPT)
def picture_of(pair: Pair, view: View) -> Picture:
    """The picture of a view."""
    whole = layout_of(pair, view)
    laid, cuts = _pages(pair, view._replace(colour="", page=1))
    shown = page_of(laid, cuts[min(view.page, len(cuts)) - 1])
    how = TimelineView(lanes=view.lanes, colour=view.colour, since=pair.since, reasons=_reasons(pair))
    spec, frame = timeline_chart(shown, how)
    plan = pair.plan
    pieces = lead_pieces(whole, plan.settings.currency, pair.compared_with)
    if whole.items.is_empty():
        pieces = [("No project", True), (" of this plan fits these filters.", False)]
    return Picture(
        spec=spec,
        marks=_compact(frame.to_arrow()),
        axis=axis_html(shown),
        key=key_html(shown, how),
        head=title_html(horizon_text(whole, plan.calendar)),
        lead=tag("p", join(strong(text) if carries else text for text, carries in pieces), class_="p-lead"),
        projects=whole.items.height,
        alt="".join(text for text, _ in pieces) + " The table under the picture has every project of it.",
    )


def _compact(table: pa.Table) -> pa.Table:
    """The same cells with short texts as Arrow's plain strings, which are a third of the bytes of string views."""
    plain = [field.with_type(pa.string()) if _is_text(field.type) else field for field in table.schema]
    return table.cast(pa.schema(plain))


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string_view(kind) or pa.types.is_large_string(kind))


def _reasons(pair: Pair) -> dict[str, str]:
    if pair.baseline is None:
        return {}
    return move_reasons(session.comparison(pair.baseline, pair.version).drift.rows)


def table_of(pair: Pair, view: View) -> pa.Table:
    """The same roadmap as a table, every project of it once."""
    return timeline_table(layout_of(pair, view)).to_arrow()


def sheet_of(pair: Pair, view: View) -> bytes:
    """That table as a CSV file."""
    return sheet_bytes(timeline_table(layout_of(pair, view)))

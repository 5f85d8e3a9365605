"""The words that follow the name of a changed item (DOMAIN 4.2): one template for each lead kind; it orders nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import TABLES
from planner.rules.change_cells import cell_text
from planner.rules.change_subjects import served_tail
from planner.rules.measures import future_phasing
from planner.rules.sentences import (
    MINUS,
    counted,
    listed_text,
    money_text,
    moved_text,
    percent_text,
    spoken_quarter,
)
from planner.rules.sight import up_shares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.rules.change_names import Names
    from planner.rules.changes import Change


LEAST_TOLD = (
    0.05  # what goes to an outcome anew is told from this share of a project on, as a re-alignment is
)


@dataclass(frozen=True)
class Story:
    """What sentences are told with: both plans, the changes, the money that moved, outcomes before and after.

    `disturbed` is the weighted money that moved by project (`Churn.disturbed`); `was` and `now` give the status
    of each outcome. `quarter` is that of the current plan.
    """

    baseline: Plan
    current: Plan
    quarter: Quarter
    names: Names
    disturbed: Mapping[str, float]
    was: Mapping[str, str]
    now: Mapping[str, str]

    @cached_property
    def finished(self) -> frozenset[str]:
        """The projects that are finished in the current plan."""
        projects = self.current["projects"]
        return frozenset(projects.filter(pl.col("status") == "done")["project_id"])

    @cached_property
    def reached(self) -> tuple[dict[str, dict[str, float]], ...]:
        """The outcomes that each project reaches, with its shares, before and after."""
        found: tuple[dict[str, dict[str, float]], ...] = ({}, {})
        for shares, plan in zip(found, (self.baseline, self.current), strict=True):
            for project, outcome, share in (
                up_shares(plan).select("project_id", "outcome_id", "share").iter_rows()
            ):
                shares.setdefault(project, {})[outcome] = share
        return found

    def is_phased(self, project: str) -> bool:
        """Whether the baseline has money or effort of a project by quarter."""
        return project in self._phased

    @cached_property
    def _phased(self) -> frozenset[str]:
        return frozenset(self.baseline["phasing"]["project_id"].unique())

    @cached_property
    def taken_over(self) -> dict[str, list[str]]:
        """The projects that took over each project which was merged or split (DOMAIN 2.2)."""
        rows = self.current["projects"].select("project_id", "superseded_by").drop_nulls().iter_rows()
        return {project: others.split("|") for project, others in rows}


def freed(story: Story, lead: Change) -> str:
    """The money from this quarter on that stopped work no longer takes; what goes on in other work frees none.

    Where no money of it is phased by quarter, what it was to cost in all is told instead.
    """
    if story.taken_over.get(lead.id):
        return ""
    if not story.is_phased(lead.id):
        cost = lead.was.cost if lead.was else None
        return f"; it was to cost {money_text(cost, story.current.settings.currency)}" if cost else ""
    ahead = future_phasing(story.baseline, story.quarter).filter(pl.col("project_id") == lead.id)["cost"]
    money = int(ahead.sum() or 0)
    return f"; this frees {money_text(money, story.current.settings.currency)}" if money else ""


def tail_of(story: Story, lead: Change, changes: Sequence[Change]) -> tuple[str, bool] | None:  # noqa: PLR0911  a template each
    """The words after the name, and whether a comma stands before the reason; None where no words fit."""
    if lead.table == "projects":
        return _project_tail(story, lead, changes)
    column = TABLES[lead.table].by_name.get(lead.field)
    before, after = (
        cell_text(column, stored, story.names, story.current.settings) for stored in (lead.before, lead.after)
    )
    if lead.group in {"joins", "stopped"}:
        return ("joins the plan" if lead.group == "joins" else "was taken off the plan"), False
    if lead.group == "goals" and lead.table == "outcomes":
        return f"now counts for {lead.after} of 100 points (was {lead.before})", False
    if lead.group == "maturity":
        return f"moved from level {lead.before} to level {lead.after}{_goal(story, lead.id)}", False
    if "enabler_rescheduled" in lead.kinds:
        return f"is now expected in {after}, {moved_text(int(lead.amount or 0), words=True)}", True
    if "lifecycle_changed" in lead.kinds:
        return f"is now {after}", False
    if lead.group == "links":
        return served_tail(story, lead), False
    return _plain_tail(lead, before, after)


def _plain_tail(lead: Change, before: str, after: str) -> tuple[str, bool] | None:
    if lead.group == "people" and after:
        return f"is now owned by {after}", False
    if lead.group == "name":
        return f"was called '{before}'", False
    if lead.group == "staffing":
        return f"has {percent_text(lead.amount or 0)} of its effort with other teams than before", False
    if lead.group == "funding":
        return _funding_tail(lead, before, after), False
    return None


def _funding_tail(lead: Change, before: str, after: str) -> str:
    if lead.field == "funding_status":
        return f"is now {after or 'without a funding status'} (was {before or 'not known'})"
    points = lead.amount or 0
    way = "more" if points > 0 else "less"
    return f"costs the same, with {abs(points):.3g} points {way} of it capital money"


def _goal(story: Story, capability: str) -> str:
    rows = story.current["capabilities"].filter(pl.col("capability_id") == capability)
    goal = rows["maturity_target"].to_list()
    return f" (goal {goal[0]})" if goal and goal[0] is not None else ""


def _project_tail(story: Story, lead: Change, changes: Sequence[Change]) -> tuple[str, bool] | None:  # noqa: PLR0911  a template each
    currency = story.current.settings.currency
    cost = next((change for change in changes if change.group == "cost"), None)
    match lead.group:
        case "stopped":
            return _stopped(story, lead), False
        case "joins":
            return f"joins the plan{_joining(story, lead)}", False
        case "later" | "earlier":
            return _finish_tail(story, lead, cost)
        case "start":
            moved = moved_text(lead.start_moved or 0, words=True)
            return f"starts {moved} but still finishes in {_quarter(story, lead)}", False
        case "cost":
            change = int(lead.amount or 0)
            share = _percent(change, int(lead.before or 0))
            now = money_text(int(lead.after), currency)
            return f"now costs {now}, {_more(change, currency)}{share}", True
        case "benefit":
            now = money_text(int(lead.after), currency)
            return f"should now bring {now} a year, {_more(int(lead.amount or 0), currency)}", True
        case "links":
            return _links_tail(story, lead), False
        case _:
            return _other_tail(story, lead)


def _other_tail(story: Story, lead: Change) -> tuple[str, bool] | None:  # noqa: PLR0911  a template each
    column = TABLES["projects"].by_name.get(lead.field)
    before, after = (
        cell_text(column, stored, story.names, story.current.settings) for stored in (lead.before, lead.after)
    )
    match lead.group:
        case "finished":
            return "is finished", False
        case "started":
            return "has started", False
        case "order":
            places = int(lead.amount or 0)
            way = "up" if places > 0 else "down"
            return f"moved {way} {counted(abs(places), 'place', words=True)} in the order of work", False
        case "rating" if lead.field == "rag":
            return f"is now {f'rated {after}' if after else 'not rated'} (was {before or 'not rated'})", False
        case "status":
            return f"is now {after or 'without a status'}", False
        case "known":
            return (
                f"{'now has' if after else 'no longer has'} a known {column.label.lower() if column else 'value'}",
                False,
            )
        case _:
            return _plain_tail(lead, before, after)


def _finish_tail(story: Story, lead: Change, cost: Change | None) -> tuple[str, bool]:
    is_over = lead.id in story.finished
    finish = "finished" if is_over else "now finishes"
    said = f"{finish} in {_quarter(story, lead)}, {moved_text(lead.end_moved or 0, words=True)}"
    if cost is None:
        return said, False
    currency = story.current.settings.currency
    more = _more(int(cost.amount or 0), currency)
    return (
        f"{said}, and {'cost' if is_over else 'costs'} {more} ({money_text(int(cost.after), currency)} in total)",
        True,
    )


def _more(amount: int, currency: str) -> str:
    return f"{money_text(abs(amount), currency)} {'more' if amount > 0 else 'less'}"


def _percent(change: int, was: int) -> str:
    """The change by what was, in brackets: ' (+5%)'; nothing where nothing was."""
    return f" ({'+' if change > 0 else MINUS}{percent_text(abs(change) / was)})" if was > 0 else ""


def _quarter(story: Story, lead: Change) -> str:
    calendar = story.names.calendar
    end = lead.now.end if lead.now else None
    return spoken_quarter(calendar.of(end), calendar) if end else "a quarter that is not known"


def _stopped(story: Story, lead: Change) -> str:
    """Work that others took over was merged or split; only what nobody took over was stopped."""
    if lead.change != "changed":
        return "was taken off the plan"
    others = [story.names["projects", other] for other in story.taken_over.get(lead.id, ())]
    if not others:
        return "was stopped"
    if len(others) == 1:
        return f"is now part of {others[0]}"
    return f"was split into {listed_text(others)}"


def _joining(story: Story, lead: Change) -> str:
    """What joins: its cost and its quarters, as far as they are known."""
    span, calendar = lead.now, story.names.calendar
    if span is None:
        return ""
    money = money_text(span.cost, story.current.settings.currency)
    quarters = [calendar.spoken(calendar.of(day)) for day in (span.start, span.end) if day]
    one = "" if len(quarters) != 1 else "from " if span.start else "until "
    parts = [part for part in (money, one + " to ".join(quarters)) if part]
    return f" ({', '.join(parts)})" if parts else ""


def _links_tail(story: Story, lead: Change) -> str:
    """The outcomes that a project serves now and did not, or no longer; a sliver of it is not worth a word."""
    was, now = (found.get(lead.id, {}) for found in story.reached)
    gained = sorted(key for key, share in now.items() if share >= LEAST_TOLD and key not in was)
    lost = sorted(key for key, share in was.items() if share >= LEAST_TOLD and key not in now)
    if gained and lost and not was.keys() & now.keys():
        return f"now supports {_quoted(story, gained)} instead of {_quoted(story, lost)}"
    if gained:
        return f"now {'also ' if was else ''}supports {_quoted(story, gained)}"
    if lost:
        return f"no longer supports {_quoted(story, lost)}"
    if "realigned" in lead.kinds:
        return "serves the same outcomes in other shares"
    return "has other links and serves the same outcomes"


def _quoted(story: Story, outcomes: Sequence[str]) -> str:
    return listed_text([f"'{story.names['outcomes', key]}'" for key in outcomes])


def clause_of(story: Story, lead: Change, changes: Sequence[Change]) -> str:
    """What an item does, in as few words as a sentence about several items bears."""
    currency = story.current.settings.currency
    cost = next((change for change in changes if change.group == "cost"), None)
    money = f"costs {_more(int(cost.amount or 0), currency)}" if cost else ""
    match lead.group:
        case "stopped":
            return _stopped(story, lead)
        case "joins":
            return "joins the plan"
        case "later" | "earlier":
            finish = "finished" if lead.id in story.finished else "finishes"
            moved = f"{finish} {moved_text(lead.end_moved or 0, words=True)}"
            return f"{moved} and {money}" if money else moved
        case "start":
            return f"starts {moved_text(lead.start_moved or 0, words=True)}"
        case "cost":
            return money
        case _:
            tail = tail_of(story, lead, changes)
            return tail[0] if tail else ""

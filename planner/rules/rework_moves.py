"""Move projects by whole quarters, with or without what depends on them; no other field of a plan changes its meaning.

What has begun keeps its start (DOMAIN 2.5): its finish moves, and the work that is left is spread over the quarters
that are left. The past is frozen: no phasing before the quarter of the draft is touched (DOMAIN 2.6).
"""

from __future__ import annotations

import calendar as months
import datetime as dt
from typing import TYPE_CHECKING

from planner.model.tables import CLOSED_STATUSES
from planner.rules.rework import (
    Refused,
    Rework,
    cell_edits,
    for_each,
    has_begun,
    parts_of,
    replaced_rows,
    rows_of,
    told,
)
from planner.rules.sentences import quarters_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.model.edit import Cell, Edit
    from planner.model.plan import Plan
    from planner.model.quarter import Calendar, Quarter
    from planner.rules.rework import Cells

_WAITS = ("finish_to_start", "start_to_start", "finish_to_finish")
_AMOUNTS = ("person_days", "cost", "capex")


def moved(
    plan: Plan, projects: Sequence[str], quarters: int, quarter: Quarter, *, with_followers: bool = False
) -> Rework:
    """Move projects by a number of quarters, later where it is positive; `quarter` is that of the draft.

    `with_followers` also moves every live project that waits for one of them, directly or through others.
    """
    chosen = list(dict.fromkeys(projects))
    waiting = followers(plan, chosen) if with_followers else {}
    return for_each(
        plan,
        [*chosen, *waiting],
        lambda near, row: _moved(near, row, quarters, quarter, waiting.get(str(row["project_id"]))),
    )


def followers(plan: Plan, projects: Sequence[str]) -> dict[str, str]:
    """The live projects that wait for these by a rule of dates, nearest first, each with the one it waits for."""
    status = dict(plan["projects"].select("project_id", "status").iter_rows())
    next_of: dict[str, list[str]] = {}
    for first, then, kind in (
        plan["dependencies"].select("predecessor_id", "successor_id", "kind").iter_rows()
    ):
        if kind in _WAITS and status.get(then) not in CLOSED_STATUSES and then in status:
            next_of.setdefault(first, []).append(then)
    found: dict[str, str] = {}
    seen, edge = set(projects), list(projects)
    while edge:
        first = edge.pop(0)
        for then in next_of.get(first, ()):
            if then not in seen:
                seen.add(then)
                found[then] = first
                edge.append(then)
    return found


def shifted_day(day: dt.date, quarters: int) -> dt.date:
    """The same day some quarters later; the last day of a month stays the last one, so that quarters end whole."""
    number = day.year * 12 + day.month - 1 + 3 * quarters
    year, month = number // 12, number % 12 + 1
    last = months.monthrange(year, month)[1]
    was_last = day.day == months.monthrange(day.year, day.month)[1]
    return dt.date(year, month, last if was_last else min(day.day, last))


def _moved(plan: Plan, row: Cells, quarters: int, quarter: Quarter, waits_for: str | None) -> Rework:
    begun = has_begun(row, plan, quarter)
    dates = _moved_dates(row, quarters, plan.calendar, quarter, begun=begun)
    edits = cell_edits("projects", row, dates)
    edits += _moved_milestones(plan, str(row["project_id"]), quarters, quarter if begun else None)
    edits += _moved_phasing(plan, row, dates, quarters, quarter, begun=begun)
    also = f" It waits for '{waits_for}'." if waits_for else ""
    return told(row, _sentence(row, dates, plan.calendar, quarters, begun=begun) + also, edits)


def _moved_dates(
    row: Cells, quarters: int, calendar: Calendar, quarter: Quarter, *, begun: bool
) -> dict[str, Cell]:
    """The dates of a project after the move; raises Refused."""
    start, end = row["start_date"], row["end_date"]
    if end is None and (begun or start is None):
        message = (
            "It has begun and has no finish to move."
            if begun
            else "It has neither a start nor a finish to move."
        )
        raise Refused(message)
    dates: dict[str, Cell] = {}
    if isinstance(start, dt.date) and not begun:
        dates["start_date"] = _not_past(shifted_day(start, quarters), quarters, calendar, quarter, "start")
    if isinstance(end, dt.date):
        dates["end_date"] = _not_past(shifted_day(end, quarters), quarters, calendar, quarter, "end")
    benefit = row["benefit_start_quarter"]
    if isinstance(benefit, str):
        dates["benefit_start_quarter"] = calendar.label(calendar.parse(benefit) + quarters)
    return dates


def _not_past(day: dt.date, quarters: int, calendar: Calendar, quarter: Quarter, verb: str) -> dt.date:
    then = calendar.of(day)
    if quarters < 0 and then < quarter:
        message = f"It would {verb} in {calendar.spoken(then)}, before {calendar.spoken(quarter)}, the quarter of the draft."
        raise Refused(message)
    return day


def _moved_milestones(plan: Plan, project: str, quarters: int, since: Quarter | None) -> Iterator[Edit]:
    """The milestones that are still to come; those of the past stay."""
    for row in rows_of(plan, "milestones", "project_id", [project]):
        due = row["due_date"]
        if row["done"] or not isinstance(due, dt.date):
            continue
        if since is None or plan.calendar.of(due) >= since:
            yield from cell_edits("milestones", row, {"due_date": shifted_day(due, quarters)})


def _moved_phasing(
    plan: Plan, row: Cells, dates: Cells, quarters: int, quarter: Quarter, *, begun: bool
) -> list[Edit]:
    """The phasing from the quarter of the draft on: moved with a project that is to come, else spread anew."""
    calendar = plan.calendar
    ahead = [
        work
        for work in rows_of(plan, "phasing", "project_id", [str(row["project_id"])])
        if calendar.parse(str(work["quarter"])) >= quarter
    ]
    if begun:
        end = dates["end_date"]
        assert isinstance(end, dt.date)  # noqa: S101  told to the type checker: without a finish it is refused
        return replaced_rows("phasing", ahead, spread(ahead, quarter, calendar.of(end), calendar))
    after = [
        {**work, "quarter": calendar.label(calendar.parse(str(work["quarter"])) + quarters)} for work in ahead
    ]
    return replaced_rows("phasing", ahead, after)


def spread(work: Sequence[Cells], first: Quarter, last: Quarter, calendar: Calendar) -> list[dict[str, Cell]]:
    """The same work of each team, spread evenly from a quarter to another; what is not known stays so."""
    many = max(last - first + 1, 1)
    by_team: dict[str, list[Cells]] = {}
    for row in work:
        by_team.setdefault(str(row["team_id"]), []).append(row)
    rows: list[dict[str, Cell]] = []
    for team, held in by_team.items():
        parts = {name: _evenly([row[name] for row in held], many) for name in _AMOUNTS}
        rows += [
            {
                "project_id": held[0]["project_id"],
                "quarter": calendar.label(first + at),
                "team_id": team,
                **{name: amounts[at] for name, amounts in parts.items()},
            }
            for at in range(many)
        ]
    return rows


def _evenly(amounts: Sequence[Cell], many: int) -> Sequence[int | None]:
    known = [amount for amount in amounts if isinstance(amount, int)]
    return parts_of(sum(known), [1] * many) if known else [None] * many


def _sentence(row: Cells, dates: Cells, calendar: Calendar, quarters: int, *, begun: bool) -> str:
    far = f"{quarters_text(abs(quarters), words=True)} {'later' if quarters > 0 else 'earlier'}"
    start, end = (dates.get(name, row[name]) for name in ("start_date", "end_date"))
    says = [
        f"{verb} in {calendar.spoken(calendar.of(day))}"
        for verb, day in (("starts", start), ("finishes", end))
        if isinstance(day, dt.date)
    ]
    if begun:
        return (
            f"Finishes in {says[-1].removeprefix('finishes in ')}, {far}; its start stays, for it has begun."
        )
    said = " and ".join(says)
    return f"{said[:1].upper()}{said[1:]}, {far}."

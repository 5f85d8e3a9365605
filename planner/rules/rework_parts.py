"""Split one project in two, and merge two into one (DOMAIN 2.2): both leave a trace, so that drift reads what happened.

Only what lies ahead is split or joined: the past stays with the project that did it (DOMAIN 2.6).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.rules.rework import (
    Refused,
    Rework,
    Told,
    cell_edits,
    for_each,
    has_begun,
    joined,
    joins,
    live,
    name_of,
    parts_of,
    replaced_rows,
    rows_of,
    told,
)
from planner.rules.rework_fields import stopping, work_ahead
from planner.rules.rework_ranks import rank_edits, ranks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.model.edit import Cell, Edit
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.rules.rework import Cells

_MONEY = ("cost", "capex", "benefit_annual")
_AMOUNTS = ("person_days", "cost", "capex")
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two projects that a split makes: its id and name, and its share of what lies ahead, in percent."""

    id: str
    name: str
    percent: int


def split(plan: Plan, project: str, parts: tuple[Part, Part], quarter: Quarter) -> Rework:
    """Split a live project in two new ones; it is cancelled and names them, they name it.

    Money and work ahead are shared so that nothing is lost; links, dependencies and scope go to both, the
    milestones to come to the first. A part of a project that has begun starts with the draft's quarter.
    """
    return for_each(plan, [project], lambda near, row: _split(plan, near, row, parts, quarter))


def _split(plan: Plan, near: Plan, row: Cells, parts: tuple[Part, Part], quarter: Quarter) -> Rework:
    _hold_ids(plan, parts)
    project, shares = str(row["project_id"]), [part.percent for part in parts]
    ahead = work_ahead(near, project, quarter)
    begun = has_begun(row, plan, quarter)
    left = _left(row, near, quarter) if begun else {name: row[name] for name in _MONEY}
    money = {name: _shared(left[name], shares) for name in _MONEY}
    ranks = ranks_of(plan, [project], {project: [part.id for part in parts]})
    start = plan.calendar.first_day(quarter) if begun else row["start_date"]
    edits = stopping(near, row, quarter, "|".join(sorted(part.id for part in parts)))
    edits += rank_edits(plan, [project], {project: [part.id for part in parts]})
    lines = []
    for at, part in enumerate(parts):
        cells = {
            **row,
            **{name: amounts[at] for name, amounts in money.items()},
            "project_id": part.id,
            "name": part.name,
            "start_date": start,
            "priority_rank": ranks.get(part.id),
            "split_from": project,
            "superseded_by": None,
        }
        edits.append(joins("projects", cells))
        edits += _copied(plan, near, project, part.id)
        edits += [
            joins("phasing", {**work, **_part_of(work, shares, at), "project_id": part.id}) for work in ahead
        ]
        lines.append(Told(part.id, part.name, f"Joins the plan with {part.percent}% of what lies ahead."))
    edits += _milestones_to(near, project, parts[0].id)
    said = f"Is split into '{parts[0].name}' and '{parts[1].name}' and closed."
    return joined([told(row, said, edits), Rework(tuple(lines), ())])


def _hold_ids(plan: Plan, parts: Sequence[Part]) -> None:
    """Raise Refused where the parts cannot stand beside each other in the plan."""
    taken = set(plan["projects"]["project_id"])
    for part in parts:
        if part.id in taken:
            message = f"The id {part.id} is in use. Ids are given once; choose another."
            raise Refused(message)
        taken.add(part.id)
    if sum(part.percent for part in parts) != _WHOLE or min(part.percent for part in parts) < 1:
        said = " and ".join(f"{part.percent}%" for part in parts)
        message = f"The shares are {said}. Together they are 100%, and each part gets some."
        raise Refused(message)


def _left(row: Cells, plan: Plan, quarter: Quarter) -> dict[str, Cell]:
    """The money of a project less what its phasing spends before a quarter; the benefit is all ahead."""
    past = [
        work
        for work in rows_of(plan, "phasing", "project_id", [str(row["project_id"])])
        if plan.calendar.parse(str(work["quarter"])) < quarter
    ]
    left: dict[str, Cell] = {"benefit_annual": row["benefit_annual"]}
    for name in ("cost", "capex"):
        whole, spent = row[name], [work[name] for work in past if isinstance(work[name], int)]
        left[name] = whole - sum(spent) if isinstance(whole, int) else None  # type: ignore[arg-type]
    return left


def _shared(amount: Cell, shares: Sequence[int]) -> Sequence[int | None]:
    return parts_of(amount, shares) if isinstance(amount, int) else [None] * len(shares)


def _part_of(work: Cells, shares: Sequence[int], at: int) -> dict[str, Cell]:
    return {name: _shared(work[name], shares)[at] for name in _AMOUNTS}


def _copied(plan: Plan, near: Plan, project: str, part: str) -> Iterator[Edit]:
    """The links and dependencies of a project, for a part of it."""
    for link in rows_of(near, "links", "from_id", [project]):
        if link["from_type"] == "project":
            yield joins("links", {**link, "from_id": part})
    for end in ("predecessor_id", "successor_id"):
        for wait in rows_of(plan, "dependencies", end, [project]):
            yield joins("dependencies", {**wait, end: part})


def _milestones_to(plan: Plan, project: str, other: str) -> Iterator[Edit]:
    for row in rows_of(plan, "milestones", "project_id", [project]):
        if not row["done"]:
            yield from cell_edits("milestones", row, {"project_id": other})


def merged(plan: Plan, survivor: str, other: str, quarter: Quarter) -> Rework:
    """Merge a live project into another: the survivor keeps its id, the other is cancelled and names it.

    Money and work ahead add up, dates span both, scope is that of both; links keep the stronger strength,
    dependencies and milestones to come go to the survivor. What is not known is not added.
    """
    if survivor == other:
        return for_each(plan, [other], _not_itself)
    stopped = rows_of(plan, "projects", "project_id", [other])
    return for_each(
        plan,
        [survivor],
        lambda _near, row: _merged(
            plan, row, _mergeable(stopped[0] if stopped else {"project_id": other}), quarter
        ),
    )


def _mergeable(other: Cells) -> Cells:
    try:
        return live(other)
    except Refused as why:
        message = f"'{name_of(other)}' cannot join it. {why}"
        raise Refused(message) from why


def _not_itself(_near: Plan, _row: Cells) -> Rework:
    message = "A project is not merged with itself. Choose two."
    raise Refused(message)


def _merged(plan: Plan, row: Cells, other: Cells, quarter: Quarter) -> Rework:
    kept, gone = str(row["project_id"]), str(other["project_id"])
    left = _left(other, plan, quarter) if has_begun(other, plan, quarter) else other
    after: dict[str, Cell] = {name: _added(row[name], left[name]) for name in _MONEY}
    after["deliverables"] = _both(row["deliverables"], other["deliverables"])
    after["end_date"] = max(_days(row, other, "end_date"), default=None)
    if not has_begun(row, plan, quarter):
        after["start_date"] = min(_days(row, other, "start_date"), default=None)
    edits = cell_edits("projects", row, after)
    edits += stopping(plan, other, quarter, kept)
    edits += rank_edits(plan, [gone])
    edits += _work_joined(plan, kept, gone, quarter)
    edits += _links_joined(plan, kept, gone)
    edits += _waits_joined(plan, kept, gone)
    edits += _milestones_to(plan, gone, kept)
    unknown = [name for name in ("cost",) if other[name] is None]
    said = f"Takes in '{name_of(other)}'." + (
        " The cost of that is not known and not added." if unknown else ""
    )
    lines = Told(gone, name_of(other), f"Is now part of '{name_of(row)}' and closed.")
    return joined([told(row, said, edits), Rework((lines,), ())])


def _days(row: Cells, other: Cells, name: str) -> list[dt.date]:
    return [day for day in (row[name], other[name]) if isinstance(day, dt.date)]


def _added(amount: Cell, more: Cell) -> Cell:
    """The sum of two amounts; one that is not known adds nothing to one that is."""
    known = [cell for cell in (amount, more) if isinstance(cell, int)]
    return sum(known) if known else None


def _both(first: Cell, second: Cell) -> Cell:
    parts = {part for cell in (first, second) if isinstance(cell, str) for part in cell.split("|")} - {""}
    return "|".join(sorted(parts)) or None


def _work_joined(plan: Plan, kept: str, gone: str, quarter: Quarter) -> list[Edit]:
    """The work ahead of both as that of the survivor; that of the other leaves with its own edits."""
    own = work_ahead(plan, kept, quarter)
    after = {(row["quarter"], row["team_id"]): dict(row) for row in own}
    for work in work_ahead(plan, gone, quarter):
        place = (work["quarter"], work["team_id"])
        there = after.get(place)
        after[place] = {
            **work,
            "project_id": kept,
            **({name: _added(there[name], work[name]) for name in _AMOUNTS} if there else {}),
        }
    return replaced_rows("phasing", own, list(after.values()))


def _links_joined(plan: Plan, kept: str, gone: str) -> list[Edit]:
    rows = [
        link for link in rows_of(plan, "links", "from_id", [kept, gone]) if link["from_type"] == "project"
    ]
    own = [link for link in rows if link["from_id"] == kept]
    after = {(link["to_type"], link["to_id"], link["link_type"]): dict(link) for link in own}
    for link in rows:
        place = (link["to_type"], link["to_id"], link["link_type"])
        there = after.get(place)
        if there is None:
            after[place] = {**link, "from_id": kept}
        else:
            strengths = [cell for cell in (there["strength"], link["strength"]) if isinstance(cell, int)]
            there["strength"] = max(strengths, default=None)
    others = [link for link in rows if link["from_id"] == gone]
    return replaced_rows("links", [*own, *others], list(after.values()))


def _waits_joined(plan: Plan, kept: str, gone: str) -> list[Edit]:
    """Dependencies of both as those of the survivor; the two do not wait for each other any more."""
    rows = _waits_of(plan, (kept, gone))
    after: dict[tuple[Cell, ...], Cells] = {}
    for row in sorted(rows, key=lambda row: gone in (row["predecessor_id"], row["successor_id"])):
        moved = {end: kept if row[end] == gone else row[end] for end in ("predecessor_id", "successor_id")}
        if moved["predecessor_id"] != moved["successor_id"]:
            after.setdefault((*moved.values(), row["kind"]), {**row, **moved})
    return replaced_rows("dependencies", rows, list(after.values()))


def _waits_of(plan: Plan, projects: Iterable[str]) -> list[dict[str, Cell]]:
    wanted = list(projects)
    rows = [
        row
        for end in ("predecessor_id", "successor_id")
        for row in rows_of(plan, "dependencies", end, wanted)
    ]
    return list({(row["predecessor_id"], row["successor_id"], row["kind"]): row for row in rows}.values())

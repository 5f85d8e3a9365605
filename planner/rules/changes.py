"""The changes of a drift as people count them: dates of a project as one, each in a group; it words nothing.

A drift has a row for each field; a reader sees one move where a start and a finish moved together, and one where a
team has another number of people in each quarter from some day on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from planner.model.tables import TABLE_OF_TIER
from planner.rules.change_names import Names, homes_of_items, link_ends, outcomes_of_items
from planner.rules.sight import main_outcomes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from planner.model.plan import Plan
    from planner.model.quarter import Calendar

PLAIN = "other"
# The groups in the order in which they are read, each with the kinds that fall into it. What has moved its
# finish is later or earlier; a finish that stays is 'start'.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "later": (),
    "earlier": (),
    "cost": ("recosted",),
    "joins": ("added",),
    "stopped": ("removed",),
    "finished": ("completed",),
    "started": ("started",),
    "status": ("status_changed",),
    "rating": ("rag_changed", "confidence_changed"),
    "benefit": ("rebenefited",),
    "scope": ("rescoped",),
    "links": ("relinked", "realigned"),
    "order": ("reprioritised",),
    "people": ("owner_changed",),
    "staffing": ("reresourced",),
    "start": (),
    "refined": (),
    "golive": ("enabler_rescheduled", "lifecycle_changed"),
    "goals": ("reweighted", "retargeted"),
    "maturity": ("reassessed",),
    "capacity": ("capacity_changed",),
    "funding": ("refunded",),
    "name": ("renamed",),
    "known": ("set", "cleared"),
    PLAIN: (),
}
_GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
_MOVED = ("deferred", "accelerated", "extended", "shortened")
_DATE_KINDS = {*_MOVED, "shifted", "refined"}
_NOWHERE = ("", "")
_DATE_FIELDS = {"start_date", "end_date", "date_precision"}


class Span(NamedTuple):
    """The dates, the status and the cost of a project in one version."""

    start: dt.date | None
    end: dt.date | None
    precision: str | None
    status: str | None
    cost: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one item. `before` and `after` are the stored texts, empty for not known.

    `item` is what the row belongs to, as (table, id). `kinds` are its planning meanings, none for a plain
    field. `was` and `now` are the project's dates, status and cost, where it is a project; `start_moved` and
    `end_moved` quarters, null where not known. `size` orders changes of a group, `weight` items (their cost).
    `quarters` are those of a team's capacity that changed alike, in their order: such a change has the id of its
    team, and `before` and `after` have the lowest and the highest value joined by `|` where the quarters differ.
    `business_unit` is that of the item as it is written there, and `team` the id of the team that does it.
    """

    table: str
    id: str
    change: str
    item: tuple[str, str]
    item_name: str
    title: str
    outcome: str
    group: str
    kinds: tuple[str, ...]
    field: str
    before: str
    after: str
    amount: float | None
    unit: str
    was: Span | None
    now: Span | None
    start_moved: int | None
    end_moved: int | None
    reason_code: str
    reason: str
    evidence: str
    size: float
    weight: int
    quarters: tuple[str, ...] = ()
    business_unit: str = ""
    team: str = ""

    @property
    def is_dates(self) -> bool:
        """Whether this is the move of a project's dates."""
        return bool(_DATE_KINDS.intersection(self.kinds))


@dataclass(frozen=True)
class Told:
    """What the changes are told with: names, outcomes by item, both versions' projects, the calendar.

    `homes` are the units and teams of items. `mains` are the outcomes that projects served most and serve most, where a project is re-aligned.
    """

    names: Names
    outcomes: Mapping[tuple[str, str], str]
    homes: Mapping[tuple[str, str], tuple[str, str]]
    mains: tuple[Mapping[str, str], Mapping[str, str]]
    was: Mapping[str, Span]
    now: Mapping[str, Span]
    calendar: Calendar


def list_changes(baseline: Plan, current: Plan, rows: pl.DataFrame, names: Names) -> list[Change]:
    """Every change of a drift with reasons (`rows`), in the order of the drift; plain fields included."""
    touched = rows.filter(pl.col("table") == "projects")["id"].unique()
    told = Told(
        names,
        outcomes_of_items(baseline, current),
        homes_of_items(baseline, current),
        _mains(baseline, current) if "realigned" in rows["kind"] else ({}, {}),
        _spans(baseline, touched),
        _spans(current, touched),
        current.calendar,
    )
    return list(_changes(rows, told))


def _changes(rows: pl.DataFrame, told: Told) -> Iterator[Change]:
    moved: dict[str, list[dict[str, Any]]] = {}
    staffed: dict[tuple[str, str], list[dict[str, Any]]] = {}
    others: list[dict[str, Any]] = []
    for row in rows.iter_rows(named=True):
        if row["table"] == "projects" and row["kind"] in _DATE_KINDS:
            moved.setdefault(row["id"], []).append(row)
        elif row["kind"] == "capacity_changed":
            staffed.setdefault((row["id"].partition(":")[0], row["field"]), []).append(row)
        else:
            others.append(row)
    for found in moved.values():
        yield _dates_change(found, told)
    for (team, _), found in staffed.items():
        yield _capacity_change(team, found, told)
    served = _served(others)
    for row in others:
        if row["kind"] == "relinked":
            row["before"], row["after"] = served.get((row["table"], row["id"]), ("", ""))
        elif row["kind"] == "realigned":
            row["before"], row["after"] = (main.get(row["id"], "") for main in told.mains)
        is_part = row["field"] in _DATE_FIELDS and row["kind"] == "" and row["table"] == "projects"
        if not (is_part and row["id"] in moved):
            yield _change(row, told, _GROUP_OF.get(row["kind"], PLAIN), [row])


def _served(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], tuple[str, str]]:
    """What each item no longer serves and serves anew, or otherwise, each as `table:id` joined by `|`."""
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
    for row in rows:
        if row["table"] == "links":
            tier, from_id, to_tier, to_id, _ = link_ends(row["id"])
            lost, gained = found.setdefault((TABLE_OF_TIER[tier], from_id), ([], []))
            target = f"{TABLE_OF_TIER[to_tier]}:{to_id}"
            if row["change"] == "removed":
                lost.append(target)
            elif row["change"] == "added" or row["field"] == "strength":
                gained.append(target)
    return {item: ("|".join(lost), "|".join(gained)) for item, (lost, gained) in found.items()}


def _mains(baseline: Plan, current: Plan) -> tuple[dict[str, str], dict[str, str]]:
    """The outcome that each project serves most, in both versions."""
    before, after = (main_outcomes(plan).select("project_id", "outcome_id") for plan in (baseline, current))
    return dict(before.iter_rows()), dict(after.iter_rows())


def _spans(plan: Plan, ids: pl.Series) -> dict[str, Span]:
    rows = plan["projects"].filter(pl.col("project_id").is_in(ids.implode()))
    chosen = rows.select("project_id", "start_date", "end_date", "date_precision", "status", "cost")
    return {key: Span(*rest) for key, *rest in chosen.iter_rows()}


def _dates_change(rows: list[dict[str, Any]], told: Told) -> Change:
    """The change of a project's dates, which may have a row for its start and one for its length."""
    kinds = {row["kind"] for row in rows}
    project = rows[0]["id"]
    end = _quarters(told, project, "end")
    start = _quarters(told, project, "start")
    if not kinds.intersection(_MOVED):
        group = "refined"
    elif end:
        group = "later" if end > 0 else "earlier"
    else:
        group = "start" if start else "refined"
    best = next((row for row in rows if row["reason_code"]), rows[0])
    return _change(best, told, group, rows)


def _capacity_change(team: str, rows: list[dict[str, Any]], told: Told) -> Change:
    """The change of one field of a team's capacity in some quarters; the largest step is its amount."""
    best = next((row for row in rows if row["reason_code"]), rows[0])
    most = max(rows, key=lambda row: abs(row["amount"]))
    one = _change(best | {"amount": most["amount"]}, told, _GROUP_OF["capacity_changed"], rows)
    return replace(
        one,
        id=team,
        title=one.item_name,
        before=_from_to(row["before"] for row in rows),
        after=_from_to(row["after"] for row in rows),
        quarters=tuple(row["id"].partition(":")[2] for row in rows),
    )


def _from_to(values: Iterable[str]) -> str:
    """The one value, or the lowest and the highest."""
    ordered = sorted(set(values), key=float)
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]}|{ordered[-1]}"


def _change(row: Mapping[str, Any], told: Told, group: str, rows: Iterable[Mapping[str, Any]]) -> Change:
    table, row_id = row["table"], row["id"]
    item = told.names.owner(table, row_id)
    is_project = table == "projects"
    was, now = (told.was.get(row_id), told.now.get(row_id)) if is_project else (None, None)
    start, end = (
        (_quarters(told, row_id, "start"), _quarters(told, row_id, "end")) if is_project else (None, None)
    )
    amount = row["amount"]
    size = abs(end or start or 0) if group in {"later", "earlier", "start"} else abs(amount or 0)
    return Change(
        table=table,
        id=row_id,
        change=row["change"],
        item=item,
        item_name=told.names[item],
        title=told.names.title(table, row_id),
        outcome=told.outcomes.get(item, ""),
        group=group,
        kinds=tuple(sorted({one["kind"] for one in rows if one["kind"]})),
        field=row["field"],
        before=row["before"],
        after=row["after"],
        amount=amount,
        unit=row["unit"],
        was=was,
        now=now,
        start_moved=start,
        end_moved=end,
        reason_code=row["reason_code"],
        reason=row["reason"],
        evidence=row["evidence_id"] or row["decision_id"],
        size=float(size),
        weight=max((span.cost or 0 for span in (was, now) if span), default=0),
        business_unit=told.homes.get(item, _NOWHERE)[0],
        team=told.homes.get(item, _NOWHERE)[1],
    )


def _quarters(told: Told, project: str, side: str) -> int | None:
    """The move of a project's start or finish in quarters; None where it is not known in both versions."""
    was, now = told.was.get(project), told.now.get(project)
    before = getattr(was, side) if was else None
    after = getattr(now, side) if now else None
    if before is None or after is None:
        return None
    return told.calendar.of(after) - told.calendar.of(before)

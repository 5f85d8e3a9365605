"""What became of each item from one version to the next, one line an item with its reason; it computes no change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model.edit import row_id_expr
from planner.model.tables import TABLES
from planner.rules.change_names import Names
from planner.rules.change_words import line_of
from planner.rules.changes import PLAIN, list_changes
from planner.rules.sentences import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planner.actions.comparing import Comparison
    from planner.model.plan import Plan
    from planner.rules.change_words import ChangeLine
    from planner.rules.changes import Change

_MOST_TOLD = 3
_ROLLED = ("kpi_targets", "capacity", "phasing")  # rows that a new quarter takes away or brings


@dataclass(frozen=True, slots=True)
class Past:
    """What a version changed of an item, in words, and why; a planning meaning `needs_reason`, which may be empty."""

    said: str
    reason_code: str
    reason: str
    needs_reason: bool


def past_of_items(baseline: Plan, current: Plan, comparison: Comparison) -> dict[tuple[str, str], Past]:
    """What the current version changed, by table and row; a row counts for the item that it belongs to as well.

    What a new quarter takes off the near end of the horizon or adds at its far end is no change of an item.
    """
    names = Names.of_plans(baseline, current)
    kept = _kept_quarters(comparison, current)
    changes: dict[tuple[str, str], list[Change]] = {}
    for change in list_changes(baseline, current, comparison.drift.rows, names):
        if change.change != "changed" and change.table in _ROLLED and not kept(change.id):
            continue
        for item in {change.item, (change.table, change.id)}:
            changes.setdefault(item, []).append(change)
    return {item: _past(item, found, names, current) for item, found in changes.items()}


def _kept_quarters(comparison: Comparison, current: Plan) -> Callable[[str], bool]:
    """Whether the quarter in a row's id is in the horizon of both versions: others only rolled in or out."""
    calendar = current.calendar
    begin = calendar.parse(comparison.current.quarter)
    end = calendar.parse(comparison.baseline.quarter) + current.settings.whole("horizon_quarters")

    def is_kept(row: str) -> bool:
        return begin <= calendar.parse(row.split(":")[1]) < end

    return is_kept


def has_row(plan: Plan, table: str, row: str) -> bool:
    """Whether a version has a row."""
    return row in plan[table].select(row_id_expr(table)).to_series()


def _past(item: tuple[str, str], changes: Sequence[Change], names: Names, current: Plan) -> Past:
    own = [
        change
        for change in changes
        if item == (change.item if change.quarters else (change.table, change.id))
    ]
    events = [change for change in own if change.group != PLAIN]
    told = [_words(line_of(change, names, current.settings)) for change in events or own]
    others = [change for change in changes if change not in own]
    if not any("relinked" in change.kinds for change in own) or not told:
        told += _counts(others)
    else:
        told += _counts(change for change in others if change.table != "links")
    said = told[:_MOST_TOLD]
    if len(told) > _MOST_TOLD:
        said.append(f"{counted(len(told) - _MOST_TOLD, 'more change')}")
    best = next((change for change in [*own, *others] if change.reason), None)
    return Past("; ".join(said), best.reason_code if best else "", best.reason if best else "", bool(events))


def _words(line: ChangeLine) -> str:
    """'Finish 31 March 2027 → 30 June 2027', 'joined the plan'."""
    match line.change.change:
        case "added":
            return "joined the plan"
        case "removed":
            return "left the plan"
        case _ if not line.field and not (line.before and line.after):
            return line.before or line.after or line.amount
        case _:
            sides = f"{line.before} → {line.after}" if line.before or line.after else line.amount
            if line.change.is_dates and sides.startswith("finish "):
                return f"Finish {sides.removeprefix('finish ').replace('→ finish ', '→ ', 1)}"
            return f"{line.field} {sides}".strip()


def _counts(changes: Iterable[Change]) -> list[str]:
    """How many rows of each other table changed: '6 phasing rows', '2 links'."""
    rows: dict[str, set[str]] = {}
    for change in changes:
        rows.setdefault(change.table, set()).add(change.id)
    return [
        counted(len(ids), TABLES[table].one, "dependencies" if table == "dependencies" else "")
        for table, ids in rows.items()
    ]

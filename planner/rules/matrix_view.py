"""Which rows and columns of a matrix are shown, in which order, and which of them lack something; no cell is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import TABLE_OF_TIER, TABLES
from planner.rules.line_of_sight import LineOfSight
from planner.rules.matrix import MATRICES, Item, Matrix, stored_cells
from planner.rules.sight import is_live, orphan_projects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from planner.model.plan import Plan
    from planner.rules.matrix import MatrixKind

ROWS, COLUMNS, UNSIGHTED = "rows", "columns", "sight"
_LONGEST_SHORT = 14
_FIELDS = {  # the column of each table that a filter looks at
    "unit": dict.fromkeys(("projects", "capabilities", "outcomes"), "business_unit"),
    "team": {"projects": "lead_team_id", "enablers": "owner_team_id"},
    "status": {"projects": "status", "enablers": "lifecycle", "outcomes": "status"},
}


@dataclass(frozen=True, slots=True)
class MatrixView:
    """Which part of which matrix is shown; empty parts filter nothing.

    `outcomes` keeps the rows and the columns that have a way up to one of them. `units`, `teams` and
    `statuses` are of the rows. `gaps` keeps the rows without a link (`rows`), the columns without one
    (`columns`), or the projects without a line of sight (`sight`).
    """

    kind: str
    find_rows: str = ""
    find_columns: str = ""
    outcomes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    with_closed: bool = False
    gaps: str = ""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What lacks a link in the whole matrix, by id, and the live projects without a line of sight.

    A column that only closed projects serve is no gap; nor is a row for its links in another matrix.
    """

    rows: frozenset[str]
    columns: frozenset[str]
    unsighted: frozenset[str]


def field_of(view_field: str, table: str) -> str | None:
    """The column of a table that a filter looks at, or None where the table has none."""
    return _FIELDS[view_field].get(table)


def matrix_shown(plan: Plan, view: MatrixView) -> Matrix:
    """The rows and columns of a view with their stored strengths; closed projects only where they are asked for."""
    kind = MATRICES[view.kind]
    cells = stored_cells(plan, kind)
    rows, columns = _all_rows(plan, kind, view, cells), _items(plan, kind.column_tier, {c for _, c in cells})
    if view.gaps:
        gaps = find_gaps(plan, view)
        kept = gaps.rows if view.gaps == ROWS else gaps.unsighted
        rows = rows if view.gaps == COLUMNS else [item for item in rows if item.id in kept]
        columns = [item for item in columns if item.id in gaps.columns] if view.gaps == COLUMNS else columns
    if view.outcomes:
        reaching = LineOfSight.of(plan).reaching(view.outcomes)
        rows = [item for item in rows if item.id in reaching[kind.row_tier]]
        columns = [item for item in columns if item.id in reaching[kind.column_tier]]
    return Matrix(kind, tuple(_found(rows, view.find_rows)), tuple(_found(columns, view.find_columns)), cells)


def find_gaps(plan: Plan, view: MatrixView) -> Gaps:
    """The gaps of the matrix of a view, whatever its other filters say."""
    kind = MATRICES[view.kind]
    cells = stored_cells(plan, kind)
    linked_rows, linked_columns = {row for row, _ in cells}, {column for _, column in cells}
    rows = _all_rows(plan, kind, MatrixView(view.kind, with_closed=view.with_closed), cells)
    columns = _items(plan, kind.column_tier, linked_columns)
    unsighted = orphan_projects(plan) if kind.row_tier == "project" else []
    return Gaps(
        frozenset(item.id for item in rows) - linked_rows,
        frozenset(item.id for item in columns) - linked_columns,
        frozenset(unsighted),
    )


def filter_words(plan: Plan, kind: MatrixKind, view_field: str) -> list[str]:
    """The words that a filter of the rows can choose from: those that the plan has, the parts of lists taken apart."""
    name = field_of(view_field, kind.row_table)
    if name is None:
        return []
    parts = {part for cell in plan[kind.row_table][name].drop_nulls().unique() for part in cell.split("|")}
    order = TABLES[kind.row_table].by_name[name].allowed
    return sorted(parts, key=lambda word: (order.index(word) if word in order else len(order), word))


def _all_rows(plan: Plan, kind: MatrixKind, view: MatrixView, cells: Iterable[tuple[str, str]]) -> list[Item]:
    frame = plan[kind.row_table]
    if kind.row_tier == "project" and not view.with_closed:
        frame = frame.filter(is_live())
    for view_field, words in (("unit", view.units), ("team", view.teams), ("status", view.statuses)):
        name = field_of(view_field, kind.row_table)
        if words and name:
            parts = pl.col(name).fill_null("").str.split("|")
            frame = frame.filter(parts.list.eval(pl.element().is_in(list(words))).list.any())
    return _items(plan, kind.row_tier, {row for row, _ in cells}, frame)


def _items(plan: Plan, tier: str, linked: Collection[str], frame: pl.DataFrame | None = None) -> list[Item]:
    """The items of a tier in their order; a capability that has parts is only there where it has a link."""
    table = TABLE_OF_TIER[tier]
    frame = plan[table] if frame is None else frame
    key = TABLES[table].key[0]
    if tier == "project":
        order = ["priority_rank", key]
        frame = frame.sort(~is_live(), *order, nulls_last=True)
    if tier == "capability":
        parents = set(plan[table]["parent_id"].drop_nulls())
        rows = frame.select(key, "name", "code").iter_rows()
        kept = [row for row in rows if row[0] not in parents or row[0] in linked]
        return [Item(item, name or item, item) for item, name, _ in sorted(kept, key=_by_code)]
    if tier == "outcome":
        named = frame.select(key, "name", "short_name").iter_rows()
        return [Item(item, name or item, short or shortened(name or item)) for item, name, short in named]
    return [Item(item, name or item, item) for item, name in frame.select(key, "name").iter_rows()]


def _by_code(row: Sequence[str | None]) -> tuple[bool, list[tuple[int, str]], str]:
    """Codes as people count, 3.2 before 3.10; those without a code come last, by id."""
    parts = re.split(r"\D+|(?<=\D)(?=\d)", row[2] or "") if row[2] else []
    return (not row[2], [(int(part) if part.isdigit() else 0, part) for part in parts], str(row[0]))


def shortened(name: str, most: int = _LONGEST_SHORT) -> str:
    """A name cut to what a narrow column shows."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"


def _found(items: Iterable[Item], words: str) -> Iterable[Item]:
    sought = words.strip().lower()
    return [item for item in items if sought in f"{item.name}\n{item.id}\n{item.short}".lower()]

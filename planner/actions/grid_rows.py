"""The rows of a table as texts for a grid: searched, filtered, sorted, unsaved edits laid over; nothing is drawn.

Every cell is text, as a plan folder would have it: what a person types or pastes is kept as it is until it is read.
The first column names the rows: the id, or `row` where the key has several columns. How each column is
searched, found again and read comes from the schema classes; a grid by quarters is in `grid_quarters`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from planner.actions.editing import cell_text
from planner.actions.unsaved import put_cells
from planner.model.edit import row_id, row_id_expr
from planner.model.fingerprint import number_text
from planner.model.tables import CLOSED_STATUSES, TABLES
from planner.rules.capability_tree import capability_tree
from planner.rules.sight import up_shares

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.model.columns import Column
    from planner.model.edit import Edit
    from planner.model.finding import Finding
    from planner.model.plan import Plan

    Typed: TypeAlias = Mapping[tuple[str, str], str | None]  # by row and column

FOUND = "findings"  # not a column of the plan: how many findings a row has
ROW = "row"  # nor is this: the name of a row whose key has several columns
TREE = "tree"  # nor this: where a capability stands in the tree
_SEARCHED = frozenset({"id", "ids", "text", "list", "quarter"})


@dataclass(frozen=True, slots=True)
class GridView:
    """Which rows are shown, and in which order; empty parts filter nothing.

    `chosen` gives the wanted values of some columns, '' for an empty cell; a list holds any of them.
    `sort_by` empty is the table's own order. `quarters` are the columns of a grid by quarters.
    """

    search: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    outcomes: tuple[str, ...] = ()
    only_found: bool = False
    sort_by: str = ""
    is_descending: bool = False
    quarters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlatGrid:
    """A grid with a row for each row of a table."""

    table: str

    @property
    def name(self) -> str:
        """What this grid is called among all grids."""
        return self.table

    def rows(self, plan: Plan, view: GridView, found: Mapping[str, Sequence[Finding]]) -> pl.DataFrame:
        """The rows of a view as texts, all columns, `findings` after the name of the row; null where empty."""
        frame = plan[self.table]
        if view.search.strip():
            frame = frame.filter(says(plan, self.table, view.search))
        for field, values in view.chosen:
            frame = frame.filter(is_chosen(TABLES[self.table].by_name[field], values))
        if view.outcomes and self.table == "projects":
            serving = up_shares(plan).filter(pl.col("outcome_id").is_in(list(view.outcomes)))
            frame = frame.filter(pl.col("project_id").is_in(serving["project_id"].implode()))
        if view.only_found:
            frame = frame.filter(row_id_expr(self.table).is_in(list(found)))
        return _text_rows(plan, self.table, _sorted(plan, self.table, frame, view), found)

    def laid_over(self, plan: Plan, rows: pl.DataFrame, edits: Sequence[Edit]) -> pl.DataFrame:
        """Lay unsaved edits over shown rows: joined ones first, removed ones away, cells as they were typed."""
        del plan
        return with_unsaved(rows, edits, self.table)

    def put(self, plan: Plan, edits: Iterable[Edit], typed: Typed) -> list[Edit]:
        """Put typed cells among the unsaved edits."""
        cells = [(row_key(self.table, row), field, text) for (row, field), text in typed.items()]
        return put_cells(plan, edits, self.table, cells)


def row_key(table: str, row: str) -> tuple[str, ...]:
    """The key of a row by its name, as `row_id` wrote it; no id and no quarter holds a colon. Not for links."""
    return tuple(row.split(":")) if len(TABLES[table].key) > 1 else (row,)


def names_of(plan: Plan, tables: Iterable[str]) -> dict[str, str]:
    """The names of the items of some tables by id."""
    return {
        item: name or item
        for table in tables
        for item, name in plan[table].select(TABLES[table].key[0], "name").iter_rows()
    }


def says(plan: Plan, table: str, search: str) -> pl.Expr:
    """Whether a row says something, in its texts, its ids or the names of what these refer to."""
    parts = []
    for column in TABLES[table].columns:
        if column.kind in _SEARCHED:
            parts.append(pl.col(column.name))
        if column.kind == "id" and column.references and column.references[0] != table:
            names = names_of(plan, column.references)
            parts.append(pl.col(column.name).replace_strict(names, default=None, return_dtype=pl.String))
    said = pl.concat_str(parts, separator="\n", ignore_nulls=True).str.to_lowercase()
    return said.str.contains(search.strip().lower(), literal=True)


def is_chosen(column: Column, values: Sequence[str]) -> pl.Expr:
    """Whether a cell, or a part of a list, is one of the wanted values."""
    cell = pl.col(column.name).cast(pl.String).fill_null("")
    if column.kind not in {"list", "ids"}:
        return cell.is_in(list(values))
    return cell.str.split("|").list.eval(pl.element().is_in(list(values))).list.any()


def _sorted(plan: Plan, table: str, frame: pl.DataFrame, view: GridView) -> pl.DataFrame:
    key = TABLES[table].key
    if view.sort_by:
        down = [view.is_descending, *(False for _ in key)]
        return frame.sort([view.sort_by, *key], descending=down, nulls_last=True, maintain_order=True)
    if table == "projects":
        is_closed = pl.col("status").is_in(CLOSED_STATUSES).fill_null(value=False)
        return frame.sort(is_closed, "priority_rank", *key, nulls_last=True)
    if table == "capabilities":
        places = {branch.id: place for place, branch in enumerate(capability_tree(plan))}
        return frame.sort(pl.col(key[0]).replace_strict(places, default=None, return_dtype=pl.Int64))
    order = {"kpis": ["outcome_id"], "milestones": ["due_date"]}.get(table, [])
    return frame.sort([*order, *key], nulls_last=True)


def _text_rows(
    plan: Plan, table: str, frame: pl.DataFrame, found: Mapping[str, Sequence[Finding]]
) -> pl.DataFrame:
    """Rows as texts; `findings` says how many there are, errors marked."""
    names = frame.select(row_id_expr(table)).to_series()
    extra = [marks_of(names, found)]
    if table == "capabilities":
        extra.append(_tree_marks(plan, names))
    texts = [texts_of(TABLES[table].by_name[name], frame[name]) for name in TABLES[table].names]
    if len(TABLES[table].key) > 1:
        return pl.DataFrame([names.alias(ROW), *extra, *texts])
    return pl.DataFrame([texts[0], *extra, *texts[1:]])


def marks_of(names: pl.Series, found: Mapping[str, Sequence[Finding]]) -> pl.Series:
    """How many findings each row has, errors marked by their shape; null for none."""
    marks = {row: _mark(findings) for row, findings in found.items()}
    return names.replace_strict(marks, default=None, return_dtype=pl.String).alias(FOUND)


def _mark(findings: Sequence[Finding]) -> str:
    shape = "◆" if any(finding.severity == "error" for finding in findings) else "▲"
    return f"{shape} {len(findings)}"


def _tree_marks(plan: Plan, names: pl.Series) -> pl.Series:
    """A mark set in by how deep a capability stands, open where it has parts."""
    marks = {
        branch.id: "\N{EM SPACE}" * branch.depth + ("▼" if branch.has_parts else "•")
        for branch in capability_tree(plan)
    }
    return names.replace_strict(marks, default=None, return_dtype=pl.String).alias(TREE)


def texts_of(column: Column, cells: pl.Series) -> pl.Series:
    """The cells of a column as a plan folder would have them."""
    if column.polars_type is pl.Date:
        return cells.dt.to_string("%Y-%m-%d")
    if column.polars_type is pl.Float64:
        unlike = cells.drop_nulls().unique()
        said = pl.Series([number_text(value) for value in unlike], dtype=pl.String)
        return cells.replace_strict(unlike, said, default=None, return_dtype=pl.String)
    return cells.cast(pl.String)


def with_unsaved(rows: pl.DataFrame, edits: Sequence[Edit], table: str) -> pl.DataFrame:
    """Lay unsaved edits of a table over shown rows."""
    mine = [edit for edit in edits if edit.table == table]
    first = rows.columns[0]
    joined = [
        {name: cell_text(edit.after.get(name)) for name in TABLES[table].names} | {first: edit.id}
        for edit in mine
        if edit.is_row and edit.before is None and isinstance(edit.after, Mapping)
    ]
    removed = [edit.id for edit in mine if edit.is_row and edit.after is None]
    rows = rows.filter(~pl.col(first).is_in(removed)) if removed else rows
    rows = with_cells(rows, {(edit.id, edit.field): text_of(edit) for edit in mine if not edit.is_row})
    if not joined:
        return rows
    new = pl.DataFrame(joined, schema=dict.fromkeys(rows.columns, pl.String))
    new = new.with_columns(pl.lit("new").alias(FOUND))
    return pl.concat([new, rows.filter(~pl.col(first).is_in(new[first].implode()))])


def text_of(edit: Edit) -> str | None:
    """What an edit of a cell puts there, as text."""
    assert not isinstance(edit.after, Mapping)  # noqa: S101  told to the type checker
    return cell_text(edit.after)


def with_cells(rows: pl.DataFrame, cells: Typed) -> pl.DataFrame:
    """Put texts, given by row and column, into shown rows; those that are not shown are left out."""
    places = {row: place for place, row in enumerate(rows.to_series(0))} if cells else {}
    changed: dict[str, list[str | None]] = {}
    for (row, name), text in cells.items():
        if row in places and name in rows.columns:
            changed.setdefault(name, rows[name].to_list())[places[row]] = text
    return rows.with_columns(pl.Series(name, texts, dtype=pl.String) for name, texts in changed.items())


def row_names(rows: pl.DataFrame) -> tuple[str, ...]:
    """The names of shown rows in their order: what the places of a grid stand for."""
    return tuple(rows.to_series(0))


def items_now(plan: Plan, edits: Iterable[Edit], table: str) -> tuple[str, ...]:
    """The rows of a table as they would be after a save, by name: those that joined first, the others in their order."""
    frame = _sorted(plan, table, plan[table], GridView())
    stored = frame.select(row_id_expr(table)).to_series().to_list()
    mine = [edit for edit in edits if edit.table == table and edit.is_row]
    gone = {edit.id for edit in mine if edit.after is None}
    joined = [row_id(table, edit.key) for edit in mine if edit.before is None]
    return tuple(dict.fromkeys([*joined, *(row for row in stored if row not in gone)]))

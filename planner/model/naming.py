"""Which rows an edit names, and which edits hang on a row: a link on its project, a phase on its team; it reads no plan."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from planner.model.tables import TABLE_OF_TIER, TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from planner.model.columns import Column
    from planner.model.edit import Cell, Edit, Row

Named: TypeAlias = tuple[str, str]  # a row, by table and id
_ABOUT = frozenset({"attributes", "reasons"})  # they name the row of any table by its id


def cells_of(edit: Edit) -> dict[str, Cell]:
    """What an edit writes: its key, and its cell or the cells of the row that joins; nothing of a row that leaves."""
    if edit.after is None and edit.is_row:
        return {}
    key: dict[str, Cell] = dict(zip(TABLES[edit.table].key, edit.key, strict=True))
    if isinstance(edit.after, Mapping):
        return {**edit.after, **key}
    return {**key, edit.field: edit.after}


def table_named(column: Column, cells: Row) -> str:
    """The table whose row a cell names; empty where it names none. The end of a link is of the tier beside it."""
    if column.table == "links" and column.references:
        return TABLE_OF_TIER.get(str(cells.get(column.name.replace("_id", "_type"))), "")
    return column.references[0] if column.references else ""


def named_rows(edit: Edit, *, with_history: bool = False) -> set[Named]:
    """The rows of other tables that an edit names and means nothing without.

    With history also what lists name, and what a reason or an attribute is about.
    """
    columns = [column for column in _naming(edit.table) if edit.is_row or column.name == edit.field]
    cells = cells_of(edit) if columns else {}
    found: set[Named] = set()
    for column in columns:
        said, table = cells.get(column.name), table_named(column, cells)
        if not (said and table):
            continue
        if column.kind == "id":
            found.add((table, str(said)))
        elif with_history:
            found |= {(table, part) for part in str(said).split("|")}
    if with_history and edit.table in _ABOUT and edit.after is not None:
        found.add((edit.key[0], edit.key[1]))
    return found


@cache
def _naming(table: str) -> tuple[Column, ...]:
    """The columns of a table that name rows."""
    return tuple(column for column in TABLES[table].columns if column.references)


def hanging_on(edits: Iterable[Edit], rows: Collection[Named]) -> list[tuple[Edit, Named]]:
    """The edits that name one of some rows, or a row that hangs on them; each with what it hangs on."""
    left, rows = list(edits), set(rows)
    found: list[tuple[Edit, Named]] = []
    while True:
        hang = [(edit, min(names)) for edit in left if (names := named_rows(edit, with_history=True) & rows)]
        if not hang:
            return found
        found += hang
        taken = {id(edit) for edit, _ in hang}
        left = [edit for edit in left if id(edit) not in taken]
        rows = {(edit.table, edit.id) for edit, _ in hang if edit.is_row}

"""Another id for a row that only joined in unsaved edits, and for all that names it there; it saves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.model.naming import cells_of, hanging_on, table_named
from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.model.edit import Cell, Edit
    from planner.model.naming import Named


def with_new_id(edits: Iterable[Edit], row: Edit, new_id: str) -> list[Edit]:
    """The edits with another id for a row that joins, which somebody else's row has; theirs is left alone."""
    edits = list(edits)
    old = (row.table, row.key[0])
    hanging = {id(edit) for edit, _ in hanging_on(edits, {old})}
    mine = (row.table, row.key, "")
    return [
        _renamed(edit, old, new_id)
        if id(edit) in hanging or (edit.table, edit.key, edit.field) == mine
        else edit
        for edit in edits
    ]


def _renamed(edit: Edit, old: Named, new_id: str) -> Edit:
    cells = cells_of(edit)
    named = {
        column.name: _with_new(cells.get(column.name), old[1], new_id)
        for column in TABLES[edit.table].columns
        if table_named(column, cells) == old[0]
        or ((edit.table, column.name) == (old[0], TABLES[old[0]].key[0]))
    }
    key = tuple(
        str(named.get(name, part)) for name, part in zip(TABLES[edit.table].key, edit.key, strict=True)
    )
    if isinstance(edit.after, Mapping):
        return replace(
            edit, key=key, after={**edit.after, **{n: v for n, v in named.items() if v is not None}}
        )
    return replace(edit, after=named.get(edit.field, edit.after))


def _with_new(cell: Cell, old: str, new_id: str) -> Cell:
    """A cell, or a list in one, with the new id for the old one."""
    if not isinstance(cell, str):
        return cell
    return "|".join(new_id if part == old else part for part in cell.split("|"))

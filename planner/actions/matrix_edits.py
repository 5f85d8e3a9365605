"""Cells of a matrix of links as unsaved edits, and unsaved edits as cells; the matrix itself is in the rules.

A cell that is filled lets a link join, a cell that is emptied lets it leave as a whole, its rationale with it,
so that an undo brings both back; another strength is one changed cell of the link.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.actions.editing import cell_text
from planner.actions.unsaved import Rows
from planner.model.edit import Edit
from planner.model.tables import TABLES
from planner.rules.matrix import NOT_KNOWN, Item, strength_text
from planner.rules.matrix_view import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.model.edit import Row
    from planner.model.plan import Plan
    from planner.rules.matrix import Matrix, MatrixKind

LINKS, STRENGTH = "links", "strength"
_Places = dict[tuple[str, tuple[str, ...], str], Edit]


def put_strengths(
    plan: Plan, edits: Iterable[Edit], kind: MatrixKind, cells: Iterable[tuple[str, str, str | None]]
) -> list[Edit]:
    """Put typed cells, given as row, column and text, over a plan and the edits made so far.

    `plan` is what was on the screen. A cell that is typed back to what it was is no edit any more. Text that
    is no strength is kept as it was typed; the save says so.
    """
    made: _Places = {(edit.table, edit.key, edit.field): edit for edit in edits}
    rows = Rows(plan, LINKS)
    for row, column, text in cells:
        key, typed = kind.link_key(row, column), (text or "").strip()
        if typed:
            _fill(made, rows, key, typed)
        else:
            _clear(made, rows, key)
    return list(made.values())


def _clear(made: _Places, rows: Rows, key: tuple[str, ...]) -> None:
    """Let a link leave; one that leaves already stays so, one that only joined is forgotten."""
    whole = made.get((LINKS, key, ""))
    if whole is not None and whole.after is None:
        return
    for field in ("", *TABLES[LINKS].fields):
        made.pop((LINKS, key, field), None)
    stored = rows.find(key)
    if stored is not None:
        made[LINKS, key, ""] = Edit(LINKS, key, "", stored, None)


def _fill(made: _Places, rows: Rows, key: tuple[str, ...], typed: str) -> None:
    """Give a link a strength; one that would leave stays instead, one that is not there joins."""
    strength = None if typed == NOT_KNOWN else typed
    whole, earlier = made.get((LINKS, key, "")), made.get((LINKS, key, STRENGTH))
    if whole is not None and isinstance(whole.after, Mapping):
        made[LINKS, key, ""] = replace(whole, after={**whole.after, STRENGTH: strength})
        return
    stored = rows.find(key)
    if whole is not None and isinstance(whole.before, Mapping):
        del made[LINKS, key, ""]
        stored = whole.before
    if earlier is None and stored is None:
        named = dict(zip(TABLES[LINKS].key, key, strict=True))
        made[LINKS, key, ""] = Edit(LINKS, key, "", None, {**named, STRENGTH: strength})
        return
    before = earlier.before if earlier else (stored or {}).get(STRENGTH)
    assert not isinstance(before, Mapping)  # noqa: S101  told to the type checker
    if cell_text(before) == strength:
        made.pop((LINKS, key, STRENGTH), None)
    else:
        made[LINKS, key, STRENGTH] = Edit(LINKS, key, STRENGTH, before, strength)


def with_unsaved(matrix: Matrix, edits: Sequence[Edit]) -> Matrix:
    """Lay unsaved edits over a matrix: its cells as they were typed, items that join first, those that leave away."""
    kind = matrix.kind
    cells = dict(matrix.cells)
    for edit in edits:
        cell = kind.cell_of(edit.key) if edit.table == LINKS else None
        if cell is not None:
            _lay_over(cells, cell, edit)
    rows = _with_items(matrix.rows, kind.row_table, edits)
    columns = _with_items(matrix.columns, kind.column_table, edits)
    return replace(matrix, rows=rows, columns=columns, cells=cells)


def _lay_over(cells: dict[tuple[str, str], str], cell: tuple[str, str], edit: Edit) -> None:
    if edit.is_row and edit.after is None:
        cells.pop(cell, None)
    elif isinstance(edit.after, Mapping):
        cells[cell] = strength_text(cell_text(edit.after.get(STRENGTH)))
    elif edit.field == STRENGTH and cell in cells:
        cells[cell] = strength_text(cell_text(edit.after))


def _with_items(items: Sequence[Item], table: str, edits: Sequence[Edit]) -> tuple[Item, ...]:
    mine = [edit for edit in edits if edit.table == table]
    if not mine:
        return tuple(items)
    joined = [_new_item(table, edit.key[0], edit.after) for edit in mine if isinstance(edit.after, Mapping)]
    gone = {edit.key[0] for edit in mine if edit.is_row}
    names = {edit.key[0]: str(edit.after or edit.key[0]) for edit in mine if edit.field == "name"}
    stay = [replace(item, name=names.get(item.id, item.name)) for item in items if item.id not in gone]
    return (*joined, *stay)


def _new_item(table: str, item: str, row: Row) -> Item:
    name = cell_text(row.get("name")) or item
    short = cell_text(row.get("short_name")) or shortened(name) if table == "outcomes" else item
    return Item(item, name, short)

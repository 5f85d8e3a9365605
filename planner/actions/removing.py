"""Rows that leave, with what means nothing without them; all of it becomes unsaved edits, and can be taken back.

What belongs to what is read from the schema classes: a row leaves with an item that its key names or that it
cannot be without, an optional reference to one item is emptied. Lists of ids are history and stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from planner.actions.editing import cell_text
from planner.actions.unsaved import drop, put_cells, remove_row
from planner.model.edit import row_id
from planner.model.naming import hanging_on
from planner.model.tables import TABLE_OF_TIER, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.model.edit import Edit
    from planner.model.plan import Plan

    Key: TypeAlias = tuple[str, ...]
    Place: TypeAlias = tuple[str, Key]  # a row, by table and key

TIER_OF_TABLE = {table: tier for tier, table in TABLE_OF_TIER.items()}


def remove_item(plan: Plan, edits: Iterable[Edit], table: str, key: Key) -> list[Edit]:
    """Let a row leave with what hangs on it; references to it that may be empty become so.

    A row that only joined in these edits is forgotten.
    """
    edits = list(edits)
    joins = [
        edit for edit in edits if (edit.table, edit.key) == (table, key) and edit.is_row and not edit.before
    ]
    if joins:
        return take_back(plan, edits, joins[0])
    hanging = hanging_rows(plan, edits, table, key)
    for child, child_key in hanging:
        edits = remove_row(plan, edits, child, child_key)
    edits = remove_row(plan, edits, table, key)
    taken = {(edit.table, edit.key, edit.field) for edit in edits}
    leaving = {*hanging, (table, key)}
    for child, child_key, field in mentions(plan, table, key):
        if (child, child_key) not in leaving and not taken & {
            (child, child_key, field),
            (child, child_key, ""),
        }:
            edits = put_cells(plan, edits, child, [(child_key, field, None)])
    return edits


def hanging_rows(plan: Plan, edits: Iterable[Edit], table: str, key: Key) -> list[Place]:
    """The rows, by table and key, that mean nothing without a row; unsaved ones included, and what hangs on them."""
    edits = list(edits)
    found: dict[Place, None] = {}
    waiting = [(table, key)]
    while waiting:
        for place in _hanging(plan, edits, *waiting.pop()):
            if place not in found:
                found[place] = None
                waiting.append(place)
    return list(found)


def _hanging(plan: Plan, edits: Iterable[Edit], table: str, key: Key) -> Iterator[Place]:
    belongs = dict(_belongs(table, key))
    for child, of_row in belongs.items():
        if plan[child].height:
            for child_key in plan[child].filter(of_row).select(TABLES[child].key).iter_rows():
                yield child, child_key
    for edit in edits:
        if edit.table in belongs and edit.before is None and isinstance(edit.after, Mapping):
            texts = {name: cell_text(edit.after.get(name)) or "" for name in TABLES[edit.table].names}
            if pl.DataFrame([texts]).select(belongs[edit.table]).item():
                yield edit.table, edit.key


def _belongs(table: str, key: Key) -> Iterator[tuple[str, pl.Expr]]:
    """For each table that may have rows of this one, whether a row of it is one of them."""
    yield "attributes", (pl.col("table") == table) & (pl.col("id") == row_id(table, key))
    if len(key) > 1:
        return
    if table in TIER_OF_TABLE:
        tier = TIER_OF_TABLE[table]
        ends = [
            (pl.col(f"{side}_type") == tier) & (pl.col(f"{side}_id") == key[0]) for side in ("from", "to")
        ]
        yield "links", ends[0] | ends[1]
    for child in TABLES.values():
        named = [c.name for c in child.columns if c.required and table in c.references]
        if named and child.name != "links":
            yield child.name, pl.any_horizontal(pl.col(name) == key[0] for name in named)


def mentions(plan: Plan, table: str, key: Key) -> list[tuple[str, Key, str]]:
    """The cells, by table, key and field, that name an item and may be empty; no lists."""
    return [
        (child.name, child_key, column.name)
        for child in TABLES.values()
        for column in child.columns
        if table in column.references and column.kind == "id" and not column.required
        for child_key in plan[child.name].filter(pl.col(column.name) == key[0]).select(child.key).iter_rows()
    ]


def take_back(plan: Plan, edits: Iterable[Edit], row: Edit) -> list[Edit]:
    """Forget that a row joins or leaves, and with it what joined for it or left because of it."""
    edits = list(edits)
    if row.before is None:  # whatever the plan has under this key by now is somebody else's
        return drop(edits, [row, *(edit for edit, _ in hanging_on(edits, {(row.table, row.id)}))])
    with_it = {
        (edit.table, edit.key, edit.field)
        for edit in remove_item(plan, [], row.table, row.key)
        if edit.after is None
    }
    return [
        edit for edit in edits if edit.after is not None or (edit.table, edit.key, edit.field) not in with_it
    ]

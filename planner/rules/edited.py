"""A plan after some edits: what a preview shows, and what a law compares; it saves nothing and looks for no conflict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from planner.model.edit import Edit, Row
    from planner.model.plan import Plan
    from planner.model.table import Table


def with_edits(plan: Plan, edits: Iterable[Edit], tables: Collection[str] = tuple(TABLES)) -> Plan:
    """The plan with edits of some tables applied in their order, whatever they expected to find.

    Their values are read ones, as `editing.read_edits` gives them. A cell of a row that is not there is left out.
    """
    by_table: dict[str, list[Edit]] = {}
    for edit in edits:
        if edit.table in tables:
            by_table.setdefault(edit.table, []).append(edit)
    if not by_table:
        return plan
    return plan.replaced({name: _edited(TABLES[name], plan[name], held) for name, held in by_table.items()})


def _edited(table: Table, frame: pl.DataFrame, edits: Sequence[Edit]) -> pl.DataFrame:
    keys = pl.DataFrame(
        [edit.key for edit in edits], schema=dict.fromkeys(table.key, pl.String), orient="row"
    ).unique()
    changed: dict[tuple[str, ...], Row | None] = {
        tuple(row[name] for name in table.key): row
        for row in frame.join(keys, on=table.key, how="semi").to_dicts()
    }
    for edit in edits:
        if edit.is_row:
            changed[edit.key] = edit.after if isinstance(edit.after, Mapping) else None
        elif (row := changed.get(edit.key)) is not None:
            changed[edit.key] = {**row, edit.field: edit.after}  # type: ignore[dict-item]
    rows = [{name: row.get(name) for name in table.names} for row in changed.values() if row is not None]
    kept = frame.join(keys, on=table.key, how="anti")
    return pl.concat([kept, pl.DataFrame(rows, schema=frame.schema, orient="row")])

"""A plan as it would be after a save: edits whose values are read, laid over it; nothing is written or held against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

import polars as pl

from planner.actions.unsaved import Rows
from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from planner.model.edit import Edit, Row
    from planner.model.plan import Plan


def laid_over(plan: Plan, edits: Iterable[Edit], tables: Collection[str] = tuple(TABLES)) -> Plan:
    """The plan with edits of some tables applied, whatever the edits expected to find.

    The values of the edits are those that `editing.read_edits` gives. A cell of a row that is not there is
    left out.
    """
    by_table: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        if edit.table in tables:
            by_table[edit.table].append(edit)
    if not by_table:
        return plan
    return plan.replaced({name: _with_edits(plan, name, of_table) for name, of_table in by_table.items()})


def _with_edits(plan: Plan, table: str, edits: Iterable[Edit]) -> pl.DataFrame:
    stored, key = Rows(plan, table), list(TABLES[table].key)
    changed: dict[tuple[str, ...], Row | None] = {}
    for edit in edits:
        if edit.is_row:
            changed[edit.key] = edit.after if isinstance(edit.after, Mapping) else None
            continue
        row = changed[edit.key] if edit.key in changed else stored.find(edit.key)
        if row is not None:
            changed[edit.key] = {**row, edit.field: edit.after}  # type: ignore[dict-item]
    frame = plan[table]
    touched = pl.DataFrame(list(changed), schema=dict.fromkeys(key, pl.String), orient="row")
    kept = frame.join(touched, on=key, how="anti")
    rows = [
        {name: row.get(name) for name in TABLES[table].names} for row in changed.values() if row is not None
    ]
    return pl.concat([kept, pl.DataFrame(rows, schema=frame.schema)])

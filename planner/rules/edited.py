"""A plan after some edits: what a preview shows, and what a law compares; it saves nothing and looks for no conflict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.model.edit import Edit
    from planner.model.plan import Plan
    from planner.model.table import Table


def with_edits(plan: Plan, edits: Iterable[Edit]) -> Plan:
    """The plan with edits applied: rows leave, cells change, rows join; no row is changed that leaves or joins."""
    by_table: dict[str, list[Edit]] = {}
    for edit in edits:
        by_table.setdefault(edit.table, []).append(edit)
    return plan.replaced({name: _edited(TABLES[name], plan[name], held) for name, held in by_table.items()})


def _edited(table: Table, frame: pl.DataFrame, edits: Sequence[Edit]) -> pl.DataFrame:
    left = [edit for edit in edits if edit.is_row and edit.after is None]
    rows = frame.join(_keys(table, left), on=table.key, how="anti") if left else frame
    by_field: dict[str, list[Edit]] = {}
    for edit in edits:
        if not edit.is_row:
            by_field.setdefault(edit.field, []).append(edit)
    for field, held in by_field.items():
        rows = _with_cells(table, rows, field, held)
    came = [edit.after for edit in edits if edit.is_row and isinstance(edit.after, dict)]
    schema = {column.name: column.polars_type for column in table.columns}
    new = pl.DataFrame(
        [{name: row.get(name) for name in schema} for row in came], schema=schema, orient="row"
    )
    return pl.concat([rows, new]) if came else rows


def _with_cells(table: Table, rows: pl.DataFrame, field: str, edits: Sequence[Edit]) -> pl.DataFrame:
    kind = table.by_name[field].polars_type
    said = _keys(table, edits).with_columns(
        pl.Series("_after", [edit.after for edit in edits], dtype=kind),
        pl.lit(value=True).alias("_is_edited"),
    )
    found = rows.join(said.unique(table.key, keep="last"), on=table.key, how="left", maintain_order="left")
    after = pl.when(pl.col("_is_edited")).then("_after").otherwise(field).alias(field)
    return found.with_columns(after).drop("_after", "_is_edited")


def _keys(table: Table, edits: Sequence[Edit]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            pl.Series(name, [edit.key[at] for edit in edits], dtype=pl.String)
            for at, name in enumerate(table.key)
        ]
    )

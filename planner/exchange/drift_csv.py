"""The drift rows of FORMAT 3 as CSV; which rows there are is the rules' to say."""

from __future__ import annotations

import polars as pl

from planner.exchange.csv_cells import guard_cells
from planner.exchange.table_csv import write_safe
from planner.model.fingerprint import number_text
from planner.model.tables import TABLES

DRIFT_COLUMNS = (
    "baseline", "current", "table", "id", "name", "change", "field", "before", "after",
    "kind", "amount", "unit", "reason_code", "reason",
)  # fmt: skip
_VALUES = ("before", "after")
_ORDER = ("table", "id", "field", "kind")


def drift_csv(rows: pl.DataFrame) -> bytes:
    r"""Write drift rows: DRIFT_COLUMNS, UTF-8 without BOM, `\n`, ordered by table, id, field and kind.

    `before` and `after` are stored values as text, guarded only where their field holds text, so that a
    typed `-15` stays bare; `amount` is a number, null where there is none.
    """
    ordered = rows.select(DRIFT_COLUMNS).sort(_ORDER, nulls_last=False, maintain_order=True)
    is_typed = pl.concat_str("table", pl.lit("."), "field", ignore_nulls=True).is_in(_typed_fields())
    said = [number_text(amount) for amount in ordered["amount"].cast(pl.Float64)]
    told = ordered.with_columns(
        *(
            pl.when(is_typed).then(pl.col(name)).otherwise(guard_cells(ordered[name])).replace("", None)
            for name in _VALUES
        ),
        pl.Series("amount", said, dtype=pl.String),
    )
    return write_safe(told, [name for name in DRIFT_COLUMNS if name not in {*_VALUES, "amount"}])


def _typed_fields() -> list[str]:
    """`table.field` of every field that holds a number, a date or a flag."""
    return [
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if column.polars_type is not pl.String
    ]

"""The roadmap, phasing, links and drift as CSV for reading and for other tools (FORMAT 3); rows come from above."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.exchange.csv_cells import guard_cells
from planner.exchange.headers import CELL, OPEX, QUARTER, UNREAD, Names
from planner.exchange.table_csv import write_safe
from planner.model.fingerprint import number_text
from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

BOM = b"\xef\xbb\xbf"
ROADMAP_COLUMNS = [
    "version",
    "project_id",
    "project",
    "why",
    "status",
    "kind",
    "sponsor",
    "lead_team",
    "start_quarter",
    "end_quarter",
    "start_date",
    "end_date",
    "date_precision",
    "capex",
    "opex",
    "cost",
    "benefit_annual",
    "benefit_start_quarter",
    "priority_rank",
    "rag",
    "confidence_pct",
    "person_days",
    "outcomes",
    "enablers",
    "drift_since_previous",
    "change_reason",
    "change_text",
]
DRIFT_COLUMNS = [
    "baseline",
    "current",
    "table",
    "id",
    "name",
    "change",
    "field",
    "before",
    "after",
    "kind",
    "amount",
    "unit",
    "reason_code",
    "reason",
]
_PROJECTS = TABLES["projects"].by_name
_READ_BACK = [
    "project_id",
    "why",
    "status",
    "kind",
    "sponsor",
    "start_date",
    "end_date",
    "date_precision",
    "capex",
    "cost",
    "benefit_annual",
    "benefit_start_quarter",
    "priority_rank",
    "rag",
    "confidence_pct",
]
_NOT_READ_BACK = [
    "version",
    "snapshot_id",
    "lead_team",
    "person_days",
    "outcomes",
    "enablers",
    "drift_since_previous",
    "change_reason",
    "change_text",
]


def roadmap_csv(rows: pl.DataFrame) -> bytes:
    r"""Write the roadmap: exactly ROADMAP_COLUMNS, in the order of the rows, BOM and `\r\n`.

    Dates are Date, money and counts Int64, all else String. Raises polars' ColumnNotFoundError where one lacks.
    """
    return _sheet(rows.select(ROADMAP_COLUMNS))


def sheet_csv(table: str, rows: pl.DataFrame) -> bytes:
    r"""Write one table of a plan (phasing, links) for a spreadsheet: the columns of its file, BOM and `\r\n`."""
    return _sheet(rows.select(TABLES[table].names))


def drift_csv(rows: pl.DataFrame, *, baseline: str, current: str) -> bytes:
    r"""Write drift rows (FORMAT 'Drift rows'): UTF-8 without BOM, `\n`, ordered by table, id, field and kind.

    `rows` has DRIFT_COLUMNS but for the two versions; before and after are stored values as text and guarded
    only where their field holds text, so that a typed `-15` stays bare.
    """
    named = rows.with_columns(baseline=pl.lit(baseline), current=pl.lit(current)).select(DRIFT_COLUMNS)
    ordered = named.sort("table", "id", "field", "kind", nulls_last=False, maintain_order=True)
    plain = pl.concat_str(["table", "field"], separator=".", ignore_nulls=True).is_in(_typed_fields())
    guarded = ordered.with_columns(
        pl.when(plain).then(pl.col(name)).otherwise(guard_cells(ordered[name])).alias(name)
        for name in ("before", "after")
    ).with_columns(_amount_text(ordered["amount"]))
    others = [name for name in DRIFT_COLUMNS if name not in {"before", "after", "amount"}]
    return write_safe(guarded, others)


def roadmap_names() -> Names:
    """The headers of a roadmap, read back as a merge of projects; names and shares of other items are not."""
    feeds = {name: (_PROJECTS[name], CELL) for name in _READ_BACK}
    feeds["project"] = (_PROJECTS["name"], CELL)
    feeds["total_cost"] = (_PROJECTS["cost"], CELL)
    feeds["opex"] = (_PROJECTS["cost"], OPEX)
    feeds["start_quarter"] = (_PROJECTS["start_date"], QUARTER)
    feeds["end_quarter"] = (_PROJECTS["end_date"], QUARTER)
    feeds.update(dict.fromkeys(_NOT_READ_BACK, (_PROJECTS["name"], UNREAD)))
    return Names("the roadmap", feeds, ("project_id", "project"), may_double=True)


def _sheet(rows: pl.DataFrame) -> bytes:
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    return BOM + write_safe(rows, texts, "\r\n")


def _typed_fields() -> Sequence[str]:
    """`table.field` of every field that holds a number, a date or a flag."""
    return [
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if column.polars_type is not pl.String
    ]


def _amount_text(amounts: pl.Series) -> pl.Series:
    """Amounts with the fewest digits, empty where there is none."""
    said = [number_text(value) for value in amounts.cast(pl.Float64)]
    return pl.Series("amount", said, dtype=pl.String)

"""A table that a page shows, as a CSV file with safe cells (FORMAT 3); it chooses no rows."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import polars as pl

from planner.exchange.table_csv import write_safe
from planner.model.ledgers import LEDGERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polars import DataFrame

    from planner.rules.registers import Entry


def sheet_bytes(rows: DataFrame) -> bytes:
    """Write a frame for spreadsheets: UTF-8 with BOM, Windows line ends, no cell that could start a formula."""
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    return codecs.BOM_UTF8 + write_safe(rows, texts, "\r\n")


def sheet_of(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Write a table of texts as it is read for spreadsheets; heads must differ from each other."""
    return sheet_bytes(pl.DataFrame(rows, schema=dict.fromkeys(heads, pl.String), orient="row"))


def entries_bytes(name: str, entries: Sequence[Entry]) -> bytes:
    """Write entries of a register for spreadsheets, in their order: the last row of each, all columns of the ledger."""
    types = {column.name: column.polars_type for column in LEDGERS[name].columns}
    return sheet_bytes(pl.DataFrame([entry.row for entry in entries], schema=types))

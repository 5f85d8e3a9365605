"""A table that a page shows, as a CSV file with safe cells (FORMAT 3); it knows no table of the plan."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import polars as pl

from planner.exchange.table_csv import write_safe

if TYPE_CHECKING:
    from polars import DataFrame


def sheet_bytes(rows: DataFrame) -> bytes:
    """Write a frame for spreadsheets: UTF-8 with BOM, Windows line ends, no cell that could start a formula."""
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    return codecs.BOM_UTF8 + write_safe(rows, texts, "\r\n")

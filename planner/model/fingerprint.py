"""The fingerprint of a plan and the chain of snapshots (FORMAT 2); it reads frames and knows no store.

The canonical text of a plan is one JSON line for each row, tables in their declared order without
`reasons`, rows by key: `["projects",{"cost":120,"name":"A",...}]`. Only filled cells are written, their
names sorted, text in NFC and not escaped beyond JSON's own rules, dates as ISO, flags as true and false,
and a number with the fewest digits that read back as itself, whole ones without a point. The
fingerprint is `1:` and the SHA-256 of these lines, so a column that a later release adds changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import FINGERPRINTED, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.model.columns import Column

FINGERPRINT_VERSION = "1"
_ROWS_AT_ONCE = 100_000  # a text of polars ends at 4 GB
_TO_ESCAPE = r'["\\\x00-\x1f]'


def fingerprint_of(frames: Mapping[str, pl.DataFrame]) -> str:
    """The fingerprint of settled frames: `1:` and 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for name in FINGERPRINTED:
        if name in frames and frames[name].height:
            digest.update(canonical_lines(name, frames[name]))
    return f"{FINGERPRINT_VERSION}:{digest.hexdigest()}"


def table_digests(frames: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """The SHA-256 of the canonical lines of each table that has rows, `reasons` included."""
    return {
        name: hashlib.sha256(canonical_lines(name, frames[name])).hexdigest()
        for name in TABLES
        if name in frames and frames[name].height
    }


def chain_of(previous: str, fingerprint: str, reasons: str, header: Iterable[str]) -> str:
    """The chain of a snapshot: SHA-256 over one JSON list of texts.

    They are the chain before it, its fingerprint, the digest of its reasons, and, in `header`, its label,
    as-of date, sealed-on time, author and note.
    """
    said = json.dumps([previous, fingerprint, reasons, *header], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def canonical_lines(name: str, frame: pl.DataFrame) -> bytes:
    """The canonical text of one table's settled rows, one line each, in UTF-8."""
    columns = sorted(TABLES[name].columns, key=lambda column: column.name)
    filled = [column for column in columns if frame[column.name].null_count() < frame.height]
    prepared = frame.select(_plain(column, frame[column.name]) for column in filled)
    cells = pl.concat_str([_member(column) for column in filled], separator=",", ignore_nulls=True)
    line = pl.concat_str([pl.lit(f'["{name}",{{'), cells, pl.lit("}]\n")])
    parts = (part.select(line.str.join("")).item() for part in prepared.iter_slices(_ROWS_AT_ONCE))
    return b"".join(part.encode() for part in parts)


def _plain(column: Column, cells: pl.Series) -> pl.Series:
    """Bring one column to the text of its JSON values."""
    if column.polars_type is pl.Float64:
        unlike = cells.unique()
        said = [number_text(value) for value in unlike]
        return cells.replace_strict(unlike, pl.Series(said, dtype=pl.String), return_dtype=pl.String)
    if column.polars_type is pl.Date:
        return cells.dt.to_string("%Y-%m-%d")
    if column.polars_type is pl.String:
        return _escaped(cells)
    return cells.cast(pl.String)


def _escaped(cells: pl.Series) -> pl.Series:
    """Escape texts as JSON does; most columns hold nothing to escape, and the test for it is cheap."""
    if not cells.str.contains(_TO_ESCAPE).any():
        return cells
    said = cells.to_frame("text").select(pl.struct("text").struct.json_encode().str.slice(9)).to_series()
    texts = pl.DataFrame({"plain": cells, "said": said.str.strip_suffix('"}')})
    return texts.select(pl.when(pl.col("plain").is_not_null()).then("said").alias(cells.name)).to_series()


def _member(column: Column) -> pl.Expr:
    """`"name":value` of one cell, null where the cell is empty."""
    if column.polars_type in {pl.Int64, pl.Float64, pl.Boolean}:
        return pl.concat_str([pl.lit(f'"{column.name}":'), pl.col(column.name)])
    return pl.concat_str([pl.lit(f'"{column.name}":"'), pl.col(column.name), pl.lit('"')])


def number_text(value: float | None) -> str | None:
    """Write a number with the fewest digits that read back as itself: 24.0 as 24, 0.08 as 0.08."""
    if value is None:
        return None
    if value == int(value):
        return str(int(value))
    return repr(value)

"""Safe cells (FORMAT 3): text that a spreadsheet would take for a formula, guarded and freed again; no typing.

A guard is one `'`. It stands before a leading `= + - @ | % '`, tab or return, and before such a character
after a `;`, `,`, tab or line break inside the value, because another locale begins a new cell there. Quotation
marks between such a place and the character do not count: `;"=1` read with `;` begins a cell `=1`.
"""

from __future__ import annotations

import re

import polars as pl

_STARTS = r"(^|[;,\t\n\r])"
_FORMULA = r"""["]*[=+\-@|%'\t\r]"""
_NEEDS_GUARD = _STARTS + _FORMULA
_HAS_GUARD = _STARTS + "'" + _FORMULA
_TO_GUARD = re.compile(r"(?:\A|(?<=[;,\t\n\r]))(?=" + _FORMULA + ")")
_TO_FREE = re.compile(r"(\A|[;,\t\n\r])'(?=" + _FORMULA + ")")


def guard_text(text: str) -> str:
    """Put a guard wherever the text could begin a formula."""
    return _TO_GUARD.sub("'", text)


def free_text(text: str) -> str:
    """Take away exactly the guards that `guard_text` put."""
    return _TO_FREE.sub(r"\1", text)


def guard_cells(cells: pl.Series) -> pl.Series:
    """Guard a column of texts; few cells need it, and the test for it is cheap."""
    wanted = cells.str.contains(_NEEDS_GUARD)
    if not wanted.any():
        return cells
    return _changed(cells, wanted, guard_text)


def free_cells(cells: pl.Series) -> pl.Series:
    """Free a column of texts of their guards."""
    wanted = cells.str.contains(_HAS_GUARD)
    if not wanted.any():
        return cells
    return _changed(cells, wanted, free_text)


def _changed(cells: pl.Series, wanted: pl.Series, change: type[str] | object) -> pl.Series:
    rows = wanted.fill_null(value=False).arg_true()
    said = [change(text) for text in cells.gather(rows)]  # type: ignore[operator]
    return cells.scatter(rows, pl.Series(said, dtype=pl.String))

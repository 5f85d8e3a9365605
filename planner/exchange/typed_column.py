"""Columns of texts to their values at once; cells that are not plainly right go through `cells.read_cell`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.exchange.cell_dates import LAST_YEAR
from planner.exchange.cells import LONGEST_LINE, read_cell
from planner.exchange.misread import Misread
from planner.model.columns import ID_PATTERN, LARGEST_MONEY, LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.columns import Column
    from planner.model.quarter import Calendar

MOST_TOLD = 1_000
_ONE_ID = ID_PATTERN.removeprefix("^").removesuffix("$")
_WHOLE = r"^(?:0|-?[1-9][0-9]{0,17})$"
_NUMBER = r"^-?(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,6})?$"
_DAY = r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$"
_CONTROLS = r"[\x00-\x08\x0b\x0c\x0e-\x1f\r]"


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """The values of a column, null where a cell is empty or does not read.

    `misread` gives the sentence of each text that does not read, at most MOST_TOLD of them;
    `bad` marks all rows that do not read; `unplain` marks the rows that did not read at first sight.
    """

    values: pl.Series
    bad: pl.Series
    misread: dict[str, str]
    unplain: pl.Series


def type_columns(
    columns: Sequence[Column], cells: Sequence[pl.Series], calendar: Calendar
) -> list[TypedColumn]:
    """Read columns of texts (null where empty) as `parse_cell` reads each cell; all are looked at in one pass."""
    texts = pl.DataFrame([text.alias(str(place)) for place, text in enumerate(cells)]).with_columns(
        pl.col(str(place)).str.normalize("NFC")
        for place, column in enumerate(columns)
        if column.kind in {"text", "list"}
    )
    looks = []
    for place, column in enumerate(columns):
        text = pl.col(str(place))
        plain = _plain(column, text)
        looks.append(pl.when(plain).then(_value(column, text)).alias(f"value {place}"))
        looks.append((text.is_not_null() & ~plain.fill_null(value=False)).alias(f"unplain {place}"))
    looked = texts.with_columns(looks)
    return [
        _read_unplain(
            column, looked[str(place)], looked[f"value {place}"], looked[f"unplain {place}"], calendar
        )
        for place, column in enumerate(columns)
    ]


def _read_unplain(
    column: Column, texts: pl.Series, values: pl.Series, unplain: pl.Series, calendar: Calendar
) -> TypedColumn:
    """Read what was not plainly right, each text once."""
    values = values.alias(column.name)
    if not unplain.any():
        return TypedColumn(values, unplain, {}, unplain)
    found, misread = _read_each(column, texts.filter(unplain).unique(maintain_order=True), calendar)
    meant = texts.replace_strict(
        list(found),
        pl.Series(list(found.values()), dtype=column.polars_type),
        default=None,
        return_dtype=column.polars_type,
    )
    bad = unplain & ~texts.is_in(list(found))
    return TypedColumn(meant.zip_with(unplain, values).alias(column.name), bad, misread, unplain)


def _read_each(
    column: Column, texts: pl.Series, calendar: Calendar
) -> tuple[dict[str, object], dict[str, str]]:
    """Read texts one by one until MOST_TOLD of them did not read; what is left counts as not read."""
    found: dict[str, object] = {}
    misread: dict[str, str] = {}
    for text in texts:
        try:
            found[text] = read_cell(column, text, calendar)
        except Misread as told:
            misread[text] = told.message
            if len(misread) == MOST_TOLD:
                break
    return found, misread


def _plain(column: Column, text: pl.Expr) -> pl.Expr:
    """Whether a cell is plainly right; a cell that is not may still be."""
    match column.kind:
        case "id" | "ids":
            return text.str.contains(f"^{_ONE_ID}$")
        case "text" | "list":
            return _plain_text(column, text)
        case "whole" | "money" | "number":
            return _plain_number(column, text)
        case "date":
            day = text.str.to_date("%Y-%m-%d", strict=False)
            return text.str.contains(_DAY) & day.is_not_null() & (day.dt.year() <= LAST_YEAR)
        case "choice":
            return text.is_in(list(column.allowed))
        case _:
            return pl.lit(value=False)


def _plain_number(column: Column, text: pl.Expr) -> pl.Expr:
    if column.allowed:
        return pl.lit(value=False)
    pattern, otherwise = (_NUMBER, None) if column.kind == "number" else (_WHOLE, LARGEST_MONEY)
    value = text.cast(column.polars_type, strict=False)
    return text.str.contains(pattern) & _within(column, value, otherwise)


def _plain_text(column: Column, text: pl.Expr) -> pl.Expr:
    most = int(column.most or LONGEST_TEXT)
    is_plain = (text.str.len_chars() <= most) & ~text.str.contains(_CONTROLS)
    if column.kind == "list":
        is_plain &= ~text.str.contains(r"[|\n]")
    elif most <= LONGEST_LINE:
        is_plain &= ~text.str.contains("\n", literal=True)
    if column.required:
        is_plain &= text.str.contains(r"[!-~]")
    return is_plain


def _within(column: Column, value: pl.Expr, otherwise: float | None) -> pl.Expr:
    least = column.least if column.least is not None else (None if otherwise is None else -otherwise)
    most = column.most if column.most is not None else otherwise
    is_within = value.is_not_null()
    if least is not None:
        is_within &= value >= least
    return is_within if most is None else is_within & (value <= most)


def _value(column: Column, text: pl.Expr) -> pl.Expr:
    match column.kind:
        case "date":
            return text.str.to_date("%Y-%m-%d", strict=False)
        case "whole" | "money" | "number":
            return text.cast(column.polars_type, strict=False)
        case "flag":
            return pl.lit(None, dtype=pl.Boolean)
        case _:
            return text

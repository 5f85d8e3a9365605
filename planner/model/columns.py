"""Kinds of column, and how one is declared once for the store, the CSV, the grids, the checks and the docs; no table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import dataframely as dy
import polars as pl

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$"
LONGEST_NAME = 255
LONGEST_TEXT = 4_000
LARGEST_MONEY = 10**15

POLARS_TYPE: dict[str, type[pl.DataType]] = {
    "id": pl.String,
    "ids": pl.String,
    "text": pl.String,
    "list": pl.String,
    "choice": pl.String,
    "quarter": pl.String,
    "whole": pl.Int64,
    "money": pl.Int64,
    "number": pl.Float64,
    "date": pl.Date,
    "flag": pl.Boolean,
}
SQL_TYPE = {
    "String": "VARCHAR",
    "Int64": "BIGINT",
    "Float64": "DOUBLE",
    "Date": "DATE",
    "Boolean": "BOOLEAN",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one table: what a cell may hold and how people are told of it.

    `required` cells must be filled for a row to be read at all; a `key` cell identifies the row.
    A key cell that may be blank (only in `reasons`) holds the empty text, never null.
    `least` and `most` bound a number, or the length of a text.
    """

    table: str
    name: str
    kind: str
    label: str
    help: str
    unit: str = ""
    allowed: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    required: bool = False
    key: bool = False
    least: float | None = None
    most: float | None = None
    ordered: bool = False  # a list whose order is kept: the first option is the first that is named

    @property
    def polars_type(self) -> type[pl.DataType]:
        """The type of the column in a frame."""
        return POLARS_TYPE[self.kind]

    @property
    def sql_type(self) -> str:
        """The type of the column in the database."""
        return SQL_TYPE[self.polars_type.__name__]

    @property
    def blank_key(self) -> bool:
        """Whether this is a key cell that may be left empty."""
        return self.key and not self.required


def ident(label: str, told: str, *, key: bool = False, references: str = "") -> dy.String:
    """Declare an id, or a reference to one; `references` names the tables, joined by `|`."""
    return dy.String(
        nullable=not key,
        primary_key=key,
        regex=ID_PATTERN,
        description=told,
        metadata=_said("id", label, key=key, references=references, most=120),
    )


def needed_ident(label: str, told: str, *, references: str) -> dy.String:
    """Declare a reference that a row cannot be without, though it does not identify the row."""
    said = _said("id", label, references=references, most=120, required=True)
    return dy.String(nullable=False, regex=ID_PATTERN, description=told, metadata=said)


def text(
    label: str,
    told: str,
    *,
    required: bool = False,
    key: bool = False,
    blank_key: bool = False,
    longest: int = LONGEST_NAME,
) -> dy.String:
    """Declare free text of at most `longest` characters."""
    said = _said("text", label, key=key or blank_key, required=required or key, most=longest)
    filled = required or key or blank_key
    return dy.String(
        nullable=not filled, primary_key=key or blank_key, max_length=longest, description=told, metadata=said
    )


def texts(label: str, told: str, *, references: str = "") -> dy.String:
    """Declare a list in one cell, joined by `|`; its order has no meaning, so it is kept sorted."""
    kind = "ids" if references else "list"
    said = _said(kind, label, references=references, most=LONGEST_TEXT)
    return dy.String(nullable=True, description=told, metadata=said)


def ways(label: str, told: str) -> dy.String:
    """Declare a list in one cell, joined by `|`, in the order in which it was written."""
    return dy.String(
        nullable=True, description=told, metadata=_said("list", label, most=LONGEST_TEXT, ordered=True)
    )


def choice(label: str, told: str, allowed: str, *, required: bool = False, key: bool = False) -> dy.String:
    """Declare one word of a list; `allowed` joins the words by `|`."""
    filled = required or key
    said = _said("choice", label, key=key, required=required, allowed=allowed)
    return dy.String(nullable=not filled, primary_key=key, description=told, metadata=said)


def quarter(label: str, told: str, *, required: bool = False, key: bool = False) -> dy.String:
    """Declare a fiscal quarter, held as its canonical label."""
    filled = required or key
    said = _said("quarter", label, key=key, required=required)
    return dy.String(nullable=not filled, primary_key=key, description=told, metadata=said)


def whole(
    label: str,
    told: str,
    *,
    unit: str = "",
    least: int | None = None,
    most: int | None = None,
    allowed: str = "",
) -> dy.Int64:
    """Declare a whole number."""
    said = _said("whole", label, unit=unit, allowed=allowed, least=least, most=most)
    return dy.Int64(nullable=True, min=least, max=most, description=told, metadata=said)


def money(label: str, told: str) -> dy.Int64:
    """Declare whole units of the plan's currency; negative money is read and becomes a finding."""
    said = _said("money", label, unit="currency", least=-LARGEST_MONEY, most=LARGEST_MONEY)
    return dy.Int64(nullable=True, min=-LARGEST_MONEY, max=LARGEST_MONEY, description=told, metadata=said)


def number(
    label: str, told: str, *, unit: str = "", least: float | None = None, most: float | None = None
) -> dy.Float64:
    """Declare a finite number with decimals."""
    said = _said("number", label, unit=unit, least=least, most=most)
    return dy.Float64(nullable=True, min=least, max=most, description=told, metadata=said)


def date(label: str, told: str) -> dy.Date:
    """Declare a day."""
    return dy.Date(nullable=True, description=told, metadata=_said("date", label))


def flag(label: str, told: str) -> dy.Bool:
    """Declare a yes or no."""
    return dy.Bool(nullable=True, description=told, metadata=_said("flag", label))


def read_columns(table: str, schema: type[dy.Schema]) -> tuple[Column, ...]:
    """Read the declarations of a schema class back as plain values, in the order of the file."""
    return tuple(
        Column(table=table, name=name, help=column.description or "", **(column.metadata or {}))
        for name, column in schema.columns().items()
    )


def _said(kind: str, label: str, **more: Any) -> dict[str, Any]:
    for name in ("allowed", "references"):
        if name in more:
            more[name] = tuple(word for word in more[name].split("|") if word)
    if more.get("key") and "required" not in more:
        more["required"] = True
    if more.get("key") and kind in {"choice", "quarter"}:
        more["required"] = True
    return {"kind": kind, "label": label, **more}

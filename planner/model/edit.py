"""An edit: one cell, or one whole row, before and after; how rows are named. It changes nothing itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell: TypeAlias = str | int | float | bool | dt.date | None
Row: TypeAlias = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the draft, applied only where the stored value is still `before`.

    A changed cell names its `field`; a whole row has the empty field, and `before` None (the row joins)
    or `after` None (the row leaves), the other side being the row's filled cells by column.
    """

    table: str
    key: tuple[str, ...]
    field: str
    before: Cell | Row
    after: Cell | Row

    @property
    def id(self) -> str:
        """The row's id as FORMAT writes it."""
        return row_id(self.table, self.key)

    @property
    def inverse(self) -> Edit:
        """The edit that takes this one back."""
        return Edit(self.table, self.key, self.field, self.after, self.before)

    @property
    def is_row(self) -> bool:
        """Whether a whole row joins or leaves."""
        return self.field == ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit that was not applied: the stored value is neither `before` nor `after` of the edit.

    `stored` is the value that is there now: a cell, or None where the row is gone
    (`is_gone`) or the whole row where a row of this key is already there.
    `hangs_on` is the row, by table and id, that the edit names and that is not the one it meant:
    it was removed (`is_gone`), or is somebody else's new row of the same id.
    """

    edit: Edit
    stored: Cell | Row
    is_gone: bool
    changed_by: str = ""
    changed_on: dt.datetime | None = None
    hangs_on: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: how many edits were applied, the others, and the draft's new number."""

    applied: int
    conflicts: tuple[Conflict, ...]
    number: int


def row_id(table: str, key: Sequence[str]) -> str:
    """The id of a row: its key joined by `:`, a link as `from_type:from_id>to_type:to_id:link_type`."""
    if table == "links":
        from_type, from_id, to_type, to_id, link_type = key
        return f"{from_type}:{from_id}>{to_type}:{to_id}:{link_type}"
    return ":".join(key)


def row_id_expr(table: str) -> pl.Expr:
    """The ids of a frame's rows, as `row_id` writes them, in a column `id`."""
    key = TABLES[table].key
    if table == "links":
        from_type, from_id, to_type, to_id, link_type = (pl.col(name) for name in key)
        colon = pl.lit(":")
        return pl.concat_str(
            [from_type, colon, from_id, pl.lit(">"), to_type, colon, to_id, colon, link_type]
        ).alias("id")
    return pl.concat_str(list(key), separator=":").alias("id")

"""Drift rows put together from pieces, each the cells or rows of one table that have one meaning; it finds none."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from planner.model.fingerprint import number_text
from planner.model.tables import TABLES
from planner.rules.drift_rows import ADDED, BEFORE, CHANGED, REMOVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.model.columns import Column
    from planner.rules.drift_cells import Mask, Numbers
    from planner.rules.drift_rows import TableDrift

ROW_SCHEMA = {
    **dict.fromkeys(("table", "id", "name", "change", "field", "before", "after", "kind"), pl.String),
    "amount": pl.Float64,
    "unit": pl.String,
}
FEW = 2_000  # rows for which a query takes longer to begin than to do


@dataclass(frozen=True)
class Held:
    """A kind and the changed rows that have it: a mask over the pairs, and a size (NaN: not known) and its unit for each."""

    kind: str
    field: str
    rows: pl.Series
    amounts: Numbers | None = None
    unit: str | pl.Series = ""


@dataclass(frozen=True)
class Piece:
    """Drift rows of one table that have one change, one field and one kind; a unit counts where there is an amount."""

    table: str
    change: str
    field: str
    kind: str
    ids: pl.Series
    names: pl.Series
    before: pl.Series | None = None
    after: pl.Series | None = None
    amounts: Numbers | None = None
    unit: str | pl.Series = ""


def plain_rows(drift: TableDrift) -> pl.DataFrame:
    """The drift rows of a table without any meaning, ordered by id and field."""
    whole = (whole_piece(drift, change) for change in (ADDED, REMOVED))
    return stacked([*whole, *changed_pieces(drift, ())])


def whole_piece(drift: TableDrift, change: str, kind: str = "") -> Piece:
    """The added or removed rows, with empty field, before and after."""
    frame = drift.whole(change)
    return Piece(drift.table, change, "", kind, drift.whole_ids(change), names_of(drift.table, frame))


def changed_pieces(drift: TableDrift, held: Sequence[Held]) -> Iterator[Piece]:
    """The changed cells: of the kinds that hold for a cell the first stands on it.

    Each other one, and one whose cell did not change, has a row of its own with an empty field.
    """
    names = names_of(drift.table, drift.pairs)
    homeless = [one.rows for one in held]
    for field, cells in drift.cells.items():
        free = cells
        for number, one in enumerate(held):
            if one.field == field and (taken := free & one.rows).any():
                yield _cells(drift, names, field, taken, one)
                free, homeless[number] = free ^ taken, one.rows ^ taken
        if free.any():
            yield _cells(drift, names, field, free, None)
    for one, rows in zip(held, homeless, strict=True):
        if rows.any():
            yield _cells(drift, names, "", rows, one)


def _cells(drift: TableDrift, names: pl.Series, field: str, rows: pl.Series, held: Held | None) -> Piece:
    """A piece of the changed rows that a mask names."""
    column = TABLES[drift.table].by_name.get(field)
    before, after = (
        _texts(column, drift.columns[f"{field}{side}"].filter(rows)) if column else None
        for side in (BEFORE, "")
    )
    return Piece(
        drift.table,
        CHANGED,
        field,
        held.kind if held else "",
        drift.ids.filter(rows),
        names.filter(rows),
        before,
        after,
        held.amounts[rows.to_numpy()] if held and held.amounts is not None else None,
        (held.unit if isinstance(held.unit, str) else held.unit.filter(rows)) if held else "",
    )


def names_of(table: str, frame: pl.DataFrame) -> pl.Series:
    """The name of each row, empty where its table has none."""
    return filled(frame["name"]) if "name" in TABLES[table].by_name else _repeated("name", "", frame.height)


def filled(texts: pl.Series) -> pl.Series:
    """Texts with the empty one where none is known."""
    return texts.fill_null("") if texts.null_count() else texts


def stacked(pieces: Iterable[Piece]) -> pl.DataFrame:
    """The drift rows of all pieces, ordered by table, id, field and kind."""
    there = (piece for piece in pieces if piece.ids.len())
    ordered = sorted(there, key=lambda one: (one.table, one.field, one.kind))
    groups: list[list[Piece]] = []
    for _, of_table in groupby(ordered, key=lambda one: one.table):
        own = list(of_table)
        if groups and _count(groups[-1]) + _count(own) <= FEW:
            groups[-1] += own
        else:
            groups.append(own)
    return pl.concat([_rows(group) for group in groups] or [pl.DataFrame(schema=ROW_SCHEMA)])


def _count(pieces: Iterable[Piece]) -> int:
    return sum(piece.ids.len() for piece in pieces)


def _rows(ordered: Sequence[Piece]) -> pl.DataFrame:
    """The rows of some pieces, put together column by column: a frame for each would cost more than its cells."""
    words = _words(ordered)
    amounts = np.concatenate(
        [np.full(one.ids.len(), np.nan) if one.amounts is None else one.amounts for one in ordered]
    )
    rows = pl.DataFrame(
        [
            words["table"],
            pl.concat([one.ids for one in ordered]).alias("id"),
            pl.concat([one.names for one in ordered]).alias("name"),
            words["change"],
            words["field"],
            filled(pl.concat([_or_empty(one.before, one) for one in ordered])).alias("before"),
            filled(pl.concat([_or_empty(one.after, one) for one in ordered])).alias("after"),
            words["kind"],
            pl.Series("amount", amounts, nan_to_null=True),
            _units(ordered, words["unit"], ~np.isnan(amounts)).alias("unit"),
        ]
    )
    is_one = ordered[0].table == ordered[-1].table
    return rows.sort("id" if is_one else ["table", "id"], maintain_order=True)


_NOTHING = pl.Series([""])


def _words(pieces: Sequence[Piece]) -> pl.DataFrame:
    """The words that all rows of a piece share, a row for each of them."""
    words = pl.DataFrame(
        {
            "table": [one.table for one in pieces],
            "change": [one.change for one in pieces],
            "field": [one.field for one in pieces],
            "kind": [one.kind for one in pieces],
            "unit": [one.unit if isinstance(one.unit, str) else "" for one in pieces],
        }
    )
    places = pl.Series(range(len(pieces)), dtype=pl.UInt32)
    return words[pl.concat([places.new_from_index(at, one.ids.len()) for at, one in enumerate(pieces)])]


def _units(pieces: Sequence[Piece], units: pl.Series, known: Mask) -> pl.Series:
    """The unit of each row that has an amount."""
    if any(not isinstance(one.unit, str) for one in pieces):
        units = pl.concat(
            [
                _repeated("unit", one.unit, one.ids.len()) if isinstance(one.unit, str) else one.unit
                for one in pieces
            ]
        )
    return units if known.all() else units.zip_with(pl.Series(known), _NOTHING)


def _or_empty(cells: pl.Series | None, piece: Piece) -> pl.Series:
    return _NOTHING.new_from_index(0, piece.ids.len()) if cells is None else cells


def _repeated(name: str, word: str, times: int) -> pl.Series:
    return pl.Series(name, [word]).new_from_index(0, times)


def _texts(column: Column, cells: pl.Series) -> pl.Series:
    """The stored values of a column as texts: ISO dates, shortest numbers, null for not known."""
    if column.polars_type is pl.Float64:
        return pl.Series(column.name, [number_text(value) for value in cells], dtype=pl.String)
    return cells.cast(pl.String)

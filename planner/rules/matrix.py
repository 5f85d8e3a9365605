"""The links between two neighbouring tiers as a matrix: rows, columns, cells, totals, gaps; nothing is edited or drawn.

A row is an item that serves, a column one that is served; a cell is the strength of the link between them as text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import TABLE_OF_TIER
from planner.rules.sight import LINK_TIERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.model.plan import Plan

NOT_KNOWN = "?"  # a link whose strength is not known
ROW, NAME = "row", "name"
_STRENGTHS = {"1": 1, "2": 2, "3": 3}


@dataclass(frozen=True, slots=True)
class MatrixKind:
    """One of the matrices: the links of one type, from the tier of its rows to the tier of its columns."""

    link_type: str
    row_tier: str
    column_tier: str

    @property
    def key(self) -> str:
        """Its name in an address: 'projects-enablers'."""
        return f"{self.row_table}-{self.column_table}"

    @property
    def row_table(self) -> str:
        """The table of its rows."""
        return TABLE_OF_TIER[self.row_tier]

    @property
    def column_table(self) -> str:
        """The table of its columns."""
        return TABLE_OF_TIER[self.column_tier]

    def link_key(self, row: str, column: str) -> tuple[str, ...]:
        """The key of the link in a cell."""
        return (self.row_tier, row, self.column_tier, column, self.link_type)

    def cell_of(self, link: tuple[str, ...]) -> tuple[str, str] | None:
        """The cell of a link, by row and column, or None where it belongs into another matrix."""
        row_tier, row, column_tier, column, link_type = link
        return (
            (row, column)
            if (row_tier, column_tier, link_type) == (self.row_tier, self.column_tier, self.link_type)
            else None
        )


MATRICES = {
    kind.key: kind for kind in (MatrixKind(link_type, *tiers) for link_type, tiers in LINK_TIERS.items())
}


@dataclass(frozen=True, slots=True)
class Item:
    """A row or a column: its id, its name, and what stands over a narrow column."""

    id: str
    name: str
    short: str


@dataclass(frozen=True)
class Matrix:
    """Rows and columns in their order, and the strengths by row and column; a cell without a link is not in it.

    `cells` may know rows and columns that are not shown.
    """

    kind: MatrixKind
    rows: tuple[Item, ...]
    columns: tuple[Item, ...]
    cells: Mapping[tuple[str, str], str]

    @cached_property
    def row_ids(self) -> tuple[str, ...]:
        """The ids of the rows in their order."""
        return tuple(item.id for item in self.rows)

    @cached_property
    def column_ids(self) -> tuple[str, ...]:
        """The ids of the columns in their order."""
        return tuple(item.id for item in self.columns)

    @cached_property
    def shown_cells(self) -> dict[tuple[str, str], str]:
        """The cells between the rows and the columns that are shown."""
        rows, columns = set(self.row_ids), set(self.column_ids)
        return {cell: text for cell, text in self.cells.items() if cell[0] in rows and cell[1] in columns}

    def part(self, rows: slice, columns: slice) -> Matrix:
        """The same cells with some of the rows and columns."""
        return replace(self, rows=self.rows[rows], columns=self.columns[columns])


@dataclass(frozen=True, slots=True)
class Total:
    """How many links a row or a column has, and the sum of their strengths; one that is not known adds nothing."""

    count: int = 0
    strength: int = 0


def stored_cells(plan: Plan, kind: MatrixKind) -> dict[tuple[str, str], str]:
    """The strengths of a plan's links of one matrix, by row and column."""
    of_kind = (
        (pl.col("link_type") == kind.link_type)
        & (pl.col("from_type") == kind.row_tier)
        & (pl.col("to_type") == kind.column_tier)
    )
    links = plan["links"].filter(of_kind).select("from_id", "to_id", "strength")
    return {(row, column): strength_text(strength) for row, column, strength in links.iter_rows()}


def strength_text(strength: object) -> str:
    """The strength of a link as its cell has it."""
    return NOT_KNOWN if strength in {None, ""} else str(strength)


def matrix_frame(matrix: Matrix) -> pl.DataFrame:
    """The matrix as texts: `row` (the id), `name`, then a column for each column, c0, c1 ...; null where no link is.

    Users' words are never names of columns: the n-th column is `c{n}`.
    """
    places = {row: place for place, row in enumerate(matrix.row_ids)}
    numbers = {column: number for number, column in enumerate(matrix.column_ids)}
    texts: list[list[str | None]] = [[None] * len(places) for _ in numbers]
    for (row, column), strength in matrix.shown_cells.items():
        texts[numbers[column]][places[row]] = strength
    named = {ROW: list(matrix.row_ids), NAME: [item.name for item in matrix.rows]}
    cells = {f"c{number}": of_column for number, of_column in enumerate(texts)}
    return pl.DataFrame({**named, **cells}, schema=dict.fromkeys([*named, *cells], pl.String))


def totals(matrix: Matrix) -> tuple[dict[str, Total], dict[str, Total]]:
    """What the rows and the columns of a matrix add up to, by id, over the cells that it shows."""
    rows, columns = ({key: [0, 0] for key in keys} for keys in (matrix.row_ids, matrix.column_ids))
    for (row, column), text in matrix.shown_cells.items():
        strength = _STRENGTHS.get(text, 0)
        for total in (rows[row], columns[column]):
            total[0] += 1
            total[1] += strength
    return {key: Total(*total) for key, total in rows.items()}, {
        key: Total(*total) for key, total in columns.items()
    }


def with_totals(
    frame: pl.DataFrame, rows: Mapping[str, Total], more: Mapping[str, Mapping[str, str]]
) -> pl.DataFrame:
    """A matrix frame with `links` and `strengths` of each row, and columns of words by name and row id."""
    ids = frame[ROW].to_list()
    told = [pl.Series(name, [words.get(row) for row in ids], dtype=pl.String) for name, words in more.items()]
    added = [rows.get(row, Total()) for row in ids]
    counts = pl.Series("links", [total.count for total in added], dtype=pl.Int64)
    sums = pl.Series("strengths", [total.strength for total in added], dtype=pl.Int64)
    return frame.with_columns(counts, sums, *told)

"""The changed rows of one table as arrays that rules of drift read; which rows changed and what it means is not for here.

An array is a number a row, made when a rule first asks for it. A query of polars costs a tenth of a millisecond
however few its rows are, and dozens of rules are asked at each drift; an array costs a thousandth of one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from planner.model.tables import CLOSED_STATUSES
from planner.rules.drift_rows import BEFORE

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.rules.drift_rows import TableDrift

Mask: TypeAlias = npt.NDArray[np.bool_]
Numbers: TypeAlias = npt.NDArray[np.float64]
Days: TypeAlias = "npt.NDArray[np.datetime64]"


class ChangedCells:
    """The cells of the changed rows of a table, by the name of the column, and `<field>_before` for the baseline.

    Money is exact, for it has no more than 16 digits.
    """

    def __init__(self, found: TableDrift) -> None:
        self._found = found
        self._numbers: dict[str, Numbers] = {}
        self._said: dict[tuple[str, str], Mask] = {}

    @property
    def fields(self) -> Collection[str]:
        """The fields that differ in any row."""
        return self._found.cells.keys()

    @property
    def height(self) -> int:
        """How many rows there are."""
        return self._found.pairs.height

    def texts(self, name: str) -> pl.Series:
        """The stored values of a column."""
        return self._found.columns[name]

    def differ(self, field: str) -> Mask:
        """Where a field differs."""
        cells = self._found.cells.get(field)
        return np.zeros(self.height, dtype=bool) if cells is None else cells.to_numpy()

    def says(self, name: str, word: str) -> Mask:
        """Where a column of texts has a word; nowhere where it is empty."""
        if (name, word) not in self._said:
            self._said[name, word] = says(self.texts(name), word).to_numpy()
        return self._said[name, word]

    def is_live(self, name: str = "status") -> Mask:
        """Where a status is live: neither done nor cancelled; an empty one counts as live."""
        done, cancelled = (self.says(name, word) for word in CLOSED_STATUSES)
        return ~(done | cancelled)

    def known(self, name: str) -> Mask:
        """Where a value is known."""
        if not self.texts(name).null_count():
            return np.ones(self.height, dtype=bool)
        if self.texts(name).dtype == pl.String:
            return self.texts(name).is_not_null().to_numpy()
        return ~np.isnan(self.numbers(name))

    def numbers(self, name: str) -> Numbers:
        """The numbers of a column, or its dates as days since 1970; NaN where not known."""
        if name not in self._numbers:
            self._numbers[name] = as_numbers(self.texts(name))
        return self._numbers[name]

    def days(self, name: str) -> Days:
        """The dates of a column; NaT where not known."""
        return self.texts(name).to_numpy()

    def moved(self, field: str) -> Numbers:
        """By how much a number changed, or a date in days; NaN where it was not known or is not."""
        return self.numbers(field) - self.numbers(f"{field}{BEFORE}")


def says(texts: pl.Series, word: str) -> pl.Series:
    """Whether each text is a word; not where it is not known."""
    return texts.eq_missing(word) if texts.null_count() else texts == word


def live(status: pl.Series) -> pl.Series:
    """Whether each status is live: neither done nor cancelled; an empty one counts as live."""
    done, cancelled = (says(status, word) for word in CLOSED_STATUSES)
    return ~(done | cancelled)


def as_numbers(cells: pl.Series) -> Numbers:
    """Numbers, or dates as days since 1970; NaN where not known."""
    values = cells.to_numpy()
    if values.dtype.kind != "M":
        return values.astype(np.float64)
    return np.where(np.isnat(values), np.nan, values.astype("datetime64[D]").astype(np.float64))

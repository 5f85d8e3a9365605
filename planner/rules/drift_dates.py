"""The kinds of a project's dates: later, earlier, longer, shorter, shifted, refined; nothing about money or status.

Quarter moves are differences of fiscal ordinals (DOMAIN 3.1), so that finish move = start move + move of the length.
"""

from __future__ import annotations

from functools import cache, reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import numpy as np

from planner.rules.drift_cells import ChangedCells
from planner.rules.drift_kinds import Kind
from planner.rules.drift_rows import BEFORE

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from planner.model.quarter import Calendar
    from planner.rules.drift_cells import Days, Mask, Numbers
    from planner.rules.drift_rows import TableDrift

_PRECISIONS = ("day", "month", "quarter", "half", "year")  # the finest first; an empty one is a day
_DATES = ("start_date", "end_date")
DATED = (*_DATES, "date_precision")  # no kind of these rules holds where none of them changed


def ordinals(days: Days, calendar: Calendar) -> Numbers:
    """The ordinals of the fiscal quarters that days lie in, as `Calendar.of` gives them; NaN where not known."""
    shift = 0 if calendar.start_month == 1 else 13 - calendar.start_month
    return (_months(days) + shift) // 3


def _months(days: Days) -> Numbers:
    """Months since the year 0; NaN where not known."""
    months = days.astype("datetime64[M]").astype(np.float64) + 1970 * 12
    return np.where(np.isnat(days), np.nan, months)


class ChangedDates(ChangedCells):
    """The changed rows of projects, with what the rules read of their dates: moves in quarters, NaN where not known."""

    def __init__(self, found: TableDrift, calendar: Calendar) -> None:
        super().__init__(found)
        self.quarters = {
            name: ordinals(self.days(name), calendar)
            for field in _DATES
            for name in (field, f"{field}{BEFORE}")
        }
        self.start, self.end = (self.quarters[name] - self.quarters[f"{name}{BEFORE}"] for name in _DATES)
        # where the start is not known on both sides, the length is moved by the finish alone
        self.length = self.end - np.nan_to_num(self.start)
        self.fineness = [self._fineness(f"date_precision{side}") for side in (BEFORE, "")]
        self.refined = self._refined()

    def _fineness(self, name: str) -> npt.NDArray[np.int64]:
        """The place of each row's precision: 0 is a day."""
        return reduce(or_, (at * self.says(name, word) for at, word in enumerate(_PRECISIONS)))

    def _refined(self) -> Mask:
        """Whether dates only moved inside the baseline's precision, or that precision only got finer."""
        before, after = self.fineness
        moves = [self.moved(name) for name in _DATES]
        moved = reduce(or_, (abs(days) > 0 for days in moves))
        known = reduce(or_, (~np.isnan(days) for days in moves))
        stays = [
            np.zeros(self.height, dtype=bool),
            self._stay(lambda name: _months(self.days(name))),
            self._stay(lambda name: self.quarters[name]),
            self._stay(lambda name: self.quarters[name] // 2),
            (moves[0] >= 0) & (moves[1] <= 0),  # inside the old ones, both ends known on both sides
        ]
        refined: Mask = (moved | (after < before)) & known & np.choose(before, stays)
        return refined

    def _stay(self, place: Callable[[str], Numbers]) -> Mask:
        """Whether each date that both sides know stays in its place."""
        return reduce(and_, (~(abs(place(name) - place(f"{name}{BEFORE}")) > 0) for name in _DATES))


@cache
def kinds_of_dates() -> tuple[Kind[ChangedDates], ...]:
    """The rules for the dates of changed projects; `refined` replaces the others."""
    return (
        Kind("refined", "date_precision", lambda dates: dates.refined),
        _moved("deferred", "start_date", lambda dates: dates.start),
        _moved("accelerated", "start_date", lambda dates: -dates.start),
        _moved("extended", "end_date", lambda dates: dates.length),
        _moved("shortened", "end_date", lambda dates: -dates.length),
        _shifted("start_date", lambda dates: dates.start),
        _shifted("end_date", lambda dates: dates.end),
    )


def _moved(kind: str, field: str, quarters: Callable[[ChangedDates], Numbers]) -> Kind[ChangedDates]:
    return Kind(kind, field, lambda dates: ~dates.refined & (quarters(dates) > 0), quarters, "quarters")


def _shifted(field: str, quarters: Callable[[ChangedDates], Numbers]) -> Kind[ChangedDates]:
    """A move inside its quarter, where both versions give the day."""

    def inside(dates: ChangedDates) -> Mask:
        daily = (dates.fineness[0] == 0) & (dates.fineness[1] == 0)
        found: Mask = ~dates.refined & daily & (quarters(dates) == 0) & (abs(dates.moved(field)) > 0)
        return found

    return Kind("shifted", field, inside, lambda dates: dates.moved(field), "days")

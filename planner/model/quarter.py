"""Quarters and fiscal years as values: parse, order, distance, first and last day; never today's date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from planner.errors import QuarterUnreadable

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FISCAL = re.compile(r"FY([0-9]{2}|[0-9]{4})-Q([1-4])")
_CALENDAR = re.compile(r"([0-9]{4})-Q([1-4])")
_CENTURY = range(2000, 2100)


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A fiscal quarter by its ordinal: fiscal year x 4 + (n - 1), so FY27-Q1 is 8108 (DOMAIN 2.4)."""

    ordinal: int

    @property
    def year(self) -> int:
        """The fiscal year."""
        return self.ordinal // 4

    @property
    def number(self) -> int:
        """1 to 4."""
        return self.ordinal % 4 + 1

    def __add__(self, quarters: int) -> Quarter:
        return Quarter(self.ordinal + quarters)

    def __sub__(self, other: Quarter) -> int:
        return self.ordinal - other.ordinal

    @classmethod
    def of(cls, year: int, number: int) -> Quarter:
        """The quarter `number` (1 to 4) of fiscal year `year`."""
        return cls(year * 4 + number - 1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The fiscal calendar of a plan: the month (1 to 12) in which its year starts.

    Fiscal year Y starts in calendar year Y - 1, or in Y where the start month is January.
    """

    start_month: int

    @property
    def is_calendar_year(self) -> bool:
        """Whether labels are written 2026-Q3, not FY27-Q3."""
        return self.start_month == 1

    @property
    def example(self) -> str:
        """A label as this plan writes it."""
        return "2026-Q3" if self.is_calendar_year else "FY27-Q3"

    def parse(self, text: str) -> Quarter:
        """Read a label of this plan; raises QuarterUnreadable."""
        matched = (_CALENDAR if self.is_calendar_year else _FISCAL).fullmatch(text)
        if matched is None:
            raise QuarterUnreadable(text, self.example)
        digits = matched[1]
        quarter = Quarter.of(int(digits) + (2000 if len(digits) == 2 else 0), int(matched[2]))  # noqa: PLR2004
        if self.label(quarter) != text:  # one quarter has one label: FY27-Q3, never FY2027-Q3
            raise QuarterUnreadable(text, self.label(quarter))
        return quarter

    def label(self, quarter: Quarter) -> str:
        """Write a quarter: 2026-Q3 in a calendar-year plan, else FY27-Q3 (FY1997-Q4 outside 2000-2099)."""
        if self.is_calendar_year:
            return f"{quarter.year:04d}-Q{quarter.number}"
        year = f"{quarter.year % 100:02d}" if quarter.year in _CENTURY else f"{quarter.year:04d}"
        return f"FY{year}-Q{quarter.number}"

    def spoken(self, quarter: Quarter) -> str:
        """Write a quarter as leaders read it: 'Q3 FY27', or 'Q3 2026' in a calendar-year plan."""
        return f"Q{quarter.number} {self.year_label(quarter.year)}"

    def year_label(self, year: int) -> str:
        """Write a fiscal year: 'FY27', or '2026' in a calendar-year plan."""
        if self.is_calendar_year:
            return f"{year:04d}"
        return f"FY{year % 100:02d}" if year in _CENTURY else f"FY{year:04d}"

    def of(self, day: dt.date) -> Quarter:
        """The quarter that a day lies in."""
        return Quarter((day.year * 12 + day.month - 1 + self._shift) // 3)

    def first_day(self, quarter: Quarter) -> dt.date:
        """The first day of a quarter."""
        return _month_start(quarter.ordinal * 3 - self._shift)

    def last_day(self, quarter: Quarter) -> dt.date:
        """The last day of a quarter."""
        return _month_start(quarter.ordinal * 3 + 3 - self._shift) - dt.timedelta(days=1)

    def months(self, quarter: Quarter) -> str:
        """The months of a quarter: 'Oct-Dec' with an en dash."""
        first, last = self.first_day(quarter), self.last_day(quarter)
        return f"{MONTHS[first.month - 1]}–{MONTHS[last.month - 1]}"  # noqa: RUF001

    @property
    def _shift(self) -> int:
        """Months to add to a calendar month to land in fiscal months."""
        return 0 if self.start_month == 1 else 13 - self.start_month


@lru_cache(maxsize=4096)
def _month_start(months: int) -> dt.date:
    return dt.date(months // 12, months % 12 + 1, 1)

"""The calendar of a refresh and of the budget season (DOMAIN 2.6, A33): days, from settings; it reminds nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.model.quarter import Calendar, Quarter

FRIDAY = 4
# Weeks before the meeting, and what is to be done by then.
MARKS: tuple[tuple[int, str], ...] = (
    (6, "open"),
    (4, "learn"),
    (2, "submit"),
    (0, "approve"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One day of the calendar: how many weeks before the meeting, what is done by then."""

    weeks: int
    what: str
    day: dt.date


def refresh_calendar(calendar: Calendar, quarter: Quarter) -> list[Mark]:
    """The days of the refresh to a quarter: the meeting is on the Friday of its third week, and seals the plan."""
    meeting = meeting_day(calendar, quarter)
    return [Mark(weeks, what, meeting - dt.timedelta(weeks=weeks)) for weeks, what in MARKS]


def meeting_day(calendar: Calendar, quarter: Quarter) -> dt.date:
    """The Friday among the days 15 to 21 of a quarter."""
    fifteenth = calendar.first_day(quarter) + dt.timedelta(days=14)
    return fifteenth + dt.timedelta(days=(FRIDAY - fifteenth.weekday()) % 7)


def budget_start(calendar: Calendar, month: int, lead: int, today: dt.date) -> tuple[dt.date, int]:
    """The next day, or today, on which the one-year plan is to be begun, and the fiscal year that it is for.

    The budget season begins in `month`; the plan is begun `lead` quarters before, for the year that begins next
    after the season has begun: with October and 2, on 1 April, for the fiscal year that begins a year later.
    """
    for year in range(today.year - 1, today.year + 4):
        season = dt.date(year, month, 1)
        begin = _months_before(season, 3 * lead)
        if begin >= today.replace(day=1):
            return begin, calendar.of(season).year + 1
    message = "a month comes round each year"
    raise AssertionError(message)


def _months_before(day: dt.date, months: int) -> dt.date:
    whole = day.year * 12 + day.month - 1 - months
    return dt.date(whole // 12, whole % 12 + 1, 1)

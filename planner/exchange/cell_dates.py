"""Days and quarters from a cell's text; what looks like one otherwise is told apart, never guessed.

Only ISO days read, and, where a plan's table expects a day, the quarter labels of the plan's own style:
a start takes the quarter's first day, an end, a due day and a need-by its last (FORMAT 1).
"""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from typing import TYPE_CHECKING

from planner.errors import QuarterUnreadable
from planner.exchange.cell_numbers import LEAVE_EMPTY
from planner.exchange.misread import Misread, shown
from planner.model.quarter import MONTHS, Quarter

if TYPE_CHECKING:
    from planner.model.columns import Column
    from planner.model.quarter import Calendar

QUARTER_HEADERS = {"start_date": "start_quarter", "end_date": "end_quarter", "need_by": "need_by_quarter"}
FIRST_DAY, LAST_DAY = ("start_date",), ("end_date", "need_by", "due_date")
LAST_YEAR = 9998
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LABEL = re.compile(r"(?:FY)?[0-9]{2,4}-Q[0-9]", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})(?:[T ][0-9:.]+Z?)?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{2}|[0-9]{4})")
_WITH_MONTH = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[-/. ]+)?([A-Za-z]{3,9})[-/., ]+([0-9]{2}|[0-9]{4})"
)
_SERIAL = re.compile(r"[2-7][0-9]{4}")
_SERIAL_START = dt.date(1899, 12, 30)
_LOOSE_QUARTER = re.compile(
    r"Q(?P<n>[1-4])[-/ ]*(?:FY)? ?(?P<year>[0-9]{4}|[0-9]{2})(?:[/-](?P<end>[0-9]{2,4}))?"
    r"|(?P<fy>FY)? ?(?P<year2>[0-9]{4}|[0-9]{2})(?:[/-](?P<end2>[0-9]{2,4}))?[-/ ]*Q(?P<n2>[1-4])",
    re.IGNORECASE,
)
_LONGEST = 40


def read_date(column: Column, text: str, calendar: Calendar) -> dt.date:
    """Read a day, or the day that a quarter stands for; raises Misread."""
    if _ISO.fullmatch(text):
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            raise Misread(_not_a_date(column, text, calendar)) from None
        if day.year > LAST_YEAR:
            raise Misread(f"{shown(text)} is no day that comes. {LEAVE_EMPTY.capitalize()}.")
        return day
    if column.name in FIRST_DAY + LAST_DAY and _LABEL.fullmatch(text):
        quarter = parse_quarter(text, calendar)
        return calendar.first_day(quarter) if column.name in FIRST_DAY else calendar.last_day(quarter)
    raise Misread(_not_a_date(column, text, calendar))


def read_quarter(text: str, calendar: Calendar) -> str:
    """Read a quarter of the plan's own style, as its canonical label; raises Misread."""
    return calendar.label(parse_quarter(text, calendar))


def parse_quarter(text: str, calendar: Calendar) -> Quarter:
    """Read a quarter of the plan's own style whose days all exist; raises Misread."""
    try:
        quarter = calendar.parse(text)
    except QuarterUnreadable:
        raise Misread(_not_a_quarter(text, calendar)) from None
    if not 1 < quarter.year < LAST_YEAR:
        raise Misread(f"{shown(text)} lies outside the calendar. Write a quarter like {calendar.example}.")
    return quarter


def _not_a_quarter(text: str, calendar: Calendar) -> str:
    meant = _loose_quarter(text, calendar)
    if meant is None and _ISO.fullmatch(text):
        days = _days_meant(text, at_start=True)
        meant = calendar.label(calendar.of(days[0])) if days else None
    if meant is not None:
        return f"{shown(text)} is not a quarter of this plan. Write it as {meant}."
    own = "calendar years" if calendar.is_calendar_year else "fiscal years"
    return (
        f"{shown(text)} is not a quarter of this plan. The plan counts in {own}: write it like "
        f"{calendar.example}, or {LEAVE_EMPTY}."
    )


def _not_a_date(column: Column, text: str, calendar: Calendar) -> str:
    days = _days_meant(text, at_start=column.name in FIRST_DAY)
    if days:
        either = " or ".join(day.isoformat() for day in days)
        ending = ", whichever is meant." if len(days) > 1 else "."
        return f"{shown(text)} is not a date. Write it as {either}{ending}"
    if column.name in FIRST_DAY + LAST_DAY:
        meant = _loose_quarter(text, calendar)
        if meant is not None:
            return f"{shown(text)} is not a date. Write the quarter as {meant}, or a day such as 2026-06-30."
    return f"{shown(text)} is not a date. Write a day such as 2026-06-30, or {LEAVE_EMPTY}."


def _days_meant(text: str, *, at_start: bool) -> list[dt.date]:
    """The days that a text may mean, the day-first reading first; none where it is no date at all."""
    if len(text) > _LONGEST:
        return []
    text = text.strip()
    if matched := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in matched.groups())
        return _real_days((year, month, day))
    if matched := _YEAR_LAST.fullmatch(text):
        first, second, year = (int(part) for part in matched.groups())
        return _real_days((_century(year), second, first), (_century(year), first, second))
    if matched := _WITH_MONTH.fullmatch(text):
        return _named_month(matched[1], matched[2], _century(int(matched[3])), at_start=at_start)
    if _SERIAL.fullmatch(text):
        return [_SERIAL_START + dt.timedelta(days=int(text))]
    return []


def _named_month(day: str | None, name: str, year: int, *, at_start: bool) -> list[dt.date]:
    month = next((n for n, short in enumerate(MONTHS, 1) if name.lower().startswith(short.lower())), 0)
    if not month or not 1 <= year <= LAST_YEAR:
        return []
    edge = 1 if at_start else monthrange(year, month)[1]
    return _real_days((year, month, int(day) if day else edge))


def _real_days(*parts: tuple[int, int, int]) -> list[dt.date]:
    """Those of the days that can be; a 31st of a shorter month is its last day."""
    found: list[dt.date] = []
    for year, month, day in parts:
        if 1 <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31:  # noqa: PLR2004
            real = dt.date(year, month, min(day, monthrange(year, month)[1]))
            if real not in found:
                found.append(real)
    return found


def _loose_quarter(text: str, calendar: Calendar) -> str | None:
    """The label that 'Q3 2024/25', 'FY25 Q3' or '2026Q3' stands for in this plan, where it is of its style."""
    matched = _LOOSE_QUARTER.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if matched is None:
        return None
    is_fiscal = "fy" in text.lower() or bool(matched["end"] or matched["end2"])
    if is_fiscal == calendar.is_calendar_year:
        return None
    year = _century(int(matched["end"] or matched["end2"] or matched["year"] or matched["year2"]))
    return calendar.label(Quarter.of(year, int(matched["n"] or matched["n2"])))


def _century(year: int) -> int:
    return year + 2000 if year < 100 else year  # noqa: PLR2004

"""The words that people read about a plan: money, quarters, numbers and lists; it computes no figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planner.model.quarter import Calendar, Quarter

MINUS = "\N{MINUS SIGN}"
DOT = " · "
_SIGNS = {"GBP": "£"}
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_QUARTER = re.compile(r"(FY\d{2,4}|\d{4})-(Q[1-4])\Z")
_THOUSAND, _MILLION, _BILLION = 10**3, 10**6, 10**9
_STATUS_WORDS = {
    "proposed": "proposed",
    "planned": "planned",
    "in_progress": "in progress",
    "on_hold": "on hold",
    "done": "finished",
    "cancelled": "stopped",
}
_LIFECYCLE_WORDS = {
    "plan": "planned",
    "phase_in": "being phased in",
    "active": "active",
    "phase_out": "being phased out",
    "end_of_life": "switched off",
}


def money_text(amount: int | None, currency: str) -> str:
    """Write money as leaders read it: £480k, £1.56m, £10.5m, EUR 3.2m; empty where it is not known.

    Three figures at most, rounded half away from zero; last zeros after the point are left out.
    """
    if amount is None:
        return ""
    sign = MINUS if amount < 0 else ""
    before = _SIGNS.get(currency, f"{currency} " if currency else "")
    return f"{sign}{before}{_short(abs(amount))}"


def signed_money_text(amount: int | None, currency: str) -> str:
    """Write a change of money: +£3.8m, a minus sign before less, and the bare zero."""
    said = money_text(amount, currency)
    return f"+{said}" if amount is not None and amount > 0 else said


def money_texts(amounts: pl.Series, currency: str) -> pl.Series:
    """Write a column of money; null stays null."""
    unlike = amounts.drop_nulls().unique()
    said = pl.Series([money_text(amount, currency) for amount in unlike], dtype=pl.String)
    return amounts.replace_strict(unlike, said, default=None, return_dtype=pl.String)


def _short(amount: int) -> str:
    if amount < _THOUSAND:
        return str(amount)
    thousands = _half_up(amount, _THOUSAND)
    if thousands < _THOUSAND:
        return f"{thousands}k"
    return (
        f"{_three_figures(amount, _MILLION)}m"
        if amount < _BILLION
        else f"{_three_figures(amount, _BILLION)}bn"
    )


def _three_figures(amount: int, unit: int) -> str:
    """Write an amount in a unit: 1.56, 2.1, 10.5, 47, 148."""
    hundredths = _half_up(amount * 100, unit)
    if hundredths < 1_000:  # noqa: PLR2004  below ten: two decimals
        whole, part = divmod(hundredths, 100)
        return f"{whole}.{part:02d}".rstrip("0").rstrip(".")
    tenths = _half_up(amount * 10, unit)
    if tenths < 1_000:  # noqa: PLR2004  below a hundred: one decimal
        return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    return f"{_half_up(amount, unit):,}"


def _half_up(amount: int, unit: int) -> int:
    """Divide and round half up, in whole numbers."""
    return (2 * amount + unit) // (2 * unit)


def number_word(number: int) -> str:
    """Write a number as a word up to ten, else in digits: two, eleven is 11, with thousands apart."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else f"{number:,}"


def counted(number: int, one: str, many: str = "", *, words: bool = False) -> str:
    """Write a number with its noun: '1 project', '4 projects', or 'four projects' with words."""
    said = number_word(number) if words else f"{number:,}"
    return f"{said} {one if number == 1 else many or one + 's'}"


def quarters_text(quarters: int, *, words: bool = False) -> str:
    """Write a length in quarters without its sign: '1 quarter', '2 quarters'."""
    return counted(abs(quarters), "quarter", words=words)


def moved_text(quarters: int, *, words: bool = False) -> str:
    """Write a move of a date: '2 quarters later', '1 quarter earlier', '' for none."""
    if quarters == 0:
        return ""
    return f"{quarters_text(quarters, words=words)} {'later' if quarters > 0 else 'earlier'}"


def spoken_quarter(quarter: Quarter, calendar: Calendar) -> str:
    """Write a quarter as leaders read it: 'Q3 FY27'."""
    return calendar.spoken(quarter)


def quarter_words(label: str) -> str:
    """Write a quarter of a register as leaders read it: 'Q4 FY27' for 'FY27-Q4'; what is no quarter stays."""
    return _QUARTER.sub(r"\2 \1", label)


def day_text(day: dt.date | None) -> str:
    """Write a day: '16 October 2026'; empty where it is not known."""
    return "" if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day_text(day: dt.date) -> str:
    """Write a day of this year: '16 Oct'."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]}"


def month_text(day: dt.date) -> str:
    """Write the month of a day: 'October 2026'."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def months_text(quarter: Quarter, calendar: Calendar) -> str:
    """Write the months of a quarter in full: 'July–September 2026', 'November 2026–January 2027' with an en dash."""  # noqa: RUF002
    first, last = calendar.first_day(quarter), calendar.last_day(quarter)
    year = f" {first.year}" if first.year != last.year else ""
    return f"{_MONTHS[first.month - 1]}{year}–{month_text(last)}"  # noqa: RUF001


def number_text(value: float) -> str:
    """Write a measured value as it was written down: 20.4, 84, 1,250,000; never in powers of ten."""
    said = f"{value:,.6f}".rstrip("0").rstrip(".")
    return said.replace("-", MINUS, 1) if said != "-0" else "0"


def listed_text(words: Sequence[str]) -> str:
    """Join words for a sentence: 'a, b and c'."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def percent_text(share: float) -> str:
    """Write a share as whole percent, rounded half up: 45%."""
    return f"{int(share * 100 + 0.5)}%"


def status_word(status: str | None) -> str:
    """Write a project's status as people say it."""
    return _STATUS_WORDS.get(status or "", status or "no status")


def lifecycle_word(phase: str | None) -> str:
    """Write where an enabler is in its life as people say it."""
    return _LIFECYCLE_WORDS.get(phase or "", phase or "")


def named(names: Sequence[str], most: int) -> str:
    """Join names by a dot, and say how many more there are."""
    more = len(names) - most
    return DOT.join(names[:most]) + (f"{DOT}and {more:,} more" if more > 0 else "")


def because_tail(text: str) -> str:
    """What was typed as a reason, as the tail of 'because ...': that word and a last full stop are taken off."""
    return " ".join(text.split()).removeprefix("because ").rstrip(".… ")

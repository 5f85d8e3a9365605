"""Whole numbers, money and numbers with decimals from a cell's text; what looks like one otherwise is told apart.

Only the plain form reads: `1200`, `-15`, and for numbers with decimals `0.5` or `1e-7`. No separators of
thousands, signs of currency, `+`, leading zeros or decimals of money: each of these may mean something else.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from planner.exchange.misread import Misread, shown
from planner.model.columns import LARGEST_MONEY

if TYPE_CHECKING:
    from planner.model.columns import Column

LEAVE_EMPTY = "leave the cell empty where it is not known"
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,399})(?:\.[0-9]{1,399})?(?:[eE][+-]?[0-9]{1,3})?")
_DRESSED = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[+\-\u2212])?\s*(?:[A-Z]{3}|[^\w\s.,()%+\-]{1,2})?\s*(?P<sign2>[+\-\u2212])?"
    r"(?P<digits>[0-9][0-9,.' \u00a0\u2009\u202f]*|[.,][0-9]+)(?P<exponent>[eE][+\-]?[0-9]{1,3})?"
    r"\s*(?P<times>k|m|mn|bn)?\s*(?P<percent>%)?\s*(?:[A-Za-z]{3}|[^\w\s.,()%+\-]{1,2})?\s*(?P<close>\))?"
)
_TIMES = {None: 0, "k": 3, "m": 6, "mn": 6, "bn": 9}
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[,.' \u00a0\u2009\u202f][0-9]{3})+")
_NO_NUMBER = re.compile(r"[+-]?(?:nan|inf|infinity|∞)", re.IGNORECASE)
_MOST_DIGITS = 40


def read_whole(column: Column, text: str) -> int:
    """Read a whole number or whole money; raises Misread."""
    if not _WHOLE.fullmatch(text):
        raise Misread(_not_whole(column, text))
    value = int(text)
    _check_bounds(column, text, value, LARGEST_MONEY)
    if column.allowed and text not in column.allowed:
        raise Misread(
            f"{shown(text)} is not one of the values of {column.name}. Write {_either(column.allowed)}."
        )
    return value


def read_number(column: Column, text: str) -> float:
    """Read a finite number that can be kept with all its digits; raises Misread."""
    if not _NUMBER.fullmatch(text):
        amount = _dressed(text)
        if amount is not None and text.endswith("%") and column.most == 1:
            amount /= 100
        raise Misread(
            _no_number(text, "number") if amount is None else _write(text, "plain number", _plain(amount))
        )
    value = float(text)
    if value in (float("inf"), float("-inf")):
        raise Misread(f"{shown(text)} is too large to be kept. Write a smaller number, or {LEAVE_EMPTY}.")
    exact = Decimal(text)
    if exact not in (Decimal(repr(value)), Decimal(value)):
        kept = _plain(Decimal(repr(value)))
        raise Misread(f"{shown(text)} has more digits than can be kept. Write {kept}.")
    _check_bounds(column, text, value, None)
    return value


def _not_whole(column: Column, text: str) -> str:
    amount = _dressed(text)
    if amount is None:
        return _no_number(text, "whole number")
    if abs(amount) > LARGEST_MONEY:
        return f"{shown(text)} is too large for {column.name}. Write at most {LARGEST_MONEY}."
    below = int(amount // 1)
    if amount == below:
        return _write(text, "plain whole number", str(below))
    return _write(text, "whole number", f"{below} or {below + 1}")


def _write(text: str, kind: str, instead: str) -> str:
    return f"{shown(text)} is not a {kind}. Write {instead}."


def _no_number(text: str, kind: str) -> str:
    if _NO_NUMBER.fullmatch(text):
        return f"{shown(text)} is not a number. {LEAVE_EMPTY.capitalize()}."
    example = "0.5" if kind == "number" else "1200"
    return f"{shown(text)} is not a {kind}. Write digits only, such as {example}, or {LEAVE_EMPTY}."


def _check_bounds(column: Column, text: str, value: float, otherwise: float | None) -> None:
    least = column.least if column.least is not None else (None if otherwise is None else -otherwise)
    most = column.most if column.most is not None else otherwise
    if least is not None and value < least:
        reach = f"from {least:.0f} to {most:.0f}" if most is not None else f"{least:.0f} or more"
        raise Misread(f"{shown(text)} is too small for {column.name}. Write a number {reach}.")
    if most is not None and value > most:
        reach = f"from {least:.0f} to {most:.0f}" if least is not None else f"of at most {most:.0f}"
        raise Misread(f"{shown(text)} is too large for {column.name}. Write a number {reach}.")


def _dressed(text: str) -> Decimal | None:
    """The amount that a person may have meant: '£1,200.50', '(12)', '1.5m', '12 GBP'; None where there is none."""
    matched = _DRESSED.fullmatch(text.strip())
    if matched is None or len(text) > _MOST_DIGITS or bool(matched["open"]) != bool(matched["close"]):
        return None
    try:
        amount = Decimal(_bare_digits(matched["digits"]) + (matched["exponent"] or ""))
        amount = amount.scaleb(_TIMES[matched["times"]])
    except InvalidOperation:
        return None
    is_negative = bool(matched["open"]) or (matched["sign"] or matched["sign2"] or "+") != "+"
    return -amount if is_negative and amount else amount


def _bare_digits(digits: str) -> str:
    """Take away what separates thousands, and write the decimals after a point."""
    digits = digits.strip(" \u00a0\u2009\u202f'")
    marks = [mark for mark in digits if not mark.isdigit()]
    if not marks:
        return digits
    last = marks[-1]
    is_grouped = (
        _THOUSANDS.fullmatch(digits) and len(set(marks)) == 1 and not (last == "." and len(marks) == 1)
    )
    if is_grouped or last not in ",.":
        return re.sub("[^0-9]", "", digits)
    whole, _, decimals = digits.rpartition(last)
    return f"{re.sub('[^0-9]', '', whole) or '0'}.{decimals or '0'}"


def _plain(amount: Decimal) -> str:
    said = format(amount.normalize(), "f")
    return said if len(said) <= _MOST_DIGITS else str(amount.normalize())


def _either(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]

"""A change of a team's capacity in people's words: how many people, which part of their time, in which quarters; no load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.rules.sentences import counted

if TYPE_CHECKING:
    from planner.model.quarter import Calendar
    from planner.rules.changes import Change

_PEOPLE = "fte"


def capacity_sides(change: Change, calendar: Calendar) -> tuple[str, str]:
    """'11 people' and '10 people from Q1 FY27, in 18 quarters'; of quarters that differ the lowest to the highest."""
    before, after = (_value(stored, change.field) for stored in (change.before, change.after))
    first = calendar.spoken(calendar.parse(change.quarters[0]))
    many = len(change.quarters)
    when = f"in {first}" if many == 1 else f"from {first}, in {counted(many, 'quarter')}"
    return before, f"{after} {when}"


def capacity_amount(change: Change) -> str:
    """'1 person fewer', '3 points more'; where the quarters differ the largest step: 'up to 5 people more'."""
    amount = change.amount or 0.0
    size = abs(amount) if change.field == _PEOPLE else abs(amount) * 100
    noun = ("person", "people") if change.field == _PEOPLE else ("point", "points")
    fewer = "fewer" if change.field == _PEOPLE else "less"
    said = f"{size:g} {noun[0] if size == 1 else noun[1]} {'more' if amount > 0 else fewer}"
    return f"up to {said}" if "|" in f"{change.before}{change.after}" else said


def _value(stored: str, field: str) -> str:
    values = [float(part) for part in stored.split("|")]
    if field != _PEOPLE:
        return " to ".join(f"{value * 100:g}%" for value in values)
    return f"{' to '.join(f'{value:g}' for value in values)} {'person' if values == [1] else 'people'}"

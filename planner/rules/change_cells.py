"""The cells of any table as people read them: money, quarters, days, words, names for ids; it compares nothing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import polars as pl

from planner.errors import QuarterUnreadable
from planner.model.edit import row_id_expr
from planner.model.tables import TABLES
from planner.rules.sentences import day_text, lifecycle_word, money_text, status_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.model.columns import Column
    from planner.model.plan import Plan
    from planner.model.settings import PlanSettings
    from planner.rules.change_names import Names

MOST_DESCRIBED = 3
_CHOICES: Final = {("projects", "status"): status_word, ("enablers", "lifecycle"): lifecycle_word}


def cell_text(  # noqa: C901, PLR0911  one line for each kind of column
    column: Column | None, stored: str, names: Names, settings: PlanSettings
) -> str:
    """Write a stored value of a column as people read it; what has no form of its own stays as it is."""
    if column is None or stored == "":
        return stored
    if column.name == "rag":
        return stored
    kind = column.kind
    if kind == "money":
        return money_text(int(stored), settings.currency)
    if kind == "quarter":
        return _spoken(stored, names)
    if kind == "date":
        return day_text(dt.date.fromisoformat(stored))
    if kind == "choice":
        words = _CHOICES.get((column.table, column.name))
        return words(stored) if words else stored.replace("_", " ")
    if kind == "flag":
        return "yes" if stored == "true" else "no"
    if kind in {"id", "ids"} and column.references:
        return ", ".join(_named(part, column.references, names) for part in stored.split("|"))
    if kind in {"list", "ids"}:
        return ", ".join(stored.split("|"))
    if kind in {"whole", "number"}:
        return _number(column, stored)
    return stored


def _spoken(label: str, names: Names) -> str:
    try:
        return names.calendar.spoken(names.calendar.parse(label))
    except QuarterUnreadable:
        return label


def _named(key: str, references: tuple[str, ...], names: Names) -> str:
    found = (names.known.get((table, key)) for table in references)
    return next((name for name in found if name), key)


def _number(column: Column, stored: str) -> str:
    if column.least == 0 and column.most == 1:
        return f"{float(stored) * 100:g}%"
    value = float(stored)
    said = f"{value:,.0f}" if value.is_integer() else f"{value:,}"
    if column.unit == "%":
        return f"{said}%"
    return f"{said} {column.unit}" if column.unit else said


def describe_rows(plan: Plan, table: str, ids: Iterable[str], names: Names) -> dict[str, str]:
    """What rows of a table hold, by id: 'person-days 40 person-days, cost £80k'; for rows that join or leave."""
    fields = [column for column in TABLES[table].columns if not column.key and column.name != "name"]
    frame = plan[table].with_columns(row_id_expr(table))
    rows = frame.filter(pl.col("id").is_in(list(ids)))
    found = {}
    for row in rows.iter_rows(named=True):
        filled = [
            (column, _stored(row[column.name])) for column in fields if row[column.name] not in {None, ""}
        ]
        said = [
            f"{column.label.lower()} {cell_text(column, cell, names, plan.settings)}"
            for column, cell in filled
        ]
        found[row["id"]] = ", ".join(said[:MOST_DESCRIBED])
    return found


def _stored(cell: object) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)

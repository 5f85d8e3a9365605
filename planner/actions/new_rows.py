"""What a new row of a table is asked for, and the id that it is offered; it adds none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.model.columns import Column

# How ids begin (DOMAIN 2.2), for a plan that has none yet.
_FIRST = {
    "outcomes": "OUT-001",
    "kpis": "KPI-001",
    "capabilities": "CAP-001",
    "enablers": "ENB-001",
    "projects": "PRJ-001",
    "milestones": "MS-001",
    "teams": "TEAM-01",
}


def next_id(table: str, ids: Iterable[str]) -> str:
    """The id that follows the highest one of the table's own manner: PRJ-034 after PRJ-033.

    `ids` are all that were ever given, also those of sealed versions: no id is given twice.
    """
    numbered = [found for name in ids if (found := re.fullmatch(r"(.*?)(\d{1,9})", name))]
    if not numbered:
        return _FIRST[table]
    last = max(numbered, key=lambda found: int(found[2]))
    return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}d}"


def has_own_id(table: str) -> bool:
    """Whether a row of a table has an id of its own, and not one made of what it names."""
    key = TABLES[table].key
    return len(key) == 1 and not TABLES[table].by_name[key[0]].references


def asked_of(table: str, besides: Iterable[str] = ()) -> list[Column]:
    """The columns that a new row is asked for: its key, what it cannot be without, and some besides."""
    wanted = set(besides)
    return [column for column in TABLES[table].columns if column.required or column.name in wanted]

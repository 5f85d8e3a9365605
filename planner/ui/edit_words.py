"""Edits, saves and conflicts in the words that people read; it draws nothing and changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from planner.actions.editing import cell_text
from planner.model.tables import TABLE_OF_TIER, TABLES
from planner.rules.sentences import counted, day_text

if TYPE_CHECKING:
    from planner.model.edit import Cell, Conflict, Edit, Row
    from planner.model.plan import Plan

EMPTY = "empty"
STRENGTHS = {"1": "some", "2": "clear", "3": "strong"}
_LONGEST = 120


class Names:
    """The names of a plan's items by table and id, those that only joined included; read when first asked."""

    def __init__(self, plan: Plan, edits: list[Edit]) -> None:
        self._plan = plan
        self._known: dict[str, dict[str, str]] = {}
        self._joined = {
            (edit.table, edit.id): str(edit.after.get("name") or edit.id)
            for edit in edits
            if "name" in TABLES[edit.table].by_name and isinstance(edit.after, Mapping)
        }

    def of(self, table: str, item: str) -> str:
        """The name of an item, or its id; a row without a name of its own is called by what it names."""
        if len(TABLES[table].key) > 1:
            return self._of_parts(table, tuple(item.split(":")))
        if table not in self._known:
            key = TABLES[table].key[0]
            pairs = self._plan[table].select(key, "name").iter_rows() if table in self._plan else ()
            self._known[table] = {row: name for row, name in pairs if name}
        return self._joined.get((table, item)) or self._known[table].get(item, item)

    def _of_parts(self, table: str, key: tuple[str, ...]) -> str:
        """'First → Then' for work that waits, 'Team · FY27-Q4' for other rows."""
        named = dict(zip(TABLES[table].key, key, strict=True))
        references = {name: TABLES[table].by_name[name].references for name in named}
        words = {
            name: self.of(references[name][0], part) if references[name] else part
            for name, part in named.items()
        }
        if table == "dependencies":
            return f"{words['predecessor_id']} → {words['successor_id']}"
        return " · ".join(words.values())

    def of_edit(self, edit: Edit) -> str:
        """What an edit is about: 'Fraud detection models', or 'Fraud models → Cloud data platform' for a link."""
        if edit.table == "settings":
            return edit.id.replace("_", " ").capitalize()
        row = edit.before if isinstance(edit.before, Mapping) else edit.after
        if isinstance(row, Mapping) and row.get("name"):
            return str(row["name"])
        if edit.table == "links":
            from_type, from_id, to_type, to_id, _ = edit.key
            ends = ((from_type, from_id), (to_type, to_id))
            return " → ".join(self.of(TABLE_OF_TIER[tier], item) for tier, item in ends)
        if edit.table in {"settings", "attributes", "reasons"}:
            return edit.id
        return self.of(edit.table, edit.id)


def field_word(edit: Edit, field: str = "") -> str:
    """The label of the column that an edit changes; for a row what sort of row it is."""
    name = field or edit.field
    return TABLES[edit.table].by_name[name].label if name else TABLES[edit.table].one


def value_word(edit: Edit, value: Cell | Row) -> str:
    """A value of an edit as people read it."""
    if edit.is_row:
        return "not there" if value is None else "there"
    assert not isinstance(value, Mapping)  # noqa: S101  told to the type checker
    said = cell_text(value) or ""
    if edit.table == "links" and edit.field == "strength":
        said = STRENGTHS.get(said, said)
    return (said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…") or EMPTY


def theirs_word(conflict: Conflict, names: Names) -> str:
    """What the plan holds instead of what an edit expected."""
    edit, stored = conflict.edit, conflict.stored
    if conflict.hangs_on is not None:
        table, row = conflict.hangs_on
        one, name = TABLES[table].one, names.of(table, row)
        return f"The {one} {name} was removed" if conflict.is_gone else f"{row} is another {one}"
    if conflict.is_gone:
        return f"This {TABLES[edit.table].one} was removed"
    return _their_row_word(edit, stored) if isinstance(stored, Mapping) else value_word(edit, stored)


def _their_row_word(edit: Edit, stored: Row) -> str:
    if edit.table == "links":
        return f"is there{_strength_word(stored)}"
    if edit.after is None:
        return "was changed meanwhile"
    name = cell_text(stored.get("name"))
    return f"{edit.id} is {name}" if name else "is there already, with other cells"


def mine_word(edit: Edit) -> str:
    """What a person wants of an edit."""
    if edit.is_row:
        if edit.table == "links" and isinstance(edit.after, Mapping):
            return f"add it{_strength_word(edit.after)}"
        return "remove it" if edit.after is None else "add it"
    return value_word(edit, edit.after)


def _strength_word(link: Row) -> str:
    said = cell_text(link.get("strength"))
    return f" with strength {said}" if said else ""


def moment_text(moment: dt.datetime, now: dt.datetime) -> str:
    """A moment in the time zone of the browser: '10:42', with its day where that is not today."""
    zone = _zone()
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    clock = f"{local:%H:%M}"
    return clock if local.date() == today else f"{day_text(local.date())}, {clock}"


def _zone() -> dt.tzinfo:
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return dt.UTC


def edits_word(number: int) -> str:
    """'3 unsaved edits', or that there are none."""
    return counted(number, "unsaved edit") if number else "No unsaved edits"

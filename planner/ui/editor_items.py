"""The items of a table as people choose among them, kept as long as neither the draft nor the edits say another; it draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.grid_rows import items_now
from planner.model.tables import TABLES
from planner.ui import session
from planner.ui.edit_words import Names

if TYPE_CHECKING:
    from planner.model.edit import Edit
    from planner.model.plan import Plan


def items_of(plan: Plan, edits: list[Edit], table: str) -> dict[str, str]:
    """The rows of a table as they would be after a save, with what each is called: 'Fraud models · PRJ-001'."""
    if any(edit.table in {table, *_named_by(table)} for edit in edits):
        return _items(plan, edits, table)
    draft = session.edited()
    return _saved(str(session.environment().database), session.state_of(draft), table)


@st.cache_resource(max_entries=32, show_spinner=False)
def _saved(path: str, state: str, table: str) -> dict[str, str]:
    del path, state  # they only say what the items are of
    return _items(session.plan_of(session.edited()), [], table)


def _items(plan: Plan, edits: list[Edit], table: str) -> dict[str, str]:
    names = Names(plan, edits)
    has_id = len(TABLES[table].key) == 1
    called = {row: names.of(table, row) for row in items_now(plan, edits, table)}
    return {row: f"{name} · {row}" if has_id else name for row, name in called.items()}


def _named_by(table: str) -> set[str]:
    """The tables whose names stand in those of the rows of a table without a name of its own."""
    return {other for key in TABLES[table].key for other in TABLES[table].by_name[key].references}

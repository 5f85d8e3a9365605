"""How each column of a grid is edited: words and items are chosen, all else is typed; it draws no grid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from planner.actions.grid_quarters import QuarterGrid
from planner.actions.grid_rows import FOUND, TREE, names_of
from planner.model.tables import TABLES
from planner.ui import session
from planner.ui.editor_grids import GRIDS, Grid
from planner.ui.grid import choice_column, quarter_column, text_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.columns import Column
    from planner.model.edit import Edit
    from planner.model.plan import Plan

YES_NO = {"true": "yes", "false": "no"}
_WIDE = {"name": 230, "why": 320, "note": 260}
_NARROW = {
    "code": 72,
    "weight": 84,
    "short_name": 110,
    "decimals": 92,
    "unit": 84,
    "importance": 108,
    "maturity_current": 124,
    "maturity_target": 124,
    "target_quarter": 116,
    "baseline_quarter": 116,
    "pd_per_fte_quarter": 116,
    "run_cost_annual": 132,
}
_OF_NAMES, _OF_KEY = 208, 200  # the widths of columns of names


def column_configs(edits: Sequence[Edit], grid: Grid, quarters: Sequence[str]) -> dict[str, Any]:
    """The columns of a grid; those of unsaved items can be chosen too."""
    joined = tuple(
        (edit.table, edit.id, str(edit.after.get("name") or edit.id))
        for edit in edits
        if edit.is_row and isinstance(edit.after, Mapping)
    )
    draft = session.edited()
    path = str(session.environment().database)
    return _configs(path, session.state_of(draft), grid.name, joined, tuple(quarters))


@st.cache_resource(max_entries=32, show_spinner=False)
def _configs(
    path: str, state: str, name: str, joined: tuple[tuple[str, str, str], ...], quarters: tuple[str, ...]
) -> dict[str, Any]:
    del path, state  # they only say what the columns are of
    plan, grid = session.plan_of(session.edited()), GRIDS[name]
    configs: dict[str, Any] = {
        FOUND: st.column_config.TextColumn(
            "Findings", help="How many there are; ◆ stops a sealing.", width=76, disabled=True
        )
    }
    if isinstance(grid, QuarterGrid):
        shown = [TABLES[grid.table].by_name[owner] for owner in grid.owners]
        field = TABLES[grid.table].by_name[grid.field]
        configs |= {quarter: quarter_column(field, quarter) for quarter in quarters}
    else:
        shown = list(TABLES[grid.table].columns)
        configs[TREE] = st.column_config.TextColumn(
            "Tree", help="Set in by how deep it stands; ▼ has parts.", width=58, disabled=True, pinned=True
        )
    return configs | {column.name: _config(plan, column, joined) for column in shown}


def _config(plan: Plan, column: Column, joined: Sequence[tuple[str, str, str]]) -> Any:
    if column.kind == "id" and column.references:
        names = names_of(plan, column.references)
        names |= {item: name for table, item, name in joined if table in column.references}
        used = plan[column.table][column.name].drop_nulls().unique()
        ordered = sorted(
            {*names, *map(str, used)}, key=lambda item: (str(names.get(item, item)).casefold(), item)
        )
        return choice_column(column, ordered, names, width=_OF_KEY if column.key else _OF_NAMES)
    if column.kind == "flag":
        return choice_column(column, YES_NO, YES_NO)
    if column.allowed:
        return choice_column(column, column.allowed, width=_NARROW.get(column.name))
    wide = _WIDE.get(column.name) or _NARROW.get(column.name)
    return text_column(column, width=wide, pinned=column.name == "name")

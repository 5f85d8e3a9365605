"""The row of controls above a grid: search, filters, sorting, columns or quarters, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.grid_quarters import quarters_shown
from planner.actions.grid_rows import GridView, names_of
from planner.model.tables import TABLES
from planner.rules.sentences import status_word
from planner.ui import address, session
from planner.ui.editor_columns import YES_NO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.ui.editor_grids import Grid, Tab


@dataclass(frozen=True, slots=True)
class Shown:
    """What the controls ask for: which grid, which rows in which order, and which columns."""

    grid: Grid
    view: GridView
    columns: tuple[str, ...]


def pick_tab(tabs: Sequence[Tab]) -> Tab:
    """Return the tab that the address names; `show_tabs` draws the chooser, below the title."""
    if len(tabs) == 1:
        return tabs[0]
    named = {tab.key: tab for tab in tabs}
    address.read_one("tab", named, tabs[0].key)
    return named[st.session_state["tab"]]


def show_tabs(tabs: Sequence[Tab]) -> None:
    """Draw the chooser of the table, where a page has several."""
    if len(tabs) == 1:
        return
    named = {tab.key: tab.title for tab in tabs}
    st.segmented_control(
        "Table",
        list(named),
        format_func=named.__getitem__,
        key="tab",
        required=True,
        label_visibility="collapsed",
    )
    chosen = st.session_state["tab"]
    address.write("tab", *([chosen] if chosen != tabs[0].key else []))


def pick_shown(plan: Plan, tab: Tab, draft: Version) -> Shown:
    """Draw the controls and return what they ask for."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        search = _pick_search(tab)
        status = _pick_pills(tab)
        chosen, outcomes, only_found = _pick_more(plan, tab)
        if tab.by_quarter:
            grid, quarters = _pick_quarters(plan, tab, draft)
            view = GridView(search, tuple(chosen), (), only_found, quarters=quarters)
            return Shown(grid, view, (*tab.first_columns(), *quarters))
        sort_by, is_descending = _pick_order(tab)
        columns = _pick_columns(tab)
    if status:
        chosen = [(tab.pills, tuple(status)), *chosen]
    view = GridView(search, tuple(chosen), tuple(outcomes), only_found, sort_by, is_descending)
    return Shown(tab.grids[0], view, (*tab.first_columns(), *columns))


def _pick_search(tab: Tab) -> str:
    address.read_one("q", None, "")
    search: str = st.text_input("Search", key="q", placeholder=tab.hint, width=250)
    address.write("q", *([search] if search else []))
    return search


def _pick_pills(tab: Tab) -> Sequence[str]:
    if not tab.pills:
        return ()
    column = TABLES[tab.table].by_name[tab.pills]
    spoken = status_word if tab.table == "projects" else _spoken
    address.read_many(tab.pills, column.allowed)
    chosen = st.pills(column.label, column.allowed, selection_mode="multi", format_func=spoken, key=tab.pills)
    address.write(tab.pills, *chosen)
    return chosen


def _spoken(word: str) -> str:
    return word.replace("_", " ")


def _pick_more(plan: Plan, tab: Tab) -> tuple[list[tuple[str, tuple[str, ...]]], list[str], bool]:
    """Draw the filters that fold away; their values are those that the plan has."""
    serving = {"outcome"} if tab.table == "projects" else set()
    count = sum(bool(st.session_state.get(key)) for key in {"found", *serving, *tab.filters})
    with st.popover(f"Filter ({count})" if count else "Filter", icon=":material/filter_list:"):
        outcomes: list[str] = []
        if serving:
            named = names_of(plan, ["outcomes"])
            outcomes = _pick_many("outcome", "Serves the outcome", list(named), named)
        picked = [(field, _pick_field(plan, tab, field)) for field in tab.filters]
        address.read_flag("found")
        only_found = st.toggle("Only those with findings", key="found")
        address.write("found", *(["1"] if only_found else []))
    return [(field, tuple(words)) for field, words in picked if words], outcomes, only_found


def _pick_field(plan: Plan, tab: Tab, field: str) -> list[str]:
    column = TABLES[tab.table].by_name[field]
    names = (
        names_of(plan, column.references) if column.references else YES_NO if column.kind == "flag" else {}
    )
    state = (str(session.environment().database), session.state_of(session.edited()))
    return _pick_many(field, column.label, _values(state, tab.table, field), names)


def _pick_many(key: str, label: str, words: Sequence[str], names: Mapping[str, str]) -> list[str]:
    address.read_many(key, words)
    chosen = st.multiselect(label, words, format_func=lambda word: names.get(word, _spoken(word)), key=key)
    address.write(key, *chosen)
    return chosen


def _pick_order(tab: Tab) -> tuple[str, bool]:
    columns = TABLES[tab.table].by_name
    choices = ["", *(name for name, column in columns.items() if column.kind not in {"list", "ids"})]
    address.read_one("sort", choices, "")
    address.read_flag("down")
    with st.popover("Sort", icon=":material/sort:"):
        sort_by = st.selectbox(
            "Sort by",
            choices,
            format_func=lambda name: columns[name].label if name else tab.own_order,
            key="sort",
        )
        is_descending = st.toggle("Largest or latest first", key="down")
    address.write("sort", *([sort_by] if sort_by else []))
    address.write("down", *(["1"] if is_descending else []))
    return sort_by, is_descending


def _pick_columns(tab: Tab) -> tuple[str, ...]:
    sets = dict(tab.sets)
    first = tab.sets[0][0]
    if len(sets) == 1:
        return sets[first]
    address.read_one("columns", sets, first)
    chosen = st.selectbox("Columns", list(sets), key="columns", width=130)
    address.write("columns", *([chosen] if chosen != first else []))
    return sets[chosen]


def _pick_quarters(plan: Plan, tab: Tab, draft: Version) -> tuple[Grid, tuple[str, ...]]:
    """Draw the chooser of what the cells hold, where there are several, and whether the past is shown."""
    grids = {grid.field: grid for grid in tab.grids if hasattr(grid, "field")}
    field = next(iter(grids))
    if len(grids) > 1:
        columns = TABLES[tab.table].by_name
        address.read_one("show", grids, field)
        field = st.selectbox(
            "Cells hold", list(grids), format_func=lambda name: columns[name].label, key="show", width=170
        )
        address.write("show", *([field] if field != next(iter(grids)) else []))
    address.read_flag("past")
    with_past = st.toggle("Past quarters", key="past")
    address.write("past", *(["1"] if with_past else []))
    first = plan.calendar.parse(draft.quarter)
    return grids[field], quarters_shown(plan, tab.table, first, with_past=with_past)


@st.cache_resource(max_entries=64, show_spinner=False)
def _values(state: tuple[str, str], table: str, field: str) -> Sequence[str]:
    """The values that a column holds as words, the parts of lists taken apart, as long as the plan stays."""
    del state  # it only says what the values are of
    cells = session.plan_of(session.edited())[table][field].drop_nulls().unique().to_list()
    parts = {part for cell in cells for part in _word(cell).split("|")}
    return sorted(parts)


def _word(cell: object) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell)

"""A page on which tables of the draft are edited: its tabs, one grid with its controls, its panel and its save.

One way for every table: what is shown comes from `editor_grids` and the schema classes; each part draws itself elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.editing import read_edits
from planner.actions.grid_rows import FOUND
from planner.actions.row_findings import findings_by_row
from planner.actions.sheets import sheet_bytes
from planner.actions.unsaved import find_stale
from planner.model.tables import TABLES
from planner.rules.checks import find_findings
from planner.rules.sentences import counted
from planner.ui import desk, session
from planner.ui.edit_words import Names
from planner.ui.editor_columns import column_configs
from planner.ui.editor_filters import pick_shown, pick_tab, show_tabs
from planner.ui.editor_grids import GRIDS, TABS, counted_rows
from planner.ui.editor_items import items_of
from planner.ui.editor_panel import pick_item, show_item
from planner.ui.editor_rows import add_one, article, paste_rows
from planner.ui.editor_save import save_when_asked, show_bar
from planner.ui.editor_stale import show_conflicts, show_problems, show_unsaved
from planner.ui.editor_words import TITLES, empty_word, header_word, lead_of
from planner.ui.findings import findings_html
from planner.ui.frame import lead, link_to, offer_csv, page_header
from planner.ui.grid import draw, drawings, name_of, show_grid
from planner.ui.markup import tag
from planner.ui.pickers import version_name
from planner.ui.presence_line import show_presence
from planner.ui.sending import let_it_be_sent

if TYPE_CHECKING:
    import polars as pl
    from streamlit.delta_generator import DeltaGenerator

    from planner.actions.grid_rows import GridView
    from planner.model.edit import Edit
    from planner.model.finding import Finding
    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.ui.editor_filters import Shown
    from planner.ui.editor_grids import Tab

_HEIGHT, _ROW, _EDGE = 520, 34, 14
_MOST_FINDINGS = 40


def show_editor(page: str) -> None:
    """Draw the page of that key."""
    hear(page)
    save_when_asked()
    draft = session.edited()
    show_presence(page, draft)
    plan, edits = session.plan_of(draft), desk.unsaved()
    tab = pick_tab(TABS[page])
    names = Names(plan, edits)
    _show_header(page, tab, draft, plan)
    if not all(_is_empty(plan, edits, one) for one in TABS[page]):
        found = _found(draft, tab.item_table)
        lead(lead_of(page, plan, plan.calendar.parse(draft.quarter), tab, len(found)))
    show_tabs(TABS[page])
    if _is_empty(plan, edits, tab):
        if edits:
            show_bar(edits, names)
        _show_empty(plan, edits, tab)
        return
    controls = st.container()
    show_bar(edits, names)
    show_conflicts(find_stale(session.database(), plan, edits, draft.label) if edits else [], names)
    left, right = st.columns([0.77, 0.23] if tab.by_quarter else [0.7, 0.3], gap="medium")
    with left:
        grid, below = st.container(), st.container()
        with below:
            show_problems(read_edits(session.database(), edits, draft.label)[1] if edits else [], names)
            show_unsaved(edits, names)
        with grid:
            _show_rows(page, draft, plan, edits, tab, controls, below)
    with right.container(key="panel"):
        _show_panel(draft, plan, edits, tab, names)


def hear(page: str) -> None:
    """Take what was typed into the grids of a page over to the unsaved edits of the person."""
    for grid in (grid for tab in TABS[page] for grid in tab.grids):
        for drawing in drawings(name_of(grid)):
            typed = drawing.typed()
            if typed:
                plan = drawing.plan
                desk.change(
                    lambda kept, grid=grid, plan=plan, typed=typed: grid.put(plan, kept, typed),  # type: ignore[misc]
                    drawing.version,
                )
                drawing.take_over(typed)


@st.fragment
def _show_rows(
    page: str,
    draft: Version,
    plan: Plan,
    edits: list[Edit],
    tab: Tab,
    controls: DeltaGenerator,
    below: DeltaGenerator,
) -> None:
    """The controls, the grid and its findings run alone when other rows are asked for.

    What was typed is heard first; where that or anybody else has changed more, the whole page runs.
    """
    hear(page)
    _rerun_when_overtaken(draft, edits)
    with controls:
        shown = pick_shown(plan, tab, draft)
    rows = shown.grid.laid_over(plan, shown_rows(draft, shown.grid.name, shown.view), edits)
    _show_grid(draft, plan, edits, tab, rows, shown)
    with below:
        _show_findings(_found(draft, tab.table), rows, tab, is_all=shown.view == type(shown.view)())
    let_it_be_sent()


def _rerun_when_overtaken(draft: Version, edits: list[Edit]) -> None:
    """Run the whole page where it is another one than when it was drawn as a whole."""
    if session.state_of(session.edited()) != session.state_of(draft) or desk.unsaved() != edits:
        st.rerun()


def _show_header(page: str, tab: Tab, draft: Version, plan: Plan) -> None:
    said = f"{version_name(draft, plan.calendar)} · {header_word(tab, plan)}"
    one = TABLES[tab.table].one
    with page_header(TITLES[page], said):
        if tab.can_add and st.button(f"Add {article(one)} {one}", icon=":material/add:", key="add"):
            add_one(plan, tab)
        if st.button("Paste rows", icon=":material/content_paste:", key="paste"):
            paste_rows(plan, tab)


def _is_empty(plan: Plan, edits: list[Edit], tab: Tab) -> bool:
    """Whether a tab has no rows to show, neither saved nor unsaved."""
    of_items = tab.item_table if tab.by_quarter else tab.table
    return not items_of(plan, edits, of_items)


def _show_empty(plan: Plan, edits: list[Edit], tab: Tab) -> None:
    """Say why there is nothing, and offer the next step."""
    is_needed = bool(tab.needs) and not items_of(plan, edits, tab.needs)
    with st.container(border=True):
        st.html(tag("p", empty_word(tab, is_needed=is_needed), class_="p-empty"))
        if is_needed:
            page, before = next((p, t) for p, tabs in TABS.items() for t in tabs if t.table == tab.needs)
            many = before.title.lower()
            link_to(page, f"Go to {many}", tab=before.key)
            return
        with st.container(horizontal=True):
            if st.button(f"Add the first {TABLES[tab.table].one}", type="primary", icon=":material/add:"):
                add_one(plan, tab)
            if st.button("Paste rows from a spreadsheet", icon=":material/content_paste:"):
                paste_rows(plan, tab)


def _found(draft: Version, table: str) -> dict[str, list[Finding]]:
    """The findings of the saved draft by the rows of a table."""
    return _findings_of(str(session.environment().database), session.state_of(draft), table)


@st.cache_resource(max_entries=8, show_spinner=False)
def _findings(path: str, state: str) -> list[Finding]:
    del path, state  # they only say what the findings are of
    draft = session.edited()
    plan = session.plan_of(draft)
    return find_findings(plan, plan.calendar.parse(draft.quarter), session.baseline_of(draft))


@st.cache_resource(max_entries=32, show_spinner=False)
def _findings_of(path: str, state: str, table: str) -> dict[str, list[Finding]]:
    return findings_by_row(session.plan_of(session.edited()), _findings(path, state), table)


def shown_rows(draft: Version, grid: str, view: GridView) -> pl.DataFrame:
    """The rows of a grid that a view of the draft shows, as texts; the same object as long as neither changes."""
    return _rows(str(session.environment().database), session.state_of(draft), grid, view)


@st.cache_resource(max_entries=32, show_spinner=False)
def _rows(path: str, state: str, grid: str, view: GridView) -> pl.DataFrame:
    """The rows of a view of the draft; the same object as long as neither changes."""
    del path, state
    draft = session.edited()
    return GRIDS[grid].rows(session.plan_of(draft), view, _found(draft, GRIDS[grid].table))


def _show_grid(
    draft: Version, plan: Plan, edits: list[Edit], tab: Tab, rows: pl.DataFrame, shown: Shown
) -> None:
    if rows.is_empty() and tab.can_add and plan[tab.table].is_empty():
        _show_empty(plan, edits, tab)
        return
    if rows.is_empty():
        nothing = f"No {tab.item_word if tab.by_quarter else TABLES[tab.table].one} is like that."
        st.html(tag("p", f"{nothing} Take a filter away to see more.", class_="p-empty"))
        return
    # This line keeps the grid's own buttons, which float above it, off the bar with Save.
    with st.container(horizontal=True, vertical_alignment="center", gap="small", height=36, border=False):
        st.html(
            tag("p", f"{_how_many(plan, tab, rows)}, edited cell by cell", class_="p-note"), width="content"
        )
        _offer_csv(draft, tab, rows, shown)
    is_told = not tab.by_quarter or rows[FOUND].null_count() < rows.height
    columns = [name for name in shown.columns if is_told or name != FOUND]
    drawing = draw(shown.grid, rows, columns, plan, draft.label)
    height = min(_HEIGHT, _ROW * (rows.height + 1) + _EDGE)
    configs = column_configs(edits, shown.grid, shown.view.quarters)
    show_grid(drawing, configs, alt=f"{tab.title} of the draft", height=height)
    st.html(tag("p", _BY_QUARTER if tab.by_quarter else _HOW, class_="p-note"))


_HOW = (
    "What you type or paste into dates, money and numbers stays as it is and is checked before a save. "
    "In a column with a list of words the grid takes those words only; Paste rows tells which ones do not fit."
)
_BY_QUARTER = (
    "Copy a block from a spreadsheet and paste it onto the first cell, or fill a marked block down with Ctrl+D. "
    "A cell that is emptied takes its quarter out of the plan where nothing else is in it."
)


def _how_many(plan: Plan, tab: Tab, rows: pl.DataFrame) -> str:
    if tab.by_quarter:
        return counted(rows.height, "row")
    total = plan[tab.table].height
    if rows.height >= total:
        return counted_rows(rows.height, tab.table)
    return f"{rows.height:,} of {counted_rows(total, tab.table)}"


def _offer_csv(draft: Version, tab: Tab, rows: pl.DataFrame, shown: Shown) -> None:
    """The roadmap has a CSV of its own; of other tables what is on the screen is taken along."""
    if tab.table == "projects":
        link_to("exchange", "CSV", icon=":material/download:", version=draft.label, form="roadmap")
        link_to("many", "Change many", icon=":material/rule:")
        return
    offer_csv(
        f"{tab.key}.csv",
        lambda: sheet_bytes(rows.select(shown.columns)),
        "These rows and columns, unsaved edits included.",
        is_quiet=True,
    )


def _show_findings(found: dict[str, list[Finding]], rows: pl.DataFrame, tab: Tab, *, is_all: bool) -> None:
    """List the findings of the rows in the grid."""
    shown = set(rows.to_series(0)) | ({""} if is_all else set())
    listed = [
        finding for row, findings in found.items() if tab.by_quarter or row in shown for finding in findings
    ]
    if not listed:
        st.container()  # its place, which a filter may fill without the rest of the page
        return
    about = "" if tab.by_quarter else f" about the {tab.title.lower()} shown"
    with st.expander(f"{counted(len(listed), 'finding')}{about}"):
        st.html(findings_html(listed[:_MOST_FINDINGS]))
        if len(listed) > _MOST_FINDINGS:
            st.html(tag("p", f"and {len(listed) - _MOST_FINDINGS:,} more", class_="p-note"))


@st.fragment
def _show_panel(draft: Version, plan: Plan, edits: list[Edit], tab: Tab, names: Names) -> None:
    """The panel runs alone when another item is chosen; where more has changed, the whole page does."""
    _rerun_when_overtaken(draft, edits)
    row = pick_item(tab, items_of(plan, edits, tab.item_table))
    if row is not None:
        show_item(plan, edits, tab, row, _found(draft, tab.item_table).get(row, []), names)
    let_it_be_sent()

"""The Projects page: the grid of the draft with its controls, its panel and its save; each part draws itself elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from planner.actions.editing import read_edits
from planner.actions.grid_rows import (
    FOUND,
    GridView,
    findings_of_projects,
    project_ids,
    projects_shown,
    with_unsaved,
)
from planner.actions.unsaved import find_stale, put_cells
from planner.model.tables import TABLES
from planner.rules.checks import find_findings
from planner.rules.measures import live_cost, project_counts
from planner.rules.sentences import counted, money_text
from planner.rules.sight import outcomes_of_projects
from planner.ui import desk, session
from planner.ui.edit_words import Names
from planner.ui.frame import lead, link_to, page_header
from planner.ui.grid import choice_column, draw, drawings, show_grid, text_column
from planner.ui.markup import Html, join, strong, tag
from planner.ui.pickers import version_name
from planner.ui.projects_page_filters import pick_shown
from planner.ui.projects_page_rows import add_project, paste_rows
from planner.ui.projects_page_save import save_when_asked, show_bar
from planner.ui.projects_page_side import findings_html, pick_project, show_project
from planner.ui.projects_page_stale import show_conflicts, show_problems, show_unsaved

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from planner.model.edit import Edit
    from planner.model.finding import Finding
    from planner.model.plan import Plan
    from planner.model.version import Version

GRID = "projects-grid"
_HEIGHT, _ROW, _EDGE = 520, 34, 14
_MOST_FINDINGS = 40
_COLUMNS = TABLES["projects"].by_name
_EVERY = GridView()


def show_projects() -> None:
    """Draw the page."""
    hear()
    save_when_asked()
    draft = session.draft()
    plan, edits = session.plan_of(draft), desk.unsaved()
    found = findings_by_project(draft)
    names = Names(plan, edits)
    _show_header(draft, plan)
    if plan["projects"].is_empty() and not edits:
        _show_empty(plan)
        return
    lead(_lead(plan, found))
    shown = pick_shown(plan)
    show_bar(edits, names)
    show_conflicts(find_stale(session.database(), plan, edits) if edits else [], names)
    rows = with_unsaved(_shown(draft, shown.view), edits)
    left, right = st.columns([0.7, 0.3], gap="medium")
    with left:
        _show_grid(plan, rows, shown.columns)
        show_problems(read_edits(session.database(), edits)[1] if edits else [], names)
        show_unsaved(edits, names)
        _show_findings(found, set(rows["project_id"]))
    with right:
        _show_panel(draft, plan, edits, found, names)


def hear() -> None:
    """Take what was typed into the grid over to the unsaved edits of the person."""
    for drawing in drawings(GRID):
        typed = drawing.typed()
        if typed:
            cells = [((project,), field, text) for (project, field), text in typed.items()]
            plan = drawing.plan
            desk.change(lambda kept, plan=plan, cells=cells: put_cells(plan, kept, "projects", cells))  # type: ignore[misc]
            drawing.take_over(typed)


def _show_header(draft: Version, plan: Plan) -> None:
    counts = project_counts(plan)
    said = f"{version_name(draft, plan.calendar)} · {counted(plan['projects'].height, 'project')}, {counts['live']:,} live"
    with page_header("Projects", said):
        if st.button("Add a project", icon=":material/add:", key="add"):
            add_project(plan)
        if st.button("Paste rows", icon=":material/content_paste:", key="paste"):
            paste_rows(plan)


def _lead(plan: Plan, found: dict[str, list[Finding]]) -> Html:
    """Say how much work there is and how much of it needs a look."""
    live, cost = project_counts(plan)["live"], live_cost(plan)
    work = strong(counted(live, "live project", words=True).capitalize())
    money = money_text(int(cost.value), plan.settings.currency) if cost.value is not None else ""
    costs = join([" cost" if live != 1 else " costs", " ", strong(money)]) if money else Html("")
    if not found:
        return join([work, costs, "; no check of the plan finds anything to mend."])
    needs = "needs" if len(found) == 1 else "need"
    return join([work, costs, "; ", strong(counted(len(found), "project", words=True)), f" {needs} a look."])


def _show_empty(plan: Plan) -> None:
    with st.container(border=True):
        st.html(
            tag(
                "p",
                "There is no project in the draft yet. Add the first one, or paste rows.",
                class_="p-empty",
            )
        )
        with st.container(horizontal=True):
            if st.button("Add the first project", type="primary", icon=":material/add:"):
                add_project(plan)
            if st.button("Paste rows from a spreadsheet", icon=":material/content_paste:"):
                paste_rows(plan)


def findings_by_project(draft: Version) -> dict[str, list[Finding]]:
    """The findings of the saved draft by project."""
    return _findings(str(session.environment().database), session.state_of(draft))


@st.cache_resource(max_entries=8, show_spinner=False)
def _findings(path: str, state: str) -> dict[str, list[Finding]]:
    del path, state  # they only say what the findings are of
    draft = session.draft()
    plan = session.plan_of(draft)
    return findings_of_projects(plan, find_findings(plan, plan.calendar.parse(draft.quarter)))


def _shown(draft: Version, view: GridView) -> pl.DataFrame:
    return _rows(str(session.environment().database), session.state_of(draft), view)


@st.cache_resource(max_entries=32, show_spinner=False)
def _rows(path: str, state: str, view: GridView) -> pl.DataFrame:
    """The rows of a view of the draft; the same object as long as neither changes."""
    del path, state
    draft = session.draft()
    return projects_shown(session.plan_of(draft), view, findings_by_project(draft))


def _show_grid(plan: Plan, rows: pl.DataFrame, columns: Sequence[str]) -> None:
    if rows.is_empty():
        st.html(tag("p", "No project is like that. Take a filter away to see more.", class_="p-empty"))
        return
    total = plan["projects"].height
    said = (
        counted(rows.height, "project") if rows.height >= total else f"{rows.height:,} of {total:,} projects"
    )
    # This line keeps the grid's own buttons, which float above it, off the bar with Save.
    with st.container(horizontal=True, vertical_alignment="center", gap="small", height=36, border=False):
        st.html(tag("p", f"{said}, edited cell by cell", class_="p-note"), width="content")
        link_to("exchange", "CSV", icon=":material/download:", version="draft", form="roadmap")
    drawing = draw(GRID, project_ids(rows), rows, plan)
    height = min(_HEIGHT, _ROW * (rows.height + 1) + _EDGE)
    show_grid(drawing, _column_configs(plan), columns, alt="Projects of the draft", height=height)
    st.html(tag("p", _HOW, class_="p-note"))


_HOW = (
    "What you type or paste into dates, money and numbers stays as it is and is checked before a save. "
    "In a column with a list of words the grid takes those words only; Paste rows tells which ones do not fit."
)


def _column_configs(plan: Plan) -> dict[str, Any]:
    """How each column is edited: words of a list are chosen, all else is typed."""
    return _configs(tuple(plan["teams"].select("team_id", "name").iter_rows()), _teams_used(plan))


def _teams_used(plan: Plan) -> tuple[str, ...]:
    return tuple(plan["projects"]["lead_team_id"].drop_nulls().unique().sort())


@st.cache_resource(max_entries=8, show_spinner=False)
def _configs(teams: tuple[tuple[str, str], ...], used: tuple[str, ...]) -> dict[str, Any]:
    configs: dict[str, Any] = {}
    for name, column in _COLUMNS.items():
        if name == "lead_team_id":
            named = dict(teams)
            configs[name] = choice_column(column, sorted({*named, *used}), named)
        elif column.allowed:
            configs[name] = choice_column(column, column.allowed)
        else:
            wide = {"name": 230, "why": 320}.get(name)
            configs[name] = text_column(column, width=wide, pinned=name == "name")
    configs[FOUND] = st.column_config.TextColumn(
        "Findings", help="How many there are; ◆ stops a sealing.", width=76, disabled=True
    )
    return configs


def _show_findings(found: dict[str, list[Finding]], shown: set[str]) -> None:
    """List the findings of the projects in the grid."""
    listed = [finding for project, findings in found.items() if project in shown for finding in findings]
    if not listed:
        return
    with st.expander(f"{counted(len(listed), 'finding')} about the projects shown"):
        st.html(findings_html(listed[:_MOST_FINDINGS]))
        if len(listed) > _MOST_FINDINGS:
            st.html(tag("p", f"and {len(listed) - _MOST_FINDINGS:,} more", class_="p-note"))


@st.fragment
def _show_panel(
    draft: Version, plan: Plan, edits: list[Edit], found: dict[str, list[Finding]], names: Names
) -> None:
    """The panel runs alone when another project is chosen; where more has changed, the whole page does."""
    now = session.draft()
    if session.state_of(now) != session.state_of(draft) or desk.unsaved() != edits:
        st.rerun()
    ids = project_ids(with_unsaved(_shown(draft, _EVERY), edits))
    project = pick_project(ids, names)
    if project is not None:
        serves = _served(str(session.environment().database), session.state_of(draft)).get(project, [])
        show_project(plan, edits, project, serves, found.get(project, []))


@st.cache_resource(max_entries=8, show_spinner=False)
def _served(path: str, state: str) -> dict[str, list[str]]:
    """The names of the outcomes that each project reaches, the largest share first."""
    del path, state
    reached = outcomes_of_projects(session.plan_of(session.draft()))
    return {
        project: list(outcomes) for project, outcomes in reached.select("project_id", "names").iter_rows()
    }

"""Adding projects: one by its id and name, or many pasted from a spreadsheet; both become unsaved edits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.editing import read_edits
from planner.actions.pasting import Pasted, read_paste
from planner.actions.unsaved import add_row, put_cells
from planner.model.tables import TABLES
from planner.rules.sentences import counted
from planner.ui import desk, session
from planner.ui.markup import table, tag

if TYPE_CHECKING:
    from planner.model.edit import Edit
    from planner.model.plan import Plan

_MOST_LISTED = 30
_EXAMPLE = "project_id\tname\tstatus\tstart_date\tend_date\tcost\nPRJ-101\tNew work\tproposed\t2027-04-01\t2027-09-30\t120000"


def next_id(ids: list[str]) -> str:
    """The id that follows the highest one of the plan's own manner: PRJ-034 after PRJ-033."""
    numbered = [found for name in ids if (found := re.fullmatch(r"(.*?)(\d{1,9})", name))]
    if not numbered:
        return "PRJ-001"
    last = max(numbered, key=lambda found: int(found[2]))
    return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}d}"


@st.dialog("Add a project", icon=":material/add:")
def add_project(plan: Plan) -> None:
    """Ask for the id and the name of a new project; its other cells are filled in the grid."""
    taken = {*plan["projects"]["project_id"].to_list(), *_joined(desk.unsaved())}
    with st.form("add-project", border=False):
        project = st.text_input("Id", value=next_id(sorted(taken)), help="Given once, never used again.")
        name = st.text_input("Project", help="What the work is called.")
        if not st.form_submit_button("Add to the grid", type="primary"):
            return
    project = project.strip()
    if project in taken:
        st.error("There is already a project with this id. Give it another one.")
        return
    row = {"project_id": project, "name": name.strip(), "status": "proposed"}
    edits = add_row([], "projects", row)
    _, problems = read_edits(session.database(), edits)
    if problems:
        st.html(table(["", "What to do"], [[p.field, p.problem.message] for p in problems]))
        return
    desk.change(lambda kept: add_row(kept, "projects", row))
    st.session_state["project-to-choose"] = project
    st.rerun()


def _joined(edits: list[Edit]) -> list[str]:
    return [edit.key[0] for edit in edits if edit.table == "projects" and edit.is_row and edit.before is None]


@st.dialog("Paste rows from a spreadsheet", width="large", icon=":material/content_paste:")
def paste_rows(plan: Plan) -> None:
    """Read pasted rows, say what they mean, and put them among the unsaved edits."""
    st.html(
        tag(
            "p",
            "Copy the rows with their header row. Headers are names or labels of columns; one of them is the id. "
            "Known ids change, new ones are added, no project is removed. An empty cell empties the cell.",
            class_="p-note",
        )
    )
    text = st.text_area("Rows", key="pasted", height=180, placeholder=_EXAMPLE)
    if not text.strip():
        return
    pasted = read_paste(session.database(), text)
    if pasted.problems:
        _show_problems(pasted)
        return
    if not (pasted.cells or pasted.added):
        st.html(tag("p", "The plan has all of this already.", class_="p-empty"))
        return
    changed = len({key for key, _, _ in pasted.cells})
    said = f"{counted(len(pasted.cells), 'cell')} in {counted(changed, 'project')} would change"
    added = f", {counted(len(pasted.added), 'project')} would be added" if pasted.added else ""
    st.html(tag("p", f"{said}{added}.", class_="p-empty"))
    if st.button("Put into the grid", type="primary"):
        desk.change(lambda kept: _with_paste(plan, kept, pasted))
        st.rerun()


def _with_paste(plan: Plan, edits: list[Edit], pasted: Pasted) -> list[Edit]:
    edits = put_cells(plan, edits, "projects", pasted.cells)
    for row in pasted.added:
        edits = add_row(edits, "projects", row)
    return edits


def _show_problems(pasted: Pasted) -> None:
    heading = f"{counted(pasted.count, 'cell')} or rows do not read. Nothing was taken over."
    st.html(tag("p", heading, class_="p-empty", role="alert"))
    rows = [
        [problem.line or "", _label(problem.column), problem.value, problem.message]
        for problem in pasted.problems[:_MOST_LISTED]
    ]
    st.html(
        table(
            ["Line", "Column", "Your value", "What to write"],
            rows,
            widths=["8%", "20%", "22%", "50%"],
            caption="Cells that do not read",
        )
    )


def _label(column: str) -> str:
    known = TABLES["projects"].by_name.get(column)
    return known.label if known else column

"""The Links page: a matrix of links with its controls, its panel and its save; each part draws itself elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.editing import read_edits
from planner.actions.matrix_edits import with_unsaved
from planner.actions.unsaved import find_stale
from planner.model.tables import TABLES
from planner.rules.matrix import MATRICES
from planner.rules.matrix_view import MatrixView, find_gaps, matrix_shown
from planner.rules.sentences import counted
from planner.ui import desk, session
from planner.ui.edit_words import Names
from planner.ui.editor_save import save_when_asked, show_bar
from planner.ui.editor_stale import show_conflicts, show_problems, show_unsaved
from planner.ui.frame import lead, link_to, page_header
from planner.ui.links_page_controls import many_word, pick_view
from planner.ui.links_page_grid import hear, show_matrix
from planner.ui.links_page_side import see, settle_item, show_panel
from planner.ui.markup import Html, join, strong, tag
from planner.ui.pickers import version_name
from planner.ui.places import PLACES
from planner.ui.presence_line import show_presence

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.model.edit import Edit
    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.rules.matrix import Matrix, MatrixKind
    from planner.rules.matrix_view import Gaps

_TABLES = ("outcomes", "capabilities", "enablers", "projects")


def show_links() -> None:
    """Draw the page."""
    hear()
    save_when_asked()
    draft = session.edited()
    show_presence("links", draft)
    plan, edits = session.plan_of(draft), desk.unsaved()
    names = Names(plan, edits)
    said = f"{version_name(draft, plan.calendar)} · {counted(plan['links'].height, 'link')}"
    with page_header("Links", said):
        link_to("exchange", "CSV", icon=":material/download:", version=draft.label, form="links")
    if plan.is_empty and not edits:
        _show_empty(_TABLES)
        return
    place_of_lead = st.container()
    view = pick_view(plan, lambda view: _gaps(draft, view))
    kind = MATRICES[view.kind]
    with place_of_lead:
        lead(_lead(plan, kind, _gaps(draft, view)))
    show_bar(edits, names)
    show_conflicts(find_stale(session.database(), plan, edits, draft.label) if edits else [], names)
    matrix, seen = with_unsaved(_matrix(draft, view), edits), see(draft, plan, edits)
    choice = settle_item(seen, matrix)
    left, right = st.columns([0.77, 0.23], gap="medium")
    with left:
        _show_left(draft, plan, edits, view, matrix, choice.item)
        show_problems(read_edits(session.database(), edits, draft.label)[1] if edits else [], names)
        show_unsaved(edits, names)
    with right:
        show_panel(seen, choice)


def _show_left(
    draft: Version, plan: Plan, edits: list[Edit], view: MatrixView, matrix: Matrix, item: str
) -> None:
    kind = MATRICES[view.kind]
    lacking = [
        table
        for table in (kind.row_table, kind.column_table)
        if plan[table].is_empty() and not _joins(edits, table)
    ]
    if lacking:
        _show_empty(lacking)
    elif not (matrix.rows and matrix.columns):
        st.html(tag("p", _nothing_word(view), class_="p-empty"))
    else:
        show_matrix(draft, plan, edits, matrix, view, item)


def _joins(edits: list[Edit], table: str) -> bool:
    return any(edit.table == table and edit.is_row and edit.before is None for edit in edits)


def _nothing_word(view: MatrixView) -> str:
    """Why a matrix has no row or no column though the plan has some, and what to do."""
    kind = MATRICES[view.kind]
    if view.gaps == "columns":
        what = f"no {TABLES[kind.column_table].one} lacks a link here"
    elif view.gaps == "sight":
        what = "every live project has a line of sight to an outcome"
    elif view.gaps:
        what = f"no {TABLES[kind.row_table].one} lacks a link here"
    else:
        return "Nothing in this matrix is like that. Take a filter away to see more."
    return f"There is nothing to mend: {what}, or a filter hides it."


def _show_empty(tables: tuple[str, ...] | list[str]) -> None:
    """Say what must be there before it can be linked, and lead there."""
    ones = [f"no {TABLES[table].one}" for table in tables]
    listed = " and ".join([", ".join(ones[:-1]), ones[-1]] if len(ones) > 1 else ones)
    with st.container(border=True):
        st.html(
            tag(
                "p",
                f"The draft has {listed} yet. A link joins two items, so add or import them first.",
                class_="p-empty",
            )
        )
        with st.container(horizontal=True):
            for table in tables:
                if table in PLACES:
                    link_to(table, f"Add {many_word(table)}")
            link_to("exchange", "Import a plan")


def _lead(plan: Plan, kind: MatrixKind, gaps: Gaps) -> Html:
    """Say how many links there are between the two tiers, and what lacks one."""
    links = strong(counted(_count(plan, kind), "link", words=True).capitalize())
    rows, columns = TABLES[kind.row_table].one, TABLES[kind.column_table].one
    said = [links, f" from {many_word(kind.row_table)} to {many_word(kind.column_table)}"]
    if kind.row_tier == "project":
        told = [_lacking(gaps.unsighted, "live project", "no way up to an outcome")]
    else:
        told = [_lacking(gaps.rows, rows, f"none to any {columns}")]
    told = [part for part in (*told, _lacking(gaps.columns, columns, f"none from any {rows}")) if part]
    if not told:
        nothing = (
            "every live project has a way up to an outcome"
            if kind.row_tier == "project"
            else "none is missing"
        )
        return join([*said, "; ", nothing, "."])
    return join([*said, "; ", join(told, ", and "), "."])


def _lacking(items: Collection[str], one: str, what: str) -> Html:
    """'Four enablers have none from any project', or nothing where there are none."""
    if not items:
        return Html("")
    count = strong(counted(len(items), one, _many(one), words=True))
    return join([count, " has " if len(items) == 1 else " have ", what])


def _many(one: str) -> str:
    return f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"


def _count(plan: Plan, kind: MatrixKind) -> int:
    return sum(1 for link_type in plan["links"]["link_type"] if link_type == kind.link_type)


def _gaps(draft: Version, view: MatrixView) -> Gaps:
    return _gaps_of(_path(), session.state_of(draft), view.kind, with_closed=view.with_closed)


@st.cache_resource(max_entries=32, show_spinner=False)
def _gaps_of(path: str, state: str, kind: str, *, with_closed: bool) -> Gaps:
    del path, state  # they only say what the gaps are of
    return find_gaps(session.plan_of(session.edited()), MatrixView(kind, with_closed=with_closed))


def _matrix(draft: Version, view: MatrixView) -> Matrix:
    return _matrix_of(_path(), session.state_of(draft), view)


@st.cache_resource(max_entries=32, show_spinner=False)
def _matrix_of(path: str, state: str, view: MatrixView) -> Matrix:
    """The rows, columns and stored cells of a view of the draft."""
    del path, state
    return matrix_shown(session.plan_of(session.edited()), view)


def _path() -> str:
    return str(session.environment().database)

"""What a save would stumble over: cells that do not read, edits that met others; and all edits, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.new_ids import with_new_id
from planner.actions.new_rows import has_own_id, next_id
from planner.actions.removing import take_back
from planner.actions.unsaved import Rows, drop, take_mine
from planner.model.naming import hanging_on
from planner.model.tables import TABLES
from planner.rules.sentences import counted
from planner.store.known_ids import known_ids
from planner.ui import desk, session
from planner.ui.edit_words import edits_word, field_word, mine_word, moment_text, theirs_word, value_word
from planner.ui.frame import section
from planner.ui.markup import md, table, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.actions.editing import CellProblem
    from planner.model.edit import Conflict, Edit, Row
    from planner.ui.edit_words import Names

_MOST_SHOWN = 25


def show_problems(problems: Sequence[CellProblem], names: Names) -> None:
    """List the unsaved cells that do not read, with the person's own value and what to write."""
    if not problems:
        return
    section(
        f"{counted(len(problems), 'cell does', 'cells do')} not read",
        "Nothing is saved while there are any. What you typed stays in the grid.",
    )
    rows = [
        [names.of_edit(p.edit), field_word(p.edit, p.field), p.problem.value, p.problem.message]
        for p in problems[:_MOST_SHOWN]
    ]
    heads = ["What", "Column", "Your value", "What to write"]
    st.html(table(heads, rows, widths=["26%", "14%", "16%", "44%"], caption="Cells that do not read"))
    _tell_more(len(problems))


def show_conflicts(conflicts: Sequence[Conflict], names: Names) -> None:
    """Show each unsaved edit that meets a change of somebody else: both values, and the choice."""
    if not conflicts:
        st.container()  # its place, so that the grid below stays as it is when the last one is decided
        return
    with st.container(border=True):
        section(
            f"{counted(len(conflicts), 'unsaved edit meets', 'unsaved edits meet')} a change of somebody else",
            "Yours are not written. Take mine holds yours against the new value, and Save writes it.",
        )
        for place, conflict in enumerate(conflicts[:_MOST_SHOWN]):
            _show_conflict(place, conflict, names)
        _tell_more(len(conflicts))
        if len(conflicts) > 1:
            with st.container(horizontal=True):
                st.button("Take all mine", on_click=_take_mine, args=(conflicts,), key="take-all")
                st.button("Keep all theirs", on_click=_keep_theirs, args=(conflicts,), key="keep-all")


def _show_conflict(place: int, conflict: Conflict, names: Names) -> None:
    edit = conflict.edit
    what, mine, theirs, choice = st.columns([0.3, 0.2, 0.26, 0.24], vertical_alignment="center")
    what.html(tag("div", names.of_edit(edit), tag("div", field_word(edit), class_="p-mute")))
    mine.html(tag("div", tag("div", "mine", class_="p-mute"), tag("strong", mine_word(edit))))
    theirs.html(
        tag("div", tag("div", _whose(conflict), class_="p-mute"), tag("strong", theirs_word(conflict, names)))
    )
    with choice.container(horizontal=True, gap="small"):
        if conflict.hangs_on is None:
            st.button(
                "Take mine",
                key=f"mine {place} {edit.id} {edit.field}",
                on_click=_take_mine,
                args=([conflict],),
            )
        if edit.is_row and edit.before is None and conflict.hangs_on is None and has_own_id(edit.table):
            _offer_new_id(place, edit)
        st.button(
            "Keep theirs" if conflict.hangs_on is None else "Drop mine",
            key=f"theirs {place} {edit.id} {edit.field}",
            on_click=_keep_theirs,
            args=([conflict],),
        )


def _offer_new_id(place: int, edit: Edit) -> None:
    """Two people gave one id to two new rows: mine takes the next free one, and what names it goes along."""
    free = next_id(edit.table, known_ids(session.database(), edit.table))
    st.button(
        md(f"Add mine as {free}"),
        key=f"as {place} {edit.id}",
        on_click=_take_new_id,
        args=(edit, free),
        help=f"Both {TABLES[edit.table].one} rows stay; your links and other rows go with yours.",
    )


def _take_new_id(row: Edit, free: str) -> None:
    desk.change(lambda edits: with_new_id(edits, row, free) if row in edits else edits)


def _whose(conflict: Conflict) -> str:
    if conflict.changed_on is None:
        return "theirs"
    return f"theirs · {conflict.changed_by}, {moment_text(conflict.changed_on, session.now())}"


def _take_mine(conflicts: Sequence[Conflict]) -> None:
    conflicts = [conflict for conflict in conflicts if conflict.hangs_on is None]
    earlier = {conflict.edit.key: _earlier_row(conflict.edit) for conflict in conflicts if conflict.is_gone}

    def taken(edits: list[Edit]) -> list[Edit]:
        for conflict in conflicts:
            if conflict.edit in edits:
                edits = take_mine(edits, conflict, earlier.get(conflict.edit.key))
        return edits

    desk.change(taken)


def _earlier_row(edit: Edit) -> Row | None:
    """A removed row as the newest snapshot has it."""
    sealed = session.snapshots()
    return Rows(session.plan_of(sealed[-1]), edit.table).find(edit.key) if sealed else None


def _keep_theirs(conflicts: Sequence[Conflict]) -> None:
    """Drop mine; with a row that would have joined goes what hangs on it, or it would land on theirs."""
    edits = [conflict.edit for conflict in conflicts]
    rows = {(edit.table, edit.id) for edit in edits if edit.is_row and edit.before is None}
    desk.change(lambda kept: drop(kept, [*edits, *(edit for edit, _ in hanging_on(kept, rows))]))


def show_unsaved(edits: Sequence[Edit], names: Names) -> None:
    """List the unsaved edits; rows that join or leave can be taken back one by one."""
    if not edits:
        return
    with st.expander(f"{edits_word(len(edits))}, one by one"):
        rows = [
            [names.of_edit(edit), field_word(edit), value_word(edit, edit.before), mine_word(edit)]
            for edit in edits[:_MOST_SHOWN]
        ]
        heads = ["What", "Column", "Saved", "Yours"]
        st.html(table(heads, rows, widths=["36%", "16%", "24%", "24%"], caption="Unsaved edits"))
        _tell_more(len(edits))
        whole = [edit for edit in edits if edit.is_row and len(TABLES[edit.table].key) == 1]
        for edit in whole[:_MOST_SHOWN]:
            st.button(
                md(f"Take back: {mine_word(edit).removesuffix(' it')} {names.of_edit(edit)}"),
                key=f"back {edit.table} {edit.id}",
                on_click=_take_back,
                args=(edit,),
            )


def _take_back(row: Edit) -> None:
    """Forget that a row joins or leaves, and what leaves or joins with it."""
    plan = session.plan_of(session.edited())
    desk.change(lambda edits: take_back(plan, edits, row) if row in edits else edits)


def _tell_more(count: int) -> None:
    if count > _MOST_SHOWN:
        st.html(tag("p", f"and {count - _MOST_SHOWN:,} more", class_="p-note"))

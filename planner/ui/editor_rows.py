"""Adding rows to a table: one by what it cannot be without, or many pasted from a spreadsheet; all unsaved edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.editing import read_edits
from planner.actions.grid_quarters import quarters_shown
from planner.actions.grid_rows import items_now
from planner.actions.new_rows import asked_of, has_own_id, next_id
from planner.actions.pasting import Pasted, read_paste
from planner.actions.unsaved import add_row, put_cells
from planner.model.edit import row_id
from planner.model.tables import TABLES
from planner.store.known_ids import known_ids
from planner.ui import desk, session
from planner.ui.edit_words import Names
from planner.ui.editor_columns import YES_NO
from planner.ui.editor_grids import counted_rows
from planner.ui.markup import md, table, tag
from planner.ui.plain_words import WHYS, show_plain_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.columns import Column
    from planner.model.edit import Edit
    from planner.model.plan import Plan
    from planner.ui.editor_grids import Tab

_MOST_LISTED = 30
_LONG = 1_000  # characters that a text may have to be asked for in several lines
_STATUS = {"projects": "proposed", "outcomes": "active"}  # of a new row


def add_one(plan: Plan, tab: Tab) -> None:
    """Open the dialog that asks for a new row of a tab."""
    one = TABLES[tab.table].one
    st.dialog(f"Add {article(one)} {one}", icon=":material/add:")(_ask_for_row)(plan, tab)


def article(noun: str) -> str:
    """'an' before a vowel."""
    return "an" if noun[0] in "aeiou" else "a"


def _ask_for_row(plan: Plan, tab: Tab) -> None:
    edits = desk.unsaved()
    names = Names(plan, edits)
    own = TABLES[tab.table].key[0] if has_own_id(tab.table) else ""
    taken = {*known_ids(session.database(), tab.table), *items_now(plan, edits, tab.table)} if own else set()
    given: dict[str, str | None] = {}
    # no form: what is typed is read at once, and the hint stands under the button, which so never moves
    for column in asked_of(tab.table, tab.asked):
        if column.name == own:
            given[own] = st.text_input("Id", value=next_id(tab.table, taken), help=md(column.help))
        else:
            given[column.name] = _ask(plan, edits, column, names)
    pressed = st.button("Add to the grid", type="primary")
    show_plain_words(*(given.get(why) for why in WHYS))
    if not pressed:
        return
    row = {name: said.strip() for name, said in given.items() if said and said.strip()}
    if tab.table in _STATUS:
        row.setdefault("status", _STATUS[tab.table])
    if own and row.get(own) in taken:
        st.error("This id is taken, or was once. Give it another one.")
    elif _reads(row, tab.table, edits):
        desk.change(lambda kept: add_row(kept, tab.table, row))
        key = tuple(row[name] for name in TABLES[tab.table].key)
        chosen = row_id(tab.table, key) if tab.table == tab.item_table else key[0]
        st.session_state[f"{tab.item_word}-to-choose"] = chosen
        st.rerun()


def _ask(plan: Plan, edits: Sequence[Edit], column: Column, names: Names) -> str | None:
    """Ask for one cell in the way that fits it; the label says what may stay empty."""
    label = column.label if column.required else f"{column.label} (can wait)"
    if column.references:
        target = column.references[0]
        items = items_now(plan, edits, target)
        return st.selectbox(
            label, items, index=None, placeholder="Choose one", help=md(column.help),
            format_func=lambda item: f"{names.of(target, item)} · {item}",
        )  # fmt: skip
    words = tuple(YES_NO) if column.kind == "flag" else column.allowed
    if words:
        return st.selectbox(
            label, words, index=None, placeholder="Choose one", help=md(column.help),
            format_func=lambda word: YES_NO.get(word, word.replace("_", " ")),
        )  # fmt: skip
    if column.kind == "quarter" and column.key:
        first = plan.calendar.parse(session.edited().quarter)
        return st.selectbox(
            label, quarters_shown(plan, column.table, first, with_past=False), help=md(column.help)
        )
    if column.kind == "text" and (column.most or 0) > _LONG:
        return st.text_area(label, help=md(column.help), height=80)
    return st.text_input(label, help=md(column.help))


def _reads(row: dict[str, str], name: str, edits: Sequence[Edit]) -> bool:
    """Whether the new row can be one; what is wrong is shown."""
    missing = [column for column in asked_of(name) if not row.get(column.name)]
    if missing:
        st.error(md(f"Fill in {' and '.join(column.label for column in missing)}."))
        return False
    new = add_row([], name, row)
    plan = session.plan_of(session.edited())
    if new[0].id in items_now(plan, edits, name):
        st.error(md(f"There is such a {TABLES[name].one} already. Change it in the grid."))
        return False
    _, problems = read_edits(session.database(), new, session.edited().label)
    if problems:
        rows = [[TABLES[name].by_name[p.field].label, p.problem.message] for p in problems]
        st.html(table(["", "What to write"], rows, caption="Cells that do not read"))
    return not problems


def paste_rows(plan: Plan, tab: Tab) -> None:
    """Open the dialog that takes rows of a spreadsheet."""
    st.dialog("Paste rows from a spreadsheet", width="large", icon=":material/content_paste:")(_paste)(
        plan, tab
    )


def _paste(plan: Plan, tab: Tab) -> None:
    """Read pasted rows, say what they mean, and put them among the unsaved edits."""
    declared = TABLES[tab.table]
    key = " and ".join(declared.by_name[name].label for name in declared.key)
    st.html(
        tag(
            "p",
            f"Copy the rows with their header row. Headers are names or labels of columns; rows are known by {key}. "
            "Known ones change, new ones are added, none is removed. An empty cell empties the cell.",
            class_="p-note",
        )
    )
    example = "\t".join(column.label for column in declared.columns[:6])
    text = st.text_area("Rows", key=f"pasted-{tab.table}", height=180, placeholder=example)
    if not text.strip():
        return
    pasted = read_paste(session.database(), tab.table, text, session.edited().label)
    if pasted.problems:
        _show_problems(pasted, tab.table)
        return
    if not (pasted.cells or pasted.added):
        st.html(tag("p", "The plan has all of this already.", class_="p-empty"))
        return
    st.html(tag("p", _preview_of(pasted, tab.table), class_="p-empty"))
    pressed = st.button("Put into the grid", type="primary")
    show_plain_words(*_whys_of(pasted))
    if pressed:
        desk.change(lambda kept: _with_paste(plan, kept, tab.table, pasted))
        st.rerun()


def _whys_of(pasted: Pasted) -> list[str]:
    """The whys among what was pasted, as they were typed."""
    joined = [str(row[why]) for row in pasted.added for why in WHYS if row.get(why)]
    return [*(text for _, name, text in pasted.cells if name in WHYS and text), *joined]


def _preview_of(pasted: Pasted, name: str) -> str:
    changed = len({key for key, _, _ in pasted.cells})
    cells = f"{len(pasted.cells):,} cell{'s' * (len(pasted.cells) != 1)}"
    said = f"{cells} in {counted_rows(changed, name)} would change"
    return f"{said}, {counted_rows(len(pasted.added), name)} would be added." if pasted.added else f"{said}."


def _with_paste(plan: Plan, edits: list[Edit], name: str, pasted: Pasted) -> list[Edit]:
    edits = put_cells(plan, edits, name, pasted.cells)
    for row in pasted.added:
        edits = add_row(edits, name, row)
    return edits


def _show_problems(pasted: Pasted, name: str) -> None:
    heading = f"{pasted.count:,} cell{'s' * (pasted.count != 1)} or rows do not read. Nothing was taken over."
    st.html(tag("p", heading, class_="p-empty", role="alert"))
    columns = TABLES[name].by_name
    rows = [
        [
            problem.line or "",
            columns[problem.column].label if problem.column in columns else problem.column,
            problem.value,
            problem.message,
        ]
        for problem in pasted.problems[:_MOST_LISTED]
    ]
    heads = ["Line", "Column", "Your value", "What to write"]
    st.html(table(heads, rows, widths=["8%", "20%", "22%", "50%"], caption="Cells that do not read"))

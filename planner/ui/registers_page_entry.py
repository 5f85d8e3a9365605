"""The panel of the registers: one entry whole, the items it names, its history, and the form of its next row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.model.ledgers import LEDGERS
from planner.rules.registers import RECORDED, mentioned
from planner.rules.sentences import counted, day_text
from planner.ui.editor_links import link_to_row
from planner.ui.frame import section
from planner.ui.markup import Html, join, table, tag
from planner.ui.registers_page_form import show_change
from planner.ui.registers_page_words import Desk, label_of, state_word, value_word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from planner.rules.registers import Entry

_PROMPTS: Final = {
    (
        "assumptions",
        "false",
    ): "This was found false. Where the plan still rests on it, change the plan:",
    ("risks", "happened"): "This has happened. Where it hits the plan, change the plan:",
}
_LONGEST = 160


def show_entry(desk: Desk, entry: Entry) -> None:
    """Draw the panel of an entry."""
    state = tag("span", state_word(desk.register.name, entry.state), class_="p-chip") if entry.state else ""
    st.html(
        tag(
            "div",
            tag("div", join((entry.id, state), " "), class_="p-note"),
            tag("h2", entry.said, class_="p-section"),
        )
    )
    _show_items(desk, entry)
    st.html(_whole(desk, entry))
    _show_history(desk, entry)
    show_change(desk, entry)


def _show_items(desk: Desk, entry: Entry) -> None:
    """The items that an entry names, each a way to its form; what was found false asks for a change there."""
    items = mentioned(desk.register, entry.row)
    prompt = _PROMPTS.get((desk.register.name, entry.state))
    if prompt:
        said = prompt if items else prompt.split(".")[0] + ". No item is named by it: look through the plan."
        st.html(tag("div", tag("p", said, class_="p-empty"), class_="p-alert", role="status"))
    with st.container(gap="small"):
        for item in items:
            if item in desk.tables:
                link_to_row(desk.tables[item], item, f"{desk.name(item)} · {item}")
            elif item.startswith("DEC-"):
                st.html(tag("p", item, " is in Decisions and asks.", class_="p-note"))
            else:
                st.html(tag("p", item, " is not in the draft.", class_="p-note"))


def _whole(desk: Desk, entry: Entry) -> Html:
    """Every filled cell of the last row that is not told above it."""
    register = desk.register
    told = {register.key, register.said, register.state, *register.mentions, *RECORDED, "entity_type"}
    rows = [
        [tag("span", column.label, class_="p-mute"), value_word(column, entry.row[column.name])]
        for column in LEDGERS[register.name].columns
        if column.name not in told and entry.row[column.name] is not None
    ]
    by = f"{day_text(entry.row['recorded_on'])} by {entry.row['recorded_by'] or 'nobody named'}"
    rows.append([tag("span", "Written", class_="p-mute"), by])
    return table(["", ""], rows, widths=["32%", "68%"], caption=f"{entry.id} as it stands")


def _show_history(desk: Desk, entry: Entry) -> None:
    """All rows of an entry, the newest first, each with what it changed."""
    section("History", counted(len(entry.rows), "row") + ", the newest first.")
    rows = []
    before: Mapping[str, Any] | None = None
    for row in entry.rows:
        state = state_word(desk.register.name, desk.register.state_of(row))
        by = join((day_text(row["recorded_on"]), tag("div", row["recorded_by"] or "", class_="p-mute")))
        rows.append([by, join((tag("strong", state), tag("div", _changed(desk, before, row))))])
        before = row
    st.html(table(["When", "What"], rows[::-1], widths=["34%", "66%"], caption=f"History of {entry.id}"))


def _changed(desk: Desk, before: Mapping[str, Any] | None, row: Mapping[str, Any]) -> Html:
    """What a row says otherwise than the one before it."""
    if before is None:
        return tag("span", "first written down", class_="p-mute")
    register = desk.register
    told = []
    for column in LEDGERS[register.name].columns:
        name = column.name
        if name in {register.state, *RECORDED} or row[name] == before[name]:
            continue
        said = value_word(column, row[name]) or "empty"
        short = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
        told.append(tag("div", tag("span", f"{label_of(register.name, name)}: ", class_="p-mute"), short))
    return join(told)

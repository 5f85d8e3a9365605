"""The panel beside a grid: one item with its why, its findings, its links, its history, and removing it; no grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.grid_rows import row_key
from planner.actions.item_links import outcomes_reached, shares_served
from planner.actions.removing import TIER_OF_TABLE, hanging_rows, mentions, remove_item
from planner.actions.unsaved import row_now
from planner.model.tables import TABLES
from planner.rules.sentences import counted
from planner.ui import address, desk, session
from planner.ui.editor_grids import counted_rows
from planner.ui.editor_history import show_history
from planner.ui.editor_links import has_parts, link_to_row, show_links, show_mentions
from planner.ui.findings import findings_html
from planner.ui.frame import link_to, section
from planner.ui.life_address import LIVES
from planner.ui.markup import join, tag
from planner.ui.plain_words import show_plain_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.edit import Edit
    from planner.model.finding import Finding
    from planner.model.plan import Plan
    from planner.ui.edit_words import Names
    from planner.ui.editor_grids import Tab

_MOST_FINDINGS = 12


def pick_item(tab: Tab, items: Mapping[str, str]) -> str | None:
    """Draw the chooser of the item that the panel shows, given what each is called; None where there is none."""
    if not items:
        return None
    word, usual = tab.item_word, next(iter(items))
    address.read_one(word, items, usual)
    asked = st.session_state.pop(f"{word}-to-choose", None)
    if asked in items:
        st.session_state[word] = asked
    chosen: str = st.selectbox(
        word.capitalize(),
        list(items),
        format_func=items.__getitem__,
        key=word,
        help="What hangs together with it is below. Type to search.",
    )
    address.write(word, *([chosen] if chosen != usual else []))
    return chosen


def show_item(
    plan: Plan, edits: list[Edit], tab: Tab, row: str, found: Sequence[Finding], names: Names
) -> None:
    """Draw what there is to say of one item; each change becomes an unsaved edit."""
    table = tab.item_table
    _show_why(plan, edits, table, row)
    _show_findings(found)
    if tab.by_quarter:
        link_to_row(table, row, f"Open the {tab.item_word}")
    else:
        show_links(plan, edits, table, row)
    show_mentions(plan, table, row, names)
    show_history(table, row)
    if table in LIVES:
        link_to("item", "Its whole life", icon=":material/timeline:", table=table, id=row)
    if tab.table == table:
        _offer_removal(plan, edits, table, row)


def _show_why(plan: Plan, edits: list[Edit], table: str, row: str) -> None:
    """Why comes before what: the item's own words, and the outcomes that it reaches."""
    why = (row_now(plan, edits, table, row_key(table, row)) or {}).get("why")
    told = [tag("p", str(why), style="margin:0 0 1rem;text-wrap:pretty")] if why else []
    tier = TIER_OF_TABLE.get(table)
    if tier and tier != "outcome" and not has_parts(plan, table, row):
        path, state = str(session.environment().database), session.state_of(session.edited())
        reached = _served(path, state).get(row, []) if tier == "project" else _reached(path, state, tier, row)
        said = join(["It serves ", join(reached, " · "), "."]) if reached else "It serves no outcome yet."
        told.append(tag("p", said, class_="p-note"))
    if told:
        st.html(tag("div", *told))
    if edits and why and why != (row_now(plan, [], table, row_key(table, row)) or {}).get("why"):
        show_plain_words(str(why))


@st.cache_resource(max_entries=8, show_spinner=False)
def _served(path: str, state: str) -> dict[str, list[str]]:
    """The names of the outcomes that each project reaches, the largest share first."""
    del path, state  # they only say what the names are of
    return shares_served(session.plan_of(session.edited()))


@st.cache_resource(max_entries=256, show_spinner=False)
def _reached(path: str, state: str, tier: str, item: str) -> list[str]:
    """The names of the outcomes that an enabler or a capability reaches."""
    del path, state
    return outcomes_reached(session.plan_of(session.edited()), tier, item)


def _show_findings(found: Sequence[Finding]) -> None:
    if not found:
        return
    section(
        f"{counted(len(found), 'finding')} about it",
        "Seen from the quarter of the draft, as it is saved.",
        findings_html(found[:_MOST_FINDINGS]),
    )


def _offer_removal(plan: Plan, edits: list[Edit], table: str, row: str) -> None:
    """Say what goes with an item, and offer to remove it all; nothing is written before Save."""
    key = row_key(table, row)
    hanging = hanging_rows(plan, edits, table, key)
    counts = {name: sum(of == name for of, _ in hanging) for name, _ in hanging}
    besides = [counted_rows(count, name) for name, count in counts.items()]
    emptied = mentions(plan, table, key)
    told = [f"With it go {', '.join(besides)}."] if besides else []
    if emptied:
        told.append(f"{counted(len(emptied), 'cell')} that name it become empty.")
    st.button(
        f"Remove this {TABLES[table].one}",
        icon=":material/delete:",
        type="tertiary",
        key=f"remove-{table}",
        help="Nothing is written before Save.",
        on_click=_remove,
        args=(plan, table, key),
    )
    if told:
        st.html(tag("p", " ".join(told), class_="p-note"))


def _remove(plan: Plan, table: str, key: tuple[str, ...]) -> None:
    desk.change(lambda kept: remove_item(plan, kept, table, key))

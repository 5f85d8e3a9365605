"""The Registers page: what was found, learnt, decided and taken for true beside the plan; it writes nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.sheets import entries_bytes
from planner.model.ledgers import LEDGERS
from planner.model.tables import TABLES
from planner.rules.registers import REGISTERS, mentioned
from planner.rules.sentences import counted, number_word, quarter_words
from planner.ui import address
from planner.ui.editor_grids import where_is
from planner.ui.frame import lead, offer_csv, page_header, show_news
from planner.ui.markup import Html, join, strong, table, tag
from planner.ui.places import place
from planner.ui.registers_page_entry import show_entry
from planner.ui.registers_page_form import show_new
from planner.ui.registers_page_words import KEPT, NEWS, WORDS, Desk, desk_of, entries_of, state_word
from planner.ui.tab_counts import show_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.rules.registers import Entry

_MOST: Final = 200
_DUE, _AGAIN, _REST = "Due now", "To be looked at again", "Settled"


def show_registers() -> None:
    """Draw the page."""
    address.read_one("tab", REGISTERS, next(iter(REGISTERS)))
    top = page_header("Registers", "What was found, learnt, decided and taken for true, beside the plan")
    name = _pick_tab()
    desk = desk_of(name)
    is_new = st.query_params.get("new") == "1"
    entry = None if is_new else desk.find(st.query_params.get("entry"))
    top.button(WORDS[name].record, icon=":material/add:", key="record", on_click=_open_form)
    show_news(NEWS)
    if not desk.entries and not is_new:
        _show_empty(name)
        return
    if desk.entries:
        lead(_lead(desk))
    st.html(tag("p", f"{WORDS[name].note} {KEPT}", class_="p-note"))
    left, right = st.columns([0.62, 0.38], gap="large")
    with left:
        _show_list(desk, entry)
    with right.container(key="panel"), st.container(border=True):
        if is_new:
            show_new(desk)
        elif entry is None:
            st.html(
                tag(
                    "p",
                    "Choose an entry to see it whole, with its history and its next step.",
                    class_="p-note",
                )
            )
        else:
            show_entry(desk, entry)


def _pick_tab() -> str:
    show_counts("tab", (sum(one.is_open or one.is_due for one in entries_of(name)) for name in REGISTERS))
    tab = st.segmented_control(
        "Register",
        list(REGISTERS),
        required=True,
        format_func=lambda name: WORDS[name].title,
        key="tab",
        on_change=_turn_over,
        label_visibility="collapsed",
    )
    name = tab or next(iter(REGISTERS))
    address.write("tab", name)
    return name


def _turn_over() -> None:
    """Another register has other entries and other states."""
    for word in ("entry", "new", "state", "q"):
        st.query_params.pop(word, None)
        st.session_state.pop(word, None)


def _open_form() -> None:
    st.query_params.pop("entry", None)
    st.query_params["new"] = "1"


def _show_empty(name: str) -> None:
    with st.container(border=True):
        st.html(tag("p", WORDS[name].empty, class_="p-empty"))
        st.html(tag("p", KEPT, class_="p-note"))
        st.button(WORDS[name].record, type="primary", icon=":material/add:", key="first", on_click=_open_form)


def _lead(desk: Desk) -> Html:
    """How many entries there are, and how many of them wait for somebody."""
    one, words = LEDGERS[desk.register.name].one, WORDS[desk.register.name]
    total = counted(len(desk.entries), one, words=True)
    said = total[0].upper() + total[1:]
    waiting = sum(entry.is_open for entry in desk.entries)
    due = sum(entry.is_due and entry.is_open for entry in desk.entries)
    again = sum(entry.is_due and not entry.is_open for entry in desk.entries)
    told: list[object] = [said]
    if desk.register.state:
        many = "none" if not waiting else "all" if waiting == len(desk.entries) > 1 else number_word(waiting)
        told.append(strong(f"{many} {words.waiting}"))
    told += [strong(f"{number_word(due)} due now")] if due else []
    told += [f"{number_word(again)} to be looked at again"] if again else []
    return join((join(told, ", "), "."))


def _show_list(desk: Desk, chosen: Entry | None) -> None:
    """Draw the filters and the reading table of what they leave."""
    controls = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with controls:
        found = _filtered(desk)
    if not found:
        said = (
            "No entry is like that. Take a filter away to see more."
            if desk.entries
            else WORDS[desk.register.name].empty
        )
        st.html(tag("p", said, class_="p-empty"))
        return
    with controls:
        st.space("stretch")
        told = "The entries of this list, all columns, each as it stands now."
        offer_csv(f"{desk.register.name}.csv", lambda: entries_bytes(desk.register.name, found), told)
    rows: list[Sequence[object]] = []
    group = ""
    for entry in found[:_MOST]:
        now = _group(desk, entry)
        if now != group:
            group = now
            rows.append([group])
        rows.append(_row(desk, entry, is_chosen=entry is chosen))
    heads, widths = _columns(desk.register.name)
    st.html(table(heads, rows, widths=widths, caption=WORDS[desk.register.name].title))
    if len(found) > _MOST:
        st.html(tag("p", f"and {len(found) - _MOST:,} more: search for what you mean", class_="p-note"))


def _filtered(desk: Desk) -> list[Entry]:
    """Draw the filters; the entries that they leave."""
    states = [state for state in desk.register.states if any(e.state == state for e in desk.entries)]
    address.read_one("state", ["", *states], "")
    address.read_one("q", None, "")
    state = ""
    if len(states) > 1:
        state = st.segmented_control(
            "State",
            ["", *states],
            required=True,
            format_func=lambda word: state_word(desk.register.name, word) if word else "all",
            key="state",
        ) or ""  # fmt: skip
    text = st.text_input("Search", key="q", placeholder="words, id, item", width=220).strip()
    address.write("state", *([state] if state else []))
    address.write("q", *([text] if text else []))
    return [
        entry
        for entry in desk.entries
        if (not state or entry.state == state) and text.casefold() in _searched(desk, entry)
    ]


def _searched(desk: Desk, entry: Entry) -> str:
    """All that a search looks through: the words of the last row, and the names of its items."""
    cells = [str(cell) for cell in entry.row.values() if isinstance(cell, str)]
    return " ".join([*cells, *map(desk.name, mentioned(desk.register, entry.row))]).casefold()


def _group(desk: Desk, entry: Entry) -> str:
    if not desk.register.state:
        return "All, the newest first"
    if entry.is_open:
        waiting = WORDS[desk.register.name].waiting
        return _DUE if entry.is_due else waiting[0].upper() + waiting[1:]
    return _AGAIN if entry.is_due else _REST


def _columns(name: str) -> tuple[list[str], list[str]]:
    last = "State" if REGISTERS[name].state else "What is done now"
    middle = WORDS[name].due or {"risks": "Chance by harm"}.get(
        name, "Found" if name == "insights" else "Learnt"
    )
    one = LEDGERS[name].one.capitalize()
    if not REGISTERS[name].mentions:
        return [one, middle, last], ["60%", "24%", "16%"]
    return [one, "About", middle, last], ["42%", "26%", "16%", "16%" if REGISTERS[name].state else "22%"]


def _row(desk: Desk, entry: Entry, *, is_chosen: bool) -> list[Html]:
    name = desk.register.name
    query = {"tab": name, "entry": entry.id}
    current = "true" if is_chosen else None
    link = tag(
        "a",
        entry.said or entry.id,
        href=place("registers").href(**query),
        target="_self",
        aria_current=current,
    )
    rows = f" · {counted(len(entry.rows), 'row')}" if len(entry.rows) > 1 else ""
    title = join((strong(link) if is_chosen else link, tag("div", f"{entry.id}{rows}", class_="p-faint")))
    cells = [title, *([_about(desk, entry)] if desk.register.mentions else []), _middle(desk, entry)]
    if desk.register.state:
        return [*cells, tag("span", state_word(name, entry.state), class_="p-chip")]
    return [*cells, tag("span", entry.row["action"] or "")]


def _about(desk: Desk, entry: Entry) -> Html:
    """The items that an entry names, each a link to its form."""
    parts = []
    # who found it is told in the panel
    items = [item for item in mentioned(desk.register, entry.row) if desk.tables.get(item) != "teams"]
    names = [desk.name(item) for item in items]
    for item in items:
        where = where_is(desk.tables[item], item) if item in desk.tables else None
        if where is None:
            parts.append(tag("div", item, class_="p-mute"))
            continue
        page, query = where
        link = tag("a", desk.name(item), href=place(page).href(**query), target="_self")
        # a project is often called like the enabler that it delivers
        kind = f" {TABLES[desk.tables[item]].one}" if names.count(desk.name(item)) > 1 else ""
        parts.append(tag("div", link, tag("span", kind, class_="p-faint")))
    return join(parts)


def _middle(desk: Desk, entry: Entry) -> Html:
    """When an entry is due; of one that is never due, when it was found or how grave it is."""
    row = entry.row
    if desk.register.name == "risks":
        chance, harm = row["probability"], row["impact"]
        return tag(
            "span", "not known" if chance is None or harm is None else f"{chance} by {harm} = {chance * harm}"
        )
    if not WORDS[desk.register.name].due:
        kind = (row.get("kind") or "").replace("_", " ")
        return join((quarter_words(row["quarter"] or ""), tag("div", kind, class_="p-mute")))
    word = (
        tag("div", "look again" if entry.state == "decided" else "due", class_="p-worse")
        if entry.is_due
        else ""
    )
    return join((quarter_words(entry.when), word))

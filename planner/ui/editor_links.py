"""The links of the item in the panel: what it serves with strength and reason, to be changed; what serves or names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.grid_rows import row_key
from planner.actions.item_links import (
    links_of,
    links_to,
    named_by,
    naming,
    new_link,
    open_targets,
    target_tiers,
)
from planner.actions.removing import TIER_OF_TABLE
from planner.actions.unsaved import add_row, put_cells, remove_row
from planner.model.tables import TABLE_OF_TIER
from planner.rules.change_words import TABLE_WORDS
from planner.ui import desk
from planner.ui.edit_words import STRENGTHS
from planner.ui.editor_grids import counted_rows, where_is
from planner.ui.frame import link_to, section
from planner.ui.markup import md, tag
from planner.ui.plain_words import show_plain_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.actions.item_links import ItemLink, Relation
    from planner.model.edit import Edit
    from planner.model.plan import Plan
    from planner.ui.edit_words import Names

_STRENGTHS = ("", *STRENGTHS)
_MOST_SHOWN = 8
_UP = {
    "project": (
        "What it delivers and improves",
        "Enablers it delivers, capabilities it improves, and how much.",
    ),
    "enabler": ("What it supports", "Capabilities that it makes better, and how much."),
    "capability": ("What it contributes to", "Outcomes that it moves, and how much."),
}


def show_links(plan: Plan, edits: list[Edit], table: str, item: str) -> None:
    """Draw what an item serves and what serves it, each a way to the item at the other end."""
    tier = TIER_OF_TABLE.get(table)
    if tier is None:
        return
    if target_tiers(tier):
        links = links_of(plan, edits, tier, item)
        section(*_UP[tier])
        for link in links:
            _show_link(plan, link)
        is_whole = has_parts(plan, table, item)
        if not links:
            said = "Its parts carry the links." if is_whole else "No link yet: nothing shows why it is done."
            st.html(tag("p", said, class_="p-note"))
        if links or not is_whole:
            _offer_link(plan, edits, tier, item, links)
    _show_served_by(links_to(plan, edits, tier, item), tier)


def has_parts(plan: Plan, table: str, item: str) -> bool:
    """Whether an item is a capability with parts: those carry the links, not the whole (DOMAIN 2.3)."""
    return table == "capabilities" and any(of.table == table for of in naming(plan, table, item))


def show_mentions(plan: Plan, table: str, row: str, names: Names) -> None:
    """List the rows that an item names or that name it: whose part it is, what measures it, who leads it."""
    up, down = named_by(plan, table, row_key(table, row)), naming(plan, table, row)
    if up or down:
        section("What it hangs together with")
    for relation in up:
        _show_relation(relation, relation.field, names)
    tables = [relation.table for relation in down]
    for relation in down:
        word = TABLE_WORDS[relation.table]
        is_plain = tables.count(relation.table) == 1 and relation.table != table
        is_part = relation.table == table == "capabilities"
        heading = "Its parts" if is_part else word if is_plain else f"{word}: {relation.field.lower()}"
        _show_relation(relation, heading, names)


def _show_link(plan: Plan, link: ItemLink) -> None:
    """One link: its target, its strength and why; changed at once among the unsaved edits."""
    said = ":".join(link.key)
    strength, why = f"strength {said}", f"rationale {said}"
    st.session_state[strength] = link.strength
    st.session_state[why] = link.rationale
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _show_target(link)
            st.selectbox(
                md(f"Strength of {link.target.name}"),
                _STRENGTHS if link.strength in _STRENGTHS else (*_STRENGTHS, link.strength),
                format_func=lambda word: STRENGTHS.get(word, word or "not known"),
                key=strength,
                label_visibility="collapsed",
                width=112,
                on_change=_put_link,
                args=(plan, link, "strength", strength),
            )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text_input(
                md(f"Why {link.target.name}"),
                key=why,
                placeholder="Why it serves",
                label_visibility="collapsed",
                on_change=_put_link,
                args=(plan, link, "rationale", why),
            )
            st.button(
                "Remove", key=f"remove {said}", type="tertiary", on_click=_remove_link, args=(plan, link)
            )
        if link.rationale != link.saved_rationale:
            show_plain_words(link.rationale)


def _show_target(link: ItemLink) -> None:
    """The name of the item at the other end, which leads there, and what it is."""
    said = f"{link.target.tier} {link.target.id}{' new' if link.is_new else ''}"
    link_to_row(TABLE_OF_TIER[link.target.tier], link.target.id, link.target.name, said)


def link_to_row(table: str, row: str, label: str, note: str = "") -> None:
    """Show a link to the page on which a row is edited, with the row chosen there; a note stands small with it."""
    where = where_is(table, row)
    if where is None:
        st.html(tag("p", label, tag("small", " ", note) if note else "", class_="p-note"))
        return
    key, query = where
    link_to(key, label, note=note, icon=None, **query)


def _put_link(plan: Plan, link: ItemLink, field: str, key: str) -> None:
    text = st.session_state[key]
    desk.change(lambda kept: put_cells(plan, kept, "links", [(link.key, field, text or None)]))


def _remove_link(plan: Plan, link: ItemLink) -> None:
    desk.change(lambda kept: remove_row(plan, kept, "links", link.key))


def _offer_link(plan: Plan, edits: list[Edit], tier: str, item: str, links: Sequence[ItemLink]) -> None:
    targets = open_targets(plan, edits, tier, links)
    if not targets:
        return
    places = {f"{target.tier} {target.id}": target for target in targets}
    wanted = " or ".join(f"{'an' if to[0] in 'aeiou' else 'a'} {to}" for to in target_tiers(tier))
    with st.form(f"add-link {item}", border=False, clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            place = st.selectbox(
                "Add a link to",
                list(places),
                index=None,
                placeholder=wanted.capitalize(),
                format_func=lambda place: f"{places[place].name} · {place}",
                key="add-link-target",
            )
            strength = st.selectbox(
                "Strength", list(STRENGTHS), index=1, format_func=STRENGTHS.__getitem__, width=112
            )
        if st.form_submit_button("Add the link", icon=":material/add_link:") and place:
            row = new_link(tier, item, places[place], strength)
            desk.change(lambda kept: add_row(kept, "links", row))
            st.rerun()


def _show_served_by(links: Sequence[ItemLink], tier: str) -> None:
    """List what serves an item; these links are changed from their other end."""
    if tier == "project":
        return
    section("What serves it", "" if links else "Nothing yet. A link is added from the item that serves.")
    with st.container(gap=None):
        for link in links[:_MOST_SHOWN]:
            said = f"{link.target.tier}, {STRENGTHS.get(link.strength, 'strength not known')}"
            link_to_row(TABLE_OF_TIER[link.target.tier], link.target.id, link.target.name, said)
        tell_more(len(links))


def _show_relation(relation: Relation, heading: str, names: Names) -> None:
    with st.container(gap=None):
        st.html(tag("p", heading, class_="p-note"))
        if relation.table in {"phasing", "capacity", "kpi_targets"}:
            link_to_row(relation.table, relation.rows[0], counted_rows(len(relation.rows), relation.table))
            return
        for row in relation.rows[:_MOST_SHOWN]:
            link_to_row(relation.table, row, names.of(relation.table, row))
        tell_more(len(relation.rows))


def tell_more(count: int) -> None:
    """Say how many more there are than are shown."""
    if count > _MOST_SHOWN:
        st.html(tag("p", f"and {count - _MOST_SHOWN:,} more", class_="p-note"))

"""The page of one item over all versions: its cells drawn to scale, each change with its reason, who has to do with it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from planner.rules.change_names import Names
from planner.rules.change_words import TABLE_WORDS
from planner.rules.life_words import life_sentence, versions_text
from planner.rules.sentences import counted
from planner.ui import address
from planner.ui.editor_links import link_to_row
from planner.ui.frame import empty_state, lead, page_header
from planner.ui.home_page_css import review_css
from planner.ui.item_page_parts import show_cells, show_changes, show_charts, show_mentions, show_served
from planner.ui.item_page_reads import items_of, one_word, versions_looked_at, whole_of
from planner.ui.life_address import LIVES
from planner.ui.markup import join, strong, tag

TITLE: Final = "Item life"
_NOTE: Final = "One item over all versions of the plan: what became of it, and why"


def show_item() -> None:
    """Draw the page."""
    st.html(review_css())
    asked = st.query_params.get("table", "")
    place = page_header(TITLE, _NOTE, share=0.42)
    with place:
        table_name = _pick_table()
        items = items_of(table_name)
        row = _pick_item(table_name, items)
    if asked and asked not in LIVES:
        st.html(tag("p", f"'{asked}' is no kind of item. Choose one above.", class_="p-empty", role="status"))
    if not items:
        empty_state(
            f"No version of the plan has {_a(table_name)} yet, so there is no life to show.",
            table_name
            if table_name in {"projects", "outcomes", "capabilities", "enablers", "teams"}
            else "projects",
            f"Add the first {one_word(table_name)}",
        )
        return
    if row is None:
        _show_choice(table_name, items)
        return
    _show_life(table_name, row)


def _pick_table() -> str:
    address.read_one("table", LIVES, LIVES[0])
    chosen = st.selectbox(
        "Kind of item",
        LIVES,
        key="table",
        format_func=TABLE_WORDS.__getitem__,
        width=160,
        on_change=_turn_over,
    )
    address.write("table", chosen)
    return chosen


def _turn_over() -> None:
    """Another kind has other items."""
    st.query_params.pop("id", None)
    st.session_state["id"] = None


def _pick_item(table_name: str, items: dict[str, str]) -> str | None:
    """Draw the chooser of the item; an id that no version has is said, and none is chosen."""
    asked = st.query_params.get("id")
    address.read_one("id", [*items, ""], "")
    if not st.session_state.get("id"):
        st.session_state["id"] = None
    chosen: str | None = st.selectbox(
        one_word(table_name).capitalize(),
        list(items),
        index=None,
        key="id",
        placeholder="Type to search",
        format_func=lambda key: f"{items[key]} · {key}" if items[key] != key else key,
        width=380,
    )
    if chosen or asked in items or not asked:
        address.write("id", *([chosen] if chosen else []))
    return chosen


def _show_choice(table_name: str, items: dict[str, str]) -> None:
    asked = st.query_params.get("id")
    versions = counted(len(versions_looked_at()), "version")
    if asked:
        said = f"None of {versions} has {_a(table_name)} '{asked}'. Choose one above by its name or id."
    else:
        many = counted(len(items), one_word(table_name))
        said = f"Choose one of {many} above to see it over {versions}. What left the plan is there too."
    with st.container(border=True):
        st.html(tag("p", said, class_="p-empty", role="status"))


def _show_life(table_name: str, row: str) -> None:
    found = whole_of(table_name, row)
    life, plan = found.life, found.life.there[-1].moment.plan
    calendar, currency = plan.calendar, plan.settings.currency
    said = life_sentence(life, calendar, currency)
    lead(join((strong(life.name), said.removeprefix(life.name))))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="counts"):
        told = f"{one_word(table_name).capitalize()} {row}, {versions_text(life)}"
        st.html(tag("p", told, class_="p-note"), width="content")
        if life.left_with is None:
            link_to_row(table_name, row, f"Open the {one_word(table_name)}")
    names = Names.of_plans(life.there[0].moment.plan, plan)
    show_charts(found, calendar, currency)
    show_cells(found, calendar, names)
    show_changes(found, calendar)
    left, right = st.columns(2, gap="large")
    with left:
        show_served(found, names, calendar)
    with right:
        show_mentions(found, calendar)


def _a(table_name: str) -> str:
    """'a project', 'an outcome'."""
    word = one_word(table_name)
    return f"{'an' if word[0] in 'aeio' else 'a'} {word}"

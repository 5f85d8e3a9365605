"""The page of one item over all versions: its cells drawn to scale, each change with its reason, who has to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.sheets import sheet_of
from planner.rules.change_names import Names
from planner.rules.change_words import TABLE_WORDS
from planner.rules.life_words import life_sentence, versions_text
from planner.rules.sentences import counted
from planner.ui import address
from planner.ui.drift_page_review import titles_of_evidence
from planner.ui.editor_links import link_to_row
from planner.ui.frame import empty_state, lead, offer_csv, page_header, section
from planner.ui.home_page_css import review_css
from planner.ui.item_page_charts import cells_chart, course_chart
from planner.ui.item_page_reads import items_of, one_word, versions_looked_at, whole_of
from planner.ui.item_page_tables import cell_rows, changes_html, mentions_html, served_html, version_word
from planner.ui.item_pasts import item_pasts
from planner.ui.life_address import LIVES
from planner.ui.markup import join, strong, table, tag

if TYPE_CHECKING:
    from planner.charts.life import LifeChart
    from planner.model.quarter import Calendar
    from planner.ui.item_page_reads import Whole

TITLE: Final = "Item life"
_NOTE: Final = "One item over all versions of the plan: what became of it, and why"


def show_item() -> None:
    """Draw the page."""
    st.html(review_css())
    place = page_header(TITLE, _NOTE, share=0.42)
    with place:
        table_name = _pick_table()
        items = items_of(table_name)
        row = _pick_item(table_name, items)
    asked = st.query_params.get("table", "")
    if asked and asked not in LIVES:
        st.html(tag("p", f"'{asked}' is no kind of item. Choose one above.", class_="p-empty", role="status"))
    if not items:
        empty_state(
            f"No version of the plan has a {one_word(table_name)} yet, so there is no life to show.",
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
        said = f"No {one_word(table_name)} is called '{asked}', in none of {versions}. Choose one above by its name or id."
    else:
        many = counted(len(items), one_word(table_name))
        said = f"Choose one of {many} above to see it over {versions}. What left the plan is there too."
    with st.container(border=True):
        st.html(tag("p", said, class_="p-empty", role="status"))


def _show_life(table_name: str, row: str) -> None:
    found = whole_of(table_name, row)
    life, plan = found.life, found.life.there[-1].moment.plan
    calendar, currency = plan.calendar, plan.settings.currency
    lead(_lead(life_sentence(life, calendar, currency), life.name))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="counts"):
        st.html(
            tag("p", f"{one_word(table_name).capitalize()} {row}, {versions_text(life)}", class_="p-note"),
            width="content",
        )
        if life.left_with is None:
            link_to_row(table_name, row, f"Open the {one_word(table_name)}")
    names = Names.of_plans(life.there[0].moment.plan, plan)
    _show_charts(found, calendar, currency)
    _show_cells(found, calendar, names)
    _show_changes(found, calendar)
    left, right = st.columns(2, gap="large")
    with left:
        _show_served(found, names, calendar)
    with right:
        section(
            "Who has to do with it",
            "Entries of the registers that name it, or that the reasons of its changes name.",
        )
        if found.mentions:
            st.html(mentions_html(found.mentions, calendar))
        else:
            st.html(tag("p", "None so far.", class_="p-note"))


def _lead(said: str, name: str) -> str:
    return join((strong(name), said.removeprefix(name)))


def _show_charts(found: Whole, calendar: Calendar, currency: str) -> None:
    """The finish against time beside the other cells; what is not known has no chart."""
    course = course_chart(found.life, calendar)
    cells = cells_chart(found.life, calendar, currency, found.measures)
    shown = [chart for chart in (course, cells) if chart is not None]
    if not shown:
        return
    for place, chart in zip(st.columns(len(shown), gap="large"), shown, strict=True):
        with place:
            if chart is course:
                what = "Finish" if found.life.table == "projects" else "Go-live"
                section(
                    f"{what} over the versions",
                    "Dashed: as first planned. Grey diagonal: today's line, where work is done.",
                )
            else:
                note = "A figure stands where it changed."
                section(
                    "Its other cells" if course else "Over the versions",
                    f"{note} Dashed: the path or the goal."
                    if found.life.table in {"outcomes", "capabilities"}
                    else note,
                )
            _draw(chart, "course" if chart is course else "cells")


def _draw(chart: LifeChart, key: str) -> None:
    st.vega_lite_chart(chart.frame, chart.spec, theme=None, width="stretch", key=key, alt=chart.alt)


def _show_cells(found: Whole, calendar: Calendar, names: Names) -> None:
    heads, rows = cell_rows(found.life, calendar, names)
    with st.expander("The same as a table"):
        st.html(table(heads, rows, caption=f"{found.life.name} by version"))
        offer_csv(f"life-{found.life.table}.csv", lambda: sheet_of(heads, rows), "Its cells by version.")


def _show_changes(found: Whole, calendar: Calendar) -> None:
    """What each version changed of it, the newest first."""
    life = found.life
    steps = item_pasts(life.table, life.id, versions_looked_at())
    section("What each version changed", "Each leads to Drift between that version and the one before it.")
    first = life.there[0]
    begun = "in the plan from the first version on" if first is life.at[0] else "not in the plan before"
    told = f"{version_word(life.at[0], calendar)}: {begun}"
    st.html(changes_html(steps, found.cited, titles_of_evidence(), told, calendar))


def _show_served(found: Whole, names: Names, calendar: Calendar) -> None:
    life = found.life
    if life.table not in {"projects", "outcomes", "capabilities", "enablers"}:
        return
    if life.table == "outcomes":
        section("What carries it, then and now", "The part of the outcome that rests on each project.")
    else:
        section("What it serves, then and now", "The part of it that goes to each outcome.")
    if found.then or found.now:
        st.html(served_html(life, found.then, found.now, names, calendar))
    else:
        none = (
            "Nothing carries it, then or now."
            if life.table == "outcomes"
            else "It served no outcome then, and serves none now."
        )
        st.html(tag("p", none, class_="p-note"))

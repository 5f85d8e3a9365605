"""The parts of the page of one item: charts, their twin tables, changes with reasons, what it serves, who names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.sheets import sheet_of
from planner.ui.chart_heads import head_chart
from planner.ui.drift_page_review import titles_of_evidence
from planner.ui.frame import offer_csv, section
from planner.ui.item_page_charts import cells_chart, course_chart
from planner.ui.item_page_reads import versions_looked_at
from planner.ui.item_page_tables import (
    cell_rows,
    changes_html,
    measure_rows,
    mentions_html,
    served_html,
    version_word,
)
from planner.ui.item_pasts import item_pasts
from planner.ui.markup import table, tag

if TYPE_CHECKING:
    from planner.charts.life import LifeChart
    from planner.model.quarter import Calendar
    from planner.rules.change_names import Names
    from planner.ui.item_page_reads import Whole

_WAYS: Final = frozenset({"projects", "outcomes", "capabilities", "enablers"})


_COURSE_NOTE = "Dashed: as first planned. Diagonal: today's line, where work is done."


def show_charts(found: Whole, calendar: Calendar, currency: str) -> None:
    """The finish against time beside the other cells; what is not known has no chart."""
    course = course_chart(found.life, calendar)
    cells = cells_chart(found.life, calendar, currency, found.measures)
    shown = [chart for chart in (course, cells) if chart is not None]
    if not shown:
        return
    widths = [0.43, 0.57] if len(shown) > 1 else 1
    for place, chart in zip(st.columns(widths, gap="large"), shown, strict=True):
        with place:
            if chart is course:
                what = "Finish" if found.life.table == "projects" else "Go-live"
                title, note = f"{what} in each version", _COURSE_NOTE
            else:
                title = "What else was planned" if course else "In each version"
                note = "A figure stands where it changed."
            kind = "course" if chart is course else "cells"
            head_chart(title, note, chart, f"{found.life.id}-{kind}", f"{found.life.name} ({found.life.id})")
            _draw(chart, kind)


def _draw(chart: LifeChart, key: str) -> None:
    st.vega_lite_chart(chart.frame, chart.spec, theme=None, width="stretch", key=key, alt=chart.alt)


def show_cells(found: Whole, calendar: Calendar, names: Names) -> None:
    """The twin of the charts: the cells by version, and measures by quarter."""
    heads, rows = cell_rows(found.life, calendar, names)
    with st.expander("The same as a table"):
        st.html(table(heads, rows, caption=f"{found.life.name} by version"))
        measured = measure_rows(found.measures, calendar)
        if measured:
            told = ("Measure", "Quarter", "Value", "Value on the path")
            st.html(
                table(
                    told,
                    measured,
                    widths=("52%", "16%", "16%", "16%"),
                    right=[2, 3],
                    caption="Measures by quarter",
                )
            )
        offer_csv(f"life-{found.life.table}.csv", lambda: sheet_of(heads, rows), "Its cells by version.")


def show_changes(found: Whole, calendar: Calendar) -> None:
    """What each version changed of it and of what measures it, the newest first."""
    life, versions = found.life, versions_looked_at()
    steps = [(*step, "") for step in item_pasts(life.table, life.id, versions)]
    for measure in found.measures:
        steps += [(*step, measure.name) for step in item_pasts("kpis", measure.kpi_id, versions)]
    places = {version.label: place for place, version in enumerate(versions)}
    steps.sort(key=lambda step: places[step[1].label])
    section("What each version changed", _changed_note(len(steps), len(versions)))
    first = life.there[0]
    begun = "In the plan from the first version on" if first is life.at[0] else "Not in the plan yet"
    beginning = (version_word(life.at[0], calendar), begun)
    st.html(changes_html(steps, found.cited, titles_of_evidence(), beginning, calendar))


def _changed_note(changed: int, versions: int) -> str:
    if not changed:
        said = "None of them changed it."
        return said if versions > 1 else "There is one version only, so nothing to compare it with."
    return "The newest first; each leads to Drift from the version before it."


def show_served(found: Whole, names: Names, calendar: Calendar) -> None:
    """What it serves, or of an outcome what carries it, then and now."""
    life = found.life
    if life.table not in _WAYS:
        return
    is_outcome = life.table == "outcomes"
    ever, never = (", then and now", ", neither then nor now") if len(life.there) > 1 else ("", "")
    if is_outcome:
        section(f"What carries it{ever}", "The part of the outcome that rests on each project.")
    else:
        section(f"What it serves{ever}", "The part of it that goes to each outcome.")
    if found.then or found.now:
        st.html(served_html(life, found.then, found.now, names, calendar))
        return
    none = f"No project carries it{never}." if is_outcome else f"It serves no outcome{never}."
    st.html(tag("p", none, class_="p-note"))


def show_mentions(found: Whole, calendar: Calendar) -> None:
    """The entries of the registers that have to do with it."""
    section("In the registers", "Entries that name it, or that the reasons of its changes name.")
    if found.mentions:
        st.html(mentions_html(found.mentions, calendar))
    else:
        st.html(tag("p", "None so far.", class_="p-note"))

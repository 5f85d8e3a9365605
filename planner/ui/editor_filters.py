"""The row of controls above the grid of projects: search, filters, sorting, columns, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.grid_rows import FOUND, GridView
from planner.model.tables import TABLES
from planner.rules.sentences import status_word
from planner.ui import address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.plan import Plan

_BY_NAME = TABLES["projects"].by_name
_STATUSES = _BY_NAME["status"].allowed
ALL_COLUMNS = "All"
COLUMN_SETS = {
    "Roadmap": [
        "status",
        "start_date",
        "end_date",
        "date_precision",
        "cost",
        "rag",
        "confidence_pct",
        "priority_rank",
        "sponsor",
        "lead_team_id",
        "why",
    ],
    "Money": [
        "status",
        "cost",
        "capex",
        "benefit_annual",
        "benefit_start_quarter",
        "funding_status",
        "estimate_class",
        "success_probability",
    ],
    "Ranking": [
        "priority_rank",
        "business_value",
        "time_criticality",
        "risk_opportunity",
        "job_size",
        "cost",
        "status",
    ],
    "About": [
        "why",
        "kind",
        "business_unit",
        "sponsor",
        "lead_team_id",
        "deliverables",
        "superseded_by",
        "split_from",
        "tags",
    ],
    ALL_COLUMNS: list(TABLES["projects"].fields[1:]),
}
_FIRST = ("project_id", "name", FOUND)
_LISTED = (
    ("business_unit", "Business unit"),
    ("lead_team_id", "Lead team"),
    ("sponsor", "Sponsor"),
    ("rag", "Rating"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the controls ask for: which rows in which order, and which columns."""

    view: GridView
    columns: tuple[str, ...]


def pick_shown(plan: Plan) -> Shown:
    """Draw the controls and return what they ask for."""
    address.read_one("q", None, "")
    address.read_many("status", _STATUSES)
    address.read_one("columns", COLUMN_SETS, "Roadmap")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        search = st.text_input("Search", key="q", placeholder="Name, id, why, sponsor, tags", width=250)
        status = st.pills("Status", _STATUSES, selection_mode="multi", format_func=status_word, key="status")
        chosen, outcomes, only_found = _pick_more(plan)
        sort_by, is_descending = _pick_order()
        columns = st.selectbox("Columns", list(COLUMN_SETS), key="columns", width=130)
    address.write("q", *([search] if search else []))
    address.write("status", *status)
    address.write("columns", *([columns] if columns != "Roadmap" else []))
    if status:
        chosen = [("status", tuple(status)), *chosen]
    view = GridView(search, tuple(chosen), tuple(outcomes), only_found, sort_by, is_descending)
    return Shown(view, (*_FIRST, *COLUMN_SETS[columns]))


def _pick_more(plan: Plan) -> tuple[list[tuple[str, tuple[str, ...]]], list[str], bool]:
    """Draw the filters that fold away; their values are those that the plan has."""
    outcomes, teams = _names(plan, "outcomes", "outcome_id"), _names(plan, "teams", "team_id")
    values = {field: _values(plan, field) for field, _ in _LISTED}
    chosen = {field: st.session_state.get(field) for field in ("outcome", "found", *values)}
    count = sum(bool(value) for value in chosen.values())
    with st.popover(f"Filter ({count})" if count else "Filter", icon=":material/filter_list:"):
        serving = _pick_many("outcome", "Serves the outcome", list(outcomes), outcomes)
        picked = [(field, _pick_many(field, label, values[field], teams)) for field, label in _LISTED]
        address.read_flag("found")
        only_found = st.toggle("Only those with findings", key="found")
        address.write("found", *(["1"] if only_found else []))
    return [(field, tuple(words)) for field, words in picked if words], serving, only_found


def _pick_many(key: str, label: str, words: Sequence[str], names: Mapping[str, str]) -> list[str]:
    address.read_many(key, words)
    chosen = st.multiselect(label, words, format_func=lambda word: names.get(word, word), key=key)
    address.write(key, *chosen)
    return chosen


def _pick_order() -> tuple[str, bool]:
    choices = ["", *(name for name in TABLES["projects"].names if _BY_NAME[name].kind not in {"list", "ids"})]
    address.read_one("sort", choices, "")
    address.read_flag("down")
    with st.popover("Sort", icon=":material/sort:"):
        sort_by = st.selectbox(
            "Sort by",
            choices,
            format_func=lambda name: _BY_NAME[name].label if name else "As on the roadmap: live work by rank",
            key="sort",
        )
        is_descending = st.toggle("Largest or latest first", key="down")
    address.write("sort", *([sort_by] if sort_by else []))
    address.write("down", *(["1"] if is_descending else []))
    return sort_by, is_descending


def _values(plan: Plan, field: str) -> Sequence[str]:
    """The values that a column of the projects holds, the parts of lists taken apart."""
    cells = plan["projects"][field].drop_nulls().unique().to_list()
    parts = {part for cell in cells for part in str(cell).split("|")}
    return sorted(parts)


def _names(plan: Plan, table: str, key: str) -> dict[str, str]:
    return {row: name or row for row, name in plan[table].select(key, "name").iter_rows()}

"""The controls above the matrix of links: which matrix, search, filters, gaps, all of it in the address."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from planner.model.tables import TABLES
from planner.rules.matrix import MATRICES
from planner.rules.matrix_view import COLUMNS, ROWS, UNSIGHTED, MatrixView, filter_words
from planner.rules.sentences import status_word
from planner.ui import address, session
from planner.ui.markup import tag

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planner.model.plan import Plan
    from planner.rules.matrix import MatrixKind
    from planner.rules.matrix_view import Gaps

USUAL = "projects-enablers"
BY = "\N{MULTIPLICATION SIGN}"
_MANY = {"capability": "capabilities"}


def many_word(table: str) -> str:
    """The items of a table as people call them: 'capabilities'."""
    one = TABLES[table].one
    return _MANY.get(one, f"{one}s")


def matrix_word(key: str) -> str:
    """A matrix as people call it: 'Projects' by 'enablers'."""
    kind = MATRICES[key]
    return f"{many_word(kind.row_table).capitalize()} {BY} {many_word(kind.column_table)}"


def pick_view(plan: Plan, gaps_of: Callable[[MatrixView], Gaps]) -> MatrixView:
    """Draw the controls and return what they ask for; `gaps_of` finds the gaps of a matrix."""
    address.read_one("matrix", MATRICES, USUAL)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key = (
            st.segmented_control(
                "Matrix", list(MATRICES), format_func=matrix_word, key="matrix", required=True
            )
            or USUAL
        )
        address.write("matrix", *([key] if key != USUAL else []))
        kind = MATRICES[key]
        view = _pick_filters(plan, kind)
    return replace(view, gaps=_pick_gaps(kind, gaps_of(view)))


def _pick_filters(plan: Plan, kind: MatrixKind) -> MatrixView:
    state = (str(session.environment().database), session.state_of(session.edited()))
    rows = _search("q", f"Find {many_word(kind.row_table)}")
    columns = _search("columns-q", f"Find {many_word(kind.column_table)}")
    teams = _names(plan, "teams", "team_id")
    picked = ("outcome", "unit", "team", "status", "closed")
    count = sum(bool(st.session_state.get(name)) for name in picked)
    with st.popover(f"Filter ({count})" if count else "Filter", icon=":material/filter_list:"):
        outcomes = _names(plan, "outcomes", "outcome_id")
        serving = _pick_many("outcome", "With a way up to the outcome", list(outcomes), outcomes)
        chosen = {
            name: _pick_many(name, label, list(_words(state, kind, name)), names)
            for name, label, names in (
                ("unit", "Business unit", {}),
                ("team", "Team", teams),
                ("status", "Life cycle" if kind.row_tier == "enabler" else "Status", None),
            )
        }
        with_closed = kind.row_tier == "project" and _pick_closed()
    return MatrixView(
        kind.key,
        rows,
        columns,
        serving,
        chosen["unit"],
        chosen["team"],
        chosen["status"],
        with_closed=with_closed,
    )


@st.cache_resource(max_entries=32, show_spinner=False)
def _words(state: tuple[str, str], kind: MatrixKind, name: str) -> list[str]:
    """The words that a filter can choose from, as long as the plan stays."""
    del state  # it only says what the words are of
    return filter_words(session.plan_of(session.edited()), kind, name)


def _search(key: str, label: str) -> str:
    address.read_one(key, None, "")
    said = st.text_input(label, key=key, placeholder="Name or id", width=150)
    address.write(key, *([said] if said else []))
    return said


def _pick_closed() -> bool:
    address.read_flag("closed")
    is_asked = st.toggle("Finished and cancelled projects too", key="closed")
    address.write("closed", *(["1"] if is_asked else []))
    return is_asked


def _pick_many(
    key: str, label: str, words: Sequence[str], names: Mapping[str, str] | None
) -> tuple[str, ...]:
    """Draw a filter of several words; nothing is drawn where the rows have no such word."""
    if not words:
        return ()
    address.read_many(key, words)
    name = status_word if names is None else lambda word: names.get(word, word)
    chosen = st.multiselect(label, words, format_func=name, key=key)
    address.write(key, *chosen)
    return tuple(chosen)


def _pick_gaps(kind: MatrixKind, gaps: Gaps) -> str:
    """Draw the choice of gaps with their numbers; '' for the whole matrix."""
    told = {
        ROWS: f"{len(gaps.rows):,} {_one_or_many(kind.row_table, len(gaps.rows))} without a link here",
        COLUMNS: f"{len(gaps.columns):,} {_one_or_many(kind.column_table, len(gaps.columns))} without a link here",
    }
    if kind.row_tier == "project":
        count = len(gaps.unsighted)
        told[UNSIGHTED] = f"{count:,} live {_one_or_many('projects', count)} without a line of sight"
    address.read_one("gaps", {"", *told}, "")
    st.session_state["gaps"] = st.session_state["gaps"] or None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(tag("p", "Show only gaps", class_="p-note"), width="content")
        chosen = st.pills(
            "Show only gaps",
            list(told),
            format_func=told.__getitem__,
            key="gaps",
            label_visibility="collapsed",
        )
    address.write("gaps", *([chosen] if chosen else []))
    return chosen or ""


def _one_or_many(table: str, count: int) -> str:
    return TABLES[table].one if count == 1 else many_word(table)


def _names(plan: Plan, table: str, key: str) -> dict[str, str]:
    return {row: name or row for row, name in plan[table].select(key, "name").iter_rows()}

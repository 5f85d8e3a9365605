"""What the page of one item reads: its life over the versions, kept until something is saved; it draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from planner.model.tables import TABLES
from planner.rules.item_life import (
    Life,
    Measure,
    Mention,
    Moment,
    citing,
    find_life,
    known_items,
    measures_of,
    mentions_of,
    served,
)
from planner.rules.registers import REGISTERS
from planner.ui import session
from planner.ui.drift_page_review import version_to_show
from planner.ui.item_pasts import MOST_PAIRS
from planner.ui.registers_page_words import entries_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.version import Version


@dataclass(frozen=True)
class Whole:
    """Everything that the page shows of an item; `then` and `now` are what it serves in its first and its last version."""

    life: Life
    then: list[tuple[str, float]]
    now: list[tuple[str, float]]
    measures: list[Measure]
    mentions: list[Mention]
    cited: dict[str, list[str]]


def versions_looked_at() -> list[Version]:
    """The snapshots, the oldest first, and the draft where it differs from the newest; at most as many as a history has."""
    among = session.versions()
    shown = version_to_show(among)
    return [*session.snapshots(), *([] if shown.is_sealed else [shown])][-MOST_PAIRS - 1 :]


def moments(versions: Sequence[Version]) -> list[Moment]:
    """The versions with their plans."""
    found = []
    for version in versions:
        plan = session.plan_of(version)
        found.append(Moment(version.label, plan.calendar.parse(version.quarter), plan, not version.is_sealed))
    return found


def items_of(table: str) -> dict[str, str]:
    """The names of all items of a table that any version has, by id."""
    versions = versions_looked_at()
    return _items(str(session.environment().database), _state(versions), table, versions)


@st.cache_resource(max_entries=16, show_spinner=False)
def _items(path: str, state: str, table: str, _versions: Sequence[Version]) -> dict[str, str]:
    del path, state  # they only say what the names are of
    return known_items(moments(_versions), table)


def whole_of(table: str, row: str) -> Whole:
    """The life of an item that some version has."""
    versions = versions_looked_at()
    path, commits = str(session.environment().database), session.database().commits
    return _whole(path, commits, session.today().isoformat(), table, row, versions)


@st.cache_resource(max_entries=32, show_spinner="Reading its life over the versions.")
def _whole(path: str, commits: int, day: str, table: str, row: str, _versions: Sequence[Version]) -> Whole:
    del path, commits, day  # they only say what the life is kept by
    found = moments(_versions)
    actuals = session.ledger("kpi_actuals")
    life = find_life(table, row, found, actuals)
    first, last = life.there[0].moment, life.there[-1].moment
    measures = measures_of(row, last, actuals) if table == "outcomes" else []
    cited = citing([(table, row), *(("kpis", measure.kpi_id) for measure in measures)], found)
    return Whole(
        life,
        served(table, row, first.plan),
        served(table, row, last.plan),
        measures,
        mentions_of(row, {name: entries_of(name) for name in REGISTERS}, cited),
        cited,
    )


def _state(versions: Sequence[Version]) -> str:
    return " ".join(session.state_of(version) for version in versions)


def one_word(table: str) -> str:
    """What an item of a table is called: 'project'."""
    return TABLES[table].one

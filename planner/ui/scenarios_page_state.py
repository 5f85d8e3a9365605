"""Cached reads of the What-if page, and how a what-if differs in words; it draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.what_if import MergeLook, look_at_merge
from planner.rules.measures import live_cost as live_cost_of
from planner.rules.sentences import counted
from planner.store.scenarios import list_scenarios
from planner.ui import session

if TYPE_CHECKING:
    from planner.model.scenario import Scenario
    from planner.model.version import Version


@st.cache_resource(max_entries=4, show_spinner=False)
def _scenarios(path: str, commits: int) -> list[Scenario]:
    del path, commits  # they only say what the read is kept by
    return list_scenarios(session.database())


def scenarios() -> list[Scenario]:
    """Every what-if and kept copy, read anew after each commit."""
    return _scenarios(str(session.environment().database), session.database().commits)


@st.cache_resource(max_entries=8, show_spinner=False)
def _look(path: str, label: str, states: tuple[str, str]) -> MergeLook:
    del path, states
    return look_at_merge(session.database(), label)


def merge_look(version: Version) -> MergeLook:
    """What merging a what-if would do to the draft as both are now."""
    states = (session.state_of(session.draft()), session.state_of(version))
    return _look(str(session.environment().database), version.label, states)


def difference_words(baseline: Version, version: Version) -> str:
    """How much one version differs: 'differs in 4 changes', 'is the same plan'."""
    comparison = session.comparison(baseline, version)
    if comparison.drift.is_empty:
        return "is the same plan"
    events = comparison.events.height
    return f"differs in {counted(events, 'change') if events else counted(comparison.drift.rows.height, 'field')}"


def live_cost(version: Version) -> int | None:
    """The cost of the live projects of a version, in whole money; None where none is known."""
    found = live_cost_of(session.plan_of(version)).value
    return None if found is None else int(found)

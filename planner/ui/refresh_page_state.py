"""Cached reads of the Refresh page, and how it takes a step and tells what became of it; it draws nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.checklist import Checklist, find_checklist
from planner.actions.reasoning import load_evidence
from planner.actions.reviewing import open_decisions
from planner.errors import PlannerError
from planner.store.refreshes import list_refreshes
from planner.ui import session
from planner.ui.news import news_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.model.refresh import Refresh

NEWS = "refresh"
_TAKEN = "refresh-taken"
_DOUBLE_CLICK = 1.5  # seconds


@st.cache_resource(max_entries=4, show_spinner=False)
def _checklist(path: str, commits: int) -> Checklist | None:
    del path, commits  # they only say what the read is kept by
    return find_checklist(session.database())


def checklist() -> Checklist | None:
    """How the open refresh stands, read anew after each commit; None where none is open."""
    return _checklist(str(session.environment().database), session.database().commits)


@st.cache_resource(max_entries=4, show_spinner=False)
def _refreshes(path: str, commits: int) -> list[Refresh]:
    del path, commits
    return list_refreshes(session.database())


def refreshes() -> list[Refresh]:
    """All refreshes in the order in which they were opened."""
    return list(_refreshes(str(session.environment().database), session.database().commits))


@st.cache_resource(max_entries=4, show_spinner=False)
def _evidence(path: str, commits: int) -> dict[str, str]:
    del path, commits
    return load_evidence(session.database(), session.plan_of(session.draft()))


def evidence() -> Mapping[str, str]:
    """What can be cited, by id, with what it says."""
    return _evidence(str(session.environment().database), session.database().commits)


def decisions() -> Mapping[str, str]:
    """The decisions that are written down, by id, with their questions; the newest first."""
    rows = session.ledger("decisions").select("decision_id", "question").rows()
    return {key: question or "" for key, question in reversed(rows)}


def decided_by(decision_id: str) -> str:
    """Who made a decision; empty where it is not written down."""
    rows = session.ledger("decisions").select("decision_id", "decided_by").rows()
    return next((by or "" for key, by in reversed(rows) if key == decision_id), "")


def questions() -> Mapping[str, str]:
    """The questions that were asked and not answered yet, by id."""
    asked = open_decisions(session.ledger("decisions"))
    return {row["decision_id"]: row["question"] or "" for row in asked}


def take(step: Callable[[], object], told: str) -> None:
    """Take a step and say what was done, or why it was not; the page is drawn anew then.

    The second press of a double click may be under way beside the first: what it is refused is no news. How long it
    then waited for the first to be written does not count.
    """
    news = news_of(NEWS)
    taken: dict[str, float] = st.session_state.setdefault(_TAKEN, {})
    pressed = time.monotonic()
    try:
        step()
        taken[told] = time.monotonic()
        news.say(told)
    except PlannerError as refusal:
        if not is_second_press(pressed, taken.get(told)):
            news.refuse(refusal)
    st.rerun()


def is_second_press(pressed: float, taken: float | None) -> bool:
    """Whether a press belongs to the double click of a step that was taken, both by the monotonic clock in seconds."""
    return taken is not None and pressed - taken <= _DOUBLE_CLICK

"""What people do with what-ifs on their page: branch one, throw one away, open it again, bring a copy back; no rule is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions import what_if
from planner.errors import PlannerError
from planner.rules.sentences import because_tail
from planner.ui import session
from planner.ui.frame import show_refusal
from planner.ui.markup import strong, tag
from planner.ui.news import news_of
from planner.ui.pickers import version_name
from planner.ui.plain_words import show_plain_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.model.scenario import Scenario

NEWS = "what-if"


@st.dialog("Branch a what-if", icon=":material/alt_route:")
def ask_to_branch() -> None:
    """Ask for its name, why it is tried and what it starts from; branch it."""
    calendar = session.plan_of(session.draft()).calendar
    origins = {version.label: version_name(version, calendar) for version in reversed(session.versions())}
    name = st.text_input("Name", max_chars=80, placeholder="Claims platform a year later", key="branch name")
    why = st.text_input("Why is it tried? because …", placeholder="May stay empty", key="branch why")
    origin = st.selectbox("Starts from", list(origins), format_func=origins.__getitem__, key="branch origin")
    pressed = st.button("Branch it", type="primary", icon=":material/alt_route:", key="branch it")
    show_plain_words(why)
    if not pressed:
        return
    try:
        made = what_if.branch(
            session.database(),
            origin,
            name,
            actor=session.actor(),
            now=session.now(),
            why=because_tail(why),
        )
    except PlannerError as refusal:
        show_refusal(refusal)
        return
    news_of(NEWS).say(f"'{made.name}' is branched. Edit it, and compare it here.")
    st.query_params["scenario"] = made.id
    st.rerun()


@st.dialog("Throw a what-if away?", icon=":material/delete:")
def ask_to_throw_away(scenario: Scenario) -> None:
    """Say what is put away, and do it when asked to."""
    st.html(
        tag(
            "p",
            strong(scenario.name),
            " leaves the list of open what-ifs. Nothing is deleted: it is kept below the list and can be opened again.",
        )
    )
    if st.button("Throw it away", type="primary", key="throw-away"):
        _tell(what_if.throw_away, scenario, "is thrown away; it can be opened again below.")
        st.rerun()


def reopen(scenario: Scenario) -> None:
    """Open a what-if again."""
    _tell(what_if.reopen, scenario, "is open again.")


def bring_back(scenario: Scenario) -> None:
    """Make the draft what a kept copy holds."""
    _tell(what_if.bring_back, scenario, "is the draft again.")


def _tell(act: Callable[..., object], scenario: Scenario, done: str) -> None:
    """Do something with a what-if, and say what became of it on the next run."""
    news = news_of(NEWS)
    try:
        act(session.database(), scenario.id, actor=session.actor(), now=session.now())
    except PlannerError as refusal:
        news.refuse(refusal)
    else:
        news.say(f"'{scenario.name}' {done}")

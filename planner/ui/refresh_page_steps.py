"""The states of a refresh as steps, and everything that happened to it as a table; it takes no step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.model.refresh import (
    APPROVE,
    APPROVED,
    DRAFTING,
    IN_REVIEW,
    OPEN,
    RETURN,
    SEAL,
    SEALED,
    STEP_WORDS,
    SUBMIT,
)
from planner.ui import session
from planner.ui.edit_words import moment_text
from planner.ui.markup import Html, table, tag

if TYPE_CHECKING:
    from planner.model.refresh import Refresh, Step

_STATES = (DRAFTING, IN_REVIEW, APPROVED, SEALED)
_NAMES = {DRAFTING: "In draft", IN_REVIEW: "In review", APPROVED: "Approved", SEALED: "Sealed"}
_BEGUN_BY = {DRAFTING: (RETURN, OPEN), IN_REVIEW: (SUBMIT,), APPROVED: (APPROVE,), SEALED: (SEAL,)}
_WHO = {
    DRAFTING: "architects edit and explain",
    IN_REVIEW: "leaders look, nothing changes",
    APPROVED: "by a named decision",
    SEALED: "nobody can change it",
}


def show_steps(refresh: Refresh) -> None:
    """Draw the four states, what was reached and by whom, and the comment with which a plan came back."""
    at = _STATES.index(refresh.state)
    steps = tag("ol", *(_state(refresh, place, at) for place in range(len(_STATES))), class_="p-steps")
    last = refresh.steps[-1]
    said = Html()
    if last.action == RETURN:
        said = tag("p", tag("strong", f"{last.actor} returned it: "), last.comment, class_="p-quote")
    elif last.action == SUBMIT and last.comment:
        said = tag(
            "p",
            tag("strong", f"{last.actor} says: "),
            last.comment,
            class_="p-quote",
            style="border-color:var(--p-accent)",
        )
    st.html(steps + said)


def _state(refresh: Refresh, place: int, at: int) -> Html:
    state = _STATES[place]
    look = "done" if place < at else "now" if place == at else "later"
    dot = {"done": "✓", "now": "●", "later": str(place + 1)}[look]
    begun = _begun(refresh, state) if place <= at else None
    note = _step_note(begun) if begun else _WHO[state]
    return tag(
        "li",
        tag(
            "div",
            tag("span", dot, class_="p-step-dot", aria_hidden="true"),
            tag("span", class_="p-step-line", aria_hidden="true"),
            class_="p-step-bar",
        ),
        tag("div", _NAMES[state], class_="p-step-name"),
        tag("div", note, class_="p-step-note"),
        class_=f"p-step p-step-{look}",
        aria_current="step" if look == "now" else None,
    )


def _begun(refresh: Refresh, state: str) -> Step | None:
    found = [step for step in refresh.steps if step.action in _BEGUN_BY[state]]
    return found[-1] if found else None


def _step_note(step: Step) -> str:
    return f"{STEP_WORDS[step.action]} by {step.actor}, {moment_text(step.taken_on, session.now())}"


def show_history(refresh: Refresh) -> None:
    """Draw every step of the refresh, the newest first."""
    rows = [
        [
            STEP_WORDS[step.action].capitalize(),
            step.actor,
            moment_text(step.taken_on, session.now()),
            _said(step),
        ]
        for step in reversed(refresh.steps)
    ]
    heads = ["Step", "By", "When", "What was said"]
    st.html(table(heads, rows, widths=["13%", "17%", "18%", "52%"], caption="What happened to this refresh"))


def _said(step: Step) -> Html:
    decision = tag("span", f"{step.decision_id} ", class_="p-chip") if step.decision_id else ""
    missing = (
        tag("div", "Approved without evidence for what is large in it.", class_="p-worse")
        if step.evidence_missing
        else ""
    )
    return tag("div", decision, " " if step.decision_id else "", step.comment or "–", missing)  # noqa: RUF001  the dash of nothing

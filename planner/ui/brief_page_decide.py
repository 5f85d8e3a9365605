"""Beside the brief: an open ask is answered where it is read; the answer is a new row of the register of decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from planner.actions.registers import change_entry
from planner.actions.reviewing import open_decisions
from planner.errors import PlannerError
from planner.rules.sentences import spoken_quarter
from planner.ui import session
from planner.ui.frame import link_to, section
from planner.ui.markup import table, tag
from planner.ui.news import news_of
from planner.ui.plain_words import show_plain_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.actions.registers import Entered
    from planner.model.plan import Plan
    from planner.rules.brief import Brief

NEWS: Final = "brief"
_LABELS: Final = {
    "decision": "Decision", "decided_by": "Decided by", "decided_on": "Decided on", "review_quarter": "Look again",
}  # fmt: skip
_AHEAD: Final = 8  # quarters in which a second look can be asked for
_USUAL: Final = 4


def show_decisions(brief: Brief, draft: Plan) -> None:
    """Draw a form for each ask of the brief that still waits for an answer."""
    waiting = {row["decision_id"]: row for row in open_decisions(session.ledger("decisions"))}
    asked = [waiting[ask.decision_id] for ask in brief.asks if ask.decision_id in waiting]
    if not asked:
        return
    section(
        "Decide",
        "The answer is written in the register, and stands on the brief at once unless it is frozen.",
    )
    for row in asked:
        with st.expander(f"Record the decision on {row['decision_id']}"):
            _show_form(row, draft)


def _show_form(row: Mapping[str, Any], draft: Plan) -> None:
    entry = row["decision_id"]
    rows = session.ledger("decisions")["decision_id"].to_list().count(entry)
    form = f"decide {entry} {rows}"
    quarters = _quarters(draft)
    st.html(tag("p", row["question"] or "", class_="p-empty"))
    options = [option for option in (row["options"] or "").split("|") if option]
    said = st.selectbox(
        "Decision",
        options,
        index=None,
        accept_new_options=True,
        placeholder="Choose one, or type another",
        key=f"{form} said",
    )
    by = st.text_input("Decided by", key=f"{form} by", value=row["owner"] or "")
    why = st.text_area("Because (can wait)", key=f"{form} why", height=80)
    again = st.selectbox(
        "Look again", list(quarters), index=_USUAL - 1, format_func=quarters.__getitem__, key=f"{form} again"
    )
    typed = {
        "status": "decided", "decision": said, "decided_by": by, "rationale": why, "review_quarter": again,
        "decided_on": session.today().isoformat(),
    }  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        pressed = st.button("Record it", type="primary", icon=":material/task_alt:", key=f"{form} go")
        link_to("registers", "Open it in the register", tab="decisions", entry=entry)
    show_plain_words(said, why)
    if pressed:
        _take(entry, typed, rows)


def _quarters(draft: Plan) -> dict[str, str]:
    """The quarters in which a decision can be looked at again, the next one first, as people say them."""
    calendar = draft.calendar
    now = calendar.parse(session.draft().quarter)
    return {calendar.label(now + step): spoken_quarter(now + step, calendar) for step in range(1, _AHEAD + 1)}


def _take(entry: str, typed: Mapping[str, str | None], seen: int) -> None:
    """Write the decision down; what is wrong is told below, and what was typed stays."""
    news = news_of(NEWS)
    try:
        entered: Entered = change_entry(
            session.database(), "decisions", entry, typed, seen=seen, actor=session.actor(), now=session.now()
        )
    except PlannerError as refusal:
        news.refuse(refusal)
        st.rerun()
    if entered.problems:
        rows = [[_LABELS.get(one.column, one.column), one.message] for one in entered.problems]
        told = tag("p", "Nothing was written yet.", class_="p-empty", role="alert")
        shown = table(["Field", "What to write"], rows, widths=["30%", "70%"], caption="Cells to mend")
        st.html(tag("div", told, shown, class_="p-alert"))
        return
    news.say(f"{entry} is decided.")
    st.rerun()

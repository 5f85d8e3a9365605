"""The look at a rework before it is saved: a line for each project, the findings it brings or mends, and the save."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.explaining import with_reason
from planner.actions.reworking import Preview, preview, save_rework
from planner.errors import PlannerError
from planner.rules.rework import Rework
from planner.rules.sentences import counted
from planner.ui import session
from planner.ui.findings import findings_html
from planner.ui.frame import section
from planner.ui.late_press import done as mark_done
from planner.ui.late_press import press_key, undone
from planner.ui.markup import join, table, tag
from planner.ui.news import news_of
from planner.ui.plain_words import show_plain_words
from planner.ui.reason_fields import SORT_MISSING, pick_reason_code, reason_of, reason_word

if TYPE_CHECKING:
    from planner.actions.importing import Reason
    from planner.model.plan import Plan
    from planner.model.version import Version

FORM = "many"
NEWS = "editor"  # what the Undo of a grid says is told by the same button here
_MOST_LINES, _MOST_FINDINGS = 200, 30


def show_look(draft: Version, plan: Plan, rework: Rework, done: str) -> None:
    """Draw what a rework would do, and the button that saves it."""
    refused = len(rework.told) - rework.changed
    section(
        f"{counted(rework.changed, 'project')} would be changed",
        f"{counted(refused, 'project')} would stay: the reason stands beside it." if refused else "",
    )
    st.html(_lines_html(rework))
    if not rework.edits:
        return
    look = preview(plan, rework, plan.calendar.parse(draft.quarter), session.baseline_of(draft))
    _show_findings(look)
    _show_save(draft, plan, rework, done)


def _lines_html(rework: Rework) -> str:
    rows = [
        [
            join([tag("strong", line.name), " ", tag("span", line.id, class_="p-mute")]),
            tag("span", "— stays. ", class_="p-mute") + line.sentence if line.is_refused else line.sentence,
        ]
        for line in rework.told[:_MOST_LINES]
    ]
    left = len(rework.told) - len(rows)
    more = tag("p", f"and {left:,} more", class_="p-note") if left > 0 else ""
    return join([table(["Project", "What becomes of it"], rows), more])


def _show_findings(look: Preview) -> None:
    for found, said in ((look.joining, "would join"), (look.leaving, "would be mended")):
        if found:
            with st.expander(f"{counted(len(found), 'finding')} {said}"):
                st.html(findings_html(found[:_MOST_FINDINGS]))
                if len(found) > _MOST_FINDINGS:
                    st.html(tag("p", f"and {len(found) - _MOST_FINDINGS:,} more", class_="p-note"))


def _show_save(draft: Version, plan: Plan, rework: Rework, done: str) -> None:
    number = draft.number or 0
    # no form: what is typed is read at once, and the hint stands under the button, which so never moves
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = pick_reason_code(width=220, key="many-reason")
        because = st.text_input(
            "Because …", placeholder="the tail of 'because …', for all of them", key="many-because"
        )
        pressed = st.button(
            f"Save as one step: {counted(rework.changed, 'project')}",
            type="primary",
            icon=":material/save:",
            key=press_key(FORM, number),
        )
    show_plain_words(because)
    if pressed:
        mark_done(FORM, number)
        _save(draft, plan, rework, done, reason_of(code, because))
        st.rerun()


def _save(draft: Version, plan: Plan, rework: Rework, done: str, reason: Reason | None) -> None:
    news = news_of(NEWS)
    if reason is not None and not reason.code:
        news.say(SORT_MISSING, is_bad=True)
        undone(FORM)
        return
    explained = Rework(rework.told, tuple(with_reason(plan, rework.edits, reason)))
    try:
        save_rework(
            session.database(),
            explained,
            number=draft.number or 0,
            actor=session.actor(),
            now=session.now(),
            reason=reason_word(reason),
            version=draft.label,
        )
    except PlannerError as refusal:
        news.refuse(refusal)
        undone(FORM)
        return
    news.say(f"{counted(rework.changed, 'project')} {done} in one step.")

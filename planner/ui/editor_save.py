"""The bar with Save above every grid: how many edits wait, why they are made, Discard, and the steps; it draws no grid."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import streamlit as st

from planner.actions import editing
from planner.actions.explaining import with_reason
from planner.actions.unsaved import drop
from planner.errors import PlannerError
from planner.rules.sentences import counted
from planner.ui import desk, session
from planner.ui.edit_words import (
    edits_word,
    moment_text,
)
from planner.ui.editor_steps import offer_steps
from planner.ui.frame import show_refusal
from planner.ui.frozen import show_frozen
from planner.ui.markup import tag
from planner.ui.news import news_of
from planner.ui.plain_words import show_plain_words
from planner.ui.reason_fields import SORT_MISSING, pick_reason_code, reason_of, reason_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.actions.importing import Reason
    from planner.model.edit import Edit
    from planner.model.version import Version
    from planner.ui.edit_words import Names
    from planner.ui.news import News

_ASKED, _NEWS = "editor-save", "editor"
_CODE, _BECAUSE = "reason-code", "reason-text"
_LAST_WORDS = 0.3  # seconds: the grid sends what was typed last a moment after a click elsewhere
_MOST_SHOWN = 25
# Streamlit prints the shortcut on a button too faintly to be read.
_CSS = '<style>[data-testid="stBaseButton-primary"] kbd { color: inherit; opacity: 1; }</style>'


def save_when_asked() -> None:
    """Do the save that the button asked for, once the grid has sent what was typed last."""
    asked = st.session_state.get(_ASKED)
    if asked is None:
        return
    if not asked["heard"]:
        asked["heard"] = True
        time.sleep(_LAST_WORDS)
        st.rerun()
    del st.session_state[_ASKED]
    version = session.find_version(asked["version"])
    edits = desk.unsaved(asked["version"])
    if edits and version is not None:
        _save(version, edits, asked["reason"])


def _save(version: Version, edits: list[Edit], reason: Reason | None) -> None:
    news = news_of(_NEWS)
    if reason is not None and not reason.code:
        news.say(SORT_MISSING, is_bad=True)
        return
    try:
        outcome = editing.save(
            session.database(),
            with_reason(session.plan_of(version), edits, reason),
            actor=session.actor(),
            now=session.now(),
            reason=reason_word(reason),
            version=version.label,
        )
    except PlannerError as refusal:
        news.refuse(refusal)
        return
    if outcome.saved is None:
        news.say(
            f"Nothing was saved: {counted(len(outcome.problems), 'cell does', 'cells do')} not read.",
            is_bad=True,
        )
        return
    stale = [conflict.edit for conflict in outcome.saved.conflicts]
    kept = {(edit.table, edit.key, edit.field) for edit in stale}
    saved = [edit for edit in edits if (edit.table, edit.key, edit.field) not in kept]
    desk.change(
        lambda now_unsaved: drop(now_unsaved, [edit for edit in saved if edit in now_unsaved]), version.label
    )
    st.session_state["forget-reason"] = True
    said = f"Saved {counted(len(saved), 'edit')} at {moment_text(session.now(), session.now())}."
    others = counted(len(edits) - len(saved), "edit")
    news.say(
        f"{said} {others} met a change of somebody else: see below." if kept else said, is_bad=bool(kept)
    )


def show_bar(edits: Sequence[Edit], names: Names) -> None:
    """Draw the bar: how many edits wait, why they are made, Save, Discard, and the steps."""
    if st.session_state.pop("forget-reason", False):
        st.session_state[_CODE], st.session_state[_BECAUSE] = None, ""
    st.html(_CSS)
    with st.container():  # there without words too, or the grid below would be mounted anew with them
        show_frozen()
    news = news_of(_NEWS).show()
    left, right = st.columns([0.14, 0.86], vertical_alignment="bottom")
    left.html(_state_html(edits, news))
    with right.container(horizontal=True, horizontal_alignment="right", gap="small"):
        _ask_for_reason()
        st.button(
            "Save",
            type="primary",
            icon=":material/save:",
            shortcut="Ctrl+S",
            key="save",
            on_click=_ask_to_save,
            help="Saves all unsaved edits, those of other pages too.",
        )
        st.button(
            "Discard", key="discard", disabled=not edits, on_click=_discard, help="Forgets all unsaved edits."
        )
        offer_steps(names)
    with st.container():
        show_plain_words(st.session_state.get(_BECAUSE))
        if news.refusal is not None:
            show_refusal(news.refusal)


def _ask_for_reason() -> None:
    """Draw the two parts of a reason: its sort, and the tail of 'because …'."""
    pick_reason_code(key=_CODE, placeholder="Reason", is_bare=True, width=150)
    st.text_input("Because", key=_BECAUSE, placeholder="because …", label_visibility="collapsed", width=175)


def _state_html(edits: Sequence[Edit], news: News) -> str:
    colour = "p-worse" if news.is_bad else "p-mute"
    said = tag("div", news.sentence, role="status", class_=colour) if news.sentence else ""
    count = tag("div", edits_word(len(edits)), class_="p-accent" if edits else "p-mute")
    return tag("div", count, said, style="font-size:.9rem;line-height:1.35")


def _ask_to_save() -> None:
    reason = reason_of(st.session_state.get(_CODE), st.session_state.get(_BECAUSE))
    st.session_state[_ASKED] = {"heard": False, "reason": reason, "version": session.edited().label}


def _discard() -> None:
    dropped = len(desk.unsaved())
    desk.change(lambda _: [])
    news_of(_NEWS).say(f"Discarded {counted(dropped, 'edit')}.")

"""The buttons that take saves of the person back and put them again, and the list of them; it saves nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions import editing
from planner.actions.stepping import load_steps, reason_sentence, size_sentence, step_sentence
from planner.errors import PlannerError
from planner.rules.sentences import counted
from planner.ui import session
from planner.ui.edit_words import moment_text
from planner.ui.markup import Html, md, tag
from planner.ui.news import news_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.actions.stepping import Steps
    from planner.model.edit import Saved
    from planner.store.steps import SavedStep
    from planner.ui.edit_words import Names

_NEWS = "editor"
_MOST_NAME = 24
_MOST_STEPS = 12  # that stand; the undone ones above them are shown too
_WIDTH = 520


def offer_steps(names: Names) -> None:
    """Draw Undo with what it takes back, Redo where something is undone, and the list of the person's steps."""
    steps = _steps(
        str(session.environment().database),
        session.edited().label,
        session.actor(),
        session.database().commits,
    )
    _offer_undo(steps.undoable, names)
    if steps.redoable is not None:
        st.button(
            "Redo",
            key="redo",
            icon=":material/redo:",
            on_click=_redo,
            args=(steps.redoable.undo,),
            help=md(f"Puts back the save of {_told(steps.redoable, names)}."),
        )
    if steps.listed:
        behind = st.popover("Steps", key="steps", icon=":material/history:", on_change="rerun")
        if behind.open:
            with behind, st.container(width=_WIDTH, gap="small"):
                _list(steps, names)


@st.cache_resource(max_entries=32, show_spinner=False)
def _steps(path: str, version: str, actor: str, commits: int) -> Steps:
    del path, commits  # they only say when they are others
    return load_steps(session.database(), actor, _MOST_STEPS, version)


def _offer_undo(step: SavedStep | None, names: Names) -> None:
    if step is None:
        st.button("Undo", key="undo", icon=":material/undo:", disabled=True, help="There is no save to undo.")
        return
    what = step_sentence(step, names.of_edit)
    short = what if len(what) <= _MOST_NAME else f"{what[: _MOST_NAME - 1].rstrip()}…"
    st.button(
        md(f"Undo {short}"),
        key="undo",
        icon=":material/undo:",
        on_click=_undo,
        args=(step.save,),
        help=md(f"Takes back the save of {_told(step, names)}."),
    )


def _told(step: SavedStep, names: Names) -> str:
    return f"{moment_text(step.saved_on, session.now())}: {step_sentence(step, names.of_edit)}"


def _list(steps: Steps, names: Names) -> None:
    """Draw the steps, newest first, each that stands with a button that says how many saves it takes back."""
    st.html(tag("p", "Your saves since the last sealing, the newest first.", class_="p-note"))
    for step in steps.listed:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(_step_html(step, names), width="stretch")
            if not step.is_undone:
                saves = steps.down_to(step)
                st.button(
                    f"Undo to here: {counted(len(saves), 'save')}",
                    key=f"undo to {step.save}",
                    type="tertiary",
                    on_click=_undo_saves,
                    args=(saves,),
                )


def _step_html(step: SavedStep, names: Names) -> Html:
    what = step_sentence(step, names.of_edit)
    state = (" · undone, can be redone" if step.can_redo else " · undone") if step.is_undone else ""
    told = f"{moment_text(step.saved_on, session.now())} · {size_sentence(step)}{state}"
    why = reason_sentence(step)
    return tag(
        "div",
        tag("div", tag("s", what) if step.is_undone else what, class_="p-mute" if step.is_undone else None),
        tag("div", told, class_="p-note"),
        tag("div", why, class_="p-note") if why else "",
        class_="p-step",
        style="overflow-wrap:anywhere;line-height:1.35",
    )


def _undo(save: int) -> None:
    """Take back the save that the button named, not one that another window made since."""
    _tell("undone", "The last save is undone.", lambda db, **who: editing.undo_saves(db, [save], **who))


def _redo(undo: int | None) -> None:
    said = "The save that was undone last is redone."
    _tell("redone", said, lambda db, **who: editing.redo(db, undo=undo, **who))


def _undo_saves(saves: Sequence[int]) -> None:
    said = f"{counted(len(saves), 'save is', 'saves are')} undone."
    _tell("undone", said, lambda db, **who: editing.undo_saves(db, saves, **who))


def _tell(done_word: str, said: str, act: Callable[..., Saved]) -> None:
    """Do it, and tell what was left alone for somebody else changed it since."""
    news = news_of(_NEWS)
    try:
        done = act(
            session.database(), actor=session.actor(), now=session.now(), version=session.edited().label
        )
    except PlannerError as refusal:
        news.refuse(refusal)
        return
    if not done.conflicts:
        news.say(said)
        return
    left = counted(len(done.conflicts), "cell was", "cells were")
    first = f"{done_word.capitalize()}, but" if done.applied else f"Nothing was {done_word}:"
    news.say(f"{first} {left} changed by somebody else since and left alone.", is_bad=True)

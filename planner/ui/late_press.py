"""A press that came too late: its form showed an older save of the draft, so it is told and never done.

A form belongs to one save of the draft, by the key of its button: after another save a press finds nothing to
press. The second press of a double click is such a one too, and is no news.
"""

from __future__ import annotations

import streamlit as st

_DRAWN, _DONE = "{} drawn for", "{} done for"


def press_key(form: str, number: int) -> str:
    """The key of the button of a form that shows a save of the draft; call it where the button is drawn.

    What counts as drawn is the button itself: a run that is broken off before it, by a click that follows on what was
    typed, leaves the older form on the screen.
    """
    st.session_state[_DRAWN.format(form)] = number
    return _key(form, number)


def _key(form: str, number: int) -> str:
    return f"press {form} {number}"


def late_press(form: str, number: int) -> int | None:
    """The older save that a form showed when it was pressed, else None; call it once in a run, before the form."""
    drawn: int | None = st.session_state.get(_DRAWN.format(form))
    if drawn is None or drawn in {number, st.session_state.get(_DONE.format(form))}:
        return None
    return drawn if st.session_state.get(_key(form, drawn)) else None


def done(form: str, number: int) -> None:
    """Remember that the form which showed a save of the draft is acted on; call it before the action."""
    st.session_state[_DONE.format(form)] = number


def undone(form: str) -> None:
    """Remember that the action was refused, so that a later press is news again."""
    st.session_state[_DONE.format(form)] = None

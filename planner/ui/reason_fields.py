"""The two fields in which a reason is given beside a save: its sort, and the tail of 'because ...'; it saves nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.importing import REASON_CODES, Reason
from planner.rules.change_words import REASON_WORDS
from planner.rules.sentences import because_tail

if TYPE_CHECKING:
    from typing import Literal

SORT_MISSING: Final = "Nothing was saved: choose a sort of reason beside your words."


def pick_reason_code(
    label: str = "Reason",
    *,
    key: str | None = None,
    placeholder: str = "Sort of reason",
    is_bare: bool = False,
    width: int | Literal["stretch"] = "stretch",
) -> str | None:
    """Draw the choice of a sort of reason, nothing chosen at first; `is_bare` hides its label."""
    code: str | None = st.selectbox(
        label,
        REASON_CODES,
        index=None,
        placeholder=placeholder,
        format_func=lambda one: REASON_WORDS.get(one, one),
        key=key,
        label_visibility="collapsed" if is_bare else "visible",
        width=width,
    )
    return code


def reason_of(code: str | None, text: str | None) -> Reason | None:
    """The reason that was typed, None where neither field was filled; words without a sort have the code ''."""
    because = because_tail(text or "")
    return Reason(code or "", because) if code or because else None


def reason_word(reason: Reason | None) -> str:
    """A reason as the journal keeps it beside a save."""
    return f"{reason.code}: {reason.text}" if reason else ""

"""What an editing page says while a refresh holds the plan still: saves are refused then; it refuses none itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.model.version import DRAFT
from planner.store.refreshes import find_open_refresh
from planner.ui import session
from planner.ui.frame import link_to
from planner.ui.markup import tag

if TYPE_CHECKING:
    from planner.model.refresh import Refresh


@st.cache_resource(max_entries=4, show_spinner=False)
def _open_refresh(path: str, commits: int) -> Refresh | None:
    del path, commits  # they only say what the read is kept by
    return find_open_refresh(session.database())


def open_refresh() -> Refresh | None:
    """The refresh that is open, read anew after each commit; None where there is none."""
    return _open_refresh(str(session.environment().database), session.database().commits)


def show_frozen() -> None:
    """Say that nothing can be saved now, where that is so, and who can change it."""
    refresh = open_refresh()
    if refresh is None or not refresh.is_frozen or session.edited().kind != DRAFT:
        return
    said = (
        f"The plan is frozen: the refresh to {refresh.label} is {refresh.state_words}, by {refresh.steps[-1].actor}. "
        "What you type is kept as unsaved edits, and can be saved once it is returned or sealed."
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="frozen"):
        st.html(tag("p", "◆ ", said, class_="p-empty p-worse", role="status"), width="content")
        link_to("refresh", "To the refresh")

"""The Exchange page: a version taken out as files at the left, files brought in at the right; each part draws itself."""

from __future__ import annotations

import streamlit as st

from planner.ui import session
from planner.ui.exchange_page_in import show_import
from planner.ui.exchange_page_out import show_export
from planner.ui.frame import lead, page_header
from planner.ui.markup import join, strong
from planner.ui.presence_line import show_presence


def show_exchange() -> None:
    """Draw the page."""
    show_presence("exchange", session.draft())
    page_header("Exchange", "Plans out and in as files that other tools open, and that come back whole")
    lead(
        join(
            [
                "Take any version ",
                strong("out"),
                " as CSV, or bring a plan folder ",
                strong("in"),
                ": nothing is written before you have seen what would change.",
            ]
        )
    )
    left, right = st.columns([0.42, 0.58], gap="large")
    versions = session.versions()
    with left:
        show_export(versions)
    with right:
        show_import()

"""Drift: what changed between any two versions of the plan."""

import streamlit as st

from planner.ui.drift_page import pick_pair, review_pair, show_charts, show_summary
from planner.ui.drift_page_changes import show_changes
from planner.ui.drift_page_figures import show_figures
from planner.ui.drift_page_item import show_item
from planner.ui.drift_page_lines import show_lines
from planner.ui.drift_page_rows import show_rows
from planner.ui.drift_page_strip import show_strip

pair = pick_pair()
review = review_pair(pair) if pair else None
if pair and review:
    show_summary(review)
    show_item(review, pair)
    show_figures(review, pair)
    show_rows(review)
    show_charts(review, pair)
    show_lines(review, pair)
    strip = st.container()
    show_changes(review, pair)
    with strip:  # drawn last: it reads every snapshot once
        show_strip(pair)
elif pair:
    show_strip(pair)

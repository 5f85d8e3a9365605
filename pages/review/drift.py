"""Drift: what changed between any two versions of the plan."""

from planner.ui.drift_page import pick_pair, review_pair, show_charts, show_figures, show_summary
from planner.ui.drift_page_changes import show_changes

pair = pick_pair()
review = review_pair(pair) if pair else None
if pair and review:
    show_summary(review)
    show_figures(review)
    show_charts(review, pair)
    show_changes(review, pair)

"""Review: how the plan changed over all its snapshots."""

from planner.ui.trend_page import show_trend

show_trend()

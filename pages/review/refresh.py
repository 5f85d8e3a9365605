"""Review: the refresh of the quarter, from opened to sealed."""

from planner.ui.refresh_page import show_refresh

show_refresh()

"""Review: the one-page brief of a quarter."""

from planner.ui.brief_page import show_brief

show_brief()

"""Data: the sealed versions of the plan."""

from planner.ui.frame import page_header

page_header("Versions", "Nothing here yet")

"""Data: plans in and out as files."""

from planner.ui.frame import page_header

page_header("Exchange", "Nothing here yet")

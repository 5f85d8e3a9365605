"""Plan: the projects, and how they serve outcomes."""

from planner.ui.frame import page_header

page_header("Projects", "Nothing here yet")

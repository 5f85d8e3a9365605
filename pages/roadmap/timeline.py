"""Roadmap: the projects on their quarters."""

from planner.ui.frame import page_header

page_header("Timeline", "Nothing here yet")

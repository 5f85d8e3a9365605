"""Review: what changed between two versions."""

from planner.ui.frame import page_header

page_header("Drift", "Nothing here yet")

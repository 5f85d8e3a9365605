"""Review: what changed since the reader last looked, or since any day."""

from planner.ui.since_page import show_since

show_since()

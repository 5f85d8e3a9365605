"""Data: the sealed versions of the plan."""

from planner.ui.versions_page import show_versions

show_versions()

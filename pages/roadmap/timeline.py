"""Roadmap: the projects on their quarters."""

from planner.ui.timeline_page import show_timeline

show_timeline()

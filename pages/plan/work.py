"""Plan: the work of projects by quarter and team, what waits for what, and milestones."""

from planner.ui.editor_page import show_editor

show_editor("work")

"""Plan: the projects, and how they serve outcomes."""

from planner.ui.editor_page import show_editor

show_editor("projects")

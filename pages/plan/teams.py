"""Plan: the teams, and what they have in each quarter."""

from planner.ui.editor_page import show_editor

show_editor("teams")

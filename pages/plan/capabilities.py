"""Plan: what the organisation must be able to do, as a tree."""

from planner.ui.editor_page import show_editor

show_editor("capabilities")

"""Plan: the outcomes, their measures, and the paths that the measures shall take."""

from planner.ui.editor_page import show_editor

show_editor("outcomes")

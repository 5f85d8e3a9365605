"""Plan: the technology that makes capabilities better, with its life cycle."""

from planner.ui.editor_page import show_editor

show_editor("enablers")

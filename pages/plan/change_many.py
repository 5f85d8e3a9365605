"""Plan: one step that changes many projects, looked at line by line before it is saved."""

from planner.ui.many_page import show_many

show_many()

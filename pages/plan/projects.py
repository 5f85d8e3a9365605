"""Plan: the projects, and how they serve outcomes."""

from planner.ui.projects_page import show_projects

show_projects()

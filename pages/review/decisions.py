"""Review: what was decided and learnt, and which changes it led to."""

from planner.ui.decisions_page import show_decisions

show_decisions()

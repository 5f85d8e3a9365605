"""The page of the what-ifs: how each differs from the draft, and its merge; it draws nothing itself."""

from planner.ui.scenarios_page import show_scenarios

show_scenarios()

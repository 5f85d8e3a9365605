"""Review: the life of one item over all versions of the plan."""

from planner.ui.item_page import show_item

show_item()

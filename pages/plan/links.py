"""Plan: the links between neighbouring layers as a matrix, and the line of sight of one item."""

from planner.ui.links_page import show_links

show_links()

"""Home: the plan on a page."""

from planner.ui.frame import page_header

page_header("The plan on a page", "Nothing here yet")

"""Home: the plan on a page."""

from planner.ui.home_page import (
    choose_shown,
    show_changes,
    show_header,
    show_next_steps,
    show_numbers,
    show_outcomes,
    show_state,
)
from planner.ui.since_line import show_since_line

shown = choose_shown()
show_header(shown)
if shown.plan.is_empty:
    show_next_steps(shown)
else:
    show_state(shown)
    show_since_line()
    show_numbers(shown)
    show_outcomes(shown)
    show_changes(shown)

"""The second press of a double click on a step of the refresh: known by when it was pressed, not by when it was refused."""

import pytest

from planner.ui.refresh_page_state import is_second_press


@pytest.mark.parametrize(
    ("pressed", "taken", "is_second"),
    [
        (100.0, 100.4, True),  # while the first was still being written, however long that took
        (100.0, 160.0, True),
        (100.0, 99.8, True),
        (100.0, 98.0, False),  # a person who presses again
        (100.0, None, False),
    ],
)
def test_a_press_is_the_second_of_a_double_click_until_a_moment_after_the_step_was_taken(
    pressed, taken, is_second
):
    assert is_second_press(pressed, taken) is is_second

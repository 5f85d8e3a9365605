"""Undo, Redo and the list of steps in a real browser: a person goes back and forth over the own saves."""

import pytest

from tests.browser.grid import cells, press_save, type_into

pytestmark = pytest.mark.browser
FLOOD = "PRJ-033"


def finish(page, settled):
    return cells(settled(page))[1][FLOOD]["Finish"]


def press(page, key, said):
    page.locator(f".st-key-{key} button").first.click()
    page.get_by_text(said).wait_for()


def test_saves_are_undone_redone_listed_and_undone_down_to_a_step(
    server, sample, open_page, settled, assert_quiet, assert_accessible
):
    page = open_page(f"{server(database=sample, PLANNER_ACTOR='asha').url}/projects?q={FLOOD}")
    assert page.get_by_role("button", name="Redo").count() == 0
    for day in ("2027-09-30", "2027-12-31"):
        type_into(page, FLOOD, "Finish", day, settled)
        press_save(page, "Saved 1 edit")
        page.get_by_text("No unsaved edits").wait_for()
    press(page, "undo", "The last save is undone")
    assert finish(page, settled) == "2027-09-30"
    press(page, "undo", "The last save is undone")
    assert finish(page, settled) == "2027-06-30"
    press(page, "redo", "is redone")
    assert finish(page, settled) == "2027-09-30"

    page.get_by_role("button", name="Steps").click()
    settled(page)
    page.locator(".p-step").first.wait_for()
    steps = page.locator(".p-step").all_inner_texts()
    assert ["undone, can be redone" in step for step in steps] == [True, False]
    assert all("Flood claims surge readiness: finish" in step for step in steps)
    assert page.locator(".p-step s").count() == 1
    assert_accessible(page)

    page.keyboard.press("Escape")
    press(page, "redo", "is redone")
    assert finish(page, settled) == "2027-12-31"
    page.get_by_role("button", name="Steps").click()
    page.get_by_role("button", name="Undo to here: 2 saves").click()
    page.get_by_text("2 saves are undone").wait_for()
    assert finish(page, settled) == "2027-06-30"
    assert_quiet(page)

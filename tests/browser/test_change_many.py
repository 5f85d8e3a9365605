"""Many projects changed in one step, in a real browser: chosen by ticks, looked at, saved, and taken back."""

import re

from playwright.sync_api import expect


def test_projects_of_a_status_are_moved_in_one_step_and_back(
    server, sample, open_page, assert_quiet, assert_accessible
):
    page = open_page(f"{server(database=sample).url}/change-many?status=planned")
    page.get_by_text("that are shown").click()
    expect(page.get_by_text("projects would be changed")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Save as one step").click()
    expect(page.get_by_text("moved in one step", exact=False)).to_be_visible()
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("The last save is undone", exact=False)).to_be_visible()
    assert_quiet(page)


def test_a_tick_in_the_list_chooses_a_project_and_stands_in_the_address(server, sample, open_page):
    page = open_page(f"{server(database=sample).url}/change-many?q=PRJ-013")
    canvas = page.locator('[data-testid="stDataFrame"] canvas').first.bounding_box()
    page.mouse.click(canvas["x"] + 17, canvas["y"] + 52)  # the box of the first row

    expect(page.get_by_text("Starts in Q2 FY28", exact=False)).to_be_visible()
    expect(page).to_have_url(re.compile("project=PRJ-013"))

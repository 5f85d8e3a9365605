"""What-ifs in a browser: branched, edited on the same pages, compared, merged cell by cell; never on a look that is old."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.grid import cells, press_save, type_into, unsaved

FLOOD, FRAUD = "PRJ-033", "PRJ-015"
NAME = "Flood claims by a partner"


@pytest.fixture
def home(server, sample):
    """The address of a server with a sample of its own."""
    return server(database=sample, PLANNER_ACTOR="asha").url


def branch(page):
    """Branch a what-if from the draft, and go on to edit it."""
    page.get_by_role("button", name=re.compile("Branch")).first.click()
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Why is it tried").fill("the partner has the surveyors")
    page.get_by_role("button", name="Branch it").click()
    page.get_by_text(f"'{NAME}' is branched").wait_for()
    page.get_by_role("button", name="Edit it").click()
    page.get_by_text("You edit the what-if").wait_for()


def set_cost(page, project, cost, settled):
    type_into(page, project, "Cost", cost, settled)
    press_save(page, "Saved 1 edit")
    page.get_by_text("No unsaved edits").wait_for()


def cost_of(page, project, settled):
    return cells(settled(page))[1][project]["Cost"]


def test_a_what_if_is_edited_beside_the_draft_and_merged_with_each_clash_decided(
    home, open_page, settled, assert_quiet, assert_accessible
):
    page = open_page(f"{home}/what-if")
    branch(page)
    expect(page).to_have_url(re.compile(r"/projects\?.*plan=what-if-"))
    shared = page.url
    set_cost(page, FLOOD, "900000", settled)
    set_cost(page, FRAUD, "500000", settled)
    page.get_by_role("button", name="Back to the draft").click()
    expect(page.get_by_text("You edit the what-if")).to_have_count(0)
    assert cost_of(page, FLOOD, settled) == "340000"
    set_cost(page, FLOOD, "350000", settled)

    other = open_page(shared)
    other.get_by_text("You edit the what-if").wait_for()
    assert cost_of(other, FLOOD, settled) == "900000"

    page = open_page(f"{home}/what-if?view=merge")
    page.get_by_text("1 place was changed on both sides since").wait_for()
    for value in ("340000", "350000", "900000"):
        expect(page.get_by_text(value, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Merge into the draft").last).to_be_disabled()
    assert_accessible(page)
    page.get_by_test_id("stMain").get_by_role("radio", name="What-if").click()
    page.get_by_role("button", name="Merge into the draft").last.click()
    page.get_by_text(f"'{NAME}' is merged: 2 changes").wait_for()

    draft = open_page(f"{home}/projects")
    assert (cost_of(draft, FLOOD, settled), cost_of(draft, FRAUD, settled)) == ("900000", "500000")
    assert_quiet(page)


def test_a_merge_against_a_save_writes_nothing_until_it_is_looked_at_again(home, open_page, settled):
    asha = open_page(f"{home}/what-if")
    branch(asha)
    set_cost(asha, FLOOD, "900000", settled)
    asha = open_page(f"{home}/what-if?view=merge")
    asha.get_by_text("1 change comes into the draft").wait_for()
    ben = open_page(f"{home}/projects")
    set_cost(ben, FLOOD, "350000", settled)

    asha.get_by_role("button", name="Merge into the draft").last.click()
    asha.get_by_text("1 place was changed on both sides since").wait_for()
    for value in ("350000", "900000"):
        expect(asha.get_by_text(value, exact=True)).to_be_visible()
    assert cost_of(open_page(f"{home}/projects"), FLOOD, settled) == "350000"


def test_what_was_typed_into_a_what_if_waits_there_while_the_draft_is_edited(home, open_page, settled):
    page = open_page(f"{home}/what-if")
    branch(page)
    type_into(page, FLOOD, "Cost", "900000", settled)
    unsaved(page, 1)
    page.get_by_role("button", name="Back to the draft").click()
    page.get_by_text("No unsaved edits").wait_for()
    assert cost_of(page, FLOOD, settled) == "340000"
    page.goto(f"{home}/what-if")  # the same browser: unsaved edits belong to it
    page.get_by_role("button", name="Edit it").click()
    unsaved(page, 1)
    assert cost_of(page, FLOOD, settled) == "900000"

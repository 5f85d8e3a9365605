"""Every table in a browser: typed, saved and seen; added with what it needs; jumped to from what hangs together."""

import re

import pytest
from playwright.sync_api import expect

from planner.store.snapshots import load_plan
from tests.browser.grid import cells, press_save, type_into, unsaved
from tests.browser.stored import copied

pytestmark = pytest.mark.browser
CLAIMS_TEAM = "TEAM-01"  # the accessible table tells the id behind a name


@pytest.fixture
def address(server, sample):
    """The address of a server with a sample of its own."""
    return server(database=sample, PLANNER_ACTOR="asha").url


def test_an_outcome_is_edited_saved_and_seen(address, open_page, settled, assert_quiet, assert_accessible):
    page = open_page(f"{address}/outcomes")
    type_into(page, "OUT-002", "Short name", "Clients", settled)
    unsaved(page, 1)
    page.get_by_text("Measures", exact=True).first.click()
    unsaved(page, 1)
    press_save(settled(page), "Saved 1 edit")
    other = open_page(f"{address}/outcomes?outcome=OUT-002", mode="dark")
    assert cells(other)[1]["OUT-002"]["Short name"] == "Clients"
    other.get_by_text("Short name Customers → Clients").wait_for()
    other.get_by_role("link", name="Customer insight and retention").click()
    settled(other)
    assert re.search(r"/capabilities\?capability=CAP-008", other.url)
    chosen = other.get_by_role("combobox", name="Capability")
    assert chosen.input_value() == "Customer insight and retention · CAP-008"
    page.goto(f"{address}/outcomes?tab=measures")
    settled(page).get_by_role("button", name="Undo Keep customers longer").click()
    page.get_by_text("The last save is undone").wait_for()
    for one in (page, other):
        assert_quiet(one)
    assert_accessible(other)


def test_a_capability_is_added_with_its_place_and_its_outcome(address, open_page, settled, assert_quiet):
    page = open_page(f"{address}/capabilities")
    page.get_by_role("button", name="Add a capability").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Id")).to_have_value("CAP-019")
    dialog.get_by_role("textbox", name="Capability").fill("Care for *vulnerable* customers")
    dialog.get_by_role("combobox", name="Part of (can wait)").click()
    page.get_by_role("option", name=re.compile("CAP-001")).click()
    dialog.get_by_role("textbox", name="Code (can wait)").fill("1.4")
    page.get_by_role("button", name="Add to the grid").click()
    unsaved(page, 1)
    assert cells(settled(page))[1]["CAP-019"]["Capability"] == "Care for *vulnerable* customers"
    page.get_by_label("Add a link to").click()
    page.get_by_role("option", name=re.compile("Keep customers longer")).click()
    page.get_by_role("button", name="Add the link").click()
    unsaved(page, 2)
    press_save(page, "Saved 2 edits")
    rows = cells(settled(page))[1]
    assert list(rows)[:5] == ["CAP-001", "CAP-006", "CAP-007", "CAP-008", "CAP-019"]
    page.goto(f"{address}/outcomes?outcome=OUT-002")
    settled(page).get_by_role("link", name="Care for *vulnerable* customers").wait_for()
    assert_quiet(page)


def test_people_of_a_quarter_are_typed_and_a_stale_cell_shows_both_values(
    address, sample, open_page, settled, assert_quiet
):
    here = f"{address}/teams?tab=capacity"
    asha, ben = open_page(here), open_page(here)
    type_into(ben, CLAIMS_TEAM, "FY28-Q1", "30", settled)
    unsaved(ben, 1)
    type_into(asha, CLAIMS_TEAM, "FY28-Q1", "26.5", settled)
    press_save(asha, "Saved 1 edit")
    press_save(ben, "1 edit met a change of somebody else")
    for value in ("30", "26.5"):
        ben.locator("strong", has_text=re.compile(f"^{re.escape(value)}$")).first.wait_for()
    ben.get_by_role("button", name="Take mine").click()
    settled(ben)
    press_save(ben, "Saved 1 edit")
    with copied(sample) as db:
        capacity = load_plan(db, "draft")["capacity"].filter(team_id=CLAIMS_TEAM, quarter="FY28-Q1")
    assert capacity["fte"].to_list() == [30]
    assert_quiet(ben)


def test_an_edit_of_one_page_is_told_on_others_and_saved_from_there(
    address, open_page, settled, assert_quiet
):
    page = open_page(f"{address}/enablers?q=ENB-001")
    type_into(page, "ENB-001", "Enabler", "Claims platform", settled)
    unsaved(page, 1)
    page.goto(f"{address}/versions")
    page.get_by_text("You have 1 unsaved edit on the Enablers page").wait_for()
    page.goto(f"{address}/projects")
    press_save(settled(page), "Saved 1 edit")
    page.goto(f"{address}/enablers?q=claims%20platform")
    assert cells(settled(page))[1]["ENB-001"]["Enabler"] == "Claims platform"
    assert_quiet(page)


def test_an_empty_plan_is_begun_with_an_outcome_its_measure_and_its_path(
    server, empty, open_page, settled, assert_quiet
):
    address = server(database=empty).url
    page = open_page(f"{address}/outcomes?tab=measures")
    page.get_by_text("A measure belongs to an outcome, and there is none yet.").wait_for()
    page.get_by_role("link", name="Go to outcomes").click()
    page.get_by_role("button", name="Add the first outcome").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Outcome", exact=True).fill("Nobody waits")
    page.get_by_role("button", name="Add to the grid").click()
    unsaved(page, 1)
    page.get_by_text("Measures", exact=True).first.click()
    settled(page).get_by_role("button", name="Add the first measure").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name="Outcome").click()
    page.get_by_role("option", name=re.compile("Nobody waits")).click()
    dialog.get_by_role("textbox", name="Measure", exact=True).fill("Days of waiting")
    page.get_by_role("button", name="Add to the grid").click()
    unsaved(page, 2)
    page.get_by_text("Target paths", exact=True).first.click()
    quarter = cells(settled(page))[0][2]  # after the measure, and that it is new
    type_into(page, "KPI-001", quarter, "3.5", settled)
    unsaved(page, 3)
    press_save(page, "Saved 3 edits")
    page.reload()
    assert cells(settled(page))[1]["KPI-001"][quarter] == "3.5"
    assert_quiet(page)

"""The versions page in a browser: the chain, a quarter sealed once and no more, what stops it, and verification."""

import datetime as dt
import re

import pytest

from planner.actions.editing import save
from planner.actions.opening import open_plan
from planner.model.edit import Edit
from tests.sample_database import write_behind_its_back

pytestmark = pytest.mark.browser
NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)


def saved(path, *edits):
    db = open_plan(path)
    assert not save(db, edits, actor="asha", now=NOW).problems
    db.close()


def chain(page):
    return page.locator("table.p-table", has_text="Fingerprint").first


def test_the_chain_is_shown_and_all_of_it_holds(
    app_url, open_page, assert_quiet, assert_accessible_in_both_modes
):
    page = open_page(f"{app_url}/versions")
    assert chain(page).locator("tbody tr").count() == 6
    assert chain(page).locator("code").first.get_attribute("title").startswith("1:")
    assert chain(page).get_by_role("link").first.get_attribute("href") == "./drift?from=FY27-Q2&to=FY27-Q3"
    page.get_by_role("button", name="Verify all snapshots").click()
    page.get_by_text("All six snapshots hold").wait_for()
    assert_accessible_in_both_modes(page)
    assert_quiet(page)


def test_a_quarter_is_sealed_once_with_its_warnings_accepted(
    server, sample, open_page, settled, assert_quiet
):
    saved(sample, Edit("projects", ("PRJ-033",), "cost", 340_000, 360_000))
    page = open_page(f"{server(database=sample).url}/versions")
    page.get_by_text("1 change with a planning meaning since FY27-Q3; it has no reason yet.").wait_for()
    assert page.get_by_role("textbox", name="Label").input_value() == "FY27-Q4"
    page.get_by_role("textbox", name="Note").fill("After the floods")
    page.get_by_role("button", name="Seal").click()
    page.get_by_text("warnings are not accepted yet").wait_for()
    assert page.get_by_role("textbox", name="Note").input_value() == "After the floods"
    page.get_by_text(re.compile("I accept 4 warnings")).click()
    settled(page)
    page.get_by_role("button", name="Seal").dblclick()
    page.get_by_text("The draft is now for FY28-Q1").wait_for()
    settled(page)
    assert chain(page).locator("tbody tr").count() == 7
    assert "After the floods" in chain(page).locator("tbody tr").first.inner_text()
    assert page.get_by_role("textbox", name="Label").input_value() == "FY28-Q1"
    page.get_by_text("Nothing changed since FY27-Q4.").wait_for()
    assert page.get_by_role("alert").count() == 0
    assert_quiet(page)


def test_an_error_of_the_plan_stops_the_sealing_and_leads_to_its_project(server, sample, open_page):
    link = {
        "from_type": "project",
        "from_id": "PRJ-033",
        "to_type": "capability",
        "to_id": "CAP-999",
        "link_type": "improves",
    }
    saved(sample, Edit("links", tuple(link.values()), "", None, link))
    page = open_page(f"{server(database=sample).url}/versions")
    page.get_by_text("1 error stops the sealing. Mend them in the draft first.").wait_for()
    assert page.get_by_role("button", name="Seal").count() == 0
    page.get_by_role("link", name="Go to the projects with findings").click()
    page.get_by_text("edited cell by cell").wait_for()
    assert "found=1" in page.url


def test_a_cell_changed_behind_the_back_is_named(server, sample, open_page):
    write_behind_its_back(
        sample,
        "sealed_projects",
        "UPDATE sealed_projects SET cost = 1 WHERE snapshot = 3 AND project_id = 'PRJ-013'",
    )
    page = open_page(f"{server(database=sample).url}/versions")
    page.get_by_role("button", name="Verify all snapshots").click()
    page.get_by_text("1 place is not what was sealed").wait_for()
    row = page.locator("table.p-table", has_text="What is wrong").locator("tbody tr")
    assert "FY26-Q4" in row.inner_text()
    assert "PRJ-013" in row.inner_text()


def test_an_empty_plan_seals_its_first_snapshot(server, empty, open_page, settled, assert_quiet):
    address = f"{server(database=empty).url}/versions"
    assert_quiet(open_page(address, mode="dark"))
    page = open_page(address)
    page.get_by_text("There is no snapshot yet.").wait_for()
    page.get_by_text("It is the first snapshot").wait_for()
    page.get_by_role("button", name="Seal").click()
    page.get_by_text("The draft is now for").wait_for()
    settled(page)
    assert chain(page).locator("tbody tr").count() == 1
    assert_quiet(page)

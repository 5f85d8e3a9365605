"""The drift page in a browser: a link that shows the same view, filters, removed items, the download, large drifts."""

import datetime as dt
import re
import subprocess
import sys

import pytest

from planner.model.version import Label
from planner.store.database import Database
from planner.store.drafts import replace_draft
from planner.store.snapshots import seal_draft
from planner.store.versions import load_version_header
from tests.benchmarks.synthetic import first_plan, next_plan

pytestmark = pytest.mark.browser
EVIDENCE = "/drift?from=FY27-Q1&to=FY27-Q2"


def table(page):
    return page.locator("table.p-table", has_text="Before → after")


def rows(page):
    return table(page).locator("tbody tr:not(.p-group)")


def test_a_link_is_the_first_request_of_a_fresh_server_and_shows_its_view(
    server, open_page, assert_quiet, assert_accessible_in_both_modes
):
    page = open_page(server().url + EVIDENCE)
    page.get_by_role("heading", name="What changed", exact=True).wait_for()
    page.get_by_text("costs £2.8m less").wait_for()
    page.get_by_role("heading", name="Finish dates: four later, three earlier").wait_for()
    page.get_by_role("heading", name="Money: £45.7m became £40.7m").wait_for()
    assert rows(page).count() == 34
    page.locator("svg text", has_text="8 later").wait_for()
    assert_accessible_in_both_modes(page)
    assert_quiet(page)


def test_a_click_on_a_count_filters_and_stands_in_the_address(app_url, open_page, settled, assert_quiet):
    page = open_page(app_url + EVIDENCE)
    page.get_by_role("button", name="Later 4").click()
    page.wait_for_url(re.compile("kind=later"))
    settled(page)
    assert rows(page).count() == 4
    page.get_by_text("Reason", exact=True).click()
    page.wait_for_url(re.compile("by=reason"))
    settled(page)
    colleague = open_page(page.url)
    assert table(colleague).inner_text() == table(page).inner_text()
    assert "Research finding" in table(colleague).inner_text()
    assert_quiet(page)


def test_a_figure_opens_its_rows_and_a_refresh_of_the_strip_its_pair(
    app_url, open_page, settled, assert_quiet
):
    page = open_page(app_url + EVIDENCE)
    page.get_by_role("link", name="Finish dates").click()
    page.wait_for_url(re.compile("figure=finishes"))
    behind = page.locator(".st-key-rows-of-figure")
    behind.get_by_text("1,462 days").wait_for()
    settled(page)
    page.get_by_role("navigation", name="Each quarter with the one before").get_by_role("link").nth(2).click()
    page.wait_for_url(re.compile("from=FY26-Q4&to=FY27-Q1"))
    page.get_by_text("Large, without evidence", exact=True).first.wait_for()
    assert_quiet(page)


def test_another_version_is_chosen_and_stands_in_the_address_by_its_label(app_url, open_page, settled):
    page = open_page(app_url + EVIDENCE)
    page.get_by_role("combobox", name="To").click()
    page.get_by_role("option", name=re.compile("Q3 FY27")).click()
    page.wait_for_url(re.compile("to=FY27-Q3"))
    settled(page)
    assert "Flood claims surge readiness" in table(page).inner_text()
    page.go_back()
    page.wait_for_url(re.compile("to=FY27-Q2"))
    settled(page)
    assert "Flood claims surge readiness" not in table(page).inner_text()


def test_removed_items_and_fields_without_a_meaning_can_be_reached(app_url, open_page):
    page = open_page(f"{app_url}/drift?from=FY26-Q4&to=FY27-Q1&kind=stopped")
    assert "Voice bot for the contact centre" in table(page).inner_text()
    assert "no longer in the plan" in table(page).inner_text()
    page = open_page(f"{app_url}/drift?from=FY27-Q2&to=FY27-Q3&all=1&table=links")
    assert "Retention offers delivers Customer portal and app" in table(page).inner_text()


def test_the_same_version_twice_and_two_equal_plans_are_one_calm_sentence(app_url, open_page, assert_quiet):
    for pair, said in (
        ("from=FY27-Q3&to=FY27-Q3", "with itself, so nothing differs"),
        ("from=FY27-Q3&to=draft", "are the same plan"),
    ):
        page = open_page(f"{app_url}/drift?{pair}")
        page.get_by_text(said).wait_for()
        assert table(page).count() == 0
        assert_quiet(page)


def test_a_version_that_is_not_there_is_said(app_url, open_page):
    page = open_page(f"{app_url}/drift?from=FY99-Q1&to=FY27-Q2")
    page.get_by_text("There is no version 'FY99-Q1' in this plan").wait_for()


def test_the_download_is_the_drift_of_the_command_line(server, sample, open_page, tmp_path):
    running = server(database=sample)
    page = open_page(running.url + EVIDENCE)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    path = tmp_path / "drift.csv"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename == "drift-FY27-Q1-FY27-Q2.csv"
    running.stop()
    command = [sys.executable, "-m", "planner", "--database", str(running.database)]
    said = subprocess.run(
        [*command, "drift", "FY27-Q1", "FY27-Q2", "--format", "csv"], capture_output=True, check=True
    )
    assert path.read_bytes() == said.stdout


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A database with two snapshots of 4,000 projects that differ in more than a thousand rows."""
    path = tmp_path_factory.mktemp("large") / "plan.duckdb"
    first = first_plan(4_000)
    db = Database.open(path, create=True)
    for place, plan in enumerate((first, next_plan(first))):
        _seal(db, plan, place)
    db.close()
    return path


def _seal(db, plan, place):
    now = dt.datetime(2026, 10, 16, tzinfo=dt.UTC)
    replace_draft(db, plan.frames, actor="test", now=now)
    number = load_version_header(db, "draft").number
    label = Label(plan.calendar.parse("FY27-Q1") + place)
    seal_draft(db, label=label, as_of=now.date(), now=now, author="test", note="", findings={}, number=number)


def test_a_large_drift_comes_in_pages(server, large, open_page, settled, assert_quiet):
    page = open_page(server(database=large).url + "/drift?from=FY27-Q1&to=FY27-Q2")
    assert rows(page).count() == 100
    page.locator("svg text", has_text="smaller moves").wait_for()
    page.get_by_test_id("stPagination").get_by_text("2", exact=True).click()
    page.wait_for_url(re.compile("page=2"))
    settled(page)
    page.get_by_text("Changes 101 to 200").wait_for()
    assert_quiet(page)


def test_an_empty_plan_says_what_comes_first(server, open_page, tmp_path, assert_quiet):
    path = tmp_path / "empty.duckdb"
    command = [sys.executable, "-m", "planner", "--database", str(path), "init", "--empty"]
    subprocess.run(command, check=True, capture_output=True)
    page = open_page(server(database=path).url + "/drift")
    page.get_by_text("Nothing is sealed yet").wait_for()
    assert_quiet(page)

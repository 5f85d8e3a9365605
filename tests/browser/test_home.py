"""Home in a browser: the plan on a page, its doors, its counts, the empty plan, and a plan of one's own."""

import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.browser


def test_home_shows_the_plan_of_the_sample_on_a_page(
    app_url, open_page, assert_quiet, assert_accessible_in_both_modes
):
    page = open_page(app_url)
    page.get_by_text("Two of six outcomes are on course").wait_for()
    page.get_by_role("heading", name="Six outcomes, and the projects that carry them").wait_for()
    assert page.locator(".p-figure").count() >= 5
    outcomes = page.locator(".p-outcomes")
    assert outcomes.locator("tbody tr").count() == 6
    assert "Claims automation: small motor claims" in outcomes.inner_text()
    assert page.get_by_text("because the September floods tripled home claims").is_visible()
    assert_accessible_in_both_modes(page)
    assert_quiet(page)


def test_a_count_leads_to_its_changes(app_url, open_page, settled, assert_quiet):
    page = open_page(app_url)
    page.get_by_role("link", name="Finished 3").click()
    page.wait_for_url(re.compile(r"/drift\?"))
    settled(page)
    assert "from=FY27-Q2" in page.url
    assert "to=FY27-Q3" in page.url
    assert "kind=finished" in page.url
    table = page.locator("table.p-table", has_text="Before → after")
    assert table.locator("tbody tr:not(.p-group)").count() == 3
    assert_quiet(page)


def test_one_click_leads_to_the_reason_and_evidence_of_the_biggest_change_and_a_link_to_the_same(
    app_url, open_page, settled, assert_quiet
):
    page = open_page(app_url)
    page.get_by_role("link", name="Flood claims surge readiness").first.click()
    page.wait_for_url(re.compile(r"/drift\?.*item=projects"))
    item = page.locator(".st-key-one-item")
    item.get_by_role("paragraph").filter(has_text="INS-007: Flood season review").wait_for()
    settled(page)
    assert "because the September floods tripled home claims" in item.inner_text()
    colleague = open_page(page.url)
    there = colleague.locator(".st-key-one-item")
    there.get_by_role("paragraph").filter(has_text="INS-007: Flood season review").wait_for()
    assert there.inner_text() == item.inner_text()
    assert_quiet(page)


@pytest.mark.parametrize(
    ("door", "address"),
    [("Edit the plan", "/projects"), ("Review the quarter", "/drift"), ("Export", "/exchange")],
)
def test_a_door_leads_to_its_page(app_url, open_page, door, address):
    page = open_page(app_url)
    page.get_by_role("button", name=door).click()
    page.wait_for_url(re.compile(re.escape(address)))


def test_a_plan_of_ones_own_is_another_file_and_never_takes_the_place_of_one(server, open_page):
    running = server()
    page = open_page(running.url)
    page.get_by_role("button", name="Start my own plan").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name of the plan").fill("Our plan")
    dialog.get_by_role("textbox", name="Currency").fill("eur")
    dialog.get_by_role("textbox", name="File").fill("ours")
    dialog.get_by_role("button", name="Make the plan").click()
    dialog.get_by_text("Your plan is made.").wait_for()
    made = running.database.with_name("ours.duckdb")
    dialog.get_by_text(f"planner serve --database {made}").wait_for()
    before = made.read_bytes()
    dialog.get_by_role("button", name="Make the plan").click()
    dialog.get_by_role("alert").wait_for()
    assert made.read_bytes() == before
    dialog.get_by_role("textbox", name="File").fill("../elsewhere")
    dialog.get_by_role("button", name="Make the plan").click()
    dialog.get_by_text("This cannot be the name of the file.").wait_for()
    assert not made.parent.with_name("elsewhere.duckdb").exists()
    command = [sys.executable, "-m", "planner", "--database", str(made), "versions"]
    said = subprocess.run(command, capture_output=True, check=True, text=True)
    assert "draft" in said.stdout


def test_an_empty_plan_names_the_next_steps(
    server, open_page, tmp_path, assert_quiet, assert_accessible_in_both_modes
):
    path = tmp_path / "empty.duckdb"
    command = [sys.executable, "-m", "planner", "--database", str(path), "init", "--empty", "--name", "Ours"]
    subprocess.run(command, check=True, capture_output=True)
    page = open_page(server(database=path).url)
    page.get_by_text("Ours is empty").wait_for()
    assert page.get_by_role("link", name="Import a plan folder").is_visible()
    assert page.get_by_role("button", name="Start my own plan").count() == 0
    assert_accessible_in_both_modes(page)
    assert_quiet(page)

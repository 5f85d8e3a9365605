"""The grid of projects in a browser: what is typed stays, is saved with its reason, and never lands in another row."""

import datetime as dt
import re

import pytest

from planner.actions.editing import save
from planner.actions.opening import open_plan
from planner.model.edit import Edit
from planner.store.drafts import replace_draft, replace_quarter
from planner.store.snapshots import load_plan
from tests.benchmarks.synthetic import first_plan
from tests.browser.grid import cells, go_to, open_editor, press_save, type_into, unsaved
from tests.browser.stored import stored

pytestmark = pytest.mark.browser
# How wide the grids that are displayed are whenever anything of the page has changed.
WIDTHS = """() => {
    const seen = window.widths = new Set();
    new MutationObserver(() => {
        for (const grid of document.querySelectorAll('[data-testid="stDataFrameResizable"]'))
            if (grid.offsetWidth) seen.add(grid.offsetWidth);
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""
NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
ASHA, FLOOD, FRAUD, MOTOR = "PRJ-029", "PRJ-033", "PRJ-015", "PRJ-013"


@pytest.fixture
def projects(server, sample):
    """The address of the projects page of a server with a sample of its own."""
    return f"{server(database=sample, PLANNER_ACTOR='asha').url}/projects"


def test_an_edit_is_saved_with_its_reason_seen_in_the_drift_and_undone(
    projects, open_page, settled, assert_quiet
):
    page = open_page(projects)
    type_into(page, FLOOD, "Finish", "2027-09-30", settled)
    unsaved(page, 1)
    page.get_by_label("Reason").first.click()
    page.get_by_role("option", name="Research finding").click()
    page.get_by_label("Because").fill("the trial needs a second winter")
    page.keyboard.press("Enter")
    settled(page)
    page.keyboard.press("Control+s")
    page.get_by_role("status").get_by_text("Saved 1 edit").wait_for()
    page.get_by_text("No unsaved edits").wait_for()
    drift = open_page(projects.replace("/projects", "/drift?from=FY27-Q3&to=draft"))
    drift.get_by_text("the trial needs a second winter").first.wait_for()
    page.get_by_role("button", name="Undo Flood claims").click()
    page.get_by_text("The last save is undone").wait_for()
    assert cells(settled(page))[1][FLOOD]["Finish"] == "2027-06-30"
    assert_quiet(page)


def test_what_is_typed_last_is_saved_by_a_click_at_once(projects, open_page, settled):
    page = open_page(f"{projects}?q={FRAUD}")
    assert list(cells(page)[1]) == [FRAUD]
    go_to(page, 1, 0)
    open_editor(page).fill("Fraud models that explain themselves")
    press_save(page, "Saved 1 edit")
    page.get_by_text("No unsaved edits").wait_for()
    assert cells(settled(page))[1][FRAUD]["Project"] == "Fraud models that explain themselves"


def test_what_is_typed_last_stays_with_its_row_when_a_filter_is_clicked_at_once(
    projects, open_page, settled, assert_quiet
):
    page = open_page(projects)
    planned = page.get_by_test_id("stButtonGroup").get_by_role("button", name="planned", exact=True)
    before = {row: shown["Project"] for row, shown in cells(page)[1].items()}
    typed = list(before)[2]
    for said in ("First words", "Second words"):
        go_to(page, 1, list(cells(page)[1]).index(typed))
        open_editor(page).fill(said)
        planned.click()
        unsaved(page, 1)
        settled(page)
        planned.click()
        page.wait_for_function("() => !location.search.includes('status')")
        page.get_by_text(re.compile(r"^\d+ projects, edited cell by cell")).wait_for()
        assert {row: shown["Project"] for row, shown in cells(settled(page))[1].items()} == before | {
            typed: said
        }
    assert_quiet(page)


def test_other_rows_are_drawn_at_the_full_width_of_the_grid_from_the_first_moment(
    server, sample, open_page, settled
):
    page = open_page(f"{server(database=sample).url}/projects")
    wide = page.get_by_test_id("stDataFrameResizable").evaluate("grid => grid.offsetWidth")
    page.evaluate(WIDTHS)
    page.get_by_test_id("stButtonGroup").get_by_role("button", name="planned", exact=True).click()
    settled(page)
    assert "planned" in {shown["Status"] for shown in cells(page)[1].values()}
    assert page.evaluate("[...window.widths]") == [wide]


def test_unsaved_edits_outlive_leaving_the_page_and_loading_it_again(projects, open_page, settled):
    page = open_page(projects)
    type_into(page, FLOOD, "Finish", "31/06/2027", settled)
    type_into(page, FRAUD, "Cost", "700000", settled)
    unsaved(page, 2)
    page.locator('[data-testid="stTopNavSection"]', has_text="Data").click()
    page.locator('[data-testid="stTopNavDropdownLink"]', has_text="Versions").click()
    page.get_by_text("You have 2 unsaved edits on the Projects page").wait_for()
    page.go_back()
    unsaved(page, 2)
    assert cells(settled(page))[1][FLOOD]["Finish"] == "31/06/2027"
    page.reload()
    unsaved(page, 2)
    assert cells(settled(page))[1][FLOOD]["Finish"] == "31/06/2027"
    press_save(page, "Nothing was saved: 1 cell does not read.")
    page.get_by_text("'31/06/2027' is not a date. Write it as 2027-06-30.").wait_for()
    assert cells(settled(page))[1][FRAUD]["Cost"] == "700000"
    type_into(page, FLOOD, "Finish", "2027-08-31", settled)
    press_save(page, "Saved 2 edits")
    colleague = open_page(projects)
    colleague.get_by_text("No unsaved edits").wait_for()
    assert cells(colleague)[1][FLOOD]["Finish"] == "2027-08-31"


def test_a_stale_save_shows_both_values_and_loses_neither(projects, sample, open_page, settled, assert_quiet):
    asha, ben = open_page(projects), open_page(projects)
    type_into(ben, FLOOD, "Finish", "2028-03-31", settled)
    type_into(ben, FRAUD, "Cost", "700000", settled)
    type_into(asha, FLOOD, "Finish", "2027-12-31", settled)
    press_save(asha, "Saved 1 edit")
    press_save(ben, "1 edit met a change of somebody else")
    ben.get_by_text("1 unsaved edit meets a change of somebody else").wait_for()
    assert ben.get_by_text("2028-03-31", exact=True).first.is_visible()
    assert ben.get_by_text("2027-12-31", exact=True).first.is_visible()
    assert cells(settled(ben))[1][FLOOD]["Finish"] == "2028-03-31"
    ben.get_by_role("button", name="Take mine").click()
    settled(ben)
    press_save(ben, "Saved 1 edit")
    rows = stored(sample, "projects")
    assert (rows[FLOOD]["end_date"], rows[FRAUD]["cost"]) == (dt.date(2028, 3, 31), 700_000)
    assert_quiet(ben)


def test_an_edit_stays_with_its_row_when_a_colleague_moves_or_removes_rows(
    projects, sample, open_page, settled
):
    asha, ben = open_page(projects), open_page(f"{projects}?sort=end_date&status=planned&status=in_progress")
    assert list(cells(ben)[1])[:8] != list(cells(asha)[1])[:8]
    type_into(ben, FRAUD, "Project", "Fraud, explained", settled)
    type_into(ben, MOTOR, "Project", "Motor claims, explained", settled)
    type_into(asha, FRAUD, "Finish", "2035-03-31", settled)
    press_save(asha, "Saved 1 edit")
    asha.goto(f"{projects}?project={MOTOR}")
    settled(asha).get_by_role("button", name="Remove this project").click()
    asha.get_by_text(re.compile(r"^\d+ unsaved edits$")).wait_for()
    press_save(asha, "Saved")
    ben.get_by_label("Because").fill("look again")
    ben.keyboard.press("Enter")
    ben.get_by_text("1 unsaved edit meets a change of somebody else").wait_for()
    ben.get_by_text("This project was removed").wait_for()
    shown = cells(settled(ben))[1]
    assert MOTOR not in shown
    named = {row["Project"] for row in shown.values()}
    assert "Motor claims, explained" not in named
    ben.goto(f"{projects}?q={FRAUD}")
    settled(ben)
    assert cells(ben)[1][FRAUD]["Project"] == "Fraud, explained"
    ben.get_by_role("button", name="Take mine").click()
    settled(ben)
    press_save(ben, "Saved 2 edits")
    rows = stored(sample, "projects")
    assert rows[MOTOR]["name"] == "Motor claims, explained"
    assert (rows[FRAUD]["name"], rows[FRAUD]["end_date"]) == ("Fraud, explained", dt.date(2035, 3, 31))


def test_links_and_new_projects_are_unsaved_edits_too(projects, open_page, settled, assert_quiet):
    page = open_page(projects)
    page.get_by_role("button", name="Add a project").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Project").fill("Claims *pilot* <b>one</b>")
    page.get_by_role("button", name="Add to the grid").click()
    unsaved(page, 1)
    assert cells(settled(page))[1]["PRJ-034"]["Project"] == "Claims *pilot* <b>one</b>"
    page.get_by_label("Add a link to").click()
    page.get_by_role("option", name=re.compile("Cloud claims platform")).click()
    page.get_by_role("button", name="Add the link").click()
    unsaved(page, 2)
    press_save(page, "Saved 2 edits")
    page.goto(f"{projects}?project=PRJ-034")
    settled(page)
    page.get_by_role("button", name="Remove", exact=True).click()
    unsaved(page, 1)
    page.get_by_role("button", name="Discard").click()
    page.get_by_text("Discarded 1 edit").wait_for()
    assert_quiet(page)


def test_pasted_rows_are_read_like_a_file_before_they_reach_the_grid(projects, open_page, settled):
    page = open_page(projects)
    page.get_by_role("button", name="Paste rows").click()
    box = page.get_by_role("textbox", name="Rows")
    box.fill(f"Id\tFinish\tRating\n{FLOOD}\t03/02/2028\tGreen")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Write it as 2028-02-03 or 2028-03-02, whichever is meant.").wait_for()
    page.get_by_text("Did you mean 'green'?").wait_for()
    box.fill(f"Id\tFinish\tRating\n{FLOOD}\t2028-02-29\tamber")
    page.keyboard.press("Control+Enter")
    page.get_by_text("2 cells in 1 project would change.").wait_for()
    page.get_by_role("button", name="Put into the grid").click()
    unsaved(page, 2)
    row = cells(settled(page))[1][FLOOD]
    assert (row["Finish"], row["Rating"]) == ("2028-02-29", "amber")


def test_an_empty_plan_offers_the_first_project(server, empty, open_page, settled, assert_quiet):
    address = f"{server(database=empty).url}/projects"
    assert_quiet(open_page(address, mode="dark"))
    page = open_page(address)
    page.get_by_text("There is no project in the draft yet").wait_for()
    page.get_by_role("button", name="Add the first project").click()
    page.get_by_role("dialog").get_by_role("textbox", name="Project").fill("The first one")
    page.get_by_role("button", name="Add to the grid").click()
    unsaved(page, 1)
    press_save(page, "Saved 1 edit")
    assert cells(settled(page))[1]["PRJ-001"]["Project"] == "The first one"
    assert_quiet(page)


def test_a_large_plan_is_searched_and_edited(server, empty, open_page, settled, assert_quiet):
    db = open_plan(empty)
    replace_draft(db, first_plan(3_000).frames, actor="test", now=NOW)
    replace_quarter(db, "FY27-Q1")
    plan = load_plan(db, "draft")
    last = plan["projects"]["project_id"][-1]
    edit = Edit("projects", (last,), "name", plan["projects"]["name"][-1], "A needle in the hay")
    assert save(db, [edit], actor="test", now=NOW).saved.applied == 1
    db.close()
    address = f"{server(database=empty).url}/projects"
    page = open_page(f"{address}?q=needle")
    assert list(cells(page)[1]) == [last]
    type_into(page, last, "Project", "A needle, found", settled)
    press_save(page, "Saved 1 edit")
    whole = open_page(address, mode="dark")
    whole.get_by_text("3,000 projects, edited cell by cell").wait_for()
    for one in (page, whole):
        assert_quiet(one)

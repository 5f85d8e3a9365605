"""Two browsers on one plan: what each types lands in its own cell, and where they clash both values are shown.

More interleavings are in test_projects, test_editors and test_links (the same cell; rows that are sorted anew or
removed) and in test_two_people_refresh (import, review, sealing, change many).
"""

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.drawn import soon
from tests.browser.grid import cells, press_save, type_into, unsaved
from tests.browser.stored import stored, stored_links
from tests.sample_database import copy_of

pytestmark = pytest.mark.browser
FLOOD, FRAUD, MOTOR, HOME = "PRJ-033", "PRJ-015", "PRJ-013", "PRJ-017"


@pytest.fixture(scope="module")
def plan(module_server, made_sample, tmp_path_factory):
    """A server of this file with a sample of its own; each test has rows of its own."""
    path = copy_of(made_sample, tmp_path_factory.mktemp("two"))
    return module_server(database=path, PLANNER_ACTOR="asha", PLANNER_LOOK_SECONDS="2")


@pytest.fixture
def project(plan):
    """What the file holds of a project, by id; empty where it has none."""
    return lambda key: stored(plan.database, "projects").get(key, {})


@dataclass
class Two:
    """Two people at two browsers, and the address of their planner."""

    asha: object
    ben: object
    url: str
    settled: object


@pytest.fixture
def two(plan, open_page, settled):
    """Open a view of the planner in two browsers: `two("/projects", "/links")`; one view for both if one is given."""

    def open_both(hers, his=""):
        asha, ben = open_page(f"{plan.url}{hers}"), open_page(f"{plan.url}{his or hers}")
        return Two(asha, ben, plan.url, settled)

    return open_both


def edit(page, settled, row, column, text, count=1):
    type_into(page, row, column, text, settled)
    unsaved(page, count)


def met(page, count=1):
    """The page says that edits met a change of somebody else."""
    said = f"{count} unsaved edit{' meets' if count == 1 else 's meet'} a change of somebody else"
    page.get_by_text(said).wait_for()


def both_shown(page, mine, theirs):
    for value in (mine, theirs):
        page.locator("strong", has_text=re.compile(f"^{re.escape(value)}$")).first.wait_for()


def press(page, settled, name):
    page.get_by_role("button", name=name).first.click()
    settled(page)


def test_neighbouring_cells_of_one_row_are_both_saved(two, project):
    one = two(f"/projects?q={FLOOD}")
    edit(one.asha, one.settled, FLOOD, "Finish", "2027-09-30")
    edit(one.ben, one.settled, FLOOD, "Cost", "350000")
    press_save(one.ben, "Saved 1 edit at")
    press_save(one.asha, "Saved 1 edit at")
    assert (project(FLOOD)["end_date"], project(FLOOD)["cost"]) == (dt.date(2027, 9, 30), 350_000)


def test_neighbouring_rows_keep_their_own_cells(two, project):
    one = two("/projects?q=automation")
    first, second = list(cells(one.asha)[1])[:2]
    edit(one.asha, one.settled, first, "Cost", "111000")
    edit(one.ben, one.settled, second, "Cost", "222000")
    press_save(one.asha, "Saved 1 edit at")
    press_save(one.ben, "Saved 1 edit at")
    assert (project(first)["cost"], project(second)["cost"]) == (111_000, 222_000)


def test_a_project_that_is_renamed_and_moved_by_one_is_edited_by_the_other(two, project):
    one = two("/projects?sort=name&status=planned", f"/projects?q={HOME}")
    edit(one.ben, one.settled, HOME, "Cost", "10600000")
    edit(one.asha, one.settled, HOME, "Project", "A new name, first of all")
    press_save(one.asha, "Saved 1 edit at")
    press_save(one.ben, "Saved 1 edit at")
    assert (project(HOME)["name"], project(HOME)["cost"]) == ("A new name, first of all", 10_600_000)


def test_rows_that_another_save_sorts_anew_keep_what_is_typed_before_and_after(two, project):
    view = "/projects?sort=end_date&status=planned"
    one = two(view)
    order = list(cells(one.ben)[1])
    first, second = order[:2]
    edit(one.ben, one.settled, first, "Cost", "333000")
    edit(one.asha, one.settled, first, "Finish", "2036-03-31")
    press_save(one.asha, "Saved 1 edit at")
    one.ben.get_by_text("asha, in another window, saved 1 change at").wait_for()
    press(one.ben, one.settled, "Look again")
    assert soon(one.ben, lambda: next(iter(cells(one.ben)[1])) == second)
    edit(one.ben, one.settled, second, "Cost", "444000", 2)
    press_save(one.ben, "Saved 2 edits at")
    assert [project(key)["cost"] for key in (first, second)] == [333_000, 444_000]
    assert project(first)["end_date"] == dt.date(2036, 3, 31)


def test_a_row_that_leaves_the_filters_of_one_by_a_save_of_the_other_is_saved_all_the_same(two, project):
    one = two(
        f"/projects?q={FRAUD}", f"/projects?q={FRAUD}&status=planned&status=in_progress&status=proposed"
    )
    before = project(FRAUD)
    edit(one.ben, one.settled, FRAUD, "Cost", "555000")
    edit(one.asha, one.settled, FRAUD, "Finish", "2030-06-30")
    press_save(one.asha, "Saved 1 edit at")
    one.ben.get_by_role("textbox", name="Search").fill("flood")
    one.ben.keyboard.press("Enter")
    expect(one.settled(one.ben).get_by_text("No unsaved edits")).to_have_count(0)
    assert FRAUD not in cells(one.ben)[1]
    press_save(one.ben, "Saved 1 edit at")
    after = project(FRAUD)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"cost", "end_date"}
    assert (after["cost"], after["end_date"]) == (555_000, dt.date(2030, 6, 30))


def test_a_link_to_a_project_that_the_other_removes_is_refused_and_shown(plan, two, project):
    one = two("/projects?project=PRJ-021")
    one.ben.get_by_label("Add a link to").click()
    one.ben.get_by_role("option", name=re.compile("Cloud claims platform")).click()
    press(one.ben, one.settled, "Add the link")
    unsaved(one.ben, 1)
    press(one.asha, one.settled, "Remove this project")
    press_save(one.asha, "Saved")
    press_save(one.ben, "1 edit met a change of somebody else")
    met(one.ben)
    one.ben.get_by_text("The project PRJ-021 was removed").wait_for()
    assert project("PRJ-021") == {}
    assert [ends for ends in stored_links(plan.database) if "PRJ-021" in ends] == []
    press(one.ben, one.settled, "Drop mine")
    one.ben.get_by_text("No unsaved edits").wait_for()


def paste(page, settled, text):
    page.get_by_role("button", name="Paste rows").click()
    page.get_by_role("textbox", name="Rows").fill(text)
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Put into the grid").click()
    settled(page)


def test_two_new_projects_of_one_id_both_stay_each_with_its_own_link(plan, two, project):
    one = two("/projects")
    for page, name in ((one.asha, "Asha's pilot"), (one.ben, "Ben's pilot")):
        paste(page, one.settled, f"Id\tProject\tStatus\nPRJ-900\t{name}\tproposed")
        unsaved(page, 1)
    one.ben.goto(f"{one.url}/projects?project=PRJ-900")
    one.settled(one.ben).get_by_label("Add a link to").click()
    one.ben.get_by_role("option", name=re.compile("Cloud claims platform")).click()
    press(one.ben, one.settled, "Add the link")
    unsaved(one.ben, 2)
    press_save(one.asha, "Saved 1 edit at")
    press_save(one.ben, "2 edits met a change of somebody else")
    one.ben.get_by_text("PRJ-900 is Asha's pilot").wait_for()
    one.ben.get_by_text("PRJ-900 is another project").wait_for()
    assert [ends for ends in stored_links(plan.database) if "PRJ-900" in ends] == []
    press(one.ben, one.settled, "Add mine as PRJ-901")
    press_save(one.ben, "Saved 2 edits at")
    assert [project(key)["name"] for key in ("PRJ-900", "PRJ-901")] == ["Asha's pilot", "Ben's pilot"]
    links = [ends for ends in stored_links(plan.database) if ends[0] in {"PRJ-900", "PRJ-901"}]
    assert [start for start, _ in links] == ["PRJ-901"]


def test_undo_takes_back_the_save_it_names_and_none_that_another_made_since(two, project):
    one = two("/projects?q=PRJ-019")
    first = project("PRJ-019")["cost"]
    edit(one.asha, one.settled, "PRJ-019", "Cost", "666000")
    press_save(one.asha, "Saved 1 edit at")
    one.ben.reload()
    edit(one.ben, one.settled, "PRJ-019", "Cost", "777000")
    press_save(one.ben, "Saved 1 edit at")
    one.asha.locator(".st-key-undo button").first.click()
    one.asha.get_by_text("The last saves by asha are others than those on the screen.").wait_for()
    assert project("PRJ-019")["cost"] == 777_000
    one.settled(one.asha)
    assert cells(one.asha)[1]["PRJ-019"]["Cost"] == "777000"
    one.asha.locator(".st-key-undo button").first.click()
    one.asha.get_by_text("The last save is undone").wait_for()
    assert project("PRJ-019")["cost"] == 666_000
    assert first not in {666_000, 777_000}


def test_a_cell_emptied_by_one_and_typed_by_the_other_shows_both(two, project):
    one = two("/projects?q=PRJ-020")
    edit(one.asha, one.settled, "PRJ-020", "Cost", "")
    edit(one.ben, one.settled, "PRJ-020", "Cost", "888000")
    press_save(one.asha, "Saved 1 edit at")
    press_save(one.ben, "1 edit met a change of somebody else")
    met(one.ben)
    both_shown(one.ben, "888000", "empty")
    assert project("PRJ-020")["cost"] is None
    press(one.ben, one.settled, "Keep theirs")
    one.ben.get_by_text("No unsaved edits").wait_for()
    assert project("PRJ-020")["cost"] is None

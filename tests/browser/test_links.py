"""The matrix of links in a browser: a typed strength is a link, totals follow, two people lose nothing, gaps are found."""

import re

import pytest

from tests.benchmarks.databases import sealed_database
from tests.benchmarks.synthetic import first_plan
from tests.browser.drawn import soon
from tests.browser.grid import GRID, SECOND, go_to, press_and_ask, press_save, unsaved, words_of
from tests.browser.stored import stored_links

pytestmark = pytest.mark.browser
NAME = 1  # the place of the column with the names
OLD, CHANGE, SURGE = (
    "Old policy system stabilisation",
    "Claims operating-model change",
    "Flood claims surge readiness",
)


def cells(page):
    """What the matrix shows: the words over it, and rows by name."""
    head, *rows = words_of(page)
    return head, {row[NAME]: row for row in rows}


def column_of(page, column):
    """The place of the column over which stands an id or a name; its totals follow it."""
    return next(place for place, word in enumerate(words_of(page)[0]) if word.startswith(f"{column} "))


def begin_strength(page, row, column, text):
    """Type over one cell, without the Enter."""
    go_to(page, column_of(page, column), list(cells(page)[1]).index(row), SECOND)
    if text:
        page.keyboard.press(text)
        page.locator(".gdg-input").wait_for()


def type_strength(page, row, column, text, settled):
    """Type over one cell: the text, Enter; an empty text empties it."""
    begin_strength(settled(page), row, column, text)
    press_and_ask(page, "Enter" if text else "Delete")


def strength(page, row, column):
    return cells(page)[1][row][column_of(page, column)]


def over(page, column):
    """The words over a column."""
    return cells(page)[0][column_of(page, column)]


@pytest.fixture
def links(server, sample):
    """The address of the Links page of a server with a sample of its own."""
    return f"{server(database=sample, PLANNER_ACTOR='asha').url}/links"


def test_a_typed_strength_is_a_link_that_is_saved_seen_and_undone(links, open_page, settled, assert_quiet):
    page = open_page(links)
    before = over(page, "ENB-001")
    type_strength(page, OLD, "ENB-001", "3", settled)
    unsaved(page, 1)
    assert before.endswith("2 Σ3")
    assert soon(page, lambda: over(page, "ENB-001").endswith("3 Σ6"))
    assert cells(page)[1][OLD][2:4] == ["1", "3"]
    type_strength(page, OLD, "ENB-002", "1", settled)
    unsaved(page, 2)
    page.reload()
    settled(page)
    unsaved(page, 2)
    assert strength(page, OLD, "ENB-001") == "3"
    type_strength(page, OLD, "ENB-002", "", settled)
    unsaved(page, 1)
    press_save(page, "Saved 1 edit")
    colleague = open_page(links)
    colleague.get_by_text("No unsaved edits").wait_for()
    assert (strength(colleague, OLD, "ENB-001"), strength(colleague, OLD, "ENB-002")) == ("3", "")
    page.get_by_role("button", name=re.compile("^Undo ")).click()
    page.get_by_text("The last save is undone").wait_for()
    assert strength(settled(page), OLD, "ENB-001") == ""
    assert_quiet(page)


def test_two_people_on_one_cell_see_both_strengths_and_lose_neither(links, sample, open_page, settled):
    asha, ben = open_page(links), open_page(links)
    type_strength(ben, OLD, "ENB-001", "3", settled)
    type_strength(ben, SURGE, "ENB-003", "", settled)
    type_strength(asha, OLD, "ENB-001", "1", settled)
    type_strength(asha, SURGE, "ENB-003", "2", settled)
    press_save(asha, "Saved 2 edits")
    press_save(ben, "2 edits met a change of somebody else")
    ben.get_by_text("2 unsaved edits meet a change of somebody else").wait_for()
    for both in (
        "add it with strength 3",
        "is there with strength 1",
        "remove it",
        "is there with strength 2",
    ):
        ben.get_by_text(both, exact=True).first.wait_for()
    ben.get_by_role("button", name="Take all mine").click()
    settled(ben)
    press_save(ben, "Saved 2 edits")
    found = stored_links(sample)
    assert (found["PRJ-032", "ENB-001"], found.get(("PRJ-033", "ENB-003"))) == (3, None)


def test_only_gaps_are_shown_and_stay_until_they_are_saved(links, open_page, settled):
    page = open_page(links)
    page.get_by_text("2 projects without a link here").click()
    settled(page)
    assert soon(page, lambda: list(cells(page)[1]) == [OLD, CHANGE])
    assert "gaps=rows" in page.url
    type_strength(page, OLD, "ENB-004", "2", settled)
    assert list(cells(page)[1]) == [OLD, CHANGE]
    press_save(page, "Saved 1 edit")
    assert soon(page, lambda: list(cells(page)[1]) == [CHANGE])


def test_two_clicks_lead_from_a_project_to_its_outcomes_and_back(links, open_page, settled, assert_quiet):
    page = open_page(f"{links}?q=PRJ-033")
    grid = page.locator(f"{GRID} canvas").first.bounding_box()
    page.mouse.click(grid["x"] + 20, grid["y"] + 50)
    panel = page.locator(".st-key-line-of-sight")
    panel.get_by_text("Project PRJ-033").wait_for()
    panel.get_by_role("link", name=re.compile("Settle claims faster and fairly")).click()
    panel.get_by_text("Outcome OUT-001").wait_for()
    assert soon(page, lambda: "item=outcome" in page.url)
    assert "q=PRJ-033" in page.url
    panel.get_by_role("link", name=re.compile(SURGE)).click()
    panel.get_by_text("Project PRJ-033").wait_for()
    page.go_back()
    panel.get_by_text("Outcome OUT-001").wait_for()
    assert_quiet(settled(page))


@pytest.fixture
def long_links(server, tmp_path):
    """The address of the Links page of a plan with more projects than fit on one page."""
    db, _ = sealed_database(tmp_path / "long.duckdb", [first_plan(400)])
    db.close()
    return f"{server(database=tmp_path / 'long.duckdb', PLANNER_ACTOR='asha').url}/links?matrix=projects-enablers"


def choose_part(page, words, settled):
    page.locator(".st-key-rows-page").get_by_role("button", name="Open").click()
    page.get_by_role("option", name=words).click()
    settled(page)


def test_what_is_typed_on_a_part_of_a_long_matrix_stays_in_its_row(long_links, open_page, settled):
    page = open_page(long_links)
    row = list(cells(page)[1])[2]
    begin_strength(page, row, "ENA-00001", "3")
    page.keyboard.press("Enter")  # and on to another part at once, before the grid has sent it
    choose_part(page, re.compile("projects 301 to"), settled)
    assert soon(page, lambda: row not in cells(page)[1])
    unsaved(page, 1)
    other = next(iter(cells(page)[1]))
    type_strength(page, other, "ENA-00002", "2", settled)
    unsaved(page, 2)
    choose_part(page, re.compile("projects 1 to"), settled)
    assert soon(page, lambda: row in cells(page)[1])
    assert strength(page, row, "ENA-00001") == "3"
    assert other not in cells(page)[1]


def test_the_page_reads_well_for_everybody(links, open_page, assert_accessible_in_both_modes):
    page = open_page(f"{links}?matrix=capabilities-outcomes")
    assert_accessible_in_both_modes(page)

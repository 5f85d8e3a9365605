"""Two browsers on one plan while it is imported, reviewed, sealed or changed as a whole: no edit is lost, none is silent."""

import re

import pytest

from planner.actions.comparing import compare
from planner.actions.opening import open_plan
from planner.actions.rolling import open_refresh
from planner.store.versions import list_versions
from tests.browser.grid import press_save, type_into, unsaved
from tests.browser.stored import copied, stored
from tests.browser.test_exchange import upload, written
from tests.browser.test_refresh import NOW

pytestmark = pytest.mark.browser
FLOOD, FRAUD, MOTOR = "PRJ-033", "PRJ-015", "PRJ-013"


@pytest.fixture
def cost(sample):
    """What the file holds of the cost of a project: of the draft, or of a sealed version."""
    return lambda key, version="draft": stored(sample, "projects", version)[key]["cost"]


def edit(page, settled, row, column, text):
    type_into(page, row, column, text, settled)
    unsaved(page, 1)


def both_shown(page, mine, theirs):
    for value in (mine, theirs):
        page.locator("strong", has_text=re.compile(f"^{re.escape(value)}$")).first.wait_for()


def press(page, settled, name):
    page.get_by_role("button", name=name).first.click()
    settled(page)


def tick(page, settled, words):
    page.locator('[data-testid="stCheckbox"]', has_text=words).locator("label").click()
    settled(page)


def test_an_import_overwrites_no_save_that_came_between_and_meets_unsaved_edits(
    server, sample, cost, open_page, settled
):
    url = server(database=sample, PLANNER_ACTOR="asha", PLANNER_LOOK_SECONDS="2").url
    asha, ben = open_page(f"{url}/exchange?mode=merge"), open_page(f"{url}/projects?q={MOTOR}")
    rows = [["project_id", "name", "cost"], [MOTOR, "Motor claims", "1600000"], [FRAUD, "Fraud models", "1"]]
    upload(asha, ("projects.csv", written(*rows)))
    asha.get_by_text("Nothing is wrong with the files.").wait_for()
    edit(ben, settled, MOTOR, "Cost", "777000")
    press_save(ben, "Saved 1 edit")
    press(asha, settled, "Apply to the draft")
    asha.get_by_text("The plan changed while you looked at it").wait_for()
    assert cost(MOTOR) == 777_000

    edit(ben, settled, MOTOR, "Cost", "999000")
    press(asha, settled, "Apply to the draft")
    asha.get_by_text("Imported: 2 rows of the draft changed.").wait_for()
    press_save(ben, "1 edit met a change of somebody else")
    both_shown(ben, "999000", "1600000")
    assert (cost(MOTOR), cost(FRAUD)) == (1_600_000, 1)
    press(ben, settled, "Take mine")
    press_save(ben, "Saved 1 edit")
    assert (cost(MOTOR), cost(FRAUD)) == (999_000, 1)


def test_what_is_typed_while_a_refresh_is_in_review_waits_until_it_is_returned(
    server, sample, cost, open_page, settled
):
    db = open_plan(sample)
    open_refresh(db, "FY27-Q4", actor="asha", now=NOW)
    db.close()
    url = server(database=sample, PLANNER_ACTOR="asha", PLANNER_LOOK_SECONDS="2").url
    before = cost(MOTOR)
    asha, ben = open_page(f"{url}/refresh"), open_page(f"{url}/projects?q={MOTOR}")
    edit(ben, settled, MOTOR, "Cost", "999000")
    press(asha, settled, "Submit for review")
    asha.get_by_text("FY27-Q4 is submitted").wait_for()
    ben.get_by_text("The refresh to FY27-Q4 is in review, by asha").wait_for()
    ben.locator(".st-key-save button").first.click()
    ben.get_by_role("alert").get_by_text("The plan is frozen").wait_for()
    unsaved(settled(ben), 1)
    assert cost(MOTOR) == before
    asha.locator('[data-testid="stButtonGroup"] button', has_text="Return").click()
    settled(asha).get_by_role("textbox", name="What is to be mended").fill("One more cost")
    press(asha, settled, "Return to draft")
    asha.get_by_text("is back in draft").wait_for()
    press_save(ben, "Saved 1 edit")
    assert cost(MOTOR) == 999_000


def test_a_sealing_takes_what_was_looked_at_and_no_save_that_came_between(
    server, sample, cost, open_page, settled
):
    url = server(database=sample, PLANNER_ACTOR="asha", PLANNER_LOOK_SECONDS="2").url
    asha, ben = open_page(f"{url}/versions"), open_page(f"{url}/projects?q={MOTOR}")
    tick(asha, settled, "I accept")
    edit(ben, settled, MOTOR, "Cost", "1999000")
    press_save(ben, "Saved 1 edit")
    press(asha, settled, "Seal")
    asha.get_by_text("The plan changed while you looked at it").wait_for()
    with copied(sample) as db:
        assert "FY27-Q4" not in {version.label for version in list_versions(db)}

    edit(ben, settled, MOTOR, "Cost", "2998000")
    tick(asha, settled, "I accept")
    press(asha, settled, "Seal")
    asha.get_by_text("Sealed FY27-Q4").wait_for()
    ben.get_by_text("FY27-Q4 was sealed by asha").wait_for()
    press_save(ben, "Saved 1 edit")
    assert (cost(MOTOR, "FY27-Q4"), cost(MOTOR)) == (1_999_000, 2_998_000)
    with copied(sample) as db:
        moved = compare(db, "FY27-Q4", "draft").drift.events.select("id", "kind").rows()
    assert moved == [(MOTOR, "recosted")]


def test_a_change_of_many_that_was_looked_at_before_another_save_is_looked_at_again(
    server, sample, open_page, settled
):
    url = server(database=sample, PLANNER_ACTOR="asha", PLANNER_LOOK_SECONDS="2").url
    finish = lambda key: stored(sample, "projects")[key]["end_date"]  # noqa: E731
    before = finish(MOTOR)
    many = f"{url}/change-many?project={MOTOR}&project={FLOOD}"
    asha, ben = open_page(many), open_page(f"{url}/projects?q={MOTOR}")
    asha.get_by_text("2 projects would be changed").wait_for()
    edit(ben, settled, MOTOR, "Finish", "2030-06-30")
    press_save(ben, "Saved 1 edit")
    press(asha, settled, "Save as one step: 2 projects")
    asha.get_by_text("The plan changed while you looked at it").wait_for()
    assert str(finish(MOTOR)) == "2030-06-30"
    assert str(finish(FLOOD)) == "2027-06-30"

    edit(ben, settled, MOTOR, "Finish", "2031-03-31")
    asha.get_by_text("2 projects would be changed").wait_for()
    asha.get_by_role("button", name="Save as one step: 2 projects").dblclick()
    asha.get_by_text("2 projects moved in one step").wait_for()
    press_save(ben, "1 edit met a change of somebody else")
    both_shown(ben, "2031-03-31", "2030-09-30")
    assert [str(finish(key)) for key in (MOTOR, FLOOD)] == ["2030-09-30", "2027-09-30"]
    assert str(before) not in {"2030-06-30", "2030-09-30"}

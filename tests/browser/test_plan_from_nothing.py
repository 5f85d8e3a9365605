"""From an empty database, by pages alone: a small plan of all layers is typed in, linked, checked and sealed."""

import datetime as dt
import json
import re
import subprocess
import sys

import pytest

from planner.actions.opening import open_plan
from planner.model.quarter import Calendar
from planner.rules.matrix_view import shortened
from planner.rules.sight import up_shares
from planner.store.snapshots import load_plan
from tests.browser.grid import press_save, type_into, unsaved
from tests.browser.test_links import type_strength

pytestmark = pytest.mark.browser
APRIL = Calendar(4)
OUTCOME, MEASURE = "Nobody waits for a berth", "Hours at anchor"
CAPABILITY, ENABLER, TEAM = "Berth planning", "Berth planning system", "Port systems"
FIRST, THEN = "Berth calendar", "Berth forecast"


@pytest.fixture
def quarters():
    """The draft's quarter and those after it, as a plan whose year starts in April writes them."""
    now = APRIL.of(dt.datetime.now(dt.UTC).date())
    return [APRIL.label(now + ahead) for ahead in range(12)]


def add(page, settled, button, fields, chosen=()):
    """Add a row by its dialog: what is typed, and what is chosen from lists."""
    page.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    for label, text in fields.items():
        dialog.get_by_role("textbox", name=label, exact=True).fill(text)
    for label, option in dict(chosen).items():
        dialog.get_by_role("combobox", name=label, exact=True).click()
        page.get_by_role("option", name=re.compile(re.escape(option))).click()
    dialog.get_by_role("button", name="Add to the grid").click()
    dialog.wait_for(state="detached")
    return settled(page)


def turn_to(page, settled, tab):
    page.locator('[data-testid="stButtonGroup"] button', has_text=tab).click()
    return settled(page)


def go(page, settled, path):
    page.goto(f"{page.url.split('/', 3)[0]}//{page.url.split('/')[2]}/{path}")
    return settled(page)


def say_what_it_is(page, settled):
    """Give the plan its name, its currency and its fiscal year."""
    page.get_by_text("This plan is empty: it has no outcome and no project yet.").wait_for()
    page.get_by_role("button", name="Set its name, currency and fiscal year").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name of the plan").fill("Port of *Ostholm*")
    dialog.get_by_role("textbox", name="Currency").fill("dkk")
    dialog.get_by_role("combobox", name="Fiscal year starts in").click()
    page.get_by_role("option", name="April").click()
    dialog.get_by_role("button", name="Save the settings").click()
    page.get_by_text("Port of *Ostholm* is empty").wait_for()
    settled(page)


def want_an_outcome(page, settled, quarters):
    """An outcome with its measure and one quarter of its target path."""
    page.get_by_role("link", name="Add the first outcome").click()
    fields = {
        "Outcome": OUTCOME,
        "Why (can wait)": "Ships that wait burn fuel and money",
        "Owner (can wait)": "Harbour master",
        "Weight (can wait)": "100",
        "Needed by (can wait)": quarters[8],
    }
    add(page, settled, "Add the first outcome", fields)
    unsaved(page, 1)
    turn_to(page, settled, "Measures")
    fields = {
        "Measure": MEASURE,
        "Unit (can wait)": "hours",
        "Start value (can wait)": "9",
        "Start quarter (can wait)": quarters[0],
        "Target (can wait)": "2.5",
        "Target quarter (can wait)": quarters[6],
    }
    add(page, settled, "Add the first measure", fields, {"Outcome": OUTCOME, "Better is (can wait)": "down"})
    turn_to(page, settled, "Target paths")
    type_into(page, "KPI-001", quarters[1], "8", settled)
    unsaved(page, 3)


def be_able(page, settled, quarters):
    """A capability with its maturity, a team with its people, an enabler that the team owns."""
    go(page, settled, "capabilities")
    add(page, settled, "Add the first capability", {"Capability": CAPABILITY})
    type_into(page, "CAP-001", "Maturity now", "2", settled)
    type_into(page, "CAP-001", "Maturity goal", "4", settled)
    go(page, settled, "teams")
    add(page, settled, "Add the first team", {"Team": TEAM, "Lead (can wait)": "Ida"})
    turn_to(page, settled, "Capacity by quarter")
    for quarter in quarters[1:3]:
        type_into(page, "TEAM-01", quarter, "6.5", settled)
    go(page, settled, "enablers")
    chosen = {
        "Kind (can wait)": "application",
        "Life cycle (can wait)": "plan",
        "Team (can wait)": TEAM,
    }
    add(page, settled, "Add the first enabler", {"Enabler": ENABLER}, chosen)
    unsaved(page, 8)


def plan_the_work(page, settled, quarters):
    """Two projects, the first one phased by effort and money; the second waits for it, and has a milestone."""
    go(page, settled, "projects")
    for button, name, start, end, cost in (
        ("Add the first project", FIRST, quarters[1], quarters[2], "100000"),
        ("Add a project", THEN, quarters[3], quarters[4], "40000"),
    ):
        fields = {
            "Project": name,
            "Why (can wait)": "So that a berth is known before a ship is near",
            "Sponsor (can wait)": "Harbour master",
            "Start (can wait)": start,
            "Finish (can wait)": end,
            "Cost (can wait)": cost,
        }
        add(page, settled, button, fields)
    unsaved(page, 10)
    go(page, settled, "work")
    chosen = {"Project": FIRST, "Quarter": quarters[1], "Team": TEAM}
    add(page, settled, "Add the first phasing row", {"Person-days (can wait)": "120"}, chosen)
    phase(page, settled, quarters[2], "80")
    page.get_by_role("combobox", name="Cells hold").click()
    page.get_by_role("option", name="Cost", exact=True).click()
    settled(page)
    phase(page, settled, quarters[1], "60000")
    phase(page, settled, quarters[2], "40000")
    turn_to(page, settled, "Dependencies")
    chosen = {"First": FIRST, "Then": THEN, "Kind": "finish to start"}
    add(page, settled, "Add the first dependency", {}, chosen)
    turn_to(page, settled, "Milestones")
    fields = {"Milestone": "First berth called", "Due (can wait)": quarters[2]}
    add(page, settled, "Add the first milestone", fields, {"Project": FIRST})
    unsaved(page, 14)
    press_save(page, "Saved 14 edits")


def phase(page, settled, quarter, text):
    """Type into the row of the first project."""
    type_into(page, "PRJ-001", quarter, text, settled)


def mend_what_is_found(page, settled, quarters):
    """The findings say what lacks: effort, and a way to the outcome; one link by the side form, the others in matrices."""
    go(page, settled, "projects?project=PRJ-001")
    page.get_by_text("two projects need a look").wait_for()
    panel = page.locator(".st-key-panel")
    panel.get_by_text(f"No way leads from the project '{FIRST}' (PRJ-001) up to an outcome").wait_for()
    page.get_by_label("Add a link to").click()
    page.get_by_role("option", name=re.compile(re.escape(ENABLER))).click()
    page.get_by_role("button", name="Add the link").click()
    unsaved(page, 1)
    go(page, settled, "projects?project=PRJ-002")
    panel.get_by_text("no team has person-days for it").wait_for()
    go(page, settled, "work")
    chosen = {"Project": THEN, "Quarter": quarters[3], "Team": TEAM}
    add(page, settled, "Add a phasing row", {"Person-days (can wait)": "60"}, chosen)
    go(page, settled, "links")
    type_strength(page, THEN, "ENB-001", "1", settled)
    go(page, settled, "links?matrix=enablers-capabilities")
    type_strength(page, ENABLER, "CAP-001", "3", settled)
    go(page, settled, "links?matrix=capabilities-outcomes")
    type_strength(page, CAPABILITY, shortened(OUTCOME), "3", settled)
    unsaved(page, 5)
    press_save(page, "Saved 5 edits")
    for path in ("outcomes", "projects"):
        go(page, settled, path)
        page.get_by_text("no check of the plan finds anything to mend here").wait_for()
    page.get_by_text(f"It serves {OUTCOME}.").wait_for()


def seal_it(page, settled, quarters):
    go(page, settled, "versions")
    page.get_by_text("No check finds anything to mend.").wait_for()
    assert page.get_by_role("textbox", name="Label").input_value() == quarters[0]
    page.get_by_role("textbox", name="Note").fill("The first one")
    page.get_by_role("button", name="Seal").click()
    page.get_by_text(f"Sealed {quarters[0]} with fingerprint").wait_for()
    settled(page)


def said(path, *command):
    called = [sys.executable, "-m", "planner", "--database", str(path), *command]
    return json.loads(subprocess.run(called, capture_output=True, check=True, text=True).stdout)


def test_a_plan_of_all_layers_is_typed_in_linked_checked_and_sealed(
    server, empty, open_page, settled, quarters, assert_quiet
):
    running = server(database=empty, PLANNER_ACTOR="ida")
    page = open_page(running.url)
    say_what_it_is(page, settled)
    want_an_outcome(page, settled, quarters)
    be_able(page, settled, quarters)
    plan_the_work(page, settled, quarters)
    mend_what_is_found(page, settled, quarters)
    seal_it(page, settled, quarters)
    assert_quiet(page)

    running.stop()
    sealed, draft = said(empty, "versions", "--format", "json")["versions"]
    assert (sealed["label"], sealed["author"], sealed["note"]) == (quarters[0], "ida", "The first one")
    assert {name: count for name, count in sealed["rows"].items() if count and name != "settings"} == {
        "outcomes": 1, "kpis": 1, "kpi_targets": 1, "capabilities": 1, "enablers": 1, "projects": 2, "links": 4,
        "dependencies": 1, "milestones": 1, "phasing": 3, "teams": 1, "capacity": 2,
    }  # fmt: skip
    assert draft["quarter"] == quarters[1]
    assert said(empty, "check", "--version", quarters[0], "--format", "json")["findings"] == []
    db = open_plan(empty)
    plan = load_plan(db, quarters[0])
    db.close()
    assert (plan.settings.plan_name, plan.settings.currency, plan.calendar) == (
        "Port of *Ostholm*",
        "DKK",
        APRIL,
    )
    assert plan["kpi_targets"].rows() == [("KPI-001", quarters[1], 8.0)]
    assert plan["phasing"].select("quarter", "person_days", "cost").rows() == [
        (quarters[1], 120, 60_000),
        (quarters[2], 80, 40_000),
        (quarters[3], 60, None),
    ]
    assert plan["capacity"].select("quarter", "fte").rows() == [(quarters[1], 6.5), (quarters[2], 6.5)]
    first_day = APRIL.first_day(APRIL.parse(quarters[1]))
    assert plan["projects"]["start_date"].to_list()[0] == first_day
    assert up_shares(plan).select("project_id", "outcome_id", "share").rows() == [
        ("PRJ-001", "OUT-001", 1.0),
        ("PRJ-002", "OUT-001", 1.0),
    ]

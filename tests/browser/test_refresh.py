"""The refresh in a browser: from the sample's last snapshot through every state to the next one, and what it keeps."""

import datetime as dt
import re

import pytest

from planner.actions.comparing import compare
from planner.actions.deciding import submit
from planner.actions.editing import save
from planner.actions.opening import open_plan
from planner.actions.rolling import open_refresh
from planner.actions.verifying import verify
from planner.model.edit import Edit
from planner.store.ledgers import load_ledger
from planner.store.refreshes import list_refreshes
from tests.browser.drawn import unfold

pytestmark = pytest.mark.browser
NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
FLOOD = Edit("projects", ("PRJ-033",), "cost", 340_000, 360_000)
POLICY = Edit("projects", ("PRJ-017",), "cost", 10_500_000, 15_750_000)


def opened(path, *edits, then=()):
    """A refresh to FY27-Q4, with edits, and perhaps submitted."""
    db = open_plan(path)
    open_refresh(db, "FY27-Q4", actor="asha", now=NOW)
    if edits:
        assert not save(db, edits, actor="asha", now=NOW).problems
    for step in then:
        step(db, actor="asha", now=NOW)
    db.close()


def current(page):
    return page.locator('[aria-current="step"] .p-step-name').inner_text()


def tick(page, words):
    page.locator('[data-testid="stCheckbox"]', has_text=words).locator("label").click()


def choose(page, label, option):
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.get_by_role("option", name=re.compile(option)).first.click()


def press(page, settled, name):
    page.get_by_role("button", name=name).click()
    return settled(page)


def view(page, settled, name):
    page.locator('[data-testid="stButtonGroup"] button', has_text=name).click()
    return settled(page)


def begin(page, settled):
    """Open the refresh, say what started and finished, and submit it too early."""
    page.get_by_text("No refresh is open; the last snapshot is Q3 FY27").wait_for()
    page.get_by_text("5 capacity rows and 12 targets join at its far end").wait_for()
    press(page, settled, "Open the refresh")
    page.get_by_text("The refresh to FY27-Q4 is open").wait_for()
    assert current(page) == "In draft"
    view(page, settled, "Started, finished")
    assert page.locator(".st-key-ticks input[type=checkbox]").count() == 3
    for words in ("Cloud data platform", "Fair-claims evidence", "Flood claims surge"):
        tick(page, words)
    press(page, settled, "Set what is ticked")
    page.get_by_text("3 projects set, each with the reason that it went as planned").wait_for()
    page.get_by_role("textbox", name="To those who review").fill("Please look at the flood work")
    page.get_by_role("button", name="Submit for review").dblclick()
    page.get_by_text("FY27-Q4 is submitted").wait_for()
    settled(page)
    assert page.locator(".p-alert").count() == 0
    assert current(page) == "In review"


def come_back(page, settled):
    """Be returned with a comment, because two changes have no reason."""
    page.get_by_text("Two changes lack a reason, so it cannot be approved").wait_for()
    page.get_by_role("textbox", name="What is to be mended").fill("Say why both cost more")
    press(page, settled, "Return to draft")
    page.get_by_text("asha returned it:").wait_for()
    assert current(page) == "In draft"


def explain(page, settled):
    """Give both changes one reason, which must cite its evidence, and attest the rest."""
    view(page, settled, "Reasons")
    assert page.locator(".st-key-ticks input[type=checkbox]").count() == 3
    tick(page, "All 2 listed")
    choose(page, "Sort of reason", "Research finding")
    because = page.get_by_role("textbox", name="Because")
    because.fill("because the study found more to do.")
    press(page, settled, "Give this reason")
    page.get_by_text("a research finding cites what it rests on").wait_for()
    assert because.input_value() == "because the study found more to do."
    choose(page, "Evidence", "INS-005")
    press(page, settled, "Give this reason")
    page.get_by_text("2 changes have this reason now.").wait_for()
    view(page, settled, "Left unchanged")
    press(page, settled, re.compile("Attest all"))
    page.get_by_text("items attested as reviewed and unchanged").wait_for()


def decide(page, settled):
    """Submit it again and approve it by a decision."""
    press(page, settled, "Submit for review")
    page.get_by_text("each with its reason; the plan is frozen").wait_for()
    page.get_by_role("textbox", name="Decided by").fill("Executive Committee")
    page.get_by_role("textbox", name="Because").fill("The study is sound")
    press(page, settled, "Approve")
    page.get_by_text("FY27-Q4 is approved; the decision is written down").wait_for()
    assert current(page) == "Approved"


def close(page, settled):
    """Seal it, by a double click."""
    tick(page, "I accept")
    page.get_by_role("textbox", name="Note").fill("Winter")
    page.get_by_role("button", name="Seal FY27-Q4").dblclick()
    page.get_by_text("No refresh is open; the last snapshot is Q4 FY27").wait_for()
    settled(page)
    assert page.get_by_role("alert").count() == 0
    row = page.locator("table.p-table", has_text="Last words").locator("tbody tr").first.inner_text()
    assert "FY27-Q4" in row
    assert "sealed by asha" in row
    assert "Winter" in row


def test_a_refresh_goes_from_the_last_snapshot_through_every_state(
    server, sample, open_page, settled, assert_quiet
):
    db = open_plan(sample)
    assert not save(db, [FLOOD, POLICY], actor="asha", now=NOW).problems
    db.close()
    running = server(database=sample, PLANNER_ACTOR="asha")
    page = open_page(f"{running.url}/refresh")
    for part in (begin, come_back, explain, decide, close):
        part(page, settled)
    assert_quiet(page)

    running.stop()
    db = open_plan(sample)
    (kept,) = list_refreshes(db)
    events = (
        compare(db, "FY27-Q3", "FY27-Q4")
        .drift.events.select("id", "kind", "reason_code", "evidence_id")
        .rows()
    )
    decided = load_ledger(db, "decisions").tail(1).to_dicts()[0]
    broken = verify(db).broken
    db.close()
    assert [step.action for step in kept.steps] == ["open", "submit", "return", "submit", "approve", "seal"]
    assert events == [
        ("PRJ-006", "completed", "progress", ""),
        ("PRJ-017", "recosted", "research_finding", "INS-005"),
        ("PRJ-029", "completed", "progress", ""),
        ("PRJ-033", "recosted", "research_finding", "INS-005"),
        ("PRJ-033", "started", "progress", ""),
    ]
    assert (decided["snapshot_id"], decided["decided_by"]) == ("FY27-Q4", "Executive Committee")
    assert not broken


def test_a_big_move_without_evidence_is_accepted_by_name_or_not_at_all(server, sample, open_page, settled):
    reason = {"table": "projects", "id": "PRJ-017", "kind": "recosted", "field": "cost",
              "reason_code": "business_need", "reason_text": "the board wants both regions at once"}  # fmt: skip
    why = Edit("reasons", ("projects", "PRJ-017", "recosted", "cost"), "", None, reason)
    opened(sample, POLICY, why, then=[submit])
    page = open_page(f"{server(database=sample).url}/refresh")
    page.get_by_role("textbox", name="Decided by").fill("Board")
    press(page, settled, "Approve")
    page.get_by_text("1 big move cites no evidence: Core policy replacement: home (PRJ-017).").wait_for()
    assert page.get_by_role("textbox", name="Decided by").input_value() == "Board"
    tick(page, "approved without evidence")
    press(page, settled, "Approve")
    page.get_by_text("is approved").first.wait_for()
    view(page, settled, "Steps")
    page.get_by_text("Approved without evidence for what is large in it.").wait_for()


def test_what_is_in_review_is_not_saved_to_from_another_page(
    server, sample, open_page, settled, assert_quiet
):
    opened(sample, then=[submit])
    address = server(database=sample).url
    page = open_page(f"{address}/refresh?view=moved")
    assert page.get_by_role("button", name="Set what is ticked").is_disabled()
    page.goto(f"{address}/versions")
    settled(page)
    page.get_by_text("A refresh to FY27-Q4 is open and in review: it is sealed there.").wait_for()
    assert page.get_by_role("button", name="Seal", exact=True).count() == 0
    assert_quiet(page)


def test_a_quarter_is_sealed_again_as_a_marked_revision_and_may_be_withdrawn(
    server, sample, open_page, settled
):
    page = open_page(f"{server(database=sample).url}/refresh")
    choose(page, "Refresh to", "revision 2")
    settled(page)
    press(page, settled, "Open the refresh")
    page.get_by_text("FY27-Q3.r2, a second sealing out of cycle").wait_for()
    page.reload()  # what was told is gone, so that the refusal comes where nothing stood
    unfold(settled(page), "Withdraw this refresh")
    press(page, settled, "Withdraw")
    page.get_by_text("A refresh is not withdrawn without a word.").wait_for()
    page.get_by_role("textbox", name="Why").fill("not needed after all")
    press(page, settled, "Withdraw")
    page.get_by_text("No refresh is open").wait_for()
    row = page.locator("table.p-table", has_text="Last words").locator("tbody tr").first.inner_text()
    assert "not needed after all" in row


def test_the_view_is_in_the_address_and_every_list_is_accessible(
    server, sample, open_page, settled, assert_quiet, assert_accessible_in_both_modes
):
    opened(sample, FLOOD, POLICY)
    address = server(database=sample).url
    page = open_page(f"{address}/refresh?view=reasons")
    for name in ("Reasons", "Started, finished", "Findings", "Outcomes", "Left unchanged", "Steps", "Due"):
        view(page, settled, name)
        assert_accessible_in_both_modes(page)
    assert_quiet(page)
    assert "view=due" in page.url
    page.get_by_text("Half of motor claims are simple enough to automate").wait_for()


def test_a_plan_that_was_never_sealed_is_told_the_next_step(server, empty, open_page, assert_quiet):
    page = open_page(f"{server(database=empty).url}/refresh")
    page.get_by_text("A refresh rolls the last snapshot forward, and nothing is sealed yet.").wait_for()
    page.get_by_role("link", name="Seal the first plan").wait_for()
    assert_quiet(page)

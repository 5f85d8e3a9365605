"""From draft to sealed: what each step asks for, what it writes down, and what the bare command line may do meanwhile."""

import datetime as dt

import polars as pl
import pytest

from planner.actions.checklist import find_checklist
from planner.actions.comparing import compare
from planner.actions.deciding import (
    Decision,
    approve,
    record_decision,
    return_to_draft,
    seal_refresh,
    submit,
    withdraw,
)
from planner.actions.editing import save
from planner.actions.reasoning import Given, explain
from planner.actions.refreshing import seal
from planner.actions.rolling import open_refresh, start_and_finish
from planner.actions.verifying import verify
from planner.errors import (
    ChangesUnexplained,
    CommentMissing,
    DecisionUnfit,
    ErrorsStopReview,
    EvidenceMissing,
    FindingsNotAccepted,
    NoRefresh,
    PlanChanged,
    PlanFrozen,
    SealingBound,
    StepUnfit,
)
from planner.model.edit import Edit
from planner.store.drafts import draft_version
from planner.store.ledgers import load_ledger
from planner.store.refreshes import find_open_refresh, list_refreshes
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW

WHO = {"actor": "Ann", "now": NOW}
AGREED = Decision("Executive Committee", "Approved as submitted", "it is a small step")
SAID = {"as_of": NOW.date(), "author": "Ann", "note": "Winter", "now": NOW}


def edited(db, project, field, before, after):
    edit = Edit("projects", (project,), field, before, after)
    assert save(db, [edit], **WHO).saved.applied == 1


def explained(db, evidence=""):
    checklist = find_checklist(db)
    keys = [key for change in checklist.unexplained for key in checklist.keys_of(change)]
    explain(db, keys, Given("funding", "the winter budget was cut", evidence), **WHO)


@pytest.fixture
def opened(db):
    open_refresh(db, "FY27-Q4", **WHO)
    return db


def test_a_refresh_goes_through_every_state_and_all_of_it_is_kept(opened):
    edited(opened, "PRJ-033", "cost", 340_000, 360_000)
    submit(opened, **WHO, comment="please look")
    return_to_draft(opened, actor="Bo", now=NOW, comment="say why the flood work costs more")
    explained(opened)
    submit(opened, **WHO)
    approved = approve(opened, AGREED, actor="Bo", now=NOW)
    version = seal_refresh(opened, **SAID, accept_findings=True)

    assert (version.label, version.previous) == ("FY27-Q4", "FY27-Q3")
    (kept,) = list_refreshes(opened)
    assert [(step.action, step.actor, step.comment) for step in kept.steps] == [
        ("open", "Ann", ""),
        ("submit", "Ann", "please look"),
        ("return", "Bo", "say why the flood work costs more"),
        ("submit", "Ann", ""),
        ("approve", "Bo", "Approved as submitted"),
        ("seal", "Ann", "Winter"),
    ]
    made = load_ledger(opened, "decisions").filter(pl.col("decision_id") == approved.steps[-1].decision_id)
    assert made.select(
        "decision_id", "status", "snapshot_id", "decided_by", "decision", "decided_on", "review_quarter"
    ).rows() == [
        (
            "DEC-013",
            "decided",
            "FY27-Q4",
            "Executive Committee",
            "Approved as submitted",
            NOW.date(),
            "FY28-Q1",
        )
    ]
    assert compare(opened, "FY27-Q3", "FY27-Q4").unexplained.height == 0
    assert verify(opened).broken == ()
    assert find_open_refresh(opened) is None
    assert draft_version(opened).quarter == "FY28-Q1"


def test_an_untouched_refresh_is_sealed_with_what_was_started_or_finished_and_no_other_change(opened):
    start_and_finish(opened, [("finish", "PRJ-006"), ("start", "PRJ-033")], **WHO)
    submit(opened, **WHO)
    approve(opened, AGREED, **WHO)
    seal_refresh(opened, **SAID, accept_findings=True)

    found = compare(opened, "FY27-Q3", "FY27-Q4")
    assert found.events.select("id", "kind", "reason_code").rows() == [
        ("PRJ-006", "completed", "progress"),
        ("PRJ-033", "started", "progress"),
    ]
    others = found.rows.filter(pl.col("kind") == "").select("table", "field", "change").unique().rows()
    assert set(others) == {
        ("capacity", "", "added"), ("capacity", "", "removed"),
        ("kpi_targets", "", "added"), ("kpi_targets", "", "removed"),
        ("projects", "priority_rank", "changed"),  # the gap behind what is finished closes
    }  # fmt: skip


def test_a_plan_with_errors_is_not_submitted(opened):
    link = {"from_type": "project", "from_id": "PRJ-013", "to_type": "enabler", "to_id": "ENB-999",
            "link_type": "delivers", "strength": 1}  # fmt: skip
    save(opened, [Edit("links", tuple(str(v) for v in list(link.values())[:5]), "", None, link)], **WHO)
    with pytest.raises(ErrorsStopReview, match="ENB-999"):
        submit(opened, **WHO)
    assert find_open_refresh(opened).state == "draft"


def test_closed_work_that_lives_again_is_not_submitted(opened):
    edited(opened, "PRJ-012", "status", "done", "in_progress")
    with pytest.raises(ErrorsStopReview, match="Closed stays closed"):
        submit(opened, **WHO)


def test_the_phasing_of_a_quarter_that_is_over_is_not_submitted_with_other_money(opened):
    plan = find_checklist(opened).plan
    row = plan["phasing"].filter((pl.col("quarter") == "FY27-Q3") & (pl.col("cost") > 0)).row(0, named=True)
    key = (row["project_id"], row["quarter"], row["team_id"])
    save(opened, [Edit("phasing", key, "cost", row["cost"], row["cost"] + 1)], **WHO)
    with pytest.raises(ErrorsStopReview, match="that quarter is over"):
        submit(opened, **WHO)


def test_a_save_between_the_look_and_the_submission_stops_it(opened):
    seen = find_checklist(opened).number
    edited(opened, "PRJ-033", "cost", 340_000, 360_000)
    with pytest.raises(PlanChanged):
        submit(opened, **WHO, checked=seen)
    assert find_open_refresh(opened).state == "draft"


def test_what_is_in_review_is_frozen_until_it_is_returned(opened):
    submit(opened, **WHO)
    with pytest.raises(PlanFrozen, match="the refresh to FY27-Q4 is in review, by Ann"):
        edited(opened, "PRJ-033", "cost", 340_000, 360_000)
    return_to_draft(opened, actor="Bo", now=NOW, comment="one more thing")
    edited(opened, "PRJ-033", "cost", 340_000, 360_000)


@pytest.mark.parametrize("step", [return_to_draft, withdraw])
def test_nothing_is_returned_or_withdrawn_without_a_word(opened, step):
    submit(opened, **WHO)
    with pytest.raises(CommentMissing):
        step(opened, **WHO, comment="  ")
    assert find_open_refresh(opened).state == "in_review"


def test_what_is_not_explained_is_not_approved_and_the_list_is_told(opened):
    edited(opened, "PRJ-033", "cost", 340_000, 360_000)
    submit(opened, **WHO)
    with pytest.raises(
        ChangesUnexplained, match=r"1 change to FY27-Q4 has no reason: .*\(PRJ-033\) recosted"
    ):
        approve(opened, AGREED, **WHO)
    assert find_open_refresh(opened).state == "in_review"
    assert load_ledger(opened, "decisions")["decision_id"].to_list()[-1] == "DEC-012"


@pytest.fixture
def bold(opened):
    """A plan in review whose dearest project costs half as much again."""
    edited(opened, "PRJ-017", "cost", *_half_more(opened))
    return opened


def _half_more(db):
    plan = find_checklist(db).plan
    cost = dict(plan["projects"].select("project_id", "cost").iter_rows())["PRJ-017"]
    return cost, cost * 3 // 2


def test_a_big_move_needs_evidence(bold):
    explained(bold)
    submit(bold, **WHO)
    with pytest.raises(EvidenceMissing, match=r"1 big move cites no evidence: .*\(PRJ-017\)"):
        approve(bold, AGREED, **WHO)
    return_to_draft(bold, **WHO, comment="cite what it rests on")
    checklist = find_checklist(bold)
    keys = [key for change in checklist.changes for key in checklist.keys_of(change)]
    explain(bold, keys, Given("research_finding", "the study says so", "INS-001"), **WHO)
    submit(bold, **WHO)
    assert approve(bold, AGREED, **WHO).steps[-1].evidence_missing is False


def test_a_large_step_of_small_moves_needs_evidence_too(opened):
    """No single project is a twentieth of the plan, and yet more than a quarter of its money has moved."""
    phased = load_plan(opened, "draft")["phasing"].filter(pl.col("quarter") >= "FY27-Q4")
    edits = [
        Edit(
            "phasing",
            (row["project_id"], row["quarter"], row["team_id"]),
            "cost",
            row["cost"],
            row["cost"] * 2,
        )
        for row in phased.to_dicts()
        if row["cost"]
    ]
    save(opened, edits, **WHO)
    submit(opened, **WHO)
    checklist = find_checklist(opened)

    assert (checklist.bare_moves, checklist.verdict.word) == ([], "knee_jerk")
    with pytest.raises(EvidenceMissing, match="The step is large, and only 0% of the money that moved cites"):
        approve(opened, AGREED, **WHO)
    approved = approve(opened, AGREED, **WHO, accept_missing_evidence=True)
    assert approved.steps[-1].evidence_missing is True


def test_missing_evidence_is_accepted_by_name_and_kept_in_the_step_and_the_decision(bold):
    explained(bold)
    submit(bold, **WHO)
    approved = approve(bold, AGREED, **WHO, accept_missing_evidence=True)
    assert approved.steps[-1].evidence_missing is True
    assert load_ledger(bold, "decisions").tail(1)["evidence_missing"].to_list() == [True]


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (Decision("", "Approved"), "it does not say who decided"),
        (Decision("Board", " "), "it says nothing"),
        ("DEC-999", "no such decision was made"),
        ("DEC-011", "it is about FY27-Q3"),
    ],
)
def test_an_approval_needs_a_decision_that_names_the_quarter_and_who_decided(opened, decision, told):
    submit(opened, **WHO)
    with pytest.raises(DecisionUnfit, match=told):
        approve(opened, decision, **WHO)
    assert find_open_refresh(opened).state == "in_review"


def test_an_approval_may_rest_on_a_decision_that_was_written_down_before(opened):
    submit(opened, **WHO)
    made = record_decision(opened, AGREED, "FY27-Q4", **WHO)
    assert approve(opened, made, **WHO).steps[-1].decision_id == made == "DEC-013"


def test_an_approval_answers_a_question_that_was_asked(opened):
    asked = load_ledger(opened, "decisions").filter(pl.col("status") == "asked")["decision_id"].to_list()
    submit(opened, **WHO)
    approved = approve(opened, Decision("Board", "Yes, go on", answers=asked[-1]), **WHO)
    row = load_ledger(opened, "decisions").filter(pl.col("decision_id") == asked[-1]).tail(1).to_dicts()[0]
    assert (approved.steps[-1].decision_id, row["status"], row["decision"]) == (
        asked[-1],
        "decided",
        "Yes, go on",
    )
    assert row["question"].endswith("?")


def test_the_bare_sealing_is_bound_by_an_open_refresh_and_only_warned_without_one(opened):
    edited(opened, "PRJ-033", "cost", 340_000, 360_000)
    for label in ("FY27-Q4", "FY28-Q1"):
        with pytest.raises(SealingBound):
            seal(opened, label, **SAID, accept_findings=True)
    withdraw(opened, **WHO, comment="no meeting this winter")
    version, is_fresh = seal(opened, "FY27-Q4", **SAID, accept_findings=True)
    assert (version.label, is_fresh) == ("FY27-Q4", True)


def test_the_bare_sealing_seals_what_was_approved_and_ends_the_refresh(opened):
    submit(opened, **WHO)
    approve(opened, AGREED, **WHO)
    with pytest.raises(FindingsNotAccepted):
        seal(opened, "FY27-Q4", **SAID, accept_findings=False)
    seal(opened, "FY27-Q4", **SAID, accept_findings=True)
    assert list_refreshes(opened)[-1].state == "sealed"
    _, is_fresh = seal(opened, "FY27-Q4", **SAID, accept_findings=True)
    assert not is_fresh


def test_what_is_not_approved_is_not_sealed(opened):
    with pytest.raises(StepUnfit, match="is in draft and cannot be sealed now"):
        seal_refresh(opened, **SAID, accept_findings=True)


def test_a_quarter_is_sealed_a_second_time_by_a_refresh_of_its_own(db):
    open_refresh(db, "FY27-Q3.r2", **WHO)
    edited(db, "PRJ-033", "cost", 340_000, 360_000)
    explained(db)
    submit(db, **WHO)
    approve(db, AGREED, **WHO)
    version = seal_refresh(db, **SAID, accept_findings=True)
    assert (version.label, version.quarter, version.previous) == ("FY27-Q3.r2", "FY27-Q3", "FY27-Q3")
    assert draft_version(db).quarter == "FY27-Q4"


@pytest.mark.parametrize("step", [submit, return_to_draft, withdraw])
def test_no_step_is_taken_without_a_refresh(db, step):
    with pytest.raises(NoRefresh):
        step(db, **WHO, comment="x")


def test_the_checklist_counts_what_moved_and_whose_status_would_change(opened):
    edited(opened, "PRJ-013", "end_date", dt.date(2028, 3, 31), dt.date(2029, 3, 31))
    found = find_checklist(opened)
    assert found.restless[0] == 1
    assert found.churn.weighted.value == 0
    assert {key: pair for key, pair in found.statuses.items() if pair[0] == pair[1]} == {}
    assert [one.project_id for one in found.suggestions] == ["PRJ-006", "PRJ-029", "PRJ-033"]

"""Reasons: one for many changes, what they must cite, the list of what lacks one, and what was left alone."""

import datetime as dt

import pytest

from planner.actions.checklist import find_checklist
from planner.actions.editing import save
from planner.actions.reasoning import Given, attest, explain, read_reason, refuse_unexplained
from planner.actions.rolling import open_refresh
from planner.errors import ChangesUnexplained, ItemsChanged, NoRefresh, ReasonUnfit
from planner.model.edit import Edit
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW

FUNDING = Given("funding", "the winter budget was cut")


def edited(db, *cells):
    edits = [Edit("projects", (project,), field, before, after) for project, field, before, after in cells]
    assert save(db, edits, actor="Ann", now=NOW).saved.applied == len(cells)


@pytest.fixture
def opened(db):
    open_refresh(db, "FY27-Q4", actor="Ann", now=NOW)
    edited(
        db,
        ("PRJ-013", "cost", 1_560_000, 1_700_000),
        ("PRJ-033", "cost", 340_000, 360_000),
        ("PRJ-022", "sponsor", stored(db, "PRJ-022", "sponsor"), "Bo"),
    )
    return db


def stored(db, project, field):
    projects = load_plan(db, "draft")["projects"]
    return dict(projects.select("project_id", field).iter_rows())[project]


def give(db, changes, given=FUNDING):
    checklist = find_checklist(db)
    keys = [key for change in checklist.changes if change.id in changes for key in checklist.keys_of(change)]
    return explain(db, keys, given, actor="Ann", now=NOW)


def test_the_list_of_changes_without_a_reason_is_computed_from_drift(opened):
    assert [(change.id, change.kinds) for change in find_checklist(opened).unexplained] == [
        ("PRJ-013", ("recosted",)),
        ("PRJ-022", ("owner_changed",)),
        ("PRJ-033", ("recosted",)),
    ]
    edited(opened, ("PRJ-013", "cost", 1_700_000, 1_560_000))
    assert [change.id for change in find_checklist(opened).unexplained] == ["PRJ-022", "PRJ-033"]


def test_one_reason_explains_many_changes_and_no_others(opened):
    assert give(opened, {"PRJ-013", "PRJ-033"}).applied == 2
    checklist = find_checklist(opened)
    assert [change.id for change in checklist.unexplained] == ["PRJ-022"]
    assert {(c.id, c.reason_code, c.reason) for c in checklist.changes if c.reason} == {
        ("PRJ-013", "funding", "the winter budget was cut"),
        ("PRJ-033", "funding", "the winter budget was cut"),
    }


def test_a_reason_is_replaced_and_cites_what_it_rests_on(opened):
    give(opened, {"PRJ-013"})
    give(opened, {"PRJ-013"}, Given("research_finding", "the prototype showed the way", "INS-001", "DEC-011"))
    row = load_plan(opened, "draft")["reasons"].row(0, named=True)
    assert row == {
        "table": "projects",
        "id": "PRJ-013",
        "kind": "recosted",
        "field": "cost",
        "reason_code": "research_finding",
        "reason_text": "the prototype showed the way",
        "evidence_id": "INS-001",
        "decision_id": "DEC-011",
    }


def test_a_move_of_both_dates_is_one_change_and_one_reason_covers_its_rows(opened):
    edited(
        opened,
        ("PRJ-021", "start_date", dt.date(2027, 7, 1), dt.date(2027, 10, 1)),
        ("PRJ-021", "end_date", dt.date(2028, 6, 30), dt.date(2028, 12, 31)),
    )
    moved = [change for change in find_checklist(opened).unexplained if change.id == "PRJ-021"]
    assert [(change.kinds, change.end_moved) for change in moved] == [(("deferred", "extended"), 2)]
    assert give(opened, {"PRJ-021"}).applied == 2
    assert "PRJ-021" not in {change.id for change in find_checklist(opened).unexplained}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("because the supplier slipped.", "the supplier slipped"),
        ("  the  supplier\nslipped … ", "the supplier slipped"),
    ],
)
def test_a_reason_is_read_as_the_tail_of_because(typed, said):
    assert read_reason("delivery", typed) == Given("delivery", said)


@pytest.mark.parametrize(
    ("code", "text", "told"),
    [
        ("", "the supplier slipped", "it has no sort"),
        ("weather", "the supplier slipped", "it has no sort"),
        ("delivery", "late", "'late' has 4 characters"),
        ("delivery", "x" * 201, "has 201 characters"),
        ("research_finding", "the prototype pays off", "a research finding cites"),
        ("lesson_learnt", "we asked too late", "a lesson learnt cites"),
    ],
)
def test_a_reason_that_says_too_little_is_not_taken(code, text, told):
    with pytest.raises(ReasonUnfit, match=told):
        read_reason(code, text)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Given("funding", "the budget was cut", "INS-999"), "'INS-999' is no insight"),
        (Given("funding", "the budget was cut", "", "DEC-999"), "no decision 'DEC-999'"),
    ],
)
def test_what_is_cited_must_be_written_down(opened, given, told):
    with pytest.raises(ReasonUnfit, match=told):
        give(opened, {"PRJ-013"}, given)
    assert load_plan(opened, "draft")["reasons"].is_empty()


def test_a_reason_for_nothing_is_not_taken(opened):
    with pytest.raises(ReasonUnfit, match="explains nothing"):
        explain(opened, [("projects", "PRJ-019", "recosted", "cost")], FUNDING, actor="Ann", now=NOW)


def test_what_was_left_alone_is_attested_by_item_and_in_bulk(opened):
    before = find_checklist(opened)
    assert ("projects", "PRJ-013") not in before.unattested
    assert ("projects", "PRJ-019") in before.unattested
    assert not any(key == "PRJ-001" for _, key in before.unattested)  # finished work is not looked at again

    assert attest(opened, [("projects", "PRJ-019")], actor="Ann", now=NOW) == 1
    assert find_checklist(opened).attested == {("projects", "PRJ-019"): ("Ann", NOW)}
    assert (
        attest(opened, find_checklist(opened).unattested, actor="Bo", now=NOW) == len(before.unattested) - 1
    )
    assert find_checklist(opened).unattested == []


def test_an_item_that_changes_after_it_was_attested_counts_as_changed(opened):
    attest(opened, [("projects", "PRJ-019")], actor="Ann", now=NOW)
    cost = stored(opened, "PRJ-019", "cost")
    edited(opened, ("PRJ-019", "cost", cost, cost + 1))
    assert find_checklist(opened).attested == {}


def test_what_changed_is_not_attested_as_left_alone(opened):
    with pytest.raises(ItemsChanged, match="not as sealed"):
        attest(opened, [("projects", "PRJ-019"), ("projects", "PRJ-013")], actor="Ann", now=NOW)
    assert find_checklist(opened).attested == {}


def test_nothing_is_attested_without_a_refresh(db):
    with pytest.raises(NoRefresh):
        attest(db, [("projects", "PRJ-019")], actor="Ann", now=NOW)
    assert find_checklist(db) is None


def test_the_quarters_of_a_team_want_one_reason_and_take_it(opened):
    plan = load_plan(opened, "draft")
    rows = plan["capacity"].filter(team_id="TEAM-03").head(3).iter_rows(named=True)
    edits = [Edit("capacity", ("TEAM-03", row["quarter"]), "fte", row["fte"], row["fte"] + 1) for row in rows]
    save(opened, edits, actor="Ann", now=NOW)
    assert [one.id for one in find_checklist(opened).unexplained if one.quarters] == ["TEAM-03"]
    with pytest.raises(ChangesUnexplained, match=r": TEAM-03 capacity changed"):
        refuse_unexplained(find_checklist(opened).comparison, "FY27-Q4")
    assert give(opened, {"TEAM-03"}).applied == 1
    checklist = find_checklist(opened)
    assert [one.id for one in checklist.unexplained if one.quarters] == []
    assert set(checklist.comparison.events.filter(table="capacity")["reason"]) == {FUNDING.text}

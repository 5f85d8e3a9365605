"""The states of a refresh: which step may follow, what is written down of it, and what an open one forbids."""

import datetime as dt
import itertools

import duckdb
import pytest

from planner.errors import NoRefresh, PlanFrozen, RefreshIsOpen, SealingBound, StepUnfit
from planner.model.refresh import APPROVE, OPEN, RETURN, SEAL, STATE_AFTER, STEPS_FROM, SUBMIT, WITHDRAW, Step
from planner.store.drafts import apply_edits, redo_last_undo, replace_draft, undo_last_save, undo_saves
from planner.store.refreshes import (
    append_attestations,
    append_step,
    begin_refresh,
    find_open_refresh,
    list_refreshes,
    load_attestations,
    load_open_refresh,
)
from planner.store.snapshots import load_plan
from planner.store.versions import list_versions
from tests.store.small import NOW, cell, frame, save, seal

LATER = NOW + dt.timedelta(hours=1)
COST = cell("P-1", "cost", 12, 13)


def step(action, **more):
    return Step(action, "ann", NOW, **more)


def begin(db, *actions, label="FY28-Q2"):
    begin_refresh(db, label, "FY28-Q1.r2", step(OPEN))
    for action in actions:
        append_step(db, step(action))


def test_each_step_is_kept_with_who_when_and_what_was_said(sealed):
    begin_refresh(sealed, "FY28-Q2", "FY28-Q1.r2", Step(OPEN, "ann", NOW, "spring", number=4))
    append_step(sealed, Step(SUBMIT, "ann", LATER, "please look", number=5))
    append_step(sealed, Step(RETURN, "bo", LATER, "why so late?", number=5))
    append_step(sealed, Step(SUBMIT, "ann", LATER, number=6))
    append_step(sealed, Step(APPROVE, "bo", LATER, "agreed", "DEC-013", evidence_missing=True, number=6))

    (kept,) = list_refreshes(sealed)
    assert (kept.number, kept.label, kept.baseline, kept.state) == (1, "FY28-Q2", "FY28-Q1.r2", "approved")
    assert [(one.action, one.actor, one.taken_on, one.comment, one.number) for one in kept.steps] == [
        ("open", "ann", NOW, "spring", 4),
        ("submit", "ann", LATER, "please look", 5),
        ("return", "bo", LATER, "why so late?", 5),
        ("submit", "ann", LATER, "", 6),
        ("approve", "bo", LATER, "agreed", 6),
    ]
    assert (kept.last(APPROVE).decision_id, kept.last(APPROVE).evidence_missing) == ("DEC-013", True)
    assert kept.last(WITHDRAW) is None


def test_one_refresh_is_open_at_a_time_and_the_next_may_follow(sealed):
    with pytest.raises(NoRefresh):
        load_open_refresh(sealed)
    begin(sealed)
    with pytest.raises(RefreshIsOpen, match="FY28-Q2 is already open; it is in draft"):
        begin(sealed, label="FY28-Q3")
    append_step(sealed, step(WITHDRAW))
    assert find_open_refresh(sealed) is None
    begin(sealed, label="FY28-Q3")
    assert [refresh.number for refresh in list_refreshes(sealed)] == [1, 2]


_WAYS = {"draft": (), "in_review": (SUBMIT,), "approved": (SUBMIT, APPROVE)}
_TRIED = [
    (state, action) for state, action in itertools.product(_WAYS, (SUBMIT, RETURN, APPROVE, SEAL, WITHDRAW))
]


@pytest.mark.parametrize(("state", "action"), _TRIED)
def test_only_the_steps_of_the_domain_follow_each_other(sealed, state, action):
    begin(sealed, *_WAYS[state])
    if action in STEPS_FROM[state]:
        assert append_step(sealed, step(action)).state == STATE_AFTER[action]
    else:
        with pytest.raises(StepUnfit) as refused:
            append_step(sealed, step(action))
        assert refused.value.headline.startswith("The refresh to FY28-Q2 is ")
        assert find_open_refresh(sealed).state == state


@pytest.mark.parametrize("actions", [(SUBMIT,), (SUBMIT, APPROVE)])
def test_what_is_in_review_or_approved_is_changed_by_no_save_import_or_undo(sealed, actions):
    save(sealed, COST)
    before = load_plan(sealed, "draft")
    begin(sealed, *actions)
    for change in (
        lambda: apply_edits(sealed, [cell("P-1", "cost", 13, 14)], actor="bo", now=NOW),
        lambda: replace_draft(
            sealed, {"projects": frame("projects", {"project_id": "X", "name": "X"})}, actor="bo", now=NOW
        ),
        lambda: undo_last_save(sealed, actor="ann", now=NOW),
        lambda: undo_saves(sealed, [4], actor="ann", now=NOW),
        lambda: redo_last_undo(sealed, actor="ann", now=NOW),
        lambda: append_attestations(sealed, 1, [("projects", "P-1")], actor="bo", now=NOW),
    ):
        with pytest.raises(PlanFrozen, match=r"the refresh to FY28-Q2 is (in review|approved), by ann"):
            change()
    assert load_plan(sealed, "draft") == before


def test_a_plan_in_draft_or_returned_is_saved_to(sealed):
    begin(sealed)
    save(sealed, COST)
    append_step(sealed, step(SUBMIT))
    append_step(sealed, step(RETURN))
    assert save(sealed, cell("P-1", "cost", 13, 14)).applied == 1


def test_an_open_refresh_lets_only_its_own_approved_sealing_pass_and_ends_with_it(sealed):
    begin(sealed)
    with pytest.raises(SealingBound, match="FY28-Q2 has an open refresh that is in draft"):
        seal(sealed, "FY28-Q2")
    append_step(sealed, step(SUBMIT))
    append_step(sealed, step(APPROVE))
    with pytest.raises(SealingBound, match="so FY28-Q3 cannot be sealed"):
        seal(sealed, "FY28-Q3")
    assert len(list_versions(sealed)) == 4

    seal(sealed, "FY28-Q2")
    (kept,) = list_refreshes(sealed)
    assert (kept.state, kept.is_open, kept.steps[-1].action) == ("sealed", False, SEAL)
    assert save(sealed, COST).applied == 1


def test_a_sealing_without_a_refresh_writes_no_step(sealed):
    seal(sealed, "FY28-Q2")
    assert list_refreshes(sealed) == []


def test_what_was_attested_is_kept_once_with_who_did_first(sealed):
    begin(sealed)
    items = [("projects", "P-1"), ("outcomes", "O-1")]
    assert append_attestations(sealed, 1, [*items, items[0]], actor="ann", now=NOW) == 2
    assert append_attestations(sealed, 1, items, actor="bo", now=LATER) == 0
    assert load_attestations(sealed, 1) == dict.fromkeys(items, ("ann", NOW))
    assert append_attestations(sealed, 1, [], actor="bo", now=LATER) == 0
    assert load_attestations(sealed, 2) == {}


@pytest.mark.parametrize("table", ["refresh_steps", "attestations"])
def test_what_happened_to_a_refresh_is_never_changed(sealed, table):
    begin(sealed)
    append_attestations(sealed, 1, [("projects", "P-1")], actor="ann", now=NOW)
    for statement in (f"UPDATE {table} SET actor = 'eve'", f"DELETE FROM {table}"):
        with pytest.raises(duckdb.Error, match="only grows"), sealed.writing() as cursor:
            cursor.execute(statement)

"""Checking a version: what it does to the snapshot before it is found with all else, shown, accepted and kept."""

import pytest

from planner.actions.checking import check
from planner.actions.checklist import find_checklist
from planner.actions.editing import save
from planner.actions.refreshing import prepare_sealing, seal
from planner.actions.rolling import open_refresh
from planner.actions.row_findings import findings_by_row
from planner.errors import FindingsNotAccepted
from planner.model.edit import Edit
from planner.rules.checks import count_by_code
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW
from tests.sample_plans import LABELS

DONE = "PRJ-001"


def reopen(db):
    edit = Edit("projects", (DONE,), "status", "done", "in_progress")
    assert save(db, [edit], actor="Ann", now=NOW).saved.applied == 1


def close(db, *, accept):
    return seal(db, "FY27-Q4", as_of=NOW.date(), author="Ann", note="", accept_findings=accept, now=NOW)[0]


@pytest.mark.parametrize("label", LABELS)
def test_a_snapshot_is_found_to_have_the_warnings_that_were_accepted_with_it(db, label):
    version, findings = check(db, label)
    assert count_by_code(findings) == dict(version.findings)


def test_closed_work_that_lives_again_is_a_warning_of_the_draft(db):
    before = check(db, "draft")[1]
    reopen(db)
    (found,) = [finding for finding in check(db, "draft")[1] if finding.code == "closed_reopened"]

    assert not [finding for finding in before if finding.code == "closed_reopened"]
    assert (found.severity, found.table, found.id, found.field) == ("warning", "projects", DONE, "status")


def test_it_is_shown_before_a_sealing_accepted_by_name_and_kept_on_the_snapshot(db):
    reopen(db)
    shown = prepare_sealing(db).warnings
    with pytest.raises(FindingsNotAccepted, match="closed_reopened"):
        close(db, accept=False)
    version = close(db, accept=True)

    assert shown["closed_reopened"] == 1
    assert dict(version.findings) == shown
    assert "closed_reopened" not in prepare_sealing(db).warnings  # it is so now in the last snapshot


def test_a_refresh_stops_at_what_a_bare_sealing_may_accept(db):
    open_refresh(db, "FY27-Q4", actor="Ann", now=NOW)
    reopen(db)

    assert [found.code for found in find_checklist(db).errors] == ["closed_reopened"]


def test_changed_phasing_of_a_quarter_that_is_over_stands_beside_its_row_and_its_project(db):
    plan = load_plan(db, "FY27-Q3")
    past = plan["phasing"].filter(plan["phasing"]["quarter"] == "FY27-Q1").row(0, named=True)
    key = (past["project_id"], past["quarter"], past["team_id"])
    edit = Edit("phasing", key, "person_days", past["person_days"], (past["person_days"] or 0) + 7)
    save(db, [edit], actor="Ann", now=NOW)
    found = [finding for finding in check(db, "draft")[1] if finding.code == "past_phasing"]

    draft = load_plan(db, "draft")
    assert findings_by_row(draft, found, "phasing") == {":".join(key): found}
    assert findings_by_row(draft, found, "projects") == {past["project_id"]: found}

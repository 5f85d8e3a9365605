"""A row leaves with what means nothing without it; what only names it is emptied; all of it can be taken back."""

import pytest

from planner.actions.editing import save
from planner.actions.removing import hanging_rows, mentions, remove_item, take_back
from planner.actions.unsaved import add_row, put_cells
from planner.model.tables import TABLES
from planner.rules.checks import errors_of, find_findings
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW
from tests.sample_plans import sample_plan

PLAN = sample_plan("FY27-Q3")
MOTOR = ("PRJ-013",)
NEW = {"project_id": "PRJ-500", "name": "New", "status": "proposed"}


def test_a_project_leaves_with_what_means_nothing_without_it():
    typed = put_cells(PLAN, [], "projects", [(MOTOR, "cost", "1")])
    edits = remove_item(PLAN, typed, "projects", MOTOR)
    tables = {edit.table for edit in edits}
    assert {"projects", "links", "phasing", "dependencies"} <= tables
    assert all(edit.after is None and edit.is_row for edit in edits)
    assert {edit.key for edit in edits if edit.table == "links"} == {
        key for table, key in hanging_rows(PLAN, [], "projects", MOTOR) if table == "links"
    }


def test_a_project_and_a_link_that_only_joined_are_forgotten():
    link = {
        "from_type": "project", "from_id": "PRJ-500", "to_type": "enabler", "to_id": "ENB-001",
        "link_type": "delivers", "strength": "2",
    }  # fmt: skip
    edits = add_row(add_row([], "projects", NEW), "links", link)
    assert remove_item(PLAN, edits, "projects", ("PRJ-500",)) == []


def test_an_outcome_takes_its_measures_and_their_targets_along():
    hanging = hanging_rows(PLAN, [], "outcomes", ("OUT-001",))
    counts = {table: sum(name == table for name, _ in hanging) for table, _ in hanging}
    assert counts == {"links": 2, "kpis": 2, "kpi_targets": 40}


def test_a_team_leaves_its_enablers_and_projects_without_one():
    edits = remove_item(PLAN, [], "teams", ("TEAM-01",))
    emptied = {(edit.table, edit.field) for edit in edits if not edit.is_row}
    assert emptied == {("enablers", "owner_team_id"), ("projects", "lead_team_id")}
    assert len([edit for edit in edits if not edit.is_row]) == len(mentions(PLAN, "teams", ("TEAM-01",)))
    assert {edit.table for edit in edits if edit.is_row} == {"teams", "capacity", "phasing"}


def test_a_reference_that_was_changed_already_is_left_as_it_was_typed():
    key = ("CAP-006",)
    typed = put_cells(PLAN, [], "capabilities", [(key, "parent_id", "CAP-002")])
    edits = remove_item(PLAN, typed, "capabilities", ("CAP-001",))
    assert [edit.after for edit in edits if edit.key == key] == ["CAP-002"]


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("outcomes", "OUT-001"),
        ("capabilities", "CAP-001"),
        ("enablers", "ENB-001"),
        ("teams", "TEAM-01"),
        ("kpis", "KPI-001"),
    ],
)
def test_what_is_left_can_be_saved_and_has_no_error(db, table, key):
    plan = load_plan(db, "draft")
    edits = remove_item(plan, [], table, (key,))
    assert save(db, edits, actor="asha", now=NOW).saved.conflicts == ()
    left = load_plan(db, "draft")
    assert key not in left[table][TABLES[table].key[0]]
    assert errors_of(find_findings(left, left.calendar.parse("FY27-Q4"))) == []


def test_taking_back_a_removal_forgets_all_of_it_and_nothing_else():
    typed = put_cells(PLAN, [], "projects", [(("PRJ-033",), "cost", "1")])
    edits = remove_item(PLAN, typed, "teams", ("TEAM-01",))
    whole = next(edit for edit in edits if edit.table == "teams")
    assert take_back(PLAN, edits, whole) == typed


def test_taking_back_an_addition_forgets_what_was_added_to_it():
    typed = put_cells(PLAN, [], "projects", [(("PRJ-033",), "cost", "1")])
    edits = add_row(typed, "teams", {"team_id": "TEAM-09", "name": "New"})
    edits = add_row(edits, "capacity", {"team_id": "TEAM-09", "quarter": "FY28-Q1", "fte": "2"})
    whole = next(edit for edit in edits if edit.table == "teams")
    assert take_back(PLAN, edits, whole) == typed

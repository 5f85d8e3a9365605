"""What each version changed of an item, in words and with its reason; what only rolled on is no change."""

import pytest

from planner.actions.comparing import compare
from planner.actions.item_history import has_row, past_of_items
from planner.store.snapshots import load_plan


@pytest.fixture
def past(db):
    def between(baseline, current):
        plans = load_plan(db, baseline), load_plan(db, current)
        return past_of_items(*plans, compare(db, baseline, current))

    return between


def test_a_change_is_told_with_its_reason(past):
    found = past("FY27-Q2", "FY27-Q3")
    assert found["enablers", "ENB-011"].reason == "the payments hub is in live use"
    assert found["enablers", "ENB-011"].said.startswith("Life cycle")
    assert found["projects", "PRJ-033"].said.startswith("joined the plan; 3 links")
    assert found["capabilities", "CAP-016"].needs_reason


def test_what_belongs_to_an_item_is_counted_for_it(past):
    found = past("FY27-Q2", "FY27-Q3")
    assert "phasing rows" in found["projects", "PRJ-022"].said
    assert not any(table == "kpis" for table, _ in found)  # their targets only rolled on by a quarter
    assert ("teams", "TEAM-01") not in found


def test_nothing_is_told_of_a_version_and_itself(past):
    assert past("FY27-Q3", "FY27-Q3") == {}


def test_a_version_has_its_rows_and_no_others(db):
    plan = load_plan(db, "FY26-Q2")
    assert has_row(plan, "outcomes", "OUT-001")
    assert not has_row(plan, "projects", "PRJ-033")

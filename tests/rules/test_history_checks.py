"""What was sealed stays: closed work, the phasing of quarters that are over, starts that were made, life cycles."""

import datetime as dt
from itertools import pairwise

import pytest

from planner.rules.history_checks import history_findings
from tests.rules.small_plans import enabler, outcome, plan, project
from tests.sample_plans import LABELS, sample_plan


def codes(before, after, label="FY27-Q4"):
    return [(found.code, found.id) for found in history_findings(before, after, after.calendar.parse(label))]


@pytest.mark.parametrize("closed", ["done", "cancelled"])
def test_closed_stays_closed_whatever_the_reason(closed):
    before = plan(projects=[project("P1", status=closed), project("P2", status=closed)])
    after = plan(
        projects=[project("P1", status="in_progress"), project("P2", status="cancelled")],
        reasons=[{"table": "projects", "id": "P1", "kind": "", "field": "", "reason_code": "correction"}],
    )
    (found,) = history_findings(before, after, after.calendar.parse("FY27-Q4"))
    assert (found.code, found.id, found.severity) == ("closed_reopened", "P1", "warning")
    assert "split from P1" in found.message


def phased(*rows, **more):
    columns = ("project_id", "quarter", "team_id", "cost")
    return plan(
        projects=[project("P1")], phasing=[dict(zip(columns, row, strict=True)) for row in rows], **more
    )


def test_money_of_a_quarter_that_is_over_is_frozen_and_what_lies_ahead_is_not():
    before = phased(("P1", "FY27-Q3", "T1", 60), ("P1", "FY27-Q4", "T1", 40))
    ahead = phased(("P1", "FY27-Q3", "T1", 60), ("P1", "FY28-Q1", "T1", 40))
    behind = phased(("P1", "FY27-Q3", "T1", 50), ("P1", "FY27-Q4", "T1", 50))
    gone = phased(("P1", "FY27-Q4", "T1", 40))

    assert codes(before, ahead) == []
    assert codes(before, behind) == codes(before, gone) == [("past_phasing", "P1:FY27-Q3:T1")]


def test_each_row_of_a_quarter_that_is_over_is_named_once():
    before = phased(("P1", "FY27-Q3", "T1", 60), ("P1", "FY27-Q3", "T2", 40), ("P1", "FY27-Q3", "T3", 5))
    after = phased(("P1", "FY27-Q3", "T1", 100), ("P1", "FY27-Q3", "T3", 5))

    assert codes(before, after) == [("past_phasing", "P1:FY27-Q3:T1"), ("past_phasing", "P1:FY27-Q3:T2")]
    said = history_findings(before, after, after.calendar.parse("FY27-Q4"))[0].message
    assert said.startswith("The phasing of P1 in FY27-Q3 by T1 is not what was sealed")


def test_a_correction_may_change_the_past():
    before = phased(("P1", "FY27-Q3", "T1", 60))
    why = [{"table": "projects", "id": "P1", "kind": "", "field": "", "reason_code": "correction"}]
    assert codes(before, phased(("P1", "FY27-Q3", "T1", 50), reasons=why)) == []
    for_the_row = [{**why[0], "table": "phasing", "id": "P1:FY27-Q3:T1"}]
    assert codes(before, phased(("P1", "FY27-Q3", "T1", 50), reasons=for_the_row)) == []


def test_work_that_joins_with_a_past_of_its_own_breaks_nothing():
    assert codes(plan(), phased(("P1", "FY27-Q3", "T1", 60))) == []


def test_the_start_of_work_in_progress_is_a_fact():
    before = plan(projects=[project("P1", status="in_progress"), project("P2")])
    after = plan(
        projects=[
            project("P1", status="in_progress", start_date=dt.date(2027, 7, 1)),
            project("P2", start_date=dt.date(2027, 7, 1)),
        ]
    )
    assert codes(before, after) == [("start_moved_after", "P1")]


def test_a_life_cycle_goes_back_only_as_a_correction():
    before = plan(enablers=[enabler("E1", lifecycle="active"), enabler("E2", lifecycle="plan")])
    back = [enabler("E1", lifecycle="phase_in"), enabler("E2", lifecycle="active")]
    why = [
        {
            "table": "enablers",
            "id": "E1",
            "kind": "lifecycle_changed",
            "field": "",
            "reason_code": "correction",
        }
    ]

    assert codes(before, plan(enablers=back)) == [("lifecycle_back", "E1")]
    assert codes(before, plan(enablers=back, reasons=why)) == []


def test_an_outcome_that_was_reached_is_wanted_again_only_as_a_correction():
    before = plan(outcomes=[outcome("O1", status="achieved"), outcome("O2", status="active")])
    again = [outcome("O1", status="active"), outcome("O2", status="retired")]
    why = [{"table": "outcomes", "id": "O1", "kind": "", "field": "", "reason_code": "correction"}]

    assert codes(before, plan(outcomes=again)) == [("outcome_reopened", "O1")]
    assert codes(before, plan(outcomes=again, reasons=why)) == []


@pytest.mark.parametrize(("before", "after"), list(pairwise(LABELS)))
def test_the_quarters_of_the_sample_keep_their_past(before, after):
    assert codes(sample_plan(before), sample_plan(after), after) == []

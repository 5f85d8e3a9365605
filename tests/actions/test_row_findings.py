"""Findings sorted to the rows that they are about, whatever they belong to."""

from planner.actions.row_findings import findings_by_row, needed_reference
from planner.model.finding import Finding
from planner.rules.checks import find_findings
from tests.sample_plans import sample_plan

PLAN = sample_plan("FY27-Q3")


def finding(table, row):
    return Finding("warning", "code", table, row, "", "Said.")


def test_a_finding_climbs_to_what_its_row_belongs_to():
    found = [
        finding("kpi_targets", "KPI-001:FY28-Q1"),
        finding("kpis", "KPI-002"),
        finding("links", "capability:CAP-013>outcome:OUT-001:contributes"),
        finding("outcomes", ""),
        finding("outcomes", "OUT-999"),
        finding("settings", "currency"),
    ]
    assert findings_by_row(PLAN, found, "outcomes") == {"OUT-001": found[:2], "": [found[3]]}
    assert findings_by_row(PLAN, found, "kpis") == {"KPI-001": [found[0]], "KPI-002": [found[1]]}
    assert findings_by_row(PLAN, found, "capabilities") == {"CAP-013": [found[2]]}


def test_rows_without_a_name_keep_their_own():
    found = [
        finding("capacity", "TEAM-01:FY28-Q1"),
        finding("dependencies", "PRJ-001:PRJ-013:finish_to_start"),
    ]
    assert findings_by_row(PLAN, found, "capacity") == {"TEAM-01:FY28-Q1": [found[0]]}
    assert findings_by_row(PLAN, found, "teams") == {"TEAM-01": [found[0]]}
    assert findings_by_row(PLAN, found, "dependencies") == {"PRJ-001:PRJ-013:finish_to_start": [found[1]]}


def test_every_finding_of_the_sample_has_a_row():
    found = find_findings(PLAN, PLAN.calendar.parse("FY28-Q1"))
    assert found
    for table in {one.table for one in found}:
        own = [one for one in found if one.table == table]
        sorted_out = findings_by_row(PLAN, own, table)
        assert sum(len(of_row) for of_row in sorted_out.values()) == len(own)


def test_a_row_belongs_to_the_first_item_that_it_cannot_be_without():
    named = {
        table: getattr(needed_reference(table), "name", None) for table in ("kpis", "phasing", "projects")
    }
    assert named == {"kpis": "outcome_id", "phasing": "project_id", "projects": None}

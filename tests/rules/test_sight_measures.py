"""Line of sight worn off, work that serves another outcome, reasons by money, value disturbed, single points."""

import polars as pl
import pytest
from hypothesis import given, settings

from planner.model.quarter import Calendar
from planner.rules.benefits import benefit_rates
from planner.rules.churn import churn
from planner.rules.conflicts import dependency_conflicts
from planner.rules.disturbance import value_disturbed, volatility
from planner.rules.drift import drift
from planner.rules.heat import capability_heat, hot_and_unserved
from planner.rules.reason_mix import reason_mix
from planner.rules.sight_erosion import justification_drift, sight_erosion
from planner.rules.single_points import single_points
from tests.plans import plans
from tests.rules.small_plans import capability, enabler, link, outcome, plan, project, worked_example
from tests.rules.test_churn import AFTER, BEFORE, planned

CALENDAR = Calendar(4)
NOW = CALENDAR.parse("FY27-Q1")
BOTH = (NOW, NOW)
PHASING = [
    {"project_id": key, "quarter": "FY27-Q2", "team_id": "T1", "cost": cost}
    for key, cost in (("P1", 400), ("P2", 200))
]


def with_links(*links):
    example = worked_example()
    return plan(
        projects=example["projects"].to_dicts(),
        outcomes=example["outcomes"].to_dicts(),
        capabilities=example["capabilities"].to_dicts(),
        enablers=example["enablers"].to_dicts(),
        phasing=PHASING,
        links=list(links),
    )


UP = (link("E1", "C1", 3), link("C1", "O1", 3), link("C2", "O2", 2))


def test_money_whose_way_to_an_outcome_was_cut_is_told_by_project():
    before = with_links(*UP, link("P1", "E1"), link("P2", "C2"))
    after = with_links(*UP, link("P2", "C2"))
    found = sight_erosion(before, after, BOTH)
    assert (found.before.value, found.after.value) == (1.0, pytest.approx(1 / 3))
    assert found.change.value == pytest.approx(-2 / 3)
    assert found.lost.value == 400
    assert found.lost.rows.select("project_id", "reach_before", "reach_after", "lost").rows() == [
        ("P1", 1, 0, 400)
    ]
    assert sight_erosion(after, before, BOTH).lost.value == 0


def test_without_money_or_common_work_erosion_is_empty_with_a_reason():
    bare = plan(projects=[project()])
    found = sight_erosion(bare, plan(projects=[project("P9")]), BOTH)
    assert found.change.reason == "No money is phased by quarter from here on."
    assert found.lost.reason == "No work is live in both plans."
    assert justification_drift(bare, bare).reason.startswith("No work that is live in both plans leads to")


def test_the_same_project_may_serve_another_outcome():
    before = with_links(*UP, link("P1", "E1"), link("P2", "C2"))
    after = with_links(*UP, link("P1", "E1", 1), link("P1", "C2", 3), link("P2", "C2"))
    found = justification_drift(before, after)
    assert found.value == 1
    assert found.rows.select("project_id", "before", "after").rows() == [("P1", "O1", "O2")]
    assert justification_drift(before, before).value == 0


def told(*rows):
    names = ("id", "kind", "field", "reason_code")
    return pl.DataFrame([dict(zip(names, row, strict=True)) | {"table": "projects"} for row in rows])


def test_moved_money_has_the_reason_of_what_moved_it_most():
    moved = churn(planned(BEFORE), planned(AFTER), BOTH)
    rows = told(
        ("P1", "rag_changed", "rag", "delivery"),
        ("P1", "deferred", "start_date", "funding"),
        ("P4", "added", "", "environment"),
        ("P2", "recosted", "cost", "correction"),
    )
    found = reason_mix(moved, rows)
    assert found.rows.rows() == [
        ("funding", 1, 100.0, pytest.approx(100 / 162)),
        ("environment", 1, 50.0, pytest.approx(50 / 162)),
        ("", 1, 12.0, pytest.approx(12 / 162)),
    ]
    assert found.value == pytest.approx(150 / 162)
    still = reason_mix(churn(planned(BEFORE), planned(BEFORE), BOTH), rows)
    assert (still.rows.height, still.value) == (0, None)


def test_value_is_disturbed_where_projects_moved_and_not_where_their_rating_did():
    before, after = worked_example(), worked_example(rag="red")
    assert value_disturbed(before, drift(before, after).rows).value == 0
    gone = drift(before, worked_example(status="cancelled")).rows
    found = value_disturbed(before, gone)
    assert found.value == pytest.approx(57.75)
    assert found.rows["project_id"].to_list() == ["P1"]
    assert volatility(before, gone).value == 0.5


def test_without_weights_or_live_work_nothing_is_disturbed_or_changed():
    bare = plan(projects=[project(status="done")])
    rows = drift(bare, bare).rows
    assert value_disturbed(bare, rows).reason.startswith("No outcome")
    assert volatility(bare, rows).reason == "The plan before has no live project."


def test_an_outcome_hangs_on_what_lies_on_every_way_to_it():
    found = single_points(worked_example())
    assert found.rows() == [("O2", "capability", "C2")]
    alone = single_points(worked_example(status="done"))
    assert alone.rows() == [
        ("O1", "project", "P2"),
        ("O2", "capability", "C2"),
        ("O2", "project", "P2"),
    ]


def test_the_worked_example_of_heat_rolls_up_by_importance_and_keeps_the_hottest():
    levels = [("C1", 4, 3, 5), ("C2", 5, 2, 5), ("C3", 4, 1, 3)]
    parts = [
        capability(key, parent_id="TOP", importance=weight, maturity_current=now, maturity_target=target)
        for key, weight, now, target in levels
    ]
    heat = capability_heat(plan(capabilities=[capability("TOP"), *parts, capability("X")]))
    rows = {row["capability_id"]: row for row in heat.to_dicts()}
    assert (rows["C2"]["gap"], rows["C2"]["heat"], rows["C2"]["band"]) == (3, 15, "high")
    assert rows["C1"]["band"] == "medium"
    assert (rows["TOP"]["gap"], rows["TOP"]["heat"]) == (pytest.approx(31 / 13), 15)
    assert (rows["X"]["gap"], rows["X"]["heat"], rows["X"]["band"]) == (None, None, "")


def test_a_gap_that_no_live_work_reaches_is_named_and_a_circle_of_parents_ends():
    wanting = {"importance": 2, "maturity_current": 1, "maturity_target": 3}
    reached = plan(
        projects=[project()],
        enablers=[enabler()],
        outcomes=[outcome()],
        capabilities=[
            capability("C1", **wanting),
            capability("C2", **wanting),
            capability("A", parent_id="B"),
            capability("B", parent_id="A"),
        ],
        links=[link("P1", "E1"), link("E1", "C1")],
    )
    assert hot_and_unserved(reached) == ["C2"]
    assert capability_heat(reached).filter(pl.col("has_parts"))["gap"].to_list() == [None, None]


def waiting(kind, lag=None, **cells):
    """P1 is planned for FY28-Q1 and Q2; P2 waits for it."""
    return plan(
        projects=[project("P1", **cells), project("P2")],
        dependencies=[{"predecessor_id": "P1", "successor_id": "P2", "kind": kind, "lag_quarters": lag}],
    )


@pytest.mark.parametrize(
    ("kind", "lag", "short"),
    [
        ("finish_to_start", None, 2),
        ("finish_to_start", -2, None),
        ("start_to_start", None, None),
        ("start_to_start", 1, 1),
        ("finish_to_finish", 2, 2),
        ("external", 5, None),
    ],
)
def test_a_dependency_is_broken_by_so_many_quarters(kind, lag, short):
    found = dependency_conflicts(waiting(kind, lag))
    assert found["short_by"].to_list() == ([] if short is None else [short])


def test_stopped_work_holds_nothing_up():
    assert dependency_conflicts(waiting("finish_to_start", status="cancelled")).is_empty()


def test_benefits_are_measured_against_what_was_promised_by_outcome_and_project():
    benefits = pl.DataFrame(
        {"benefit_id": ["B1", "B2"], "project_id": ["P1", "P2"], "outcome_id": ["O1", "O1"]}
    )
    actuals = pl.DataFrame(
        {
            "benefit_id": ["B1", "B2", "B2"],
            "quarter": ["FY26-Q4", "FY26-Q4", "FY27-Q1"],
            "projected": [100, 100, 100],
            "actual": [50, 100, 0],
        }
    )
    found = benefit_rates(NOW, benefits, actuals)
    assert (found.projected, found.actual, found.whole.value) == (200, 150, 0.75)
    assert found.by_outcome["rate"].to_list() == [0.75]
    assert found.by_project["rate"].to_list() == [0.5, 1.0]


@settings(max_examples=10, deadline=None)
@given(plans(), plans())
def test_no_measure_of_sight_depends_on_the_order_of_rows(before, after):
    turned = before.replaced({name: before[name].reverse() for name in ("projects", "links", "capabilities")})
    assert single_points(turned).equals(single_points(before))
    assert justification_drift(turned, after).rows.equals(justification_drift(before, after).rows)
    assert capability_heat(turned).equals(capability_heat(before))

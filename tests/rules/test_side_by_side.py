"""Versions side by side: the figures of the sample, and what a difference says where something is not known."""

import json
import math
from dataclasses import fields

import polars as pl
import pytest
from hypothesis import given, settings

from planner.model.edit import Edit
from planner.model.quarter import Calendar
from planner.model.tables import TABLES
from planner.rules.capacity import NO_CAPACITY
from planner.rules.edited import with_edits
from planner.rules.measures import NO_PHASING, money_ahead, money_by_year
from planner.rules.rework_fields import cancelled
from planner.rules.side_by_side import NO_OUTCOME, NO_PATH, Beside, side_by_side
from tests.plans import plans
from tests.rules.small_plans import capability, link, outcome, plan, project
from tests.sample_plans import LABELS, SHARED, sample_ledger, sample_plan

MEASURES = SHARED / "sample" / "expected_measures.json"
needs_oracle = pytest.mark.skipif(
    not MEASURES.exists(), reason="the oracles of the shared folder are not here"
)
CALENDAR = Calendar(4)
NOW = CALENDAR.parse("FY27-Q3")


def values(beside):
    return [figure.value for figure in beside.figures]


def differences(beside):
    return [figure.value for figure in beside.differences]


def phased(*costs, quarter="FY27-Q3", **more):
    """A plan with a project for each cost, all of it in one quarter."""
    return plan(
        projects=[project(f"P{at}") for at, _ in enumerate(costs)],
        phasing=[
            {"project_id": f"P{at}", "quarter": quarter, "team_id": "T1", "cost": cost, "person_days": cost}
            for at, cost in enumerate(costs)
        ],
        **more,
    )


@needs_oracle
@pytest.mark.parametrize("label", LABELS[:4])
def test_the_figures_of_the_sample_are_those_of_the_reference(label):
    expected = json.loads(MEASURES.read_text())["per_snapshot"][label]
    sample, quarter = sample_plan(label), CALENDAR.parse(label)
    found = side_by_side([sample, sample], quarter, sample_ledger("kpi_actuals"))

    largest = max(expected["overloads"], key=lambda row: row["over_pd"])
    assert values(found.money_ahead) == [expected["total_future_gbp"]] * 2
    assert values(found.live) == [expected["live"]] * 2
    assert values(found.over_capacity) == [expected["overload_team_quarters"]] * 2
    assert values(found.largest_over) == [largest["over_pd"]] * 2
    assert values(found.aligned) == pytest.approx([expected["line_of_sight"]["aligned_share"]] * 2, abs=1e-4)
    assert {one.outcome_id: one.statuses for one in found.outcomes} == {
        key: (row["status"],) * 2 for key, row in expected["outcome_risk"].items()
    }
    spend = {one.outcome_id: one.money.figures[0].value for one in found.outcomes}
    assert spend == pytest.approx(expected["line_of_sight"]["spend_by_outcome"], abs=1e-3)
    assert sum(spend.values()) == pytest.approx(found.aligned_money.figures[0].value)


def test_the_merger_quarter_of_the_sample_beside_the_plan_before_it_and_the_one_after():
    three = [sample_plan(label) for label in LABELS[2:5]]
    found = side_by_side(three, CALENDAR.parse("FY27-Q1"), sample_ledger("kpi_actuals"))

    assert found.over_capacity.figures[1].value == 13
    assert found.overloads[1].team_id.startswith("TEAM-")
    assert found.overloads[1].over == found.largest_over.figures[1].value
    assert found.money_ahead.differences[0].value == 0
    cost = next(one for one in found.outcomes if one.outcome_id == "OUT-003")
    assert (cost.statuses[0], cost.statuses[1], cost.differs, cost.worse[:2]) == (
        "green",
        "amber",
        True,
        (False, True),
    )


@pytest.mark.parametrize("label", LABELS)
def test_the_money_of_the_years_is_all_the_money_ahead(label):
    sample, quarter = sample_plan(label), CALENDAR.parse(label)
    years = money_by_year(sample, quarter)
    assert sum(years.values()) == money_ahead(sample, quarter).value
    assert list(years) == sorted(years)
    assert min(years) >= quarter.year


def test_each_version_is_held_against_the_first():
    found = side_by_side([phased(100), phased(70), phased(100, 50)], NOW)
    assert values(found.money_ahead) == [100, 70, 150]
    assert differences(found.money_ahead) == [0, -30, 50]
    assert differences(found.live) == [0, 0, 1]
    assert differences(found.demand) == [0, -30, 50]
    assert found.money_ahead.differs
    assert not side_by_side([phased(100), phased(100)], NOW).money_ahead.differs


def test_money_that_moves_to_another_year_leaves_nothing_in_its_own():
    found = side_by_side([phased(100, quarter="FY27-Q4"), phased(100, quarter="FY28-Q1")], NOW)
    assert {year: values(money) for year, money in found.by_year.items()} == {2027: [100, 0], 2028: [0, 100]}


def test_what_a_version_does_not_know_has_a_reason_and_no_difference():
    found = side_by_side([phased(100), plan(projects=[project()])], NOW)
    assert found.money_ahead.figures[1].reason == NO_PHASING
    assert (
        found.money_ahead.differences[1] == found.by_year[2027].figures[1] == found.aligned_money.figures[1]
    )
    assert differences(found.money_ahead) == [0, None]
    assert found.capacity.figures[0].reason == found.largest_over.figures[0].reason == NO_CAPACITY
    turned = side_by_side([plan(projects=[project()]), phased(100)], NOW)
    assert differences(turned.money_ahead) == [None, None]


def test_the_largest_overload_is_named_with_its_team_and_quarter():
    people = {
        "teams": [{"team_id": "T1", "name": "Claims"}],
        "settings": [{"key": "pd_per_fte_quarter", "value": "50"}],
    }
    capacity = [{"team_id": "T1", "quarter": "FY27-Q3", "fte": 1.0}]
    found = side_by_side(
        [phased(60, capacity=capacity, **people), phased(40, capacity=capacity, **people)], NOW
    )
    one = found.overloads[0]
    assert (one.team, one.quarter, one.over, one.utilisation) == ("Claims", "FY27-Q3", 10, 1.2)
    assert found.overloads[1] is None
    assert (values(found.over_capacity), values(found.largest_over)) == ([1, 0], [10, 0])
    assert (values(found.demand), values(found.capacity)) == ([60, 40], [50, 50])


def test_an_outcome_that_a_version_lacks_or_nothing_leads_to_says_so():
    served = plan(
        projects=[project(rag="green")],
        capabilities=[capability()],
        outcomes=[outcome()],
        links=[link("P1", "C1"), link("C1", "O1")],
    )
    found = side_by_side([served, plan(outcomes=[outcome()]), plan()], NOW)
    (one,) = found.outcomes
    assert (one.name, one.statuses, one.worse) == ("Outcome O1", ("green", "red", ""), (False, True, False))
    assert [figure.reason for figure in one.at_risk.figures] == ["", NO_PATH, NO_OUTCOME]
    assert one.money.figures[2].reason == NO_OUTCOME


def test_cancelling_a_project_of_the_sample_frees_its_money_and_nothing_else():
    draft = sample_plan(LABELS[-1])
    one = draft["projects"].filter(pl.col("status") == "planned")["project_id"][0]
    scenario = with_edits(draft, cancelled(draft, [one], NOW).edits)
    saved = (
        draft["phasing"]
        .filter((pl.col("project_id") == one) & pl.col("quarter").is_in(quarters_ahead()))["cost"]
        .sum()
    )
    found = side_by_side([draft, scenario], NOW, sample_ledger("kpi_actuals"))
    assert saved > 0
    assert differences(found.money_ahead) == [0, -saved]
    assert differences(found.live) == [0, -1]
    assert found.demand.differences[1].value < 0
    assert differences(found.capacity) == [0, 0]


def quarters_ahead():
    return [CALENDAR.label(NOW + number) for number in range(40)]


def test_two_to_four_versions_stand_side_by_side():
    for number in (0, 1, 5):
        with pytest.raises(ValueError, match=f"{number} versions; 2 to 4"):
            side_by_side([plan()] * number, NOW)


@settings(max_examples=8, deadline=None)
@given(plans(tuple(name for name in TABLES if name != "settings")), plans())
def test_any_two_plans_have_figures_or_reasons_and_a_plan_is_like_itself(one, other):
    for found in (side_by_side([one, other], NOW), side_by_side([one, one], NOW)):
        besides = [getattr(found, field.name) for field in fields(found)]
        besides = [one for one in besides if isinstance(one, Beside)] + list(found.by_year.values())
        besides += [beside for one in found.outcomes for beside in (one.at_risk, one.money)]
        for figure in (figure for beside in besides for figure in beside.figures + beside.differences):
            assert (figure.value is None) == bool(figure.reason)
            assert figure.value is None or math.isfinite(figure.value)
    assert not any(beside.differs for beside in besides)
    assert not any(outcome.differs or any(outcome.worse) for outcome in found.outcomes)


def test_a_moved_weight_of_a_link_moves_the_money_of_the_outcomes():
    draft = sample_plan(LABELS[-1])
    named = draft["links"].filter((pl.col("link_type") == "contributes") & (pl.col("strength") == 1))
    key = named.sort(TABLES["links"].key).select(TABLES["links"].key).row(0)
    scenario = with_edits(draft, [Edit("links", key, "strength", 1, 3)])
    found = side_by_side([draft, scenario], NOW)
    reached = next(one for one in found.outcomes if one.outcome_id == key[3])
    assert not found.money_ahead.differs
    assert reached.money.differences[1].value >= 0
    assert any(one.money.differs for one in found.outcomes)


def test_the_cost_of_live_projects_is_told_whether_it_is_phased_or_not():
    dear, cheap = (plan(projects=[project("P1", cost=cost)]) for cost in (900, 340))
    found = side_by_side([cheap, dear], NOW)
    assert (values(found.cost), differences(found.cost)) == ([340, 900], [0, 560])
    assert values(found.money_ahead) == [None, None]

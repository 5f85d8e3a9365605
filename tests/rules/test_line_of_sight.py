"""What one item reaches and what reaches it: the same shares as those of the whole plan."""

import pytest
from hypothesis import given, settings

from planner.rules.line_of_sight import LineOfSight
from planner.rules.sight import capability_shares, down_shares, enabler_shares, up_shares
from tests.plans import plans
from tests.rules.small_plans import worked_example
from tests.sample_plans import LABELS, sample_plan


def by_walking(plan, start, end, way):
    """The shares between two tiers, walked item by item, as `sight` names them."""
    key = {"project": "projects", "outcome": "outcomes"}[start]
    sight = LineOfSight.of(plan)
    walk = sight.above if way == "up" else sight.below
    return {
        (item, reached): pytest.approx(share)
        for item in plan[key][f"{start}_id"]
        for (tier, reached), share in walk((start, item)).items()
        if tier == end
    }


def as_dict(frame):
    return {row[:-1]: row[-1] for row in frame.iter_rows()}


def test_a_project_of_the_worked_example_reaches_its_outcomes_and_they_rest_on_it():
    sight = LineOfSight.of(worked_example())
    assert sight.above(("project", "P1")) == {
        ("enabler", "E1"): 1.0,
        ("capability", "C1"): pytest.approx(0.9),
        ("capability", "C2"): pytest.approx(0.1),
        ("outcome", "O1"): pytest.approx(0.925),
        ("outcome", "O2"): pytest.approx(0.075),
    }
    below = sight.below(("outcome", "O2"))
    assert (below["project", "P1"], below["project", "P2"]) == (pytest.approx(0.375), pytest.approx(0.625))


@pytest.mark.parametrize("label", LABELS)
def test_walked_shares_are_those_of_the_whole_sample(label):
    plan = sample_plan(label)
    assert as_dict(up_shares(plan)) == by_walking(plan, "project", "outcome", "up")
    assert as_dict(down_shares(plan)) == by_walking(plan, "outcome", "project", "down")
    assert as_dict(capability_shares(plan)) == by_walking(plan, "project", "capability", "up")
    assert as_dict(enabler_shares(plan)) == by_walking(plan, "project", "enabler", "up")


@settings(max_examples=20, deadline=None)
@given(plans())
def test_walked_shares_are_those_of_any_plan(plan):
    assert as_dict(up_shares(plan)) == by_walking(plan, "project", "outcome", "up")
    assert as_dict(down_shares(plan)) == by_walking(plan, "outcome", "project", "down")


def test_what_reaches_an_outcome_is_told_by_tier():
    reaching = LineOfSight.of(worked_example()).reaching(["O2"])
    assert reaching == {
        "project": {"P1", "P2"},
        "enabler": {"E1"},
        "capability": {"C2"},
        "outcome": {"O2"},
    }

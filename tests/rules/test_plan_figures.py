"""How much there is of each layer: the sample's figures counted by hand, and none of an empty plan."""

from planner.model.plan import Plan
from planner.rules.plan_figures import layer_figures
from tests.sample_plans import sample_plan


def test_the_sample_has_what_its_files_have():
    plan = sample_plan("FY27-Q3")
    found = layer_figures(plan, plan.calendar.parse("FY27-Q3"))
    assert (found.outcomes, found.weight, found.measures) == (6, 100, 12)
    assert (found.capabilities, found.enablers, found.teams) == (18, 14, 5)
    assert (found.dependencies, found.milestones, found.people) == (12, 0, 92.0)


def test_an_empty_plan_has_nothing_and_nobody_knows_its_people():
    plan = Plan.of()
    found = layer_figures(plan, plan.calendar.parse(plan.calendar.example))
    assert (found.outcomes, found.below_goal, found.in_use, found.phased) == (0, 0, 0, 0)
    assert found.people is None

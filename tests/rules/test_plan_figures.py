"""How much there is of each layer: the sample's figures counted by hand, and none of an empty plan."""

import polars as pl

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
    assert (found.outcomes, found.phased) == (0, 0)
    assert (found.people, found.below_goal, found.in_use) == (None, None, None)


def test_what_nobody_rated_is_not_known_rather_than_none():
    sample = sample_plan("FY27-Q3")
    unrated = sample["capabilities"].with_columns(maturity_current=pl.lit(None, pl.Int64))
    untold = sample["enablers"].with_columns(lifecycle=pl.lit(None, pl.String))
    plan = sample.replaced({"capabilities": unrated, "enablers": untold})
    found = layer_figures(plan, plan.calendar.parse("FY27-Q3"))
    assert (found.below_goal, found.in_use) == (None, None)

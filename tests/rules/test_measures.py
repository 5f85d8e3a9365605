import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.plan import Plan
from planner.model.quarter import Calendar
from planner.rules.measures import (
    aligned_share,
    cost_bridge,
    live_cost,
    money_ahead,
    money_by_outcome,
    project_counts,
)
from tests.rules.small_plans import plan, project, worked_example
from tests.sample_plans import LABELS, SHARED, sample_plan

MEASURES = SHARED / "sample" / "expected_measures.json"
needs_oracle = pytest.mark.skipif(
    not MEASURES.exists(), reason="the oracles of the shared folder are not here"
)
NOW = Calendar(4).parse("FY28-Q1")
MILLION = 1_000_000


def phased(*rows):
    return [
        {"project_id": name, "quarter": quarter, "team_id": "T1", "cost": cost}
        for name, quarter, cost in rows
    ]


def with_money(base, *rows):
    return base.replaced({"phasing": plan(phasing=phased(*rows))["phasing"]})


def costing(**costs):
    return plan(projects=[project(name, cost=cost) for name, cost in costs.items()])


def test_money_ahead_is_what_is_phased_from_the_quarter_on_without_stopped_work():
    money = [("P1", "FY27-Q4", 5), ("P1", "FY28-Q1", 10), ("P2", "FY30-Q1", 20)]
    assert money_ahead(with_money(worked_example(), *money), NOW).value == 30
    assert money_ahead(with_money(worked_example(status="cancelled"), *money), NOW).value == 20


def test_money_ahead_without_phasing_is_not_known_and_says_why():
    figure = money_ahead(worked_example(), NOW)
    assert figure.value is None
    assert "phased" in figure.reason


def test_money_by_outcome_of_the_worked_example():
    spent = with_money(worked_example(), ("P1", "FY28-Q1", 400), ("P2", "FY28-Q1", 200))
    assert dict(money_by_outcome(spent, NOW).rows()) == pytest.approx({"O1": 521.25, "O2": 78.75})
    assert aligned_share(spent, NOW).value == pytest.approx(1)


def test_an_empty_plan_has_reasons_and_no_figures():
    empty = Plan.of()
    for figure in (
        money_ahead(empty, NOW),
        aligned_share(empty, NOW),
        live_cost(empty),
        cost_bridge(empty, empty).growth,
    ):
        assert figure.value is None
        assert figure.reason.endswith(".")
    assert project_counts(empty) == {"live": 0, "done": 0, "cancelled": 0}


def test_the_bridge_of_the_worked_example():
    bridge = cost_bridge(costing(A=100, B=50, C=30), costing(A=120, B=50, D=40))
    assert (bridge.before, bridge.like_for_like, bridge.added, bridge.removed, bridge.after) == (
        180,
        20,
        40,
        -30,
        210,
    )
    assert bridge.growth.value == pytest.approx(20 / 150)
    assert bridge.steps.select("project_id", "step", "amount").rows() == [
        ("D", "added", 40),
        ("C", "removed", -30),
        ("A", "like_for_like", 20),
    ]


def test_a_cost_that_appears_or_vanishes_is_neither_growth_nor_saving():
    bridge = cost_bridge(costing(A=100, B=None, C=30), costing(A=100, B=70, C=None))
    assert (bridge.like_for_like, bridge.appeared, bridge.vanished) == (0, 70, -30)
    assert bridge.growth.value == 0


def test_finished_work_leaves_the_live_plan_after_the_bridge():
    before = costing(A=100, B=50)
    after = plan(projects=[project("A", cost=110, status="done"), project("B", cost=50)])
    bridge = cost_bridge(before, after)
    assert (bridge.after, bridge.finished, bridge.live_after) == (160, 110, 50)


@needs_oracle
@pytest.mark.parametrize("label", LABELS[:4])
def test_the_money_of_the_sample_is_that_of_the_reference(label):
    expected = json.loads(MEASURES.read_text())["per_snapshot"][label]
    sample, quarter = sample_plan(label), sample_plan(label).calendar.parse(label)
    assert money_ahead(sample, quarter).value == expected["total_future_gbp"]
    assert aligned_share(sample, quarter).value == pytest.approx(
        expected["line_of_sight"]["aligned_share"], abs=1e-4
    )
    spend = dict(money_by_outcome(sample, quarter).rows())
    assert spend == pytest.approx(expected["line_of_sight"]["spend_by_outcome"], abs=1e-3)
    assert project_counts(sample)["live"] == expected["live"]


def test_the_money_ahead_of_the_sample_is_that_of_the_story():
    ahead = [money_ahead(sample_plan(x), sample_plan(x).calendar.parse(x)).value / MILLION for x in LABELS]
    assert ahead == pytest.approx([44.07, 41.70, 39.75, 42.32, 36.64, 35.49], abs=0.005)


@needs_oracle
@pytest.mark.parametrize("at", range(3))
def test_the_bridges_of_the_sample_are_those_of_the_reference(at):
    refreshes = json.loads(MEASURES.read_text())["per_refresh"]
    cost = refreshes[f"{LABELS[at]}->{LABELS[at + 1]}"]["cost"]
    bridge = cost_bridge(sample_plan(LABELS[at]), sample_plan(LABELS[at + 1]))
    growth = cost.pop("growth")
    assert {name: getattr(bridge, name) for name in cost} == cost
    assert bridge.growth.value == pytest.approx(growth, abs=1e-4)


costs = st.dictionaries(
    st.sampled_from("ABCDE"),
    st.tuples(
        st.sampled_from([None, "planned", "done", "cancelled"]), st.one_of(st.none(), st.integers(-9, 99))
    ),
)


@settings(max_examples=15, deadline=None)
@given(costs, costs)
def test_the_steps_of_any_bridge_lead_from_the_one_live_cost_to_the_other(before, after):
    one, other = (
        plan(projects=[project(name, status=status, cost=cost) for name, (status, cost) in side.items()])
        for side in (before, after)
    )
    bridge = cost_bridge(one, other)
    assert bridge.before == (live_cost(one).value or 0)
    assert bridge.live_after == (live_cost(other).value or 0)
    assert bridge.before + bridge.steps["amount"].sum() == bridge.live_after

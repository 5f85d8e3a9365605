"""Cost growth and its alarms, the bridge up and down, worth in today's money: DOMAIN 3.9, 3.15 and part 0."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.quarter import Calendar
from planner.model.settings import PlanSettings
from planner.rules.cost_growth import cost_alarms, cost_growth
from planner.rules.measures import cost_bridge
from planner.rules.worth import NEVER_PAID, worth, worth_of_projects
from tests.rules.small_plans import plan, project
from tests.sample_plans import LABELS, sample_plan

CALENDAR = Calendar(4)
COSTS = st.one_of(st.none(), st.integers(0, 1000))


def costing(**costs):
    return plan(projects=[project(key, cost=cost) for key, cost in costs.items()])


def test_the_worked_example_of_the_bridge_with_up_and_down_apart():
    found = cost_bridge(costing(A=100, B=50, C=30), costing(A=120, B=50, D=40))
    assert (found.before, found.like_for_like, found.added, found.removed, found.after) == (
        180,
        20,
        40,
        -30,
        210,
    )
    assert found.growth.value == pytest.approx(20 / 150)
    swapped = cost_bridge(costing(A=100, B=100), costing(A=130, B=70))
    assert (swapped.like_for_like, swapped.up, swapped.down) == (0, 30, -30)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDE"), COSTS), st.dictionaries(st.sampled_from("ABCDE"), COSTS))
def test_the_steps_of_a_bridge_lead_from_before_to_after(before, after):
    found = cost_bridge(costing(**before), costing(**after))
    assert found.up + found.down == found.like_for_like
    steps = found.like_for_like + found.added + found.removed + found.appeared + found.vanished
    assert found.before + steps == found.after
    assert found.after == sum(cost or 0 for cost in after.values())


@pytest.mark.parametrize(
    ("first", "last", "now", "alarm"),
    [
        (100, 100, 114, ""),
        (100, 100, 115, "amber"),
        (100, 100, 124, "amber"),
        (100, 100, 125, "red"),
        (100, 120, 130, "amber"),
        (100, 140, 150, "red"),
        (100, 200, 100, ""),
        (0, 0, 100, ""),
        (None, 100, 130, "red"),
    ],
)
def test_an_alarm_looks_at_the_last_and_at_the_first_baseline(first, last, now, alarm):
    rows = cost_growth(costing(A=now), [costing(A=first), costing(A=last)])
    assert rows["alarm"].to_list() == [alarm]


def test_sealing_a_new_baseline_does_not_reset_an_alarm():
    history = [costing(A=100)] + [costing(A=100 + 11 * step) for step in range(1, 5)]
    found = cost_alarms(costing(A=155, B=7), history)
    assert found.value == 1
    assert found.rows.select("project_id", "first", "last", "alarm").rows() == [("A", 100, 144, "red")]
    assert cost_alarms(costing(A=1), []).reason == "No live project has a cost in both plans."


def test_the_policy_replacement_of_the_sample_is_the_one_alarm_of_the_merger_quarter():
    history = [sample_plan(label) for label in LABELS[:3]]
    found = cost_alarms(sample_plan("FY27-Q1"), history)
    assert found.rows.select("project_id", "alarm").rows() == [("PRJ-017", "red")]
    assert found.rows["over_last"].to_list() == [pytest.approx(0.4)]


def test_the_worked_example_of_worth():
    flat = PlanSettings({"benefit_ramp_quarters": "1", "benefit_life_quarters": "4"})
    found = worth({0: 100}, (160, 4), flat, 0.7)
    assert found.benefit == pytest.approx(143.9669, abs=0.00005)
    assert (found.net, found.ratio.value) == (
        pytest.approx(43.9669, abs=0.00005),
        pytest.approx(1.4397, abs=0.00005),
    )
    assert found.risk_adjusted.value == pytest.approx(0.7769, abs=0.00005)
    ramped = worth({0: 100}, (160, 4), PlanSettings({"benefit_life_quarters": "4"}))
    assert ramped.benefit == pytest.approx(89.1138, abs=0.00005)
    assert ramped.risk_adjusted.value is None
    assert (found.payback.value, ramped.payback.reason) == (6.0, NEVER_PAID)


def test_the_replacement_is_worth_doing_for_other_things_than_money():
    found = worth_of_projects(sample_plan("FY27-Q3"), CALENDAR.parse("FY27-Q3"))
    claims, policy = found["PRJ-013"], found["PRJ-017"]
    assert (round(claims.net / 1e6, 2), round(claims.ratio.value, 2)) == (5.69, 4.9)
    assert round(claims.risk_adjusted.value / 1e6, 2) == 3.54
    assert (round(policy.net / 1e6, 2), round(policy.ratio.value, 2)) == (-1.82, 0.8)


@settings(max_examples=40)
@given(
    st.dictionaries(st.integers(0, 19), st.integers(1, 1000), min_size=1),
    st.integers(1, 9000),
    st.integers(0, 30),
)
def test_a_later_benefit_is_worth_less_and_is_never_cut_at_the_horizon(costs, annual, first):
    now, later = (worth(costs, (annual, at), PlanSettings()) for at in (first, first + 1))
    assert 0 < later.benefit < now.benefit
    assert now.net == now.benefit - now.cost

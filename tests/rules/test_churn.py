import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.quarter import Calendar
from planner.rules.churn import churn
from tests.rules.small_plans import plan, project
from tests.sample_plans import LABELS, SHARED, sample_plan

MEASURES = SHARED / "sample" / "expected_measures.json"
CALENDAR = Calendar(4)
NOW = CALENDAR.parse("FY27-Q1")
NAMES = ("P1", "P2", "P3", "P4")


def planned(rows, cancelled=()):
    """A plan with money by project and quarter from now on."""
    phasing = [
        {"project_id": name, "quarter": CALENDAR.label(NOW + k), "team_id": "T1", "cost": cost}
        for (name, k), cost in rows.items()
    ]
    projects = [project(name, status="cancelled" if name in cancelled else "planned") for name in NAMES]
    return plan(projects=projects, phasing=phasing)


BEFORE = {("P1", 0): 100, ("P1", 1): 100, ("P2", 4): 200, ("P3", 10): 300}
AFTER = {("P1", 0): 100, ("P1", 4): 100, ("P2", 4): 200, ("P3", 10): 240, ("P4", 1): 50}


def test_the_worked_example():
    moved = churn(planned(BEFORE), planned(AFTER), (NOW, NOW))
    assert moved.overall.value == pytest.approx(160 / 700)
    assert {zone: figure.value for zone, figure in moved.zones.items()} == {
        "firm": 0.5,
        "planned": 0.5,
        "outline": 0.2,
    }
    assert moved.weighted.value == pytest.approx(112 / 360)
    assert moved.stability.value == pytest.approx(0.6889, abs=1e-4)
    assert moved.disturbed.rows() == [("P1", 100.0), ("P4", 50.0), ("P3", 12.0)]


def test_only_quarters_that_both_plans_share_count():
    first, last = {("P1", 0): 100, ("P2", 5): 100}, {("P1", 0): 999, ("P2", 5): 100, ("P3", 20): 500}
    moved = churn(planned(first), planned(last), (NOW, NOW + 1))
    assert moved.overall.value == 0


def test_stopped_work_takes_its_money_away():
    moved = churn(planned(BEFORE), planned(BEFORE, cancelled=("P3",)), (NOW, NOW))
    assert moved.overall.value == pytest.approx(300 / 700)


def test_more_may_move_than_was_planned_but_stability_ends_at_nothing():
    moved = churn(planned({("P1", 0): 10}), planned({("P1", 0): 100}), (NOW, NOW))
    assert moved.weighted.value == pytest.approx(9)
    assert moved.stability.value == 0


def test_without_money_or_shared_quarters_there_is_a_reason_and_no_figure():
    for quarters, said in (((NOW, NOW), "no money"), ((NOW, NOW + 40), "no quarter")):
        moved = churn(planned({}), planned(AFTER), quarters)
        for figure in (moved.weighted, moved.overall, moved.stability, *moved.zones.values()):
            assert figure.value is None
            assert said in figure.reason


STORY = {  # DOMAIN 3.3, all refreshes
    "FY26-Q3": (0.0747, 0.0, 0.0, 0.0377, 0.9623),
    "FY26-Q4": (0.1224, 0.1710, 0.0290, 0.0879, 0.9121),
    "FY27-Q1": (1.1687, 3.5271, 0.7615, 1.1941, 0.0),
    "FY27-Q2": (0.7794, 0.5983, 2.6108, 0.6928, 0.3072),
    "FY27-Q3": (0.1539, 0.0266, 0.0360, 0.0596, 0.9404),
}


def of_sample(at):
    before, after = LABELS[at - 1], LABELS[at]
    return churn(sample_plan(before), sample_plan(after), (CALENDAR.parse(before), CALENDAR.parse(after)))


@pytest.mark.parametrize("at", range(1, 6))
def test_the_churn_of_every_refresh_of_the_sample(at):
    moved = of_sample(at)
    figures = [*moved.zones.values(), moved.weighted, moved.stability]
    assert [figure.value for figure in figures] == pytest.approx(STORY[LABELS[at]], abs=5e-5)


@pytest.mark.skipif(not MEASURES.exists(), reason="the oracles of the shared folder are not here")
@pytest.mark.parametrize("at", range(1, 4))
def test_the_largest_disturbances_of_the_sample_are_those_of_the_reference(at):
    expected = json.loads(MEASURES.read_text())["per_refresh"][f"{LABELS[at - 1]}->{LABELS[at]}"]
    moved, base = of_sample(at), expected["churn"]["base_weighted_gbp"]
    top = [(name, pytest.approx(share, abs=5e-5)) for name, share in expected["top_disruption"]]
    assert [(name, money / base) for name, money in moved.disturbed.head(3).rows()] == top
    assert moved.overall.value == pytest.approx(expected["churn"]["all"], abs=5e-5)


money = st.dictionaries(st.tuples(st.sampled_from(NAMES), st.integers(0, 19)), st.integers(0, 50), max_size=8)


@settings(max_examples=15, deadline=None)
@given(money, st.integers(0, 3))
def test_a_plan_that_did_not_change_has_no_churn(rows, later):
    same = churn(planned(rows), planned(rows), (NOW, NOW + later))
    assert same.weighted.value in {0, None}
    assert same.disturbed.is_empty()

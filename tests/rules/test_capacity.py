import json

import pytest

from planner.model.quarter import Calendar
from planner.rules.capacity import change_capacity, over_capacity, overloads, team_load
from tests.rules.small_plans import plan, project
from tests.sample_plans import LABELS, SHARED, sample_plan

MEASURES = SHARED / "sample" / "expected_measures.json"
NOW = Calendar(4).parse("FY27-Q1")


def team(person_days, *, status="planned", quarter="FY27-Q1", **capacity):
    """One team with its people in a quarter, and work for it."""
    people = [{"team_id": "T1", "quarter": quarter} | capacity] if capacity else []
    return plan(
        projects=[project(status=status)],
        teams=[{"team_id": "T1", "name": "Team"}],
        capacity=people,
        phasing=[{"project_id": "P1", "quarter": quarter, "team_id": "T1", "person_days": person_days}],
    )


def test_the_worked_example():
    load = team_load(team(387, fte=10.0, run_share=0.3, insight_reserve=0.05), NOW).row(0, named=True)
    assert (load["capacity"], load["demand"], load["over"], load["state"]) == (358, 387, 29, "over")
    assert load["utilisation"] == pytest.approx(1.081, abs=5e-4)


@pytest.mark.parametrize(
    ("days", "state"), [(59, "slack"), (60, "healthy"), (85, "healthy"), (86, "tight"), (101, "over")]
)
def test_the_states_of_a_load(days, state):
    settings = [{"key": "pd_per_fte_quarter", "value": "100"}]
    loaded = team(days, fte=1.0).replaced({"settings": plan(settings=settings)["settings"]})
    assert team_load(loaded, NOW)["state"].to_list() == [state]


def test_a_missing_capacity_is_not_known_and_neither_nothing_nor_endless():
    unknown = team(10)
    assert team_load(unknown, NOW).select("capacity", "utilisation", "over", "state").rows() == [
        (None, None, None, "unknown")
    ]
    assert over_capacity(unknown, NOW).value is None
    assert over_capacity(team(None, fte=1.0), NOW).value is None


def test_a_team_of_nobody_with_work_is_over():
    assert overloads(team(5, fte=0.0), NOW)["over"].to_list() == [5]


def test_closed_work_and_quarters_off_the_horizon_load_nobody():
    assert over_capacity(team(999, fte=1.0, status="done"), NOW).value is None
    assert team_load(team(999, fte=1.0, quarter="FY26-Q4"), NOW).is_empty()
    assert team_load(team(999, fte=1.0, quarter="FY32-Q1"), NOW).is_empty()


def test_half_a_day_is_rounded_up_however_binary_numbers_fall():
    odd = team(1, fte=10.0, run_share=0.35)  # 10 x 55 x 65% = 357.5
    assert change_capacity(odd)["capacity"].to_list() == [358]


@pytest.mark.parametrize(("label", "count"), list(zip(LABELS, (10, 10, 9, 13, 0, 1), strict=True)))
def test_the_overloads_of_the_sample(label, count):
    sample = sample_plan(label)
    assert over_capacity(sample, sample.calendar.parse(label)).value == count


@pytest.mark.skipif(not MEASURES.exists(), reason="the oracles of the shared folder are not here")
@pytest.mark.parametrize("label", LABELS[:4])
def test_each_overload_of_the_sample_is_that_of_the_reference(label):
    expected = json.loads(MEASURES.read_text())["per_snapshot"][label]["overloads"]
    sample = sample_plan(label)
    rows = overloads(sample, sample.calendar.parse(label)).rows(named=True)
    found = [(r["team_id"], r["quarter"], round(r["utilisation"], 4), r["over"]) for r in rows]
    assert found == [(row["team"], row["quarter"], row["u"], row["over_pd"]) for row in expected]

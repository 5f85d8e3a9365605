import datetime as dt
import json

import pytest

from planner.model.quarter import Calendar
from planner.rules.slip import finish_moves, slip
from tests.rules.small_plans import plan, project
from tests.sample_plans import LABELS, SHARED, sample_plan

MEASURES = SHARED / "sample" / "expected_measures.json"
CALENDAR = Calendar(4)
NOW = CALENDAR.parse("FY27-Q1")


def ending(**ends):
    """A plan of projects by the quarter of their finish and their cost."""
    rows = [
        project(name, end_date=quarter and CALENDAR.last_day(CALENDAR.parse(quarter)), cost=cost, **more)
        for name, (quarter, cost, more) in ends.items()
    ]
    return plan(projects=rows)


def test_the_worked_example():
    before = ending(A=("FY28-Q1", 3, {}), B=("FY28-Q1", 1, {}), C=("FY28-Q1", 1, {}))
    after = ending(A=("FY28-Q1", 9, {}), B=("FY28-Q2", 9, {}), C=("FY28-Q3", 9, {}))
    moved = slip(before, after, (NOW, NOW + 2))
    assert (moved.mean.value, moved.weighted.value, moved.rate.value) == (1.0, pytest.approx(0.6), 0.5)
    assert (moved.count, moved.later, moved.earlier, moved.median.value) == (3, 2, 0, 1.0)


def test_only_work_that_is_live_before_and_not_gone_after_counts():
    before = ending(
        A=("FY28-Q1", 1, {"status": "done"}),
        B=("FY28-Q1", 1, {}),
        C=("FY28-Q1", 1, {}),
        D=("FY28-Q1", 1, {}),
    )
    after = ending(
        A=("FY29-Q1", 1, {}), B=("FY29-Q1", 1, {"status": "cancelled"}), D=("FY27-Q4", 1, {"status": "done"})
    )
    assert finish_moves(before, after).select("project_id", "moved", "is_live").rows() == [("D", -1, False)]


def test_a_finish_that_appears_or_vanishes_is_no_slip():
    before = ending(A=(None, 1, {}), B=("FY28-Q1", 1, {}))
    after = ending(A=("FY40-Q1", 1, {}), B=(None, 1, {}))
    moved = slip(before, after, (NOW, NOW + 1))
    assert moved.count == 0
    for figure in (moved.mean, moved.median, moved.weighted, moved.gross, moved.rate):
        assert figure.value is None
        assert figure.reason.endswith(".")


def test_without_costs_there_is_a_mean_and_no_weighted_one():
    before, after = ending(A=("FY28-Q1", None, {})), ending(A=("FY28-Q2", None, {}))
    moved = slip(before, after, (NOW, NOW))
    assert moved.mean.value == 1
    assert moved.weighted.value is None
    assert moved.rate.value is None, "no time went by"


def test_one_typing_error_swamps_the_mean_and_not_the_median():
    before = ending(A=("FY28-Q1", 1, {}), B=("FY28-Q1", 1, {}), C=("FY28-Q1", 1, {}))
    after = ending(A=("FY28-Q1", 1, {}), B=("FY28-Q1", 1, {}), C=("FY2108-Q1", 1, {}))
    moved = slip(before, after, (NOW, NOW + 1))
    assert moved.mean.value > 100
    assert moved.median.value == 0


def test_a_day_inside_its_quarter_is_no_quarter():
    before = plan(projects=[project(end_date=dt.date(2027, 7, 1))])
    after = plan(projects=[project(end_date=dt.date(2027, 9, 30))])
    assert slip(before, after, (NOW, NOW + 1)).mean.value == 0


STORY = [(0.0, 0.0096), (0.1786, 0.1175), (0.04, -2.3494), (0.6316, 3.7896), (-0.0556, -0.0261)]


@pytest.mark.parametrize("at", range(1, 6))
def test_the_slip_of_every_refresh_of_the_sample(at):
    before, after = LABELS[at - 1], LABELS[at]
    moved = slip(sample_plan(before), sample_plan(after), (CALENDAR.parse(before), CALENDAR.parse(after)))
    assert (moved.mean.value, moved.weighted.value) == pytest.approx(STORY[at - 1], abs=5e-5)
    if at > 3 or not MEASURES.exists():
        return
    expected = json.loads(MEASURES.read_text())["per_refresh"][f"{before}->{after}"]["slip"]
    assert moved.count == expected["n"]
    assert moved.gross.value == pytest.approx(expected["value_weighted_gross"], abs=5e-5)
    assert moved.rate.value == pytest.approx(expected["slip_rate"], abs=5e-5)


def test_without_costs_the_slip_by_money_says_so_and_the_plain_one_stands():
    before, after = ending(A=("FY28-Q1", None, {})), ending(A=("FY28-Q2", None, {}))
    moved = slip(before, after, (NOW, NOW + 1))
    assert (moved.mean.value, moved.weighted.value) == (1.0, None)
    assert moved.weighted.reason == "No live project with a finish in both plans has a cost."

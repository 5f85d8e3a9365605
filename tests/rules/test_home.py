import datetime as dt

import pytest

from planner.model.quarter import Calendar
from planner.rules.home import Dated, carriers, home_figures
from tests.rules.small_plans import plan, project, worked_example
from tests.sample_plans import LABELS, sample_ledger, sample_plan

CALENDAR = Calendar(4)
LEDGERS = {name: sample_ledger(name) for name in ("delivery_history", "benefit_actuals")}


def of_sample(label):
    return Dated(sample_plan(label), CALENDAR.parse(label))


def test_the_figures_of_the_last_plan_of_the_sample():
    figures = home_figures(of_sample("FY27-Q3"), of_sample("FY27-Q2"), LEDGERS)
    assert figures.money_ahead.value == 35_490_000
    assert figures.live_cost.value == 38_230_000
    assert figures.money_moved.value == pytest.approx(0.0596, abs=5e-5)
    assert figures.finish_move.value == pytest.approx(-0.0556, abs=5e-5)
    assert (figures.flow.in_progress, figures.flow.delivered) == (6, 10)
    assert figures.over_capacity.value == 1
    assert figures.benefits.value == pytest.approx(0.7911, abs=5e-5)
    assert figures.aligned.value == pytest.approx(1)


def test_the_first_plan_has_nothing_to_compare_with_and_says_so():
    figures = home_figures(of_sample(LABELS[0]), None, {})
    for figure in (figures.money_moved, figures.finish_move, figures.benefits):
        assert figure.value is None
        assert figure.reason.endswith(".")
    assert figures.aligned.value == pytest.approx(0.9889, abs=5e-5)


def test_an_outcome_is_carried_by_its_own_projects_and_by_those_that_give_it_enough():
    rows = carriers(worked_example()).select("outcome_id", "project_id", "is_main", "year", "finish").rows()
    assert rows == [
        ("O1", "P1", True, 2028, "Q2"),
        ("O1", "P2", True, 2028, "Q2"),
        ("O2", "P2", False, 2028, "Q2"),
    ]


def test_work_without_a_finish_carries_its_outcome_in_no_year_and_closed_work_none():
    assert carriers(worked_example(end_date=None, rag="amber")).select(
        "project_id", "year", "finish", "rag"
    ).rows() == [
        ("P2", 2028, "Q2", ""),
        ("P1", None, "", "amber"),
        ("P2", 2028, "Q2", ""),
    ]
    assert set(carriers(worked_example(status="done"))["project_id"]) == {"P2"}
    assert carriers(plan(projects=[project(end_date=dt.date(2030, 1, 1))])).is_empty()

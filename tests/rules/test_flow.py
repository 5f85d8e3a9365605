import datetime as dt

import polars as pl
import pytest

from planner.model.quarter import Calendar
from planner.rules.flow import started_finished
from tests.rules.small_plans import plan, project
from tests.sample_plans import LABELS, sample_ledger, sample_plan

NOW = Calendar(4).parse("FY27-Q3")


def history(*rows):
    return pl.DataFrame(rows, schema=["project_id", "actual_end_quarter"], orient="row")


def test_the_worked_example():
    running = plan(projects=[project(f"P{n}", status="in_progress") for n in range(12)])
    before = history(*((f"H{n}", "FY26-Q2") for n in range(5)))
    flow = started_finished(running, NOW, before)
    assert (flow.in_progress, flow.delivered, flow.ratio.value) == (12, 5, 2.4)


def test_only_the_fiscal_year_before_counts():
    done = [
        ("A", dt.date(2025, 3, 31)),
        ("B", dt.date(2025, 4, 1)),
        ("C", dt.date(2026, 3, 31)),
        ("D", dt.date(2026, 4, 1)),
    ]
    finished = plan(projects=[project(name, status="done", end_date=day) for name, day in done])
    assert started_finished(finished, NOW).delivered == 2


def test_a_project_of_the_plan_counts_once_even_if_the_history_has_it_too():
    finished = plan(projects=[project(status="done", end_date=dt.date(2025, 12, 31))])
    assert started_finished(finished, NOW, history(("P1", "FY26-Q1"), ("H1", "FY26-Q1"))).delivered == 2


def test_nothing_delivered_gives_two_numbers_and_no_ratio():
    flow = started_finished(plan(projects=[project(status="in_progress")]), NOW)
    assert (flow.in_progress, flow.delivered, flow.ratio.value) == (1, 0, None)
    assert flow.ratio.reason.endswith(".")


@pytest.mark.parametrize(("label", "ratio"), list(zip(LABELS, (2.4, 2.4, 2.4, 0.8, 0.7, 0.6), strict=True)))
def test_started_against_finished_of_the_sample(label, ratio):
    sample = sample_plan(label)
    flow = started_finished(sample, sample.calendar.parse(label), sample_ledger("delivery_history"))
    assert flow.ratio.value == pytest.approx(ratio)

"""Finishes: counts by way, hit rates, forecast accuracy and trends; the worked examples of DOMAIN 3.5 to 3.8."""

import datetime as dt
import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.quarter import Calendar, Quarter
from planner.model.settings import PlanSettings
from planner.rules.finish_counts import finish_counts
from planner.rules.forecast_accuracy import (
    finish_accuracy,
    finish_forecasts,
    spend_accuracy,
    spend_forecasts,
)
from planner.rules.hit_rates import hit_rates
from planner.rules.home import Dated
from planner.rules.milestone_trend import NEVER, TOO_FEW, finish_lines, trend, trends
from planner.rules.slip import slip
from tests.rules.small_plans import plan, project
from tests.sample_plans import LABELS, SHARED, sample_ledger, sample_plan

MEASURES = SHARED / "sample" / "expected_measures.json"
CALENDAR = Calendar(4)
NOW = CALENDAR.parse("FY27-Q1")
ONE = PlanSettings({"threshold_least_cases": "1"})
DAYS = st.one_of(st.none(), st.dates(dt.date(2026, 4, 1), dt.date(2031, 3, 31)))


def ending(ends, **cells):
    return plan(projects=[project(key, end_date=day, **cells) for key, day in ends.items()])


def in_quarter(number):
    return CALENDAR.last_day(Quarter(number))


def sample_history(last=LABELS[-1]):
    labels = LABELS[: LABELS.index(last) + 1]
    return [Dated(sample_plan(label), CALENDAR.parse(label)) for label in labels]


def test_finishes_are_counted_each_way_in_quarters_and_in_days_with_medians_beside_sums():
    was = {"A": dt.date(2027, 9, 30), "B": dt.date(2027, 9, 30), "C": dt.date(2027, 9, 30)}
    now = {"A": dt.date(2107, 9, 30), "B": dt.date(2027, 12, 31), "C": dt.date(2027, 9, 1)}
    found = finish_counts(ending(was | {"D": None, "E": was["A"]}), ending(now | {"D": was["A"], "E": None}))
    assert (found.quarters.later, found.quarters.earlier, found.quarters.same) == (2, 0, 1)
    assert (found.days.later, found.days.earlier, found.days.earlier_sum) == (2, 1, 29)
    assert (found.set, found.cleared, found.unknown) == (1, 1, 0)
    assert (found.quarters.later_sum, found.quarters.net, found.quarters.median.value) == (321, 321, 1.0)
    assert found.quarters.earlier_median.reason == "No finish moved earlier."


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from("ABCDEF"), st.tuples(DAYS, DAYS), min_size=1))
def test_every_finish_is_counted_once_and_the_sums_are_those_of_the_rows(ends):
    before, after = (ending({key: pair[side] for key, pair in ends.items()}) for side in (0, 1))
    found, moved = finish_counts(before, after), slip(before, after, (NOW, NOW + 1))
    for unit in (found.quarters, found.days):
        assert unit.later + unit.earlier + unit.same + found.set + found.cleared + found.unknown == len(ends)
        assert unit.net == found.rows[unit.unit].sum()
    assert (found.quarters.later, found.quarters.earlier) == (moved.later, moved.earlier)
    assert found.quarters.later + found.quarters.earlier + found.quarters.same == moved.count


@pytest.mark.parametrize(
    ("label", "due", "done", "execution", "hit"),
    [("FY26-Q4", 4, 3, 0.75, 0.75), ("FY27-Q3", 14, 13, 0.9286, 0.7857)],
)
def test_hit_rates_of_the_sample_are_those_of_the_domain(label, due, done, execution, hit):
    found = hit_rates(sample_plan("FY26-Q2"), sample_plan(label), CALENDAR.parse(label))
    assert (found.due, found.done) == (due, done)
    assert found.execution.value == pytest.approx(execution, abs=0.00005)
    assert found.hit_rate.value == pytest.approx(hit, abs=0.00005)
    assert "PRJ-028" not in found.rows["project_id"].to_list()


def test_work_done_ahead_of_its_time_counts_as_done_and_is_no_hit_yet():
    first = ending({"A": in_quarter(NOW.ordinal), "B": in_quarter(NOW.ordinal + 5)})
    now = plan(
        projects=[
            project("A", status="planned"),
            project("B", status="done", end_date=in_quarter(NOW.ordinal)),
        ]
    )
    found = hit_rates(first, now, NOW + 1)
    assert (found.due, found.done, found.hits) == (1, 1, 0)
    nothing = hit_rates(first, now, NOW)
    assert nothing.execution.reason == "No work of the first snapshot was due before this quarter."


def history(forecasts, finished):
    """Snapshots, by the quarter in which they were made, of one project that is done at the end."""
    made = [Dated(ending({"A": in_quarter(end)}), Quarter(at)) for at, end in forecasts]
    done = ending({"A": in_quarter(finished)}, status="done")
    return [*made, Dated(done, Quarter(finished + 1))]


def test_the_worked_example_of_forecasts_by_lead():
    at = NOW.ordinal
    found = finish_forecasts(history([(at + k, at + (7 if k < 6 else 8)) for k in (4, 5, 6, 7)], at + 8))
    assert found.sort("lead", descending=True).select("lead", "error").rows() == [
        (4, -1),
        (3, -1),
        (2, 0),
        (1, 0),
    ]
    told = finish_accuracy(found, ONE)
    assert told.value == 0.5
    assert told.rows.filter(pl.col("lead") == 4).row(0) == (4, 1, -1.0, 1.0, 0.0)
    hidden = finish_accuracy(found, PlanSettings())
    assert hidden.rows["n"].to_list() == [1, 1, 1, 1]
    assert hidden.rows["mae"].null_count() == 4
    assert finish_accuracy(finish_forecasts([]), ONE).reason != ""


def spent(*rows):
    return pl.DataFrame(
        [(key, CALENDAR.label(Quarter(at)), money, 0) for key, at, money in rows],
        schema={"project_id": pl.String, "quarter": pl.String, "capex": pl.Int64, "opex": pl.Int64},
        orient="row",
    )


def forecasting(**money):
    phasing = [
        {"project_id": key, "quarter": CALENDAR.label(NOW), "team_id": "T", "cost": cost}
        for key, cost in money.items()
    ]
    return [Dated(plan(projects=[project(key) for key in ("A", "B", "C")], phasing=phasing), NOW)]


def test_the_worked_example_of_spend():
    found = spend_forecasts(forecasting(A=100, B=80), spent(("A", NOW.ordinal, 90), ("B", NOW.ordinal, 100)))
    told = spend_accuracy(found, ONE)
    assert told.value == pytest.approx(0.1579, abs=0.00005)
    assert told.rows["bias"].to_list() == [pytest.approx(-0.0526, abs=0.00005)]


def test_spend_that_was_not_foreseen_and_money_that_was_not_spent_are_errors():
    found = spend_forecasts(forecasting(A=100, B=80), spent(("A", NOW.ordinal, 100), ("C", NOW.ordinal, 30)))
    assert found.select("project_id", "error").rows() == [("A", 0), ("B", 80), ("C", -30)]
    later = spend_forecasts(forecasting(A=100), spent(("A", NOW.ordinal + 1, 100)))
    assert later.select("project_id", "forecast", "actual").rows() == [("A", 0, 100)]
    assert spend_accuracy(spend_forecasts(forecasting(A=1), spent()), ONE).reason != ""


def test_the_forecasts_of_the_sample_were_as_good_as_the_domain_says():
    finish = finish_accuracy(finish_forecasts(sample_history()), PlanSettings())
    spend = spend_accuracy(
        spend_forecasts(sample_history(), sample_ledger("project_actuals")), PlanSettings()
    )
    assert finish.rows["mae"].to_list() == pytest.approx([0, 0.0714, 0.2727, 0.25, 0], abs=0.00005)
    assert spend.rows["wape"].to_list() == pytest.approx(
        [0.0676, 0.4233, 0.2288, 0.5034, 0.4169], abs=0.00005
    )


def test_a_trend_meets_the_day_where_its_line_does_or_never():
    found = trend([(0, 6), (1, 6), (2, 7), (3, 7)])
    assert (found.slope.value, found.finish.value) == (pytest.approx(0.4), 10)
    away = trend([(0, 6), (1, 7), (2, 8)])
    assert (away.slope.value, away.finish.value, away.finish.reason) == (1.0, None, NEVER)
    assert trend([(0, 6)]).finish.reason == TOO_FEW
    assert trend([(0, 60), (1, 6), (2, 6), (3, 6), (4, 6)]).finish.value == 6


def test_the_data_platform_of_the_sample_finishes_a_quarter_later_than_planned_by_its_trend():
    lines = finish_lines(sample_history())
    line = lines.filter(pl.col("project_id") == "PRJ-006")["finish"].to_list()
    assert [CALENDAR.label(Quarter(at)) for at in line] == [
        "FY27-Q1", "FY27-Q1", "FY27-Q2", "FY27-Q2", "FY27-Q3", "FY27-Q3",
    ]  # fmt: skip
    row = trends(sample_history()).row(by_predicate=pl.col("project_id") == "PRJ-006", named=True)
    assert row["slope"] == pytest.approx(0.4)
    assert (CALENDAR.label(Quarter(row["trend_finish"])), row["behind"]) == ("FY27-Q4", 1)
    gone = {"PRJ-001", "PRJ-026", "PRJ-030"}  # done, cancelled, absent
    assert gone.isdisjoint(trends(sample_history())["project_id"])


@settings(max_examples=60)
@given(st.integers(8000, 8200), st.lists(st.integers(0, 20), min_size=2, max_size=6), st.integers(-40, 40))
def test_a_trend_does_not_depend_on_where_time_starts(first, finishes, shift):
    points = [(first + at, first + end) for at, end in enumerate(finishes)]
    here, there = trend(points), trend([(x + shift, y + shift) for x, y in points])
    assert here.slope.value == there.slope.value
    if here.finish.value is not None:
        assert here.finish.value + shift == there.finish.value


@pytest.mark.skipif(not MEASURES.is_file(), reason="the oracle is not beside the project")
def test_the_hit_rates_of_every_version_are_those_of_the_oracle():
    for label, expected in json.loads(MEASURES.read_text(encoding="utf-8"))["per_snapshot"].items():
        found = hit_rates(sample_plan("FY26-Q2"), sample_plan(label), CALENDAR.parse(label))
        assert (found.due, found.done) == (expected["bei"]["due"], expected["bei"]["done"])

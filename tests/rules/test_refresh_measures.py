"""Big moves, the verdict and the calendar of a refresh: the worked examples of DOMAIN 3.3, 3.4, 2.6 and A33."""

import datetime as dt

import polars as pl
import pytest

from planner.model.quarter import Calendar
from planner.rules.big_moves import big_moves
from planner.rules.drift import drift
from planner.rules.drift_reasons import with_reasons
from planner.rules.due import LEDGERS, Since, find_due
from planner.rules.home import Dated
from planner.rules.refresh_calendar import budget_start, meeting_day, refresh_calendar
from planner.rules.refresh_measures import measure_refresh
from planner.rules.refresh_step import Past
from planner.rules.sight import live_projects
from tests.sample_plans import LABELS, sample_ledger, sample_plan

APRIL = Calendar(4)


def compared(place):
    before, after = sample_plan(LABELS[place]), sample_plan(LABELS[place + 1])
    reasons = after["reasons"].with_columns(place=pl.lit(1))
    return before, after, with_reasons(drift(before, after).rows, reasons)


@pytest.mark.parametrize(
    ("place", "word", "share", "volatility"),
    [
        (0, "small_regular", 0.615, 0.2222),
        (1, "small_regular", 0.630, 0.2500),
        (2, "knee_jerk", 0.0, 0.3704),
        (3, "deliberate_shift", 1.0, 0.4500),
        (4, "small_regular", 1.0, 0.3889),
    ],
)
def test_the_refreshes_of_the_sample_look_as_the_domain_says(place, word, share, volatility):
    before, after, rows = compared(place)
    quarters = [APRIL.parse(label) for label in LABELS]
    ledgers = {name: sample_ledger(name) for name in ("insights", "lessons")}
    past = Past(quarters[: place + 1], ledgers)
    found = measure_refresh(Dated(before, quarters[place]), Dated(after, quarters[place + 1]), rows, past)

    assert found.step.evidence.value == pytest.approx(share, abs=0.0005)
    assert found.step.verdict.word == word
    assert found.volatility.value == pytest.approx(volatility, abs=0.00005)


def test_the_big_moves_of_the_merger_quarter_cite_nothing_and_those_of_the_next_all_do():
    merger, course = (big_moves(*compared(place)) for place in (2, 3))
    assert sorted(move.project_id for move in merger) == ["PRJ-017", "PRJ-018", "PRJ-031"]
    assert [move.evidence for move in merger] == [(), (), ()]
    assert sorted(move.project_id for move in course) == ["PRJ-017", "PRJ-018", "PRJ-031"]
    assert all(move.is_evident for move in course)


def test_the_meeting_is_on_the_friday_of_the_third_week_and_the_rest_counts_back_from_it():
    days = {
        "FY26-Q2": "2025-07-18",
        "FY26-Q3": "2025-10-17",
        "FY27-Q1": "2026-04-17",
        "FY27-Q3": "2026-10-16",
    }
    assert {label: meeting_day(APRIL, APRIL.parse(label)).isoformat() for label in days} == days
    marks = refresh_calendar(APRIL, APRIL.parse("FY27-Q4"))
    assert [(mark.weeks, mark.what, mark.day.isoformat()) for mark in marks] == [
        (6, "open", "2026-12-04"),
        (4, "learn", "2026-12-18"),
        (2, "submit", "2027-01-01"),
        (0, "approve", "2027-01-15"),
    ]


def test_with_a_season_in_october_the_one_year_plan_is_begun_on_the_first_of_april():
    assert budget_start(APRIL, 10, 2, dt.date(2026, 4, 1)) == (dt.date(2026, 4, 1), 2028)
    assert budget_start(APRIL, 10, 2, dt.date(2026, 5, 2)) == (dt.date(2027, 4, 1), 2029)


def test_what_was_finished_since_asks_for_a_lesson_until_one_is_written_from_it():
    plan, ledgers = sample_plan("FY27-Q3"), {name: sample_ledger(name) for name in LEDGERS}
    live = live_projects(sample_plan("FY27-Q2"))["project_id"].to_list()
    since = Since(APRIL.parse("FY27-Q2"), dt.date(2026, 7, 17), live)
    quarter = APRIL.parse("FY27-Q3")
    asked = find_due(plan, quarter, since, ledgers).unlearnt
    assert asked.select("id", "when").rows() == [(f"PRJ-{n}", "FY27-Q2") for n in ("012", "016", "020")]
    learnt = ledgers["lessons"].head(1).with_columns(source_id=pl.lit("PRJ-016"))
    left = find_due(plan, quarter, since, ledgers | {"lessons": learnt}).unlearnt
    assert left["id"].to_list() == ["PRJ-012", "PRJ-020"]


def test_what_is_due_at_the_refresh_of_the_sample():
    plan = sample_plan("FY27-Q3")
    ledgers = {name: sample_ledger(name) for name in LEDGERS}
    since = Since(APRIL.parse("FY27-Q3"), dt.date(2026, 10, 16))
    due = find_due(plan, APRIL.parse("FY27-Q4"), since, ledgers)

    assert due.beyond.height == due.insights.height == 0
    assert due.assumptions.select("id", "when").rows() == [("ASM-001", "FY27-Q4"), ("ASM-005", "FY27-Q4")]
    assert due.decisions["id"].to_list() == ["DEC-010", "DEC-011"]
    assert due.unmeasured.select("when").unique().rows() == [("FY27-Q3",)]
    assert due.count == 2 + 2 + plan["kpis"].height
    earlier = find_due(
        plan, APRIL.parse("FY27-Q3"), Since(APRIL.parse("FY26-Q4"), dt.date(2026, 1, 16)), ledgers
    )
    assert earlier.insights.height > 0
    assert earlier.unmeasured.height == 0
    near = find_due(sample_plan("FY27-Q3"), APRIL.parse("FY24-Q1"), since, ledgers).beyond
    assert near.height > 0
    assert near.columns == ["id", "name", "when"]

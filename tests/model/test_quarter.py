"""Quarters and fiscal years: the oracles of DOMAIN 2.4 and the laws of the calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import QuarterUnreadable
from planner.model.quarter import Calendar, Quarter

calendars = st.integers(1, 12).map(Calendar)
quarters = st.integers(1900 * 4, 2199 * 4 + 3).map(Quarter)
days = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


def test_a_quarter_is_its_ordinal():
    april = Calendar(4)
    assert april.parse("FY27-Q1").ordinal == 8108
    assert april.label(april.parse("FY27-Q3") + 2) == "FY28-Q1"
    assert april.parse("FY27-Q2") - april.parse("FY26-Q4") == 2


@pytest.mark.parametrize(
    ("month", "first"),
    [
        (1, dt.date(2027, 1, 1)),
        (4, dt.date(2026, 4, 1)),
        (7, dt.date(2026, 7, 1)),
        (10, dt.date(2026, 10, 1)),
    ],
)
def test_a_fiscal_year_is_named_by_the_year_it_ends_in(month, first):
    assert Calendar(month).first_day(Quarter.of(2027, 1)) == first


def test_the_last_quarter_of_an_april_year_starts_in_january():
    assert Calendar(4).first_day(Quarter.of(2027, 4)) == dt.date(2027, 1, 1)


def test_a_calendar_year_plan_writes_the_year_in_full():
    calendar = Calendar(1)
    assert calendar.label(Quarter.of(2026, 3)) == "2026-Q3"
    assert calendar.parse("2026-Q3") == Quarter.of(2026, 3)


def test_outside_this_century_the_year_has_four_digits():
    assert Calendar(4).label(Quarter.of(1997, 4)) == "FY1997-Q4"
    assert Calendar(4).parse("FY1997-Q4") == Quarter.of(1997, 4)


def test_leaders_read_the_quarter_with_its_months():
    calendar = Calendar(4)
    assert calendar.spoken(Quarter.of(2027, 3)) == "Q3 FY27"
    assert calendar.months(Quarter.of(2027, 3)) == "Oct\N{EN DASH}Dec"
    assert Calendar(1).spoken(Quarter.of(2026, 3)) == "Q3 2026"


@pytest.mark.parametrize(
    "text",
    [
        "FY27-Q5",
        "FY2027-Q3",
        "FY7-Q1",
        "2026-Q3",
        "fy27-Q1",
        "FY27 Q1",
        "",
        "FY27-Q1 ",
        "FY\N{ARABIC-INDIC DIGIT TWO}7-Q1",
    ],
)
def test_another_label_is_refused_with_an_example(text):
    with pytest.raises(QuarterUnreadable, match="FY27-Q3"):
        Calendar(4).parse(text)


def test_a_fiscal_label_is_refused_in_a_calendar_year_plan():
    with pytest.raises(QuarterUnreadable, match="2026-Q3"):
        Calendar(1).parse("FY27-Q3")


@given(calendars, quarters)
def test_a_label_reads_back_as_its_quarter(calendar, quarter):
    assert calendar.parse(calendar.label(quarter)) == quarter


@given(calendars, quarters)
def test_a_quarter_holds_its_first_and_its_last_day_and_no_more(calendar, quarter):
    first, last = calendar.first_day(quarter), calendar.last_day(quarter)
    assert calendar.of(first) == calendar.of(last) == quarter
    assert calendar.of(first - dt.timedelta(days=1)) == quarter + -1
    assert calendar.of(last + dt.timedelta(days=1)) == quarter + 1


@given(calendars, days)
def test_every_day_lies_in_the_quarter_that_claims_it(calendar, day):
    quarter = calendar.of(day)
    assert calendar.first_day(quarter) <= day <= calendar.last_day(quarter)

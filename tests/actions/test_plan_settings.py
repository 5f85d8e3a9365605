"""The settings of a plan: typed, saved and taken back; the fiscal year changes only while nothing rests on it."""

import datetime as dt

import pytest

from planner.actions.editing import redo, save, undo
from planner.actions.plan_settings import change_settings
from planner.errors import CalendarInUse
from planner.model.edit import Edit
from planner.model.quarter import Calendar
from planner.store.drafts import draft_version
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW

WHO = {"actor": "Ann", "now": NOW}


def settings(db):
    return load_plan(db, "draft").settings


def first_day(db):
    """The first day of the draft's quarter; it cannot be read where quarter and calendar do not fit."""
    calendar = settings(db).calendar
    return calendar.first_day(calendar.parse(draft_version(db).quarter))


def test_a_new_plan_is_named_and_gets_its_currency_and_fiscal_year(new_db):
    outcome = change_settings(
        new_db, {"plan_name": " Port ", "currency": "DKK", "fiscal_year_start_month": "4"}, **WHO
    )
    assert outcome.problems == ()
    assert (settings(new_db).plan_name, settings(new_db).currency) == ("Port", "DKK")
    assert settings(new_db).calendar == Calendar(4)
    assert draft_version(new_db).quarter.startswith("FY")


@pytest.mark.parametrize("month", range(1, 13))
def test_the_draft_stays_of_the_same_time_when_the_fiscal_year_changes_and_back(new_db, month):
    before = first_day(new_db)
    change_settings(new_db, {"fiscal_year_start_month": str(month)}, **WHO)
    moved = first_day(new_db)
    change_settings(new_db, {"fiscal_year_start_month": "1"}, **WHO)
    assert abs(moved - before) <= dt.timedelta(days=62)
    assert first_day(new_db) == before


def test_an_undo_of_the_fiscal_year_takes_the_draft_back_to_its_quarter(new_db):
    before = draft_version(new_db).quarter
    change_settings(new_db, {"fiscal_year_start_month": "7"}, **WHO)
    after = draft_version(new_db).quarter
    undo(new_db, **WHO)
    assert draft_version(new_db).quarter == before
    redo(new_db, **WHO)
    assert draft_version(new_db).quarter == after


def test_an_emptied_setting_goes_back_to_its_default(new_db):
    change_settings(new_db, {"horizon_quarters": "12"}, **WHO)
    assert settings(new_db).whole("horizon_quarters") == 12
    change_settings(new_db, {"horizon_quarters": " "}, **WHO)
    assert settings(new_db).whole("horizon_quarters") == 20
    assert "horizon_quarters" not in settings(new_db).given


def test_one_setting_that_does_not_read_stops_all_of_them(new_db):
    outcome = change_settings(new_db, {"plan_name": "Port", "currency": "pounds"}, **WHO)
    assert [problem.edit.key for problem in outcome.problems] == [("currency",)]
    assert settings(new_db).plan_name == "This plan"


def test_the_fiscal_year_stays_once_a_quarter_is_written(new_db):
    row = {"capability_id": "C1", "name": "Berths", "target_quarter": "2028-Q1"}
    save(new_db, [Edit("capabilities", ("C1",), "", None, row)], **WHO)
    with pytest.raises(CalendarInUse, match="capabilities hold '2028-Q1'"):
        change_settings(new_db, {"plan_name": "Port", "fiscal_year_start_month": "4"}, **WHO)
    assert settings(new_db).plan_name == "This plan"
    assert change_settings(new_db, {"plan_name": "Port", "fiscal_year_start_month": "1"}, **WHO).saved


def test_the_fiscal_year_of_a_sealed_plan_is_refused_like_any_cell(db):
    with pytest.raises(CalendarInUse):
        change_settings(db, {"fiscal_year_start_month": "1"}, **WHO)
    assert change_settings(db, {"wip_limit": "7"}, **WHO).saved.applied == 1

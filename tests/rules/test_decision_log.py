"""The log of decisions: days from ask to decision, second looks, and decisions whose changes name no evidence."""

import datetime as dt

import polars as pl
import pytest

from planner.model.ledgers import LEDGERS
from planner.model.quarter import Calendar, Quarter
from planner.rules.citations import Citations, find_citations
from planner.rules.decision_log import (
    NO_LEAD,
    NOW,
    PASSED,
    decision_log,
    lead_times,
    lead_times_by_quarter,
    log_frame,
)
from planner.rules.registers import Today, list_entries
from tests.sample_plans import LABELS, sample_ledger, sample_plan

APRIL = Calendar(4)
DAY = dt.date(2026, 10, 20)
TODAY = Today(DAY, Quarter.of(2027, 4), Quarter.of(2027, 3), APRIL)
NOTHING = Citations({}, {}, 0)


def entries(*rows):
    columns = {column.name: column.polars_type for column in LEDGERS["decisions"].columns}
    frame = pl.DataFrame(
        [{**dict.fromkeys(columns), "recorded_on": DAY, **row} for row in rows], schema=columns
    )
    return list_entries(frame, "decisions", TODAY)


def decided(key="D-1", **more):
    row = {
        "decision_id": key,
        "status": "decided",
        "asked_on": dt.date(2026, 4, 1),
        "decided_on": dt.date(2026, 4, 5),
    }
    return {**row, **more}


@pytest.fixture(scope="module")
def cited():
    reasons = [
        sample_plan(label)["reasons"].with_columns(label=pl.lit(label), place=pl.lit(place))
        for place, label in enumerate(LABELS)
    ]
    return find_citations(pl.concat(reasons), {label: APRIL.parse(label) for label in LABELS})


@pytest.fixture(scope="module")
def log(cited):
    found = list_entries(sample_ledger("decisions"), "decisions", TODAY)
    return {one.id: one for one in decision_log(found, cited, TODAY.quarter, APRIL)}


def test_a_decision_took_the_days_from_its_ask_to_its_making(log):
    assert (log["DEC-007"].lead_days, log["DEC-009"].lead_days) == (4, 11)


def test_the_middle_of_each_quarter_is_of_the_decisions_made_in_it():
    found = lead_times(list_entries(sample_ledger("decisions"), "decisions", TODAY), APRIL)

    by_quarter = {at: (count, days) for at, count, days in lead_times_by_quarter(found.rows).iter_rows()}
    assert by_quarter[Quarter.of(2027, 1).ordinal] == (2, 4.0)
    assert by_quarter[Quarter.of(2027, 2).ordinal] == (2, 11.0)
    assert found.value == 11


@pytest.mark.parametrize(
    "lacking", [{"asked_on": None}, {"decided_on": None}, {"decided_on": dt.date(2026, 3, 1)}]
)
def test_without_both_days_in_their_order_there_is_no_lead_time_and_the_reason_is_said(lacking):
    found = lead_times(entries(decided(**lacking)), APRIL)

    assert (found.value, found.reason) == (None, NO_LEAD)


def test_an_open_ask_stands_first_the_one_needed_first_at_the_front():
    asks = [
        {"status": "asked", "decision_id": key, "needed_by": day}
        for key, day in (("D-2", dt.date(2027, 1, 1)), ("D-3", dt.date(2026, 12, 1)), ("D-4", None))
    ]

    found = decision_log(entries(decided(), *asks), NOTHING, TODAY.quarter, APRIL)

    assert [one.id for one in found] == ["D-3", "D-2", "D-4", "D-1"]


def test_a_second_look_is_due_in_its_quarter_and_passed_once_that_was_sealed(log):
    looks = {look: sorted(key for key, one in log.items() if one.look == look) for look in (NOW, PASSED)}

    assert looks[NOW] == ["DEC-010", "DEC-011"]
    assert looks[PASSED] == [f"DEC-00{number}" for number in range(1, 9)]


def test_a_decision_that_was_made_again_in_the_quarter_of_its_second_look_is_not_passed():
    again = decided(review_quarter="FY27-Q1", decided_on=dt.date(2026, 4, 20))
    found = decision_log(entries(again), NOTHING, TODAY.quarter, APRIL)

    assert [one.look for one in found] == [""]


def test_a_decision_is_without_evidence_where_none_of_its_changes_names_some(log):
    assert sorted(key for key, one in log.items() if one.is_without_evidence) == ["DEC-006", "DEC-007"]
    assert (len(log["DEC-007"].changes), log["DEC-007"].evident) == (17, 0)
    assert (len(log["DEC-009"].changes), log["DEC-009"].evident) == (23, 23)


def test_a_decision_may_say_itself_that_it_has_no_evidence_and_one_without_changes_says_nothing():
    found = decision_log(
        entries(decided("D-1", evidence_missing=True), decided("D-2")), NOTHING, TODAY.quarter, APRIL
    )

    assert {one.id: one.is_without_evidence for one in found} == {"D-1": True, "D-2": False}


def test_the_file_of_the_log_has_a_row_for_each_decision_in_its_order(log):
    frame = log_frame(list(log.values()))

    assert frame["decision_id"].to_list() == list(log)
    assert frame.filter(pl.col("decision_id") == "DEC-009").select(
        "lead_days", "changes", "with_evidence"
    ).row(0) == (11, 23, 23)
    assert log_frame([]).columns == frame.columns


def test_a_reason_of_a_version_that_is_not_asked_about_is_left_out(cited):
    only = find_citations(
        sample_plan("FY27-Q2")["reasons"].with_columns(label=pl.lit("FY27-Q2"), place=pl.lit(1)),
        {"FY27-Q1": Quarter(1)},
    )

    assert (only.of_evidence, only.of_decision) == ({}, {})
    assert len(cited.of_evidence["INS-005"]) == 15

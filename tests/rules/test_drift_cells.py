"""What rules of drift read of changed rows: unknown values are unlike every word and number, labels are ordinals."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.quarter import Calendar, Quarter
from planner.model.tables import CLOSED_STATUSES
from planner.rules.drift_cells import ChangedCells, as_numbers, live, says
from planner.rules.drift_kinds import quarter_ordinal
from planner.rules.drift_rows import compare_frames
from planner.rules.sight import is_live
from tests.plans import frame_of


def test_an_unknown_status_is_no_word_and_counts_as_live():
    status = pl.Series(["done", "planned", None])
    assert says(status, "done").to_list() == [True, False, False]
    assert live(status).to_list() == [False, True, True]


@given(st.lists(st.sampled_from([None, "planned", *CLOSED_STATUSES])))
def test_live_rows_are_those_of_the_line_of_sight(words):
    status = pl.DataFrame({"status": words}, schema={"status": pl.String})
    assert live(status["status"]).to_list() == status.select(is_live())["status"].to_list()


def test_unknown_numbers_and_dates_are_not_a_number():
    money, days = pl.Series([3, None, 10**15]), pl.Series([dt.date(1970, 1, 3), None])
    assert np.array_equal(as_numbers(money), [3, np.nan, 10**15], equal_nan=True)
    assert np.array_equal(as_numbers(days), [2, np.nan], equal_nan=True)


@pytest.mark.parametrize("field", ["cost", "start_date", "benefit_start_quarter"])
def test_a_cell_is_known_where_it_holds_something(field):
    value = {"cost": 0, "start_date": dt.date(2027, 1, 1), "benefit_start_quarter": "FY27-Q1"}[field]
    before = frame_of("projects", [{"project_id": name, "name": name} for name in "AB"])
    after = frame_of(
        "projects", [{"project_id": "A", "name": "A", field: value}, {"project_id": "B", "name": "other"}]
    )
    cells = ChangedCells(compare_frames("projects", before, after))
    assert cells.known(field).tolist() == [True, False]
    assert cells.known(f"{field}_before").tolist() == [False, False]
    assert cells.differ(field).tolist() == [True, False]


@given(st.integers(1, 12), st.integers(1900 * 4, 2200 * 4))
def test_the_ordinal_of_a_label_is_that_of_the_calendar(month, ordinal):
    assert quarter_ordinal(Calendar(month).label(Quarter(ordinal))) == ordinal


def test_no_label_has_no_ordinal():
    assert np.isnan(quarter_ordinal(None))

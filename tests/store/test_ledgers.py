"""Ledgers: new rows are added, equal ones skipped, others refused unless they restate."""

import datetime as dt

import polars as pl
import pytest

from planner.model.ledgers import LEDGERS
from planner.store.ledgers import append_ledger, load_ledger
from tests.sample_plans import SAMPLE

DAY = dt.date(2027, 1, 14)


def actuals(*rows):
    names = ("kpi_id", "quarter", "actual_value", "recorded_on", "restates")
    schema = {name: LEDGERS["kpi_actuals"].by_name[name].polars_type for name in names}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_new_rows_are_added_and_equal_ones_skipped(db):
    first = append_ledger(db, "kpi_actuals", actuals(("K-1", "FY27-Q2", 3.5, DAY, None)))
    again = append_ledger(
        db, "kpi_actuals", actuals(("K-1", "FY27-Q2", 3.5, DAY, None), ("K-1", "FY27-Q3", 4, DAY, None))
    )
    assert (first.added, first.known) == (1, 0)
    assert (again.added, again.known, again.refused.height) == (1, 1, 0)
    assert load_ledger(db, "kpi_actuals")["actual_value"].to_list() == [3.5, 4.0]


def test_a_different_row_of_the_same_key_is_refused_and_nothing_is_written(db):
    append_ledger(db, "kpi_actuals", actuals(("K-1", "FY27-Q2", 3.5, DAY, None)))
    refused = append_ledger(
        db, "kpi_actuals", actuals(("K-1", "FY27-Q2", 9, DAY, None), ("K-2", "FY27-Q2", 1, DAY, None))
    )
    assert refused.refused["actual_value"].to_list() == [9.0]
    assert load_ledger(db, "kpi_actuals").height == 1


def test_two_rows_that_contradict_each_other_in_one_file_are_refused(db):
    refused = append_ledger(
        db, "kpi_actuals", actuals(("K-1", "FY27-Q2", 1, DAY, None), ("K-1", "FY27-Q2", 2, DAY, None))
    )
    assert refused.refused.height == 2
    assert load_ledger(db, "kpi_actuals").is_empty()


def test_a_row_that_restates_stands_beside_the_one_before(db):
    append_ledger(db, "kpi_actuals", actuals(("K-1", "FY27-Q2", 3.5, DAY, None)))
    restated = actuals(("K-1", "FY27-Q2", 3.7, DAY + dt.timedelta(days=30), True))
    assert append_ledger(db, "kpi_actuals", restated).added == 1
    assert append_ledger(db, "kpi_actuals", restated).known == 1
    assert load_ledger(db, "kpi_actuals")["actual_value"].to_list() == [3.5, 3.7]


def test_a_check_writes_nothing(db):
    assert (
        append_ledger(db, "kpi_actuals", actuals(("K-1", "FY27-Q2", 3.5, DAY, None)), check=True).added == 1
    )
    assert load_ledger(db, "kpi_actuals").is_empty()


@pytest.mark.parametrize("name", LEDGERS)
def test_the_samples_ledger_goes_in_whole_and_only_once(db, name):
    types = {column.name: column.polars_type for column in LEDGERS[name].columns}
    rows = pl.read_csv(SAMPLE / "ledgers" / f"{name}.csv", schema_overrides=types)
    assert append_ledger(db, name, rows).added == rows.height
    assert append_ledger(db, name, rows).known == rows.height
    assert load_ledger(db, name).height == rows.height

"""The history of a plan: read once, only what is new is read again, and as a sheet."""

import csv
import io

import pytest

from planner.actions.trend import LEDGERS, gather_history
from planner.actions.trend_sheet import trend_bytes
from planner.model.version import SNAPSHOT
from planner.store.ledgers import load_ledger
from planner.store.versions import list_versions
from tests.sample_trend import sample_points, sample_steps


@pytest.fixture
def sealed(db):
    return [version for version in list_versions(db) if version.kind == SNAPSHOT]


@pytest.fixture
def gathered(db, sealed):
    ledgers = {name: load_ledger(db, name) for name in LEDGERS}
    return lambda kept, last=None: gather_history(db, sealed[:last], ledgers, kept)


def test_a_history_from_the_store_is_that_of_the_rules_on_the_plans(gathered):
    found = gathered({})
    assert [step.churn.value for step in found.steps] == [step.churn.value for step in sample_steps()]
    assert [step.verdict for step in found.steps] == [step.verdict for step in sample_steps()]
    assert [point.statuses for point in found.points] == [point.statuses for point in sample_points()]
    assert found.finish_accuracy.rows["mae"].to_list() == pytest.approx(
        [0, 0.0714, 0.2727, 0.25, 0], abs=0.00005
    )


def test_a_new_snapshot_costs_itself_and_its_pair_and_what_was_kept_needs_no_database(db, gathered):
    kept = {}
    gathered(kept, 5)
    before = set(kept)
    whole = gathered(kept)
    assert sorted(key[0] for key in set(kept) - before) == ["pair", "point", "served"]
    db.close()
    again = gathered(kept)
    assert [step.verdict for step in again.steps] == [step.verdict for step in whole.steps]


def test_the_sheet_has_a_row_for_each_snapshot_and_says_why_a_cell_is_empty(gathered):
    rows = list(csv.DictReader(io.StringIO(trend_bytes(gathered({})).decode("utf-8-sig"))))
    assert [row["snapshot"] for row in rows][::5] == ["FY26-Q2", "FY27-Q3"]
    assert rows[0]["reason"] == (
        "The first snapshot. No benefit was promised for a quarter that is over. "
        "No work of the first snapshot was due before this quarter."
    )
    assert rows[5]["reason"] == ""
    assert [row["orphan_projects"] for row in rows] == ["1", "0", "0", "0", "0", "0"]
    assert {row["outcomes_without_project"] for row in rows} == {"0"}
    assert [row["benefit_rate"][:6] for row in rows] == ["", "", "", "0.5464", "0.6911", "0.7911"]
    assert rows[0]["money_moved"] == ""
    assert rows[3]["verdict"] == "Large, without evidence"
    assert float(rows[3]["money_moved"]) == pytest.approx(1.1941, abs=0.00005)
    assert float(rows[5]["hit_rate"]) == pytest.approx(0.7857, abs=0.00005)

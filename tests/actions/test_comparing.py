"""Drift from the database is the drift of the two plans, row by row; only the reading differs."""

import polars as pl
from hypothesis import given, settings

from planner.actions.comparing import compare
from planner.rules.drift import drift
from planner.store.database import Database
from tests.plans import plans
from tests.rules.small_plans import link, outcome, plan, sound_tables
from tests.store.small import fill, seal

TABLES = ("outcomes", "enablers", "capabilities", "projects", "links", "phasing", "capacity")


@settings(max_examples=8, deadline=None)
@given(first=plans(TABLES), second=plans(TABLES))
def test_drift_of_sealed_versions_and_of_the_draft_is_that_of_their_plans(first, second):
    db = Database.in_memory()
    fill(db, first.frames)
    seal(db, "FY27-Q1")
    fill(db, second.frames)
    by_plans = drift(first, second)
    for current in ("draft", "FY27-Q2"):
        found = compare(db, "FY27-Q1", current).drift
        assert found.rows.select(by_plans.rows.columns).equals(by_plans.rows)
        assert found.summary == by_plans.summary
        if current == "draft":
            seal(db, "FY27-Q2")
    backwards, by_plans = compare(db, "FY27-Q2", "FY27-Q1").drift, drift(second, first)
    assert backwards.rows.select(by_plans.rows.columns).equals(by_plans.rows)
    db.close()


def test_work_given_to_another_team_is_reresourced_in_the_database_too():
    db = Database.in_memory()
    rows = [("P1", "2026-Q1", "A", 60), ("P1", "2026-Q2", "A", 40), ("P2", "2026-Q1", "A", 10)]
    projects = pl.DataFrame({"project_id": ["P1", "P2"], "name": ["One", "Two"]})
    columns = ["project_id", "quarter", "team_id", "person_days"]
    before = pl.DataFrame(rows, schema=columns, orient="row")
    fill(db, {"projects": projects, "phasing": before})
    seal(db, "2026-Q1")
    after = before.with_columns(
        team_id=pl.when(pl.col("person_days") == 40).then(pl.lit("B")).otherwise("team_id")
    )
    fill(db, {"projects": projects, "phasing": after})
    events = compare(db, "2026-Q1", "draft").events
    assert events.select("id", "kind", "amount").rows() == [("P1", "reresourced", 0.4)]
    db.close()


def test_work_that_a_link_further_up_brings_to_another_outcome_is_realigned_in_the_database_too():
    tables = sound_tables(
        outcomes=[outcome("O1", weight=60), outcome("O2", weight=40)],
        links=[link("P1", "E1"), link("E1", "C1"), link("C1", "O1")],
    )
    before = plan(**tables)
    after = plan(**tables | {"links": [link("P1", "E1"), link("E1", "C1"), link("C1", "O2")]})
    db = Database.in_memory()
    fill(db, before.frames)
    seal(db, "FY27-Q1")
    fill(db, after.frames)
    for current in ("draft", "FY27-Q2"):
        events = compare(db, "FY27-Q1", current).events
        assert events.select("id", "kind", "amount").rows() == [
            ("C1", "relinked", 2.0),
            ("P1", "realigned", 1.0),
        ]
        if current == "draft":
            seal(db, "FY27-Q2")
    db.close()

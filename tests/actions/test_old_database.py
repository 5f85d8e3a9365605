"""A database of the first format, with the sample in it, opens, migrates, and every snapshot still verifies."""

import shutil

import duckdb

from planner.actions.opening import open_plan
from planner.actions.verifying import verify
from planner.model.edit import Edit
from planner.store.drafts import load_pending
from planner.store.migrating import read_migrations
from planner.store.refreshes import list_refreshes
from planner.store.versions import list_versions

ADDED = ("refresh_steps", "attestations", "scenarios", "scenario_steps", "brief_edits", "briefs")
KEPT = '[["projects", ["PRJ-001"], "cost", "1", "2"]]'  # an edit that nobody has saved yet


def as_first_format(path):
    """The sample's file as the first format has it: without what later migrations made, nor their rows."""
    connection = duckdb.connect(str(path))
    for table in ADDED:
        for event in ("update", "delete"):
            connection.execute(f"DROP TRIGGER {table}_no_{event} ON {table}")
        connection.execute(f"DROP TABLE {table}")
    connection.execute("DROP TABLE unsaved; DROP TABLE visits")
    connection.execute(
        "CREATE TABLE pending (person VARCHAR PRIMARY KEY, edits VARCHAR NOT NULL, kept_on TIMESTAMP NOT NULL)"
    )
    connection.execute("INSERT INTO pending VALUES ('ann', ?, TIMESTAMP '2026-10-01 09:00:00')", [KEPT])
    connection.execute("DROP TRIGGER migrations_no_delete ON migrations")
    connection.execute("DELETE FROM migrations WHERE number > 1")
    connection.execute("CHECKPOINT")
    connection.close()


def migrations_of(path):
    connection = duckdb.connect(str(path), read_only=True)
    found = [
        number for (number,) in connection.execute("SELECT number FROM migrations ORDER BY number").fetchall()
    ]
    connection.close()
    return found


def test_a_database_of_the_first_format_migrates_and_verifies(sample, tmp_path):
    today = tmp_path / "today.duckdb"
    shutil.copyfile(sample, today)
    as_first_format(sample)
    assert migrations_of(sample) == [1]

    db = open_plan(sample)
    verification, headers = verify(db), list_versions(db)
    assert (verification.snapshots, list(verification.broken)) == (6, [])
    assert list_refreshes(db) == []
    assert load_pending(db, "ann") == [Edit("projects", ("PRJ-001",), "cost", 1, 2)]
    db.close()

    assert migrations_of(sample) == [migration.number for migration in read_migrations()]
    assert migrations_of(f"{sample}.before-migration-0002") == [1]
    fresh = open_plan(today)
    assert [version.chain for version in list_versions(fresh)] == [version.chain for version in headers]
    fresh.close()

"""Migrations: the tables they make are the declared ones; a strange file is refused, a copy kept, nothing changed."""

import shutil

import duckdb
import pytest

from planner.errors import DatabaseNewer, MigrationChanged
from planner.model.ledgers import LEDGERS
from planner.model.tables import TABLES
from planner.store.database import Database
from planner.store.migrating import Migration, read_migrations
from planner.store.snapshots import load_plan, verify_snapshots
from planner.store.versions import list_versions
from tests.store.small import fill, seal, small_plan

NEXT = Migration(
    max(m.number for m in read_migrations()) + 1, "0099_next", "ALTER TABLE unsaved ADD COLUMN x INTEGER"
)


def columns_of(db, table):
    with db.reading() as cursor:
        return cursor.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
            [table],
        ).fetchall()


@pytest.mark.parametrize("name", TABLES)
def test_the_migrated_tables_are_the_declared_ones(unwritten, name):
    declared = [(column.name, column.sql_type) for column in TABLES[name].columns]
    assert columns_of(unwritten, f"work_{name}") == [("version", "VARCHAR"), *declared]
    assert columns_of(unwritten, f"sealed_{name}") == [("snapshot", "INTEGER"), *declared]


@pytest.mark.parametrize("name", LEDGERS)
def test_the_migrated_ledgers_are_the_declared_ones(unwritten, name):
    declared = [(column.name, column.sql_type) for column in LEDGERS[name].columns]
    assert columns_of(unwritten, f"ledger_{name}") == declared


def test_no_table_is_stored_that_is_not_declared(unwritten):
    with unwritten.reading() as cursor:
        stored = {name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    prefixed = {name for name in stored if name.startswith(("work_", "sealed_", "ledger_"))}
    declared = {f"{prefix}_{name}" for prefix in ("work", "sealed") for name in TABLES}
    assert prefixed == declared | {f"ledger_{name}" for name in LEDGERS}


def test_the_ledger_names_each_migration_with_its_digest(unwritten):
    with unwritten.reading() as cursor:
        rows = cursor.execute("SELECT number, name, sha256 FROM migrations ORDER BY number").fetchall()
    assert rows == [(m.number, m.name, m.sha256) for m in read_migrations()]


def test_a_pending_migration_keeps_a_copy_and_changes_no_snapshot(path):
    old = Database.open(path, create=True)
    fill(old)
    seal(old)
    before = [version.fingerprint for version in list_versions(old)]
    old.close()

    new = Database(path, migrations=(*read_migrations(), NEXT))

    assert ("x", "INTEGER") in columns_of(new, "unsaved")
    assert [version.fingerprint for version in list_versions(new)] == before
    assert verify_snapshots(new) == []
    new.close()
    kept = Database.open(path.with_name(f"{path.name}.before-migration-{NEXT.number:04d}"))
    assert load_plan(kept, "latest") == small_plan()
    assert ("x", "INTEGER") not in columns_of(kept, "unsaved")
    kept.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(path):
    Database.open(path, create=True).close()
    broken = Migration(NEXT.number, NEXT.name, f"{NEXT.sql}; SELECT error('no')")
    with pytest.raises(duckdb.Error, match="no"):
        Database(path, migrations=(*read_migrations(), broken))
    again = Database.open(path)
    assert ("x", "INTEGER") not in columns_of(again, "unsaved")
    again.close()


def test_a_newer_releases_file_is_refused(path):
    Database(path, migrations=(*read_migrations(), NEXT)).close()
    with pytest.raises(DatabaseNewer, match=f"format {NEXT.number}; this one knows {NEXT.number - 1}"):
        Database.open(path)


def test_a_file_that_went_through_another_text_of_a_migration_is_refused(path):
    first = read_migrations()[0]
    other = Migration(first.number, first.name, f"{first.sql}\n-- mended")
    Database(path, migrations=(other,)).close()
    with pytest.raises(MigrationChanged, match=first.name):
        Database.open(path)


def test_a_file_is_moved_between_folders_without_a_word(path, tmp_path):
    db = Database.open(path, create=True)
    fill(db)
    db.close()
    (tmp_path / "elsewhere").mkdir()
    moved = tmp_path / "elsewhere" / "my plan's file.duckdb"
    shutil.move(path, moved)
    db = Database.open(moved)
    assert load_plan(db, "draft") == small_plan()
    db.close()

"""Guards: the file itself refuses to change what is sealed or written down, and a copy of it does too."""

import duckdb
import pytest

from planner.store.backups import backup
from planner.store.database import Database
from tests.store.small import cell, fill, save, seal

GUARDED = [
    "sealed_projects",
    "sealed_reasons",
    "snapshots",
    "saves",
    "journal",
    "migrations",
    "ledger_decisions",
]
SET = {"sealed_projects": "cost = 1", "sealed_reasons": "kind = 'x'", "snapshots": "note = 'x'"}
SET |= {
    "saves": "actor = 'x'",
    "journal": "id = 'x'",
    "migrations": "name = 'x'",
    "ledger_decisions": "owner = 'x'",
}


@pytest.fixture(scope="module")
def sealed(unwritten):
    fill(unwritten)
    seal(unwritten)
    return unwritten


def statements(table):
    return [f"UPDATE {table} SET {SET[table]}", f"DELETE FROM {table}", f"TRUNCATE {table}"]


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("which", range(3))
def test_what_is_sealed_or_written_down_is_neither_changed_nor_removed(sealed, table, which):
    with pytest.raises(duckdb.Error, match=f"{table} only grows"), sealed.writing() as cursor:
        cursor.execute(statements(table)[which])


def test_every_sealed_table_and_ledger_has_its_guards(unwritten):
    with unwritten.reading() as cursor:
        tables = cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        guards = cursor.execute("SELECT trigger_name FROM duckdb_triggers()").fetchall()
    growing = [name for (name,) in tables if name.startswith(("sealed_", "ledger_"))]
    assert {f"{name}_no_{event}" for name in growing for event in ("update", "delete")} <= {
        n for (n,) in guards
    }


def test_a_guarded_table_takes_new_rows(db):
    fill(db)
    assert seal(db)[1]
    assert save(db, cell("P-1", "cost", 10, 11)).applied == 1


def test_a_copy_is_guarded_again_once_it_is_opened(file_db, tmp_path):
    fill(file_db)
    seal(file_db)
    copy = Database.open(backup(file_db, tmp_path / "copy.duckdb"))
    with pytest.raises(duckdb.Error, match="only grows"), copy.writing() as cursor:
        cursor.execute("DELETE FROM sealed_projects")
    copy.close()

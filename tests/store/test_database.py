"""The database file: one process, one writer, each read one state; a commit stays or is told not to have been."""

import os
import subprocess
import sys
import threading
from contextlib import suppress

import duckdb
import pytest

from planner.errors import DatabaseBusy, DatabaseMissing
from planner.store.database import Database
from planner.store.drafts import apply_edits
from tests.store.small import NOW, cell, fill, frame, project, save

OPEN = """
import sys
from pathlib import Path
from planner.errors import PlannerError
from planner.store.database import Database
try:
    Database.open(Path(sys.argv[1])).close()
except PlannerError as refusal:
    sys.exit(f"{type(refusal).__name__}: {refusal.headline}")
"""
THREADS, SAVES, CELLS = 8, 20, 25


def open_elsewhere(path):
    """Try to open the database in another process; what it said."""
    return subprocess.run(
        [sys.executable, "-c", OPEN, str(path)], capture_output=True, text=True, check=False
    )


@pytest.mark.usefixtures("file_db")
def test_a_second_process_is_told_who_has_the_file(path):
    said = open_elsewhere(path).stderr
    assert f"DatabaseBusy: The plan database {path} is in use by process {os.getpid()}." in said


@pytest.mark.usefixtures("file_db")
def test_the_lock_holds_even_where_our_process_read_the_file(path):
    path.read_bytes()
    assert "DatabaseBusy" in open_elsewhere(path).stderr


def test_a_closed_file_opens_in_another_process(path):
    Database.open(path, create=True).close()
    assert open_elsewhere(path).returncode == 0


@pytest.mark.usefixtures("file_db")
def test_the_same_process_is_told_too(path):
    with pytest.raises(DatabaseBusy, match="this one"):
        Database.open(path)


@pytest.mark.usefixtures("file_db")
def test_a_link_to_the_file_is_the_same_file(path, tmp_path):
    link = tmp_path / "link.duckdb"
    link.symlink_to(path)
    with pytest.raises(DatabaseBusy):
        Database.open(link)


def test_no_database_is_made_where_none_was_asked_for(path):
    with pytest.raises(DatabaseMissing, match="planner init"):
        Database.open(path)
    assert list(path.parent.iterdir()) == []


def test_an_exception_takes_the_whole_transaction_back(db):
    fill(db)

    def break_off():
        with db.writing():
            save(db, cell("P-1", "cost", 10, 11))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert project(db, "P-1")["cost"] == 10


def test_a_statement_that_failed_is_never_committed_in_silence(db):
    fill(db)

    def swallow():
        with db.writing() as cursor:
            save(db, cell("P-1", "cost", 10, 11))
            with suppress(duckdb.Error):
                cursor.execute("SELECT nonsense")

    with pytest.raises(duckdb.Error, match="aborted"):
        swallow()
    assert project(db, "P-1")["cost"] == 10


def test_a_read_sees_one_state_while_another_thread_saves(db):
    fill(db)
    with db.reading() as cursor:
        first = cursor.execute("SELECT sum(cost) FROM work_projects").fetchall()
        other = threading.Thread(target=save, args=(db, cell("P-1", "cost", 10, 99)))
        other.start()
        other.join()
        assert cursor.execute("SELECT sum(cost) FROM work_projects").fetchall() == first
    assert project(db, "P-1")["cost"] == 99


def test_a_read_inside_a_write_sees_what_is_being_written(db):
    fill(db)
    with db.writing():
        save(db, cell("P-1", "cost", 10, 11))
        assert project(db, "P-1")["cost"] == 11


def stored_costs(db):
    with db.reading() as cursor:
        return dict(cursor.execute("SELECT project_id, cost FROM work_projects").fetchall())


def test_eight_threads_on_the_same_cells_lose_no_edit(db):
    projects = [{"project_id": f"P-{number}", "name": "x", "cost": 0} for number in range(CELLS)]
    fill(db, {"projects": frame("projects", *projects)})
    applied, refused, errors = [], [], []

    def work(step):
        try:
            for _ in range(SAVES):
                seen = stored_costs(db)
                edits = [cell(key, "cost", cost, cost + step) for key, cost in seen.items()]
                saved = apply_edits(db, edits, actor=f"thread {step}", now=NOW)
                applied.append(saved.applied * step)
                refused.append(len(saved.conflicts))
                assert saved.applied + len(saved.conflicts) == CELLS
        except BaseException as error:
            errors.append(error)
            raise

    threads = [threading.Thread(target=work, args=(10**number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert sum(refused) > 0, "the threads never met"
    assert sum(stored_costs(db).values()) == sum(applied)
    with db.reading() as cursor:
        written = cursor.execute("SELECT count(*) FROM journal WHERE field = 'cost'").fetchall()[0][0]
    assert written + sum(refused) == THREADS * SAVES * CELLS


def test_nothing_of_the_computer_can_be_read_through_the_database(db, path):
    path.write_text("secret")
    with pytest.raises(duckdb.PermissionException), db.reading() as cursor:
        cursor.execute("SELECT * FROM read_text(?)", [str(path)])
    with pytest.raises(duckdb.InvalidInputException), db.reading() as cursor:
        cursor.execute("SET enable_external_access = true")


def test_a_listing_loads_no_frames():
    code = "import sys, planner.store.database, planner.store.versions; print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "duckdb" in said
    assert {"polars", "dataframely", "pyarrow", "pandas", "numpy"}.isdisjoint(said)

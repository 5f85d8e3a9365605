"""Backups: a consistent copy in one file, made while others work, and never over a file that is there."""

import threading

import pytest

from planner.errors import DatabaseRefused, FileRefused
from planner.store.backups import backup
from planner.store.database import Database
from planner.store.drafts import apply_edits
from planner.store.snapshots import load_plan, verify_snapshots
from planner.store.versions import list_versions, load_plan_uid
from tests.store.small import NOW, cell, fill, save, seal


def test_a_copy_holds_all_versions_and_the_draft(file_db, tmp_path):
    fill(file_db)
    seal(file_db)
    save(file_db, cell("P-1", "cost", 10, 11))
    copy = Database.open(backup(file_db, tmp_path / "deep" / "copy's.duckdb"))
    assert list_versions(copy) == list_versions(file_db)
    assert load_plan(copy, "draft") == load_plan(file_db, "draft")
    assert load_plan_uid(copy) == load_plan_uid(file_db)
    assert verify_snapshots(copy) == []
    copy.close()


def test_nothing_else_is_left_behind(file_db, path, tmp_path):
    backup(file_db, tmp_path / "copies" / "copy.duckdb")
    assert [file.name for file in (tmp_path / "copies").iterdir()] == ["copy.duckdb"]
    assert {file.name for file in path.parent.glob("plan*")} <= {
        path.name,
        f"{path.name}.wal",
        f"{path.name}.lock",
    }


def test_a_file_that_is_there_is_not_replaced(file_db, path, tmp_path):
    (tmp_path / "copy.duckdb").write_text("precious")
    for taken in (tmp_path / "copy.duckdb", path):
        with pytest.raises(FileRefused, match="there is a file already"):
            backup(file_db, taken)
    assert (tmp_path / "copy.duckdb").read_text() == "precious"


def test_a_folder_that_cannot_be_written_is_a_refusal(file_db, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises((FileRefused, DatabaseRefused)):
        backup(file_db, tmp_path / "file" / "copy.duckdb")


def test_a_copy_made_while_others_save_is_one_state(file_db, tmp_path):
    fill(file_db)
    done = threading.Event()

    def work():
        cost = 10
        while not done.is_set():
            both = [cell("P-1", "cost", cost, cost + 1), cell("P-2", "cost", cost + 10, cost + 11)]
            apply_edits(file_db, both, actor="ann", now=NOW)
            cost += 1

    thread = threading.Thread(target=work)
    thread.start()
    copies = [backup(file_db, tmp_path / f"{number}.duckdb") for number in range(3)]
    done.set()
    thread.join()
    for file in copies:
        copy = Database.open(file)
        _, one, two = load_plan(copy, "draft")["projects"]["cost"].to_list()
        assert two - one == 10
        copy.close()

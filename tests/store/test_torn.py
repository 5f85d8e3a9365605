"""A process killed in the middle of writing a block of the database file: the file opens, and everything is there.

The moment is too short to be met at will, so it is put together: a file as it was before a checkpoint, in
which one block is new up to a page and old from there on.
"""

import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from planner.errors import DatabaseDamaged
from planner.model.edit import Edit
from planner.store.database import Database
from planner.store.drafts import apply_edits, replace_draft
from planner.store.snapshots import load_plan, verify_snapshots
from tests.store.workload import NOW, begin, import_frames, opened, seal_next

HEADERS, BLOCK = 3 * 4096, 32768
PAGES = (4096, 5 * 4096)


def copied(path, folder):
    """The file and its log as they stand, copied by another process: this one may not touch an open file."""
    folder.mkdir()
    subprocess.run(["cp", path, f"{path}.wal", folder], check=True)
    return folder / path.name


def changed_blocks(before, after):
    """Where blocks start that were there before the checkpoint and were written again by it."""
    starts = range(HEADERS, min(len(before), len(after)) - BLOCK + 1, BLOCK)
    return [start for start in starts if before[start : start + BLOCK] != after[start : start + BLOCK]]


@pytest.fixture(scope="module")
def checkpointed(tmp_path_factory):
    """A file in use just before a checkpoint, the bytes after it, and the draft's fingerprint."""
    folder = tmp_path_factory.mktemp("torn")
    path = folder / "plan.duckdb"
    begin(path, "by default")
    db = opened(path, "by default")
    for number in range(1, 4):
        replace_draft(db, import_frames(number), actor="worker", now=NOW, reason="again")
        db.checkpoint()
        seal_next(db)
        db.checkpoint()
    apply_edits(db, [Edit("outcomes", ("O-1",), "weight", 0, 7)], actor="worker", now=NOW)
    before, fingerprint = copied(path, folder / "before"), load_plan(db, "draft").fingerprint
    db.close()
    return before, path.read_bytes(), fingerprint


def torn(folder, checkpointed, start, page):
    """The file in which the block at `start` was written up to a page when the process was killed."""
    before, after, _ = checkpointed
    folder.mkdir()
    path = folder / before.name
    old = before.read_bytes()
    path.write_bytes(old[:start] + after[start : start + page] + old[start + page :])
    shutil.copy(f"{before}.wal", folder)
    return path


def opens_by_driver(path, folder):
    shutil.copytree(path.parent, folder)
    try:
        duckdb.connect(str(folder / path.name)).close()
    except duckdb.Error as error:
        assert "does not match stored checksum" in str(error)  # noqa: PT017  the driver's own words
        return False
    return True


def test_a_file_torn_in_any_block_of_a_checkpoint_opens_with_all_that_was_in_it(checkpointed, tmp_path):
    before, after, fingerprint = checkpointed
    starts = changed_blocks(before.read_bytes(), after)
    refused = 0
    for number, (start, page) in enumerate((start, page) for start in starts for page in PAGES):
        path = torn(tmp_path / str(number), checkpointed, start, page)
        refused += not opens_by_driver(path, tmp_path / f"{number} by the driver")
        db = Database.open(path)
        assert load_plan(db, "draft").fingerprint == fingerprint
        assert verify_snapshots(db) == []
        db.close()
        assert {left.name for left in path.parent.iterdir()} <= {path.name, f"{path.name}.lock"}
    assert refused >= 2, "no block was torn that the driver cannot read: this test shows nothing"


@pytest.mark.parametrize("damage", ["no log", "garbage in a block"])
def test_other_damage_is_refused_and_the_file_stays_as_it_is(checkpointed, tmp_path, damage):
    before, after, _ = checkpointed
    starts = changed_blocks(before.read_bytes(), after)
    path = next(
        path
        for number, start in enumerate(starts)
        if not opens_by_driver(
            path := torn(tmp_path / str(number), checkpointed, start, PAGES[0]), tmp_path / f"{number}d"
        )
    )
    if damage == "no log":
        Path(f"{path}.wal").unlink()
    else:
        start = starts[int(path.parent.name)]
        found = path.read_bytes()
        path.write_bytes(found[: start + 8] + b"\xa5" * (BLOCK - 8) + found[start + BLOCK :])
    damaged = path.read_bytes()
    with pytest.raises(DatabaseDamaged):
        Database.open(path)
    assert path.read_bytes() == damaged

"""Bad days: a file that is broken, strange or not to be written is refused in a sentence, and what was there is there."""

import multiprocessing
import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import duckdb
import pytest

from planner.errors import (
    DatabaseDamaged,
    DatabaseForeign,
    DatabaseReadOnly,
    DatabaseRefused,
    DiskFull,
    LogLost,
    PlannerError,
)
from planner.store.database import Database
from planner.store.snapshots import load_plan, verify_snapshots
from planner.store.versions import list_versions
from tests.store.small import cell, fill, project, save, seal, small_plan

NOBODY = 65534


def make_sqlite(file):
    sqlite3.connect(file).executescript("CREATE TABLE t(a); INSERT INTO t VALUES (1)")


def make_strange(file):
    with duckdb.connect(str(file)) as strange:
        strange.execute("CREATE TABLE projects(a INTEGER)")


def make_empty(file):
    duckdb.connect(str(file)).close()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a closed database of one snapshot, and what a process that was killed later left of it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "killed").mkdir()
    path = folder / "plan.duckdb"
    db = Database.open(path, create=True)
    fill(db)
    seal(db)
    db.close()
    shutil.copyfile(path, folder / "closed.duckdb")
    db = Database.open(path)
    save(db, cell("P-1", "cost", 10, 11))
    save(db, cell("P-1", "cost", 11, 12))
    for name in (path.name, f"{path.name}.wal", f"{path.name}.lock"):
        subprocess.run(["cp", str(folder / name), str(folder / "killed" / name)], check=True)
    db.close()
    return folder


@pytest.fixture
def closed(made, path):
    """The path of a database with one snapshot, closed."""
    return Path(shutil.copyfile(made / "closed.duckdb", path))


@pytest.fixture
def killed(made, tmp_path):
    """The path of what a killed process left: a snapshot in the file, then saves in its log."""
    return Path(shutil.copytree(made / "killed", tmp_path / "left")) / "plan.duckdb"


# --- files that are no plan, or no longer one


@pytest.mark.parametrize(
    "make",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(b"\0" * 100_000),
        lambda file: file.write_bytes(bytes(range(256)) * 400),
        lambda file: file.write_text("project_id,name\nP-1,One\n"),
        lambda file: file.mkdir(),
        make_sqlite,
        make_strange,
        make_empty,
    ],
    ids=["nothing", "zeros", "garbage", "csv", "folder", "sqlite", "other tables", "no tables"],
)
def test_a_file_that_is_no_plan_is_refused_and_left_alone(path, make):
    make(path)
    content = path.read_bytes() if path.is_file() else None
    with pytest.raises(DatabaseForeign, match="is not a plan database"):
        Database.open(path)
    assert content == (path.read_bytes() if path.is_file() else None)
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("share", [0.001, 0.01, 0.2, 0.5])
def test_a_truncated_file_is_refused(closed, share):
    content = closed.read_bytes()
    closed.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DatabaseDamaged, match="restore --archives"):
        Database.open(closed)


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_torn_page_is_refused_or_was_not_in_use(closed, place):
    content = bytearray(closed.read_bytes())
    start = len(content) * place // 100 // 4096 * 4096
    content[start : start + 4096] = b"\xa5" * 4096
    closed.write_bytes(content)
    try:
        db = Database.open(closed)
    except DatabaseRefused as refused:
        assert isinstance(refused, DatabaseDamaged | DatabaseForeign)  # noqa: PT017  opening is as good
        return
    try:
        assert verify_snapshots(db) == []
        assert load_plan(db, "latest") == small_plan()
    except DatabaseDamaged:
        pass
    finally:
        db.close()


# --- the log beside the file


def test_what_a_killed_process_had_saved_is_there(killed):
    db = Database.open(killed)
    assert project(db, "P-1")["cost"] == 12
    db.close()


@pytest.mark.parametrize(
    "lose",
    [
        lambda wal: wal.unlink(),
        lambda wal: wal.write_bytes(b""),
        lambda wal: wal.write_bytes(b"garbage" * 1000),
        lambda wal: wal.write_bytes(wal.read_bytes()[: wal.stat().st_size // 2]),
    ],
    ids=["deleted", "emptied", "garbage", "half"],
)
def test_a_lost_log_is_told_and_one_may_go_on_without_it(killed, lose):
    lose(Path(f"{killed}.wal"))
    with pytest.raises((LogLost, DatabaseDamaged)) as refused:
        Database.open(killed)
    if isinstance(refused.value, LogLost):
        assert f"remove {killed}.lock" in refused.value.remedy
        Path(f"{killed}.lock").unlink()
        db = Database.open(killed)
        assert load_plan(db, "FY27-Q4") == small_plan()
        assert verify_snapshots(db) == []
        db.close()


def test_a_lost_log_is_no_longer_lost_once_it_is_put_back(killed, tmp_path):
    wal = Path(f"{killed}.wal")
    wal.rename(tmp_path / "kept")
    with pytest.raises(LogLost, match=r"Put .*\.wal back"):
        Database.open(killed)
    shutil.move(tmp_path / "kept", wal)
    db = Database.open(killed)
    assert project(db, "P-1")["cost"] == 12
    db.close()


def test_a_log_that_is_torn_is_refused(killed):
    wal = Path(f"{killed}.wal")
    content = bytearray(wal.read_bytes())
    content[len(content) // 2] ^= 0xFF
    wal.write_bytes(content)
    with pytest.raises((DatabaseDamaged, LogLost)):
        Database.open(killed)


# --- no right to write, no room to write


@pytest.fixture
def shelf():
    """A folder that every user of this computer can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def in_child(work, *arguments):
    """Run a function in a process of its own, forked from one that has everything loaded; what it returned."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.test_bad_days"])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(theirs, work, arguments))
    process.start()
    theirs.close()
    said = ours.recv()
    process.join()
    return said


def _tell(pipe, work, arguments):
    pipe.send(work(*arguments))


def open_as_nobody(path):
    """Open the database as a user who is not root, for whom modes count."""
    if os.getuid() == 0:
        os.setuid(NOBODY)
    try:
        Database.open(path).close()
    except PlannerError as refusal:
        return type(refusal).__name__, refusal.headline
    return "opened", ""


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o555), (0o666, 0o555), (0o444, 0o777)])
def test_a_place_that_cannot_be_written_is_refused_at_once(closed, shelf, file, folder):
    path = shelf / closed.name
    shutil.copyfile(closed, path)
    path.chmod(file)
    shelf.chmod(folder)
    name, headline = in_child(open_as_nobody, path)
    assert name == DatabaseReadOnly.__name__
    assert headline.startswith(f"The plan database {path} cannot be written: ")


def save_until_full(path, most):
    """Save in files of at most `most` bytes; the last cost that was acknowledged and the refusal."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    db = Database.open(path)
    return fill_up(db)


def fill_up(db):
    """Save until there is no room; the last cost that was acknowledged and the refusal."""
    cost = project(db, "P-1")["cost"]
    text = None
    while True:
        longer = f"{cost:09d}" * 400
        try:
            assert (
                save(db, cell("P-1", "cost", cost, cost + 1), cell("P-1", "why", text, longer)).applied == 2
            )
        except PlannerError as refusal:
            return cost, type(refusal).__name__
        cost, text = cost + 1, longer


def test_a_full_disk_is_told_and_every_acknowledged_save_is_there(closed):
    most = closed.stat().st_size + 60_000
    cost, refusal = in_child(save_until_full, closed, most)
    assert refusal == DiskFull.__name__
    assert cost > 10
    db = Database.open(closed)
    assert project(db, "P-1")["cost"] == cost
    assert verify_snapshots(db) == []
    db.close()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of a few megabytes; only where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def leave_room(folder, most):
    """Fill a small disk but for some bytes."""
    disk = os.statvfs(folder)
    (folder / "ballast").write_bytes(b"\0" * (disk.f_bavail * disk.f_frsize - most))


def test_work_goes_on_once_there_is_room_again(small_disk):
    db = Database.open(small_disk / "plan.duckdb", create=True)
    fill(db)
    seal(db)
    leave_room(small_disk, 100_000)
    cost, refusal = fill_up(db)
    assert refusal == DiskFull.__name__
    assert project(db, "P-1")["cost"] == cost
    assert load_plan(db, "FY27-Q4") == small_plan()

    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert save(db, cell("P-1", "cost", cost, -1)).applied == 1
    version, fresh = seal(db, "FY28-Q1")
    assert fresh
    db.close()
    again = Database.open(small_disk / "plan.duckdb")
    assert [found.label for found in list_versions(again)] == ["FY27-Q4", "FY28-Q1", "draft"]
    assert load_plan(again, "latest").fingerprint == version.fingerprint
    assert verify_snapshots(again) == []
    again.close()


def test_a_sealing_on_a_full_disk_is_done_or_not_done(small_disk):
    db = Database.open(small_disk / "plan.duckdb", create=True)
    fill(db)
    leave_room(small_disk, 400_000)
    said = []
    for revision in range(1, 200):
        label = "FY27-Q4" if revision == 1 else f"FY27-Q4.r{revision}"
        try:
            save(db, cell("P-1", "why", project(db, "P-1")["why"], f"{revision:09d}" * 400))
            said.append(seal(db, label)[0])
        except DatabaseRefused:
            break
    else:
        pytest.fail("the disk never was full")
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    db.close()
    again = Database.open(small_disk / "plan.duckdb")
    sealed = [version for version in list_versions(again) if version.is_sealed]
    assert sealed[: len(said)] == said
    assert len(sealed) <= len(said) + 1
    assert verify_snapshots(again) == []
    again.close()

"""Open the plan database, or make one with the sample or empty; it compares the file with its archives.

Frames are imported only where a plan is made or an archive is missing, so that a listing comes at once.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planner.errors import DatabaseExists, DatabaseTooOld, FileRefused, LogLost
from planner.store.archive import archive_root, drop_unfinished, has_archive, list_manifests
from planner.store.database import Database
from planner.store.sidecar import Sidecar
from planner.store.versions import list_snapshots

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from planner.model.version import Version

    Progress = Callable[[str, float], None]


def open_plan(path: Path, *, to_verify: bool = False) -> Database:
    """Open the database that is there, and make the archives that are missing.

    Raises the refusals of `Database.open`, and DatabaseTooOld where an archive names a snapshot that the
    database does not have; `to_verify` opens one whose snapshot only has another fingerprint. An archive whose
    manifest does not read is no reason to stay closed: `verify` tells of it.
    """
    try:
        db = Database.open(path)
    except LogLost:
        _refuse_older(path)
        raise
    try:
        _match_archives(db, path, to_verify=to_verify)
    except BaseException:
        db.close()
        raise
    return db


def place_database(making: Path, path: Path) -> None:
    """Give a database that was made under another name its place; what the lock's file said of an older one goes."""
    lock = Sidecar(path)
    try:
        making.rename(path)
        lock.acknowledge(0, "")
    finally:
        lock.close()


def make_plan(
    path: Path,
    *,
    sample: bool,
    now: dt.datetime,
    progress: Progress,
    fiscal_start: int = 1,
    currency: str = "",
    name: str = "",
) -> Database:
    """Make a database with the sample plan, all its quarters sealed, or with an empty plan; returns it open.

    `progress` is told what is being done and how far it is, from 0 to 1. The database is made under a
    temporary name, so that a half-made one never stands at the path. Raises DatabaseExists, FileRefused
    or WrongCall.
    """
    from planner.actions import starting  # noqa: PLC0415  it loads the frames

    _refuse_taken(path)
    making = path.with_name(f"{path.name}.making-{os.getpid()}")
    try:
        db = Database.open(making, create=True)
        try:
            if sample:
                starting.fill_with_sample(db, progress)
            else:
                starting.fill_empty(db, fiscal_start=fiscal_start, currency=currency, name=name, now=now)
        finally:
            db.close()
        _refuse_taken(path)
        place_database(making, path)
    finally:
        for leftover in path.parent.glob(f"{making.name}*"):
            if leftover.is_file():
                leftover.unlink()
    progress("Writing the archives", 0.95)
    return open_plan(path)


def _refuse_taken(path: Path) -> None:
    if path.exists():
        raise DatabaseExists(path)
    if list_manifests(archive_root(path), skip_unfit=True):
        raise FileRefused(
            path,
            "archives of an earlier plan database lie beside it",
            f"Rebuild that one with 'planner restore --archives {archive_root(path)}', or name another path.",
        )


def _match_archives(db: Database, path: Path, *, to_verify: bool) -> None:
    """Refuse a database that is older than its archives, and make those that it lacks."""
    root = archive_root(path)
    snapshots = _find_snapshots(db, path, to_verify=to_verify)
    drop_unfinished(root)
    missing = [version for version in snapshots if not has_archive(root, version)]
    if missing:
        _write_missing(db, missing)


def _find_snapshots(db: Database, path: Path, *, to_verify: bool = False) -> list[Version]:
    """The snapshots of a database; raises DatabaseTooOld where an archive names another one."""
    snapshots = list_snapshots(db)
    known = {version.label: version.fingerprint for version in snapshots}
    lacking = [
        kept.label
        for kept in list_manifests(archive_root(path), skip_unfit=True)
        if kept.label not in known or (known[kept.label] != kept.fingerprint and not to_verify)
    ]
    if lacking:
        raise DatabaseTooOld(path, lacking)
    return snapshots


def _refuse_older(path: Path) -> None:
    """Of a file that lost its log, or was replaced by an older copy, say which snapshots it lacks."""
    db = Database.open(path, log_may_be_lost=True)
    try:
        _find_snapshots(db, path)
    finally:
        db.close()


def _write_missing(db: Database, versions: list[Version]) -> None:
    from planner.actions.archiving import write_archives  # noqa: PLC0415  it loads the frames

    write_archives(db, versions)

"""Put a backup back, or rebuild a database from its archives; what is replaced is moved aside, never deleted."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.actions.opening import open_plan
from planner.actions.rebuilding import rebuild
from planner.errors import ArchiveUnfit, BackupUnfit, DatabaseDamaged, DatabaseForeign, FileRefused
from planner.store import backups
from planner.store.archive import archive_root, list_manifests
from planner.store.database import Database
from planner.store.sidecar import Sidecar
from planner.store.snapshots import verify_snapshots
from planner.store.versions import list_snapshots

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from planner.actions.opening import Progress
    from planner.model.version import Version


@dataclass(frozen=True)
class Restored:
    """What a restore put in place, and where it moved what had been there."""

    snapshots: tuple[str, ...]
    aside: tuple[Path, ...]


def backup(db: Database, file: Path) -> Path:
    """Write a consistent copy of the open database to a new file; raises FileRefused or DiskFull."""
    return backups.backup(db, file)


def restore_backup(path: Path, file: Path, *, now: dt.datetime) -> Restored:
    """Put a backup in the place of the database, after reading it whole.

    Raises BackupUnfit, ArchiveUnfit, DatabaseBusy, FileRefused or the other refusals of `Database.open`.
    """
    if not file.is_file():
        raise BackupUnfit(file, "it is no file" if file.exists() else "there is nothing there")
    with _made_beside(path) as making:
        _copy(file, making)
        try:
            snapshots = _read_whole(file, making)
        except (DatabaseForeign, DatabaseDamaged) as refused:
            why = refused.headline.replace(str(making), str(file)).rstrip(".")
            raise BackupUnfit(file, f"{why[0].lower()}{why[1:]}") from refused
        return _put_in_place(path, making, snapshots, now)


def _read_whole(file: Path, making: Path) -> list[Version]:
    """The snapshots of a copy whose every row is what was sealed."""
    db = Database.open(making)
    try:
        broken = verify_snapshots(db)
        snapshots = _snapshots(db)
    finally:
        db.close()
    if broken:
        raise ArchiveUnfit(file, broken[0].message.rstrip("."))
    return snapshots


def restore_archives(path: Path, folder: Path, *, now: dt.datetime, progress: Progress) -> Restored:
    """Make a new database from archives: each is imported and sealed again, with the same chain.

    The draft is then equal to the last snapshot. Raises ArchiveUnfit, DatabaseBusy or FileRefused.
    """
    archives = list_manifests(folder)
    if not archives:
        raise ArchiveUnfit(folder, "there is no archive in it")
    with _made_beside(path) as making:
        db = Database.open(making, create=True)
        try:
            rebuild(db, archives, progress)
            snapshots = _snapshots(db)
        finally:
            db.close()
        return _put_in_place(path, making, snapshots, now)


@contextmanager
def _made_beside(path: Path) -> Iterator[Path]:
    """A name beside the database under which a new one is made; what is left over of it goes away."""
    making = path.with_name(f"{path.name}.restoring-{os.getpid()}")
    try:
        yield making
    finally:
        for leftover in path.parent.glob(f"{making.name}*"):
            if leftover.is_file():
                leftover.unlink()


def _put_in_place(path: Path, making: Path, snapshots: list[Version], now: dt.datetime) -> Restored:
    """Move the old files aside and the new one in, while no other process can open either."""
    lock = Sidecar(path)
    try:
        aside = [_move_aside(there, now) for there in _replaced(path, snapshots) if there.exists()]
        making.rename(path)
        lock.acknowledge(0, "")  # what it said was of the file that is aside now
    except OSError as error:
        raise FileRefused(path, (error.strerror or "the system refuses it").lower()) from error
    finally:
        lock.close()
    open_plan(path).close()
    return Restored(tuple(version.label for version in snapshots), tuple(aside))


def _replaced(path: Path, snapshots: list[Version]) -> list[Path]:
    """What a new database takes the place of: the file, its log, and archives that it does not know."""
    known = {(version.label, version.fingerprint) for version in snapshots}
    root = archive_root(path)
    strange = any((archive.label, archive.fingerprint) not in known for archive in list_manifests(root))
    return [path, Path(f"{path}.wal"), *([root] if strange else [])]


def _move_aside(path: Path, now: dt.datetime) -> Path:
    stem = f"{path.name}.replaced-{now:%Y%m%dT%H%M%SZ}"
    target = path.with_name(stem)
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{stem}-{number}")
    return path.rename(target)


def _copy(file: Path, making: Path) -> None:
    try:
        making.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, making)
    except OSError as error:
        raise FileRefused(making, (error.strerror or "the system refuses it").lower()) from error


def _snapshots(db: Database) -> list[Version]:
    return list_snapshots(db)

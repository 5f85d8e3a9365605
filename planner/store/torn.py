"""A file that a killed process left with one block half written is mended; no damage of another kind is.

A checkpoint of DuckDB 2.0 writes new metadata into the free part of blocks whose other part still counts,
so such a block is written again in place. A process killed inside that write (Linux ends it between two
pages) leaves the block with the checksum of what it was to become, and the driver refuses the whole file.
What counts in the block is the same before and after, and the log is kept until the checkpoint is over: the
block needs nothing but the checksum of what stands in it. That is tried on a copy, where every snapshot has
to hold and the draft to be read whole, before 8 bytes of the file itself are changed.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import DatabaseDamaged, DatabaseRefused, DiskFull
from planner.model.version import DRAFT
from planner.store.sidecar import Sidecar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.store.database import Database

_TORN = re.compile(r"computed checksum (\d+) does not match stored checksum \d+ in block at location (\d+)")
_MOST = 16  # blocks: a kill tears one, a power cut a few; a file with more has another trouble
_BYTES = 8  # of a checksum, little-endian, at the start of its block


def open_or_mend(path: Path, open_: Callable[[Path], Database]) -> Database:
    """What `open_` opens at the path; a file that was torn in a checkpoint is mended first."""
    try:
        return open_(path)
    except DatabaseDamaged as damaged:
        if not _mend(path, damaged, open_):
            raise
        return open_(path)


def _mend(path: Path, damaged: DatabaseDamaged, open_: Callable[[Path], Database]) -> bool:
    """Give the torn blocks of a file their checksums; False, and nothing changed, where that is no remedy."""
    log = Path(f"{path}.wal")
    if _torn_block(damaged) is None or not log.exists() or log.stat().st_size == 0:
        return False
    with closing(Sidecar(path)), _copied(path, log) as copy:
        checksums = _find_checksums(copy, damaged, open_)
        if checksums:
            _write(path, checksums)
    return bool(checksums)


def _find_checksums(
    copy: Path, damaged: DatabaseDamaged, open_: Callable[[Path], Database]
) -> dict[int, int]:
    """The checksum by location with which the copy opens and everything in it holds; empty if none does."""
    checksums: dict[int, int] = {}
    torn = _torn_block(damaged)
    while torn and torn[0] not in checksums and len(checksums) < _MOST:
        checksums |= [torn]
        _write(copy, dict([torn]))
        try:
            return checksums if _holds(copy, open_) else {}
        except DatabaseDamaged as again:
            torn = _torn_block(again)
        except DatabaseRefused:
            return {}
    return {}


def _holds(copy: Path, open_: Callable[[Path], Database]) -> bool:
    from planner.store.snapshots import load_plan, verify_snapshots  # noqa: PLC0415  they load the frames

    with closing(open_(copy)) as db:
        load_plan(db, DRAFT)
        return not verify_snapshots(db)


def _torn_block(damaged: DatabaseDamaged) -> tuple[int, int] | None:
    """Where the block stands whose checksum is not that of its content, and the checksum that is."""
    found = _TORN.search(str(damaged.__cause__))
    return (int(found[2]), int(found[1])) if found else None


def _write(file: Path, checksums: dict[int, int]) -> None:
    opened = os.open(file, os.O_WRONLY | os.O_CLOEXEC)
    try:
        for location, checksum in checksums.items():
            os.pwrite(opened, checksum.to_bytes(_BYTES, "little"), location)
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _copied(path: Path, log: Path) -> Iterator[Path]:
    """The file and its log under another name beside it; the copy goes away at the end."""
    copy = path.with_name(f"{path.name}.mending-{os.getpid()}")
    try:
        shutil.copyfile(path, copy)
        shutil.copyfile(log, f"{copy}.wal")
        yield copy
    except OSError as error:
        raise DiskFull(path) from error
    finally:
        for leftover in path.parent.glob(f"{copy.name}*"):
            leftover.unlink()

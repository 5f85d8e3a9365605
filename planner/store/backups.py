"""Backups: a consistent copy of the open database in one file; putting it back is an action's."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import FileRefused
from planner.store.copying import copy_database
from planner.store.syncing import sync

if TYPE_CHECKING:
    from planner.store.database import Database


def backup(db: Database, file: Path) -> Path:
    """Write a consistent copy of the database to a new file, synced; other work goes on meanwhile.

    The copy is made in a folder beside the database, the only one the driver may write to, and moved.
    Raises FileRefused where the file is there or cannot be written, and DiskFull.
    """
    file = Path(file)
    if file.exists():
        raise FileRefused(file, "there is a file already")
    folder = db.copies
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / f"{os.getpid()}-{file.name}"
        copy.unlink(missing_ok=True)
        with db.copying() as cursor:
            copy_database(cursor, copy)
        sync(copy)
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(copy, file)
        sync(file)
        sync(file.parent)
    except OSError as error:
        raise FileRefused(file, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(folder)
    return file

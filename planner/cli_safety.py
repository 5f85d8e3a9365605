"""`planner verify`, `backup` and `restore`: what keeps a plan safe; the work is done by the actions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.actions.restoring import backup as write_backup
from planner.actions.restoring import restore_archives, restore_backup
from planner.actions.verifying import verify as verify_plan
from planner.cli_database import database_path, now, opened
from planner.cli_plan import show_progress
from planner.cli_text import counted, say, shown
from planner.errors import DONE, STOPPED

if TYPE_CHECKING:
    import argparse

    from planner.store.snapshots import Broken

LONGEST_PLACE, LONGEST_MESSAGE = 400, 1000


def verify(args: argparse.Namespace) -> int:
    """Read every snapshot again; each broken place is named by label, table, id and field."""
    with opened(args, to_verify=True) as db:
        found = verify_plan(db)
    for broken in found.broken:
        say(f"{shown(_place(broken), LONGEST_PLACE)}: {shown(broken.message, LONGEST_MESSAGE)}")
    if found.broken:
        places = counted(len(found.broken), "place is", "places are")
        say(f"{places} not what was sealed, of {counted(found.snapshots, 'snapshot')}.")
        return STOPPED
    say(f"{counted(found.snapshots, 'snapshot')} verified: rows, chain and archives hold.")
    return DONE


def _place(broken: Broken) -> str:
    return " ".join(word for word in (broken.label, broken.table, broken.id, broken.field) if word)


def backup(args: argparse.Namespace) -> int:
    """Write a consistent copy of the database."""
    with opened(args) as db:
        file = write_backup(db, Path(args.file))
    say(f"Wrote {file}.")
    return DONE


def restore(args: argparse.Namespace) -> int:
    """Put a copy back, or make a new database from archives."""
    path = database_path(args)
    if args.archives is not None:
        done = restore_archives(path, Path(args.archives), now=now(), progress=show_progress)
    else:
        done = restore_backup(path, Path(args.file), now=now())
    newest = f", the newest {done.snapshots[-1]}" if done.snapshots else ""
    say(f"Restored {path} with {counted(len(done.snapshots), 'snapshot')}{newest}.")
    for kept in done.aside:
        say(f"What was there is kept as {kept}.")
    return DONE

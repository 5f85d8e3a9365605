"""Which database a command means, and opening it for the time of the command; nothing about its content."""

from __future__ import annotations

import datetime as dt
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planner.actions.opening import open_plan
from planner.settings import Environment

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from planner.store.database import Database


def environment() -> Environment:
    """Read the environment of this process."""
    return Environment.read(os.environ)


def database_path(args: argparse.Namespace) -> Path:
    """The database of the call: `--database`, else the environment's, else the default."""
    given = getattr(args, "database", None)
    return Path(given) if given else environment().database


def actor(args: argparse.Namespace) -> str:
    """Who acts: `--by`, else the person of the environment."""
    return args.by or environment().actor


def now() -> dt.datetime:
    """The present moment in UTC; below the command line it is always handed in."""
    return dt.datetime.now(dt.UTC)


@contextmanager
def opened(args: argparse.Namespace, *, to_verify: bool = False) -> Iterator[Database]:
    """Open the database that is there, and close it after the command."""
    db = open_plan(database_path(args), to_verify=to_verify)
    try:
        yield db
    finally:
        db.close()

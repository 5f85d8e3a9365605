"""The draft as the file holds it, not as a page shows it: read from a copy, for the server has the file."""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from planner.actions.opening import open_plan
from planner.store.snapshots import load_plan


@contextmanager
def copied(path):
    """A database with all that was committed to a file that another process has open."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.duckdb"
        for end in (".wal", ""):
            if Path(f"{path}{end}").exists():
                shutil.copyfile(f"{path}{end}", f"{copy}{end}")
        db = open_plan(copy)
        try:
            yield db
        finally:
            db.close()


def stored(path, table, version="draft"):
    """The rows of a table of a version by id, each with its cells."""
    with copied(path) as db:
        frame = load_plan(db, version)[table]
    return {row[frame.columns[0]]: row for row in frame.to_dicts()}


def stored_links(path):
    """The strength of each link of the draft, by where it comes from and where it leads."""
    with copied(path) as db:
        links = load_plan(db, "draft")["links"]
    return {(row["from_id"], row["to_id"]): row["strength"] for row in links.to_dicts()}

"""The archive of each snapshot: written after its sealing, made anew where it is missing; where it lies is the store's."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from planner.exchange.folder_files import LEDGER_FOLDER
from planner.exchange.manifest import MANIFEST, write_manifest
from planner.exchange.plan_folder import write_ledgers, write_tables
from planner.store import archive
from planner.store.briefs import find_frozen_brief
from planner.store.ledgers import load_ledgers
from planner.store.refreshes import list_refreshes, load_attestations
from planner.store.snapshots import load_plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.exchange.manifest_refreshes import Kept
    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.store.database import Database

_ONE_WRITER = threading.Lock()  # the second press of a double click seals too, and finds the archive there


def write_archive(
    db: Database, version: Version, plan: Plan | None = None, tables: Mapping[str, bytes] | None = None
) -> None:
    """Write the archive of a snapshot unless it is there.

    `plan` saves reading it again, and `tables`, the files of its tables by name, writing them again.

    The ledgers are put beside the plan as they are now, for a database that is rebuilt from archives has
    no other source of them; so are the refreshes that led to the snapshot and the brief that was frozen with it, in its manifest. A database in memory
    has no archives.
    """
    if db.path is None:
        return
    root = archive.archive_root(db.path)
    with _ONE_WRITER:
        if archive.has_archive(root, version):
            return
        if plan is None:
            plan = load_plan(db, version.label)
            if plan.fingerprint != version.fingerprint:
                return  # the rows are not what was sealed: verify tells, and no archive shall vouch for them
        files = dict(write_tables(plan) if tables is None else tables)
        files[MANIFEST] = write_manifest(
            plan, version, _refreshes_to(db, version), find_frozen_brief(db, version.number)
        )
        archive.write_archive(root, version, files | _ledger_files(db))


def write_archives(db: Database, versions: Iterable[Version]) -> None:
    """Write the archives of several snapshots that lack theirs."""
    for version in versions:
        write_archive(db, version)


def _refreshes_to(db: Database, version: Version) -> list[Kept]:
    """The refreshes that came out of the snapshot before this one: the one that ended in it, those withdrawn."""
    ended = [one for one in list_refreshes(db) if one.baseline == version.previous and not one.is_open]
    return [(refresh, load_attestations(db, refresh.number)) for refresh in ended]


def ledger_files(db: Database) -> dict[str, bytes]:
    """The ledgers that have rows, as files by name in the folder `ledgers`."""
    return write_ledgers(load_ledgers(db))


def _ledger_files(db: Database) -> dict[str, bytes]:
    """The ledgers as files beside the plan's own: an archive is one flat folder."""
    return {name.removeprefix(f"{LEDGER_FOLDER}/"): data for name, data in ledger_files(db).items()}

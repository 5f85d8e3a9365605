"""Verify every snapshot, its chain and its archive, and name the cell that is not what was sealed; it mends nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from planner.errors import ArchiveUnfit
from planner.exchange.folder_files import read_files
from planner.exchange.manifest import version_of
from planner.exchange.plan_folder import read_plan_folder
from planner.model.plan import Plan
from planner.model.tables import TABLES
from planner.model.version import Version
from planner.rules.drift_rows import ADDED, REMOVED, compare_frames
from planner.rules.drift_stack import plain_rows
from planner.store.archive import archive_name, archive_root, list_manifests
from planner.store.snapshots import Broken, load_plan, verify_snapshots
from planner.store.versions import list_snapshots

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.exchange.plan_folder import ReadFolder
    from planner.store.archive import Archive
    from planner.store.database import Database

HEADER = tuple(field.name for field in fields(Version))


@dataclass(frozen=True)
class Verification:
    """How many snapshots were read again, and every place that is not what was sealed."""

    snapshots: int
    broken: tuple[Broken, ...]


def verify(db: Database) -> Verification:
    """Read every snapshot again, recompute its fingerprint and chain, and compare it with its archive.

    Where the archive is whole it tells which cell was changed: each `Broken` then names label, table, id and
    field. A database in memory has no archives, and its broken tables are named alone.
    """
    snapshots = list_snapshots(db)
    found = verify_snapshots(db)
    exact = [broken for version in snapshots for broken in _compare_with_archive(db, version)]
    named = {(broken.label, broken.table) for broken in exact}
    vague = [broken for broken in found if (broken.label, broken.table) not in named]
    return Verification(len(snapshots), (*exact, *vague))


def _compare_with_archive(db: Database, version: Version) -> Iterator[Broken]:
    """The differences between a snapshot in the database and its archive; nothing for a database in memory."""
    if db.path is None:
        return
    try:
        archive = find_archive(archive_root(db.path), version)
        sealed, kept = read_version(archive), read_archive(archive)
    except ArchiveUnfit as unfit:
        yield Broken(version.label, "", "", "archive", unfit.headline)
        return
    yield from _compare_headers(version, sealed)
    yield from _compare_identity(version, archive, kept)
    stored = load_plan(db, version.label)
    whole = _which_is_whole(version, kept, stored)
    for name in TABLES:
        yield from _compare_tables(version.label, name, kept, stored, whole)


def _which_is_whole(version: Version, kept: Plan, stored: Plan) -> str:
    """A sentence about which of the two still is what was sealed; reasons are no part of a fingerprint."""
    is_kept, is_stored = (plan.fingerprint == version.fingerprint for plan in (kept, stored))
    if is_kept and is_stored:
        return ""
    if is_kept:
        return " The archive is what was sealed; the database is not."
    if is_stored:
        return " The database is what was sealed; the archive is not."
    return " Neither of them is what was sealed."


def find_archive(root: Path, version: Version) -> Archive:
    """The archive of a snapshot, by its name or else by its label; raises ArchiveUnfit."""
    archives = {archive.folder.name: archive for archive in list_manifests(root, skip_unfit=True)}
    named = archives.get(archive_name(version))
    labelled = [archive for archive in archives.values() if archive.label == version.label]
    if named is None and not labelled:
        folder = root / archive_name(version)
        raise ArchiveUnfit(
            folder, "its manifest.json does not read" if folder.exists() else "it is not there"
        )
    return named or labelled[-1]


def read_archive(archive: Archive) -> Plan:
    """The plan that an archive holds; raises ArchiveUnfit where its files do not read."""
    return Plan.of(read_archive_folder(archive).frames)


def read_archive_folder(archive: Archive) -> ReadFolder:
    """The plan and the ledgers that an archive holds; raises ArchiveUnfit where its files do not read."""
    read = read_plan_folder(read_files(archive.folder))
    if read.problems:
        raise ArchiveUnfit(archive.folder, read.problems[0].sentence.rstrip("."))
    return read


def read_version(archive: Archive) -> Version:
    """The snapshot that a manifest names; raises ArchiveUnfit where it names none."""
    try:
        version = version_of(archive.manifest)
    except (KeyError, ValueError, TypeError) as wrong:
        raise ArchiveUnfit(archive.folder, "its manifest.json does not say what was sealed") from wrong
    if version.as_of is None or version.sealed_on is None:
        raise ArchiveUnfit(archive.folder, "its manifest.json does not say when it was sealed")
    return version


def _compare_headers(stored: Version, kept: Version) -> Iterator[Broken]:
    for name in HEADER:
        here, there = getattr(stored, name), getattr(kept, name)
        if here != there:
            said = f"{name} of {stored.label} is '{here}' in the database and '{there}' in its archive."
            yield Broken(stored.label, "", "", name, said)


def _compare_identity(version: Version, archive: Archive, kept: Plan) -> Iterator[Broken]:
    """The manifest must name the plan that lies beside it."""
    for name in ("plan_uid", "plan_name"):
        here, there = kept.settings.text(name), archive.manifest.get(name)
        if here != there:
            said = f"{name} of {version.label} is '{here}' in the archive's settings and '{there}' in its manifest."
            yield Broken(version.label, "", "", name, said)


def _compare_tables(label: str, table: str, kept: Plan, stored: Plan, whole: str) -> Iterator[Broken]:
    """Name each cell and row in which a table of the database differs from that of the archive."""
    where = {ADDED: "database", REMOVED: "archive"}
    for row in plain_rows(compare_frames(table, kept[table], stored[table])).iter_rows(named=True):
        said = (
            f"{row['id']} in {table} of {label} is only in the {where[row['change']]}.{whole}"
            if row["change"] in where
            else f"{row['field']} of {row['id']} in {table} of {label} is '{row['after']}' in the database "
            f"and '{row['before']}' in the archive.{whole}"
        )
        yield Broken(label, table, row["id"], row["field"], said)

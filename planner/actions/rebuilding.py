"""Rebuild a plan from its archives: import and seal again, and come to the same fingerprints and chain; it moves no file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.actions.verifying import read_archive_folder, read_version
from planner.errors import ArchiveUnfit
from planner.exchange.manifest import BRIEF
from planner.exchange.manifest_refreshes import refreshes_of
from planner.model.plan import Plan
from planner.model.version import Label
from planner.rules.brief import Brief
from planner.store.briefs import append_frozen_brief
from planner.store.drafts import replace_draft
from planner.store.ledgers import append_ledger
from planner.store.refreshes import restore_refresh
from planner.store.snapshots import seal_draft
from planner.store.versions import replace_plan_uid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.actions.opening import Progress
    from planner.exchange.manifest_refreshes import Kept
    from planner.model.version import Version
    from planner.store.archive import Archive
    from planner.store.database import Database


def rebuild(db: Database, archives: Sequence[Archive], progress: Progress) -> None:
    """Seal the snapshots of archives, given in the order of their chain, into a new database.

    The ledgers are taken from the newest archive, refreshes and briefs from that of the snapshot they belong to; what
    came after the newest archive is in none. Raises ArchiveUnfit where an archive does not read, is
    not what its manifest says, or one is missing.
    """
    versions = [read_version(archive) for archive in archives]
    _check_order(archives, versions)
    refreshes = [
        _read_refreshes(archive, version) for archive, version in zip(archives, versions, strict=True)
    ]
    _check_numbers(archives, refreshes)
    briefs = [_read_brief(archive) for archive in archives]
    with db.writing():
        for place, (archive, version) in enumerate(zip(archives, versions, strict=True)):
            progress(f"Sealing {version.label}", place / len(archives))
            read = read_archive_folder(archive)
            sealed = _seal_again(db, archive, version, Plan.of(read.frames))
            if briefs[place]:
                append_frozen_brief(db, sealed.number, briefs[place])
            for refresh, attested in refreshes[place]:
                restore_refresh(db, refresh, attested)
            if archive is archives[-1]:
                for name, frame in read.ledgers.items():
                    append_ledger(db, name, frame)


def _check_order(archives: Sequence[Archive], versions: Sequence[Version]) -> None:
    """Each archive must follow the one before it: no other plan's, none missing in between."""
    before, uid = "", archives[0].manifest.get("plan_uid")
    for number, (archive, version) in enumerate(zip(archives, versions, strict=True), start=1):
        if archive.manifest.get("plan_uid") != uid:
            raise ArchiveUnfit(archive.folder, "it is of another plan than the others")
        if (version.number, version.previous) != (number, before):
            wanted = version.previous or "another first one"
            raise ArchiveUnfit(archive.folder, f"it follows {wanted}, which is not in the folder")
        before = version.label


def _read_refreshes(archive: Archive, version: Version) -> list[Kept]:
    """The refreshes that led to a snapshot, all of them ended; raises ArchiveUnfit."""
    try:
        kept = refreshes_of(archive.manifest)
    except (KeyError, ValueError, TypeError, AttributeError) as wrong:
        raise ArchiveUnfit(
            archive.folder, "its manifest.json does not say what became of its refresh"
        ) from wrong
    if any(refresh.baseline != version.previous for refresh, _ in kept):
        raise ArchiveUnfit(archive.folder, "its manifest.json tells of a refresh that did not lead to it")
    return kept


def _read_brief(archive: Archive) -> dict[str, Any]:
    """The brief that was frozen with a snapshot, empty where none was; raises ArchiveUnfit."""
    said = archive.manifest.get(BRIEF)
    if said is None:
        return {}
    try:
        return Brief.of_document(said).as_document()
    except (KeyError, ValueError, TypeError, AttributeError) as wrong:
        raise ArchiveUnfit(archive.folder, "the brief in its manifest.json does not read") from wrong


def _check_numbers(archives: Sequence[Archive], refreshes: Sequence[Sequence[Kept]]) -> None:
    """Refreshes are numbered in the order in which they were opened."""
    last = 0
    for archive, kept in zip(archives, refreshes, strict=True):
        for refresh, _ in kept:
            if refresh.number <= last:
                raise ArchiveUnfit(
                    archive.folder, f"it tells of refresh {refresh.number} after refresh {last}"
                )
            last = refresh.number


def _seal_again(db: Database, archive: Archive, version: Version, plan: Plan) -> Version:
    assert version.as_of is not None  # noqa: S101  read_version has looked
    assert version.sealed_on is not None  # noqa: S101
    if plan.fingerprint != version.fingerprint:
        raise ArchiveUnfit(archive.folder, "its files are not what was sealed: the fingerprint does not fit")
    saved = replace_draft(
        db, plan.frames, actor=version.author, now=version.sealed_on, reason="restored from its archive"
    )
    replace_plan_uid(db, plan.settings.text("plan_uid"))
    sealed, _ = seal_draft(
        db,
        label=Label.parse(version.label, plan.calendar),
        as_of=version.as_of,
        now=version.sealed_on,
        author=version.author,
        note=version.note,
        findings=version.findings,
        number=saved.number,
    )
    if sealed.chain != version.chain:
        raise ArchiveUnfit(archive.folder, "its header is not what was sealed: the chain does not fit")
    return sealed

"""Snapshots: a version loaded as a plan, the draft sealed, the chain verified; archives are made elsewhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planner.errors import LabelTaken, PlanChanged, QuarterPassed, RevisionAstray
from planner.model.fingerprint import FINGERPRINT_VERSION, canonical_lines, chain_of
from planner.model.plan import Plan
from planner.model.refresh import SEAL, Step
from planner.model.tables import FINGERPRINTED, TABLES
from planner.model.version import DRAFT, SNAPSHOT, Version
from planner.store.frames import load_frames, quoted
from planner.store.refreshes import end_refresh
from planner.store.versions import find_header, find_headers, load_digests

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb
    import polars as pl

    from planner.model.quarter import Calendar
    from planner.model.version import Label
    from planner.store.database import Database


def load_plan(db: Database, name: str) -> Plan:
    """The plan of a version: a snapshot's label, `draft`, a scenario's id or `latest`; raises VersionUnknown."""
    with db.reading() as cursor:
        return Plan.of_settled(load_frames(cursor, find_header(cursor, name)))


@dataclass(frozen=True, slots=True)
class Hashed:
    """A plan with its fingerprint and the digests of its tables, as a sealing writes them down."""

    plan: Plan
    fingerprint: str
    digests: Mapping[str, str]

    @classmethod
    def of(cls, plan: Plan) -> Hashed:
        """Hash a plan, which takes as long as writing it."""
        return cls(plan, *digests_of(plan.frames))


def seal_draft(
    db: Database,
    *,
    label: Label,
    as_of: dt.date,
    now: dt.datetime,
    author: str,
    note: str,
    findings: Mapping[str, int],
    number: int,
    hashed: Hashed | None = None,
) -> tuple[Version, bool]:
    """Seal the draft in one transaction and let it go on, one quarter later and without its reasons.

    `number` is the draft's number that was checked, `hashed` the draft as it was loaded at that number (read
    again where none is given) and `findings` the warnings accepted, by code; `now` is UTC and kept to the
    second. Returns the snapshot and whether it was sealed just now: a label that is
    sealed with the same content is returned as it is, whatever else was asked, so that a sealing whose
    answer was lost can be repeated. A refresh that is open ends with it. Raises LabelTaken, QuarterPassed,
    RevisionAstray, PlanChanged, or SealingBound where the open refresh is another one or not approved.
    """
    with db.writing() as cursor:
        draft = find_header(cursor, DRAFT)
        if hashed is None or draft.number != number:
            hashed = Hashed.of(Plan.of_settled(load_frames(cursor, draft)))
        calendar, sealed = hashed.plan.calendar, find_headers(cursor)
        done = _find_done(sealed, label, calendar, hashed.fingerprint)
        if done:
            return done, False
        _refuse_passed(sealed, label, calendar)
        if draft.number != number:
            raise PlanChanged(number, draft.number)
        sealed_on = now.astimezone(dt.UTC).replace(microsecond=0)
        said = {
            "as_of": as_of,
            "sealed_on": sealed_on,
            "author": author,
            "note": note,
            "findings": dict(findings),
        }
        version = _next_version(hashed, label, sealed[-1] if sealed else None, said)
        end_refresh(cursor, version.label, Step(SEAL, author, now, note, number=number))
        _write_snapshot(cursor, version, hashed.digests)
        _roll_on(cursor, version, calendar.label(label.quarter + 1))
    db.checkpoint()
    return version, True


def _next_version(hashed: Hashed, label: Label, previous: Version | None, said: Mapping[str, Any]) -> Version:
    """The snapshot after the previous one, chained to it; `said` is what people say of it."""
    calendar = hashed.plan.calendar
    version = Version(
        label=label.text(calendar),
        kind=SNAPSHOT,
        quarter=calendar.label(label.quarter),
        number=previous.number + 1 if previous else 1,
        rows={name: hashed.plan[name].height for name in TABLES if hashed.plan[name].height},
        fingerprint=hashed.fingerprint,
        previous=previous.label if previous else "",
        **said,
    )
    return chained(version, previous.chain if previous else "", hashed.digests)


def digests_of(frames: Mapping[str, pl.DataFrame]) -> tuple[str, dict[str, str]]:
    """The fingerprint and the digests of the tables that have rows, from one pass over the rows."""
    whole, digests = hashlib.sha256(), {}
    filled = [name for name in TABLES if frames[name].height]
    with ThreadPoolExecutor() as pool:
        texts = pool.map(lambda name: canonical_lines(name, frames[name]), filled)
        for name, lines in zip(filled, texts, strict=True):
            digests[name] = hashlib.sha256(lines).hexdigest()
            if name in FINGERPRINTED:
                whole.update(lines)
    return f"{FINGERPRINT_VERSION}:{whole.hexdigest()}", digests


def chained(version: Version, before: str, digests: Mapping[str, str]) -> Version:
    """The snapshot with its chain: over the chain before it, its fingerprint, its reasons and its header."""
    assert version.as_of is not None  # noqa: S101  a snapshot has both
    assert version.sealed_on is not None  # noqa: S101
    sealed_on = version.sealed_on.strftime("%Y-%m-%dT%H:%M:%SZ")
    header = [version.label, version.as_of.isoformat(), sealed_on, version.author, version.note]
    return replace(version, chain=chain_of(before, version.fingerprint, digests.get("reasons", ""), header))


def _find_done(sealed: list[Version], label: Label, calendar: Calendar, fingerprint: str) -> Version | None:
    """The snapshot that already is what should be sealed; raises LabelTaken where it is another."""
    taken = {version.label: version for version in sealed}
    there = taken.get(label.text(calendar))
    if there is None:
        return None
    if there.fingerprint == fingerprint:
        return there
    free = label.following
    while free.text(calendar) in taken:
        free = free.following
    raise LabelTaken(there.label, free.text(calendar))


def _refuse_passed(sealed: list[Version], label: Label, calendar: Calendar) -> None:
    if sealed and label.quarter < calendar.parse(sealed[-1].quarter):
        raise QuarterPassed(label.text(calendar), sealed[-1].label)
    quarter = calendar.label(label.quarter)
    following = replace(label, revision=1 + sum(version.quarter == quarter for version in sealed))
    if label.revision > following.revision:
        raise RevisionAstray(label.text(calendar), following.text(calendar))


def _write_snapshot(cursor: duckdb.DuckDBPyConnection, version: Version, digests: Mapping[str, str]) -> None:
    assert version.sealed_on is not None  # noqa: S101  a snapshot has it
    cursor.execute(
        """INSERT INTO snapshots
        SELECT $number, $label, $quarter, $as_of, $sealed_on, $author, $note, $rows, $digests, $findings,
            $fingerprint, $previous, $chain, coalesce(max(save), 0)
        FROM saves""",
        {
            "number": version.number,
            "label": version.label,
            "quarter": version.quarter,
            "as_of": version.as_of,
            "sealed_on": version.sealed_on.replace(tzinfo=None),
            "author": version.author,
            "note": version.note,
            "rows": json.dumps(version.rows),
            "digests": json.dumps(digests),
            "findings": json.dumps(version.findings),
            "fingerprint": version.fingerprint,
            "previous": version.previous,
            "chain": version.chain,
        },
    )
    for name in version.rows:
        columns = quoted(TABLES[name].names)
        cursor.execute(
            f"""INSERT INTO sealed_{name}
            SELECT ?, {columns} FROM work_{name} WHERE version = 'draft' ORDER BY {quoted(TABLES[name].key)}""",
            [version.number],
        )


def _roll_on(cursor: duckdb.DuckDBPyConnection, version: Version, quarter: str) -> None:
    """The draft goes on: reasons explain the version that was sealed, not the next one."""
    cursor.execute("DELETE FROM work_reasons WHERE version = 'draft'")
    cursor.execute(
        "UPDATE drafts SET number = number + 1, quarter = ?, previous = ? WHERE version = 'draft'",
        [quarter, version.label],
    )


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where a snapshot is not what was sealed; `table` empty where it is the header or the chain.

    `id` and `field` stay empty here: the digest of a table tells that a cell changed, and the archive
    tells which (see the action that verifies).
    """

    label: str
    table: str
    id: str
    field: str
    message: str


def verify_snapshots(db: Database) -> list[Broken]:
    """Read every snapshot again and recompute its counts, digests, fingerprint and chain; empty if all hold."""
    broken: list[Broken] = []
    before: Version | None = None
    with db.reading() as cursor:
        counts = _count_sealed_rows(cursor)
        for version in find_headers(cursor):
            broken += _verify_rows(cursor, version, counts.pop(version.number, {}))
            broken += _verify_chain(cursor, version, before)
            before = version
        head = find_header(cursor, DRAFT).previous
    for loose in counts.values():
        for name, rows in loose.items():
            said = f"{name} has {rows} sealed rows that belong to no snapshot."
            broken.append(Broken("", name, "", "", said))
    newest = before.label if before else ""
    if head != newest:
        said = (
            f"The draft came out of {head or 'no snapshot'}, but the newest snapshot is {newest or 'none'}."
        )
        broken.append(Broken(head or newest, "", "", "", said))
    return broken


def _count_sealed_rows(cursor: duckdb.DuckDBPyConnection) -> dict[int, dict[str, int]]:
    """How many rows each table has for each snapshot number, known or not."""
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for name in TABLES:
        rows = cursor.execute(f"SELECT snapshot, count(*) FROM sealed_{name} GROUP BY snapshot").fetchall()
        for number, count in rows:
            counts[number][name] = count
    return counts


def _verify_rows(cursor: duckdb.DuckDBPyConnection, version: Version, counts: dict[str, int]) -> list[Broken]:
    """Compare the rows of each table with the digests of the header, and these with the fingerprint."""
    stored = load_frames(cursor, replace(version, rows=counts))
    frames = {name: frame.sort(TABLES[name].key) for name, frame in stored.items()}
    fingerprint, digests = digests_of(frames)
    sealed = load_digests(cursor, version)
    broken = []
    for name, frame in frames.items():
        if frame.height != version.rows.get(name, 0):
            said = (
                f"{name} of {version.label} has {frame.height} rows; {version.rows.get(name, 0)} were sealed."
            )
            broken.append(Broken(version.label, name, "", "", said))
        elif digests.get(name) != sealed.get(name):
            said = f"A cell in {name} of {version.label} is not what was sealed."
            broken.append(Broken(version.label, name, "", "", said))
    if not broken and fingerprint != version.fingerprint:
        said = f"The fingerprint of {version.label} is not that of its rows."
        broken.append(Broken(version.label, "", "", "fingerprint", said))
    return broken


def _verify_chain(
    cursor: duckdb.DuckDBPyConnection, version: Version, before: Version | None
) -> list[Broken]:
    """Compare the header with its chain, and its place with the snapshot before it."""
    expected = chained(version, before.chain if before else "", load_digests(cursor, version)).chain
    if expected != version.chain:
        said = f"The header of {version.label} is not the one that was sealed: its chain does not fit."
        return [Broken(version.label, "", "", "chain", said)]
    place = (before.number + 1, before.label) if before else (1, "")
    if place != (version.number, version.previous) or version.label.split(".r")[0] != version.quarter:
        said = f"{version.label} does not follow the snapshot before it, {place[1] or 'none'}."
        return [Broken(version.label, "", "", "previous", said)]
    return []

"""The list of versions and the header of one; it loads no frames, so that a listing comes at once."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from planner.errors import VersionUnknown
from planner.model.version import DRAFT, LATEST, SCENARIO, SNAPSHOT, Version
from planner.store.rows import first_cell, first_row

if TYPE_CHECKING:
    import duckdb

    from planner.store.database import Database

_HEADERS = """
    SELECT label, quarter, number, as_of, sealed_on, author, note, "rows", fingerprint, previous, chain, findings
    FROM snapshots"""

# A scenario is open after its first step and where it was opened again; what else lies there is a base or ended.
_EDITED = """
    SELECT version FROM drafts LEFT JOIN (
        SELECT scenario, arg_max("action", step) AS last, min(taken_on) AS made_on
        FROM scenario_steps JOIN scenarios USING (scenario) WHERE NOT is_copy GROUP BY scenario
    ) ON scenario = version
    WHERE version = 'draft' OR last IN ('branch', 'reopen') ORDER BY version = 'draft', made_on, version"""

_DRAFTED = """
    SELECT d.number, quarter, previous, d.name, coalesce(actor, '') FROM drafts AS d
    LEFT JOIN scenario_steps ON scenario = version AND step = 1 WHERE version = ?"""


def list_versions(db: Database) -> list[Version]:
    """All versions: the snapshots in the order of sealing, then the open scenarios, oldest first, then the draft."""
    with db.reading() as cursor:
        drafts = cursor.execute(_EDITED).fetchall()
        return [*find_headers(cursor), *(_draft_header(cursor, version) for (version,) in drafts)]


def list_snapshots(db: Database) -> list[Version]:
    """The sealed versions in the order of sealing; no draft is counted for them."""
    with db.reading() as cursor:
        return find_headers(cursor)


def load_version_header(db: Database, name: str) -> Version:
    """The header of one version: a snapshot's label, `draft`, a scenario's id or `latest`; raises VersionUnknown."""
    with db.reading() as cursor:
        return find_header(cursor, name)


def load_plan_uid(db: Database) -> str:
    """The id that this database's archives and backups bear; given once, when the file was made."""
    with db.reading() as cursor:
        return str(first_cell(cursor, "SELECT value FROM meta WHERE key = 'plan_uid'"))


def replace_plan_uid(db: Database, uid: str) -> None:
    """Give the database the id of the plan that is rebuilt in it."""
    with db.writing() as cursor:
        cursor.execute("UPDATE meta SET value = ? WHERE key = 'plan_uid'", [uid])


def find_headers(cursor: duckdb.DuckDBPyConnection) -> list[Version]:
    """The headers of all snapshots in the order of sealing."""
    return [_snapshot_of(row) for row in cursor.execute(f"{_HEADERS} ORDER BY number").fetchall()]


def find_header(cursor: duckdb.DuckDBPyConnection, name: str) -> Version:
    """The header of one version; raises VersionUnknown."""
    if name == LATEST:
        row = first_row(cursor, f"{_HEADERS} ORDER BY number DESC LIMIT 1")
    else:
        row = first_row(cursor, f"{_HEADERS} WHERE label = ?", [name])
    if row:
        return _snapshot_of(row)
    if first_row(cursor, "SELECT 1 FROM drafts WHERE version = ?", [name]):
        return _draft_header(cursor, name)
    known = cursor.execute("SELECT label FROM snapshots ORDER BY number DESC").fetchall()
    open_ones = reversed(cursor.execute(_EDITED).fetchall())  # the draft first
    raise VersionUnknown(name, [label for (label,) in (*open_ones, *known)])


def load_digests(cursor: duckdb.DuckDBPyConnection, version: Version) -> dict[str, str]:
    """The digest of each table that a snapshot was sealed with, tables without rows left out."""
    said = first_cell(cursor, "SELECT digests FROM snapshots WHERE number = ?", [version.number])
    return dict(json.loads(said))


def _snapshot_of(row: tuple[Any, ...]) -> Version:
    label, quarter, number, as_of, sealed_on, author, note, rows, fingerprint, previous, chain, findings = row
    return Version(
        label=label,
        kind=SNAPSHOT,
        quarter=quarter,
        number=number,
        as_of=as_of,
        sealed_on=sealed_on.replace(tzinfo=dt.UTC),
        author=author,
        note=note,
        rows=json.loads(rows),
        fingerprint=fingerprint,
        previous=previous,
        chain=chain,
        findings=json.loads(findings),
    )


def _draft_header(cursor: duckdb.DuckDBPyConnection, version: str) -> Version:
    """A draft's header, or a scenario's with its name as the note; its fingerprint stays empty, for it would be another after the next save."""
    number, quarter, previous, name, author = first_row(cursor, _DRAFTED, [version]) or (0, "", "", "", "")
    return Version(
        label=version,
        kind=DRAFT if version == DRAFT else SCENARIO,
        quarter=quarter,
        number=number,
        author=author,
        note=name,
        previous=previous,
        rows=_count_rows(cursor, version),
    )


def _count_rows(cursor: duckdb.DuckDBPyConnection, version: str) -> dict[str, int]:
    """How many rows each table of a draft has, in the order in which the tables were made."""
    tables = cursor.execute(
        "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'work_') ORDER BY table_oid"
    ).fetchall()
    counts = " UNION ALL ".join(
        f"SELECT '{name[5:]}', count(*) FROM {name} WHERE version = $version" for (name,) in tables
    )
    counted = dict(cursor.execute(counts, {"version": version}).fetchall())
    return {name[5:]: counted[name[5:]] for (name,) in tables if counted[name[5:]]}

"""The rows in which two versions differ, found in the database by one join a table; what they mean is drift's to say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from planner.model.plan import empty
from planner.model.settings import PlanSettings
from planner.model.tables import FINGERPRINTED, TABLES
from planner.model.version import SNAPSHOT
from planner.store.frames import load_frame, query, quoted, registered, source_of
from planner.store.rows import first_cell
from planner.store.versions import find_header, load_digests
from planner.store.ways import SHARED_TABLES, load_projects_of, load_shared, shared_differ, shared_touched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import duckdb

    from planner.model.table import Table
    from planner.model.version import Version
    from planner.store.database import Database
    from planner.store.ways import Plans

_IS_AFTER, _PLACE = "_is_after", "_place"
_TIERS = {"enablers": "enabler", "capabilities": "capability"}
_BESIDE = 2  # tables read at the same time
_RANKED = ("project_id", "status", "priority_rank", "name")
STAFFED = ("project_id", "team_id", "person_days")
Pair: TypeAlias = tuple[pl.DataFrame, pl.DataFrame]


@dataclass(frozen=True)
class Differing:
    """What drift needs of two versions without loading them whole.

    `baseline` and `current` hold, for each table that has any, the rows that are not in both versions
    alike: the columns of the table, in the order of the key. `rows` counts all rows of each table on both
    sides. `ranked` are project_id, status, priority_rank and name of every current project, empty where neither
    projects nor phasing nor anything on a way to an outcome may differ. `named` are, by table, the ids and names of the
    current items, at least of those whose outgoing links differ. `staffed` are project_id, team_id and person_days
    of both sides, summed, for the projects whose phasing differs.
    `shared` are both versions' links of enablers and capabilities with the ids of these, of outcomes, and the
    settings; `asked` the items that the caller asked for; `of_projects` the projects that lead straight to one of
    these, and their links. None of them is there where nothing of it differs.
    `settings` are the current version's. `reasons` are those of the versions after the older one up to the
    newer one, the latest last, whichever of the two is the baseline: the columns of `reasons` and `place`,
    the version's place in the chain (a draft's is after the last).
    """

    versions: tuple[Version, Version]
    baseline: Mapping[str, pl.DataFrame]
    current: Mapping[str, pl.DataFrame]
    rows: Mapping[str, tuple[int, int]]
    ranked: pl.DataFrame
    named: Mapping[str, pl.DataFrame]
    staffed: Pair
    shared: Plans | None
    asked: pl.DataFrame | None
    of_projects: Plans | None
    settings: PlanSettings
    reasons: pl.DataFrame


def load_differing(
    db: Database, baseline: str, current: str, asked: Callable[[Plans, pl.Series], pl.DataFrame] | None = None
) -> Differing:
    """The differing rows of two versions, all of one state of the database; raises VersionUnknown.

    A table of equal digests is not read at all. `asked` is told what projects share on their ways to outcomes, where
    any of it differs, and the ids of the items whose own links differ; it names the items (type, id) whose projects
    are wanted with their links.
    """
    with db.reading() as cursor:
        sides = before, after = find_header(cursor, baseline), find_header(cursor, current)
        alike = _alike_tables(cursor, sides)
        found, ranked = _read(db, cursor, [name for name in FINGERPRINTED if name not in alike], sides)
        shared = load_shared(cursor, sides, found) if asked and shared_differ(found) else None
        nodes = asked(shared, shared_touched(found)) if asked and shared else None
        return Differing(
            sides,
            {name: frames[0] for name, frames in found.items()},
            {name: frames[1] for name, frames in found.items()},
            {name: (before.rows.get(name, 0), after.rows.get(name, 0)) for name in FINGERPRINTED},
            ranked,
            _named(cursor, after, ranked, found.get("links")),
            _staffed(cursor, sides, found.get("phasing")),
            shared,
            nodes,
            load_projects_of(cursor, sides, nodes) if nodes is not None and nodes.height else None,
            _settings(cursor, after),
            _reasons_between(cursor, sides),
        )


def _alike_tables(cursor: duckdb.DuckDBPyConnection, sides: tuple[Version, Version]) -> set[str]:
    """The tables that are alike for sure: empty on both sides, or of the same digest in two snapshots."""
    alike = {name for name in FINGERPRINTED if name not in sides[0].rows and name not in sides[1].rows}
    if all(side.kind == SNAPSHOT for side in sides):
        before, after = (load_digests(cursor, side) for side in sides)
        alike |= {name for name in before if before[name] == after.get(name)}
    return alike


def _read(
    db: Database, cursor: duckdb.DuckDBPyConnection, names: Sequence[str], sides: tuple[Version, Version]
) -> tuple[dict[str, Pair], pl.DataFrame]:
    """The differing rows by table, and the ranked projects.

    Sealed rows are the same in every state of the database, so that two tables are read beside each other:
    DuckDB hands its results over on one core while the next table keeps the others busy.
    """
    is_wanted = not {"projects", "links", "phasing", *SHARED_TABLES}.isdisjoint(names)
    if db.writes_here() or any(side.kind != SNAPSHOT for side in sides):
        found = {name: _differing_rows(cursor, TABLES[name], sides) for name in names}
        return found, _ranked(cursor, sides[1], wanted=is_wanted)

    def read(name: str) -> Pair:
        with db.reading() as own:
            return _differing_rows(own, TABLES[name], sides)

    def rank() -> pl.DataFrame:
        with db.reading() as own:
            return _ranked(own, sides[1], wanted=is_wanted)

    with ThreadPoolExecutor(_BESIDE) as pool:
        tables = [pool.submit(read, name) for name in names]
        ranked = pool.submit(rank)
        return {name: pair.result() for name, pair in zip(names, tables, strict=True)}, ranked.result()


def _differing_rows(cursor: duckdb.DuckDBPyConnection, table: Table, sides: tuple[Version, Version]) -> Pair:
    """The rows of both sides that the other side does not have alike, each in the order of the key.

    A row is found by the 64-bit hash of all its values, for a join that carries every column costs three
    times as much; that two unlike rows of a million have the same hash comes once in 10**13 comparisons.
    Both hashes are of this statement: DuckDB does not promise the same ones in its next release.
    """
    (before, first), (after, second) = (source_of(side, table.name) for side in sides)
    columns = quoted(table.names)
    unlike = cursor.sql(
        f"""WITH b AS (SELECT rowid AS place, hash({columns}) AS content FROM {before}),
        c AS (SELECT rowid AS place, hash({columns}) AS content FROM {after})
        SELECT b.place AS b, c.place AS c FROM b FULL JOIN c ON b.content = c.content
        WHERE b.place IS NULL OR c.place IS NULL""",
        params=[first, second],
    ).pl()
    with registered(cursor, unlike):
        if all(side.kind == SNAPSHOT for side in sides):
            return _sealed_rows(cursor, table, sides[1])
        read = (
            f"SELECT {columns} FROM {before} AND rowid IN (SELECT b FROM stage) ORDER BY {quoted(table.key)}"
        )
        rows = query(cursor, read, [first])
        read = (
            f"SELECT {columns} FROM {after} AND rowid IN (SELECT c FROM stage) ORDER BY {quoted(table.key)}"
        )
        return rows, query(cursor, read, [second])


def _sealed_rows(cursor: duckdb.DuckDBPyConnection, table: Table, after: Version) -> Pair:
    """The rows of two snapshots whose places are in `stage`, read in one go, for both lie in one table.

    Sealed rows lie in the order of their key, one snapshot after the other: a number is sorted faster than a key.
    """
    rows = query(
        cursor,
        f"""SELECT snapshot = ? AS {_IS_AFTER}, rowid AS {_PLACE}, {quoted(table.names)}
        FROM sealed_{table.name} WHERE rowid IN (SELECT coalesce(b, c) FROM stage)""",
        [after.number],
    ).sort(_PLACE)
    is_after, kept = rows[_IS_AFTER], rows.drop(_IS_AFTER, _PLACE)
    return kept.filter(~is_after), kept.filter(is_after)


def _ranked(cursor: duckdb.DuckDBPyConnection, side: Version, *, wanted: bool) -> pl.DataFrame:
    """The few columns of every project by which ranks are compared, and its name."""
    if not wanted or "projects" not in side.rows:
        return empty(TABLES["projects"]).select(_RANKED)
    source, parameter = source_of(side, "projects")
    return query(cursor, f"SELECT {quoted(_RANKED)} FROM {source}", [parameter])


def _named(
    cursor: duckdb.DuckDBPyConnection, side: Version, ranked: pl.DataFrame, links: Pair | None
) -> dict[str, pl.DataFrame]:
    """The names of every project of a version, and of its other items whose outgoing links differ."""
    projects = ranked.select(pl.col("project_id").alias("id"), "name")
    named = {"projects": projects, **dict.fromkeys(_TIERS, projects.clear())}
    if links is None:
        return named
    touched = pl.concat([rows.select("from_type", "from_id") for rows in links])
    wanted = touched.filter(pl.col("from_type").is_in(list(_TIERS.values()))).unique()
    tables = [name for name, tier in _TIERS.items() if name in side.rows and tier in wanted["from_type"]]
    if not tables:
        return named
    sources = [source_of(side, name) for name in tables]
    statements = [
        f"""SELECT '{name}' AS of_table, "{TABLES[name].key[0]}" AS id, name FROM {source}
        AND "{TABLES[name].key[0]}" IN (SELECT from_id FROM stage WHERE from_type = '{_TIERS[name]}')"""
        for name, (source, _) in zip(tables, sources, strict=True)
    ]
    with registered(cursor, wanted):
        found = query(cursor, " UNION ALL ".join(statements), [parameter for _, parameter in sources])
    for name in tables:
        named[name] = found.filter(pl.col("of_table") == name).select("id", "name").sort("id")
    return named


def _staffed(cursor: duckdb.DuckDBPyConnection, sides: tuple[Version, Version], phasing: Pair | None) -> Pair:
    """The person-days by project and team of the projects whose phasing differs, whatever the quarter."""
    nothing = empty(TABLES["phasing"]).select(STAFFED)
    if phasing is None or all(rows.is_empty() for rows in phasing):
        return nothing, nothing
    touched = pl.concat([rows.select("project_id") for rows in phasing]).unique()
    with registered(cursor, touched):
        before, after = (_summed(cursor, side) for side in sides)
    return before, after


def _summed(cursor: duckdb.DuckDBPyConnection, side: Version) -> pl.DataFrame:
    source, parameter = source_of(side, "phasing")
    return query(
        cursor,
        f"""SELECT project_id, team_id, sum(person_days)::BIGINT AS person_days FROM {source}
        AND project_id IN (SELECT project_id FROM stage) GROUP BY ALL ORDER BY ALL""",
        [parameter],
    )


def _settings(cursor: duckdb.DuckDBPyConnection, side: Version) -> PlanSettings:
    frame = load_frame(cursor, side, TABLES["settings"])
    return PlanSettings(dict(frame.drop_nulls("value").iter_rows()))


def _reasons_between(cursor: duckdb.DuckDBPyConnection, sides: tuple[Version, Version]) -> pl.DataFrame:
    last = first_cell(cursor, "SELECT coalesce(max(number), 0) FROM snapshots")
    places = sorted(side.number if side.kind == SNAPSHOT else last + 1 for side in sides)
    columns = quoted(TABLES["reasons"].names)
    drafts = [side.label for side in sides if side.kind != SNAPSHOT and places[0] != places[1]]
    return query(
        cursor,
        f"""SELECT {columns}, CAST(snapshot AS BIGINT) AS place
        FROM sealed_reasons WHERE snapshot > ? AND snapshot <= ?
        UNION ALL
        SELECT {columns}, CAST(? AS BIGINT) FROM work_reasons WHERE version = ?
        ORDER BY place, {quoted(TABLES["reasons"].key)}""",
        [places[0], places[1], last + 1, drafts[0] if drafts else ""],
    )

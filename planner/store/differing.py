"""The rows in which two versions differ, found in the database by one join a table; what they mean is drift's to say."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from planner.model.table import Table
    from planner.model.version import Version
    from planner.store.database import Database

RANKED = ("project_id", "name", "status", "priority_rank")
Pair: TypeAlias = tuple[pl.DataFrame, pl.DataFrame]


@dataclass(frozen=True)
class Differing:
    """What drift needs of two versions without loading them whole.

    `baseline` and `current` hold, for each table that has any, the rows that are not in both versions
    alike: the columns of the table, in the order of the key. `rows` counts all rows of each table on both
    sides. `ranked` are project_id, name, status and priority_rank of every project, empty where neither
    projects nor links differ; `named` the id and name, by table, of at least the items whose outgoing links
    differ; both per side.
    `settings` are the current version's.
    """

    baseline: Mapping[str, pl.DataFrame]
    current: Mapping[str, pl.DataFrame]
    rows: Mapping[str, tuple[int, int]]
    ranked: Pair
    named: Mapping[str, Pair]
    settings: PlanSettings


def load_differing(db: Database, baseline: str, current: str) -> Differing:
    """The differing rows of two versions, compared by value; a table of equal digests is not read at all."""
    with db.reading() as cursor:
        sides = find_header(cursor, baseline), find_header(cursor, current)
        alike = _alike_tables(cursor, sides)
        found = {
            name: _differing_rows(cursor, TABLES[name], sides) for name in FINGERPRINTED if name not in alike
        }
        befores = {name: frames[0] for name, frames in found.items()}
        afters = {name: frames[1] for name, frames in found.items()}
        moved = any(not side.is_empty() for name in ("projects", "links") for side in found.get(name, ()))
        before, after = (_ranked(cursor, side, wanted=moved) for side in sides)
        return Differing(
            befores,
            afters,
            {name: (sides[0].rows.get(name, 0), sides[1].rows.get(name, 0)) for name in FINGERPRINTED},
            (before, after),
            _named(cursor, sides, (before, after), found.get("links")),
            _settings(cursor, sides[1]),
        )


def load_ranks(db: Database, name: str) -> pl.DataFrame:
    """project_id, status and priority_rank of every project of a version, in the order of the ids."""
    with db.reading() as cursor:
        header = find_header(cursor, name)
        return _ranked(cursor, header, wanted=True).select("project_id", "status", "priority_rank")


def load_reasons_between(db: Database, baseline: str, current: str) -> pl.DataFrame:
    """The reasons of the versions after the older one up to the newer one, the latest last.

    The columns of `reasons` and `place`, the version's place in the chain (a draft's is after the last).
    Which of the two is the baseline makes no difference.
    """
    with db.reading() as cursor:
        sides = find_header(cursor, baseline), find_header(cursor, current)
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


def _alike_tables(cursor: duckdb.DuckDBPyConnection, sides: tuple[Version, Version]) -> set[str]:
    """The tables that are alike for sure: empty on both sides, or of the same digest in two snapshots."""
    alike = {name for name in FINGERPRINTED if name not in sides[0].rows and name not in sides[1].rows}
    if all(side.kind == SNAPSHOT for side in sides):
        before, after = (load_digests(cursor, side) for side in sides)
        alike |= {name for name in before if before[name] == after.get(name)}
    return alike


def _differing_rows(cursor: duckdb.DuckDBPyConnection, table: Table, sides: tuple[Version, Version]) -> Pair:
    """The rows of both sides whose partner of the same key is missing or has another value."""
    (before, first), (after, second) = (source_of(side, table.name) for side in sides)
    columns = quoted(table.names)
    same_key = " AND ".join(f'b."{key}" = c."{key}"' for key in table.key)
    unlike = "".join(f' OR b."{field}" IS DISTINCT FROM c."{field}"' for field in table.fields)
    left = ", ".join(f'b."{name}" AS "b_{name}"' for name in table.names)
    right = ", ".join(f'c."{name}" AS "c_{name}"' for name in table.names)
    key = table.key[0]
    found = query(
        cursor,
        f"""SELECT {left}, {right}
        FROM (SELECT {columns} FROM {before}) AS b FULL JOIN (SELECT {columns} FROM {after}) AS c ON {same_key}
        WHERE b."{key}" IS NULL OR c."{key}" IS NULL{unlike}""",
        [first, second],
    )
    return _side(found, table, "b"), _side(found, table, "c")


def _side(found: pl.DataFrame, table: Table, side: str) -> pl.DataFrame:
    there = found.filter(pl.col(f"{side}_{table.key[0]}").is_not_null())
    return there.select(pl.col(f"{side}_{name}").alias(name) for name in table.names).sort(table.key)


def _ranked(cursor: duckdb.DuckDBPyConnection, side: Version, *, wanted: bool) -> pl.DataFrame:
    """The few columns of every project by which ranks are compared, in the order of the ids."""
    if not wanted or "projects" not in side.rows:
        return empty(TABLES["projects"]).select(RANKED)
    source, parameter = source_of(side, "projects")
    ordered = "" if side.kind == SNAPSHOT else " ORDER BY project_id"
    return query(cursor, f"SELECT {quoted(RANKED)} FROM {source}{ordered}", [parameter])


def _named(
    cursor: duckdb.DuckDBPyConnection, sides: tuple[Version, Version], ranked: Pair, links: Pair | None
) -> dict[str, Pair]:
    """The names of every project, and of the other items whose outgoing links differ."""
    links = links or (empty(TABLES["links"]), empty(TABLES["links"]))
    touched = pl.concat([side.select("from_type", "from_id") for side in links])
    before, after = (side.select(pl.col("project_id").alias("id"), "name") for side in ranked)
    named = {"projects": (before, after)}
    for table, tier in (("enablers", "enabler"), ("capabilities", "capability")):
        ids = touched.filter(pl.col("from_type") == tier).select("from_id").unique()
        before, after = (_names(cursor, side, table, ids) for side in sides)
        named[table] = before, after
    return named


def _names(cursor: duckdb.DuckDBPyConnection, side: Version, table: str, ids: pl.DataFrame) -> pl.DataFrame:
    if ids.is_empty() or table not in side.rows:
        return pl.DataFrame(schema={"id": pl.String, "name": pl.String})
    source, parameter = source_of(side, table)
    key = TABLES[table].key[0]
    with registered(cursor, ids):
        return query(
            cursor,
            f'SELECT "{key}" AS id, name FROM {source} AND "{key}" IN (SELECT from_id FROM stage) ORDER BY id',
            [parameter],
        )


def _settings(cursor: duckdb.DuckDBPyConnection, side: Version) -> PlanSettings:
    frame = load_frame(cursor, side, TABLES["settings"])
    return PlanSettings(dict(frame.drop_nulls("value").iter_rows()))

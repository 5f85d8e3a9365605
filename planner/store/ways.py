"""What two versions share on the ways from projects to outcomes, and the projects that lead to some items; no shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from planner.model.plan import Plan
from planner.model.tables import TABLES
from planner.store.frames import load_frame, query, quoted, registered, source_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from planner.model.version import Version

Plans: TypeAlias = tuple[Plan, Plan]
SHARED_TABLES = ("enablers", "capabilities", "outcomes", "settings")
_TIERS = ("enabler", "capability")


def shared_differ(found: Mapping[str, tuple[pl.DataFrame, pl.DataFrame]]) -> bool:
    """Whether anything differs that many projects share on their ways: what is above them, or a setting."""
    links = found.get("links", ())
    above = any(side["from_type"].is_in(_TIERS).any() for side in links)
    return above or any(not side.is_empty() for name in SHARED_TABLES for side in found.get(name, ()))


def shared_touched(found: Mapping[str, tuple[pl.DataFrame, pl.DataFrame]]) -> pl.Series:
    """The ids of the enablers and capabilities that have differing links."""
    sides = [side.filter(side["from_type"].is_in(_TIERS))["from_id"] for side in found.get("links", ())]
    return pl.concat([pl.Series("from_id", [], dtype=pl.String), *sides]).unique()


def load_shared(
    cursor: duckdb.DuckDBPyConnection,
    sides: tuple[Version, Version],
    found: Mapping[str, tuple[pl.DataFrame, pl.DataFrame]],
) -> Plans:
    """Both versions without projects, as far as they say which outcomes an item reaches.

    `found` has the differing rows of each table: what does not differ is read once for both.
    """
    before = _shared_of(cursor, sides[0], {})
    alike = {
        name: before[name] for name in SHARED_TABLES if all(side.is_empty() for side in found.get(name, ()))
    }
    return before, _shared_of(cursor, sides[1], alike)


def _shared_of(cursor: duckdb.DuckDBPyConnection, side: Version, alike: Mapping[str, pl.DataFrame]) -> Plan:
    frames = dict(alike)
    if "settings" not in frames:
        frames["settings"] = load_frame(cursor, side, TABLES["settings"])
    for name in ("enablers", "capabilities", "outcomes"):
        if name not in frames:
            source, parameter = source_of(side, name)
            frames[name] = query(cursor, f'SELECT "{TABLES[name].key[0]}" FROM {source}', [parameter])
    source, parameter = source_of(side, "links")
    columns = quoted(TABLES["links"].names)
    frames["links"] = query(
        cursor, f"SELECT {columns} FROM {source} AND from_type IN ('enabler', 'capability')", [parameter]
    )
    return Plan.of_settled(frames)


def load_projects_of(
    cursor: duckdb.DuckDBPyConnection, sides: tuple[Version, Version], nodes: pl.DataFrame
) -> Plans:
    """The projects that lead straight to one of some items in either version, and all links of these."""
    sources = [source_of(side, "links") for side in sides]
    straight = " UNION ".join(
        f"""SELECT from_id AS id FROM {source}
        AND from_type = 'project' AND (to_type, to_id) IN (SELECT (type, id) FROM stage)"""
        for source, _ in sources
    )
    with registered(cursor, nodes):
        ids = query(cursor, straight, [parameter for _, parameter in sources])
    with registered(cursor, ids):
        before, after = (_with_links(cursor, side) for side in sides)
    return before, after


def _with_links(cursor: duckdb.DuckDBPyConnection, side: Version) -> Plan:
    frames = {}
    for name, key, columns in (
        ("projects", "project_id", ("project_id", "status")),
        ("links", "from_id", TABLES["links"].names),
    ):
        source, parameter = source_of(side, name)
        of_projects = " AND from_type = 'project'" if name == "links" else ""
        frames[name] = query(
            cursor,
            f"SELECT {quoted(columns)} FROM {source} AND {key} IN (SELECT id FROM stage){of_projects}",
            [parameter],
        )
    return Plan.of_settled(frames)

"""The what-if scenarios: branched, told, ended, and the one guard that every edit of a version meets; no edit is made here.

A scenario's rows lie in the work tables. So do those of its base, the moment that it was branched from, where that
was the draft or another scenario; nobody can name a base to edit it. Nothing is ever deleted.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from planner.errors import ScenarioClosed, ScenarioUnknown, VersionUnknown
from planner.model.scenario import BRANCH, DROP, DROPPED, MERGE, MERGED, OPEN, REOPEN, Scenario, ScenarioStep
from planner.model.tables import TABLES
from planner.model.version import DRAFT, SNAPSHOT
from planner.store.frames import quoted, source_of
from planner.store.journal import as_utc
from planner.store.refreshes import refuse_frozen
from planner.store.versions import find_header

if TYPE_CHECKING:
    import duckdb

    from planner.model.version import Version
    from planner.store.database import Database

_SCENARIOS = """
    SELECT scenario, is_copy, name, origin, base, "action", actor, taken_on, comment
    FROM scenarios JOIN scenario_steps USING (scenario)"""
_MAY_END = {MERGE: (OPEN,), DROP: (OPEN, MERGED), REOPEN: (MERGED, DROPPED)}


def list_scenarios(db: Database) -> list[Scenario]:
    """Every scenario and kept copy, in the order in which they were branched."""
    with db.reading() as cursor:
        return _scenarios(cursor)


def load_scenario(db: Database, name: str) -> Scenario:
    """One scenario by its id; raises ScenarioUnknown."""
    with db.reading() as cursor:
        return _one(cursor, name)


def branch_scenario(
    db: Database,
    origin: str,
    name: str,
    *,
    actor: str,
    now: dt.datetime,
    why: str = "",
    is_copy: bool = False,
) -> Scenario:
    """Copy a version as a scenario in one transaction; the version itself stays as it is.

    `origin` is `draft`, `latest`, a snapshot's label or a scenario's id. Raises VersionUnknown.
    """
    with db.writing() as cursor:
        header = find_header(cursor, origin)
        made = _fresh("what-if")
        base = header.label
        if is_copy:
            base = made
        elif header.kind != SNAPSHOT:
            base = _fresh("base")
            _copy_rows(cursor, header, base, name)
        _copy_rows(cursor, header, made, name)
        cursor.execute(
            "INSERT INTO scenarios VALUES (?, ?, ?, ?, ?)", [made, is_copy, name, header.label, base]
        )
        _append(cursor, made, 1, ScenarioStep(BRANCH, actor, now, why))
        return _one(cursor, made)


def end_scenario(db: Database, name: str, step: ScenarioStep) -> Scenario:
    """Take the next step of a scenario: merge, drop or reopen. Raises ScenarioUnknown, ScenarioClosed."""
    with db.writing() as cursor:
        there = _one(cursor, name)
        if there.state not in _MAY_END[step.action] or (there.is_copy and step.action == MERGE):
            raise ScenarioClosed(there.name, there.state_words, there.steps[-1].actor)
        _append(cursor, name, len(there.steps) + 1, step)
        return _one(cursor, name)


def refuse_closed(cursor: duckdb.DuckDBPyConnection, version: str) -> None:
    """Let only the draft and open scenarios change.

    Raises PlanFrozen for a draft in review, ScenarioClosed for a scenario that is not open or only a copy, and
    VersionUnknown for anything else, a snapshot and a scenario's base among it.
    """
    if version == DRAFT:
        refuse_frozen(cursor)
        return
    found = {scenario.id: scenario for scenario in _scenarios(cursor)}
    if version not in found:
        raise VersionUnknown(version, [DRAFT, *(one.id for one in found.values() if one.is_open)])
    there = found[version]
    if not there.is_open:
        raise ScenarioClosed(there.name, there.state_words, there.steps[-1].actor)


def _fresh(kind: str) -> str:
    return f"{kind}-{uuid.uuid4().hex[:10]}"


def _copy_rows(cursor: duckdb.DuckDBPyConnection, header: Version, version: str, name: str) -> None:
    """Make a version of the work tables with the rows of another version."""
    previous = header.label if header.kind == SNAPSHOT else header.previous
    cursor.execute("INSERT INTO drafts VALUES (?, ?, 0, ?, ?)", [version, name, header.quarter, previous])
    for table in header.rows:
        source, parameter = source_of(header, table)
        columns = quoted(TABLES[table].names)
        cursor.execute(
            f"INSERT INTO work_{table} SELECT ?, {columns} FROM {source} ORDER BY {quoted(TABLES[table].key)}",
            [version, parameter],
        )


def _append(cursor: duckdb.DuckDBPyConnection, scenario: str, place: int, step: ScenarioStep) -> None:
    cursor.execute(
        "INSERT INTO scenario_steps VALUES (?, ?, ?, ?, ?, ?)",
        [scenario, place, step.action, step.actor, as_utc(step.taken_on), step.comment],
    )


def _one(cursor: duckdb.DuckDBPyConnection, name: str) -> Scenario:
    found = {scenario.id: scenario for scenario in _scenarios(cursor)}
    if name not in found:
        raise ScenarioUnknown(name, [scenario.name for scenario in found.values() if scenario.is_open])
    return found[name]


def _scenarios(cursor: duckdb.DuckDBPyConnection) -> list[Scenario]:
    rows = cursor.execute(f"{_SCENARIOS} ORDER BY scenario, step").fetchall()
    told: dict[str, list[ScenarioStep]] = {}
    facts = {}
    for scenario, is_copy, name, origin, base, action, actor, on, comment in rows:
        facts[scenario] = is_copy, name, origin, base
        step = ScenarioStep(action, actor, on.replace(tzinfo=dt.UTC), comment)
        told.setdefault(scenario, []).append(step)
    found = [
        Scenario(scenario, name, origin, base, tuple(told[scenario]), is_copy)
        for scenario, (is_copy, name, origin, base) in facts.items()
    ]
    return sorted(found, key=lambda scenario: (scenario.begun.taken_on, scenario.id))

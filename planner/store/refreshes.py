"""The refreshes: their steps, written down and never changed, and what an open one forbids; no rule about plans."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from planner.errors import NoRefresh, PlanFrozen, RefreshIsOpen, SealingBound, StepUnfit
from planner.model.refresh import APPROVE, OPEN, SEAL, STEPS_FROM, Refresh, Step
from planner.store.journal import as_utc
from planner.store.rows import first_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from planner.store.database import Database

_STEPS = """
    SELECT refresh, label, baseline, "action", actor, taken_on, comment, decision_id, evidence_missing, draft
    FROM refresh_steps"""


def list_refreshes(db: Database) -> list[Refresh]:
    """All refreshes in the order in which they were opened, each with its steps."""
    with db.reading() as cursor:
        return _refreshes(cursor.execute(f"{_STEPS} ORDER BY refresh, step").fetchall())


def find_open_refresh(db: Database) -> Refresh | None:
    """The one refresh that is open, or None."""
    with db.reading() as cursor:
        return find_open(cursor)


def load_open_refresh(db: Database) -> Refresh:
    """The one refresh that is open; raises NoRefresh."""
    with db.reading() as cursor:
        return _open_one(cursor)


def begin_refresh(db: Database, label: str, baseline: str, step: Step) -> Refresh:
    """Write down that a refresh is opened; raises RefreshIsOpen where there is one."""
    with db.writing() as cursor:
        _refuse_second(cursor)
        number = 1 + int(first_cell(cursor, "SELECT coalesce(max(refresh), 0) FROM refresh_steps"))
        opened = Refresh(number, label, baseline, (step,))
        _append(cursor, opened, step, place=1)
        return opened


def append_step(db: Database, step: Step) -> Refresh:
    """Take the next step of the open refresh; raises NoRefresh, or StepUnfit where it may not follow."""
    with db.writing() as cursor:
        there = _open_one(cursor)
        require_step(there, step.action)
        return _append(cursor, there, step, place=len(there.steps) + 1)


def require_step(refresh: Refresh, action: str) -> None:
    """Refuse a step that may not follow the last one, by StepUnfit."""
    allowed = STEPS_FROM[refresh.state]
    if action not in allowed:
        raise StepUnfit(refresh.label, refresh.state_words, action, allowed)


def refuse_frozen(cursor: duckdb.DuckDBPyConnection) -> None:
    """Refuse a change of the draft while it is in review or approved; called in the transaction of the change."""
    there = find_open(cursor)
    if there and there.is_frozen:
        last = there.steps[-1]
        raise PlanFrozen(there.label, there.state_words, last.actor, is_approved=last.action == APPROVE)


def end_refresh(cursor: duckdb.DuckDBPyConnection, label: str, step: Step) -> None:
    """Let a sealing end the refresh that is open, inside its transaction.

    Without an open refresh nothing is written. Raises SealingBound where the open one is of another label or
    is not approved yet.
    """
    there = find_open(cursor)
    if there is None:
        return
    require_sealable(there, label)
    _append(cursor, there, step, place=len(there.steps) + 1)


def require_sealable(refresh: Refresh, label: str) -> None:
    """Refuse a sealing that is not the one an open refresh leads to, by SealingBound."""
    if refresh.label != label or SEAL not in STEPS_FROM[refresh.state]:
        raise SealingBound(refresh.label, refresh.state_words, label)


def find_open(cursor: duckdb.DuckDBPyConnection) -> Refresh | None:
    """The open refresh inside a transaction; only the last one can be open."""
    rows = cursor.execute(
        f"{_STEPS} WHERE refresh = (SELECT max(refresh) FROM refresh_steps) ORDER BY step"
    ).fetchall()
    newest = _refreshes(rows)
    return newest[0] if newest and newest[0].is_open else None


def append_attestations(
    db: Database, refresh: int, items: Iterable[tuple[str, str]], *, actor: str, now: dt.datetime
) -> int:
    """Write down that somebody looked at items, given as table and id, and left them; returns how many are new."""
    with db.writing() as cursor:
        refuse_frozen(cursor)
        return _attest(cursor, refresh, items, actor, now)


def load_attestations(db: Database, refresh: int) -> dict[tuple[str, str], tuple[str, dt.datetime]]:
    """Who left each item as it was in a refresh and when (UTC), by table and id."""
    with db.reading() as cursor:
        rows = cursor.execute(
            'SELECT "table", id, actor, attested_on FROM attestations WHERE refresh = ?', [refresh]
        ).fetchall()
    return {(table, id_): (actor, on.replace(tzinfo=dt.UTC)) for table, id_, actor, on in rows}


def restore_refresh(
    db: Database, refresh: Refresh, attested: Mapping[tuple[str, str], tuple[str, dt.datetime]]
) -> None:
    """Write a refresh that ended in another database down again as it was, with who left which items alone.

    Raises RefreshIsOpen where one is open here.
    """
    by_whom: dict[tuple[str, dt.datetime], list[tuple[str, str]]] = {}
    for item, by in attested.items():
        by_whom.setdefault(by, []).append(item)
    with db.writing() as cursor:
        _refuse_second(cursor)
        for place, step in enumerate(refresh.steps, start=1):
            _append(cursor, refresh, step, place=place)
        for (actor, on), items in by_whom.items():
            _attest(cursor, refresh.number, items, actor, on)


def _refuse_second(cursor: duckdb.DuckDBPyConnection) -> None:
    there = find_open(cursor)
    if there:
        raise RefreshIsOpen(there.label, there.state_words)


def _attest(
    cursor: duckdb.DuckDBPyConnection,
    refresh: int,
    items: Iterable[tuple[str, str]],
    actor: str,
    now: dt.datetime,
) -> int:
    """Write attestations down, those left out that are there; returns how many are new."""
    rows = [list(item) for item in dict.fromkeys(items)]
    added: int = first_cell(
        cursor,
        """INSERT INTO attestations
        SELECT $refresh, item[1], item[2], $actor, $now FROM (SELECT unnest($items::VARCHAR[][]) AS item)
        WHERE NOT EXISTS (SELECT 1 FROM attestations AS a
            WHERE a.refresh = $refresh AND a."table" = item[1] AND a.id = item[2])""",
        {"refresh": refresh, "items": rows, "actor": actor, "now": as_utc(now)},
    )
    return added


def _open_one(cursor: duckdb.DuckDBPyConnection) -> Refresh:
    there = find_open(cursor)
    if there is None:
        raise NoRefresh
    return there


def _append(cursor: duckdb.DuckDBPyConnection, refresh: Refresh, step: Step, *, place: int) -> Refresh:
    cursor.execute(
        "INSERT INTO refresh_steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            refresh.number,
            place,
            step.action,
            refresh.label,
            refresh.baseline,
            step.actor,
            as_utc(step.taken_on),
            step.comment,
            step.decision_id,
            step.evidence_missing,
            step.number,
        ],
    )
    steps = refresh.steps if step.action == OPEN else (*refresh.steps, step)
    return Refresh(refresh.number, refresh.label, refresh.baseline, steps)


def _refreshes(rows: Iterable[tuple[Any, ...]]) -> list[Refresh]:
    found: dict[int, Refresh] = {}
    for number, label, baseline, action, actor, on, comment, decision, missing, draft in rows:
        step = Step(action, actor, on.replace(tzinfo=dt.UTC), comment, decision, missing, draft)
        before = found[number].steps if number in found else ()
        found[number] = Refresh(number, label, baseline, (*before, step))
    return list(found.values())

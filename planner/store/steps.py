"""The steps of a person in the draft since the last sealing, or in a what-if: which are undone, which undo can be redone.

It only reads. A step is a save that undoes nothing. An undo names the step that it took back; a redo names the
undo that it took back. So a step is undone where an undo names it that no redo names.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model.edit import Edit
from planner.model.version import DRAFT
from planner.store.journal import of_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from planner.store.database import Database

_MOST_EDITS = 12  # of each step, to say what it was about; an import has thousands
_STEPS = """
    WITH mine AS (
        SELECT save, saved_on, reason, undoes FROM saves
        WHERE version = $version AND actor = $actor
            AND (version <> 'draft' OR save > (SELECT coalesce(max(last_save), 0) FROM snapshots))),
    fresh AS (SELECT save FROM mine WHERE undoes IS NULL),
    undone AS (
        SELECT undoes AS save, save AS undo FROM mine
        WHERE undoes IN (FROM fresh) AND save NOT IN (SELECT undoes FROM mine WHERE undoes IS NOT NULL))
    SELECT save, saved_on, reason, undo, coalesce(undo > (SELECT max(save) FROM fresh), false)
    FROM mine LEFT JOIN undone USING (save) WHERE undoes IS NULL ORDER BY save DESC"""
# The rows of `reasons` say why; a step is about what it changed, unless it changed nothing but reasons.
_TOLD = """
    WITH told AS (
        SELECT *, "table" <> 'reasons' OR bool_and("table" = 'reasons') OVER (PARTITION BY save) AS is_told
        FROM journal WHERE save IN (SELECT unnest(?::BIGINT[])))"""


@dataclass(frozen=True, slots=True)
class SavedStep:
    """One save of a person: when (UTC), why, its first edits, and how many edits in how many rows it has in all.

    `undo` is the save that took it back, None where it stands; `can_redo` where no later step forbids it.
    """

    save: int
    saved_on: dt.datetime
    reason: str
    undo: int | None
    can_redo: bool
    edits: tuple[Edit, ...] = ()
    changes: int = 0
    rows: int = 0

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back and not put again."""
        return self.undo is not None


def load_steps(db: Database, actor: str, most: int, version: str = DRAFT) -> list[SavedStep]:
    """The last steps of a person in a version, of the draft since the last sealing, newest first.

    At most `most` of those that stand, and all undone ones above the last of these: so what an undo or a redo
    would take next is always among them.
    """
    with db.reading() as cursor:
        listed: list[SavedStep] = []
        standing = 0
        for step in find_steps(cursor, version, actor):
            standing += not step.is_undone
            if standing > most:
                break
            listed.append(step)
        return _with_edits(cursor, listed) if listed else []


def find_undoable(cursor: duckdb.DuckDBPyConnection, version: str, actor: str) -> list[int]:
    """The saves of a person that can be undone one after another, newest first."""
    return [step.save for step in find_steps(cursor, version, actor) if not step.is_undone]


def find_redoable(cursor: duckdb.DuckDBPyConnection, version: str, actor: str) -> int | None:
    """The last undo of a person that no later save followed and no redo took back."""
    undos = [
        step.undo for step in find_steps(cursor, version, actor) if step.undo is not None and step.can_redo
    ]
    return max(undos, default=None)


def find_steps(cursor: duckdb.DuckDBPyConnection, version: str, actor: str) -> list[SavedStep]:
    """All steps of a person since the last sealing, newest first, without their edits."""
    rows = cursor.execute(_STEPS, {"version": version, "actor": actor}).fetchall()
    return [
        SavedStep(save, on.replace(tzinfo=dt.UTC), reason, undo, can_redo)
        for save, on, reason, undo, can_redo in rows
    ]


def _with_edits(cursor: duckdb.DuckDBPyConnection, steps: Sequence[SavedStep]) -> list[SavedStep]:
    saves = [step.save for step in steps]
    counts = cursor.execute(
        f'{_TOLD} SELECT save, count(*), count(DISTINCT ("table", id)) FROM told WHERE is_told GROUP BY save',
        [saves],
    ).fetchall()
    counted = {save: (changes, rows) for save, changes, rows in counts}
    first = cursor.execute(
        f"""{_TOLD} SELECT save, "table", "key", field, "before", "after" FROM told WHERE is_told
        QUALIFY row_number() OVER (PARTITION BY save ORDER BY place) <= {_MOST_EDITS} ORDER BY save, place""",
        [saves],
    ).fetchall()
    edits: dict[int, list[Edit]] = {save: [] for save in saves}
    for save, table, key, field, before, after in first:
        values = of_json(table, field, before), of_json(table, field, after)
        edits[save].append(Edit(table, tuple(json.loads(key)), field, *values))
    return [
        SavedStep(
            step.save,
            step.saved_on,
            step.reason,
            step.undo,
            step.can_redo,
            tuple(edits[step.save]),
            *counted.get(step.save, (0, 0)),
        )
        for step in steps
    ]

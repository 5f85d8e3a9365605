"""The draft and the what-ifs: edits saved cell by cell, undone, redone, whole tables replaced; and what is not saved yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from planner.errors import NothingToRedo, NothingToUndo, PlanChanged, StepsChanged
from planner.model.edit import Edit, Saved
from planner.model.version import DRAFT
from planner.store.applying import apply_in_order
from planner.store.journal import (
    append_journal,
    append_save,
    as_json,
    as_utc,
    load_edits,
    next_save,
    of_json,
)
from planner.store.replacing import replace_table
from planner.store.rows import first_cell
from planner.store.scenarios import refuse_closed
from planner.store.steps import find_redoable, find_undoable
from planner.store.versions import find_header

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb
    import polars as pl

    from planner.model.version import Version
    from planner.store.database import Database


def draft_version(db: Database) -> Version:
    """The header of the draft: its quarter, its number, its rows."""
    with db.reading() as cursor:
        return find_header(cursor, DRAFT)


def replace_quarter(db: Database, quarter: str, version: str = DRAFT) -> None:
    """Say which quarter the draft of a new plan is of; a sealing moves it on by itself."""
    with db.writing() as cursor:
        cursor.execute("UPDATE drafts SET quarter = ? WHERE version = ?", [quarter, version])


def apply_edits(
    db: Database,
    edits: Iterable[Edit],
    *,
    actor: str,
    now: dt.datetime,
    reason: str = "",
    number: int | None = None,
    version: str = DRAFT,
) -> Saved:
    """Save edits of the draft, or of a scenario, in one transaction, each where the stored value is still its `before`.

    A cell that already holds `after` counts as applied. The others come back as conflicts with the
    stored value, who changed it and when. The draft's number grows where anything was written.
    `number` is the draft's number that all of them were made for: they are then saved all, or none.
    Raises PlanChanged; PlanFrozen while a refresh is in review or approved, as every change of the draft does;
    ScenarioClosed as every change of a scenario that is not open does.
    """
    with db.writing() as cursor:
        refuse_closed(cursor, version)
        found = _number(cursor, version)
        if number not in {None, found}:
            raise PlanChanged(number, found)
        saved = _apply(cursor, edits, version=version, actor=actor, now=now, reason=reason)
        if saved.conflicts and number is not None:  # they were made for other rows than those of this draft
            raise PlanChanged(number, saved.number)
        return saved


def undo_last_save(db: Database, *, actor: str, now: dt.datetime, version: str = DRAFT) -> Saved:
    """Take back the last save of a person since the last sealing that is not undone yet, by its inverse cells.

    Cells that somebody changed since come back as conflicts. Raises NothingToUndo.
    """
    with db.writing() as cursor:
        refuse_closed(cursor, version)
        standing = find_undoable(cursor, version, actor)
        if not standing:
            raise NothingToUndo(actor)
        return _undo(cursor, standing[:1], version=version, actor=actor, now=now)


def undo_saves(
    db: Database, saves: Sequence[int], *, actor: str, now: dt.datetime, version: str = DRAFT
) -> Saved:
    """Take back several saves of a person, the newest first, in one transaction; conflicts as for one.

    Raises StepsChanged where `saves` are not, newest first, the next ones that an undo would take back.
    """
    with db.writing() as cursor:
        refuse_closed(cursor, version)
        if not saves or find_undoable(cursor, version, actor)[: len(saves)] != list(saves):
            raise StepsChanged(actor)
        return _undo(cursor, saves, version=version, actor=actor, now=now)


def redo_last_undo(
    db: Database, *, actor: str, now: dt.datetime, undo: int | None = None, version: str = DRAFT
) -> Saved:
    """Put back what the last undo of a person took, by the inverse of its cells; raises NothingToRedo.

    A save of the same person after the undo ends what can be redone. Conflicts as in an undo.
    `undo` is the one that was shown: raises StepsChanged where it is not the last one any more.
    """
    with db.writing() as cursor:
        refuse_closed(cursor, version)
        last = find_redoable(cursor, version, actor)
        if undo not in {None, last}:
            raise StepsChanged(actor)
        if last is None:
            raise NothingToRedo(actor)
        inverse = _inverse(cursor, last)
        return _apply(cursor, inverse, version=version, actor=actor, now=now, reason="", undoes=last)


def replace_draft(
    db: Database,
    frames: Mapping[str, pl.DataFrame],
    *,
    actor: str,
    now: dt.datetime,
    reason: str = "",
    number: int | None = None,
) -> Saved:
    """Make tables of the draft exactly what the frames say and leave the others; journalled like a save.

    `number` is the draft's number that the frames were made for. Raises PlanChanged.
    """
    with db.writing() as cursor:
        refuse_closed(cursor, DRAFT)
        found = _number(cursor, DRAFT)
        if number not in {None, found}:
            raise PlanChanged(number, found)
        save, written = next_save(cursor), 0
        for name, frame in frames.items():
            written += replace_table(cursor, name, frame, save=save, place=written)
        if not written:
            return Saved(0, (), found)
        append_save(cursor, save, version=DRAFT, actor=actor, now=now, reason=reason)
        return Saved(written, (), _raise_number(cursor, DRAFT))


def load_pending(db: Database, person: str, version: str = DRAFT) -> list[Edit]:
    """The edits that a person made of the draft, or of a scenario, and did not save yet."""
    with db.reading() as cursor:
        kept = first_cell(
            cursor, "SELECT edits FROM unsaved WHERE person = ? AND version = ?", [person, version]
        )
    return [
        Edit(table, tuple(key), field, of_json(table, field, before), of_json(table, field, after))
        for table, key, field, before, after in json.loads(kept or "[]")
    ]


def keep_pending(
    db: Database, person: str, edits: Sequence[Edit], now: dt.datetime, version: str = DRAFT
) -> None:
    """Keep the unsaved edits of a person in the place of those kept before; none drops them."""
    if not edits:
        drop_pending(db, person, version)
        return
    said = [(edit.table, edit.key, edit.field, as_json(edit.before), as_json(edit.after)) for edit in edits]
    with db.writing() as cursor:
        cursor.execute(
            "INSERT OR REPLACE INTO unsaved VALUES (?, ?, ?, ?)",
            [person, version, json.dumps(said, ensure_ascii=False), as_utc(now)],
        )


def drop_pending(db: Database, person: str, version: str = DRAFT) -> None:
    """Forget the unsaved edits of a person."""
    with db.writing() as cursor:
        cursor.execute("DELETE FROM unsaved WHERE person = ? AND version = ?", [person, version])


def _undo(
    cursor: duckdb.DuckDBPyConnection, saves: Sequence[int], *, version: str, actor: str, now: dt.datetime
) -> Saved:
    done = [
        _apply(cursor, _inverse(cursor, save), version=version, actor=actor, now=now, reason="", undoes=save)
        for save in saves
    ]
    conflicts = tuple(conflict for one in done for conflict in one.conflicts)
    return Saved(sum(one.applied for one in done), conflicts, done[-1].number)


def _inverse(cursor: duckdb.DuckDBPyConnection, save: int) -> list[Edit]:
    return [edit.inverse for edit in reversed(load_edits(cursor, save))]


def _apply(
    cursor: duckdb.DuckDBPyConnection,
    edits: Iterable[Edit],
    *,
    version: str,
    actor: str,
    now: dt.datetime,
    reason: str,
    undoes: int | None = None,
) -> Saved:
    done = apply_in_order(cursor, version, edits)
    # An undo that found every cell changed is written down too, or the next one would be stuck at its save.
    if done.written or undoes is not None:
        save = next_save(cursor)
        append_save(cursor, save, version=version, actor=actor, now=now, reason=reason, undoes=undoes)
        append_journal(cursor, save, done.written)
    number = _raise_number(cursor, version) if done.written else _number(cursor, version)
    return Saved(len(done.written) + done.agreed, tuple(done.refused), number)


def _number(cursor: duckdb.DuckDBPyConnection, version: str) -> int:
    return int(first_cell(cursor, "SELECT number FROM drafts WHERE version = ?", [version]))


def _raise_number(cursor: duckdb.DuckDBPyConnection, version: str) -> int:
    cursor.execute("UPDATE drafts SET number = number + 1 WHERE version = ?", [version])
    return _number(cursor, version)

"""Save the edits of a grid: read each typed cell, save all or none of them, take saves back and put them again; SQL is below."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.actions.draft_calendar import keeping_time
from planner.exchange.cells import parse_cell
from planner.model.finding import Problem
from planner.model.fingerprint import number_text
from planner.model.settings import PlanSettings, setting_problem
from planner.model.tables import TABLES
from planner.model.version import DRAFT
from planner.store import drafts
from planner.store.frames import load_frame
from planner.store.versions import load_version_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.model.edit import Cell, Edit, Row, Saved
    from planner.model.quarter import Calendar
    from planner.store.database import Database

FROZEN_SETTINGS = ("plan_uid", "fiscal_year_start_month")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """An edit with a cell that does not read: the column, and what to write instead in `problem.message`."""

    edit: Edit
    field: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class SaveOutcome:
    """What became of a save; `saved` is None where cells do not read, for then nothing was written."""

    problems: tuple[CellProblem, ...]
    saved: Saved | None


def save(
    db: Database,
    edits: Sequence[Edit],
    *,
    actor: str,
    now: dt.datetime,
    reason: str = "",
    version: str = DRAFT,
) -> SaveOutcome:
    """Read every cell of the edits by the rules of the plan folder, and save them all, or none.

    The `after` of an edit may be text as it was typed, or a value; its `before` is the stored value that
    was on the screen. Cells that somebody else changed meanwhile are conflicts in `saved`.
    """
    read, problems = read_edits(db, edits, version)
    if problems:
        return SaveOutcome(tuple(problems), None)
    saved = drafts.apply_edits(db, read, actor=actor, now=now, reason=reason, version=version)
    return SaveOutcome((), saved)


def undo(db: Database, *, actor: str, now: dt.datetime, version: str = DRAFT) -> Saved:
    """Take back the person's last save since the last sealing; raises NothingToUndo."""
    with keeping_time(db, version):
        return drafts.undo_last_save(db, actor=actor, now=now, version=version)


def undo_saves(
    db: Database, saves: Sequence[int], *, actor: str, now: dt.datetime, version: str = DRAFT
) -> Saved:
    """Take back the person's last saves, all of those that were shown or none; raises StepsChanged."""
    with keeping_time(db, version):
        return drafts.undo_saves(db, saves, actor=actor, now=now, version=version)


def redo(
    db: Database, *, actor: str, now: dt.datetime, undo: int | None = None, version: str = DRAFT
) -> Saved:
    """Put back what the person's last undo took, the one that was shown; raises NothingToRedo or StepsChanged."""
    with keeping_time(db, version):
        return drafts.redo_last_undo(db, actor=actor, now=now, undo=undo, version=version)


def load_pending(db: Database, person: str, version: str = DRAFT) -> list[Edit]:
    """The edits that a person made and did not save yet."""
    return drafts.load_pending(db, person, version)


def keep_pending(
    db: Database, person: str, edits: Sequence[Edit], now: dt.datetime, version: str = DRAFT
) -> None:
    """Keep a person's unsaved edits in the place of those kept before; an empty list forgets them."""
    drafts.keep_pending(db, person, edits, now, version)


def read_edits(
    db: Database, edits: Iterable[Edit], version: str = DRAFT
) -> tuple[list[Edit], list[CellProblem]]:
    """Give each edit the value that its text means; the edits whose cells do not read come as problems."""
    with db.reading() as cursor:
        draft = load_version_header(db, version)
        settings = PlanSettings(dict(load_frame(cursor, draft, TABLES["settings"]).drop_nulls().iter_rows()))
    is_sealed = bool(draft.previous)
    read: list[Edit] = []
    problems: list[CellProblem] = []
    for edit in edits:
        found, told = _read(edit, settings, is_sealed=is_sealed)
        problems += told
        if found is not None:
            read.append(found)
    return read, problems


def _read(edit: Edit, settings: PlanSettings, *, is_sealed: bool) -> tuple[Edit | None, list[CellProblem]]:
    if edit.is_row:
        return _read_row(edit, settings.calendar, is_sealed=is_sealed)
    if edit.field in TABLES[edit.table].key:
        said = "An id is given once and stays. Add a new row, and remove this one."
        return None, [_problem(edit, edit.field, edit.after, said)]
    value = _read_cell(edit, edit.field, edit.after, settings.calendar)
    if isinstance(value, CellProblem):
        return None, [value]
    trouble = _setting_trouble(edit.key[0], value, is_sealed=is_sealed) if _is_setting(edit) else None
    if trouble:
        return None, [_problem(edit, edit.field, value, trouble)]
    return replace(edit, after=value), []


def _read_row(edit: Edit, calendar: Calendar, *, is_sealed: bool) -> tuple[Edit | None, list[CellProblem]]:
    """A row that joins is read cell by cell and keeps its filled cells; one that leaves stays as it is."""
    if edit.after is None:
        is_frozen = _is_setting(edit) and edit.key[0] in FROZEN_SETTINGS
        trouble = _setting_trouble(edit.key[0], None, is_sealed=is_sealed) if is_frozen else None
        return (None, [_problem(edit, "key", edit.key[0], trouble)]) if trouble else (edit, [])
    if not isinstance(edit.after, Mapping):
        message = f"a row that joins {edit.table} is given by column"
        raise TypeError(message)
    table = TABLES[edit.table]
    given = {**dict.fromkeys(table.names), **edit.after}
    cells: dict[str, Cell] = {}
    problems = []
    for name, cell in given.items():
        value = _read_cell(edit, name, cell, calendar)
        if isinstance(value, CellProblem):
            problems.append(value)
        elif value is not None:
            cells[name] = value
    if problems:
        return None, problems
    key = tuple(str(cells[name]) for name in table.key)
    if _is_setting(edit) and (trouble := _setting_trouble(key[0], cells.get("value"), is_sealed=is_sealed)):
        return None, [_problem(edit, "key", key[0], trouble)]
    return replace(edit, key=key, after=cells), []


def _read_cell(edit: Edit, field: str, cell: Cell | Row, calendar: Calendar) -> Cell | CellProblem:
    column = TABLES[edit.table].by_name[field]
    value = parse_cell(column, cell_text(cell), calendar)
    return CellProblem(edit, field, value) if isinstance(value, Problem) else value


def cell_text(cell: Cell | Row) -> str | None:
    """A value as it would be typed: ISO dates, true and false, numbers with the fewest digits."""
    match cell:
        case None | str():
            return cell
        case bool():
            return "true" if cell else "false"
        case int():
            return str(cell)
        case float():
            return number_text(cell)
        case dt.datetime():
            return cell.date().isoformat()
        case dt.date():
            return cell.isoformat()
        case _:
            message = f"{type(cell).__name__} is no cell"
            raise TypeError(message)


def _is_setting(edit: Edit) -> bool:
    return edit.table == "settings"


def _setting_trouble(key: str, value: Cell, *, is_sealed: bool) -> str | None:
    """What is wrong with a setting, a whole sentence, or None."""
    if is_sealed and key in FROZEN_SETTINGS:
        return f"{key} cannot change any more, for sealed versions rest on it. Start another plan instead."
    return setting_problem(key, None if value is None else str(value))


def _problem(edit: Edit, field: str, value: object, message: str) -> CellProblem:
    shown = "" if value is None else str(value)
    return CellProblem(edit, field, Problem(edit.table, 0, field, shown, message))

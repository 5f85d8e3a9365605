"""A person's unsaved edits: made one by one, kept, held against what others saved; saving them is in `editing`.

The edits of a person are one list, in which a cell or a row stands once. A row that joins carries its own
cells, so an edit of one of them changes the row. Typed text is kept as it was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from planner.actions.editing import cell_text
from planner.model.edit import Conflict, Edit
from planner.model.tables import TABLES
from planner.model.version import DRAFT
from planner.store import drafts
from planner.store.applying import settled, with_authors
from planner.store.hanging import find_hanging

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from planner.model.edit import Cell, Row
    from planner.model.plan import Plan
    from planner.store.database import Database

    Key: TypeAlias = tuple[str, ...]


def change_unsaved(
    db: Database,
    person: str,
    now: dt.datetime,
    change: Callable[[list[Edit]], list[Edit]],
    version: str = DRAFT,
) -> list[Edit]:
    """Change a person's unsaved edits in one step, so that two windows of one person lose nothing."""
    with db.writing():
        kept = drafts.load_pending(db, person, version)
        changed = change(kept)
        if changed != kept:
            drafts.keep_pending(db, person, changed, now, version)
    return changed


def put_cells(
    plan: Plan, edits: Iterable[Edit], table: str, cells: Iterable[tuple[Key, str, str | None]]
) -> list[Edit]:
    """Put typed cells, given as key, field and text, over a plan and the edits made so far.

    `plan` is what was on the screen: its cells become the `before` of new edits. A cell that is typed back
    to what it was is no edit any more; a cell of a row that the plan does not have is left out.
    """
    made = _by_place(edits)
    rows = Rows(plan, table)
    for key, field, text in cells:
        joins = made.get((table, key, ""))
        if joins is not None and isinstance(joins.after, Mapping):
            made[table, key, ""] = replace(joins, after={**joins.after, field: text or None})
            continue
        earlier = made.get((table, key, field))
        row = rows.find(key)
        if earlier is None and row is None:
            continue
        before = earlier.before if earlier else row.get(field) if row else None
        if (cell_text(before) or "") == (text or ""):
            made.pop((table, key, field), None)
        else:
            made[table, key, field] = Edit(table, key, field, before, text or None)
    return list(made.values())


def add_row(edits: Iterable[Edit], table: str, row: Mapping[str, Cell]) -> list[Edit]:
    """Let a row join, given by its cells."""
    key = tuple(str(row[name]) for name in TABLES[table].key)
    made = _by_place(edits)
    leaves = made.pop((table, key, ""), None)
    if leaves is not None and isinstance(leaves.before, Mapping):
        unlike = [name for name in TABLES[table].fields if leaves.before.get(name) != row.get(name)]
        for name in unlike:
            made[table, key, name] = Edit(table, key, name, leaves.before.get(name), row.get(name))
    else:
        made[table, key, ""] = Edit(table, key, "", None, dict(row))
    return list(made.values())


def remove_row(plan: Plan, edits: Iterable[Edit], table: str, key: Key) -> list[Edit]:
    """Let a row leave; one that only joined in these edits is forgotten."""
    kept = [edit for edit in edits if (edit.table, edit.key) != (table, key)]
    row = find_row(plan, table, key)
    return kept if row is None else [*kept, Edit(table, key, "", row, None)]


def row_now(plan: Plan, edits: Iterable[Edit], table: str, key: Key) -> Row | None:
    """The filled cells of a row as they would be after a save, typed text as it was typed; None where it is gone."""
    mine = {edit.field: edit for edit in edits if (edit.table, edit.key) == (table, key)}
    if "" in mine:
        joined = mine[""].after
        return joined if isinstance(joined, Mapping) else None
    stored = find_row(plan, table, key)
    if stored is None:
        return None
    changed = {field: edit.after for field, edit in mine.items()}
    cells = {**stored, **changed}
    return {name: cell for name, cell in cells.items() if not (cell is None or isinstance(cell, Mapping))}


def find_stale(db: Database, plan: Plan, edits: Sequence[Edit], version: str = DRAFT) -> list[Conflict]:
    """The edits that a save would refuse, with who changed what they meet, and when.

    Their `before` is no longer what the version holds, or they name a row that is gone or somebody else's.
    """
    rows = {table: Rows(plan, table) for table in {edit.table for edit in edits}}
    found = [conflict for edit in edits if (conflict := _held_against(edit, rows[edit.table].find(edit.key)))]
    taken = {(one.edit.table, one.edit.id) for one in found if one.edit.is_row and one.edit.before is None}
    with db.reading() as cursor:
        known = {id(conflict.edit) for conflict in found}
        found += [one for one in find_hanging(cursor, version, edits, taken) if id(one.edit) not in known]
        return with_authors(cursor, version, found) if found else []


def _held_against(edit: Edit, row: Row | None) -> Conflict | None:
    meant = settled(edit)
    if edit.is_row:
        is_fine = row in (meant.before, meant.after)
        return None if is_fine else Conflict(edit, row, is_gone=row is None)
    if row is None:
        return Conflict(edit, None, is_gone=True)
    stored = row.get(edit.field)
    is_fine = stored == meant.before or (cell_text(stored) or "") == (cell_text(meant.after) or "")
    return None if is_fine else Conflict(edit, stored, is_gone=False)


def take_mine(edits: Iterable[Edit], conflict: Conflict, earlier: Row | None = None) -> list[Edit]:
    """Hold an edit against what is stored now, so that the next save writes it.

    `earlier` is a row that somebody removed meanwhile, as it was last known: it joins again with the person's
    cells. Without it such an edit cannot be taken and is left as it is, like one that hangs on another's row.
    """
    edit, stored = conflict.edit, conflict.stored
    if conflict.hangs_on is not None:
        return list(edits)
    made = _by_place(edits)
    place = (edit.table, edit.key, edit.field)
    if conflict.is_gone and not edit.is_row:
        if earlier is not None:
            mine = [other for other in made.values() if (other.table, other.key) == (edit.table, edit.key)]
            for other in mine:
                del made[other.table, other.key, other.field]
            row = {**earlier, **{other.field: other.after for other in mine}}
            made[edit.table, edit.key, ""] = Edit(edit.table, edit.key, "", None, row)  # type: ignore[arg-type]
    elif edit.before is None and edit.is_row and isinstance(stored, Mapping):
        del made[place]
        assert isinstance(edit.after, Mapping)  # noqa: S101  told to the type checker
        for name, cell in edit.after.items():
            if name not in TABLES[edit.table].key and cell_text(cell) != cell_text(stored.get(name)):
                made[edit.table, edit.key, name] = Edit(edit.table, edit.key, name, stored.get(name), cell)
    else:
        made[place] = replace(edit, before=stored)
    return list(made.values())


def drop(edits: Iterable[Edit], unwanted: Iterable[Edit]) -> list[Edit]:
    """The edits without some of them."""
    places = {(edit.table, edit.key, edit.field) for edit in unwanted}
    return [edit for edit in edits if (edit.table, edit.key, edit.field) not in places]


def find_row(plan: Plan, table: str, key: Key) -> Row | None:
    """The filled cells of one row by its key, or None; who looks for many takes `Rows`."""
    is_it = (pl.col(name) == part for name, part in zip(TABLES[table].key, key, strict=True))
    found = plan[table].filter(*is_it)
    return _filled(found, 0) if found.height else None


class Rows:
    """The rows of one table of a plan by key, each as its filled cells."""

    def __init__(self, plan: Plan, table: str) -> None:
        self._frame = plan[table]
        self._places: dict[Key, int] | None = None
        self._key = TABLES[table].key

    def find(self, key: Key) -> Row | None:
        """The filled cells of a row, or None."""
        if self._places is None:
            keys = self._frame.select(self._key).iter_rows()
            self._places = {found: place for place, found in enumerate(keys)}
        place = self._places.get(tuple(key))
        if place is None:
            return None
        return _filled(self._frame, place)


def _filled(frame: pl.DataFrame, place: int) -> Row:
    return {name: cell for name, cell in frame.row(place, named=True).items() if cell is not None}


def _by_place(edits: Iterable[Edit]) -> dict[tuple[str, Key, str], Edit]:
    return {(edit.table, edit.key, edit.field): edit for edit in edits}

"""One table on three sides: what the scenario alone changed, what both changed alike, and what unlike; it decides nothing.

What differs comes from `compare_frames`, from the base to either side; here the differing rows are set side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from planner.model.tables import TABLES
from planner.rules.drift_rows import BEFORE, compare_frames, unlike
from planner.rules.rework import filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.model.edit import Cell, Row
    from planner.rules.drift_rows import TableDrift

    Side: TypeAlias = pl.Series | pl.DataFrame | None
    Value: TypeAlias = Cell | Row


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Cells of one field, or whole rows (empty `field`), of one table: their keys, and what each side has there.

    A side is aligned with the keys: a series of cells, a frame of whole rows, or None where it has none of these rows.
    """

    table: str
    field: str
    keys: pl.DataFrame
    base: Side
    draft: Side
    scenario: Side

    def __len__(self) -> int:
        return self.keys.height

    def __iter__(self) -> Iterator[tuple[tuple[str, ...], Value, Value, Value]]:
        """Each place: the key, and the cell or the row's filled cells on the three sides."""
        sides = (self._values(side) for side in (self.base, self.draft, self.scenario))
        return zip(self.keys.iter_rows(), *sides, strict=True)

    def _values(self, side: Side) -> Sequence[Value]:
        if side is None:
            return [None] * len(self)
        return side.to_list() if isinstance(side, pl.Series) else [filled(row) for row in side.to_dicts()]


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """The scenario's changes of one table.

    `taken` are those where the draft is as the base was, `contested` those that the draft changed in another
    way, `alike` counts those that it made too.
    """

    taken: tuple[Places, ...]
    contested: tuple[Places, ...]
    alike: int


def meet(table: str, base: pl.DataFrame, draft: pl.DataFrame, scenario: pl.DataFrame) -> Meeting:
    """Set the changes of two settled frames since a third against each other, row by row by key, cell by cell."""
    ours, theirs = compare_frames(table, base, draft), compare_frames(table, base, scenario)
    removed = compare_frames(table, ours.removed, theirs.removed)
    parts = (
        _joined(ours, theirs),
        _left(ours, removed.added, both=ours.removed.height - removed.removed.height),
        _revived(theirs, removed.removed),
        _changed(ours, theirs, removed.removed),
    )
    return Meeting(
        taken=tuple(places for part in parts for places in part.taken if len(places)),
        contested=tuple(places for part in parts for places in part.contested if len(places)),
        alike=sum(part.alike for part in parts),
    )


def _joined(ours: TableDrift, theirs: TableDrift) -> Meeting:
    """The rows that the scenario added; where the draft added one of the same key, each unlike cell is contested."""
    added = compare_frames(theirs.table, ours.added, theirs.added)
    contested = (
        _cells(added, field, cells.arg_true(), None, added.pairs[f"{field}{BEFORE}"].filter(cells))
        for field, cells in added.cells.items()
    )
    alike = ours.added.height - added.removed.height - added.pairs.height
    return Meeting((_rows(theirs.table, added.added, None, None, added.added),), tuple(contested), alike)


def _left(ours: TableDrift, gone: pl.DataFrame, both: int) -> Meeting:
    """The rows that the scenario alone removed; contested where the draft changed one. `both` counts the others."""
    at = _places_of(ours.table, gone, ours.pairs)
    free, changed = gone.filter(at.is_null()), gone.filter(at.is_not_null())
    mine = ours.pairs[at.drop_nulls()].select(gone.columns)
    return Meeting(
        (_rows(ours.table, free, free, free, None),), (_rows(ours.table, changed, changed, mine, None),), both
    )


def _revived(theirs: TableDrift, lost: pl.DataFrame) -> Meeting:
    """The rows that the scenario changed and the draft removed."""
    at = _places_of(theirs.table, theirs.pairs, lost)
    its, was = theirs.pairs.filter(at.is_not_null()).select(lost.columns), lost[at.drop_nulls()]
    return Meeting((), (_rows(theirs.table, was, was, None, its),), 0)


def _changed(ours: TableDrift, theirs: TableDrift, lost: pl.DataFrame) -> Meeting:
    """The cells that the scenario changed in rows that the draft still has."""
    taken, contested, alike = [], [], 0
    stays = _places_of(theirs.table, theirs.pairs, lost).is_null()
    at = _places_of(theirs.table, theirs.pairs, ours.pairs)
    for field, cells in theirs.cells.items():
        was = theirs.pairs[f"{field}{BEFORE}"]
        both = cells & _there(ours, field, at)
        free = cells & stays & ~both
        taken.append(_cells(theirs, field, free.arg_true(), was.filter(free), was.filter(free)))
        if both.any():
            mine = ours.pairs[field].gather(at.filter(both))
            unequal = unlike(mine, theirs.pairs[field].filter(both))
            alike += unequal.len() - int(unequal.sum())
            clashing = both.arg_true().filter(unequal)
            contested.append(_cells(theirs, field, clashing, was.gather(clashing), mine.filter(unequal)))
    return Meeting(tuple(taken), tuple(contested), alike)


def _there(ours: TableDrift, field: str, at: pl.Series) -> pl.Series:
    """For each place among the changed rows of the draft, whether this field is changed there; not where there is none."""
    if field not in ours.cells:
        return pl.repeat(value=False, n=at.len(), eager=True)
    return ours.cells[field].gather(at).fill_null(value=False)


def _places_of(table: str, rows: pl.DataFrame, among: pl.DataFrame) -> pl.Series:
    """Where each row's key is among other rows, null where it is not."""
    if rows.is_empty() or among.is_empty():
        return pl.Series("at", [None], dtype=pl.UInt32).new_from_index(0, rows.height)
    key = TABLES[table].key
    numbered = among.select(key).with_row_index("_at")
    return rows.select(key).join(numbered, on=key, how="left", maintain_order="left")["_at"]


def _rows(table: str, rows: pl.DataFrame, base: Side, draft: Side, scenario: Side) -> Places:
    """Whole rows; `rows` are one side's, for their keys."""
    return Places(table, "", rows.select(TABLES[table].key), base, draft, scenario)


def _cells(theirs: TableDrift, field: str, at: pl.Series, base: Side, draft: Side) -> Places:
    """The scenario's cells of one field at some of its changed rows, and what the other sides have there."""
    pairs = theirs.pairs
    keys = pairs.select(TABLES[theirs.table].key)
    return Places(theirs.table, field, keys[at], base, draft, pairs[field].gather(at))

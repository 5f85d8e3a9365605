"""The drift rows of one table with their planning meaning, and the row each kind stands on; which differ is drift_rows'."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from planner.model.tables import TABLES
from planner.rules.drift_alignment import may_realign, realigned
from planner.rules.drift_cells import ChangedCells, as_numbers, live
from planner.rules.drift_dates import DATED, ChangedDates, kinds_of_dates
from planner.rules.drift_kinds import Limits, held_kinds, kinds_of_table
from planner.rules.drift_places import places_moved
from planner.rules.drift_rows import ADDED, CHANGED, REMOVED, among, rows_where
from planner.rules.drift_sides import LINKED
from planner.rules.drift_stack import FEW, Held, Piece, changed_pieces, filled, stacked, whole_piece
from planner.rules.drift_staffing import restaffed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planner.model.settings import PlanSettings
    from planner.rules.drift_rows import TableDrift
    from planner.rules.drift_sides import Sides

ITEMS = ("projects", "outcomes", "kpis", "capabilities", "enablers")  # whose rows join or leave with a kind
_STOPPED = "removed"  # a live project that was cancelled has left the plan, though its row is there


@dataclass(frozen=True)
class _Own:
    """Items of a table that have a kind by what hangs on them: `sized` has their ids and the amounts."""

    table: str
    kind: str
    unit: str
    sized: pl.DataFrame


def rows_with_kinds(compared: Mapping[str, TableDrift], sides: Sides) -> pl.DataFrame:
    """The drift rows of all tables with their kinds, ordered by table, id, field and kind."""
    moved = places_moved(compared.get("projects"), sides.ranked, sides.settings.whole("rank_places"))
    relinked = _links_changed(compared)
    least = sides.settings.number("threshold_reresourced")
    staffed = restaffed(*sides.staffed, compared.get("phasing"), least)
    aligned = _realigned(compared, sides, relinked)
    hanging = ["projects"] if staffed.height or aligned.height else []
    pieces: list[Piece] = []
    own: list[_Own] = []
    for table in sorted({*compared, *relinked, *hanging}):
        found = compared.get(table)
        held = _held_kinds(found, sides.settings, moved) if found and found.pairs.height else []
        if found:
            pieces += _pieces(found, held, sides.settings)
        if table in relinked:
            own.append(_of_item(_Own(table, "relinked", "links", relinked[table]), held, found))
        if table == "projects":
            own.append(_of_item(_Own(table, "reresourced", "share", staffed), held, found))
            own.append(_of_item(_Own(table, "realigned", "share", aligned), held, found))
            own.append(_moved_elsewhere(moved, held, found))
    return stacked([*pieces, *_own_rows(own, sides.named)])


def _realigned(
    compared: Mapping[str, TableDrift], sides: Sides, relinked: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """The re-aligned projects, looked for only where something that they share differs."""
    if not may_realign(compared):
        return pl.DataFrame(schema={"id": pl.String, "amount": pl.Float64})
    return realigned(sides.ways(), relinked, sides.settings.number("threshold_realigned"))


def _pieces(found: TableDrift, held: Sequence[Held], settings: PlanSettings) -> Iterator[Piece]:
    """Added, removed and changed rows."""
    for change in (ADDED, REMOVED):
        if not found.whole(change).height:
            continue
        if found.table == "projects":
            yield from _whole_projects(found, change, settings.currency)
        else:
            yield whole_piece(found, change, change if found.table in ITEMS else "")
    if found.pairs.height:
        yield from changed_pieces(found, held)


def _whole_projects(found: TableDrift, change: str, currency: str) -> Iterator[Piece]:
    """Added or removed projects, their cost the amount; a removed project that was closed has no kind."""
    piece, frame = whole_piece(found, change), found.whole(change)
    costs = as_numbers(frame["cost"])
    if change == ADDED:
        yield replace(piece, kind=change, amounts=costs, unit=currency)
        return
    there = live(frame["status"])
    gone, closed = ((piece.ids.filter(rows), piece.names.filter(rows)) for rows in (there, ~there))
    yield Piece(found.table, change, "", change, *gone, amounts=costs[there.to_numpy()], unit=currency)
    yield Piece(found.table, change, "", "", *closed)


def _held_kinds(found: TableDrift, settings: PlanSettings, moved: pl.DataFrame) -> list[Held]:
    """The kinds of the changed rows of a table, in the order in which they take a cell."""
    rules = kinds_of_table(found.table, Limits.of(settings))
    held = held_kinds((rule for rule in rules if rule.field in found.cells), ChangedCells(found))
    if found.table != "projects":
        return held
    if any(name in found.cells for name in DATED):
        held = [*held_kinds(kinds_of_dates(), ChangedDates(found, settings.calendar)), *held]
    if moved.height and "priority_rank" in found.cells:
        held.append(_moved_here(found, moved))
    stopped = [one.rows for one in held if one.kind == _STOPPED]
    if not stopped:
        return held
    # a project that was stopped carries that kind and no other; its changed cells stay listed
    return [
        one
        if one.kind == _STOPPED
        else Held(one.kind, one.field, one.rows ^ (one.rows & stopped[0]), one.amounts, one.unit)
        for one in held
    ]


def _moved_here(found: TableDrift, moved: pl.DataFrame) -> Held:
    """The changed ranks of the projects that changed place."""
    places = dict(moved.iter_rows())
    amounts = np.array([places.get(project, np.nan) for project in found.ids], dtype=np.float64)
    rows = found.cells["priority_rank"].to_numpy() & ~np.isnan(amounts)
    return Held("reprioritised", "priority_rank", pl.Series(rows), amounts, "places")


def _moved_elsewhere(moved: pl.DataFrame, held: Sequence[Held], found: TableDrift | None) -> _Own:
    """Rows of their own for projects that changed place though their own rank stayed as it was."""
    here = [found.ids.filter(one.rows) for one in held if one.kind == "reprioritised" and found]
    return _Own("projects", "reprioritised", "places", _apart(moved, here))


def _of_item(own: _Own, held: Sequence[Held], found: TableDrift | None) -> _Own:
    """The items of both versions, but for stopped projects."""
    if not found:
        return own
    stopped = [found.ids.filter(one.rows) for one in held if one.kind == _STOPPED]
    return replace(own, sized=_apart(own.sized, [found.added[TABLES[own.table].key[0]], *stopped]))


def _apart(rows: pl.DataFrame, others: Sequence[pl.Series]) -> pl.DataFrame:
    """The rows of other ids than these."""
    ids = [some for some in others if some.len()]
    return rows_where(rows, ~among(rows["id"], pl.concat(ids))) if ids and rows.height else rows


def _links_changed(compared: Mapping[str, TableDrift]) -> dict[str, pl.DataFrame]:
    """How many outgoing links of each item differ, a changed strength counting one: id and amount by table."""
    links = compared.get("links")
    if links is None:
        return {}
    ends = [pl.DataFrame([side["from_type"], side["from_id"]]) for side in (links.added, links.removed)]
    if "strength" in links.cells:
        restrung = links.cells["strength"]
        ends.append(pl.DataFrame([links.pairs[name].filter(restrung) for name in ("from_type", "from_id")]))
    counted = pl.concat(ends).group_by("from_type", pl.col("from_id").alias("id")).len("amount")
    tiers = {table: counted["from_type"] == tier for table, tier in LINKED.items()}
    return {
        table: pl.DataFrame([counted[name].filter(rows) for name in ("id", "amount")])
        for table, rows in tiers.items()
        if rows.any()
    }


def _own_rows(own: Iterable[_Own], named: Mapping[str, pl.DataFrame]) -> list[Piece]:
    """A row with an empty field for each item that has a name: `named` has id and name by table."""
    found = [(one, _named(one.sized, named[one.table])) for one in own if one.sized.height]
    return [
        Piece(
            one.table,
            CHANGED,
            "",
            one.kind,
            rows["id"],
            filled(rows["name"]),
            amounts=as_numbers(rows["amount"]),
            unit=one.unit,
        )
        for one, rows in found
    ]


def _named(sized: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Those of some items that have a name, with it; among few names they are looked up without a query."""
    if named.height > FEW:
        return sized.join(named, on="id", how="inner")
    names = dict(zip(named["id"].to_list(), named["name"].to_list(), strict=True))
    there = [item in names for item in sized["id"].to_list()]
    rows = sized if all(there) else rows_where(sized, pl.Series(there))
    texts = pl.Series("name", [names[item] for item in rows["id"]], dtype=pl.String)
    return pl.DataFrame([*rows.iter_columns(), texts])

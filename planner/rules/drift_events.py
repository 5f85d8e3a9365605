"""The drift rows of one table with their planning meaning, and the row each kind stands on; which differ is drift_rows'."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import TABLES
from planner.rules.drift_alignment import may_realign, realigned
from planner.rules.drift_dates import DATED, kinds_of_dates, with_moves
from planner.rules.drift_kinds import Limits, is_live, kinds_of_table
from planner.rules.drift_places import places_moved
from planner.rules.drift_rows import ADDED, CHANGED, REMOVED
from planner.rules.drift_sides import LINKED
from planner.rules.drift_stack import ROW_SCHEMA, Held, Piece, changed_pieces, filled, stacked, whole_piece
from planner.rules.drift_staffing import restaffed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planner.model.settings import PlanSettings
    from planner.rules.drift_kinds import Kind
    from planner.rules.drift_rows import TableDrift
    from planner.rules.drift_sides import Sides

ITEMS = ("projects", "outcomes", "kpis", "capabilities", "enablers")  # whose rows join or leave with a kind
_STOPPED = "removed"  # a live project that was cancelled has left the plan, though its row is there


def rows_with_kinds(compared: Mapping[str, TableDrift], sides: Sides) -> pl.DataFrame:
    """The drift rows of all tables with their kinds, ordered by table, id, field and kind."""
    moved = places_moved(compared.get("projects"), sides.ranked, sides.settings.whole("rank_places"))
    relinked = _links_changed(compared)
    least = sides.settings.number("threshold_reresourced")
    staffed = restaffed(*sides.staffed, compared.get("phasing"), least)
    aligned = _realigned(compared, sides, relinked)
    hanging = ["projects"] if staffed.height or aligned.height else []
    parts = []
    for table in sorted({*compared, *relinked, *hanging}):
        found = compared.get(table)
        held = _held_kinds(found, sides.settings, moved) if found and found.pairs.height else []
        pieces = list(_pieces(found, held, sides.settings)) if found else []
        if table in relinked:
            pieces.append(_of_item(table, relinked[table], sides, held, found, ("relinked", "links")))
        if table == "projects":
            for sized, kind in ((staffed, "reresourced"), (aligned, "realigned")):
                if sized.height:
                    pieces.append(_of_item(table, sized, sides, held, found, (kind, "share")))
            pieces.append(_moved_elsewhere(moved, sides, held, found))
        parts.append(stacked(table, pieces))
    return pl.concat(parts) if parts else pl.DataFrame(schema=ROW_SCHEMA)


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
    costs = frame["cost"].cast(pl.Float64)
    if change == ADDED:
        yield Piece(change, "", change, piece.ids, piece.names, amounts=costs, unit=currency)
        return
    live = frame.select_seq(is_live(pl.col("status"))).to_series()
    gone, closed = ((piece.ids.filter(rows), piece.names.filter(rows)) for rows in (live, ~live))
    yield Piece(change, "", change, *gone, amounts=costs.filter(live), unit=currency)
    yield Piece(change, "", "", *closed)


def _held_kinds(found: TableDrift, settings: PlanSettings, moved: pl.DataFrame) -> list[Held]:
    """The kinds of the changed rows of a table, in the order in which they take a cell."""
    held = _held(found, kinds_of_table(found.table, Limits.of(settings)))
    if found.table != "projects":
        return held
    if any(name in found.cells for name in DATED):
        held = [*_asked(kinds_of_dates(), with_moves(found.pairs, settings.calendar), found.cells), *held]
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


def _held(found: TableDrift, rules: Sequence[Kind]) -> list[Held]:
    """The kinds of a table that hold somewhere, but those about dates; none holds where its cell stays."""
    able = [
        rule
        for rule in rules
        if rule.field in found.cells and (not rule.unknown or found.pairs[rule.unknown].null_count())
    ]
    return _asked(able, found.pairs, found.cells)


def _asked(rules: Sequence[Kind], pairs: pl.DataFrame, cells: Mapping[str, pl.Series]) -> list[Held]:
    """Ask all rules at once, and keep those that hold somewhere.

    One after the other: they are cheap, and threads that wait for each other cost more than they save.
    """
    asked = {}
    for at, rule in enumerate(rules):
        if rule.where is not None:
            asked[f"where {at}"] = rule.where
        if rule.amount is not None:
            asked[f"amount {at}"] = rule.amount
        if not isinstance(rule.unit, str):
            asked[f"unit {at}"] = rule.unit
    told = pairs.select_seq(**asked) if asked else pairs
    held = [
        Held(
            rule.kind,
            rule.field,
            cells[rule.field] if rule.where is None else _known(told[f"where {at}"]),
            None if rule.amount is None else told[f"amount {at}"].cast(pl.Float64),
            rule.unit if isinstance(rule.unit, str) else told[f"unit {at}"],
        )
        for at, rule in enumerate(rules)
    ]
    return [one for one in held if one.rows.any()]


def _known(holds: pl.Series) -> pl.Series:
    """Where it is not known whether a rule holds, it does not."""
    return holds.fill_null(value=False) if holds.null_count() else holds


def _moved_here(found: TableDrift, moved: pl.DataFrame) -> Held:
    """The changed ranks of the projects that changed place."""
    ids = found.ids.to_frame()
    amounts = ids.join(moved, on="id", how="left", maintain_order="left")["amount"].cast(pl.Float64)
    rows = found.cells["priority_rank"] & amounts.is_not_null()
    return Held("reprioritised", "priority_rank", rows, amounts, "places")


def _moved_elsewhere(
    moved: pl.DataFrame, sides: Sides, held: Sequence[Held], found: TableDrift | None
) -> Piece:
    """Rows of their own for projects that changed place though their own rank stayed as it was."""
    for one in held:
        if one.kind == "reprioritised" and found:
            moved = _apart(moved, found.ids.filter(one.rows))
    return _own_rows(moved, sides.named["projects"], "reprioritised", "places")


def _of_item(
    table: str,
    sized: pl.DataFrame,
    sides: Sides,
    held: Sequence[Held],
    found: TableDrift | None,
    told: tuple[str, str],
) -> Piece:
    """A row for each item of both versions that has a kind by what hangs on it, but for stopped projects.

    `sized` has the ids and the amounts, `told` is the kind and its unit.
    """
    others = [found.added[TABLES[table].key[0]]] if found else []
    others += [found.ids.filter(one.rows) for one in held if one.kind == _STOPPED and found]
    for ids in others:
        sized = _apart(sized, ids)
    return _own_rows(sized, sides.named[table], *told)


def _apart(rows: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """The rows of other ids than these."""
    return rows.filter(~pl.col("id").is_in(ids.implode())) if ids.len() and rows.height else rows


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


def _own_rows(sized: pl.DataFrame, named: pl.DataFrame, kind: str, unit: str) -> Piece:
    """A row with an empty field for each named item: `sized` has id and amount, `named` id and name."""
    if not sized.height:
        return Piece(CHANGED, "", kind, sized["id"], sized["id"])
    rows = sized.join(named, on="id", how="inner")
    amounts = rows["amount"].cast(pl.Float64)
    return Piece(CHANGED, "", kind, rows["id"], filled(rows["name"]), amounts=amounts, unit=unit)

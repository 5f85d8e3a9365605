"""The drift rows of one table with their planning meaning, and the row each kind stands on; which differ is drift_rows'."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import TABLES
from planner.rules.drift_dates import kinds_of_dates, with_moves
from planner.rules.drift_kinds import Limits, is_live, kinds_of_table, places_moved
from planner.rules.drift_rows import ADDED, CHANGED, REMOVED, ROW_SCHEMA, Held, changed_cells, whole_rows
from planner.rules.drift_sides import LINKED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.settings import PlanSettings
    from planner.rules.drift_kinds import Kind
    from planner.rules.drift_rows import TableDrift
    from planner.rules.drift_sides import Sides

ITEMS = ("projects", "outcomes", "kpis", "capabilities", "enablers")
_STOPPED = "removed"  # a live project that was cancelled has left the plan, though its row is there


def rows_with_kinds(compared: Mapping[str, TableDrift], sides: Sides) -> pl.DataFrame:
    """The drift rows of all tables with their kinds, ordered by table, id, field and kind."""
    moved, relinked = _places_moved(compared, sides), _links_changed(compared)
    parts = []
    for table in sorted({*compared, *relinked}):
        found = compared.get(table)
        held = _held_kinds(found, sides.settings, moved) if found and found.pairs.height else []
        hanging = [_relinked(table, relinked[table], sides, held, found)] if table in relinked else []
        if table == "projects":
            hanging.append(_moved_elsewhere(moved, sides, held, found))
        parts.append(_ordered(_rows_of_table(found, held, sides.settings), hanging))
    return pl.concat(parts) if parts else pl.DataFrame(schema=ROW_SCHEMA)


def _rows_of_table(
    found: TableDrift | None, held: Sequence[Held], settings: PlanSettings
) -> list[pl.DataFrame]:
    """Added, removed and changed rows, empty parts left out."""
    if found is None:
        return []
    return [
        *([_with_kind_of_whole(found, ADDED, settings)] if found.added.height else []),
        *([_with_kind_of_whole(found, REMOVED, settings)] if found.removed.height else []),
        *([changed_cells(found, held)] if found.pairs.height else []),
    ]


def _ordered(rows: Sequence[pl.DataFrame], hanging: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """All rows of one table by id, field and kind; those of `rows` come by field and kind already."""
    hung = [frame for frame in hanging if frame.height]
    if not rows and not hung:
        return pl.DataFrame(schema=ROW_SCHEMA)
    known = pl.concat([*rows, *hung])
    if rows and hung:  # only rows without a field can come in another order than that of their kinds
        is_whole = known["field"] == ""
        known = pl.concat([known.filter(is_whole).sort("kind", maintain_order=True), known.filter(~is_whole)])
    return known.sort("id", maintain_order=True)


def _with_kind_of_whole(found: TableDrift, change: str, settings: PlanSettings) -> pl.DataFrame:
    """Added rows or removed rows with their kind; a removed project that was closed has none."""
    rows = whole_rows(found, change)
    if found.table not in ITEMS:
        return rows
    if found.table != "projects":
        return rows.with_columns(kind=pl.lit(change))
    frame = found.added if change == ADDED else found.removed
    counts = pl.lit(value=True) if change == ADDED else is_live(pl.col("status"))
    sized = frame.select(
        kind=pl.when(counts).then(pl.lit(change)).otherwise(pl.lit("")),
        amount=pl.when(counts).then(pl.col("cost").cast(pl.Float64)),
        unit=pl.when(counts & pl.col("cost").is_not_null())
        .then(pl.lit(settings.currency))
        .otherwise(pl.lit("")),
    )
    return rows.with_columns(sized.get_columns())


def _held_kinds(found: TableDrift, settings: PlanSettings, moved: pl.DataFrame) -> list[Held]:
    """The kinds of the changed rows of a table, in the order in which they take a cell."""
    rules, pairs = kinds_of_table(found.table, Limits.of(settings)), found.pairs
    if found.table != "projects":
        return _held(rules, pairs)
    held = _held((*kinds_of_dates(), *rules), with_moves(pairs, settings.calendar))
    if moved.height:
        held.append(_moved_here(pairs, moved))
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


def _held(rules: Sequence[Kind], pairs: pl.DataFrame) -> list[Held]:
    if not rules:
        return []
    holds = pairs.select(rule.where.fill_null(value=False).alias(str(at)) for at, rule in enumerate(rules))
    kept = [(rule, rows) for rule, rows in zip(rules, holds.iter_columns(), strict=True) if rows.any()]
    sized = {rows.name: rule.amount for rule, rows in kept if rule.amount is not None}
    sizes = pairs.select(amount.cast(pl.Float64).alias(name) for name, amount in sized.items())
    return [
        Held(
            rule.kind,
            rule.field,
            rows,
            sizes[rows.name] if rows.name in sized else None,
            rule.unit if isinstance(rule.unit, str) else pairs.select(rule.unit).to_series(),
        )
        for rule, rows in kept
    ]


def _places_moved(compared: Mapping[str, TableDrift], sides: Sides) -> pl.DataFrame:
    """The projects whose place among the common ones moved far enough: id and amount."""
    before, after = sides.ranked
    found = compared.get("projects")
    if found is None:
        before, after = before.clear(), after.clear()
    else:
        before, after = _without(before, found.removed), _without(after, found.added)
    return places_moved(before, after, sides.settings.whole("rank_places"))


def _without(projects: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    ids = rows["project_id"]
    return projects.filter(~pl.col("project_id").is_in(ids.implode())) if ids.len() else projects


def _moved_here(pairs: pl.DataFrame, moved: pl.DataFrame) -> Held:
    """The changed ranks of the projects that changed place."""
    ids = pairs.select(
        pl.col("project_id").alias("id"), pl.col("priority_rank").ne_missing(pl.col("priority_rank_before"))
    )
    amounts = ids.join(moved, on="id", how="left", maintain_order="left")["amount"].cast(pl.Float64)
    return Held(
        "reprioritised", "priority_rank", ids["priority_rank"] & amounts.is_not_null(), amounts, "places"
    )


def _moved_elsewhere(
    moved: pl.DataFrame, sides: Sides, held: Sequence[Held], found: TableDrift | None
) -> pl.DataFrame:
    """Rows of their own for projects that changed place though their own rank stayed as it was."""
    for one in held:
        if one.kind == "reprioritised" and found:
            moved = moved.filter(~pl.col("id").is_in(found.ids.filter(one.rows).implode()))
    if moved.is_empty():
        return pl.DataFrame(schema=ROW_SCHEMA)
    named = pl.DataFrame([sides.ranked[1]["project_id"].alias("id"), sides.ranked[1]["name"]])
    return _own_rows(moved, _among(named, moved["id"]), "projects", "reprioritised", "places")


def _relinked(
    table: str, counted: pl.DataFrame, sides: Sides, held: Sequence[Held], found: TableDrift | None
) -> pl.DataFrame:
    """A row for each item of both versions whose outgoing links changed, but for stopped projects."""
    others = [found.added[TABLES[table].key[0]]] if found else []
    others += [found.ids.filter(one.rows) for one in held if one.kind == _STOPPED and found]
    for ids in others:
        if ids.len():
            counted = counted.filter(~pl.col("id").is_in(ids.implode()))
    return _own_rows(counted, _among(sides.named[table], counted["id"]), table, "relinked", "links")


def _among(frame: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """The rows whose id is one of these."""
    return frame.filter(pl.col("id").is_in(ids.implode()))


def _links_changed(compared: Mapping[str, TableDrift]) -> dict[str, pl.DataFrame]:
    """How many outgoing links of each item differ, a changed strength counting one: id and amount by table."""
    links = compared.get("links")
    if links is None:
        return {}
    restrung = links.pairs.filter(pl.col("strength").ne_missing(pl.col("strength_before")))
    ends = pl.concat(
        pl.DataFrame([frame["from_type"], frame["from_id"].alias("id")])
        for frame in (links.added, links.removed, restrung)
    )
    counted = ends.group_by("from_type", "id").len("amount").partition_by("from_type", as_dict=True)
    return {table: counted[tier,] for table, tier in LINKED.items() if (tier,) in counted}


def _own_rows(sized: pl.DataFrame, named: pl.DataFrame, table: str, kind: str, unit: str) -> pl.DataFrame:
    """A row with an empty field for each named item: `sized` has id and amount, `named` id and name."""
    rows = named.join(sized.select("id", "amount"), on="id", how="inner")
    return rows.select(
        pl.lit(table).alias("table"),
        "id",
        pl.col("name").fill_null(""),
        pl.lit(CHANGED).alias("change"),
        *(pl.lit("").alias(name) for name in ("field", "before", "after")),
        pl.lit(kind).alias("kind"),
        pl.col("amount").cast(pl.Float64),
        pl.lit(unit).alias("unit"),
    )

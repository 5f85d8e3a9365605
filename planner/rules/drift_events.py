"""The kinds of all differences of two versions, and the row each stands on; which rows there are is not its business."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import TABLES
from planner.rules.drift_dates import kinds_of_dates, with_moves
from planner.rules.drift_kinds import is_live, kinds_of_table, places_moved
from planner.rules.drift_rows import ADDED, CELL_SCHEMA, CHANGED, REMOVED, TableDrift, repeated
from planner.rules.drift_sides import LINKED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.model.settings import PlanSettings
    from planner.rules.drift_kinds import Kind
    from planner.rules.drift_sides import Sides

ITEMS = ("projects", "outcomes", "kpis", "capabilities", "enablers")
KIND_SCHEMA = {
    "table": pl.String,
    "id": pl.String,
    "field": pl.String,
    "kind": pl.String,
    "amount": pl.Float64,
    "unit": pl.String,
}
ROW_SCHEMA = {**CELL_SCHEMA, **{name: KIND_SCHEMA[name] for name in ("kind", "amount", "unit")}}
_SAME_CELL = ["table", "id", "field"]
_NAMELESS = pl.DataFrame(schema={"table": pl.String, "id": pl.String, "name": pl.String})


def with_kinds(cells: pl.DataFrame, compared: Mapping[str, TableDrift], sides: Sides) -> pl.DataFrame:
    """The drift rows of all tables with their kinds; a kind without a cell of its own has a row of its own."""
    kinds, names = _all_kinds(compared, sides)
    return _without_kinds_of_stopped(_placed(cells, kinds, names))


def _all_kinds(compared: Mapping[str, TableDrift], sides: Sides) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The kinds of all tables, and the names of the items that may need a row of their own."""
    found, names = [pl.DataFrame(schema=KIND_SCHEMA)], []
    for table in compared.values():
        found += _kinds_of_whole_rows(table, sides.settings)
        if table.pairs.height:
            found += _kinds_of_pairs(table, sides.settings)
            names.append(table.names.with_columns(table=pl.lit(table.table)))
    for table_name, kinds, named in _hanging_kinds(compared, sides):
        found.append(kinds.select(KIND_SCHEMA.keys()))
        names.append(named.with_columns(table=pl.lit(table_name)))
    known = pl.concat([frame.select("table", "id", "name") for frame in names]) if names else _NAMELESS
    return pl.concat(found), known.unique(["table", "id"])


def _kinds_of_whole_rows(table: TableDrift, settings: PlanSettings) -> list[pl.DataFrame]:
    """The kinds of added rows and of removed rows; a removed project that was closed has none."""
    if table.table not in ITEMS:
        return []
    is_project = table.table == "projects"
    removed = table.removed.filter(is_live(pl.col("status"))) if is_project else table.removed
    sized = (
        pl.col(TABLES[table.table].key[0]).alias("id"),
        (pl.col("cost") if is_project else pl.lit(None)).alias("amount"),
    )
    unit = settings.currency if is_project else ""
    return [
        _said(frame.select(sized), table.table, "", kind, unit)
        for kind, frame in ((ADDED, table.added), (REMOVED, removed))
        if frame.height
    ]


def _kinds_of_pairs(table: TableDrift, settings: PlanSettings) -> list[pl.DataFrame]:
    """The kinds of changed rows, in the order in which they take a cell."""
    rules, pairs = kinds_of_table(table.table, settings), table.pairs
    if table.table == "projects":
        rules, pairs = [*kinds_of_dates(), *rules], with_moves(pairs, settings.calendar)
    if not rules:
        return []
    holds = pairs.select(
        rule.where.fill_null(value=False).alias(str(place)) for place, rule in enumerate(rules)
    )
    held = [(rule, mask) for rule, mask in zip(rules, holds.iter_columns(), strict=True) if mask.any()]
    if not held:
        return []
    amounts = {_cell_of(rule): rule.amount for rule, _ in held if rule.amount is not None}
    sizes = pairs.select(amount.cast(pl.Float64).alias(name) for name, amount in amounts.items())
    # columns are put together one by one: a frame for each rule would cost more than its rows
    parts = {
        "table": [repeated(table.table, mask) for _, mask in held],
        "id": [table.names["id"].filter(mask) for _, mask in held],
        "field": [repeated(rule.field, mask) for rule, mask in held],
        "kind": [repeated(rule.kind, mask) for rule, mask in held],
        "amount": [
            repeated(None, mask) if rule.amount is None else sizes[_cell_of(rule)].filter(mask)
            for rule, mask in held
        ],
        "unit": [_units(rule, pairs, mask) for rule, mask in held],
    }
    kinds = pl.DataFrame([pl.concat(series).alias(name) for name, series in parts.items()])
    sizeless = pl.col("amount").is_null()
    return [kinds.with_columns(unit=pl.when(sizeless).then(pl.lit("")).otherwise("unit"))]


def _cell_of(rule: Kind) -> str:
    return f"{rule.field} {rule.kind}"


def _units(rule: Kind, pairs: pl.DataFrame, mask: pl.Series) -> pl.Series:
    if isinstance(rule.unit, str):
        return repeated(rule.unit, mask)
    return pairs.select(rule.unit).to_series().filter(mask)


def _hanging_kinds(
    compared: Mapping[str, TableDrift], sides: Sides
) -> Iterator[tuple[str, pl.DataFrame, pl.DataFrame]]:
    """The kinds of items that hang on others: table, kinds, and the id and name of every item it may be."""
    if "links" in compared:
        counted = _links_changed(compared["links"])
        for table, tier in LINKED.items():
            own = counted.filter(pl.col("from_type") == tier)
            if own.height:
                # the few items with other links on the built side of each look-up, not the whole tables
                before, after = sides.named[table]
                named = _among(after, _among(before, own["id"])["id"])
                yield table, _said(_among(own, named["id"]), table, "", "relinked", "links"), named
    if "projects" in compared:
        before, after = sides.ranked
        moved = places_moved(before, after, sides.settings.whole("rank_places"))
        named = _among(after.select(pl.col("project_id").alias("id"), "name"), moved["id"])
        yield "projects", _said(moved, "projects", "priority_rank", "reprioritised", "places"), named


def _among(frame: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """The rows whose id is one of these."""
    return frame.filter(pl.col("id").is_in(ids.implode()))


def _links_changed(links: TableDrift) -> pl.DataFrame:
    """How many outgoing links of each item differ, a changed strength counting one: from_type, id, amount."""
    restrung = links.pairs.lazy().filter(pl.col("strength").ne_missing(pl.col("strength_before")))
    ends = pl.concat(
        frame.select("from_type", pl.col("from_id").alias("id"))
        for frame in (links.added.lazy(), links.removed.lazy(), restrung)
    )
    return ends.group_by("from_type", "id").len("amount").collect()


def _said(frame: pl.DataFrame, table: str, field: str, kind: str, unit: str) -> pl.DataFrame:
    """Kinds of one sort: `frame` has id and amount."""
    amount = pl.col("amount").cast(pl.Float64)
    return frame.select(
        table=pl.lit(table),
        id="id",
        field=pl.lit(field),
        kind=pl.lit(kind),
        amount=amount,
        unit=pl.when(amount.is_null()).then(pl.lit("")).otherwise(pl.lit(unit)),
    )


def _placed(cells: pl.DataFrame, kinds: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Put each kind on the row of its cell; one that finds no cell, or a taken one, gets a row of its own."""
    is_first = pl.Series("is_first", kinds.select(pl.struct(_SAME_CELL).is_first_distinct()).to_series())
    first, later = kinds.lazy().filter(is_first), kinds.lazy().filter(~is_first)
    on_cells = cells.lazy().join(first, on=_SAME_CELL, how="left")
    homeless = first.join(cells.lazy(), on=_SAME_CELL, how="anti")
    own = (
        pl.concat([homeless, later])
        .join(names.lazy(), on=["table", "id"], how="left")
        .with_columns(change=pl.lit(CHANGED), field=pl.lit(""), before=pl.lit(""), after=pl.lit(""))
    )
    rows = pl.concat([on_cells.select(ROW_SCHEMA.keys()), own.select(ROW_SCHEMA.keys())])
    return rows.with_columns(pl.col("name", "kind", "unit").fill_null("")).collect()


def _without_kinds_of_stopped(rows: pl.DataFrame) -> pl.DataFrame:
    """A project that was stopped carries that kind and no other; its changed cells stay listed."""
    is_stop = (pl.col("table") == "projects") & (pl.col("change") == CHANGED) & (pl.col("kind") == "removed")
    stopped = rows.filter(is_stop)["id"]
    if stopped.is_empty():
        return rows
    other = (pl.col("table") == "projects") & pl.col("id").is_in(stopped.implode()) & ~is_stop
    kept = rows.filter(~(other & (pl.col("field") == "")))
    return kept.with_columns(
        kind=pl.when(other).then(pl.lit("")).otherwise("kind"),
        amount=pl.when(other).then(None).otherwise("amount"),
        unit=pl.when(other).then(pl.lit("")).otherwise("unit"),
    )

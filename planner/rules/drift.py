"""Drift: every difference between two versions of a plan, with its planning meaning; pure, and the only diff there is.

Rows are matched by id alone. `drift` compares two whole plans; `drift_of` also takes the differing rows
only, as a store can hand them over, and gives the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import FINGERPRINTED, TABLES
from planner.rules.drift_dates import kinds_of_dates
from planner.rules.drift_kinds import is_live, kinds_of_table, places_moved
from planner.rules.drift_rows import (
    ADDED,
    CELL_SCHEMA,
    CHANGED,
    REMOVED,
    TableDrift,
    changed_cells,
    compare_frames,
    whole_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.model.plan import Plan
    from planner.model.settings import PlanSettings

RANKED = ("project_id", "name", "status", "priority_rank")
LINKED = {"projects": "project", "enablers": "enabler", "capabilities": "capability"}
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


@dataclass(frozen=True)
class Sides:
    """What drift needs of the two versions.

    `baseline` and `current` hold the frames of the tables, whole or only the rows that differ. `rows`
    counts all rows of each table on both sides. `ranked` are project_id, name, status and priority_rank of
    every project, and `named` the id and name, for each linked table, of at least the items whose outgoing
    links differ, both per side: what a few kinds need beyond the differing rows.
    """

    baseline: Mapping[str, pl.DataFrame]
    current: Mapping[str, pl.DataFrame]
    rows: Mapping[str, tuple[int, int]]
    settings: PlanSettings
    ranked: tuple[pl.DataFrame, pl.DataFrame]
    named: Mapping[str, tuple[pl.DataFrame, pl.DataFrame]]

    @classmethod
    def of_plans(cls, baseline: Plan, current: Plan) -> Sides:
        """Two whole plans."""
        named = {table: (_named(baseline, table), _named(current, table)) for table in LINKED}
        return cls(
            baseline.frames,
            current.frames,
            {table: (baseline[table].height, current[table].height) for table in FINGERPRINTED},
            current.settings,
            (baseline["projects"].select(RANKED), current["projects"].select(RANKED)),
            named,
        )


@dataclass(frozen=True)
class Drift:
    """Every difference of two versions.

    `rows` has the columns of FORMAT's drift rows without the two labels and the reasons: table, id, name,
    change, field, before, after, kind, amount (number or null), unit; ordered by table, id, field, kind.
    `summary` counts added, removed, changed and unchanged rows of every table that has rows on a side.
    """

    rows: pl.DataFrame
    summary: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the two versions are the same plan."""
        return self.rows.is_empty()

    @cached_property
    def events(self) -> pl.DataFrame:
        """The rows that have a planning meaning: those with a kind."""
        return self.rows.filter(pl.col("kind") != "")


def drift(baseline: Plan, current: Plan) -> Drift:
    """Every difference from one plan to another."""
    return drift_of(Sides.of_plans(baseline, current))


def drift_of(sides: Sides) -> Drift:
    """Every difference between two sides, whole or handed over as differing rows."""
    compared = {
        table: compare_frames(table, sides.baseline[table], sides.current[table])
        for table in FINGERPRINTED
        if table in sides.baseline and _may_differ(sides, table)
    }
    cells = [part for table in compared.values() for part in _cells(table)]
    if not cells:
        return Drift(pl.DataFrame(schema=ROW_SCHEMA), _summary(compared, sides))
    kinds, names = _all_kinds(compared, sides)
    rows = _without_kinds_of_stopped(_placed(pl.concat(cells), kinds, names))
    return Drift(rows.sort("table", "id", "field", "kind"), _summary(compared, sides))


def _may_differ(sides: Sides, table: str) -> bool:
    before, after = sides.baseline[table], sides.current[table]
    return before is not after and not (before.is_empty() and after.is_empty())


def _cells(table: TableDrift) -> list[pl.DataFrame]:
    """The rows of one table without their kinds, empty parts left out."""
    return [
        *([whole_rows(table, ADDED)] if table.added.height else []),
        *([whole_rows(table, REMOVED)] if table.removed.height else []),
        *([changed_cells(table)] if table.pairs.height else []),
    ]


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


_NAMELESS = pl.DataFrame(schema={"table": pl.String, "id": pl.String, "name": pl.String})


def _kinds_of_whole_rows(table: TableDrift, settings: PlanSettings) -> list[pl.DataFrame]:
    """The kinds of added rows and of removed rows; a removed project that was closed has none."""
    if table.table not in ITEMS:
        return []
    is_project = table.table == "projects"
    removed = table.removed.filter(is_live(pl.col("status"))) if is_project else table.removed
    amount = pl.col("cost").cast(pl.Float64) if is_project else pl.lit(None, dtype=pl.Float64)
    key = pl.col(TABLES[table.table].key[0])
    unit = settings.currency if is_project else ""
    return [
        _said(frame, table.table, key, "", kind, amount, unit)
        for kind, frame in ((ADDED, table.added), (REMOVED, removed))
        if frame.height
    ]


def _kinds_of_pairs(table: TableDrift, settings: PlanSettings) -> list[pl.DataFrame]:
    """The kinds of changed rows, in the order in which they take a cell."""
    rules = kinds_of_table(table.table, settings)
    if table.table == "projects":
        rules = [*kinds_of_dates(settings.calendar), *rules]
    if not rules:
        return []
    holds = table.pairs.select(
        rule.where.fill_null(value=False).alias(str(place)) for place, rule in enumerate(rules)
    )
    key = pl.lit(table.names["id"])
    found = []
    for rule, held in zip(rules, holds.iter_columns(), strict=True):
        if held.any():
            amount = pl.lit(None, dtype=pl.Float64) if rule.amount is None else rule.amount
            said = _said(table.pairs, table.table, key, rule.field, rule.kind, amount, rule.unit)
            found.append(said.filter(held))
    return found


def _hanging_kinds(
    compared: Mapping[str, TableDrift], sides: Sides
) -> Iterator[tuple[str, pl.DataFrame, pl.DataFrame]]:
    """The kinds of items that hang on others: table, kinds, and the id and name of every item it may be."""
    if "links" in compared:
        for table in LINKED:
            before, after = sides.named[table]
            both = after.join(before, on="id", how="semi")
            yield table, _relinked(table, compared["links"], both), both
    if "projects" in compared:
        before, after = sides.ranked
        moved = places_moved(before, after, sides.settings.whole("rank_places"))
        named = after.select(pl.col("project_id").alias("id"), "name")
        said = ("projects", pl.col("id"), "priority_rank", "reprioritised")
        yield (
            "projects",
            _said(moved, *said, pl.col("amount"), "places"),
            named.join(moved, on="id", how="semi"),
        )


def _relinked(table: str, links: TableDrift, both: pl.DataFrame) -> pl.DataFrame:
    """How many outgoing links of each item differ, a changed strength counting one."""
    restrung = links.pairs.filter(pl.col("strength").ne_missing(pl.col("strength_before")))
    ends = pl.concat(
        frame.lazy().filter(pl.col("from_type") == LINKED[table]).select(id="from_id")
        for frame in (links.added, links.removed, restrung)
    )
    counted = ends.group_by("id").len("amount").join(both.lazy(), on="id", how="semi").collect()
    return _said(counted, table, pl.col("id"), "", "relinked", pl.col("amount"), "links")


def _said(
    frame: pl.DataFrame,
    table: str,
    key: pl.Expr,
    field: str,
    kind: str,
    amount: pl.Expr,
    unit: str | pl.Expr,
) -> pl.DataFrame:
    said = pl.lit(unit) if isinstance(unit, str) else unit
    return frame.select(
        table=pl.lit(table),
        id=key,
        field=pl.lit(field),
        kind=pl.lit(kind),
        amount=amount.cast(pl.Float64),
        unit=pl.when(amount.is_null()).then(pl.lit("")).otherwise(said),
    )


def _placed(cells: pl.DataFrame, kinds: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Put each kind on the row of its cell; one that finds no cell, or a taken one, gets a row of its own."""
    ranked = kinds.lazy().with_columns(place=pl.int_range(pl.len()).over(_SAME_CELL))
    first = ranked.filter(pl.col("place") == 0).drop("place")
    later = ranked.filter(pl.col("place") > 0).drop("place")
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


def _named(plan: Plan, table: str) -> pl.DataFrame:
    return plan[table].select(pl.col(TABLES[table].key[0]).alias("id"), "name")


def _summary(compared: Mapping[str, TableDrift], sides: Sides) -> dict[str, dict[str, int]]:
    counted: dict[str, dict[str, int]] = {}
    for table in FINGERPRINTED:
        before, after = sides.rows.get(table, (0, 0))
        if not before and not after:
            continue
        found = compared.get(table)
        added, removed, changed = (
            (found.added.height, found.removed.height, found.pairs.height) if found else (0, 0, 0)
        )
        counted[table] = {
            ADDED: added,
            REMOVED: removed,
            CHANGED: changed,
            "unchanged": before - removed - changed,
        }
    return counted

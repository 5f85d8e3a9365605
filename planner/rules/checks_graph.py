"""Checks of the plan as a graph: repeated ids, references to nothing, wrong tiers and cycles.

What the graph cannot be read without is an error. A team that is not listed, or a project of earlier plans
that another came out of, breaks no path: such a reference is a warning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.edit import row_id_expr
from planner.model.tables import TABLE_OF_TIER, TABLES, TIERS
from planner.rules.checks_words import found
from planner.rules.cycles import find_knots
from planner.rules.sight import LINK_TIERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.model.columns import Column
    from planner.model.finding import Finding
    from planner.model.plan import Plan

_BESIDE_THE_GRAPH = {
    "lead_team_id",
    "owner_team_id",
    "team_id",
    "replaces",
    "superseded_by",
    "split_from",
}
_MOST_NAMED = 12  # ids of a cycle that a sentence names
_WAYS_UP = {
    "project": "a project delivers an enabler or improves a capability",
    "enabler": "an enabler supports a capability, and that contributes to an outcome",
    "capability": "a capability contributes to an outcome",
    "outcome": "nothing starts from an outcome: capabilities contribute to it",
}


def graph_findings(plan: Plan) -> Iterator[Finding]:
    """The errors of a plan, and its references to items that it need not have."""
    yield from _repeated_ids(plan)
    yield from _unknown_references(plan)
    yield from _unknown_link_ends(plan)
    yield from _unknown_items(plan)
    yield from _wrong_tiers(plan)
    yield from _capability_cycles(plan)
    yield from _dependency_cycles(plan)


def _repeated_ids(plan: Plan) -> Iterator[Finding]:
    for name, table in TABLES.items():
        frame = plan[name]
        if frame.select(table.key).is_unique().all():
            continue
        counts = frame.group_by(row_id_expr(name)).agg(pl.len().alias("count")).filter(pl.col("count") > 1)
        yield from found("id_repeated", name, counts, table.key[-1], one=table.one)


def _unknown_references(plan: Plan) -> Iterator[Finding]:
    for name, table in TABLES.items():
        for column in table.columns:
            if column.references and name != "links" and plan[name].height:
                yield from _unknown(plan, name, column)


def _unknown(plan: Plan, table: str, column: Column) -> Iterator[Finding]:
    cells = plan[table].select(row_id_expr(table), pl.col(column.name).alias("value")).drop_nulls("value")
    if column.kind == "ids":
        cells = cells.with_columns(pl.col("value").str.split("|")).explode("value")
    known = pl.concat([plan[target][TABLES[target].key[0]] for target in column.references])
    broken = cells.filter(~pl.col("value").is_in(known.implode()) & (pl.col("value") != ""))
    one, wanted = TABLES[table].one, " or ".join(column.references)
    code = "reference_missing" if column.name in _BESIDE_THE_GRAPH else "reference_unknown"
    yield from found(code, table, broken, column.name, one=one, Label=column.label, wanted=wanted)


def _unknown_link_ends(plan: Plan) -> Iterator[Finding]:
    """Each end of a link must be in the table of its own tier."""
    links = plan["links"].with_columns(row_id_expr("links"))
    for side, label in (("from", "The start"), ("to", "The end")):
        for tier in TIERS.split("|"):
            target = TABLE_OF_TIER[tier]
            known = plan[target][TABLES[target].key[0]]
            ends = links.filter(pl.col(f"{side}_type") == tier)
            broken = ends.filter(~pl.col(f"{side}_id").is_in(known.implode()))
            cells = broken.select("id", pl.col(f"{side}_id").alias("value"))
            yield from found(
                "reference_unknown", "links", cells, f"{side}_id", one="link", Label=label, wanted=target
            )


def _unknown_items(plan: Plan) -> Iterator[Finding]:
    """An attribute must belong to a row that is there."""
    cells = plan["attributes"].select(row_id_expr("attributes").alias("row"), "table", "id", "key")
    owned = pl.col("table").is_in(list(TABLES))
    strangers = cells.filter(~owned).select(
        pl.col("row").alias("id"), "key", pl.col("id").alias("item"), pl.col("table").alias("value")
    )
    yield from found("table_unknown", "attributes", strangers, "table")
    for name in cells.filter(owned)["table"].unique().sort():
        ids = plan[name].select(row_id_expr(name)).to_series()
        of_table = cells.filter(pl.col("table") == name)
        broken = of_table.filter(~pl.col("id").is_in(ids.implode())).select(
            pl.col("row").alias("id"), pl.col("id").alias("value")
        )
        yield from found(
            "reference_unknown", "attributes", broken, "id", one="attribute", Label="The item", wanted=name
        )


def _wrong_tiers(plan: Plan) -> Iterator[Finding]:
    """Tiers that no link joins, and links called by the name of other tiers (DOMAIN 2.3)."""
    tiers = pl.concat_str(["from_type", pl.lit(">"), "to_type"])
    kinds = {">".join(pair): kind for kind, pair in LINK_TIERS.items()}
    links = plan["links"].with_columns(
        row_id_expr("links"), right=tiers.replace_strict(kinds, default=None, return_dtype=pl.String)
    )
    never = links.filter(pl.col("right").is_null()).with_columns(
        remedy=pl.col("from_type").replace_strict(_WAYS_UP, default="its tiers are not known")
    )
    yield from found("link_tiers", "links", never, "to_type")
    misnamed = links.filter(pl.col("right") != pl.col("link_type"))
    yield from found("link_type", "links", misnamed, "link_type")


def _capability_cycles(plan: Plan) -> Iterator[Finding]:
    parents = plan["capabilities"].select("capability_id", "parent_id").drop_nulls()
    for knot in find_knots(parents.iter_rows()):  # always a single cycle: a capability has one above it
        row = pl.DataFrame({"id": [knot.cycle[0]], "cycle": [_round(knot.cycle)]})
        yield from found("capability_cycle", "capabilities", row, "parent_id")


def _dependency_cycles(plan: Plan) -> Iterator[Finding]:
    waits = plan["dependencies"].select("predecessor_id", "successor_id", row_id_expr("dependencies"))
    ids = {(before, after): row for before, after, row in waits.reverse().iter_rows()}
    for knot in find_knots(ids):
        first = ids[knot.cycle[0], knot.cycle[1 % len(knot.cycle)]]
        row = pl.DataFrame({"id": [first], "cycle": [_round(knot.cycle)], "items": [_named(knot.items)]})
        code = "dependency_cycle" if knot.is_single else "dependency_knot"
        yield from found(code, "dependencies", row, "successor_id")


def _round(cycle: Sequence[str]) -> str:
    """Name a cycle once around: 'A, B, A'."""
    return f"{_named(cycle)}, {'then ' if len(cycle) > _MOST_NAMED else ''}{cycle[0]}"


def _named(items: Sequence[str]) -> str:
    if len(items) > _MOST_NAMED:
        return f"{', '.join(items[:_MOST_NAMED])} and {len(items) - _MOST_NAMED:,} more"
    return ", ".join(items)

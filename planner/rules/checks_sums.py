"""Checks across rows: phasing against projects, weights, ranks, dependencies and lines of sight; all of them warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.errors import listed
from planner.model.edit import row_id_expr
from planner.rules.checks_rows import active_outcomes
from planner.rules.checks_words import found
from planner.rules.sentences import quarters_text
from planner.rules.sight import (
    capability_shares,
    live_projects,
    orphan_projects,
    uncovered_outcomes,
    up_shares,
    ways,
)
from planner.rules.zones import ordinal_of_day, ordinal_of_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model.finding import Finding
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

_ALL_POINTS = 100
_MOST_NAMED = 5  # ranks that a sentence names


def sum_findings(plan: Plan, quarter: Quarter) -> Iterator[Finding]:
    """All warnings about rows that only others show to be wrong, seen from a quarter."""
    yield from _phasing_outside(plan)
    yield from _phasing_sums(plan)
    yield from _effort(plan, quarter)
    yield from _weights(plan)
    yield from _ranks(plan)
    yield from _dependencies(plan)
    yield from _lines_of_sight(plan)


def _standing(plan: Plan) -> pl.DataFrame:
    """The projects that are not cancelled, each id once, with the ordinals of their dates."""
    standing = plan["projects"].filter(pl.col("status").fill_null("") != "cancelled")
    return standing.unique("project_id", keep="first", maintain_order=True).with_columns(
        starts=ordinal_of_day("start_date", plan.calendar), ends=ordinal_of_day("end_date", plan.calendar)
    )


def _phasing_outside(plan: Plan) -> Iterator[Finding]:
    projects = _standing(plan).select("project_id", "name", "start_date", "end_date", "starts", "ends")
    rows = plan["phasing"].filter(pl.any_horizontal(pl.col("person_days", "cost", "capex").fill_null(0) != 0))
    placed = rows.join(projects, on="project_id").with_columns(at=ordinal_of_label("quarter"))
    outside = (pl.col("at") < pl.col("starts")) | (pl.col("at") > pl.col("ends"))
    span = pl.concat_str(
        [
            pl.col("start_date").dt.to_string("%Y-%m-%d").fill_null("not known"),
            pl.lit(" to "),
            pl.col("end_date").dt.to_string("%Y-%m-%d").fill_null("not known"),
        ]
    )
    broken = placed.filter(outside).select(
        row_id_expr("phasing"), "project_id", "name", "quarter", span.alias("span")
    )
    yield from found("phasing_outside", "phasing", broken, "quarter")


def _phasing_sums(plan: Plan) -> Iterator[Finding]:
    """The quarters of a project add up to its total, wherever all of them and the total are known."""
    projects = _standing(plan)
    for field, label in (("cost", "cost"), ("capex", "capital cost")):
        known = pl.col(field).is_not_null().all().alias("known")
        sums = plan["phasing"].group_by("project_id").agg(pl.col(field).sum().alias("sum"), known)
        both = projects.select(pl.col("project_id").alias("id"), "name", pl.col(field).alias("value")).join(
            sums.filter("known"), left_on="id", right_on="project_id", maintain_order="left"
        )
        gap = pl.col("sum") - pl.col("value")
        broken = both.filter(gap != 0).with_columns(
            gap=gap.abs(), word=pl.when(gap > 0).then(pl.lit("too much")).otherwise(pl.lit("too little"))
        )
        yield from found("phasing_sum", "projects", broken, field, label=label)


def _effort(plan: Plan, quarter: Quarter) -> Iterator[Finding]:
    """Live work of the firm and the planned zone has effort (DOMAIN 2.6), in a plan that spreads effort at all."""
    worked = plan["phasing"].filter(pl.col("person_days").fill_null(0) > 0)
    if worked.is_empty():
        return
    near = plan.settings.zone_edges[1]
    starts = ordinal_of_day("start_date", plan.calendar)
    bare = (
        live_projects(plan).filter(starts < quarter.ordinal + near).join(worked, on="project_id", how="anti")
    )
    rows = bare.with_columns(pl.col("project_id").alias("id"))
    yield from found("effort_missing", "projects", rows, near=near)


def _weights(plan: Plan) -> Iterator[Finding]:
    weights = plan["outcomes"]["weight"]
    if weights.is_empty() or weights.null_count() or weights.sum() == _ALL_POINTS:
        return
    yield from found("weights_sum", "outcomes", pl.DataFrame({"id": [""], "sum": [weights.sum()]}), "weight")


def _ranks(plan: Plan) -> Iterator[Finding]:
    ranked = live_projects(plan).filter(pl.col("priority_rank").is_not_null())
    others = pl.len().over("priority_rank") - 1
    broken = ranked.with_columns(pl.col("project_id").alias("id"), others=others).filter(pl.col("others") > 0)
    yield from found("rank_repeated", "projects", broken, "priority_rank")
    ranks = set(ranked["priority_rank"])
    if missing := sorted(set(range(1, len(ranks) + 1)) - ranks):
        row = pl.DataFrame({"id": [""], "missing": [listed(missing, _MOST_NAMED)], "count": [len(ranks)]})
        yield from found("rank_gap", "projects", row, "priority_rank")


def dependency_conflicts(plan: Plan) -> pl.DataFrame:
    """The dependencies whose dates break their rule, work that is cancelled left out (DOMAIN 2.3).

    predecessor_id, successor_id, kind, predecessor and successor (names), short (quarters short, 1 and up).
    Only the three kinds with a rule of dates count, and only where the dates are known; no lag is a lag of 0.
    """
    ends = _standing(plan).select("project_id", "name", "starts", "ends")
    first = ends.rename({"name": "predecessor", "starts": "starts_first", "ends": "ends_first"})
    then = ends.rename({"name": "successor"})
    waits = plan["dependencies"].join(
        first, left_on="predecessor_id", right_on="project_id", maintain_order="left"
    )
    placed = waits.join(then, left_on="successor_id", right_on="project_id", maintain_order="left")
    kind, lag = pl.col("kind"), pl.col("lag_quarters").fill_null(0)
    short = (
        pl.when(kind == "finish_to_start").then(pl.col("ends_first") + 1 + lag - pl.col("starts"))
        .when(kind == "start_to_start").then(pl.col("starts_first") + lag - pl.col("starts"))
        .when(kind == "finish_to_finish").then(pl.col("ends_first") + lag - pl.col("ends"))
    )  # fmt: skip
    broken = placed.with_columns(short=short).filter(pl.col("short") > 0)
    return broken.select("predecessor_id", "successor_id", "kind", "predecessor", "successor", "short")


def _dependencies(plan: Plan) -> Iterator[Finding]:
    conflicts = dependency_conflicts(plan)
    said = conflicts.with_columns(
        row_id_expr("dependencies"),
        short=pl.col("short").map_elements(quarters_text, return_dtype=pl.String),
        verb=pl.when(pl.col("kind") == "finish_to_finish").then(pl.lit("ends")).otherwise(pl.lit("starts")),
        kind=pl.col("kind").str.replace_all("_", " "),
    )
    # the row's id is made from the stored kind, before it is put into words
    yield from found("dependency_conflict", "dependencies", said, "lag_quarters")


def _lines_of_sight(plan: Plan) -> Iterator[Finding]:
    links = ways(plan)
    shares = up_shares(plan, links=links)
    orphans = live_projects(plan).filter(pl.col("project_id").is_in(orphan_projects(plan, shares)))
    yield from found("project_no_outcome", "projects", orphans.with_columns(pl.col("project_id").alias("id")))
    bare = active_outcomes(plan).filter(pl.col("outcome_id").is_in(uncovered_outcomes(plan, shares)))
    yield from found("outcome_no_project", "outcomes", bare.with_columns(pl.col("outcome_id").alias("id")))
    served = links.filter((pl.col("from_type") == "enabler") & (pl.col("to_type") == "capability"))
    in_use = plan["enablers"].filter(pl.col("lifecycle").fill_null("") != "end_of_life")
    idle = in_use.join(served, left_on="enabler_id", right_on="from_id", how="anti")
    yield from found("enabler_no_capability", "enablers", idle.with_columns(pl.col("enabler_id").alias("id")))
    wanting = plan["capabilities"].filter(pl.col("maturity_target") > pl.col("maturity_current"))
    if wanting.is_empty():
        return
    reached = capability_shares(plan).join(live_projects(plan), on="project_id", how="semi")
    unserved = wanting.join(reached, on="capability_id", how="anti")
    yield from found(
        "capability_no_project", "capabilities", unserved.with_columns(pl.col("capability_id").alias("id"))
    )

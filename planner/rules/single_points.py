"""What an outcome hangs on alone: items whose loss leaves it without a way from live work (DOMAIN 3.11); no shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.sight import LINK_TIERS, live_projects, ways

if TYPE_CHECKING:
    from planner.model.plan import Plan

_TIERS = ("project", "enabler", "capability")


def single_points(plan: Plan) -> pl.DataFrame:
    """The projects, enablers and capabilities that lie on every way from live work to an outcome.

    outcome_id, tier, id, by all three. An outcome that no live work leads to has none: it is uncovered.
    """
    paths = _paths(plan)
    whole = paths.group_by("outcome_id").agg(pl.len().alias("ways"))
    on_all = [
        paths.drop_nulls(tier)
        .group_by("outcome_id", pl.col(tier).alias("id"))
        .agg(pl.len().alias("through"))
        .with_columns(tier=pl.lit(tier))
        for tier in _TIERS
    ]
    found = pl.concat(on_all).join(whole, on="outcome_id").filter(pl.col("through") == pl.col("ways"))
    return found.select("outcome_id", "tier", "id").sort("outcome_id", "tier", "id")


def _paths(plan: Plan) -> pl.DataFrame:
    """Every way from a live project to an outcome: project, enabler (null where it improves directly), capability."""
    links = ways(plan)
    delivers, supports, improves, contributes = (
        _step(links, LINK_TIERS[kind]) for kind in ("delivers", "supports", "improves", "contributes")
    )
    live = live_projects(plan).select(pl.col("project_id").alias("project"))
    by_enabler = delivers.join(supports, left_on="enabler", right_on="enabler")
    directly = improves.with_columns(enabler=pl.lit(None, dtype=pl.String))
    columns = ["project", "enabler", "capability"]
    served = pl.concat([by_enabler.select(columns), directly.select(columns)]).join(
        live, on="project", how="semi"
    )
    return served.join(contributes.rename({"outcome": "outcome_id"}), on="capability")


def _step(links: pl.DataFrame, kind: tuple[str, str]) -> pl.DataFrame:
    """The links between two tiers, their ends by the names of the tiers."""
    chosen = links.filter((pl.col("from_type") == kind[0]) & (pl.col("to_type") == kind[1]))
    return chosen.select(pl.col("from_id").alias(kind[0]), pl.col("to_id").alias(kind[1])).unique()

"""Line of sight: how much of a project reaches which outcome, and back (DOMAIN 3.11); no money, no status.

A link weighs 1, 3 or 9 by its strength (a setting), and 1 where its strength is not known. Only links of the
four right kinds between items that exist are ways; cancelled projects are no part of the graph.
A share is a planning weight and no proof of cause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import CLOSED_STATUSES

if TYPE_CHECKING:
    from planner.model.plan import Plan

LINK_TIERS = {
    "contributes": ("capability", "outcome"),
    "supports": ("enabler", "capability"),
    "delivers": ("project", "enabler"),
    "improves": ("project", "capability"),
}
_ROUND = 9  # shares that differ by less are a tie


def is_live(column: str = "status") -> pl.Expr:
    """Whether a project is live: neither done nor cancelled; an empty status counts as live."""
    return ~pl.col(column).fill_null("").is_in(CLOSED_STATUSES)


def live_projects(plan: Plan) -> pl.DataFrame:
    """The projects that are neither done nor cancelled."""
    return plan["projects"].filter(is_live())


def ways(plan: Plan, *, with_cancelled: bool = False) -> pl.DataFrame:
    """The links that carry: from_type, from_id, to_type, to_id, weight (DOMAIN 3.11).

    Cancelled projects have none, unless asked for, to say what they were for.
    """
    return plan.once(_all_ways if with_cancelled else _standing_ways)


def _standing_ways(plan: Plan) -> pl.DataFrame:
    return _ways(plan, with_cancelled=False)


def _all_ways(plan: Plan) -> pl.DataFrame:
    return _ways(plan, with_cancelled=True)


def _ways(plan: Plan, *, with_cancelled: bool) -> pl.DataFrame:
    weights = dict(zip((1, 2, 3), plan.settings.numbers("strength_weights"), strict=True))
    tiers = pl.concat_str(["from_type", pl.lit(">"), "to_type"])
    right = {kind: ">".join(pair) for kind, pair in LINK_TIERS.items()}
    weight = (
        pl.col("strength").fill_null(1).replace_strict(weights, default=weights[1], return_dtype=pl.Float64)
    )
    links = (
        plan["links"]
        .filter(tiers == pl.col("link_type").replace_strict(right, default=""))
        .select("from_type", "from_id", "to_type", "to_id", weight.alias("weight"))
    )
    nodes = _nodes(plan, with_cancelled=with_cancelled)
    to_nodes = nodes.rename({"type": "to_type", "id": "to_id"})
    known = links.join(nodes, left_on=["from_type", "from_id"], right_on=["type", "id"], how="semi")
    return known.join(to_nodes, on=["to_type", "to_id"], how="semi")


def _nodes(plan: Plan, *, with_cancelled: bool) -> pl.DataFrame:
    """The items of the graph by tier."""
    standing = plan["projects"].filter((pl.col("status").fill_null("") != "cancelled") | with_cancelled)
    frames = {
        "project": standing["project_id"],
        "enabler": plan["enablers"]["enabler_id"],
        "capability": plan["capabilities"]["capability_id"],
        "outcome": plan["outcomes"]["outcome_id"],
    }
    return pl.concat(
        ids.unique().to_frame("id").select(pl.lit(tier).alias("type"), "id") for tier, ids in frames.items()
    )


def _shared(links: pl.DataFrame, side: str) -> pl.DataFrame:
    """Turn weights into shares of all that leaves (side from) or reaches (side to) an item."""
    whole = pl.col("weight").sum().over([f"{side}_type", f"{side}_id"])
    return links.with_columns(share=pl.when(whole > 0).then(pl.col("weight") / whole).otherwise(0.0))


def _step(links: pl.DataFrame, kind: tuple[str, str]) -> pl.DataFrame:
    """The links between two tiers as from_id, to_id, share."""
    chosen = (pl.col("from_type") == kind[0]) & (pl.col("to_type") == kind[1])
    return links.filter(chosen).select("from_id", "to_id", "share")


def _through(first: pl.DataFrame, then: pl.DataFrame) -> pl.DataFrame:
    """Follow two steps: the products of the shares along each path."""
    paths = first.join(then, left_on="to_id", right_on="from_id", how="inner", suffix="_then")
    return paths.select(
        "from_id",
        pl.col("to_id_then").alias("to_id"),
        (pl.col("share") * pl.col("share_then")).alias("share"),
    )


def _summed(paths: pl.DataFrame, names: tuple[str, str]) -> pl.DataFrame:
    """Add up the paths between the same two ends; rows by both ids."""
    named = paths.rename({"from_id": names[0], "to_id": names[1]})
    return named.group_by(names).agg(pl.col("share").sum()).sort(names)


def _to_outcomes(links: pl.DataFrame, side: str) -> pl.DataFrame:
    """All paths from projects to outcomes along some links, shared on one side: from_id, to_id, share."""
    links = _shared(links, side)
    to_capability = _step(links, LINK_TIERS["contributes"])
    by_enabler = _through(_step(links, LINK_TIERS["supports"]), to_capability)
    return pl.concat(
        [
            _through(_step(links, LINK_TIERS["delivers"]), by_enabler),
            _through(_step(links, LINK_TIERS["improves"]), to_capability),
        ]
    )


def up_shares(plan: Plan, *, with_cancelled: bool = False, links: pl.DataFrame | None = None) -> pl.DataFrame:
    """How much of each project reaches each outcome: project_id, outcome_id, share (0 to 1).

    The product of weight over all that leaves an item along each path, summed over the paths (DOMAIN 3.11).
    With cancelled projects the shares of the others stay the same. `links` are the `ways` of the plan, where the
    caller has them.
    """
    if links is None and not with_cancelled:
        return plan.once(_up_shares)
    if links is None:
        links = ways(plan, with_cancelled=with_cancelled)
    return _summed(_to_outcomes(links, "from"), ("project_id", "outcome_id"))


def _up_shares(plan: Plan) -> pl.DataFrame:
    return up_shares(plan, links=ways(plan))


def down_shares(plan: Plan) -> pl.DataFrame:
    """How much of each outcome rests on each project: outcome_id, project_id, share (0 to 1).

    The product of weight over all that reaches an item; finished projects stay in, for their value is in place.
    """
    return plan.once(_down_shares)


def _down_shares(plan: Plan) -> pl.DataFrame:
    shares = _summed(_to_outcomes(ways(plan), "to"), ("project_id", "outcome_id"))
    return shares.select("outcome_id", "project_id", "share").sort("outcome_id", "project_id")


def capability_shares(plan: Plan, *, with_cancelled: bool = False) -> pl.DataFrame:
    """How much of each project reaches each capability, by an enabler or directly: project_id, capability_id, share."""
    links = _shared(ways(plan, with_cancelled=with_cancelled), "from")
    by_enabler = _through(_step(links, LINK_TIERS["delivers"]), _step(links, LINK_TIERS["supports"]))
    paths = pl.concat([by_enabler, _step(links, LINK_TIERS["improves"])])
    return _summed(paths, ("project_id", "capability_id"))


def item_shares(plan: Plan) -> pl.DataFrame:
    """How much of each enabler and capability reaches each outcome: type, id, outcome_id, share (0 to 1)."""
    links = _shared(ways(plan), "from")
    to_outcome = _step(links, LINK_TIERS["contributes"])
    by_enabler = _through(_step(links, LINK_TIERS["supports"]), to_outcome)
    tiers = (("enabler", by_enabler), ("capability", to_outcome))
    found = pl.concat(
        _summed(paths, ("id", "outcome_id")).select(pl.lit(tier).alias("type"), "id", "outcome_id", "share")
        for tier, paths in tiers
    )
    return found.sort("type", "id", "outcome_id")


def enabler_shares(plan: Plan) -> pl.DataFrame:
    """How much of each project goes into each enabler: project_id, enabler_id, share."""
    return _summed(_step(_shared(ways(plan), "from"), LINK_TIERS["delivers"]), ("project_id", "enabler_id"))


def main_of(shares: pl.DataFrame) -> pl.DataFrame:
    """Of shares by project, the largest one of each; of equal ones the first id."""
    target = next(name for name in shares.columns if name not in {"project_id", "share"})
    ranked = shares.with_columns(pl.col("share").round(_ROUND)).sort(
        ["project_id", "share", target], descending=[False, True, False]
    )
    return ranked.unique("project_id", keep="first", maintain_order=True)


def main_outcomes(plan: Plan) -> pl.DataFrame:
    """The outcome that each project serves most: project_id, outcome_id, share."""
    return main_of(up_shares(plan))


def names_reached(shares: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """What each project reaches, the largest share first: project_id, names (a list of texts).

    `names` has the id column of the shares' target and `name`.
    """
    target = next(name for name in shares.columns if name not in {"project_id", "share"})
    known = names.select(target, "name").unique(target, keep="first")
    ranked = shares.with_columns(pl.col("share").round(_ROUND)).sort(
        ["project_id", "share", target], descending=[False, True, False]
    )
    found = ranked.join(known, on=target, how="inner", maintain_order="left")
    return found.group_by("project_id", maintain_order=True).agg(pl.col("name").alias("names"))


def outcomes_of_projects(plan: Plan) -> pl.DataFrame:
    """The names of the outcomes that each project reaches, the largest share first: project_id, names."""
    return names_reached(up_shares(plan), plan["outcomes"])


def enablers_of_projects(plan: Plan) -> pl.DataFrame:
    """The names of the enablers that each project delivers, the largest share first: project_id, names."""
    return names_reached(enabler_shares(plan), plan["enablers"])


def value_points(plan: Plan) -> pl.DataFrame:
    """The outcome points (of 100) that rest on each project: project_id, points.

    Outcome weight x share, summed; outcomes without a weight give none.
    """
    weights = plan["outcomes"].select("outcome_id", "weight").unique("outcome_id", keep="first").drop_nulls()
    points = down_shares(plan).join(weights, on="outcome_id", how="inner")
    value = (pl.col("share") * pl.col("weight")).sum().alias("points")
    return points.group_by("project_id").agg(value).sort("project_id")


def coverage(plan: Plan) -> pl.DataFrame:
    """How much of each outcome rests on projects: outcome_id, covered (0 to 1); the rest is uncovered."""
    outcomes = plan["outcomes"].select("outcome_id").unique(keep="first")
    covered = down_shares(plan).group_by("outcome_id").agg(pl.col("share").sum().alias("covered"))
    return (
        outcomes.join(covered, on="outcome_id", how="left").with_columns(pl.col("covered").fill_null(0.0))
    ).sort("outcome_id")


def orphan_projects(plan: Plan, shares: pl.DataFrame | None = None) -> list[str]:
    """The live projects that no way leads up from, by id."""
    reaching = up_shares(plan) if shares is None else shares
    alone = live_projects(plan).join(reaching, on="project_id", how="anti")
    return alone["project_id"].unique().sort().to_list()


def uncovered_outcomes(plan: Plan, shares: pl.DataFrame | None = None) -> list[str]:
    """The outcomes, but achieved and retired ones, that no way leads down from to a live project, by id."""
    reaching = up_shares(plan) if shares is None else shares
    reached = reaching.join(live_projects(plan), on="project_id", how="semi")
    wanted = plan["outcomes"].filter(~pl.col("status").fill_null("").is_in(["achieved", "retired"]))
    return wanted.join(reached, on="outcome_id", how="anti")["outcome_id"].unique().sort().to_list()

"""Which projects serve other outcomes though their own links stayed: re-aligned (DOMAIN 3.2); it finds no changed link.

The bare rule is a total variation of outcome shares (DOMAIN 3.11) of `threshold_realigned` or more, by default 0.05.
Alone it also holds for every project that joins, is cancelled or is re-linked itself: seven times in the three
refreshes of the sample that have an oracle, which tells each as the event that it is and none as a re-alignment.
In FY27-Q3 it would hold for two projects that deliver a re-linked enabler, so that one event would be told three
times; the domain counts 102 events in the sample, none of them a re-alignment. So a re-alignment is an event where
no other event tells it. A project is re-aligned that stands in both versions with its own links alike, whose shares
moved by the threshold or more, and for which one of these is so:

* nothing on its way was re-linked: the weights of links are others (a setting), or an item on its way left or joined
  while links to it were there all the time;
* something on its way was re-linked, and the outcome that the project serves most is another one than before, or it
  lost its last one or has its first: the same work has another justification.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import polars as pl

from planner.model.plan import Plan
from planner.model.tables import TABLE_OF_TIER
from planner.rules.drift_rows import among, rows_where
from planner.rules.sight import LINK_TIERS, item_shares, main_of, up_shares

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.rules.drift_rows import TableDrift

    Plans = tuple[Plan, Plan]

SHARED = ("enabler", "capability")  # the tiers whose links many projects share
_ITEMS = ("enablers", "capabilities", "outcomes")
_WEIGHTS = "strength_weights"
_UPWARDS = ("supports", "contributes")
_CARRIED = ["from_type", "from_id", "to_type", "to_id", "link_type", "strength"]
NO_ITEMS = pl.DataFrame(schema={"type": pl.String, "id": pl.String})
_NONE = pl.DataFrame(schema={"id": pl.String, "amount": pl.Float64})
_DECIMALS = 9


@dataclass(frozen=True)
class Ways:
    """The graph of both versions, as far as it says what projects reach.

    `shared` are both versions without projects: the links of enablers and capabilities, the ids of these and of
    outcomes, the settings. `of_projects` gives for some items (type, id) the projects of both versions that lead
    straight to one of them in either (project_id, status), and all links of these. `moved` gives the `moved_items`.
    """

    shared: Plans
    of_projects: Callable[[pl.DataFrame], Plans]
    moved: Callable[[pl.Series, float], pl.DataFrame]

    @classmethod
    def of_plans(cls, baseline: Plan, current: Plan) -> Ways:
        """The graph of two whole plans."""
        plans, shared = (baseline, current), (_shared(baseline), _shared(current))
        return cls(shared, partial(_of_projects, plans), partial(moved_items, shared))


def _shared(plan: Plan) -> Plan:
    links = rows_where(plan["links"], _is_shared(plan["links"]))
    return Plan(
        {name: plan[name] for name in ("settings", *_ITEMS)}
        | {"links": links, "projects": plan["projects"].clear()}
    )


def _is_shared(links: pl.DataFrame) -> pl.Series:
    tiers = links["from_type"]
    return (tiers == SHARED[0]) | (tiers == SHARED[1])


def _of_projects(plans: Plans, nodes: pl.DataFrame) -> Plans:
    straight = [
        plan["links"]
        .filter(pl.col("from_type") == "project")
        .join(nodes, left_on=["to_type", "to_id"], right_on=["type", "id"], how="semi")["from_id"]
        for plan in plans
    ]
    ids = pl.concat(straight).unique().implode()
    found = []
    for plan in plans:
        links = plan["links"].filter((pl.col("from_type") == "project") & pl.col("from_id").is_in(ids))
        projects = plan["projects"].filter(pl.col("project_id").is_in(ids))
        found.append(Plan.of_settled({"links": links, "projects": projects.select("project_id", "status")}))
    return found[0], found[1]


def may_realign(compared: Mapping[str, TableDrift]) -> bool:
    """Whether anything that projects share on their ways to outcomes differs: links above them, items, weights."""
    links, settings = compared.get("links"), compared.get("settings")
    if links and any(_is_shared(frame).any() for frame in (links.added, links.removed, links.pairs)):
        return True
    if any(found.added.height + found.removed.height for name in _ITEMS if (found := compared.get(name))):
        return True
    return settings is not None and any(
        _WEIGHTS in frame["key"] for frame in (settings.added, settings.removed, settings.pairs)
    )


def moved_items(shared: Plans, touched: pl.Series, least: float) -> pl.DataFrame:
    """The enablers and capabilities that bring projects to other outcomes: type, id.

    The shares of a project are a mean of those of the items it leads to, so it moves by `least` (0 to 1) only if
    one of these does; but where the weights of links differ, or an item is in one version alone, so does the mean.
    `touched` are the ids of at least the items whose own links differ.
    """
    if shared[0].settings.numbers(_WEIGHTS) != shared[1].settings.numbers(_WEIGHTS):
        return pl.concat([_nodes(tier, _ids(plan, tier)) for plan in shared for tier in SHARED]).unique()
    apart = [NO_ITEMS]
    for tier in SHARED:
        before, after = (_ids(plan, tier) for plan in shared)
        if not before.equals(after):
            ids = sorted(set(before) ^ set(after))
            apart.append(_nodes(tier, pl.Series(ids, dtype=pl.String)))
    alone = pl.concat(apart)
    if alone.is_empty() and most_moved(shared, touched) < least:
        return alone
    moves = _moves((item_shares(shared[0]), item_shares(shared[1])), ["type", "id"])
    return pl.concat([alone, moves.filter(pl.col("amount") >= least).select("type", "id")]).unique()


def most_moved(shared: Plans, touched: pl.Series) -> float:
    """How far the shares of any item can have moved at most (0 to 2), by the links that differ alone.

    An enabler moves by its own links, and by what the capabilities under it moved: at most the sum of both. That is
    a small part of the work of `item_shares`, and in most refreshes it says that nothing moved.
    """
    weights = dict(zip((1, 2, 3), shared[0].settings.numbers(_WEIGHTS), strict=True))
    ends = [plan["links"]["from_id"] for plan in shared]
    of_touched = among(pl.concat(ends), touched)
    rows = of_touched[: ends[0].len()], of_touched[ends[0].len() :]
    was, now = (_direct(plan, own, weights) for plan, own in zip(shared, rows, strict=True))
    most = dict.fromkeys(SHARED, 0.0)
    for item in was.keys() | now.keys():
        one, other = was.get(item, {}), now.get(item, {})
        moved = sum(abs(one.get(key, 0.0) - other.get(key, 0.0)) for key in one.keys() | other.keys())
        most[item[0]] = max(most[item[0]], moved if not one or not other else moved / 2)
    return sum(most.values())


def _direct(
    plan: Plan, rows: pl.Series, weights: Mapping[int, float]
) -> dict[tuple[str, str], dict[str, float]]:
    """How much of the items of some links goes to each that they lead to: by (type, id), and then by the other's id.

    Only links that carry anything count: of the right kind, to an item that is there.
    """
    links = rows_where(plan["links"][_CARRIED], rows)
    known = {taker: set(_ids(plan, taker)) for _, taker in (LINK_TIERS[kind] for kind in _UPWARDS)}
    found: dict[tuple[str, str], dict[str, float]] = {}
    for tier, item, to_tier, to_id, link_type, strength in links.iter_rows():
        if link_type in _UPWARDS and LINK_TIERS[link_type] == (tier, to_tier) and to_id in known[to_tier]:
            found.setdefault((tier, item), {})[to_id] = weights.get(strength or 1, weights[1])
    return {
        item: {key: weight / (sum(to.values()) or 1.0) for key, weight in to.items()}
        for item, to in found.items()
    }


def _ids(plan: Plan, tier: str) -> pl.Series:
    return plan[TABLE_OF_TIER[tier]][f"{tier}_id"]


def _nodes(tier: str, ids: pl.Series) -> pl.DataFrame:
    return pl.DataFrame([pl.Series("type", [tier]).new_from_index(0, ids.len()), ids.alias("id")])


def realigned(ways: Ways, relinked: Mapping[str, pl.DataFrame], least: float) -> pl.DataFrame:
    """The re-aligned projects: id, amount (the total variation of their shares, 0 to 1), by id.

    `relinked` has for each table the items whose own links differ, with their `id`; `least` is the threshold.
    """
    touched = [relinked[name]["id"] for name in _ITEMS if name in relinked]
    nodes = ways.moved(pl.concat([NO_ITEMS["id"], *touched]), least)
    if nodes.is_empty():
        return _NONE
    own = ways.of_projects(nodes)
    whole = [_joined(shared, plan) for shared, plan in zip(ways.shared, own, strict=True)]
    shares = up_shares(whole[0]), up_shares(whole[1])
    moved = _moves(shares, ["project_id"]).filter(pl.col("amount") >= least)
    standing = (plan["projects"].filter(pl.col("status").fill_null("") != "cancelled") for plan in own)
    for projects in standing:
        moved = moved.join(projects, on="project_id", how="semi")
    found = moved.select(pl.col("project_id").alias("id"), "amount")
    if "projects" in relinked:
        found = found.join(relinked["projects"], on="id", how="anti")
    led = _led_over(whole, relinked).join(_same_main(shares), on="id", how="semi")
    return found.join(led, on="id", how="anti").sort("id")


def _joined(shared: Plan, own: Plan) -> Plan:
    links = pl.concat([shared["links"], own["links"].select(shared["links"].columns)])
    return Plan({**shared.frames, "links": links, "projects": own["projects"]})


def _moves(shares: tuple[pl.DataFrame, pl.DataFrame], key: list[str]) -> pl.DataFrame:
    """Half the sum of how far the shares of each item moved (DOMAIN 3.2): the key, amount (0 to 1)."""
    both = shares[0].join(shares[1], on=[*key, "outcome_id"], how="full", coalesce=True, suffix="_after")
    step = (pl.col("share_after").fill_null(0.0) - pl.col("share").fill_null(0.0)).abs().sum() / 2
    return both.group_by(key).agg(step.round(_DECIMALS).alias("amount"))


def _led_over(plans: list[Plan], relinked: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The projects that have a re-linked item on their way in either version: id."""
    nodes = pl.concat(
        [NO_ITEMS]
        + [
            relinked[TABLE_OF_TIER[tier]].select(pl.lit(tier).alias("type"), "id")
            for tier in SHARED
            if TABLE_OF_TIER[tier] in relinked
        ]
    )
    for _ in SHARED:  # a project leads over an enabler to a capability
        steps = [
            plan["links"].join(nodes, left_on=["to_type", "to_id"], right_on=["type", "id"], how="semi")
            for plan in plans
        ]
        below = [
            step.select(pl.col("from_type").alias("type"), pl.col("from_id").alias("id")) for step in steps
        ]
        nodes = pl.concat([nodes, *below]).unique()
    return nodes.filter(pl.col("type") == "project").select("id")


def _same_main(shares: tuple[pl.DataFrame, pl.DataFrame]) -> pl.DataFrame:
    """The projects that serve the same outcome most in both: id."""
    before, after = (main_of(side) for side in shares)
    return before.join(after, on=["project_id", "outcome_id"], how="semi").select(
        pl.col("project_id").alias("id")
    )

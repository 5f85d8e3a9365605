"""Big moves of a refresh (DOMAIN 3.4): large projects that moved far, grew much, joined or left; no verdict on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.measures import live_cost
from planner.rules.sight import live_projects
from planner.rules.verdict import cited

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.settings import PlanSettings


@dataclass(frozen=True, slots=True)
class BigMove:
    """A project that moves much of the plan: its kinds of drift, what it costs, and the evidence its reasons cite."""

    project_id: str
    name: str
    kinds: tuple[str, ...]
    cost: int
    evidence: tuple[str, ...]

    @property
    def is_evident(self) -> bool:
        """Whether a reason of it cites evidence."""
        return bool(self.evidence)


def big_moves(baseline: Plan, current: Plan, rows: pl.DataFrame) -> list[BigMove]:
    """The big moves among drift rows with their reasons, the dearest first (DOMAIN 3.4).

    By default a project of at least 5% of the live plan's cost that starts four quarters or more from where it
    did, costs a quarter more or less, or joins or leaves the plan; the three limits are settings.
    """
    whole = live_cost(baseline).value or live_cost(current).value or 0
    least = whole * current.settings.number("threshold_big_share")
    was = live_projects(baseline).select("project_id", pl.col("cost").alias("was"))
    now = live_projects(current).select("project_id", pl.col("cost").alias("now"))
    costs = was.join(now, on="project_id", how="full", coalesce=True)
    moves = rows.filter((pl.col("table") == "projects") & (pl.col("kind") != "")).join(
        costs, left_on="id", right_on="project_id", how="left", maintain_order="left"
    )
    dear = pl.max_horizontal("was", "now") >= least
    found = moves.filter(_is_big(current.settings) & dear & pl.lit(least > 0)).group_by(
        "id", maintain_order=True
    )
    listed = found.agg("kind", pl.col("name").first(), pl.max_horizontal("was", "now").max().alias("cost"))
    evidence = cited(rows)
    moves_found = [
        BigMove(key, name, tuple(kinds), int(cost), evidence.get(key, ()))
        for key, kinds, name, cost in listed.iter_rows()
    ]
    return sorted(moves_found, key=lambda move: (-move.cost, move.project_id))


def _is_big(settings: PlanSettings) -> pl.Expr:
    """Whether a drift row, with what its project `was` and is `now` to cost, is a move that far."""
    kind, size = pl.col("kind"), pl.col("amount").abs()
    growth = (size / pl.col("was")) >= settings.number("threshold_big_growth")
    far = size >= settings.whole("threshold_big_quarters")
    return (
        kind.is_in(["added", "removed"])
        | (kind.is_in(["deferred", "accelerated"]) & far)
        | ((kind == "recosted") & growth.fill_null(value=True))
    )

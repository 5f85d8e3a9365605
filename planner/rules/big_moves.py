"""Big moves of a refresh, and whether it was a small regular step (DOMAIN 3.4); it knows no evidence but what reasons cite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.measures import live_cost
from planner.rules.sight import live_projects

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.rules.churn import Churn
    from planner.rules.figure import Figure

BIG_COST = 0.05  # of the cost of the live plan
BIG_SHIFT = 4  # quarters
BIG_GROWTH = 0.25
NO_CHANGE, SMALL, MODERATE, DELIBERATE, KNEE_JERK = (
    "no_change",
    "small_regular",
    "moderate",
    "deliberate_shift",
    "knee_jerk",
)
_STILL, _CALM, _LOUD, _HALF = 0.01, 0.10, 0.25, 0.5


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

    A project of at least 5% of the live plan's cost that starts four quarters or more from where it did, costs
    a quarter more or less, or joins or leaves the plan.
    """
    whole = live_cost(baseline).value or live_cost(current).value or 0
    least = whole * BIG_COST
    was = live_projects(baseline).select("project_id", pl.col("cost").alias("was"))
    now = live_projects(current).select("project_id", pl.col("cost").alias("now"))
    costs = was.join(now, on="project_id", how="full", coalesce=True)
    growth = (pl.col("amount").abs() / pl.col("was")) >= BIG_GROWTH
    kind = pl.col("kind")
    moves = rows.filter((pl.col("table") == "projects") & (kind != "")).join(
        costs, left_on="id", right_on="project_id", how="left", maintain_order="left"
    )
    is_big = (
        kind.is_in(["added", "removed"])
        | (kind.is_in(["deferred", "accelerated"]) & (pl.col("amount").abs() >= BIG_SHIFT))
        | ((kind == "recosted") & growth.fill_null(value=True))
    )
    dear = pl.max_horizontal("was", "now") >= least
    found = moves.filter(is_big & dear & pl.lit(least > 0)).group_by("id", maintain_order=True)
    listed = found.agg("kind", pl.col("name").first(), pl.max_horizontal("was", "now").max().alias("cost"))
    cited = _cited(rows)
    moves_found = [
        BigMove(key, name, tuple(kinds), int(cost), cited.get(key, ()))
        for key, kinds, name, cost in listed.iter_rows()
    ]
    return sorted(moves_found, key=lambda move: (-move.cost, move.project_id))


def _cited(rows: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """What the reasons of each project cite."""
    given = rows.filter((pl.col("table") == "projects") & (pl.col("evidence_id") != ""))
    by_id = given.group_by("id").agg(pl.col("evidence_id").unique().sort())
    return {key: tuple(ids) for key, ids in by_id.iter_rows()}


def evidence_share(churn: Churn, rows: pl.DataFrame) -> float:
    """The share of the money that moved whose project cites evidence, 0 to 1; 1 where no money moved."""
    cited = _cited(rows)
    moved = dict(churn.disturbed.iter_rows())
    total = sum(moved.values())
    return sum(money for key, money in moved.items() if key in cited) / total if total else 1.0


def verdict(churn: Figure, moves: list[BigMove], share: float, *, is_regular: bool) -> str:
    """What a refresh looks like: the first rule of DOMAIN 3.4 that fits; a revision of a quarter is not regular."""
    moved = churn.value or 0.0
    changes_set = any({"added", "removed"}.intersection(move.kinds) for move in moves)
    if moved < _STILL and not changes_set:
        return NO_CHANGE
    if moved > _LOUD or moves:
        return DELIBERATE if share >= _HALF else KNEE_JERK
    return SMALL if moved <= _CALM and is_regular else MODERATE


def restless_projects(rows: pl.DataFrame) -> int:
    """How many projects drift in more than progress and finer dates: the upper part of volatility (DOMAIN 3.3)."""
    quiet = ["", "started", "completed", "refined"]
    moved = rows.filter((pl.col("table") == "projects") & ~pl.col("kind").is_in(quiet))
    return moved["id"].n_unique()

"""How much there is of each layer of a plan, for the sentence above its grid; no money of projects, no findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

_IN_USE = ("phase_in", "active", "phase_out")


@dataclass(frozen=True, slots=True)
class LayerFigures:
    """Counts of one plan, and its weights; `people` are the full-time people of a quarter.

    None where not known: the people without capacity, `below_goal` where no capability is rated and has a goal,
    `in_use` where no enabler's life cycle is told.
    """

    outcomes: int
    weight: int
    measures: int
    capabilities: int
    below_goal: int | None
    enablers: int
    in_use: int | None
    teams: int
    people: float | None
    phased: int
    dependencies: int
    milestones: int


def layer_figures(plan: Plan, quarter: Quarter) -> LayerFigures:
    """The figures of a plan; the people are those of `quarter`."""
    wanting = plan["capabilities"].select(pl.col("maturity_target") > pl.col("maturity_current")).to_series()
    used = plan["enablers"].select(pl.col("lifecycle").is_in(_IN_USE)).to_series()
    people = plan["capacity"].filter(pl.col("quarter") == plan.calendar.label(quarter))["fte"].drop_nulls()
    return LayerFigures(
        outcomes=plan["outcomes"].height,
        weight=int(plan["outcomes"]["weight"].sum()),
        measures=plan["kpis"].height,
        capabilities=plan["capabilities"].height,
        below_goal=_true(wanting),
        enablers=plan["enablers"].height,
        in_use=_true(used),
        teams=plan["teams"].height,
        people=float(people.sum()) if people.len() else None,
        phased=plan["phasing"]["project_id"].n_unique(),
        dependencies=plan["dependencies"].height,
        milestones=plan["milestones"].height,
    )


def _true(known: pl.Series) -> int | None:
    """How many are true, None where all are unknown."""
    return int(known.sum()) if known.len() > known.null_count() else None

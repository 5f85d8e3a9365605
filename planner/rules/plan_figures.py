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
    """Counts of one plan, and its weights; `people` are the full-time people of a quarter, None where not known."""

    outcomes: int
    weight: int
    measures: int
    capabilities: int
    below_goal: int
    enablers: int
    in_use: int
    teams: int
    people: float | None
    phased: int
    dependencies: int
    milestones: int


def layer_figures(plan: Plan, quarter: Quarter) -> LayerFigures:
    """The figures of a plan; the people are those of `quarter`."""
    wanting = pl.col("maturity_target") > pl.col("maturity_current")
    people = plan["capacity"].filter(pl.col("quarter") == plan.calendar.label(quarter))["fte"].drop_nulls()
    return LayerFigures(
        outcomes=plan["outcomes"].height,
        weight=int(plan["outcomes"]["weight"].sum()),
        measures=plan["kpis"].height,
        capabilities=plan["capabilities"].height,
        below_goal=plan["capabilities"].filter(wanting).height,
        enablers=plan["enablers"].height,
        in_use=plan["enablers"].filter(pl.col("lifecycle").is_in(_IN_USE)).height,
        teams=plan["teams"].height,
        people=float(people.sum()) if people.len() else None,
        phased=plan["phasing"]["project_id"].n_unique(),
        dependencies=plan["dependencies"].height,
        milestones=plan["milestones"].height,
    )

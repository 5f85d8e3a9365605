"""What a roadmap can be narrowed to: units, teams, owners and outcomes, and which projects are left; it draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.timeline_lanes import lane_of_projects

if TYPE_CHECKING:
    from collections.abc import Collection

    from planner.model.plan import Plan


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from: outcomes and teams by id with their names, units and owners by their words."""

    outcomes: dict[str, str]
    units: list[str]
    teams: dict[str, str]
    owners: list[str]


def filter_choices(plan: Plan) -> Choices:
    """The choices of a plan, each once, in the order of the plan or of the alphabet."""
    outcomes = plan["outcomes"].unique("outcome_id", keep="first", maintain_order=True)
    named = outcomes.select("outcome_id", pl.coalesce("short_name", "name"))
    projects = plan["projects"]
    units = projects["business_unit"].drop_nulls().str.split("|").explode().drop_nulls().unique().sort()
    used = projects.select(pl.col("lead_team_id").alias("team_id")).drop_nulls().unique()
    names = plan["teams"].select("team_id", "name").unique("team_id", keep="first")
    teams = used.join(names, on="team_id", how="left").sort("team_id")
    return Choices(
        outcomes=dict(named.iter_rows()),
        units=[unit for unit in units.to_list() if unit],
        teams={team: name or team for team, name in teams.select("team_id", "name").iter_rows()},
        owners=projects["sponsor"].drop_nulls().unique().sort().to_list(),
    )


def matching_projects(
    plan: Plan,
    baseline: Plan | None,
    *,
    outcomes: Collection[str] = (),
    units: Collection[str] = (),
    teams: Collection[str] = (),
    owners: Collection[str] = (),
) -> list[str] | None:
    """The ids of the projects that fit every filter that is set, removed ones included; None where none is set.

    An outcome's projects are those that serve it most: the ones in its lane.
    """
    if not (outcomes or units or teams or owners):
        return None
    fields = ("project_id", "business_unit", "lead_team_id", "sponsor")
    frames = [plan["projects"].select(fields)]
    if baseline is not None:
        frames.append(baseline["projects"].select(fields).join(frames[0], on="project_id", how="anti"))
    found = pl.concat(frames)
    if units:
        some = pl.col("business_unit").str.split("|").list.set_intersection(list(units)).list.len() > 0
        found = found.filter(some)
    if teams:
        found = found.filter(pl.col("lead_team_id").is_in(list(teams)))
    if owners:
        found = found.filter(pl.col("sponsor").is_in(list(owners)))
    if outcomes:
        lanes = lane_of_projects(plan, baseline, "outcome").filter(pl.col("lane").is_in(list(outcomes)))
        found = found.join(lanes, on="project_id", how="semi")
    return found["project_id"].unique().sort().to_list()

"""What crossed which line between two plans: statuses, zones, full teams, cost alarms, need-by dates, lines of sight.

A drift says how far things moved; this says where a move had a meaning of its own. Each line compares the same thing
in both plans, so that what only joined or left crosses none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.capacity import team_load
from planner.rules.cost_growth import cost_growth
from planner.rules.sight import live_projects, main_outcomes
from planner.rules.zones import ordinal_of_day, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planner.model.plan import Plan
    from planner.rules.home import Dated

WORSE, BETTER = "worse", "better"
OUTCOMES, ZONES, TEAMS, ALARMS, NEED_BY, SIGHT = "outcomes", "zones", "teams", "alarms", "need_by", "sight"
_STATES = ("green", "amber", "red")
_ALARMS = ("", "amber", "red")


@dataclass(frozen=True, slots=True)
class Crossed:
    """One item that crossed a line: what it was and is, by the words of the line; tone is worse, better or ''.

    Of outcomes and alarms the sides are ratings ('' is none), of zones their names, of teams the quarters over
    capacity as counts, of need-by dates and lines of sight 'yes' or 'no': in time, in sight. `other` is the outcome
    of a need-by date.
    """

    line: str
    table: str
    id: str
    before: str
    after: str
    tone: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two plans: itself with its quarter, its outcomes' statuses by id, the plans that were sealed before it."""

    dated: Dated
    statuses: Mapping[str, str]
    history: Sequence[Plan]


def crossed_lines(before: Side, after: Side) -> list[Crossed]:
    """Everything that crossed a line, line by line, what got worse first, then by id."""
    found = [
        *_outcomes(before.statuses, after.statuses),
        *_zones(before.dated, after.dated),
        *_teams(before.dated, after.dated),
        *_alarms(before, after),
        *_need_by(before.dated.plan, after.dated.plan),
        *_sight(before.dated.plan, after.dated.plan),
    ]
    lines = (OUTCOMES, NEED_BY, ALARMS, TEAMS, ZONES, SIGHT)
    return sorted(found, key=lambda one: (lines.index(one.line), one.tone != WORSE, one.id))


def _outcomes(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Crossed]:
    for key, state in now.items():
        before = was.get(key, state)
        if before != state:
            rated = before in _STATES and state in _STATES
            worse = rated and _STATES.index(state) > _STATES.index(before)
            yield Crossed(
                OUTCOMES, "outcomes", key, before, state, WORSE if worse else BETTER if rated else ""
            )


def _zones(before: Dated, after: Dated) -> Iterator[Crossed]:
    """Projects whose start moved over the edge of a zone; time that passed moves none, so both are seen from one quarter."""
    here, calendar = after.quarter.ordinal, after.plan.calendar
    sides = [
        live_projects(dated.plan)
        .unique("project_id", keep="first")
        .with_columns(k=ordinal_of_day("start_date", calendar) - here)
        .filter(pl.col("k") >= 0)
        .select("project_id", zone=zone_of(pl.col("k"), after.plan.settings))
        for dated in (before, after)
    ]
    both = sides[0].join(sides[1], on="project_id", suffix="_after")
    for key, was, now in both.filter(pl.col("zone") != pl.col("zone_after")).iter_rows():
        yield Crossed(ZONES, "projects", key, was, now, "")


def _teams(before: Dated, after: Dated) -> Iterator[Crossed]:
    """Teams that came over capacity, or no longer are, in the quarters that both plans look at."""
    first = max(before.quarter, after.quarter, key=lambda quarter: quarter.ordinal)
    loads = [
        team_load(dated.plan, first)
        .filter(pl.col("state") != "unknown")
        .select("team_id", "quarter", "state")
        for dated in (before, after)
    ]
    both = loads[0].join(loads[1], on=["team_id", "quarter"], suffix="_after")
    counts = ((pl.col(name) == "over").sum().alias(name) for name in ("state", "state_after"))
    for team, was, now in both.group_by("team_id").agg(*counts).sort("team_id").iter_rows():
        if bool(was) != bool(now):
            yield Crossed(TEAMS, "teams", team, str(was), str(now), WORSE if now else BETTER)


def _alarms(before: Side, after: Side) -> Iterator[Crossed]:
    """Projects whose cost alarm differs (DOMAIN 3.9), of those that are live in both plans."""
    alarms = [
        dict(cost_growth(side.dated.plan, side.history).select("project_id", "alarm").iter_rows())
        if side.history
        else {}
        for side in (before, after)
    ]
    standing = dict.fromkeys(live_projects(before.dated.plan)["project_id"].to_list(), "") | alarms[0]
    for key, now in alarms[1].items():
        was = standing[key] if key in standing else now  # noqa: SIM401  get() would give None to the type checker
        if was != now:
            worse = _ALARMS.index(now) > _ALARMS.index(was)
            yield Crossed(ALARMS, "projects", key, was, now, WORSE if worse else BETTER)


def _need_by(before: Plan, after: Plan) -> Iterator[Crossed]:
    """Projects whose finish passed the need-by date of the outcome they serve most, or came back before it."""
    sides = []
    for plan in (before, after):
        due = plan["outcomes"].select("outcome_id", "need_by").drop_nulls()
        served = main_outcomes(plan).join(due, on="outcome_id")
        live = (
            live_projects(plan)
            .unique("project_id", keep="first")
            .select("project_id", "end_date")
            .drop_nulls()
        )
        found = live.join(served, on="project_id")
        sides.append(found.select("project_id", "outcome_id", late=pl.col("end_date") > pl.col("need_by")))
    both = sides[0].join(sides[1], on=["project_id", "outcome_id"], suffix="_after")
    moved = both.filter(pl.col("late") != pl.col("late_after")).sort("project_id")
    for key, outcome, was, now in moved.iter_rows():
        words = ["no" if late else "yes" for late in (was, now)]
        yield Crossed(NEED_BY, "projects", key, words[0], words[1], WORSE if now else BETTER, outcome)


def _sight(before: Plan, after: Plan) -> Iterator[Crossed]:
    """Projects live in both plans that lost their line of sight to every outcome, or have one now."""
    live = live_projects(before).join(live_projects(after), on="project_id", how="semi")["project_id"]
    seen = [set(main_outcomes(plan)["project_id"]) for plan in (before, after)]
    for key in sorted(set(live)):
        was, now = key in seen[0], key in seen[1]
        if was != now:
            words = ["yes" if reached else "no" for reached in (was, now)]
            yield Crossed(SIGHT, "projects", key, words[0], words[1], BETTER if now else WORSE)

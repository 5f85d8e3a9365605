"""Versions of a plan side by side in figures, each with its difference to the first; every rule is another module's.

All of them are seen from one quarter, so that what is ahead means the same in each: a scenario beside the draft, two
drafts of a course, a snapshot beside both. What differs row by row is for `drift` to find.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.capacity import NO_CAPACITY, NO_EFFORT, over_capacity, team_load
from planner.rules.change_sentences import worsened
from planner.rules.figure import Figure
from planner.rules.measures import (
    aligned_share,
    live_cost,
    money_ahead,
    money_by_outcome,
    money_by_year,
    project_counts,
)
from planner.rules.outcome_status import outcome_status
from planner.rules.sight import up_shares

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

LEAST_VERSIONS, MOST_VERSIONS = 2, 4
NO_OUTCOME = "This version does not have the outcome."
NO_PATH = "No project leads to this outcome."


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure of each version, in the order of the versions."""

    figures: tuple[Figure, ...]

    @property
    def differences(self) -> tuple[Figure, ...]:
        """How far each is from the first, the first from itself too; missing where it or the first is, with why."""
        return tuple(_difference(self.figures[0], figure) for figure in self.figures)

    @property
    def differs(self) -> bool:
        """Whether the figure is not the same in all versions; not known is a value of its own."""
        return len({figure.value for figure in self.figures}) > 1


@dataclass(frozen=True, slots=True)
class Overload:
    """The team-quarter that is asked for most above what it has: `over` in person-days, `utilisation` 1 at capacity.

    `utilisation` is None where the team has nobody in the quarter.
    """

    team_id: str
    team: str
    quarter: str
    over: int
    utilisation: float | None


@dataclass(frozen=True, slots=True)
class OutcomeBeside:
    """One outcome in each version: status ("" where a version does not have it), at risk (0 to 1), money ahead for it.

    `worse` says where it stands worse than in the first version and is at risk or in trouble.
    """

    outcome_id: str
    name: str
    statuses: tuple[str, ...]
    at_risk: Beside
    money: Beside
    worse: tuple[bool, ...]

    @property
    def differs(self) -> bool:
        """Whether its status is not the same in all versions."""
        return len(set(self.statuses)) > 1


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The figures of two to four versions from one quarter on.

    cost (of all live projects), money_ahead, by_year (fiscal year) and aligned_money (what of it has a line of sight) in currency units, aligned a
    share; live counts projects; demand, capacity and largest_over in person-days, over_capacity in team-quarters, all
    four over the horizon. `demand` is all effort of live work, `capacity` what is known of the teams'. `overloads`
    names each version's largest one, None where nothing is over.
    """

    cost: Beside
    money_ahead: Beside
    by_year: Mapping[int, Beside]
    live: Beside
    demand: Beside
    capacity: Beside
    over_capacity: Beside
    largest_over: Beside
    overloads: tuple[Overload | None, ...]
    aligned_money: Beside
    aligned: Beside
    outcomes: tuple[OutcomeBeside, ...]


def side_by_side(
    versions: Sequence[Plan], quarter: Quarter, actuals: pl.DataFrame | None = None
) -> SideBySide:
    """Set two to four plans beside each other as they are seen from `quarter`; `actuals` is the ledger kpi_actuals.

    Raises ValueError for another number of plans.
    """
    if not LEAST_VERSIONS <= len(versions) <= MOST_VERSIONS:
        message = f"{len(versions)} versions; {LEAST_VERSIONS} to {MOST_VERSIONS} stand side by side"
        raise ValueError(message)
    ahead = Beside(tuple(money_ahead(plan, quarter) for plan in versions))
    shares = [up_shares(plan) for plan in versions]
    served = [
        dict(money_by_outcome(plan, quarter, share).iter_rows())
        for plan, share in zip(versions, shares, strict=True)
    ]
    loads = [team_load(plan, quarter) for plan in versions]
    overloads = tuple(_largest(plan, load) for plan, load in zip(versions, loads, strict=True))
    over = Beside(
        tuple(over_capacity(plan, quarter, load) for plan, load in zip(versions, loads, strict=True))
    )
    return SideBySide(
        cost=Beside(tuple(live_cost(plan) for plan in versions)),
        money_ahead=ahead,
        by_year=_by_year([money_by_year(plan, quarter) for plan in versions], ahead),
        live=Beside(tuple(Figure(float(project_counts(plan)["live"])) for plan in versions)),
        demand=Beside(tuple(_days(load, "demand", NO_EFFORT) for load in loads)),
        capacity=Beside(tuple(_days(load, "capacity", NO_CAPACITY) for load in loads)),
        over_capacity=over,
        largest_over=_each(over, lambda at: Figure(float(one.over if (one := overloads[at]) else 0))),
        overloads=overloads,
        aligned_money=_each(ahead, lambda at: Figure(float(sum(served[at].values())))),
        aligned=Beside(
            tuple(aligned_share(plan, quarter, share) for plan, share in zip(versions, shares, strict=True))
        ),
        outcomes=_outcomes(versions, quarter, actuals, served),
    )


def _difference(first: Figure, figure: Figure) -> Figure:
    if first.value is None:
        return first
    return figure if figure.value is None else Figure(figure.value - first.value)


def _each(known: Beside, figure: Callable[[int], Figure]) -> Beside:
    """A figure by the place of its version, missing for the reason of another that it rests on."""
    return Beside(tuple(one if one.value is None else figure(at) for at, one in enumerate(known.figures)))


def _by_year(money: Sequence[Mapping[int, int]], ahead: Beside) -> dict[int, Beside]:
    """The money of every year that any version has money in: nothing where a version phases other years only."""

    def of_year(year: int) -> Beside:
        return _each(ahead, lambda at: Figure(float(money[at].get(year, 0))))

    return {year: of_year(year) for year in sorted({year for found in money for year in found})}


def _days(load: pl.DataFrame, column: str, reason: str) -> Figure:
    """The person-days of all team-quarters; missing where there are none to know."""
    days = load[column].drop_nulls()
    total = days.sum()
    known = days.len() if column == "capacity" else total
    return Figure(float(total)) if known else Figure.missing(reason)


def _largest(plan: Plan, load: pl.DataFrame) -> Overload | None:
    """The overload of most person-days; of equal ones the earliest, then the first team by id."""
    over = load.filter(pl.col("state") == "over").sort(
        ["over", "k", "team_id"], descending=[True, False, False]
    )
    if over.is_empty():
        return None
    row = over.row(0, named=True)
    names = dict(plan["teams"].select("team_id", "name").iter_rows())
    team = row["team_id"]
    return Overload(team, names.get(team) or team, row["quarter"], row["over"], row["utilisation"])


def _outcomes(
    versions: Sequence[Plan],
    quarter: Quarter,
    actuals: pl.DataFrame | None,
    served: Sequence[Mapping[str, float]],
) -> tuple[OutcomeBeside, ...]:
    """Each outcome of any version by its id, named as the first version that has it does."""
    standing = [
        {key: (risk, status) for key, risk, status in outcome_status(plan, quarter, actuals).iter_rows()}
        for plan in versions
    ]
    statuses = [{key: status for key, (_, status) in found.items()} for found in standing]
    worse = [set(worsened(statuses[0], found)) for found in statuses]
    names: dict[str, str] = {}
    for plan in versions:
        for key, name in plan["outcomes"].select("outcome_id", "name").iter_rows():
            names.setdefault(key, name)
    return tuple(
        OutcomeBeside(
            outcome_id=key,
            name=names[key],
            statuses=tuple(found.get(key, "") for found in statuses),
            at_risk=Beside(tuple(_at_risk(found.get(key)) for found in standing)),
            money=Beside(
                tuple(
                    Figure(float(money.get(key, 0.0))) if key in found else Figure.missing(NO_OUTCOME)
                    for found, money in zip(standing, served, strict=True)
                )
            ),
            worse=tuple(key in found for found in worse),
        )
        for key in sorted(names)
    )


def _at_risk(standing: tuple[float | None, str] | None) -> Figure:
    if standing is None:
        return Figure.missing(NO_OUTCOME)
    return Figure.missing(NO_PATH) if standing[0] is None else Figure(standing[0])

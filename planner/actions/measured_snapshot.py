"""The measures of one version as a document with fixed keys: sight, load, heat, status, benefits, worth; no refresh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.actions.measured_cells import Cells, maybe_rounded, rounded
from planner.rules.benefits import benefit_rates
from planner.rules.capacity import NO_CAPACITY, overloads
from planner.rules.conflicts import dependency_conflicts
from planner.rules.figure import Figure
from planner.rules.flow import started_finished, throughput
from planner.rules.heat import capability_heat, hot_and_unserved
from planner.rules.hit_rates import hit_rates
from planner.rules.measures import aligned_share, money_ahead, money_by_outcome
from planner.rules.outcome_status import kpi_standing, outcome_status
from planner.rules.sight import coverage, live_projects, orphan_projects, up_shares, value_points
from planner.rules.single_points import single_points
from planner.rules.worth import worth_of_projects

if TYPE_CHECKING:
    import polars as pl

    from planner.actions.measuring import Measured
    from planner.rules.home import Dated
    from planner.rules.worth import Worth


def snapshot_document(measured: Measured, cells: Cells) -> dict[str, Any]:
    """The document of a version; money keys end in the plan's currency, as `total_future_gbp`."""
    now, ledgers = measured.now, measured.ledgers
    plan, quarter = now.plan, now.quarter
    over = overloads(plan, quarter)
    ahead = money_key("total_future", plan.settings.currency)
    return {
        "projects": plan["projects"].height,
        "live": live_projects(plan).height,
        ahead: cells.whole(ahead, money_ahead(plan, quarter)),
        "started_finished": _flow(now, ledgers["delivery_history"], cells.under("started_finished")),
        "line_of_sight": _sight(now, cells.under("line_of_sight")),
        "spof": _single_points(now),
        "overloads": [
            {"team": team, "quarter": label, "u": maybe_rounded(used), "over_pd": days}
            for team, label, used, days in over.select(
                "team_id", "quarter", "utilisation", "over"
            ).iter_rows()
        ],
        "overload_team_quarters": cells.whole("overload_team_quarters", _over(now, over)),
        "heat": {
            key: {"gap": maybe_rounded(gap), "heat": heat, "band": band}
            for key, gap, heat, band in capability_heat(plan)
            .select("capability_id", "gap", "heat", "band")
            .iter_rows()
        },
        **_outcomes(now, ledgers["kpi_actuals"]),
        "brr": _benefits(measured, cells),
        "bei": _hit_rates(measured, cells.under("bei")),
        "conflicts": [
            {"predecessor": first, "successor": then, "kind": kind, "short_by": short}
            for first, then, kind, short in dependency_conflicts(plan).iter_rows()
        ],
        "project_value": {key: rounded(points) for key, points in value_points(plan).iter_rows() if points},
        "npv": _worth(measured),
    }


def money_key(name: str, currency: str) -> str:
    """The name of a money cell, with the currency where the plan has one."""
    return f"{name}_{currency.lower()}" if currency else name


def _flow(now: Dated, history: pl.DataFrame, cells: Cells) -> dict[str, Any]:
    flow = started_finished(now.plan, now.quarter, history)
    pace = throughput(now.plan, now.quarter, history)
    return {
        "delivered_last_year": flow.delivered,
        "in_progress_now": flow.in_progress,
        "ratio": cells.number("ratio", flow.ratio),
        "finished_last_4q": pace.finished,
        "throughput_per_quarter": rounded(pace.a_quarter),
        "little_cycle_time": cells.number("little_cycle_time", pace.expected),
    }


def _sight(now: Dated, cells: Cells) -> dict[str, Any]:
    plan, shares = now.plan, up_shares(now.plan)
    spent = dict(money_by_outcome(plan, now.quarter, shares).iter_rows())
    covered = dict(coverage(plan).iter_rows())
    return {
        "aligned_share": cells.number("aligned_share", aligned_share(plan, now.quarter, shares)),
        "spend_by_outcome": {key: rounded(money) for key, money in spent.items()},
        "total": cells.whole("total", money_ahead(plan, now.quarter)),
        "orphan_projects": orphan_projects(plan, shares),
        "covered": {key: rounded(share) for key, share in covered.items()},
        "capabilities_with_gap_and_no_live_project": hot_and_unserved(plan),
    }


def _single_points(now: Dated) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for outcome, _tier, key in single_points(now.plan).iter_rows():
        found.setdefault(outcome, []).append(key)
    return found


def _over(now: Dated, over: pl.DataFrame) -> Figure:
    known = now.plan["capacity"]["fte"].drop_nulls().len()
    return Figure(float(over.height)) if known else Figure.missing(NO_CAPACITY)


def _outcomes(now: Dated, actuals: pl.DataFrame) -> dict[str, Any]:
    """How each outcome and each of its measures stands."""
    kpis = list(kpi_standing(now.plan, now.quarter, actuals).iter_rows(named=True))
    of_outcome: dict[str, list[str]] = {}
    for row in kpis:
        of_outcome.setdefault(row["outcome_id"], []).append(row["rag"])
    status = outcome_status(now.plan, now.quarter, actuals)
    return {
        "outcome_risk": {
            key: {"at_risk_share": maybe_rounded(risk), "kpi": of_outcome.get(key, []), "status": said}
            for key, risk, said in status.iter_rows()
        },
        "kpi": {
            row["kpi_id"]: {
                "quarter": row["at"],
                **{name: maybe_rounded(row[name]) for name in ("path", "actual", "attainment", "progress")},
                "rag": row["rag"],
            }
            for row in kpis
        },
    }


def _benefits(measured: Measured, cells: Cells) -> dict[str, Any] | None:
    ledgers = measured.ledgers
    rates = benefit_rates(measured.now.quarter, ledgers["benefits"], ledgers["benefit_actuals"])
    total = cells.number("brr", rates.whole)
    if total is None:
        return None
    return {
        "total": total,
        "projected": rates.projected,
        "actual": rates.actual,
        "by_outcome": _rates(rates.by_outcome),
        "by_project": _rates(rates.by_project),
    }


def _rates(rates: pl.DataFrame) -> dict[str, float]:
    return {key: rounded(rate) for key, *_, rate in rates.iter_rows()}


def _hit_rates(measured: Measured, cells: Cells) -> dict[str, Any]:
    found = hit_rates(measured.snapshots[0].plan, measured.now.plan, measured.now.quarter)
    return {
        "due": found.due,
        "done": found.done,
        "bei": cells.number("bei", found.execution),
        "hit_rate": cells.number("hit_rate", found.hit_rate),
    }


def _worth(measured: Measured) -> dict[str, Any]:
    """The worth of the projects that have a business case: these are the figures of the case (DOMAIN 1.3 K5.5)."""
    cases = set(measured.ledgers["business_cases"]["project_id"])
    found = worth_of_projects(measured.now.plan, measured.now.quarter)
    return {key: _worth_of(one) for key, one in found.items() if key in cases}


def _worth_of(one: Worth) -> dict[str, float | None]:
    return {
        "pv_cost": rounded(one.cost),
        "pv_benefit": rounded(one.benefit),
        "npv": rounded(one.net),
        "bcr": maybe_rounded(one.ratio.value),
        "rnpv": maybe_rounded(one.risk_adjusted.value),
    }

"""Checks of single rows: what is missing, dates that contradict each other or the status, money; all of them warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.edit import row_id_expr
from planner.model.tables import TABLES
from planner.rules.checks_words import found
from planner.rules.sight import live_projects
from planner.rules.zones import ordinal_of_day, ordinal_of_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model.finding import Finding
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

NOT_FUNDED = ("unfunded", "requested")
_NEEDED = {
    "projects": (
        ("why", "why_missing"),
        ("sponsor", "sponsor_missing"),
        ("cost", "cost_missing"),
        ("start_date", "start_missing"),
        ("end_date", "end_missing"),
    ),
    "outcomes": (
        ("why", "why_missing"),
        ("owner", "owner_missing"),
        ("weight", "weight_missing"),
        ("need_by", "need_by_missing"),
    ),
    "enablers": (("owner_team_id", "owner_missing"),),
}


def row_findings(plan: Plan, quarter: Quarter) -> Iterator[Finding]:
    """All warnings about rows that need no other row to be seen."""
    yield from _missing(plan)
    yield from _measures(plan)
    yield from _goals(plan)
    yield from _strengths(plan)
    yield from _parties(plan)
    yield from _dates(plan)
    yield from _status_against_dates(plan, quarter)
    yield from _funding(plan)
    yield from _benefits(plan)
    yield from _money(plan)


def active_outcomes(plan: Plan) -> pl.DataFrame:
    """The outcomes that are still wanted: neither achieved nor retired."""
    return plan["outcomes"].filter(~pl.col("status").fill_null("").is_in(["achieved", "retired"]))


def _missing(plan: Plan) -> Iterator[Finding]:
    wanted = {
        "projects": live_projects(plan),
        "outcomes": active_outcomes(plan),
        "enablers": plan["enablers"],
    }
    for name, fields in _NEEDED.items():
        rows = wanted[name].with_columns(row_id_expr(name))
        for field, code in fields:
            broken = rows.filter(pl.col(field).is_null()).select("id", "name")
            yield from found(code, name, broken, field, one=TABLES[name].one, example=plan.calendar.example)


def _measures(plan: Plan) -> Iterator[Finding]:
    outcomes = active_outcomes(plan).join(plan["kpis"], on="outcome_id", how="anti")
    yield from found(
        "outcome_no_kpi", "outcomes", outcomes.select(pl.col("outcome_id").alias("id"), "name"), "kpis"
    )
    for field, missing in (("target_value", "target"), ("target_quarter", "quarter for its target")):
        broken = plan["kpis"].filter(pl.col(field).is_null()).select(pl.col("kpi_id").alias("id"), "name")
        yield from found("kpi_no_target", "kpis", broken, field, missing=missing)
    still = plan["kpis"].filter(pl.col("target_value") == pl.col("baseline_value"))
    yield from found(
        "target_is_start", "kpis", still.with_columns(pl.col("kpi_id").alias("id")), "target_value"
    )


def _goals(plan: Plan) -> Iterator[Finding]:
    """The goal of a capability is where it stands or above (DOMAIN 2.3)."""
    broken = plan["capabilities"].filter(pl.col("maturity_target") < pl.col("maturity_current"))
    rows = broken.with_columns(pl.col("capability_id").alias("id"))
    yield from found("goal_below_now", "capabilities", rows, "maturity_target")


def _strengths(plan: Plan) -> Iterator[Finding]:
    broken = plan["links"].filter(pl.col("strength").is_null()).with_columns(row_id_expr("links"))
    yield from found("strength_missing", "links", broken, "strength")


def _parties(plan: Plan) -> Iterator[Finding]:
    outside = (pl.col("kind") == "external") & pl.col("external_party").is_null()
    broken = plan["dependencies"].filter(outside).with_columns(row_id_expr("dependencies"))
    yield from found("party_missing", "dependencies", broken, "external_party")


def _projects(plan: Plan) -> pl.DataFrame:
    return plan["projects"].with_columns(pl.col("project_id").alias("id"))


def _dates(plan: Plan) -> Iterator[Finding]:
    broken = _projects(plan).filter(pl.col("end_date") < pl.col("start_date"))
    yield from found("end_before_start", "projects", broken, "end_date")


def _status_against_dates(plan: Plan, quarter: Quarter) -> Iterator[Finding]:
    """What the status says against what the dates say, seen from the version's quarter (DOMAIN 2.5)."""
    status = pl.col("status")
    placed = _projects(plan).with_columns(
        starts=ordinal_of_day("start_date", plan.calendar) - quarter.ordinal,
        ends=ordinal_of_day("end_date", plan.calendar) - quarter.ordinal,
    )
    rules = (
        ("done_in_future", (status == "done") & (pl.col("ends") > 0), "end_date"),
        ("planned_but_due", status.is_in(["proposed", "planned"]) & (pl.col("starts") < 0), "start_date"),
        ("in_progress_early", (status == "in_progress") & (pl.col("starts") > 0), "start_date"),
        ("in_progress_overdue", (status == "in_progress") & (pl.col("ends") < 0), "end_date"),
    )
    for code, broken, field in rules:
        yield from found(code, "projects", placed.filter(broken), field, quarter=plan.calendar.label(quarter))


def _funding(plan: Plan) -> Iterator[Finding]:
    """Work in progress has its money, or must be done (DOMAIN 2.5)."""
    unpaid = pl.col("funding_status").is_in(NOT_FUNDED) & (pl.col("kind").fill_null("") != "mandatory")
    broken = _projects(plan).filter((pl.col("status") == "in_progress") & unpaid)
    yield from found("not_funded", "projects", broken, "funding_status")


def _benefits(plan: Plan) -> Iterator[Finding]:
    """A benefit begins in a known quarter, after the one in which the project ends (DOMAIN 2.3)."""
    live = live_projects(plan).with_columns(pl.col("project_id").alias("id"))
    begins, ends = ordinal_of_label("benefit_start_quarter"), ordinal_of_day("end_date", plan.calendar)
    yield from found("benefit_before_end", "projects", live.filter(begins <= ends), "benefit_start_quarter")
    unplaced = (pl.col("benefit_annual") > 0) & pl.col("benefit_start_quarter").is_null()
    yield from found("benefit_no_start", "projects", live.filter(unplaced), "benefit_start_quarter")


def _money(plan: Plan) -> Iterator[Finding]:
    for name, table in TABLES.items():
        for column in table.columns:
            if column.kind == "money" and plan[name].height:
                owing = plan[name].filter(pl.col(column.name) < 0)
                broken = owing.select(row_id_expr(name), pl.col(column.name).alias("value"))
                yield from found(
                    "money_negative", name, broken, column.name, one=table.one, Label=column.label
                )
    for name in ("projects", "phasing"):
        above = plan[name].filter(pl.col("capex") > pl.col("cost"))
        broken = above.select(row_id_expr(name), "capex", "cost")
        yield from found("capex_above_cost", name, broken, "capex", one=TABLES[name].one)

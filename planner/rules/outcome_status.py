"""How each outcome stands: on course, at risk, in trouble or too early, by its projects and measures (DOMAIN 3.11, 3.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure
from planner.rules.sight import down_shares
from planner.rules.zones import from_quarter, ordinal_of_label

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

GREEN, AMBER, RED, GREY = "green", "amber", "red", "grey"
RISK_RED, RISK_AMBER = 0.40, 0.20
ON_COURSE, NEARLY = 0.95, 0.80
EARLY = 0.10  # a measure is rated once its path has gone this part of the way
NO_BENEFITS = "No benefit was promised for a quarter that is over."


def kpi_standing(plan: Plan, quarter: Quarter, actuals: pl.DataFrame | None) -> pl.DataFrame:
    """Each measure at the last quarter before `quarter` that has an actual.

    kpi_id, outcome_id, name, unit, decimals, at (quarter label), actual, path, attainment (actual by path, from
    the start value), progress (actual by target), rag. `actuals` is the ledger kpi_actuals; of several values of
    one quarter the last row counts, and none that was recorded for a later version.
    """
    latest = _latest_actuals(quarter, actuals)
    kpis = plan["kpis"].unique("kpi_id", keep="first").join(latest, on="kpi_id", how="left")
    typed = (
        plan["kpi_targets"]
        .rename({"target_value": "typed", "quarter": "at"})
        .unique(["kpi_id", "at"], keep="first")
    )
    with_path = kpis.join(typed, on=["kpi_id", "at"], how="left").with_columns(path_value=_path())
    start, way = pl.col("baseline_value"), pl.col("path_value") - pl.col("baseline_value")
    whole = pl.col("target_value") - start
    gone = pl.col("actual") - start
    rated = with_path.with_columns(
        attainment=pl.when((way / whole >= EARLY) & (way != 0)).then(gone / way),
        progress=pl.when((way / whole >= EARLY) & (whole != 0)).then(gone / whole),
    )
    return rated.select(
        "kpi_id", "outcome_id", "name", "unit", "decimals", "at", "actual",
        pl.col("path_value").alias("path"), "attainment", "progress", _kpi_rag(),
    ).sort("kpi_id")  # fmt: skip


def _latest_actuals(quarter: Quarter, actuals: pl.DataFrame | None) -> pl.DataFrame:
    empty = pl.DataFrame(schema={"kpi_id": pl.String, "at": pl.String, "actual": pl.Float64})
    if actuals is None or actuals.is_empty():
        return empty
    known = actuals.filter(pl.col("actual_value").is_not_null())
    if "recorded_in_snapshot" in known.columns:
        said = pl.col("recorded_in_snapshot").str.replace(r"\.r\d+$", "").alias("said")
        known = known.with_columns(said).filter(
            pl.col("said").is_null() | (from_quarter("said", quarter) <= 0)
        )
    before = known.filter(from_quarter("quarter", quarter) < 0).with_columns(when=ordinal_of_label("quarter"))
    last = before.sort("when", maintain_order=True).unique("kpi_id", keep="last", maintain_order=True)
    return last.select(
        "kpi_id", pl.col("quarter").alias("at"), pl.col("actual_value").cast(pl.Float64).alias("actual")
    )


def _path() -> pl.Expr:
    """The value a measure should have: the typed one, else on the line to its target; a step rises only at its end."""
    begun, due = ordinal_of_label("baseline_quarter"), ordinal_of_label("target_quarter")
    part = ((ordinal_of_label("at") - begun) / (due - begun)).clip(0.0, 1.0)
    stepped = pl.when(part >= 1).then(1.0).otherwise(0.0)
    share = pl.when(pl.col("path") == "stepped").then(stepped).otherwise(part)
    line = pl.col("baseline_value") + (pl.col("target_value") - pl.col("baseline_value")) * share
    return pl.coalesce("typed", line)


def _kpi_rag() -> pl.Expr:
    attained = pl.col("attainment")
    known = pl.when(attained.is_null()).then(pl.lit(GREY)).when(attained >= ON_COURSE).then(pl.lit(GREEN))
    return known.when(attained >= NEARLY).then(pl.lit(AMBER)).otherwise(pl.lit(RED)).alias("rag")


def outcome_status(plan: Plan, quarter: Quarter, actuals: pl.DataFrame | None = None) -> pl.DataFrame:
    """How each outcome stands: outcome_id, at_risk (0 to 1, null without a path), status.

    Red: 0.40 at risk, or all its rated measures red and 0.20 at risk, or no path. Amber: 0.20 at risk, or a
    measure amber or red. Grey where nothing is known: no measure rated, and no project on its path rated or late.
    An achieved outcome is green and a retired one grey, whatever became of its projects.
    """
    risk = _risk(plan)
    standing = plan["outcomes"].select("outcome_id", pl.col("status").alias("closed"))
    outcomes = standing.unique("outcome_id", keep="first").join(risk, on="outcome_id", how="left")
    kpis = (
        kpi_standing(plan, quarter, actuals)
        .group_by("outcome_id")
        .agg(
            (pl.col("rag") != GREY).sum().alias("rated"),
            (pl.col("rag") == RED).sum().alias("reds"),
            pl.col("rag").is_in([AMBER, RED]).sum().alias("off"),
        )
    )
    both = outcomes.join(kpis, on="outcome_id", how="left").with_columns(
        pl.col("rated", "reds", "off").fill_null(0)
    )
    return both.select("outcome_id", "at_risk", _status().alias("status")).sort("outcome_id")


def _risk(plan: Plan) -> pl.DataFrame:
    """What part of each outcome rests on work in danger: outcome_id, at_risk, known (something is known of it)."""
    projects = (
        plan["projects"].select("project_id", "status", "rag", "end_date").unique("project_id", keep="first")
    )
    needed = plan["outcomes"].select("outcome_id", "need_by").unique("outcome_id", keep="first")
    paths = down_shares(plan).join(projects, on="project_id").join(needed, on="outcome_id")
    done = pl.col("status").fill_null("") == "done"
    late = (pl.col("end_date") > pl.col("need_by")).fill_null(value=False)
    danger = (
        pl.when(done)
        .then(0.0)
        .when((pl.col("rag") == RED) | late)
        .then(1.0)
        .when(pl.col("rag") == AMBER)
        .then(0.5)
    ).otherwise(0.0)
    known = done | late | pl.col("rag").is_in([GREEN, AMBER, RED]).fill_null(value=False)
    share = pl.col("share")
    return paths.group_by("outcome_id").agg(
        ((share * danger).sum() / share.sum()).alias("at_risk"), known.any().alias("known")
    )


def _status() -> pl.Expr:
    risk, rated, reds, off = (pl.col(name) for name in ("at_risk", "rated", "reds", "off"))
    all_red = (rated > 0) & (reds == rated)
    is_red = risk.is_null() | (risk >= RISK_RED) | (all_red & (risk >= RISK_AMBER))
    unknown = ~pl.col("known").fill_null(value=False) & (rated == 0)
    closed = pl.when(pl.col("closed") == "achieved").then(pl.lit(GREEN))
    red = closed.when(pl.col("closed") == "retired").then(pl.lit(GREY)).when(is_red).then(pl.lit(RED))
    amber = red.when((risk >= RISK_AMBER) | (off > 0)).then(pl.lit(AMBER))
    return amber.when(unknown).then(pl.lit(GREY)).otherwise(pl.lit(GREEN))


def benefit_rate(quarter: Quarter, benefit_actuals: pl.DataFrame | None) -> Figure:
    """What the benefits brought by what was promised at approval, in quarters before `quarter` (DOMAIN 3.16).

    `benefit_actuals` is the ledger: benefit_id, quarter, projected, actual. A quarter without both is left out.
    """
    if benefit_actuals is None or benefit_actuals.is_empty():
        return Figure.missing(NO_BENEFITS)
    last = closed_benefits(quarter, benefit_actuals)
    return Figure.ratio(float(last["actual"].sum()), float(last["projected"].sum()), NO_BENEFITS)


def closed_benefits(quarter: Quarter, benefit_actuals: pl.DataFrame) -> pl.DataFrame:
    """The last row of each benefit and quarter before `quarter` that says both what was promised and what came."""
    over = benefit_actuals.filter(from_quarter("quarter", quarter) < 0)
    return over.unique(["benefit_id", "quarter"], keep="last", maintain_order=True).drop_nulls(
        ["projected", "actual"]
    )

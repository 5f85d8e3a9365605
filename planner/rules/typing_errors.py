"""Changes that look like typing errors: a date decades away, a cost a hundred times as much; it mends and drops nothing.

One wrong digit swamps every sum and mean of a drift (an end year of 2108 for 2028 is 320 quarters of slip), and no
formula can know what was meant. So what looks wrong is named, and totals are told with it and without it.

The rule: a start or a finish that moved by `threshold_typing_years` (20) years or more between two versions, which is
longer than a plan looks ahead; a cost or a yearly benefit that became `threshold_typing_times` (100) times as much or
less, as where pounds were written for thousands. What was nothing or is not known is no such thing.
"""

from __future__ import annotations

import polars as pl

from planner.model.plan import Plan

_DATES, _MONEY = ("start_date", "end_date"), ("cost", "benefit_annual")
_YEAR = 365.25


def likely_typing_errors(baseline: Plan, current: Plan) -> pl.DataFrame:
    """The cells of projects that look mistyped on one side: project_id, name, field, size, by id and field.

    `size` is in years for dates (later is positive), else how many times as much it became (0.01 is a hundredth).
    """
    fields = (*_DATES, *_MONEY)
    before = baseline["projects"].select(
        "project_id", *(pl.col(name).alias(f"{name}_before") for name in fields)
    )
    both = current["projects"].select("project_id", "name", *fields).join(before, on="project_id")
    years = current.settings.number("threshold_typing_years")
    times = current.settings.number("threshold_typing_times")
    parts = []
    for field in fields:
        was, now = pl.col(f"{field}_before"), pl.col(field)
        if field in _DATES:
            size, doubtful = (now - was).dt.total_days() / _YEAR, pl.col("size").abs() >= years
        else:
            size = now / pl.when(was > 0).then(was)
            doubtful = (pl.col("size") > 0) & ((pl.col("size") >= times) | (pl.col("size") <= 1 / times))
        sized = both.select("project_id", "name", field=pl.lit(field), size=size.cast(pl.Float64))
        parts.append(sized.filter(doubtful))
    return pl.concat(parts).sort("project_id", "field")


def without_projects(plan: Plan, ids: pl.Series) -> Plan:
    """The plan without some projects and their money by quarter, for totals that leave them out."""
    left = ~pl.col("project_id").is_in(ids.implode())
    return Plan({**plan.frames, **{name: plan[name].filter(left) for name in ("projects", "phasing")}})


def typing_words(field: str, size: float) -> str:
    """Why a change is doubted: 'its finish is 80 years later', 'its cost is 1,000 times as much'."""
    noun = {"start_date": "start", "end_date": "finish", "cost": "cost"}.get(field, "benefit")
    if field in _DATES:
        return f"its {noun} is {abs(size):,.0f} years {'later' if size > 0 else 'earlier'}"
    if size >= 1:
        return f"its {noun} is {size:,.0f} times as much"
    return f"its {noun} is a {1 / size:,.0f}th of what it was"

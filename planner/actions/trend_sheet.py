"""The history of a plan as a CSV file: a row for each snapshot, with the refresh that led to it; it chooses none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from planner.actions.sheets import sheet_bytes
from planner.rules.verdict import VERDICT_WORDS

if TYPE_CHECKING:
    from planner.actions.trend import History
    from planner.rules.figure import Figure
    from planner.rules.trend_points import TrendPoint
    from planner.rules.trend_steps import TrendStep

_COUNTS = ("added", "removed", "started", "completed", "later", "earlier")


def trend_bytes(found: History) -> bytes:
    """Write the history for spreadsheets; a cell that cannot be computed is empty, and `reason` says why."""
    rows = []
    for at, (version, point) in enumerate(zip(found.versions, found.points, strict=True)):
        step = found.steps[at - 1] if at else None
        begun = {"snapshot": version.label, "as_of": version.as_of, **_step(step), **_point(point)}
        rows.append({**begun, "reason": _reasons(step, point)})
    return sheet_bytes(pl.DataFrame(rows, infer_schema_length=None))


def _step(step: TrendStep | None) -> dict[str, Any]:
    """The cells of a refresh; the first snapshot has none."""
    if step is None:
        shares = ("money_moved", "projects_changed", "evidence_share", "index")
        return {"verdict": None, **dict.fromkeys((*shares, *_COUNTS))}
    return {
        "verdict": VERDICT_WORDS.get(step.verdict.word),
        "money_moved": step.churn.value,
        "projects_changed": step.volatility.value,
        "evidence_share": step.evidence.value,
        "index": step.verdict.index.value,
        **{name: step.counts[name] for name in _COUNTS},
    }


def _figures(point: TrendPoint) -> dict[str, Figure]:
    """The figures of a snapshot that may be missing: amounts and counts, and then shares."""
    return {
        "live_cost": point.live_cost,
        "money_ahead": point.money_ahead,
        "benefit_annual": point.benefit,
        "orphan_projects": point.orphans,
        "outcomes_without_project": point.uncovered,
        **_shares(point),
    }


def _shares(point: TrendPoint) -> dict[str, Figure]:
    return {
        "line_of_sight": point.aligned,
        "benefit_rate": point.realised,
        "done_by_due": point.hits.execution,
        "hit_rate": point.hits.hit_rate,
    }


def _point(point: TrendPoint) -> dict[str, Any]:
    """The cells of a snapshot."""
    shares = _shares(point)
    return {
        "live": point.live,
        "in_progress": point.in_progress,
        "done": point.done,
        "due": point.hits.due,
        **{
            name: one.value if one.value is None or name in shares else round(one.value)
            for name, one in _figures(point).items()
        },
    }


def _reasons(step: TrendStep | None, point: TrendPoint) -> str:
    """Why cells of a row are empty, each reason once."""
    of_step = (
        ["The first snapshot."]
        if step is None
        else [step.verdict.reason, *(one.reason for one in (step.churn, step.volatility, step.evidence))]
    )
    said = [*of_step, *(one.reason for one in _figures(point).values() if one.value is None)]
    return " ".join(dict.fromkeys(reason for reason in said if reason))

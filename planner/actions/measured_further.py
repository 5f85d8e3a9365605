"""The measures beyond the fixed documents: finishes by way, alarms, reasons, sight, forecasts, trends; rows included."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.actions.measured_cells import Cells, known_with, maybe_rounded, rounded
from planner.model.quarter import Quarter
from planner.rules.forecast_accuracy import (
    finish_accuracy,
    finish_forecasts,
    spend_accuracy,
    spend_forecasts,
)
from planner.rules.milestone_trend import trends

if TYPE_CHECKING:
    import polars as pl

    from planner.actions.measuring import Measured as MeasuredVersion
    from planner.model.quarter import Calendar
    from planner.rules.figure import Figure, Measured
    from planner.rules.finish_counts import FinishCounts, Moved
    from planner.rules.refresh_measures import RefreshMeasures


def further_of_snapshot(measured: MeasuredVersion, cells: Cells) -> dict[str, Any]:
    """How good forecasts were so far, and the trend of each finish, the one furthest behind first."""
    snapshots, settings, calendar = measured.snapshots, measured.now.plan.settings, measured.now.plan.calendar
    actuals = measured.ledgers["project_actuals"]
    finish = finish_accuracy(finish_forecasts(snapshots), settings)
    spend = spend_accuracy(spend_forecasts(snapshots, actuals), settings)
    lines = trends(snapshots, settings.whole("threshold_trend_points"))
    return {
        "forecast_accuracy": {
            "finish": {
                "mae": cells.number("forecast_accuracy/finish/mae", finish.figure),
                **_by_lead(finish),
            },
            "spend": {"wape": cells.number("forecast_accuracy/spend/wape", spend.figure), **_by_lead(spend)},
        },
        "milestone_trend": [_trend(row, calendar) for row in lines.iter_rows(named=True)],
    }


def _by_lead(found: Measured) -> dict[str, Any]:
    return {"by_lead": _rows(found.rows)}


def _trend(row: dict[str, Any], calendar: Calendar) -> dict[str, Any]:
    return {
        "project": row["project_id"],
        "planned": calendar.label(Quarter(row["planned"])),
        "slope": maybe_rounded(row["slope"]),
        "trend_finish": None if row["trend_finish"] is None else calendar.label(Quarter(row["trend_finish"])),
        "reason": row["reason"],
    }


def further_of_refresh(found: RefreshMeasures, calendar: Calendar, cells: Cells) -> dict[str, Any]:
    """What a refresh did beyond its fixed document."""
    bridge, sight = found.bridge, found.sight
    quarters = found.step.cadence.rows.iter_rows()
    return {
        "finishes": _finishes(found.finishes, cells.under("finishes")),
        "cost": {
            "up": cells.whole("cost/up", known_with(bridge.growth, bridge.up)),
            "down": cells.whole("cost/down", known_with(bridge.growth, bridge.down)),
            "appeared": bridge.appeared,
            "vanished": bridge.vanished,
            "finished": bridge.finished,
            "live_after": bridge.live_after,
        },
        "cost_alarms": {
            "count": cells.whole("cost_alarms/count", found.alarms.figure),
            "rows": _rows(found.alarms.rows),
        },
        "big_moves": [
            {"project": move.project_id, "kinds": list(move.kinds), "evidence": list(move.evidence)}
            for move in found.step.moves
        ],
        "cadence": {
            "share": cells.number("cadence/share", found.step.cadence.figure),
            "quarters": {calendar.label(Quarter(at)): sealed for at, sealed in quarters},
        },
        "reason_mix": {
            "with_reason": cells.number("reason_mix/with_reason", found.reasons.figure),
            "rows": _rows(found.reasons.rows),
        },
        "justification_drift": {
            "projects": cells.whole("justification_drift/projects", found.justification.figure),
            "rows": _rows(found.justification.rows),
        },
        "sight_erosion": {
            "before": cells.number("sight_erosion/before", sight.before),
            "after": cells.number("sight_erosion/after", sight.after),
            "change": cells.number("sight_erosion/change", sight.change),
            "money_lost": cells.whole("sight_erosion/money_lost", sight.lost.figure),
            "rows": _rows(sight.lost.rows),
        },
    }


def _finishes(found: FinishCounts, cells: Cells) -> dict[str, Any]:
    return {
        "quarters": _moved(found.quarters, cells.under("quarters")),
        "days": _moved(found.days, cells.under("days")),
        "set": found.set,
        "cleared": found.cleared,
        "unknown": found.unknown,
    }


def _moved(moved: Moved, cells: Cells) -> dict[str, Any]:
    medians: dict[str, Figure] = {
        "later_median": moved.later_median,
        "earlier_median": moved.earlier_median,
        "median": moved.median,
    }
    return {
        "later": moved.later,
        "earlier": moved.earlier,
        "same": moved.same,
        "later_sum": moved.later_sum,
        "earlier_sum": moved.earlier_sum,
        "net": moved.net,
        **{name: cells.number(name, figure) for name, figure in medians.items()},
    }


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, their numbers rounded."""
    return [
        {name: rounded(value) if isinstance(value, float) else value for name, value in row.items()}
        for row in frame.iter_rows(named=True)
    ]

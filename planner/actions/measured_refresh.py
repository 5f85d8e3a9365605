"""The measures of a refresh as a document with fixed keys: churn, counts, slip, cost, verdict; no version's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.actions.measured_cells import Cells, known_with, rounded
from planner.actions.measured_snapshot import money_key
from planner.rules.measures import live_cost
from planner.rules.sight import live_projects

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.rules.churn import Churn
    from planner.rules.refresh_measures import RefreshMeasures

_MOST_DISTURBED = 3


def refresh_document(found: RefreshMeasures, plans: tuple[Plan, Plan], cells: Cells) -> dict[str, Any]:
    """The document of a refresh between two plans; money keys end in the plan's currency."""
    currency = plans[1].settings.currency
    return {
        "churn": _churn(found.churn, currency, cells.under("churn")),
        "top_disruption": [
            [key, rounded(money / found.churn.base_weighted)]
            for key, money in found.churn.disturbed.head(_MOST_DISTURBED).iter_rows()
            if found.churn.base_weighted
        ],
        "counts": {
            "live_before": live_projects(plans[0]).height,
            "changed": found.volatility.rows.height,
            "added": found.added,
            "removed": found.removed,
            "volatility": cells.number("counts/volatility", found.volatility.figure),
            "events": found.events,
        },
        "kinds": dict(found.kinds),
        "slip": _slip(found, cells.under("slip")),
        "value_disturbed": cells.number("value_disturbed", found.value_disturbed.figure),
        "cost": _cost(found, plans, cells.under("cost")),
        "verdict": _verdict(found, cells.under("verdict")),
    }


def _churn(churn: Churn, currency: str, cells: Cells) -> dict[str, Any]:
    zones = {zone: cells.number(zone, figure) for zone, figure in churn.zones.items()}
    return {
        "firm": zones["firm"],
        "weighted": cells.number("weighted", churn.weighted),
        "all": cells.number("all", churn.overall),
        "planned": zones["planned"],
        "outline": zones["outline"],
        money_key("base_weighted", currency): rounded(churn.base_weighted),
        money_key("base", currency): rounded(churn.base),
        "stability": cells.number("stability", churn.stability),
    }


def _slip(found: RefreshMeasures, cells: Cells) -> dict[str, Any]:
    slip = found.slip
    return {
        "n": slip.count,
        "mean_slip": cells.number("mean_slip", slip.mean),
        "slip_rate": cells.number("slip_rate", slip.rate),
        "value_weighted_net": cells.number("value_weighted_net", slip.weighted),
        "value_weighted_gross": cells.number("value_weighted_gross", slip.gross),
    }


def _cost(found: RefreshMeasures, plans: tuple[Plan, Plan], cells: Cells) -> dict[str, Any]:
    """The bridge; without any known cost on a side that side is empty, for nothing known is not nothing."""
    bridge, (before, after) = found.bridge, (live_cost(plan) for plan in plans)
    either = after if before.value is None else before
    growth = cells.number("growth", bridge.growth)
    return {
        "before": cells.whole("before", known_with(before, bridge.before)),
        "like_for_like": cells.whole("like_for_like", known_with(bridge.growth, bridge.like_for_like)),
        "added": cells.whole("added", known_with(either, bridge.added)),
        "removed": cells.whole("removed", known_with(either, bridge.removed)),
        "after": cells.whole("after", known_with(either, bridge.after)),
        "growth": growth,
    }


def _verdict(found: RefreshMeasures, cells: Cells) -> dict[str, Any]:
    said = found.step.verdict
    if not said.word:
        cells.empty[f"{cells.place}/label"] = said.reason
    return {
        "churn_weighted": cells.number("churn_weighted", found.churn.weighted),
        "evidence_share": cells.number("evidence_share", found.step.evidence.figure),
        "big_bangs": sorted(move.project_id for move in found.step.moves),
        "label": said.word or None,
        "knee_jerk_index": cells.number("knee_jerk_index", said.index),
    }

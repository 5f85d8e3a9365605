"""The planning meaning of differences: the kinds of FORMAT's drift table (rules in DOMAIN 3.2); no row is found here.

Each kind is a rule over the changed rows of one table, held as data. Which kinds a stopped project keeps,
and which of two kinds stands on a cell, is settled in `drift_events`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import CLOSED_STATUSES, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.model.settings import PlanSettings

_DECIMALS = 9  # of a difference of measured values: 4.5 - 4.2 is 0.3
_APPEARING = ("date", "quarter", "money")


@dataclass(frozen=True)
class Kind:
    """One rule: the kind it gives, the cell it is about, where it holds, and its size.

    `where` and `amount` read the columns of the current side by name and those of the baseline as
    `<field>_before`; a row where `where` is not known does not have the kind. Without a `where` it holds
    wherever its cell differs. Where `unknown` names a column, it only holds where that is not known.
    """

    kind: str
    field: str
    where: pl.Expr | None = None
    amount: pl.Expr | None = None
    unit: str | pl.Expr = ""
    unknown: str = ""


def is_live(status: pl.Expr) -> pl.Expr:
    """Whether a status counts as live: all but done and cancelled; an empty one counts as live."""
    return ~status.is_in(CLOSED_STATUSES).fill_null(value=False)


@dataclass(frozen=True)
class Limits:
    """What the rules take from a plan's settings: its currency, and from where on a move counts."""

    currency: str
    benefit_share: float
    confidence_points: int
    refunded_points: int

    @classmethod
    def of(cls, settings: PlanSettings) -> Limits:
        """The limits that a plan sets."""
        return cls(
            settings.currency,
            settings.number("benefit_share"),
            settings.whole("confidence_points"),
            settings.whole("threshold_refunded"),
        )


@lru_cache(maxsize=256)
def kinds_of_table(table: str, limits: Limits) -> tuple[Kind, ...]:
    """The rules for the changed rows of a table but those about dates; earlier rules take the cell."""
    rules = list(_OWN_RULES[table](limits)) if table in _OWN_RULES else []
    if "name" in TABLES[table].by_name:
        rules.append(_replaced("name", "renamed"))
    appearing = [column.name for column in TABLES[table].columns if column.kind in _APPEARING]
    for name in appearing:
        if name not in TABLES[table].key:
            rules += _appearing(name)
    return tuple(rules)


def quarter_ordinal(label: pl.Expr) -> pl.Expr:
    """The ordinals of canonical quarter labels, as `Calendar.parse` gives them."""
    year = label.str.strip_prefix("FY").str.split("-").list.first()
    full = pl.when(year.str.len_bytes() == 2).then("20" + year).otherwise(year)  # noqa: PLR2004
    return full.cast(pl.Int64) * 4 + label.str.slice(-1).cast(pl.Int64) - 1


def _project_rules(limits: Limits) -> Iterable[Kind]:
    yield from _status_rules(limits.currency)
    yield _money_moved("cost", "recosted", limits)
    yield _money_moved("benefit_annual", "rebenefited", limits)
    points = _difference("confidence_pct")
    enough = points.abs() >= limits.confidence_points
    yield Kind("confidence_changed", "confidence_pct", enough, points, "points")
    yield _replaced("rag", "rag_changed")
    yield from _refunded(limits)
    before, after = (
        pl.col(name).fill_null("").str.split("|") for name in ("deliverables_before", "deliverables")
    )
    unlike = before.list.set_symmetric_difference(after).list.eval(pl.element().filter(pl.element() != ""))
    yield Kind("rescoped", "deliverables", amount=unlike.list.len(), unit="items")
    yield _replaced("sponsor", "owner_changed")


def _refunded(limits: Limits) -> Iterable[Kind]:
    """The same total, but another part of it capital money, in points; or another funding status, once a project."""
    cost, cost_before = pl.col("cost"), pl.col("cost_before")
    same = (cost - cost_before).abs() <= cost_before.abs() * limits.benefit_share
    share, share_before = (
        pl.col(f"capex{side}") / pl.when(pl.col(f"cost{side}") > 0).then(pl.col(f"cost{side}"))
        for side in ("", "_before")
    )
    points = ((share - share_before) * 100).round(_DECIMALS)
    moved = (same & (points.abs() > limits.refunded_points)).fill_null(value=False)
    yield Kind("refunded", "capex", moved, points, "points")
    yield Kind("refunded", "funding_status", _differ("funding_status") & ~moved)


def _status_rules(currency: str) -> Iterable[Kind]:
    before, after = pl.col("status_before"), pl.col("status")
    was_live, moved = is_live(before), _differ("status")
    stopped = was_live & (after == "cancelled").fill_null(value=False)
    finished = was_live & (after == "done").fill_null(value=False)
    started = ((before == "planned") & (after == "in_progress")).fill_null(value=False)
    yield Kind("removed", "status", stopped, pl.col("cost_before"), currency)
    yield Kind("completed", "status", finished)
    yield Kind("started", "status", started)
    yield Kind("status_changed", "status", moved & ~stopped & ~finished & ~started)


def _outcome_rules(_limits: Limits) -> Iterable[Kind]:
    yield _measured("weight", "reweighted", "points")
    yield _replaced("owner", "owner_changed")


def _kpi_rules(_limits: Limits) -> Iterable[Kind]:
    yield _measured("target_value", "retargeted", pl.col("unit").fill_null(""))


def _capability_rules(_limits: Limits) -> Iterable[Kind]:
    yield _measured("maturity_current", "reassessed", "levels")
    yield _replaced("owner", "owner_changed")


def _enabler_rules(_limits: Limits) -> Iterable[Kind]:
    quarters = quarter_ordinal(pl.col("golive_quarter")) - quarter_ordinal(pl.col("golive_quarter_before"))
    yield Kind("enabler_rescheduled", "golive_quarter", quarters != 0, quarters, "quarters")
    yield _replaced("lifecycle", "lifecycle_changed")
    yield _replaced("owner_team_id", "owner_changed")


def _capacity_rules(_limits: Limits) -> Iterable[Kind]:
    """People in FTE, parts of their time as shares; only of rows that both versions have, so on the shared horizon."""
    yield _measured("fte", "capacity_changed", "FTE")
    yield _measured("run_share", "capacity_changed", "share")
    yield _measured("insight_reserve", "capacity_changed", "share")


_OWN_RULES = {
    "projects": _project_rules,
    "outcomes": _outcome_rules,
    "kpis": _kpi_rules,
    "capabilities": _capability_rules,
    "enablers": _enabler_rules,
    "capacity": _capacity_rules,
}


def _money_moved(field: str, kind: str, limits: Limits) -> Kind:
    """Money that moved by more than a share of what it was; from zero any move counts."""
    moved = _difference(field)
    enough = (moved != 0) & (moved.abs() > pl.col(f"{field}_before").abs() * limits.benefit_share)
    return Kind(kind, field, enough, moved, limits.currency)


def _appearing(field: str) -> list[Kind]:
    """A date, cost or benefit that was not known, or is no longer: neither a slip nor a saving."""
    before, after = pl.col(f"{field}_before"), pl.col(field)
    return [
        Kind("set", field, before.is_null() & after.is_not_null(), unknown=f"{field}_before"),
        Kind("cleared", field, before.is_not_null() & after.is_null(), unknown=field),
    ]


def _measured(field: str, kind: str, unit: str | pl.Expr) -> Kind:
    moved = _difference(field).cast(pl.Float64)
    plain = moved.round(_DECIMALS)
    return Kind(kind, field, moved != 0, pl.when(plain != 0).then(plain).otherwise(moved), unit)


def _replaced(field: str, kind: str) -> Kind:
    return Kind(kind, field)


def _difference(field: str) -> pl.Expr:
    return pl.col(field) - pl.col(f"{field}_before")


def _differ(field: str) -> pl.Expr:
    return pl.col(field).ne_missing(pl.col(f"{field}_before"))

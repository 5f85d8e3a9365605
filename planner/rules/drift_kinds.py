"""The planning meaning of differences: the kinds of FORMAT's drift table (rules in DOMAIN 3.2); no row is found here.

Each kind is a rule over the changed rows of one table, held as data. Which kinds a stopped project keeps,
and which of two kinds stands on a cell, is settled in `drift`.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    `<field>_before`; a row where `where` is not known does not have the kind.
    """

    kind: str
    field: str
    where: pl.Expr
    amount: pl.Expr | None = None
    unit: str | pl.Expr = ""


def is_live(status: pl.Expr) -> pl.Expr:
    """Whether a status counts as live: all but done and cancelled; an empty one counts as live."""
    return ~status.is_in(CLOSED_STATUSES).fill_null(value=False)


def kinds_of_table(table: str, settings: PlanSettings) -> list[Kind]:
    """The rules for the changed rows of a table but those about dates; earlier rules take the cell."""
    rules = list(_OWN_RULES[table](settings)) if table in _OWN_RULES else []
    if "name" in TABLES[table].by_name:
        rules.append(_replaced("name", "renamed"))
    appearing = [column.name for column in TABLES[table].columns if column.kind in _APPEARING]
    for name in appearing:
        if name not in TABLES[table].key:
            rules += _appearing(name)
    return rules


def places_moved(before: pl.DataFrame, after: pl.DataFrame, least: int) -> pl.DataFrame:
    """Projects that moved at least `least` places among those live and ranked in both: id, amount (+ is up).

    `before` and `after` hold project_id, status and priority_rank of every project. Only the order among
    common items says that priorities changed: one new project shifts every rank below it (DOMAIN 3.2).
    """
    live = [
        frame.lazy()
        .filter(is_live(pl.col("status")), pl.col("priority_rank").is_not_null())
        .select("project_id", "priority_rank")
        for frame in (before, after)
    ]
    places = pl.col("priority_rank").rank("min").cast(pl.Int64) - pl.col("priority_rank_after").rank(
        "min"
    ).cast(pl.Int64)
    common = live[0].join(live[1], on="project_id", suffix="_after")
    moved = common.select(id="project_id", amount=places).filter(pl.col("amount").abs() >= least)
    return moved.collect()


def quarter_ordinal(label: pl.Expr) -> pl.Expr:
    """The ordinals of canonical quarter labels, as `Calendar.parse` gives them."""
    year = label.str.strip_prefix("FY").str.split("-").list.first()
    full = pl.when(year.str.len_bytes() == 2).then("20" + year).otherwise(year)  # noqa: PLR2004
    return full.cast(pl.Int64) * 4 + label.str.slice(-1).cast(pl.Int64) - 1


def _project_rules(settings: PlanSettings) -> Iterable[Kind]:
    yield from _status_rules(settings.currency)
    share = settings.number("benefit_share")
    yield _money_moved("cost", "recosted", share, settings.currency)
    yield _money_moved("benefit_annual", "rebenefited", share, settings.currency)
    points = _difference("confidence_pct")
    enough = points.abs() >= settings.whole("confidence_points")
    yield Kind("confidence_changed", "confidence_pct", enough, points, "points")
    yield _replaced("rag", "rag_changed")
    before, after = (
        pl.col(name).fill_null("").str.split("|") for name in ("deliverables_before", "deliverables")
    )
    unlike = before.list.set_symmetric_difference(after).list.eval(pl.element().filter(pl.element() != ""))
    yield Kind("rescoped", "deliverables", _differ("deliverables"), unlike.list.len(), "items")
    yield _replaced("sponsor", "owner_changed")


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


def _outcome_rules(_settings: PlanSettings) -> Iterable[Kind]:
    yield _measured("weight", "reweighted", "points")
    yield _replaced("owner", "owner_changed")


def _kpi_rules(_settings: PlanSettings) -> Iterable[Kind]:
    yield _measured("target_value", "retargeted", pl.col("unit").fill_null(""))


def _capability_rules(_settings: PlanSettings) -> Iterable[Kind]:
    yield _measured("maturity_current", "reassessed", "levels")
    yield _replaced("owner", "owner_changed")


def _enabler_rules(_settings: PlanSettings) -> Iterable[Kind]:
    quarters = quarter_ordinal(pl.col("golive_quarter")) - quarter_ordinal(pl.col("golive_quarter_before"))
    yield Kind("enabler_rescheduled", "golive_quarter", quarters != 0, quarters, "quarters")
    yield _replaced("lifecycle", "lifecycle_changed")
    yield _replaced("owner_team_id", "owner_changed")


_OWN_RULES = {
    "projects": _project_rules,
    "outcomes": _outcome_rules,
    "kpis": _kpi_rules,
    "capabilities": _capability_rules,
    "enablers": _enabler_rules,
}


def _money_moved(field: str, kind: str, share: float, currency: str) -> Kind:
    """Money that moved by more than a share of what it was; from zero any move counts."""
    moved = _difference(field)
    enough = (moved != 0) & (moved.abs() > pl.col(f"{field}_before").abs() * share)
    return Kind(kind, field, enough, moved, currency)


def _appearing(field: str) -> list[Kind]:
    """A date, cost or benefit that was not known, or is no longer: neither a slip nor a saving."""
    before, after = pl.col(f"{field}_before"), pl.col(field)
    return [
        Kind("set", field, before.is_null() & after.is_not_null()),
        Kind("cleared", field, before.is_not_null() & after.is_null()),
    ]


def _measured(field: str, kind: str, unit: str | pl.Expr) -> Kind:
    moved = _difference(field).cast(pl.Float64)
    plain = moved.round(_DECIMALS)
    return Kind(kind, field, moved != 0, pl.when(plain != 0).then(plain).otherwise(moved), unit)


def _replaced(field: str, kind: str) -> Kind:
    return Kind(kind, field, _differ(field))


def _difference(field: str) -> pl.Expr:
    return pl.col(field) - pl.col(f"{field}_before")


def _differ(field: str) -> pl.Expr:
    return pl.col(field).ne_missing(pl.col(f"{field}_before"))

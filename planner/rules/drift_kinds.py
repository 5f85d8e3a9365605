"""The planning meaning of differences: the kinds of FORMAT's drift table (rules in DOMAIN 3.2); no row is found here.

Each kind is a rule over the changed rows of one table, held as data. Which kinds a stopped project keeps,
and which of two kinds stands on a cell, is settled in `drift_events`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

import numpy as np
import polars as pl

from planner.model.tables import TABLES
from planner.rules.drift_rows import BEFORE
from planner.rules.drift_stack import Held, filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner.model.settings import PlanSettings
    from planner.rules.drift_cells import ChangedCells, Mask, Numbers

    Where: TypeAlias = Callable[[ChangedCells], Mask]

C = TypeVar("C", bound="ChangedCells")
_DECIMALS = 9  # of a difference of measured values: 4.5 - 4.2 is 0.3
_APPEARING = ("date", "quarter", "money")


@dataclass(frozen=True)
class Kind(Generic[C]):
    """One rule: the kind it gives, the cell it is about, where it holds, and its size.

    `where` and `amount` are asked of all changed rows of a table at once; an amount that is not known is NaN.
    Without a `where` the kind holds wherever its cell differs.
    """

    kind: str
    field: str
    where: Callable[[C], Mask] | None = None
    amount: Callable[[C], Numbers] | None = None
    unit: str | Callable[[C], pl.Series] = ""


def held_kinds(rules: Iterable[Kind[C]], cells: C) -> list[Held]:
    """The kinds that hold somewhere, in the order of their rules."""
    asked = ((rule, cells.differ(rule.field) if rule.where is None else rule.where(cells)) for rule in rules)
    return [
        Held(
            rule.kind,
            rule.field,
            pl.Series(rows),
            None if rule.amount is None else rule.amount(cells),
            rule.unit if isinstance(rule.unit, str) else rule.unit(cells),
        )
        for rule, rows in asked
        if rows.any()
    ]


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
def kinds_of_table(table: str, limits: Limits) -> tuple[Kind[ChangedCells], ...]:
    """The rules for the changed rows of a table but those about dates; earlier rules take the cell."""
    rules = list(_OWN_RULES[table](limits)) if table in _OWN_RULES else []
    if "name" in TABLES[table].by_name:
        rules.append(_replaced("name", "renamed"))
    appearing = [column.name for column in TABLES[table].columns if column.kind in _APPEARING]
    for name in appearing:
        if name not in TABLES[table].key:
            rules += _appearing(name)
    return tuple(rules)


def _project_rules(limits: Limits) -> Iterable[Kind[ChangedCells]]:
    yield from _status_rules(limits.currency)
    yield _money_moved("cost", "recosted", limits)
    yield _money_moved("benefit_annual", "rebenefited", limits)
    yield Kind(
        "confidence_changed",
        "confidence_pct",
        lambda cells: abs(cells.moved("confidence_pct")) >= limits.confidence_points,
        lambda cells: cells.moved("confidence_pct"),
        "points",
    )
    yield _replaced("rag", "rag_changed")
    yield from _refunded(limits)
    yield Kind("rescoped", "deliverables", amount=_deliverables_unlike, unit="items")
    yield _replaced("sponsor", "owner_changed")


def _deliverables_unlike(cells: ChangedCells) -> Numbers:
    """How many deliverables only one of the versions has, where they differ."""
    rows = cells.differ("deliverables")
    lists = (cells.texts(f"deliverables{side}").filter(pl.Series(rows)) for side in (BEFORE, ""))
    unlike = [
        set((before or "").split("|")) ^ set((after or "").split("|"))
        for before, after in zip(*lists, strict=True)
    ]
    counts = np.full(cells.height, np.nan)
    counts[rows] = [len(found - {""}) for found in unlike]
    return counts


def _refunded(limits: Limits) -> Iterable[Kind[ChangedCells]]:
    """The same total, but another part of it capital money, in points; or another funding status, once a project."""

    def points(cells: ChangedCells) -> Numbers:
        """By how much the part of the cost that is capital money moved."""
        now, before = (
            cells.numbers(f"capex{side}") / _positive(cells.numbers(f"cost{side}")) for side in ("", BEFORE)
        )
        return ((now - before) * 100).round(_DECIMALS)

    def moved(cells: ChangedCells) -> Mask:
        same = abs(cells.moved("cost")) <= abs(cells.numbers(f"cost{BEFORE}")) * limits.benefit_share
        return same & (abs(points(cells)) > limits.refunded_points)

    yield Kind("refunded", "capex", moved, points, "points")
    yield Kind("refunded", "funding_status", lambda cells: cells.differ("funding_status") & ~moved(cells))


def _positive(numbers: Numbers) -> Numbers:
    return np.where(numbers > 0, numbers, np.nan)


def _status_rules(currency: str) -> Iterable[Kind[ChangedCells]]:
    def ended(word: str) -> Where:
        return lambda cells: cells.is_live(f"status{BEFORE}") & cells.says("status", word)

    def started(cells: ChangedCells) -> Mask:
        return cells.says(f"status{BEFORE}", "planned") & cells.says("status", "in_progress")

    told = (ended("cancelled"), ended("done"), started)

    def changed(cells: ChangedCells) -> Mask:
        return cells.differ("status") & ~reduce(or_, (rule(cells) for rule in told))

    yield Kind("removed", "status", told[0], lambda cells: cells.numbers(f"cost{BEFORE}"), currency)
    yield Kind("completed", "status", told[1])
    yield Kind("started", "status", started)
    yield Kind("status_changed", "status", changed)


def _outcome_rules(_limits: Limits) -> Iterable[Kind[ChangedCells]]:
    yield _measured("weight", "reweighted", "points")
    yield _replaced("owner", "owner_changed")


def _kpi_rules(_limits: Limits) -> Iterable[Kind[ChangedCells]]:
    yield _measured("target_value", "retargeted", lambda cells: filled(cells.texts("unit")))


def _capability_rules(_limits: Limits) -> Iterable[Kind[ChangedCells]]:
    yield _measured("maturity_current", "reassessed", "levels")
    yield _replaced("owner", "owner_changed")


def _enabler_rules(_limits: Limits) -> Iterable[Kind[ChangedCells]]:
    def quarters(cells: ChangedCells) -> Numbers:
        now, before = (
            np.array([quarter_ordinal(label) for label in cells.texts(f"golive_quarter{side}")], np.float64)
            for side in ("", BEFORE)
        )
        return now - before

    yield Kind(
        "enabler_rescheduled", "golive_quarter", lambda cells: abs(quarters(cells)) > 0, quarters, "quarters"
    )
    yield _replaced("lifecycle", "lifecycle_changed")
    yield _replaced("owner_team_id", "owner_changed")


def _capacity_rules(_limits: Limits) -> Iterable[Kind[ChangedCells]]:
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


def _money_moved(field: str, kind: str, limits: Limits) -> Kind[ChangedCells]:
    """Money that moved by more than a share of what it was; from zero any move counts."""

    def enough(cells: ChangedCells) -> Mask:
        moved = abs(cells.moved(field))
        return (moved > 0) & (moved > abs(cells.numbers(f"{field}{BEFORE}")) * limits.benefit_share)

    return Kind(kind, field, enough, lambda cells: cells.moved(field), limits.currency)


def _appearing(field: str) -> list[Kind[ChangedCells]]:
    """A date, cost or benefit that was not known, or is no longer: neither a slip nor a saving."""

    def only(side: str, other: str) -> Where:
        return lambda cells: cells.known(f"{field}{side}") & ~cells.known(f"{field}{other}")

    return [Kind("set", field, only("", BEFORE)), Kind("cleared", field, only(BEFORE, ""))]


def _measured(field: str, kind: str, unit: str | Callable[[ChangedCells], pl.Series]) -> Kind[ChangedCells]:
    def size(cells: ChangedCells) -> Numbers:
        moved = cells.moved(field)
        plain = moved.round(_DECIMALS)
        return np.where(plain != 0, plain, moved)

    return Kind(kind, field, lambda cells: abs(cells.moved(field)) > 0, size, unit)


def _replaced(field: str, kind: str) -> Kind[ChangedCells]:
    return Kind(kind, field)


@lru_cache(maxsize=4096)
def quarter_ordinal(label: str | None) -> float:
    """The ordinal of a canonical quarter label, as `Calendar.parse` gives it; NaN where there is none."""
    if not label:
        return np.nan
    year, quarter = label.removeprefix("FY").split("-Q")
    return (int(year) + (2000 if len(year) == 2 else 0)) * 4 + int(quarter) - 1  # noqa: PLR2004

"""The settings of a plan: which there are, what they default to, and their typed values; not the program's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.model.quarter import Calendar

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class SettingKind:
    """One setting: its pattern, its default as text and what it means."""

    pattern: str
    default: str
    told: str

    def accepts(self, value: str) -> bool:
        """Whether a text can be the value of this setting."""
        return re.fullmatch(self.pattern, value) is not None


_WHOLE = r"[0-9]{1,6}"
_NUMBER = r"-?[0-9]{1,6}(\.[0-9]{1,9})?"
_SHARE = r"[0-9]{1,3}(\.[0-9]{1,9})?"
_ANY = r"[^\x00-\x1f]{0,4000}"

SETTINGS: dict[str, SettingKind] = {
    "plan_uid": SettingKind(r"[A-Za-z0-9-]{1,64}", "", "the plan's own id, given once"),
    "plan_name": SettingKind(_ANY, "", "the name of the plan or of its organisation"),
    "currency": SettingKind(r"[A-Z]{3}", "", "the one currency, such as GBP"),
    "fiscal_year_start_month": SettingKind(r"0?[1-9]|1[0-2]", "1", "1 to 12; 1 is the calendar year"),
    "horizon_quarters": SettingKind(_WHOLE, "20", "how many quarters the plan looks ahead"),
    "zone_edges": SettingKind(
        rf"{_WHOLE}\|{_WHOLE}", "4|8", "first quarters of the planned and outline zones"
    ),
    "zone_weights": SettingKind(
        rf"{_NUMBER}\|{_NUMBER}\|{_NUMBER}", "1|0.5|0.2", "weights of the three zones"
    ),
    "pd_per_fte_quarter": SettingKind(_WHOLE, "55", "productive days of one person a quarter"),
    "day_rate": SettingKind(_WHOLE, "", "what a person-day costs"),
    "discount_rate_annual": SettingKind(_NUMBER, "0.08", "discount rate a year"),
    "benefit_life_quarters": SettingKind(_WHOLE, "20", "how long a benefit counts"),
    "benefit_ramp_quarters": SettingKind(_WHOLE, "4", "how long a benefit takes to be whole"),
    "strength_weights": SettingKind(
        rf"{_NUMBER}\|{_NUMBER}\|{_NUMBER}", "1|3|9", "what some, clear and strong count"
    ),
    "wip_limit": SettingKind(_WHOLE, "", "most projects in progress at a time"),
    "budget_season_start_month": SettingKind(r"0?[1-9]|1[0-2]", "", "month in which budgets are made"),
    "budget_lead_quarters": SettingKind(_WHOLE, "2", "quarters before that month in which the plan is begun"),
    "rank_places": SettingKind(_WHOLE, "3", "places a rank must move to count as re-prioritised"),
    "confidence_points": SettingKind(_WHOLE, "10", "points a confidence must move to count"),
    "benefit_share": SettingKind(_NUMBER, "0.01", "share a benefit must move to count"),
    "threshold_refunded": SettingKind(_WHOLE, "5", "points the capital part must move to count as re-funded"),
    "threshold_realigned": SettingKind(
        _SHARE, "0.05", "share of a project that must move between outcomes to count as re-aligned"
    ),
    "threshold_reresourced": SettingKind(
        _SHARE, "0.10", "share of the effort that must move between teams to count as re-resourced"
    ),
    "threshold_typing_years": SettingKind(_WHOLE, "20", "years a date must move to look like a typing error"),
    "threshold_typing_times": SettingKind(
        _WHOLE, "100", "times as much, or as little, that money must become to look like a typing error"
    ),
    "threshold_still": SettingKind(_SHARE, "0.01", "money moved below which a refresh is no change"),
    "threshold_small": SettingKind(_SHARE, "0.10", "money moved up to which a refresh is small"),
    "threshold_large": SettingKind(_SHARE, "0.25", "money moved above which a refresh is large"),
    "threshold_big_share": SettingKind(_SHARE, "0.05", "share of the live cost from which a project is big"),
    "threshold_big_quarters": SettingKind(
        _WHOLE, "4", "quarters a big project's start moves to be a big move"
    ),
    "threshold_big_growth": SettingKind(_SHARE, "0.25", "share a big project's cost moves to be a big move"),
    "threshold_evidence": SettingKind(
        _SHARE, "0.50", "moved money that cites evidence to back a large refresh"
    ),
    "threshold_cadence": SettingKind(_SHARE, "0.75", "quarters with a snapshot for a refresh to be regular"),
    "threshold_cost_amber": SettingKind(
        rf"{_SHARE}\|{_SHARE}", "0.15|0.30", "growth over the last and the first cost for an amber alarm"
    ),
    "threshold_cost_red": SettingKind(
        rf"{_SHARE}\|{_SHARE}", "0.25|0.50", "growth over the last and the first cost for a red alarm"
    ),
    "threshold_least_cases": SettingKind(_WHOLE, "3", "forecasts needed to tell how good they are"),
    "threshold_trend_points": SettingKind(_WHOLE, "4", "snapshots that a finish trend is drawn through"),
    "threshold_limit_points": SettingKind(_WHOLE, "8", "refreshes needed to tell an unusual one"),
}
PREFIXES = ("label_", "threshold_")


def setting_problem(key: str, value: str | None) -> str | None:
    """Say what is wrong with one setting, or None: a whole sentence with the value and the remedy."""
    known = SETTINGS.get(key)
    if known is None:
        if key.startswith(PREFIXES):
            return None
        from difflib import get_close_matches  # noqa: PLC0415  only a wrong key needs it

        near = get_close_matches(key, SETTINGS, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"Known are {', '.join(SETTINGS)}."
        return f"'{key}' is not a setting. {hint}"
    if value is not None and not known.accepts(value):
        example = f", such as {known.default}" if known.default else ""
        return f"'{value}' cannot be {key}. Write {known.told}{example}."
    return None


@dataclass(frozen=True, slots=True)
class PlanSettings:
    """The typed settings that the rules read; a setting that is not given has its default."""

    given: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """The value of a setting as text, or its default."""
        return self.given.get(key) or SETTINGS[key].default

    def whole(self, key: str) -> int:
        """The value of a whole-number setting."""
        return int(self.text(key))

    def number(self, key: str) -> float:
        """The value of a number setting."""
        return float(self.text(key))

    def numbers(self, key: str) -> tuple[float, ...]:
        """The values of a setting that holds several, joined by `|`."""
        return tuple(float(part) for part in self.text(key).split("|"))

    @property
    def calendar(self) -> Calendar:
        """The fiscal calendar."""
        return Calendar(self.whole("fiscal_year_start_month"))

    @property
    def currency(self) -> str:
        """The currency code, empty where none is set."""
        return self.text("currency")

    @property
    def plan_name(self) -> str:
        """The name of the plan, or 'This plan'."""
        return self.text("plan_name") or "This plan"

    @property
    def zone_edges(self) -> tuple[int, int]:
        """The first quarter (from 0) of the planned zone and of the outline zone."""
        planned, outline = self.numbers("zone_edges")
        return int(planned), int(outline)

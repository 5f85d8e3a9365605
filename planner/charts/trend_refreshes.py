"""How much each refresh moved as a chart: bars with the calm band, limits, verdicts and what came from outside (DOMAIN 3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.charts import theme
from planner.charts.trend_axis import Factor
from planner.charts.trend_bars import Bar, Ground, Level, bars_chart
from planner.charts.trend_places import RIGHT, UNKNOWN
from planner.rules.process_limits import process_limits
from planner.rules.sentences import DOT, percent_text
from planner.rules.verdict import DELIBERATE, KNEE_JERK
from planner.rules.zones import ordinal_of_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from planner.charts.drift import DriftChart
    from planner.charts.trend_places import Axis
    from planner.model.settings import PlanSettings
    from planner.rules.process_limits import ProcessLimits
    from planner.rules.trend_steps import TrendStep

MONEY, PROJECTS = "money", "projects"
REFRESH_HEADS: Final = ("Refresh to", "Moved", "Verdict", "Index", "On evidence")
_MOST_FACTORS: Final = 4
_BY_MONEY: Final = "Share of the planned money that each refresh moved, near quarters weighing most. "
_BY_PROJECTS: Final = "Projects that each refresh changed, or that joined or left, by those live before. "


def refresh_values(steps: Sequence[TrendStep], by: str) -> list[float | None]:
    """How much each refresh moved: the share of the money, or of the live projects."""
    return [(step.churn if by == MONEY else step.volatility).value for step in steps]


def refresh_limits(steps: Sequence[TrendStep], by: str, settings: PlanSettings) -> ProcessLimits:
    """The natural limits of how much refreshes move; the places are those of all steps."""
    values = refresh_values(steps, by)
    known = [at for at, value in enumerate(values) if value is not None]
    found = process_limits([values[at] or 0.0 for at in known], settings.whole("threshold_limit_points"))
    unusual = tuple(known[at] for at in found.unusual)
    return type(found)(found.middle, found.lower, found.upper, unusual)


def refresh_chart(
    steps: Sequence[TrendStep], by: str, axis: Axis, settings: PlanSettings, factors: pl.DataFrame
) -> DriftChart:
    """How much each refresh moved, by money or by projects, with the calm band and, once there are enough, limits."""
    limits = refresh_limits(steps, by, settings)
    names = axis.names[1:]
    bars = [
        _bar(step, by, name, is_unusual=at in limits.unusual)
        for at, (step, name) in enumerate(zip(steps, names, strict=True))
    ]
    note = _BY_MONEY if by == MONEY else _BY_PROJECTS
    outside = factors_on(factors, axis)
    ground = Ground(
        axis.stops,
        settings.number("threshold_small") if by == MONEY else None,
        [*(_calm_levels(settings) if by == MONEY else []), *_limit_levels(limits)],
        outside,
        RIGHT,
        note + (limits.upper.reason if limits.upper.value is None else _unusual(limits, names)),
        "How much of the plan each refresh moved, with its verdict",
        [
            *(_refresh_row(step, bar, name) for step, bar, name in zip(steps, bars, names, strict=True)),
            *(("From outside", "", factor.text, "", "") for factor in outside),
        ],
    )
    return bars_chart(bars, ground)


def _calm_levels(settings: PlanSettings) -> list[Level]:
    """From where on a refresh is large, and up to where it is calm, of the money that it moves."""
    small, large = settings.number("threshold_small"), settings.number("threshold_large")
    return [
        Level(large, f"large, above {percent_text(large)}", "mute"),
        Level(small, f"calm, up to {percent_text(small)}", "calm"),
    ]


def _limit_levels(limits: ProcessLimits) -> list[Level]:
    """The natural limits with their mean; a lower one only where it is above zero."""
    if limits.upper.value is None:
        return []
    found = [(limits.upper.value, "usual, up to"), (limits.middle.value or 0.0, "mean")]
    if (limits.lower.value or 0.0) > 0:
        found.append((limits.lower.value or 0.0, "usual, from"))
    return [Level(value, f"{words} {percent_text(value)}", "accent") for value, words in found]


def _unusual(limits: ProcessLimits, names: Sequence[str]) -> str:
    if not limits.unusual:
        return "All lie within their natural limits."
    told = ", ".join(names[at] for at in limits.unusual)
    return f"Outside the natural limits, and so unusual: {told}."


def _bar(step: TrendStep, by: str, name: str, *, is_unusual: bool) -> Bar:
    figure = step.churn if by == MONEY else step.volatility
    word, index = step.verdict.word, step.verdict.index.value
    said = theme.VERDICT[word].word if word else step.verdict.reason
    if figure.value is None:
        return Bar(None, "", word, "", f"{name}: {figure.reason}")
    moved = _percent(figure.value)
    shown = "" if index is None else f"{index:.0f}"
    told = f"{name}: {moved} {'of the money moved' if by == MONEY else 'as many projects touched as were live'}. {said}"
    return Bar(figure.value, moved, word, shown, told, is_unusual, word in {KNEE_JERK, DELIBERATE})


def _percent(share: float) -> str:
    """A share as percent, with a decimal below ten."""
    return percent_text(share) if share >= 0.0995 or not share else f"{share * 100:.1f}%"  # noqa: PLR2004


def _refresh_row(step: TrendStep, bar: Bar, name: str) -> tuple[str, ...]:
    word, evidence = step.verdict.word, step.evidence.value
    return (
        name,
        f"{bar.text}{', unusual' if bar.is_unusual else ''}" if bar.text else bar.note.partition(": ")[2],
        theme.VERDICT[word].word if word else step.verdict.reason,
        bar.index or UNKNOWN,
        UNKNOWN if evidence is None else percent_text(evidence),
    )


def _span(begun: str | None, ended: str | None) -> str:
    """From which quarter to which something held, as its ledger writes them."""
    if begun and ended:
        return f"{begun} to {ended}"
    return f"from {begun}" if begun else f"to {ended}" if ended else ""


def factors_on(factors: pl.DataFrame, axis: Axis) -> list[Factor]:
    """The external factors that fall on the axis, the oldest first, at most four; the last one says how many more."""
    current = factors.unique("factor_id", keep="last", maintain_order=True).with_columns(
        begun=ordinal_of_label("from_quarter"), ended=ordinal_of_label("to_quarter")
    )
    first, last = axis.places[0], axis.places[-1]
    found = []
    for row in current.sort("begun", "factor_id", nulls_last=True).iter_rows(named=True):
        x0 = first - 1 if row["begun"] is None else row["begun"] - 0.25
        x1 = last + 1 if row["ended"] is None else row["ended"] + 0.25
        if x1 >= first and x0 <= last:
            said = row["statement"] or (row["kind"] or "other").replace("_", " ")
            parts = [said, row["business_unit"], _span(row["from_quarter"], row["to_quarter"])]
            found.append(Factor(x0, x1, DOT.join(part for part in parts if part)))
    more = len(found) - _MOST_FACTORS
    if more <= 0:
        return found
    rest = found[_MOST_FACTORS - 1 :]
    merged = Factor(min(one.x0 for one in rest), max(one.x1 for one in rest), f"{more + 1} more from outside")
    return [*found[: _MOST_FACTORS - 1], merged]

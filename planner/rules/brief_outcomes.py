"""The outcomes of the brief: each measure of each, how the outcome stood and stands; statuses are outcome_status'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.rules.brief import OutcomeRow
from planner.rules.sentences import MINUS, number_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import polars as pl

    from planner.model.plan import Plan

_RETIRED = "retired"


def tell_outcomes(
    baseline: Plan | None,
    current: Plan,
    statuses: tuple[Mapping[str, str], Mapping[str, str]],
    standing: pl.DataFrame,
) -> tuple[OutcomeRow, ...]:
    """A row for each measure of each outcome in the plan's order, then the outcomes that left.

    `statuses` are those of the baseline (empty without one) and of the current plan, by id; `standing` is the
    current plan's `kpi_standing`. Retired outcomes are left out.
    """
    was, now = statuses
    measures: dict[str, list[Mapping[str, object]]] = {}
    for row in standing.iter_rows(named=True):
        measures.setdefault(row["outcome_id"], []).append(row)
    there = dict(_names(current))
    gone = {} if baseline is None else {key: name for key, name in _names(baseline) if key not in now}
    return tuple(
        OutcomeRow(key, name, was.get(key, ""), now.get(key, ""), *_cells(measure))
        for key, name in (there | gone).items()
        for measure in (measures.get(key) if key in there else None) or [{}]
    )


def _names(plan: Plan) -> Iterator[tuple[str, str]]:
    for key, name, status in plan["outcomes"].select("outcome_id", "name", "status").iter_rows():
        if status != _RETIRED:
            yield key, name or key


def _cells(measure: Mapping[str, object]) -> tuple[str, str, str]:
    """The measure's name, its value with the unit and the value it should have by now; empty where not known."""
    value, path, unit = measure.get("actual"), measure.get("path"), measure.get("unit")
    name = str(measure.get("name") or measure.get("kpi_id") or "")
    said = f"{number_text(value)}{f' {unit}' if unit else ''}" if isinstance(value, float) else ""
    return name, said, _on_path(path) if isinstance(path, float) else ""


def _on_path(path: float) -> str:
    return f"{path:,.1f}".replace("-", MINUS, 1)

"""How far each capability is from what it should be, and how much that matters (DOMAIN 3.10); it finds no remedy."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.sight import capability_shares, live_projects

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.plan import Plan

_MEDIUM, _HIGH = 5, 10
_SCHEMA = {
    "capability_id": pl.String,
    "name": pl.String,
    "has_parts": pl.Boolean,
    "gap": pl.Float64,
    "heat": pl.Int64,
    "band": pl.String,
}


def capability_heat(plan: Plan) -> pl.DataFrame:
    """The gap and the heat of each capability: capability_id, name, has_parts, gap, heat, band, by id.

    A gap is the levels missing to the target (0 to 4), heat is importance x gap (0 to 20), its band none, low, medium or
    high. Of one with parts the gap is the mean of those at its lowest level, weighed by importance, and the heat that of
    the hottest: a mean hides fires; it has no band. Null where nothing is known.
    """
    rows = plan["capabilities"].unique("capability_id", keep="first").sort("capability_id")
    parts: dict[str, list[str]] = defaultdict(list)
    for key, parent in rows.select("capability_id", "parent_id").iter_rows():
        if parent is not None and parent != key:
            parts[parent].append(key)
    scores = {
        key: (importance, max(0, target - now) if target is not None and now is not None else None)
        for key, importance, now, target in rows.select(
            "capability_id", "importance", "maturity_current", "maturity_target"
        ).iter_rows()
    }
    found = []
    for key, name in rows.select("capability_id", "name").iter_rows():
        gap, heat = _rolled(_leaves(key, parts), scores) if parts.get(key) else _scored(*scores[key])
        band = "" if parts.get(key) or heat is None else _band(heat)
        found.append((key, name, bool(parts.get(key)), gap, heat, band))
    return pl.DataFrame(found, schema=_SCHEMA, orient="row")


def hot_and_unserved(plan: Plan) -> list[str]:
    """The capabilities without parts that have a gap and that no live project reaches, by id."""
    served = capability_shares(plan).join(live_projects(plan), on="project_id", how="semi")
    wanting = capability_heat(plan).filter(~pl.col("has_parts") & (pl.col("gap") > 0))
    return wanting.join(served, on="capability_id", how="anti")["capability_id"].to_list()


def _leaves(key: str, parts: Mapping[str, Sequence[str]]) -> list[str]:
    """What lies at the lowest level below a capability; a circle of parents, a mistake, is walked once."""
    leaves, waiting, seen = [], [key], {key}
    while waiting:
        item = waiting.pop()
        below = [part for part in parts.get(item, ()) if part not in seen]
        seen.update(below)
        waiting.extend(below)
        if item != key and not parts.get(item):
            leaves.append(item)
    return leaves


def _scored(importance: int | None, gap: int | None) -> tuple[float | None, int | None]:
    heat = importance * gap if importance is not None and gap is not None else None
    return (None if gap is None else float(gap)), heat


def _rolled(
    leaves: Sequence[str], scores: Mapping[str, tuple[int | None, int | None]]
) -> tuple[float | None, int | None]:
    known = [(weight, gap) for weight, gap in (scores[leaf] for leaf in leaves) if weight and gap is not None]
    if not known:
        return None, None
    whole = sum(weight for weight, _ in known)
    return sum(weight * gap for weight, gap in known) / whole, max(weight * gap for weight, gap in known)


def _band(heat: int) -> str:
    if heat <= 0:
        return "none"
    return "low" if heat < _MEDIUM else "medium" if heat < _HIGH else "high"

"""What a refresh looks like: no change, small, moderate or large, with or without evidence (DOMAIN 3.4); it blames nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.figure import Figure, Measured
from planner.rules.zones import ordinal_of_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.quarter import Quarter
    from planner.model.settings import PlanSettings
    from planner.rules.churn import Churn

NO_CHANGE, SMALL, IRREGULAR, MODERATE, DELIBERATE, KNEE_JERK = (
    "no_change",
    "small_regular",
    "small_irregular",
    "moderate",
    "deliberate_shift",
    "knee_jerk",
)
# The words of DOMAIN 3.4, and no others: none of them blames the people in the room.
VERDICT_WORDS = {
    NO_CHANGE: "No change",
    SMALL: "Small and regular",
    IRREGULAR: "Small, but irregular",
    MODERATE: "Moderate",
    DELIBERATE: "Large, backed by evidence",
    KNEE_JERK: "Large, without evidence",
}
EVIDENCE = {"insights": "insight_id", "lessons": "lesson_id"}  # what counts as evidence, by ledger
NOTHING_MOVED = "No money moved from quarter to quarter, so none can rest on evidence."
NO_SNAPSHOT = "No snapshot was sealed yet."
_WINDOW = 4  # quarters


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a verdict weighs.

    `churn` is the weighted churn, `evidence` the share of the moved money that cites evidence, `big_moves` how
    many there are; `changes_set` whether a project joined or left, `is_regular` whether snapshots come
    regularly and this one in its turn.
    """

    churn: Figure
    evidence: Figure
    big_moves: int
    changes_set: bool
    is_regular: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of the words of DOMAIN 3.4 and the index of its trend line (0 to 100), or why there is none."""

    word: str
    index: Figure
    reason: str = ""


def verdict(weighed: Weighed, settings: PlanSettings) -> Verdict:
    """The first rule of DOMAIN 3.4 that fits; without money by quarter it cannot be said.

    The index is 100 x min(1, churn by the threshold of a large one) x (1 - evidence share).
    """
    moved, share = weighed.churn.value, weighed.evidence.value
    if moved is None:
        return Verdict("", weighed.churn, weighed.churn.reason)
    still, small, large, half = (
        settings.number(f"threshold_{name}") for name in ("still", "small", "large", "evidence")
    )
    reach = min(1.0, moved / large) if large else float(moved > 0)
    index = Figure(100 * reach * (1 - (share or 0.0)))
    if moved < still and not weighed.changes_set:
        return Verdict(NO_CHANGE, index)
    if moved > large or weighed.big_moves:
        if share is None:
            return Verdict("", index, weighed.evidence.reason)
        return Verdict(KNEE_JERK if share < half else DELIBERATE, index)
    if moved <= small:
        return Verdict(SMALL if weighed.is_regular else IRREGULAR, index)
    return Verdict(MODERATE, index)


def evidence_before(ledgers: Mapping[str, pl.DataFrame], quarter: Quarter) -> frozenset[str]:
    """The ids of the insights and lessons dated before a quarter; one without a date is none of them."""
    found: set[str] = set()
    for name, key in EVIDENCE.items():
        ledger = ledgers.get(name)
        if ledger is not None and ledger.height:
            found.update(ledger.filter(ordinal_of_label("quarter") < quarter.ordinal)[key])
    return frozenset(found)


def cited(rows: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """What the reasons of each project cite, from drift rows with their reasons."""
    given = rows.filter((pl.col("table") == "projects") & (pl.col("evidence_id") != ""))
    by_id = given.group_by("id").agg(pl.col("evidence_id").unique().sort())
    return {key: tuple(ids) for key, ids in by_id.iter_rows()}


def evidence_share(churn: Churn, rows: pl.DataFrame, dated: frozenset[str]) -> Measured:
    """The share of the money that moved whose project cites evidence of before (DOMAIN 3.4), 0 to 1.

    `rows` are drift rows with their reasons, `dated` the ids of `evidence_before`. Rows: project_id, money
    (weighted, as `Churn.disturbed`), evidence (the ids joined by `|`, empty where there is none).
    """
    found = {key: "|".join(sorted(dated.intersection(ids))) for key, ids in cited(rows).items()}
    told = pl.Series(
        "evidence", [found.get(key, "") for key in churn.disturbed["project_id"]], dtype=pl.String
    )
    moved = churn.disturbed.with_columns(told)
    backed = moved.filter(pl.col("evidence") != "")
    return Measured(
        Figure.ratio(float(backed["money"].sum()), float(moved["money"].sum()), NOTHING_MOVED), moved
    )


def cadence(sealed: Sequence[Quarter], at: Quarter) -> Measured:
    """Quarters with a snapshot by the quarters of the last four up to `at` (DOMAIN 3.4), 0 to 1.

    Quarters before the first snapshot do not count, and a second sealing of a quarter counts once. Rows: quarter
    (ordinal), is_sealed.
    """
    made = {quarter.ordinal for quarter in sealed if quarter <= at}
    first = max(min(made, default=at.ordinal + 1), at.ordinal - _WINDOW + 1)
    window = range(first, at.ordinal + 1)
    rows = pl.DataFrame(
        {"quarter": list(window), "is_sealed": [ordinal in made for ordinal in window]},
        schema={"quarter": pl.Int64, "is_sealed": pl.Boolean},
    )
    return Measured(Figure.ratio(int(rows["is_sealed"].sum()), rows.height, NO_SNAPSHOT), rows)


def is_regular(rhythm: Measured, settings: PlanSettings, *, is_revision: bool) -> bool:
    """Whether a refresh comes in a regular rhythm; a second sealing of its quarter does not (DOMAIN 2.6)."""
    return (rhythm.value or 0.0) >= settings.number("threshold_cadence") and not is_revision

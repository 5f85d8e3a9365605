"""What the registers give to the brief: asks and decisions of the quarter, second looks, lessons; it writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.rules.brief import Ask, Learnt
from planner.rules.registers import current_rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    import polars as pl

    from planner.model.quarter import Calendar, Quarter

OPEN = ("asked", "deferred")


@dataclass(frozen=True, slots=True)
class Span:
    """What a brief is about: from one version to another.

    `labels` are the snapshots after the baseline up to the version, and the label that a draft is to have; `since` and
    `until` the days that they stand for, None where there is no baseline or the version is not sealed.
    """

    labels: frozenset[str]
    quarters: tuple[Quarter | None, Quarter]
    since: dt.date | None
    until: dt.date | None


def tell_asks(decisions: pl.DataFrame, span: Span) -> tuple[Ask, ...]:
    """What is asked and not decided, the one needed first at the front; then what was decided since the baseline."""
    rows = [row for row in _rows(decisions, "decisions", "decision_id") if _is_of(row, span)]
    waiting = [row for row in rows if row["status"] in OPEN]
    waiting.sort(key=lambda row: (row["needed_by"] is None, str(row["needed_by"]), row["decision_id"]))
    decided = [row for row in rows if row["status"] == "decided"]
    return tuple(_ask(row) for row in (*waiting, *decided))


def _is_of(row: Mapping[str, Any], span: Span) -> bool:
    """Whether a question belongs to the span: asked with it, open all the while, or decided in it."""
    if row["snapshot_id"] in span.labels:
        return True
    if row["status"] in OPEN:
        return span.until is None or (row["asked_on"] is not None and row["asked_on"] <= span.until)
    decided = row["decided_on"]
    if decided is None or span.since is None:
        return False
    return bool(span.since < decided and (span.until is None or decided <= span.until))


def tell_due_again(decisions: pl.DataFrame, span: Span, calendar: Calendar) -> tuple[Ask, ...]:
    """The decisions that come back for a second look, by id: decided before, to be looked at in the version's quarter."""
    quarter = calendar.label(span.quarters[1])
    rows = _rows(decisions, "decisions", "decision_id")
    return tuple(_ask(row) for row in rows if row["status"] == "decided" and row["review_quarter"] == quarter)


def tell_learnt(lessons: pl.DataFrame, span: Span, calendar: Calendar) -> tuple[Learnt, ...]:
    """The lessons of the quarters from the baseline's to the one before the version's, by id."""
    first, now = span.quarters
    start = now.ordinal - 1 if first is None else min(first.ordinal, now.ordinal - 1)
    wanted = {calendar.label(now + back) for back in range(start - now.ordinal, 0)}
    return tuple(
        Learnt(
            row["lesson_id"],
            *(row[name] or "" for name in ("projected", "actual", "lesson", "action")),
        )
        for row in _rows(lessons, "lessons", "lesson_id")
        if row["quarter"] in wanted
    )


def _rows(ledger: pl.DataFrame, name: str, key: str) -> list[dict[str, Any]]:
    return sorted(current_rows(ledger, name).iter_rows(named=True), key=lambda row: row[key])


def _ask(row: Mapping[str, Any]) -> Ask:
    said = {name: row[name] for name in Ask.__dataclass_fields__ if name != "options"}
    texts = {name: "" if value is None else str(value) for name, value in said.items()}
    return Ask(options=tuple(part for part in (row["options"] or "").split("|") if part), **texts)

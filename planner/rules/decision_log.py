"""The log of decisions: lead times, what to look at again, what was decided without evidence (DOMAIN 3.18, 4.4).

It writes nothing and judges no decision; the entries are those of the registers.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

import polars as pl

from planner.rules.figure import Figure, Measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.model.quarter import Calendar, Quarter
    from planner.rules.citations import Citation, Citations
    from planner.rules.registers import Entry

NO_LEAD: Final = "No decision says both when it was asked and when it was made."
DECIDED, ASKED = "decided", "asked"
NOW, PASSED = "now", "passed"
_LEADS: Final = {"decision_id": pl.String, "quarter": pl.Int64, "asked_on": pl.Date, "decided_on": pl.Date, "days": pl.Int64}  # fmt: skip

DEFINITIONS: Final = (
    ("From ask to decision", "days from the ask to the decision, the middle one", "3.18"),
    (
        "Without evidence",
        "decisions that say so, or whose changes, of which there is one, name no evidence",
        "4.4",
    ),
    (
        "Second looks overdue",
        "decisions to be looked at again by an earlier quarter, and not decided since",
        "4.4",
    ),
)
_TOLD: Final = (
    "decision_id", "status", "question", "options", "recommendation", "owner", "asked_on", "needed_by",
    "decision", "rationale", "decided_by", "decided_on", "review_quarter",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Logged:
    """One decision or ask. `lead_days` runs from the ask to the decision; None where a day is not known.

    `look` is NOW where its second look is due in this refresh, PASSED where it was due before and nobody decided
    it again, else empty. `changes` are the changes that were made in it.
    """

    entry: Entry
    lead_days: int | None
    look: str
    changes: Sequence[Citation]

    @property
    def id(self) -> str:
        """The id of the decision."""
        return self.entry.id

    @property
    def evident(self) -> int:
        """How many of its changes name evidence."""
        return sum(bool(change.evidence) for change in self.changes)

    @property
    def is_without_evidence(self) -> bool:
        """Whether it says so itself, or its changes, of which there is one, name none."""
        if self.entry.state != DECIDED:
            return False
        return bool(self.entry.row["evidence_missing"]) or (bool(self.changes) and not self.evident)


def decision_log(
    entries: Iterable[Entry], cited: Citations, quarter: Quarter, calendar: Calendar
) -> list[Logged]:
    """The decisions as they stand: open asks first, the one needed first at their front, then the newest.

    `quarter` is the one that is planned now: what should have been looked at by it is due.
    """
    found = [
        Logged(entry, lead_days(entry), _look(entry, quarter, calendar), cited.of_decision.get(entry.id, ()))
        for entry in entries
    ]
    return sorted(sorted(found, key=lambda one: (_day(one.entry), one.id), reverse=True), key=_turn)


def lead_days(entry: Entry) -> int | None:
    """Days from the ask to the decision (DOMAIN 3.18); None where one is not known, or the ask is the later one."""
    asked, decided = entry.row["asked_on"], entry.row["decided_on"]
    if entry.state != DECIDED or asked is None or decided is None or decided < asked:
        return None
    return int((decided - asked).days)


def lead_times(entries: Iterable[Entry], calendar: Calendar) -> Measured:
    """The median days from ask to decision; rows: decision_id, quarter (ordinal, of the decision), asked_on, decided_on, days."""
    rows = [
        (one.id, calendar.of(one.row["decided_on"]).ordinal, one.row["asked_on"], one.row["decided_on"], days)
        for one in entries
        if (days := lead_days(one)) is not None
    ]
    frame = pl.DataFrame(rows, schema=_LEADS, orient="row").sort("quarter", "decision_id")
    if frame.is_empty():
        return Measured(Figure.missing(NO_LEAD), frame)
    return Measured(Figure(float(median(frame["days"].to_list()))), frame)


def lead_times_by_quarter(rows: pl.DataFrame) -> pl.DataFrame:
    """The median by the quarter of the decision (DOMAIN 3.18): quarter (ordinal), decisions, days; `rows` of `lead_times`."""
    return rows.group_by("quarter").agg(pl.len().alias("decisions"), pl.col("days").median()).sort("quarter")


def _look(entry: Entry, quarter: Quarter, calendar: Calendar) -> str:
    """Whether a second look is due: in this refresh as the registers tell it, or before, and not decided since."""
    if entry.is_due and not entry.is_open:
        return NOW
    again = entry.row["review_quarter"]
    if entry.state != DECIDED or not again:
        return ""
    due = calendar.parse(again)
    decided = entry.row["decided_on"]
    is_decided_since = decided is not None and calendar.of(decided) >= due
    return PASSED if due <= quarter and not is_decided_since else ""


def _day(entry: Entry) -> str:
    return str(entry.row["decided_on"] or entry.row["asked_on"] or "")


def _turn(one: Logged) -> tuple[int, str]:
    if one.entry.state == ASKED:
        return 0, str(one.entry.row["needed_by"] or "9999")
    return 1, ""


def log_frame(log: Sequence[Logged]) -> pl.DataFrame:
    """The log as rows for a spreadsheet, in its order; options joined by `|`, empty where not known."""
    rows = [
        {name: one.entry.row[name] for name in _TOLD}
        | {
            "lead_days": one.lead_days,
            "second_look": one.look,
            "changes": len(one.changes),
            "with_evidence": one.evident,
        }
        for one in log
    ]
    days = ("asked_on", "needed_by", "decided_on")
    types: dict[str, type[pl.DataType]] = {name: pl.Date if name in days else pl.String for name in _TOLD}
    types |= {"lead_days": pl.Int64, "second_look": pl.String, "changes": pl.Int64, "with_evidence": pl.Int64}
    return pl.DataFrame(rows, schema=types)

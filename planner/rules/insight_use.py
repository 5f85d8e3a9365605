"""What insights and lessons changed: which changes cite them, how soon, and at what effort (DOMAIN 3.18); no register is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from planner.model.quarter import Quarter
from planner.rules.figure import Figure, Measured
from planner.rules.zones import ordinal_of_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.model.plan import Plan
    from planner.model.quarter import Calendar
    from planner.rules.citations import Citation, Citations
    from planner.rules.registers import Entry

WINDOW: Final = 4  # quarters that the use of insights looks back (DOMAIN 3.18)
NO_INSIGHT: Final = "No insight is dated in the last four quarters."
NO_RESERVE: Final = "No plan of these quarters reserves time of a team for insight."
NO_USE: Final = "No sealed change cites one, so nothing says how soon they reach the plan."
DEFINITIONS: Final = (
    (
        "Insights in use",
        "insights of the last four quarters that a change cites, by all of these quarters",
        "3.18",
    ),
    (
        "From insight to plan",
        "quarters from an insight's own to the first snapshot that cites it, the middle one",
        "3.18",
    ),
    (
        "Effort for insight",
        "person-days of the last four quarters, by those that teams kept free for insight",
        "3.18",
    ),
)
_EFFORTS: Final = {"quarter": pl.Int64, "insights": pl.Int64, "effort": pl.Int64, "reserve": pl.Int64}


@dataclass(frozen=True, slots=True)
class Used:
    """An insight or a lesson, and the changes that cite it, in the order of versions.

    `lead` are the quarters from its own to that of the first snapshot with a change that cites it; None where
    there is none, or it has no quarter.
    """

    entry: Entry
    changes: Sequence[Citation]
    lead: int | None

    @property
    def is_used(self) -> bool:
        """Whether a change cites it."""
        return bool(self.changes)

    @property
    def versions(self) -> list[str]:
        """The versions whose changes cite it, each once."""
        return list(dict.fromkeys(change.label for change in self.changes))


def find_uses(entries: Iterable[Entry], cited: Citations, calendar: Calendar, draft: str) -> list[Used]:
    """Each insight or lesson with the changes that cite it; a citation of the version `draft` is not in the plan yet."""
    found = []
    for entry in entries:
        changes = cited.of_evidence.get(entry.id, ())
        sealed = [change for change in changes if change.label != draft]
        of = entry.row["quarter"]
        lead = sealed[0].quarter - calendar.parse(of) if sealed and of else None
        found.append(Used(entry, changes, lead))
    return found


def insight_use(uses: Sequence[Used], quarter: Quarter, calendar: Calendar) -> Measured:
    """Insights cited by a change by the insights of the last four quarters up to `quarter` (DOMAIN 3.18), 0 to 1.

    Rows: insight_id, quarter (ordinal), changes.
    """
    rows = [
        (use.entry.id, at, len(use.changes))
        for use in uses
        if (of := use.entry.row["quarter"])
        and 0 <= quarter.ordinal - (at := calendar.parse(of).ordinal) < WINDOW
    ]
    schema = {"insight_id": pl.String, "quarter": pl.Int64, "changes": pl.Int64}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return Measured(Figure.ratio(int((frame["changes"] > 0).sum()), frame.height, NO_INSIGHT), frame)


def lead_to_plan(uses: Iterable[Used]) -> Measured:
    """The median quarters from an insight or lesson to the first snapshot whose reasons cite it; rows: id, quarters."""
    rows = [(use.entry.id, use.lead) for use in uses if use.lead is not None]
    frame = pl.DataFrame(rows, schema={"id": pl.String, "quarters": pl.Int64}, orient="row")
    middle = frame["quarters"].median()
    figure = Figure(float(middle)) if isinstance(middle, int | float) else Figure.missing(NO_USE)
    return Measured(figure, frame)


def insight_reserve(plan: Plan, quarter: Quarter) -> Figure:
    """Person-days that the teams keep free for insight in a quarter: people x days a person x share, rounded half up.

    Missing where no team has both people and a share in that quarter (DOMAIN A42).
    """
    label = plan.calendar.label(quarter)
    rows = plan["capacity"].filter(pl.col("quarter") == label).unique(["team_id"], keep="first")
    days = plan["teams"].select("team_id", "pd_per_fte_quarter").unique("team_id", keep="first")
    of_setting = plan.settings.whole("pd_per_fte_quarter")
    # hundredths of people and whole percent keep the product whole, as in `capacity`
    people = (pl.col("fte") * 100).round(0).cast(pl.Int64)
    share = (pl.col("insight_reserve") * 100).round(0).cast(pl.Int64)
    each = pl.col("pd_per_fte_quarter").fill_null(of_setting)
    known = rows.join(days, on="team_id", how="left").select(kept=people * each * share).drop_nulls()
    if known.is_empty():
        return Figure.missing(NO_RESERVE)
    return Figure(float((int(known["kept"].sum()) + 5_000) // 10_000))


def insight_effort(
    insights: pl.DataFrame, plans: Mapping[int, Plan], quarter: Quarter, quarters: int = WINDOW
) -> Measured:
    """Person-days that went into insights by those that were kept free for it, over the last `quarters` quarters.

    `insights` has the last row of each insight, `plans` the plan that ruled each quarter, by ordinal. Only quarters
    with a reserve count. Rows: quarter (ordinal), insights, effort, reserve (null where there is none).
    """
    dated = insights.with_columns(at=ordinal_of_label("quarter"))
    rows = []
    for at in range(quarter.ordinal - quarters + 1, quarter.ordinal + 1):
        found = dated.filter(pl.col("at") == at)
        reserve = insight_reserve(plans[at], Quarter(at)).value if at in plans else None
        effort = int(found["effort_pd"].sum() or 0)
        rows.append((at, found.height, effort, None if reserve is None else int(reserve)))
    frame = pl.DataFrame(rows, schema=_EFFORTS, orient="row")
    kept = frame.drop_nulls("reserve")
    return Measured(Figure.ratio(int(kept["effort"].sum()), int(kept["reserve"].sum()), NO_RESERVE), frame)


def uses_frame(uses: Sequence[Used]) -> pl.DataFrame:
    """Insights or lessons as rows for a spreadsheet: a row for each change that cites one, one without any where none does."""
    rows: list[tuple[object, ...]] = []
    for use in uses:
        head = (use.entry.id, use.entry.row["quarter"], use.entry.said, use.lead)
        rows += [(*head, one.label, one.table, one.id, one.kind, one.reason) for one in use.changes]
        if not use.changes:
            rows.append((*head, None, None, None, None, None))
    names = ("id", "quarter", "title", "lead_quarters", "version", "table", "changed_id", "kind", "reason")
    types = dict.fromkeys(names, pl.String) | {"lead_quarters": pl.Int64}
    return pl.DataFrame(rows, schema=types, orient="row")

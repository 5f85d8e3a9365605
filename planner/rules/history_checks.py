"""What a plan may not do to what was sealed before it (DOMAIN 2.2, 2.5, 2.6): findings over two plans; it mends nothing.

Closed stays closed, whatever the reason. The past is frozen, a start that was made is a fact, and the life of an
enabler or an outcome goes forward: these give way to a change that is explained as a correction. None of them breaks
the plan as a graph, so they are warnings; a refresh stops at them all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.edit import row_id_expr
from planner.model.finding import WARNING, Finding
from planner.model.tables import CLOSED_STATUSES, TABLES
from planner.rules.zones import ordinal_of_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

LIFECYCLES = tuple(TABLES["enablers"].by_name["lifecycle"].allowed)
CORRECTION = "correction"
_AGAIN = "_again"
_REACHED = ("achieved", "retired")


def history_findings(baseline: Plan, current: Plan, quarter: Quarter) -> list[Finding]:
    """What the current plan, of `quarter`, changes of the baseline's past; all of them warnings, by table and id."""
    corrected = current["reasons"].filter(pl.col("reason_code") == CORRECTION).select("table", "id")
    known = set(corrected.iter_rows())
    soft = [
        *_past_phasing(baseline, current, quarter),
        *_starts(baseline, current),
        *_lifecycles(baseline, current),
        *_outcomes(baseline, current),
    ]
    kept = [finding for finding in soft if not known & {(finding.table, finding.id), _owner(finding)}]
    found = [*_reopened(baseline, current), *kept]
    return sorted(found, key=lambda finding: (finding.table, finding.id, finding.code))


def _owner(finding: Finding) -> tuple[str, str]:
    """The project of a row of phasing, by whose correction the row may change too."""
    return (
        ("projects", finding.id.split(":")[0]) if finding.table == "phasing" else (finding.table, finding.id)
    )


def _reopened(baseline: Plan, current: Plan) -> Iterator[Finding]:
    was = baseline["projects"].filter(pl.col("status").is_in(CLOSED_STATUSES))
    now = was.select("project_id", "status").join(current["projects"], on="project_id", suffix=_AGAIN)
    again = ~pl.col(f"status{_AGAIN}").is_in(CLOSED_STATUSES).fill_null(value=False)
    for row in now.filter(again).iter_rows(named=True):
        said = (
            f"The project '{row['name']}' ({row['project_id']}) was {row['status']} in the last snapshot and is "
            f"{row[f'status{_AGAIN}'] or 'live'} again. Closed stays closed: set it back, and start a new project "
            f"that is split from {row['project_id']}."
        )
        yield Finding(WARNING, "closed_reopened", "projects", row["project_id"], "status", said)


def _past_phasing(baseline: Plan, current: Plan, quarter: Quarter) -> Iterator[Finding]:
    """One finding for each row of a quarter that is over whose money or effort is no longer what was sealed."""
    over = ordinal_of_label("quarter") < quarter.ordinal
    sides = [plan["phasing"].filter(over) for plan in (baseline, current)]
    columns = list(TABLES["phasing"].names)
    unlike = pl.concat(
        [
            sides[0].join(sides[1], on=columns, how="anti", nulls_equal=True),
            sides[1].join(sides[0], on=columns, how="anti", nulls_equal=True),
        ]
    )
    # a project that is new to the plan has no past that was sealed
    rows = unlike.join(baseline["projects"], on="project_id", how="semi").with_columns(row_id_expr("phasing"))
    for row in rows.unique("id").sort("id").iter_rows(named=True):
        team = f" by {row['team_id']}" if row["team_id"] else ""
        said = (
            f"The phasing of {row['project_id']} in {row['quarter']}{team} is not what was sealed, and that quarter "
            f"is over. Put it back, or give the project a reason of the sort '{CORRECTION}'; what was really spent "
            "is an actual."
        )
        yield Finding(WARNING, "past_phasing", "phasing", row["id"], "quarter", said)


def _starts(baseline: Plan, current: Plan) -> Iterator[Finding]:
    was = baseline["projects"].filter(pl.col("status") == "in_progress").select("project_id", "start_date")
    now = was.join(current["projects"], on="project_id", suffix=_AGAIN)
    moved = pl.col("start_date") != pl.col(f"start_date{_AGAIN}")
    for row in now.filter(moved).iter_rows(named=True):
        said = (
            f"The project '{row['name']}' ({row['project_id']}) started on {row['start_date']}, and that is a fact. "
            f"Put the start back, or give it a reason of the sort '{CORRECTION}'."
        )
        yield Finding(WARNING, "start_moved_after", "projects", row["project_id"], "start_date", said)


def _lifecycles(baseline: Plan, current: Plan) -> Iterator[Finding]:
    was = baseline["enablers"].select("enabler_id", "lifecycle")
    for row in was.join(current["enablers"], on="enabler_id", suffix=_AGAIN).iter_rows(named=True):
        before, after = row["lifecycle"], row[f"lifecycle{_AGAIN}"]
        if before and after and LIFECYCLES.index(after) < LIFECYCLES.index(before):
            said = (
                f"The enabler '{row['name']}' ({row['enabler_id']}) went back from {before} to {after}. Put it "
                f"back, or give it a reason of the sort '{CORRECTION}'."
            )
            yield Finding(WARNING, "lifecycle_back", "enablers", row["enabler_id"], "lifecycle", said)


def _outcomes(baseline: Plan, current: Plan) -> Iterator[Finding]:
    was = baseline["outcomes"].filter(pl.col("status").is_in(_REACHED)).select("outcome_id", "status")
    now = was.join(current["outcomes"], on="outcome_id", suffix=_AGAIN)
    again = ~pl.col(f"status{_AGAIN}").is_in(_REACHED).fill_null(value=False)
    for row in now.filter(again).iter_rows(named=True):
        said = (
            f"The outcome '{row['name']}' ({row['outcome_id']}) was {row['status']} in the last snapshot and is active "
            f"again. Put it back, or give it a reason of the sort '{CORRECTION}'."
        )
        yield Finding(WARNING, "outcome_reopened", "outcomes", row["outcome_id"], "status", said)

"""The lanes of a roadmap: by outcome, capability, team or status; which project swims in which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import PROJECT_STATUSES
from planner.rules.checks_rows import active_outcomes
from planner.rules.sentences import status_word
from planner.rules.sight import capability_shares, main_of, up_shares

if TYPE_CHECKING:
    from planner.model.plan import Plan

_TABLE = {"outcome": "outcomes", "capability": "capabilities", "team": "teams"}
_NONE = {"outcome": "No outcome", "capability": "No capability", "team": "No team", "status": "No status"}
_STATUS_ORDER = ("in_progress", "planned", "proposed", "on_hold", "done", "cancelled")


def lane_of_projects(plan: Plan, baseline: Plan | None, kind: str) -> pl.DataFrame:
    """The lane of each project: project_id, lane; that of a removed project as the baseline has it."""
    current = _lanes_of(plan, kind)
    if baseline is None:
        return current
    gone = _lanes_of(baseline, kind).join(plan["projects"], on="project_id", how="anti")
    return pl.concat([current, gone])


def outcome_numbers(plan: Plan, baseline: Plan | None) -> pl.DataFrame:
    """Which outcome each project serves most, by its place among all of them: project_id, outcome_no (Int64)."""
    known = _known(plan, baseline, "outcome").select("lane").with_row_index("outcome_no")
    lanes = lane_of_projects(plan, baseline, "outcome").join(known, on="lane")
    return lanes.select("project_id", pl.col("outcome_no").cast(pl.Int64))


def _lanes_of(plan: Plan, kind: str) -> pl.DataFrame:
    if kind in {"team", "status"}:
        column = "lead_team_id" if kind == "team" else "status"
        lanes = plan["projects"].select("project_id", pl.col(column).alias("lane"))
        return lanes.drop_nulls().unique("project_id", keep="first", maintain_order=True)
    shares = (up_shares if kind == "outcome" else capability_shares)(plan, with_cancelled=True)
    return main_of(shares).select("project_id", pl.col(f"{kind}_id").alias("lane"))


def lane_frame(
    plan: Plan, baseline: Plan | None, kind: str, items: pl.DataFrame, *, keep_empty: bool
) -> pl.DataFrame:
    """The lanes in their order: lane_no, lane, name, need_by (a date, may be null).

    An outcome that is still wanted has a lane even without a project, where `keep_empty` says so; any other lane
    is there for its projects. What belongs to none comes last. Numbers count all lanes there could be.
    """
    known = _known(plan, baseline, kind)
    used = items["lane"].unique()
    strange = sorted(set(used.to_list()) - set(known["lane"].to_list()) - {""})
    types = {"lane": pl.String, "name": pl.String, "need_by": pl.Date}
    last = [(lane, lane, None) for lane in strange] + [("", _NONE[kind], None)]
    lanes = pl.concat([known, pl.DataFrame(last, schema=types, orient="row")]).with_row_index("lane_no")
    shown = pl.col("lane").is_in(used.implode())
    if kind == "outcome" and keep_empty:
        shown = shown | pl.col("lane").is_in(active_outcomes(plan)["outcome_id"].implode())
    return lanes.filter(shown).with_columns(pl.col("lane_no").cast(pl.Int64))


def _known(plan: Plan, baseline: Plan | None, kind: str) -> pl.DataFrame:
    """All lanes that the plan has, then those that only the baseline had: lane, name, need_by."""
    if kind == "status":
        words = [word for word in _STATUS_ORDER if word in PROJECT_STATUSES.split("|")]
        rows = [(word, status_word(word).capitalize(), None) for word in words]
        return pl.DataFrame(
            rows, schema={"lane": pl.String, "name": pl.String, "need_by": pl.Date}, orient="row"
        )
    table = _TABLE[kind]
    frames = [_in_order(one[table], kind) for one in (plan, baseline) if one is not None]
    return pl.concat(frames).unique("lane", keep="first", maintain_order=True)


def _in_order(frame: pl.DataFrame, kind: str) -> pl.DataFrame:
    need_by = pl.col("need_by") if kind == "outcome" else pl.lit(None, dtype=pl.Date).alias("need_by")
    if kind != "capability":
        return frame.select(pl.col(f"{kind}_id").alias("lane"), "name", need_by)
    rows = frame.select("capability_id", "name", need_by, "code").rows()
    rows.sort(key=lambda row: (_by_code(row[3]), row[0]))
    lanes = [row[:3] for row in rows]
    return pl.DataFrame(
        lanes, schema={"lane": pl.String, "name": pl.String, "need_by": pl.Date}, orient="row"
    )


def _by_code(code: str | None) -> tuple[bool, list[int]]:
    """The order of a place in the map: 3.2 before 3.10, and those without a code last."""
    return code is None, [int(part) for part in re.findall(r"\d{1,9}", code or "")]

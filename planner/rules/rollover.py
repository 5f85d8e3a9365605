"""Roll-forward of a plan to a quarter (DOMAIN 2.6): the edits that move its horizon, and what to suggest; it applies none.

The horizon is not stored: it begins at the version's quarter. What is stored by quarter moves with it, but for
phasing: what was planned for a quarter that is over is frozen, and the rest of each budget stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.model.edit import Edit
from planner.model.quarter import Quarter
from planner.model.tables import CLOSED_STATUSES, TABLES
from planner.rules.checks_rows import NOT_FUNDED
from planner.rules.rework_ranks import rank_edits
from planner.rules.zones import ordinal_of_day, ordinal_of_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planner.model.edit import Cell
    from planner.model.plan import Plan

START, FINISH = "start", "finish"
# What has a row for each quarter of the horizon, and what of it belongs together.
_SERIES: Mapping[str, str] = {"capacity": "team_id", "kpi_targets": "kpi_id"}
_ROUNDING = 0.5  # of the last decimal that a measure shows


@dataclass(frozen=True, slots=True)
class RolledForward:
    """The horizon from `first` to `last`, the edits that move a plan to it, and how many rows join and fall off by table."""

    first: Quarter
    last: Quarter
    edits: tuple[Edit, ...]

    @property
    def joined(self) -> dict[str, int]:
        """How many rows join at the far end, by table."""
        return self._count(is_joining=True)

    @property
    def fallen(self) -> dict[str, int]:
        """How many rows fall off the near end, by table."""
        return self._count(is_joining=False)

    def _count(self, *, is_joining: bool) -> dict[str, int]:
        wanted = [edit.table for edit in self.edits if (edit.after is not None) == is_joining]
        return {table: wanted.count(table) for table in _SERIES if table in wanted}


def roll_forward(plan: Plan, quarter: Quarter) -> RolledForward:
    """Move a plan's horizon to begin at `quarter`.

    Capacity of the quarters that join is a copy of each team's last one; targets go on flat. Rows of quarters
    that are over fall off, but for a target that was typed beside its measure's path: the actual of its quarter
    is held against it. A series that is not in the plan is not begun, and phasing is never touched.
    """
    last = quarter + (plan.settings.whole("horizon_quarters") - 1)
    edits = [
        edit
        for table, owner in _SERIES.items()
        for edit in (*_fallen(plan, table, quarter), *_joined(plan, table, owner, quarter, last))
    ]
    return RolledForward(quarter, last, tuple(edits))


def _fallen(plan: Plan, table: str, quarter: Quarter) -> Iterator[Edit]:
    over = plan[table].filter(ordinal_of_label("quarter") < quarter.ordinal)
    if table == "kpi_targets":
        over = over.join(_typed_targets(plan), on=TABLES[table].key, how="anti")
    yield from (Edit(table, _key(table, row), "", row, None) for row in _filled(over))


def _joined(plan: Plan, table: str, owner: str, first: Quarter, last: Quarter) -> Iterator[Edit]:
    """The last row of each series again, for each quarter after it from the first to the last one."""
    placed = plan[table].with_columns(at=ordinal_of_label("quarter")).sort(owner, "at")
    newest = placed.unique(owner, keep="last", maintain_order=True)
    for row, at in zip(_filled(newest.drop("at")), newest["at"], strict=True):
        for ordinal in range(max(at + 1, first.ordinal), last.ordinal + 1):
            new = {**row, "quarter": plan.calendar.label(Quarter(ordinal))}
            yield Edit(table, _key(table, new), "", None, new)


def _typed_targets(plan: Plan) -> pl.DataFrame:
    """The targets that say another value than the straight line or the step of their measure."""
    measures = plan["kpis"].rename({"target_value": "goal"})
    targets = plan["kpi_targets"].join(measures, on="kpi_id", how="inner")
    begun, due = ordinal_of_label("baseline_quarter"), ordinal_of_label("target_quarter")
    part = ((ordinal_of_label("quarter") - begun) / (due - begun)).clip(0.0, 1.0)
    share = pl.when(pl.col("path") == "stepped").then((part >= 1).cast(pl.Float64)).otherwise(part)
    line = pl.col("baseline_value") + (pl.col("goal") - pl.col("baseline_value")) * share
    least = pl.lit(10.0).pow(-pl.col("decimals").fill_null(0).cast(pl.Float64)) * _ROUNDING
    typed = ((pl.col("target_value") - line).abs() > least * 1.001).fill_null(value=True)
    return targets.filter(typed).select(TABLES["kpi_targets"].key)


def _filled(frame: pl.DataFrame) -> Iterator[dict[str, Cell]]:
    for row in frame.iter_rows(named=True):
        yield {name: cell for name, cell in row.items() if cell is not None}


def _key(table: str, row: Mapping[str, Cell]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in TABLES[table].key)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A project that by its dates has started or finished; `obstacle` says why it may not be started yet."""

    project_id: str
    name: str
    action: str
    quarter: Quarter
    obstacle: str = ""


def suggestions(plan: Plan, quarter: Quarter) -> list[Suggestion]:
    """What to start and to finish in a plan of `quarter`: by DOMAIN 2.5, done ends before it, work in progress has begun.

    Work that is not funded may only be started where it must be done. What is finished comes first.
    """
    projects = plan["projects"].with_columns(
        starts=ordinal_of_day("start_date", plan.calendar), ends=ordinal_of_day("end_date", plan.calendar)
    )
    finished = projects.filter((pl.col("status") == "in_progress") & (pl.col("ends") < quarter.ordinal))
    started = projects.filter((pl.col("status") == "planned") & (pl.col("starts") <= quarter.ordinal))
    return [
        *(_suggested(row, FINISH, row["ends"]) for row in finished.sort("project_id").iter_rows(named=True)),
        *(_suggested(row, START, row["starts"]) for row in started.sort("project_id").iter_rows(named=True)),
    ]


def _suggested(row: Mapping[str, Cell], action: str, at: int) -> Suggestion:
    unpaid = action == START and row["funding_status"] in NOT_FUNDED and row["kind"] != "mandatory"
    obstacle = "its money is not there yet" if unpaid else ""
    return Suggestion(str(row["project_id"]), str(row["name"]), action, Quarter(at), obstacle)


def progress_edits(plan: Plan, *, started: Iterable[str] = (), finished: Iterable[str] = ()) -> list[Edit]:
    """Set projects in progress and done, and close the ranks behind those that are done.

    Only the relative order says what comes first, so nothing is re-prioritised by it (DOMAIN 3.2).
    """
    begun, done = set(started), set(finished)
    rows = {row["project_id"]: row for row in plan["projects"].iter_rows(named=True)}
    edits = []
    for project, status in (*((one, "in_progress") for one in begun), *((one, "done") for one in done)):
        if project in rows and rows[project]["status"] not in CLOSED_STATUSES:
            edits.append(Edit("projects", (project,), "status", rows[project]["status"], status))
    closed = {edit.key[0] for edit in edits if edit.after == "done"}
    return [*sorted(edits, key=lambda edit: edit.key), *(rank_edits(plan, sorted(closed)) if closed else ())]

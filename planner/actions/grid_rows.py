"""The rows of the projects as texts for a grid: searched, filtered, sorted, unsaved edits laid over; nothing is drawn.

Every cell is text, as a plan folder would have it: what a person types or pastes is kept as it is until it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.actions.editing import cell_text
from planner.model.fingerprint import number_text
from planner.model.tables import CLOSED_STATUSES, TABLES
from planner.rules.sight import up_shares

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.columns import Column
    from planner.model.edit import Edit
    from planner.model.finding import Finding
    from planner.model.plan import Plan

PROJECTS = "projects"
ID = "project_id"
FOUND = "findings"  # not a column of the plan: how many findings a project has
_SEARCHED = tuple(
    column.name for column in TABLES[PROJECTS].columns if column.kind in {"id", "ids", "text", "list"}
)


@dataclass(frozen=True, slots=True)
class GridView:
    """Which projects are shown, and in which order; empty parts filter nothing.

    `chosen` gives the wanted values of some columns, '' for an empty cell; a list holds any of them.
    `sort_by` empty is the order of the roadmap: live work by rank, then closed work.
    """

    search: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    outcomes: tuple[str, ...] = ()
    only_found: bool = False
    sort_by: str = ""
    is_descending: bool = False


def projects_shown(plan: Plan, view: GridView, found: Mapping[str, Sequence[Finding]]) -> pl.DataFrame:
    """The projects of a view as texts, all columns, `findings` after the id; null where a cell is empty."""
    frame = plan[PROJECTS]
    if view.search.strip():
        said = pl.concat_str(_SEARCHED, separator="\n", ignore_nulls=True).str.to_lowercase()
        frame = frame.filter(said.str.contains(view.search.strip().lower(), literal=True))
    for field, values in view.chosen:
        frame = frame.filter(_is_chosen(TABLES[PROJECTS].by_name[field], values))
    if view.outcomes:
        serving = up_shares(plan).filter(pl.col("outcome_id").is_in(list(view.outcomes)))
        frame = frame.filter(pl.col(ID).is_in(serving[ID].implode()))
    if view.only_found:
        frame = frame.filter(pl.col(ID).is_in(list(found)))
    return text_rows(_sorted(frame, view), found)


def _is_chosen(column: Column, values: Sequence[str]) -> pl.Expr:
    cell = pl.col(column.name).fill_null("")
    if column.kind not in {"list", "ids"}:
        return cell.is_in(list(values))
    return cell.str.split("|").list.eval(pl.element().is_in(list(values))).list.any()


def _sorted(frame: pl.DataFrame, view: GridView) -> pl.DataFrame:
    if view.sort_by:
        return frame.sort(
            [view.sort_by, ID], descending=[view.is_descending, False], nulls_last=True, maintain_order=True
        )
    is_closed = pl.col("status").is_in(CLOSED_STATUSES).fill_null(value=False)
    return frame.sort(is_closed, "priority_rank", ID, nulls_last=True)


def text_rows(frame: pl.DataFrame, found: Mapping[str, Sequence[Finding]]) -> pl.DataFrame:
    """Projects as texts; `findings` says how many there are, errors marked."""
    marks = {project: _mark(findings) for project, findings in found.items()}
    marked = frame[ID].replace_strict(marks, default=None, return_dtype=pl.String).alias(FOUND)
    texts = [_texts(TABLES[PROJECTS].by_name[name], frame[name]) for name in TABLES[PROJECTS].names]
    return pl.DataFrame([texts[0], marked, *texts[1:]])


def _mark(findings: Sequence[Finding]) -> str:
    shape = "◆" if any(finding.severity == "error" for finding in findings) else "▲"
    return f"{shape} {len(findings)}"


def _texts(column: Column, cells: pl.Series) -> pl.Series:
    if column.polars_type is pl.Date:
        return cells.dt.to_string("%Y-%m-%d")
    if column.polars_type is pl.Float64:
        unlike = cells.drop_nulls().unique()
        said = pl.Series([number_text(value) for value in unlike], dtype=pl.String)
        return cells.replace_strict(unlike, said, default=None, return_dtype=pl.String)
    return cells.cast(pl.String)


def with_unsaved(rows: pl.DataFrame, edits: Sequence[Edit]) -> pl.DataFrame:
    """Lay unsaved edits over shown projects: joined ones first, removed ones away, changed cells as they were typed."""
    mine = [edit for edit in edits if edit.table == PROJECTS]
    joined = [
        {name: cell_text(edit.after.get(name)) for name in TABLES[PROJECTS].names}
        for edit in mine
        if edit.is_row and edit.before is None and isinstance(edit.after, Mapping)
    ]
    removed = [edit.key[0] for edit in mine if edit.is_row and edit.after is None]
    rows = rows.filter(~pl.col(ID).is_in(removed)) if removed else rows
    rows = with_cells(rows, {(edit.key[0], edit.field): _text_of(edit) for edit in mine if not edit.is_row})
    if not joined:
        return rows
    new = pl.DataFrame(joined, schema=dict.fromkeys(TABLES[PROJECTS].names, pl.String))
    new = new.with_columns(pl.lit("new").alias(FOUND)).select(rows.columns)
    return pl.concat([new, rows.filter(~pl.col(ID).is_in(new[ID].implode()))])


def _text_of(edit: Edit) -> str | None:
    assert not isinstance(edit.after, Mapping)  # noqa: S101  told to the type checker
    return cell_text(edit.after)


def with_cells(rows: pl.DataFrame, cells: Mapping[tuple[str, str], str | None]) -> pl.DataFrame:
    """Put texts, given by id and field, into shown projects; those that are not shown are left out."""
    places = {project: place for place, project in enumerate(rows[ID])} if cells else {}
    changed: dict[str, list[str | None]] = {}
    for (project, name), text in cells.items():
        if project in places:
            changed.setdefault(name, rows[name].to_list())[places[project]] = text
    return rows.with_columns(pl.Series(name, texts, dtype=pl.String) for name, texts in changed.items())


def project_ids(rows: pl.DataFrame) -> tuple[str, ...]:
    """The ids of shown projects in their order: what the places of a grid stand for."""
    return tuple(rows[ID])


def findings_of_projects(plan: Plan, findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """The findings by the project that they are about: its own, its links', phasing's, milestones', dependencies'."""
    owners = dict(plan["milestones"].select("milestone_id", "project_id").iter_rows())
    known = set(plan[PROJECTS][ID])
    sorted_out: dict[str, list[Finding]] = {}
    for finding in findings:
        project = _project_of(finding, owners)
        if project in known:
            sorted_out.setdefault(project, []).append(finding)
    return sorted_out


def _project_of(finding: Finding, owners: Mapping[str, str]) -> str:
    match finding.table:
        case "projects":
            return finding.id
        case "milestones":
            return owners.get(finding.id, "")
        case "phasing" | "dependencies":
            return finding.id.partition(":")[0]
        case "links":
            return finding.id.partition(">")[0].removeprefix("project:")
        case _:
            return ""

"""The rows of a table that has a quarter in its key, quarters side by side, as texts for a grid; nothing is drawn.

A row of the grid is what is left of the key without the quarter: a team, a measure, a project with a team.
A typed cell is a row of the table: it joins when it is first filled and leaves when nothing is left in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from planner.actions.editing import cell_text
from planner.actions.grid_rows import (
    FOUND,
    ROW,
    is_chosen,
    items_now,
    marks_of,
    names_of,
    row_key,
    text_of,
    texts_of,
    with_cells,
)
from planner.actions.unsaved import Rows, add_row, put_cells, remove_row
from planner.model.tables import TABLES
from planner.rules.sight import live_projects

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.actions.grid_rows import GridView, Typed
    from planner.model.edit import Edit, Row
    from planner.model.finding import Finding
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

QUARTER = "quarter"


@dataclass(frozen=True)
class QuarterGrid:
    """A grid of one field of a table, with a column for each quarter."""

    table: str
    field: str

    @property
    def name(self) -> str:
        """What this grid is called among all grids."""
        return f"{self.table}-{self.field}"

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """The columns of the key without the quarter."""
        return tuple(name for name in TABLES[self.table].key if name != QUARTER)

    def rows(self, plan: Plan, view: GridView, found: Mapping[str, Sequence[Finding]]) -> pl.DataFrame:
        """One row for each owner of a view, its cells as texts; null where the table has no row or no value."""
        column = TABLES[self.table].by_name[self.field]
        cells = plan[self.table].filter(pl.col(QUARTER).is_in(view.quarters))
        said = cells.select(*self.owners, QUARTER, texts_of(column, cells[self.field]).alias(self.field))
        crossed = said.pivot(on=QUARTER, on_columns=view.quarters, index=self.owners, values=self.field)
        owners = self._wanted(plan, view)
        rows = owners.join(crossed, on=self.owners, how="left", maintain_order="left")
        named = rows.with_columns(self._row_expr())
        by_owner: dict[str, list[Finding]] = {}
        for row, findings in found.items():
            if row:
                by_owner.setdefault(self.place_of(row_key(self.table, row))[0], []).extend(findings)
        marked = named.with_columns(marks_of(named[ROW], by_owner))
        if view.only_found:
            marked = marked.filter(pl.col(FOUND).is_not_null())
        return marked.select(ROW, FOUND, *self.owners, *view.quarters)

    def laid_over(self, plan: Plan, rows: pl.DataFrame, edits: Sequence[Edit]) -> pl.DataFrame:
        """Lay unsaved edits over shown rows: new owners first, removed ones away, cells as they were typed."""
        cells: dict[tuple[str, str], str | None] = {}
        joined: list[tuple[str, ...]] = []
        for edit in edits:
            if edit.table == self.table and edit.field in {"", self.field}:
                place = self.place_of(edit.key)
                cells[place] = self._text_of(edit)
                if edit.is_row and edit.before is None:
                    joined.append(row_key_of(place[0]))
        rows = rows.filter(~self._leaves(edits))
        new = self._new_owners(plan, edits, joined)
        if new:
            schema = dict.fromkeys(rows.columns, pl.String)
            told = [
                {ROW: ":".join(key), FOUND: "new", **dict(zip(self.owners, key, strict=True))} for key in new
            ]
            rows = pl.concat([pl.DataFrame(told, schema=schema), rows])
        return with_cells(rows, cells)

    def put(self, plan: Plan, edits: Iterable[Edit], typed: Typed) -> list[Edit]:
        """Put typed cells among the unsaved edits: rows join, change or leave by what is in them."""
        made = list(edits)
        stored = Rows(plan, self.table)
        waiting = {(edit.key, edit.field): edit for edit in made if edit.table == self.table}
        cells = []
        for (owner, quarter), text in typed.items():
            key = self.key_of(owner, quarter)
            row = _row_now(stored.find(key), key, waiting)
            if row is None:
                if text:
                    made = self._with_new(plan, made, key, text)
            elif not text and self._is_last(row):
                made = remove_row(plan, made, self.table, key)
            else:
                cells.append((key, self.field, text))
        return put_cells(plan, made, self.table, cells) if cells else made

    def key_of(self, owner: str, quarter: str) -> tuple[str, ...]:
        """The key of the table's row that a cell of the grid shows."""
        parts = dict(zip(self.owners, row_key_of(owner), strict=True)) | {QUARTER: quarter}
        return tuple(parts[name] for name in TABLES[self.table].key)

    def place_of(self, key: Sequence[str]) -> tuple[str, str]:
        """The row and the column of the grid that show a row of the table."""
        parts = dict(zip(TABLES[self.table].key, key, strict=True))
        quarter = parts.pop(QUARTER)
        return ":".join(parts.values()), quarter

    def _with_new(self, plan: Plan, edits: list[Edit], key: tuple[str, ...], text: str) -> list[Edit]:
        """A row joins with one cell; one that was about to leave stays, with its other cells emptied."""
        named = dict(zip(TABLES[self.table].key, key, strict=True))
        made = add_row(edits, self.table, named)
        return put_cells(plan, made, self.table, [(key, self.field, text)])

    def _is_last(self, row: Row) -> bool:
        others = set(TABLES[self.table].fields) - {self.field}
        return all(row.get(name) in {None, ""} for name in others)

    def _text_of(self, edit: Edit) -> str | None:
        if not edit.is_row:
            return text_of(edit)
        return cell_text(edit.after.get(self.field)) if isinstance(edit.after, Mapping) else None

    def _row_expr(self) -> pl.Expr:
        return pl.concat_str(list(self.owners), separator=":").alias(ROW)

    def _wanted(self, plan: Plan, view: GridView) -> pl.DataFrame:
        """The owners of a view in their order."""
        frame = self._owners(plan)
        columns = TABLES[self.table].by_name
        if view.search.strip():
            parts = [
                part
                for name in self.owners
                for part in (
                    pl.col(name),
                    pl.col(name).replace_strict(
                        names_of(plan, columns[name].references), default=None, return_dtype=pl.String
                    ),
                )
            ]
            said = pl.concat_str(parts, separator="\n", ignore_nulls=True).str.to_lowercase()
            frame = frame.filter(said.str.contains(view.search.strip().lower(), literal=True))
        for field, values in view.chosen:
            frame = frame.filter(is_chosen(columns[field], values))
        return frame

    def _owners(self, plan: Plan) -> pl.DataFrame:
        """All owners: each item, or each project with the teams that work for it, those without any by their lead."""
        first = TABLES[self.table].by_name[self.owners[0]].references[0]
        items = pl.DataFrame({self.owners[0]: items_now(plan, (), first)}, schema={self.owners[0]: pl.String})
        used = plan[self.table].select(self.owners).unique()
        if len(self.owners) == 1:
            strangers = used.join(items, on=self.owners[0], how="anti").sort(self.owners)
            return pl.concat([items, strangers])
        bare = live_projects(plan).drop_nulls("lead_team_id").join(used, on="project_id", how="anti")
        bare = bare.select("project_id", pl.col("lead_team_id").alias("team_id"))
        placed = pl.concat([used, bare]).join(items.with_row_index("place"), on=self.owners[0], how="left")
        return placed.sort("place", *self.owners, nulls_last=True).select(self.owners)

    def _leaves(self, edits: Sequence[Edit]) -> pl.Expr:
        """Whether an owner's item is about to leave."""
        columns = TABLES[self.table].by_name
        gone = {
            name: [
                edit.key[0]
                for edit in edits
                if edit.table in columns[name].references and edit.is_row and edit.after is None
            ]
            for name in self.owners
        }
        return pl.any_horizontal(pl.col(name).is_in(ids) for name, ids in gone.items())

    def _new_owners(
        self, plan: Plan, edits: Sequence[Edit], joined: Iterable[tuple[str, ...]]
    ) -> list[tuple[str, ...]]:
        """The owners that only unsaved edits know: of rows that join, and items that join."""
        items = [
            edit.key
            for edit in edits
            if len(self.owners) == 1
            and edit.table in TABLES[self.table].by_name[self.owners[0]].references
            and edit.is_row
            and edit.before is None
        ]
        if not (items or joined):
            return []
        known = set(self._owners(plan).iter_rows())
        return [key for key in dict.fromkeys([*items, *joined]) if key not in known]


def row_key_of(owner: str) -> tuple[str, ...]:
    """The parts of the name of a row of the grid; no id holds a colon."""
    return tuple(owner.split(":"))


def _row_now(
    stored: Row | None, key: tuple[str, ...], waiting: Mapping[tuple[tuple[str, ...], str], Edit]
) -> Row | None:
    """A row of the table as it would be after a save, or None."""
    whole = waiting.get((key, ""))
    if whole is not None:
        return whole.after if isinstance(whole.after, Mapping) else None
    if stored is None:
        return None
    changed = {field: edit.after for (of, field), edit in waiting.items() if of == key and field}
    return {**stored, **changed}  # type: ignore[dict-item]  # a cell's edit holds a cell


def quarters_shown(plan: Plan, table: str, first: Quarter, *, with_past: bool) -> tuple[str, ...]:
    """The quarters side by side: the horizon from `first` on and what the table has after it, or before it too."""
    calendar = plan.calendar
    ordinals = {calendar.parse(label).ordinal for label in plan[table][QUARTER].unique()}
    last = max([first.ordinal + plan.settings.whole("horizon_quarters") - 1, *ordinals])
    begin = min([first.ordinal, *ordinals]) if with_past else first.ordinal
    return tuple(calendar.label(replace(first, ordinal=place)) for place in range(begin, last + 1))

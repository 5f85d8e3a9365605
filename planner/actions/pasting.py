"""Rows pasted from a spreadsheet into a table: read like a file that is merged, and handed on as unsaved edits."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.actions.editing import cell_text
from planner.actions.importing import MERGE, check_import
from planner.actions.unsaved import Rows
from planner.model.tables import TABLES
from planner.model.version import DRAFT
from planner.store.snapshots import load_plan

if TYPE_CHECKING:
    from planner.model.edit import Cell
    from planner.model.finding import Problem
    from planner.model.plan import Plan
    from planner.model.table import Table
    from planner.store.database import Database


_NO_PROJECT = ("projects.csv", b"project_id,name\n")  # a plan folder has this file; merging none adds none


@dataclass(frozen=True, slots=True)
class Pasted:
    """What pasted rows mean: the cells that they change (key, field, text) and the rows that they add."""

    problems: tuple[Problem, ...]
    count: int
    cells: tuple[tuple[tuple[str, ...], str, str | None], ...] = ()
    added: tuple[dict[str, Cell], ...] = ()


def read_paste(db: Database, table: str, text: str, version: str = DRAFT) -> Pasted:
    """Read rows with their header row, tabs or commas between the cells; nothing is written.

    Headers are names of columns or their labels. Rows are matched by their key; a cell that is empty empties the cell.
    """
    csv_text = _as_csv(text, TABLES[table], load_plan(db, version))
    files = {_NO_PROJECT[0]: _NO_PROJECT[1], f"{table}.csv": csv_text.encode()}
    preview = check_import(db, files, mode=MERGE, version=version)
    if preview.problems:
        return Pasted(preview.problems, preview.count)
    declared, before = TABLES[table], Rows(preview.before, table)
    cells, added = [], []
    for row in preview.after[table].iter_rows(named=True):
        key = tuple(str(row[name]) for name in declared.key)
        stored = before.find(key)
        if stored is None:
            added.append({name: cell for name, cell in row.items() if cell is not None})
        else:
            cells += [
                (key, name, cell_text(row[name])) for name in declared.fields if row[name] != stored.get(name)
            ]
    return Pasted((), 0, tuple(cells), tuple(added))


def _as_csv(text: str, table: Table, plan: Plan) -> str:
    """The pasted rows as a CSV file with the names of columns in its header row."""
    text = text.strip("\r\n")
    separator = "\t" if "\t" in text.partition("\n")[0] else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return text  # the importer says where it breaks off
    if rows:
        labels = {column.label.casefold(): column.name for column in table.columns}
        rows[0] = [labels.get(header.strip().casefold(), header) for header in rows[0]]
        for column in table.columns:
            if column.required and not column.key:
                _add_known(rows, table, column.name, plan)
    written = io.StringIO(newline="")
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _add_known(rows: list[list[str]], table: Table, field: str, plan: Plan) -> None:
    """Give rows that come without a needed cell the one that the plan has."""
    if field in rows[0] or not set(table.key) <= set(rows[0]):
        return
    places = [rows[0].index(name) for name in table.key]
    known = {tuple(key): cell for *key, cell in plan[table.name].select(*table.key, field).iter_rows()}
    rows[0].append(field)
    for row in rows[1:]:
        if len(row) == len(rows[0]) - 1:
            row.append(known.get(tuple(row[place].strip() for place in places), ""))

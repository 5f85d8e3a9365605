"""The roadmap, the phasing and the links as CSV for spreadsheets (FORMAT 3); what stands in the rows comes from above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from planner.exchange.file_bytes import MOST_HEADER_BYTES
from planner.exchange.headers import CELL, OPEX, QUARTER, UNREAD, Names, fold
from planner.exchange.table_csv import write_safe
from planner.model.tables import TABLES

if TYPE_CHECKING:
    from planner.model.plan import Plan

BOM = b"\xef\xbb\xbf"
ROADMAP_COLUMNS = (
    "version", "project_id", "project", "why", "status", "kind", "sponsor", "lead_team",
    "start_quarter", "end_quarter", "start_date", "end_date", "date_precision", "capex", "opex",
    "cost", "benefit_annual", "benefit_start_quarter", "priority_rank", "rag", "confidence_pct",
    "person_days", "outcomes", "enablers", "drift_since_previous", "change_reason", "change_text",
)  # fmt: skip
_MARKS = re.compile("[,;\t]")
_PROJECTS = TABLES["projects"].by_name
_READ_BACK = (
    "project_id", "why", "status", "kind", "sponsor", "start_date", "end_date", "date_precision",
    "capex", "cost", "benefit_annual", "benefit_start_quarter", "priority_rank", "rag",
    "confidence_pct",
)  # fmt: skip
_NOT_READ_BACK = (
    "version", "snapshot_id", "lead_team", "person_days", "outcomes", "enablers",
    "drift_since_previous", "change_reason", "change_text",
)  # fmt: skip


def roadmap_csv(rows: pl.DataFrame) -> bytes:
    r"""Write the roadmap: exactly ROADMAP_COLUMNS, in the order of the rows, BOM and `\r\n`.

    Dates are Date, money and counts Int64, all else String. Raises polars' ColumnNotFoundError where one lacks.
    """
    return _sheet(rows.select(ROADMAP_COLUMNS))


def phasing_csv(plan: Plan) -> bytes:
    r"""Write the phasing of a plan for a spreadsheet: the columns of phasing.csv, BOM and `\r\n`."""
    return _sheet(plan["phasing"])


def links_csv(plan: Plan) -> bytes:
    r"""Write the links of a plan for a spreadsheet: the columns of links.csv, BOM and `\r\n`."""
    return _sheet(plan["links"])


def is_roadmap(data: bytes) -> bool:
    """Whether a file has the roadmap's own columns: the projects go by `project`, not by `name`."""
    first = data[:MOST_HEADER_BYTES].splitlines()[:1]
    names = {fold(name.strip('"')) for line in first for name in _MARKS.split(line.decode(errors="ignore"))}
    return {"project_id", "project"} <= names and "name" not in names


def roadmap_names() -> Names:
    """The headers of a roadmap, read back as a merge of projects; names and shares of other items are not."""
    feeds = {name: (_PROJECTS[name], CELL) for name in _READ_BACK}
    feeds["project"] = (_PROJECTS["name"], CELL)
    feeds["total_cost"] = (_PROJECTS["cost"], CELL)
    feeds["opex"] = (_PROJECTS["cost"], OPEX)
    feeds["start_quarter"] = (_PROJECTS["start_date"], QUARTER)
    feeds["end_quarter"] = (_PROJECTS["end_date"], QUARTER)
    feeds.update(dict.fromkeys(_NOT_READ_BACK, (_PROJECTS["name"], UNREAD)))
    return Names("the roadmap", feeds, ("project_id", "project"), may_double=True)


def _sheet(rows: pl.DataFrame) -> bytes:
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    return BOM + write_safe(rows, texts, "\r\n")

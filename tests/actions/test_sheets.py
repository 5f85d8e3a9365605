"""The CSV of a list on a page: its rows in their order, every column, and no cell that could start a formula."""

import csv
import datetime as dt
import io

import polars as pl

from planner.actions.sheets import entries_bytes
from planner.model.ledgers import LEDGERS
from planner.model.quarter import Calendar
from planner.rules.registers import Today, list_entries

CALENDAR = Calendar(4)
TODAY = Today(dt.date(2027, 1, 15), CALENDAR.parse("FY27-Q4"), None, CALENDAR)


def risks(*rows):
    types = {column.name: column.polars_type for column in LEDGERS["risks"].columns}
    columns = ("risk_id", "status", "statement", "probability", "recorded_on", "recorded_by")
    told = [dict.fromkeys(types) | dict(zip(columns, row, strict=True)) for row in rows]
    return pl.DataFrame(told, schema=types)


def test_each_entry_is_a_row_as_it_stands_with_every_column_and_safe_cells():
    ledger = risks(
        ("RSK-001", "open", "=HYPERLINK(1)", 4, dt.date(2026, 1, 5), "Ann"),
        ("RSK-002", "open", "The crane waits; -1 day", 5, dt.date(2026, 2, 5), "Ann"),
        ("RSK-001", "closed", "=HYPERLINK(1)", 1, dt.date(2026, 3, 5), "@Bo"),
    )
    entries = list_entries(ledger, "risks", TODAY)
    data = entries_bytes("risks", entries)

    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == LEDGERS["risks"].names
    assert [(row["risk_id"], row["status"], row["probability"]) for row in rows] == [
        ("RSK-002", "open", "5"),
        ("RSK-001", "closed", "1"),
    ]
    assert [row["statement"] for row in rows] == ["The crane waits; -1 day", "'=HYPERLINK(1)"]
    assert (rows[1]["recorded_on"], rows[1]["recorded_by"]) == ("2026-03-05", "'@Bo")


def test_a_list_without_entries_has_its_header():
    assert entries_bytes("risks", []).decode("utf-8-sig").strip() == ",".join(LEDGERS["risks"].names)

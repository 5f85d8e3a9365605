"""`planner drift`: as text counts by table, then each item with its fields, old and new side by side."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Any

from planner.actions.comparing import compare
from planner.actions.exporting import drift_bytes
from planner.cli_database import opened
from planner.cli_text import counted, say, say_json, shown, text_table
from planner.errors import DONE
from planner.rules.drift_reasons import count_reasons_wanted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from planner.actions.comparing import Comparison

COUNTED = ("added", "removed", "changed", "unchanged")
LONGEST_REASON = 100


def drift(args: argparse.Namespace) -> int:
    """Every difference between two versions; differences are no failure."""
    with opened(args) as db:
        comparison = compare(db, args.baseline, args.current)
    if args.format == "json":
        say_json(comparison.as_document())
    elif args.format == "csv":
        sys.stdout.buffer.write(drift_bytes(comparison))
    else:
        say(drift_text(comparison))
    return DONE


def drift_text(comparison: Comparison) -> str:
    """Set a comparison as text, tables in the order of the plan folder's summary."""
    head = f"{comparison.baseline.label} to {comparison.current.label}"
    if comparison.drift.is_empty:
        return f"{head}: no difference."
    rows = comparison.rows.to_dicts()
    # the quarters of one team's capacity are many rows and one change
    events, unexplained = (
        count_reasons_wanted(found) for found in (comparison.events, comparison.unexplained)
    )
    told = f"{events} with a planning meaning, {unexplained} of these without a reason"
    lines = [f"{head}: {counted(len(rows), 'difference')}, {told}.", "", _summary(comparison)]
    for table, of_table in groupby(rows, key=lambda row: row["table"]):
        lines += ["", table]
        for _, of_item in groupby(of_table, key=lambda row: row["id"]):
            lines += _item(list(of_item))
    return "\n".join(lines)


def _summary(comparison: Comparison) -> str:
    rows = [
        (table, *(counts[word] for word in COUNTED))
        for table, counts in comparison.drift.summary.items()
        if counts["added"] or counts["removed"] or counts["changed"]
    ]
    return text_table(("table", *COUNTED), rows, right=COUNTED)


def _item(rows: list[dict[str, Any]]) -> Iterator[str]:
    """One item: its id and name, then a line for each of its rows."""
    first = rows[0]
    name = f"  {shown(first['name'])}" if first["name"] else ""
    whole = f"  {first['change']}" if first["change"] != "changed" else ""
    yield f"  {shown(first['id'], 160)}{name}{whole}{_meaning(first) if whole else ''}"
    for row in rows[1:] if whole else rows:
        cells = f"{row['field']}: {_value(row['before'])} → {_value(row['after'])}" if row["field"] else ""
        yield f"      {cells}{_meaning(row)}".rstrip()


def _meaning(row: dict[str, Any]) -> str:
    said = ""
    if row["kind"]:
        said = f"  [{row['kind']}{_amount(row)}]"
    if row["reason"] or row["reason_code"]:
        said += f"  because {shown(row['reason'] or row['reason_code'], LONGEST_REASON)}"
    return said


def _amount(row: dict[str, Any]) -> str:
    if row["amount"] is None:
        return ""
    sign = "+" if row["amount"] > 0 else ""
    return f" {sign}{row['amount']:,.12g} {row['unit']}".rstrip()


def _value(text: str) -> str:
    return shown(text, 40) if text else "not known"

"""`planner measures`: the measures of a version and of the refresh that led to it, as JSON or as a table with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from planner.actions.measured_document import measures_document
from planner.actions.measuring import measure
from planner.cli_database import opened
from planner.cli_text import say, say_json, text_table
from planner.errors import DONE
from planner.rules.measure_words import (
    CHANGE,
    FURTHER_OF_REFRESH,
    FURTHER_OF_SNAPSHOT,
    MONEY,
    OF_REFRESH,
    OF_SNAPSHOT,
    QUARTERS,
    SHARE,
    WORD,
)
from planner.rules.sentences import money_text, signed_money_text
from planner.rules.verdict import VERDICT_WORDS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from planner.actions.measuring import Measured
    from planner.rules.measure_words import Definition

# The name of a version or a refresh, and what is said of it from which part of the document.
_Part: TypeAlias = "tuple[str, tuple[tuple[str, tuple[Definition, ...]], ...]]"
HEAD = ("measure", "is", "what it is, or why it is empty")
LONGEST_TOLD = 120


def measures(args: argparse.Namespace) -> int:
    """Measure a version, against a baseline or the snapshot before."""
    with opened(args) as db:
        measured = measure(db, args.label, args.baseline or "")
    if args.format == "json":
        say_json(measures_document(measured))
    else:
        say(measures_text(measured))
    return DONE


def measures_text(measured: Measured) -> str:
    """The headline measures, a line each, with what they are or why there is none."""
    document, label = measures_document(measured), measured.version.label
    currency = measured.now.plan.settings.currency
    parts: list[_Part] = [
        (name, (("per_refresh", OF_REFRESH), ("further/per_refresh", FURTHER_OF_REFRESH)))
        for name in document["per_refresh"]
    ]
    parts.append((label, (("per_snapshot", OF_SNAPSHOT), ("further/per_snapshot", FURTHER_OF_SNAPSHOT))))
    blocks = []
    for name, listed in parts:
        rows = [
            _line(document, f"{place}/{name}", definition, currency)
            for place, definitions in listed
            for definition in definitions
        ]
        blocks.append(
            f"{name.replace('->', ' to ')}\n{text_table(HEAD, rows, right=('is',), longest=LONGEST_TOLD)}"
        )
    if not document["per_refresh"]:
        blocks.append("There is no snapshot before it, so no refresh is measured; name one with --baseline.")
    return "\n\n".join(blocks)


def _line(document: Mapping[str, Any], place: str, definition: Definition, currency: str) -> tuple[str, ...]:
    value = _cell(document, f"{place}/{definition.path}")
    if value is None:
        return definition.label, "–", _reason(document["empty"], place, definition)  # noqa: RUF001
    return definition.label, _said(value, definition.unit, currency), definition.told


def _cell(document: Mapping[str, Any], path: str) -> Any:
    """The cell at a path, None where it or a part on the way is empty."""
    cell: Any = document
    for part in path.split("/"):
        cell = cell.get(part) if cell else None
    return cell


def _reason(empty: Mapping[str, str], place: str, definition: Definition) -> str:
    """Why a cell, or the part that it stands in, is empty."""
    part, _, _last = definition.path.rpartition("/")
    return empty.get(f"{place}/{definition.path}") or empty.get(f"{place}/{part}", "")


def _said(value: Any, unit: str, currency: str) -> str:
    if unit == WORD:
        return VERDICT_WORDS[value]
    if unit == SHARE:
        return f"{value * 100:.1f}%"
    if unit in {MONEY, CHANGE}:
        return (money_text if unit == MONEY else signed_money_text)(int(value), currency)
    said = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{said} q" if unit == QUARTERS else said

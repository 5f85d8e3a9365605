"""What an import brings to the ledgers: new rows, known ones, and those that contradict what is written there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model.finding import Problem
from planner.model.ledgers import LEDGERS
from planner.store.ledgers import append_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from planner.store.database import Database


@dataclass(frozen=True)
class LedgerNews:
    """The rows given for one ledger, and how many of them are new and known."""

    frame: pl.DataFrame
    added: int
    unchanged: int


def compare_ledgers(
    db: Database, ledgers: Mapping[str, pl.DataFrame]
) -> tuple[dict[str, LedgerNews], list[Problem]]:
    """Set rows against the ledgers without writing; a row that contradicts a written one is a problem."""
    news, problems = {}, []
    for name, frame in ledgers.items():
        found = append_ledger(db, name, frame, check=True)
        news[name] = LedgerNews(frame, found.added, found.known)
        problems += _contradictions(name, found.refused)
    return news, problems


def _contradictions(name: str, refused: pl.DataFrame) -> list[Problem]:
    key = LEDGERS[name].key
    problems = []
    for row in refused.select(key).unique(maintain_order=True).iter_rows():
        shown = ":".join(row)
        said = (
            f"'{shown}' is written down with other values, and a ledger only grows. "
            "Set restates to yes if this row takes the place of the earlier one."
        )
        problems.append(Problem(f"{name}.csv", 0, key[0], shown, said))
    return problems

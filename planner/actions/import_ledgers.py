"""What an import brings to the ledgers: new rows, known ones, and those that contradict what is written there.

Each row of a ledger says when and by whom it was recorded (FORMAT 1). A file need not: who imports it, records it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.model.finding import Problem
from planner.model.ledgers import LEDGERS
from planner.store.ledgers import append_ledger, load_ledger

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

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
        given = _as_recorded(db, name, frame)
        found = append_ledger(db, name, given, check=True)
        news[name] = LedgerNews(given, found.added, found.known)
        problems += _contradictions(name, found.refused)
    return news, problems


def append_ledgers(db: Database, ledgers: Mapping[str, LedgerNews], *, actor: str, day: dt.date) -> None:
    """Write the rows down that are new; what does not say who recorded it and when is recorded by `actor` on `day`."""
    for name, news in ledgers.items():
        frame = _as_recorded(db, name, news.frame)
        append_ledger(db, name, frame.with_columns(pl.col(_ON).fill_null(day), pl.col(_BY).fill_null(actor)))


_ON, _BY = "recorded_on", "recorded_by"


def _as_recorded(db: Database, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows, and where they leave it out when and by whom an equal row was recorded: it is known, and no news."""
    if not frame.select(pl.any_horizontal(pl.col(_ON, _BY).is_null()).any()).item():
        return frame
    said = [column for column in LEDGERS[name].names if column not in {_ON, _BY}]
    written = load_ledger(db, name).unique(said, keep="last").rename({_ON: "was_on", _BY: "was_by"})
    beside = frame.join(written, on=said, how="left", nulls_equal=True, maintain_order="left")
    told = beside.with_columns(pl.coalesce(_ON, "was_on").alias(_ON), pl.coalesce(_BY, "was_by").alias(_BY))
    return told.select(frame.columns)


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

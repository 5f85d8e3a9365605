"""The ledgers: rows added, never changed; what they mean beside a plan is for the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model.ledgers import LEDGERS
from planner.model.plan import settle
from planner.store.frames import query, quoted, registered
from planner.store.rows import first_cell

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from planner.model.table import Table
    from planner.store.database import Database


@dataclass(frozen=True)
class Appended:
    """What became of rows for a ledger: how many are new, how many were there, and the refused ones.

    `refused` are rows whose key is there with other cells and that do not say that they restate it.
    """

    added: int
    known: int
    refused: pl.DataFrame


def append_ledger(db: Database, name: str, frame: pl.DataFrame, *, check: bool = False) -> Appended:
    """Add the new rows of a frame to a ledger, skip those that are there, refuse what contradicts them.

    All or none: where a row is refused nothing is written; with `check` nothing is written either way.
    """
    table = LEDGERS[name]
    with db.writing() as cursor, registered(cursor, settle(table, frame).unique(maintain_order=True)):
        new = (
            f"SELECT {quoted(table.names)} FROM stage EXCEPT SELECT {quoted(table.names)} FROM ledger_{name}"
        )
        refused = query(
            cursor,
            f"SELECT * FROM ({new}) AS n WHERE restates IS NOT TRUE AND {_key_is_taken(table)}"
            f" ORDER BY {quoted(table.key)}",
        )
        given = first_cell(cursor, "SELECT count(*) FROM stage")
        added = first_cell(cursor, f"SELECT count(*) FROM ({new})")
        if refused.is_empty() and not check:
            cursor.execute(f"INSERT INTO ledger_{name} SELECT * FROM ({new}) ORDER BY {quoted(table.key)}")
        return Appended(added - refused.height, given - added, refused)


def load_ledger(db: Database, name: str) -> pl.DataFrame:
    """All rows of a ledger, by key and then in the order in which they were recorded."""
    with db.reading() as cursor:
        return load_ledger_frame(cursor, LEDGERS[name])


def load_ledgers(db: Database) -> dict[str, pl.DataFrame]:
    """The ledgers that have rows, by name, all as they were at one moment."""
    filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (FROM ledger_{name})" for name in LEDGERS)
    with db.reading() as cursor:
        names = {name for (name,) in cursor.execute(filled).fetchall()}
        return {name: load_ledger_frame(cursor, table) for name, table in LEDGERS.items() if name in names}


def load_ledger_frame(cursor: duckdb.DuckDBPyConnection, table: Table) -> pl.DataFrame:
    """All rows of a ledger inside a transaction; rows of one entry by day, then as they were written."""
    entry = [name for name in table.key if table.by_name[name].kind != "choice"]  # a state names no entry
    columns, key = quoted(table.names), quoted(entry)
    return query(cursor, f"SELECT {columns} FROM ledger_{table.name} ORDER BY {key}, recorded_on, rowid")


def _key_is_taken(table: Table) -> str:
    """Whether another row of the ledger, or of the rows that come with it, has the key of `n`."""
    same = " AND ".join(f'o."{key}" = n."{key}"' for key in table.key)
    unlike = " OR ".join(f'o."{field}" IS DISTINCT FROM n."{field}"' for field in table.fields)
    return (
        f"(EXISTS (SELECT 1 FROM ledger_{table.name} AS o WHERE {same})"
        f" OR EXISTS (SELECT 1 FROM stage AS o WHERE {same} AND o.restates IS NOT TRUE AND ({unlike})))"
    )

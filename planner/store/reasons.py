"""The reasons of all versions, read at once: which version gave which reason; what they explain is drift's to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model.tables import TABLES
from planner.store.frames import query, quoted

if TYPE_CHECKING:
    import polars as pl

    from planner.store.database import Database


def load_reasons(db: Database) -> pl.DataFrame:
    """The reasons of every snapshot and of the draft: label, place, and the columns of `reasons`.

    `place` is that of the version in the chain, a draft's after the last; in the order of places and keys.
    """
    columns = quoted(TABLES["reasons"].names)
    with db.reading() as cursor:
        return query(
            cursor,
            f"""SELECT label, CAST(snapshot AS BIGINT) AS place, {columns}
            FROM sealed_reasons JOIN snapshots ON snapshots.number = sealed_reasons.snapshot
            UNION ALL
            SELECT 'draft', (SELECT coalesce(max(number), 0) + 1 FROM snapshots)::BIGINT, {columns}
            FROM work_reasons WHERE version = 'draft'
            ORDER BY place, {quoted(TABLES["reasons"].key)}""",
        )

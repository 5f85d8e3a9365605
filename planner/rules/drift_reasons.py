"""Which sealed reason explains which drift row; it reads reasons and never makes one up."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

REASON_COLUMNS = ("reason_code", "reason", "evidence_id", "decision_id")
_SAME_FIELD, _SAME_KIND, _OWN_ROW = 1, 2, 4
ReasonKey: TypeAlias = tuple[str, str, str, str]


def reason_key(row: Mapping[str, str]) -> ReasonKey:
    """The key in `reasons` under which a drift row is explained: that row alone.

    A team's capacity is explained at the team, once for all its quarters: nobody has eighteen reasons for one hire.
    """
    item = _explained_at(row["table"], row["id"])
    return *item, row["kind"], row["field"]


def _explained_at(table: str, row_id: str) -> tuple[str, str]:
    return ("teams", row_id.partition(":")[0]) if table == "capacity" else (table, row_id)


def with_reasons(rows: pl.DataFrame, reasons: pl.DataFrame) -> pl.DataFrame:
    """Add reason_code, reason, evidence_id and decision_id to drift rows, empty where nobody gave one.

    `reasons` are the rows of the `reasons` table of every version on the way from one side to the other,
    with a column `place` that grows from version to version: the latest reason counts, and of one
    version the closest: the row's own kind before its field before the whole item. A reason given for a
    kind explains that kind alone; one with an empty kind covers the whole item (FORMAT 1 and 3). A row of
    `capacity` is also explained by what was said of its team, where nothing was said of the row itself.
    """
    if reasons.is_empty():
        return rows.with_columns(pl.lit("").alias(name) for name in REASON_COLUMNS)
    numbered = rows.with_row_index("row")
    matched = _matched(numbered, reasons)
    same_kind = (pl.col("kind_given") != "") & (pl.col("kind_given") == pl.col("kind"))
    same_field = (pl.col("field_given") != "") & (pl.col("field_given") == pl.col("field"))
    fits = (
        pl.when(pl.col("kind_given") == "")
        .then((pl.col("field_given") == "") | same_field)
        .otherwise(same_kind)
    )
    closeness = (
        pl.col("own").cast(pl.Int8) * _OWN_ROW
        + same_kind.cast(pl.Int8) * _SAME_KIND
        + same_field.cast(pl.Int8) * _SAME_FIELD
    )
    best = (
        matched.filter(fits)
        .with_columns(closeness=closeness)
        .sort("row", "place", "closeness", "field_given")
        .group_by("row", maintain_order=True)
        .last()
        .select(
            "row",
            pl.col("reason_code"),
            pl.col("reason_text").alias("reason"),
            "evidence_id",
            "decision_id",
        )
    )
    joined = numbered.join(best, on="row", how="left", maintain_order="left")
    return joined.with_columns(pl.col(REASON_COLUMNS).fill_null("")).drop("row")


def _matched(numbered: pl.DataFrame, reasons: pl.DataFrame) -> pl.DataFrame:
    """Each row beside each reason of its own, and of its team where it is a row of capacity."""
    own = numbered.join(reasons, on=["table", "id"], how="inner", suffix="_given")
    team = numbered.filter(pl.col("table") == "capacity").with_columns(
        of=pl.col("id").str.split(":").list.first()
    )
    of_team = reasons.filter(pl.col("table") == "teams").drop("table").rename({"id": "of"})
    by_team = team.join(of_team, on="of", how="inner", suffix="_given").drop("of")
    sides = own.with_columns(own=pl.lit(value=True)), by_team.with_columns(own=pl.lit(value=False))
    return pl.concat([sides[0], sides[1].select(sides[0].columns)])


def unexplained(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that have a kind and no reason; a row without a kind needs none."""
    return rows.filter((pl.col("kind") != "") & (pl.col("reason_code") == ""))


def count_reasons_wanted(rows: pl.DataFrame) -> int:
    """How many reasons drift rows want, each its own: the quarters of one team's capacity want one together."""
    return len({reason_key(row) for row in rows.select("table", "id", "kind", "field").iter_rows(named=True)})

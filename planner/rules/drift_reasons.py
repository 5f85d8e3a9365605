"""Which sealed reason explains which drift row; it reads reasons and never makes one up."""

from __future__ import annotations

import polars as pl

REASON_COLUMNS = ("reason_code", "reason", "evidence_id", "decision_id")
_SAME_FIELD, _SAME_KIND = 1, 2


def with_reasons(rows: pl.DataFrame, reasons: pl.DataFrame) -> pl.DataFrame:
    """Add reason_code, reason, evidence_id and decision_id to drift rows, empty where nobody gave one.

    `reasons` are the rows of the `reasons` table of every version on the way from one side to the other,
    with a column `place` that grows from version to version: the latest reason counts, and of one
    version the closest: the row's own kind before its field before the whole item. A reason given for a
    kind explains that kind alone; one with an empty kind covers the whole item (FORMAT 1 and 3).
    """
    if reasons.is_empty():
        return rows.with_columns(pl.lit("").alias(name) for name in REASON_COLUMNS)
    numbered = rows.with_row_index("row")
    matched = numbered.join(reasons, on=["table", "id"], how="inner", suffix="_given")
    same_kind = (pl.col("kind_given") != "") & (pl.col("kind_given") == pl.col("kind"))
    same_field = (pl.col("field_given") != "") & (pl.col("field_given") == pl.col("field"))
    fits = (
        pl.when(pl.col("kind_given") == "")
        .then((pl.col("field_given") == "") | same_field)
        .otherwise(same_kind)
    )
    closeness = same_kind.cast(pl.Int8) * _SAME_KIND + same_field.cast(pl.Int8) * _SAME_FIELD
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


def unexplained(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows that have a kind and no reason; a row without a kind needs none."""
    return rows.filter((pl.col("kind") != "") & (pl.col("reason_code") == ""))

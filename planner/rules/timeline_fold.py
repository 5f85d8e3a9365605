"""A roadmap too long for one picture: its lanes folded to counts by quarter, or cut into pages; it lays nothing out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from planner.rules.sentences import DOT, counted, money_text
from planner.rules.timeline_items import FINISHED, LIVE, REMOVED, STOPPED, UNDATED
from planner.rules.timeline_moves import EARLIER, LATER, NEW, counts_as

if TYPE_CHECKING:
    from planner.rules.timeline import TimelineLayout

COUNTS = "counts"
_KEPT_NOTES = ("carried", "empty")


def folded(laid: TimelineLayout, currency: str) -> TimelineLayout:
    """The same roadmap with each lane folded: a head with the live projects of each quarter, and what they are.

    `cells` has lane_no, row, x (the quarter, from 0), count (live projects in it) and share (of the largest count).
    Notes of kind `counts` say in words what a lane holds; no item has a row.
    """
    said = _summaries(laid, currency)
    kept = laid.notes.filter(pl.col("kind").is_in(_KEPT_NOTES)).select("lane_no", "kind", "title", "text")
    notes = pl.concat([said, kept]).join(
        laid.lanes.select("lane_no", "row"), on="lane_no", maintain_order="left"
    )
    ordered = notes.sort("row", maintain_order=True).with_row_index("at")
    heads = laid.lanes.sort("row").with_row_index("heads_before").select("lane_no", "heads_before")
    numbered = ordered.join(heads, on="lane_no").with_columns(
        row=(pl.col("at") + pl.col("heads_before") + 1).cast(pl.Int64)
    )
    spans = numbered.group_by("lane_no").agg(pl.col("row").min() - 1, pl.col("row").max().alias("last_row"))
    lanes = laid.lanes.drop("row", "last_row").join(spans, on="lane_no").sort("row")
    return replace(
        laid,
        rows=lanes.height + notes.height,
        lanes=lanes.select(laid.lanes.columns),
        items=laid.items.with_columns(row=pl.lit(None, dtype=pl.Int64)),
        notes=numbered.select("lane_no", "row", "kind", "title", "text").sort("row"),
        cells=_cells(laid, lanes),
    )


def _cells(laid: TimelineLayout, lanes: pl.DataFrame) -> pl.DataFrame:
    """How many live projects of each lane are under way in each quarter."""
    live = laid.items.filter((pl.col("place") == LIVE) & (pl.col("off_axis") == ""))
    first, last = pl.col("x0").floor().cast(pl.Int64), pl.col("x1").ceil().cast(pl.Int64)
    under_way = live.select("lane_no", x=pl.int_ranges(first, last)).explode("x")
    counts = under_way.group_by("lane_no", "x").agg(pl.len().cast(pl.Int64).alias("count"))
    placed = counts.join(lanes.select("lane_no", "row"), on="lane_no")
    share = pl.col("count") / pl.max_horizontal(pl.col("count").max(), 1)
    return placed.select("lane_no", "row", "x", "count", share.alias("share")).sort("row", "x")


def _summaries(laid: TimelineLayout, currency: str) -> pl.DataFrame:
    """One row of text for each lane: how much live work it has, what moved, and what is finished or stopped."""
    working = pl.col("place").is_in([LIVE, UNDATED])
    counts = laid.items.group_by("lane_no").agg(
        working.sum().alias("live"),
        pl.col("cost").filter(working).sum().alias("cost"),
        *((counts_as(tone) & working).sum().alias(tone) for tone in (LATER, EARLIER, NEW)),
        (pl.col("place") == UNDATED).sum().alias("undated"),
        (pl.col("place") == FINISHED).sum().alias("finished"),
        pl.col("place").is_in([STOPPED, REMOVED]).sum().alias("stopped"),
    )
    whole = laid.lanes.select("lane_no").join(counts, on="lane_no", how="left").fill_null(0)
    rows = [
        (row["lane_no"], COUNTS, f"{row['live']:,} live", _summary(row, currency))
        for row in whole.iter_rows(named=True)
    ]
    schema = {"lane_no": pl.Int64, "kind": pl.String, "title": pl.String, "text": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _summary(row: dict[str, int], currency: str) -> str:
    words = {
        LATER: ("finishes later", "finish later"),
        EARLIER: ("earlier", "earlier"),
        NEW: ("joins", "join"),
    }
    moves = [counted(row[tone], *said) for tone, said in words.items() if row[tone]]
    parts = [
        money_text(row["cost"], currency) if row["cost"] else "",
        ", ".join(moves),
        f"{row['undated']:,} without dates" if row["undated"] else "",
        f"{row['finished']:,} finished" if row["finished"] else "",
        f"{row['stopped']:,} stopped" if row["stopped"] else "",
    ]
    return DOT.join(part for part in parts if part)


def pages_of(laid: TimelineLayout, size: int) -> list[tuple[int, int]]:
    """Where a roadmap is cut so that no page has more than `size` rows: the first row and the one after the last.

    No page ends with the head of a lane.
    """
    heads = set(laid.lanes["row"].to_list())
    cuts, start = [], 0
    while start < laid.rows:
        end = min(start + size, laid.rows)
        while end < laid.rows and end - 1 > start and end - 1 in heads:
            end -= 1
        cuts.append((start, end))
        start = end
    return cuts or [(0, 0)]


def page_of(laid: TimelineLayout, rows: tuple[int, int]) -> TimelineLayout:
    """The rows of one page; a lane that goes on from the page before has its head again."""
    start, end = rows
    within = (pl.col("last_row") >= start) & (pl.col("row") < end)
    lanes = laid.lanes.filter(within).sort("row")
    goes_on = bool(lanes.height) and int(lanes["row"][0]) < start
    shift = start - (1 if goes_on else 0)
    here = pl.col("row").is_between(start, end - 1)
    name = (
        pl.when(pl.col("row") < start).then(pl.concat_str("name", pl.lit(" (continued)"))).otherwise("name")
    )
    shown = lanes.with_columns(
        name.alias("name"),
        (pl.col("row") - shift).clip(lower_bound=0),
        pl.col("last_row").clip(upper_bound=end - 1) - shift,
    )
    return replace(
        laid,
        rows=end - shift,
        lanes=shown,
        items=laid.items.with_columns(row=pl.when(here).then(pl.col("row") - shift)),
        notes=laid.notes.filter(here).with_columns(pl.col("row") - shift),
        cells=laid.cells.filter(here).with_columns(pl.col("row") - shift),
    )

"""The rows of text in a roadmap: finished work folded away, work without dates, outcomes that others carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.sentences import named, percent_text
from planner.rules.sight import up_shares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model.plan import Plan

MOST_NAMES = 40  # a row of text names no more; the table has them all
LEAST_CARRIED = 0.15  # a project that gives an outcome less of itself does not carry it
_TITLES = {
    "undated": "no dates yet: {}",
    "removed": "{} taken off the plan",
    "stopped": "{} stopped",
    "finished": "{} finished",
}
_SCHEMA = {"lane_no": pl.Int64, "kind": pl.String, "title": pl.String, "text": pl.String}


def timeline_notes(
    plan: Plan, heads: pl.DataFrame, items: pl.DataFrame, everyone: pl.DataFrame, kind: str
) -> pl.DataFrame:
    """The rows of text by lane: lane_no, kind (carried, empty, undated, removed, stopped, finished), title, text.

    `items` are those shown; `everyone` has those, too, that a filter keeps away: they still carry an outcome.
    """
    folded = items.filter("folded")
    rows = [*_folded(folded)]
    if kind == "outcome":
        rows += _carried(plan, heads, everyone)
    order = {"carried": 0, "empty": 0, "undated": 1, "removed": 2, "stopped": 3, "finished": 4}
    rows.sort(key=lambda row: (row[0], order[row[1]]))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _folded(folded: pl.DataFrame) -> Iterator[tuple[int, str, str, str]]:
    """One row a lane and place for what has no row of its own, the latest finish first."""
    by_end = folded.sort(["end_date", "name", "project_id"], descending=[True, False, False], nulls_last=True)
    said = pl.concat_str(
        [pl.col("name"), pl.when(pl.col("finish_label") != "").then(pl.col("finish_label"))],
        separator=" ",
        ignore_nulls=True,
    )
    groups = by_end.group_by("lane_no", "place", maintain_order=True).agg(
        said.head(MOST_NAMES + 1).alias("names"), pl.len().alias("count")
    )
    for lane_no, place, names, count in groups.iter_rows():
        more = count - len(names)
        text = named(names + [""] * more, MOST_NAMES)
        yield lane_no, place, _TITLES[place].format(f"{count:,}"), text


def _carried(plan: Plan, heads: pl.DataFrame, everyone: pl.DataFrame) -> Iterator[tuple[int, str, str, str]]:
    """For an outcome without a live bar of its own: who carries it, and how much of them (up share)."""
    working = everyone.filter(pl.col("place").is_in(["live", "undated"]))
    bare = heads.filter((pl.col("lane") != "") & ~pl.col("lane").is_in(working["lane"].implode()))
    if bare.is_empty():
        return
    shares = up_shares(plan).join(bare, left_on="outcome_id", right_on="lane", suffix="_lane")
    giving = (
        shares.select("project_id", "lane_no", "share")
        .join(working.select("project_id", "name", "finish_label"), on="project_id")
        .sort(["lane_no", "share", "project_id"], descending=[False, True, False])
    )
    names = {lane_no: _givers(frame) for (lane_no,), frame in giving.group_by("lane_no", maintain_order=True)}
    for lane_no in bare["lane_no"]:
        if lane_no in names:
            yield lane_no, "carried", "carried by others", named(names[lane_no], MOST_NAMES)
        else:
            yield lane_no, "empty", "no live work", "No live project serves this outcome."


def _givers(giving: pl.DataFrame) -> list[str]:
    large = giving.filter(pl.col("share") >= LEAST_CARRIED)
    chosen = large if large.height else giving
    rows = chosen.select("name", "finish_label", "share").iter_rows()
    return [
        " ".join(filter(None, (name, finish, f"({percent_text(share)})"))) for name, finish, share in rows
    ]

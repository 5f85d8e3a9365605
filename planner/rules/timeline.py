"""The layout of the roadmap: what stands in which row, from where to where, beside which words; it draws nothing.

x is counted in quarters from the start of the axis (0 is the first day of its first quarter), rows from 0.
Names, whys and all other texts of a plan are data: a chart shows them and never reads them as anything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

from planner.rules.sentences import short_day_text
from planner.rules.timeline_items import FINISHED, LIVE, REMOVED, STOPPED, UNDATED, timeline_items
from planner.rules.timeline_lanes import lane_frame, lane_of_projects, outcome_numbers
from planner.rules.timeline_moves import EARLIER, LATER, NEW, counts_as
from planner.rules.timeline_notes import timeline_notes
from planner.rules.zones import position_of_day, zone_spans

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

LaneKind = Literal["outcome", "capability", "team", "status"]
_ZONE_WORDS = {
    "firm": "firm: to the quarter",
    "planned": "planned",
    "outline": "outline: half-years and years",
}
_CELLS = {"lane_no": pl.Int64, "row": pl.Int64, "x": pl.Int64, "count": pl.Int64, "share": pl.Float64}
_ORDER = {LIVE: 0, FINISHED: 1, STOPPED: 2, REMOVED: 3}


def no_cells() -> pl.DataFrame:
    """The counts of a roadmap whose lanes are not folded: none."""
    return pl.DataFrame(schema=_CELLS)


@dataclass(frozen=True, slots=True)
class Axis:
    """The quarters of a roadmap: from `start` on, `horizon` of them, as the plan's calendar has them."""

    start: Quarter
    horizon: int


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """A roadmap, ready to be drawn.

    `rows` is the number of rows. The frames, all texts never null unless said:

    - `lanes`: lane_no (Int64, stands for its colour too and stays the same under filters), lane (id, "" for what
      belongs to none), name, row (of its head), last_row (of its stripe), status (green, amber, red, grey or ""),
      need_by_x (null off the axis or not known), need_by_text ("need by Q4 FY29" or ""), need_by_side (before or
      after the axis, or "").
    - `items`: every project once, see `planner.rules.timeline_items`; `row` is null where it is folded away;
      outcome_no is the place of the outcome that it serves most, null where it serves none.
    - `notes`: rows of text: lane_no, row, kind (carried, empty, undated, removed, stopped, finished, counts), title,
      text.
    - `cells`: only where lanes are folded to counts, see `planner.rules.timeline_fold`.
    - `zones`: zone, x0, x1, text. `ticks`: x (its left edge), quarter ("Q3"), year ("FY27" at the first quarter of
      a year and of the axis, else ""), starts_year, months ("Oct-Dec" with an en dash), label.
    - `today_x` is None where today is off the axis; `today_text` is "today, 16 Oct".
    """

    axis: Axis
    rows: int
    lanes: pl.DataFrame
    items: pl.DataFrame
    notes: pl.DataFrame
    zones: pl.DataFrame
    ticks: pl.DataFrame
    today_x: float | None
    today_text: str
    cells: pl.DataFrame = field(default_factory=no_cells)

    @property
    def bars(self) -> pl.DataFrame:
        """The items that have a row of their own, in the order of the rows."""
        return self.items.filter(pl.col("row").is_not_null()).sort("row")

    @property
    def ghosts(self) -> pl.DataFrame:
        """The bars whose dates moved: where the baseline had them, in ghost_x0 and ghost_x1."""
        return self.bars.filter(pl.col("ghost_x0").is_not_null())

    @property
    def moves(self) -> dict[str, int]:
        """How many live projects finish later, earlier, or join, and how many were stopped or removed since."""
        live = self.items.filter(pl.col("place").is_in([LIVE, UNDATED]))
        tones = {"later": LATER, "earlier": EARLIER, "joins": NEW}
        counted = live.select(counts_as(tone).sum().alias(word) for word, tone in tones.items())
        return counted.row(0, named=True) | {"stopped": int(self.items["stopped_since"].sum())}


def layout(
    plan: Plan,
    quarter: Quarter,
    today: dt.date,
    *,
    baseline: Plan | None = None,
    lanes: LaneKind = "outcome",
    fold_finished: bool = True,
    horizon: int | None = None,
    statuses: Mapping[str, str] | None = None,
    only_lanes: Collection[str] | None = None,
    only_projects: Collection[str] | None = None,
) -> TimelineLayout:
    """Lay out the roadmap of a plan from `quarter` on.

    `baseline` gives the ghosts, the moves and what was removed since. `horizon` is in quarters, the plan's own by
    default. `statuses` is how each lane stands, by its id (see `planner.rules.outcome_status`). `only_lanes` and
    `only_projects` keep some, by id; a lane that keeps no project is then left out.
    """
    axis = Axis(quarter, horizon or plan.settings.whole("horizon_quarters"))
    items = timeline_items(plan, axis, baseline=baseline)
    items = items.join(lane_of_projects(plan, baseline, lanes), on="project_id", how="left")
    items = items.join(outcome_numbers(plan, baseline), on="project_id", how="left")
    items = everyone = items.with_columns(pl.col("lane").fill_null(""))
    if only_projects is not None:
        items = items.filter(pl.col("project_id").is_in(list(only_projects)))
    heads = lane_frame(plan, baseline, lanes, items, keep_empty=only_projects is None)
    if only_lanes is not None:
        heads = heads.filter(pl.col("lane").is_in(list(only_lanes)))
    items = items.join(heads.select("lane", "lane_no"), on="lane", how="inner")
    items = items.with_columns(folded=_is_folded(fold_finished=fold_finished))
    notes = timeline_notes(plan, heads, items, everyone, lanes)
    return _numbered(plan, axis, heads, items, notes, statuses or {}, today)


def _is_folded(*, fold_finished: bool) -> pl.Expr:
    """What has no row of its own: work without any date, and with folding what is finished or was stopped long ago."""
    undated = pl.col("x0").is_null()
    if not fold_finished:
        return undated
    past = (pl.col("place") == STOPPED) & (pl.col("off_axis") == "before")
    return undated | (pl.col("place") == FINISHED) | past


def _numbered(
    plan: Plan,
    axis: Axis,
    heads: pl.DataFrame,
    items: pl.DataFrame,
    notes: pl.DataFrame,
    statuses: Mapping[str, str],
    today: dt.date,
) -> TimelineLayout:
    """Give each head, bar and note its row: the head, live work by start, then stopped and removed work, then notes."""
    shown = items.filter(~pl.col("folded"))
    ordered = shown.sort(
        "lane_no",
        pl.col("place").replace_strict(_ORDER),
        "start_date",
        "end_date",
        "project_id",
        nulls_last=True,
    )
    place = ordered.with_columns(at=pl.int_range(pl.len()).over("lane_no")).select("project_id", "at")
    starts = _starts(heads, ordered, notes)
    rows = items.join(place, on="project_id", how="left").join(starts, on="lane_no", how="left")
    numbered = rows.with_columns(row=pl.col("head") + 1 + pl.col("at")).drop("at", "head", "bars", "size")
    with_row = notes.join(starts, on="lane_no", how="left").with_columns(
        row=pl.col("head") + 1 + pl.col("bars").cast(pl.Int64) + pl.int_range(pl.len()).over("lane_no")
    )
    return TimelineLayout(
        axis=axis,
        rows=int(starts["size"].sum()),
        lanes=_heads(plan, axis, heads.join(starts, on="lane_no", how="left"), statuses),
        items=numbered.sort("lane_no", "row", "start_date", "project_id", nulls_last=True),
        notes=with_row.select("lane_no", "row", "kind", "title", "text").sort("row"),
        zones=zone_spans(plan.settings, axis.horizon).with_columns(
            text=pl.col("zone").replace_strict(_ZONE_WORDS)
        ),
        ticks=_ticks(plan, axis),
        today_x=_today(plan, axis, today),
        today_text=f"today, {short_day_text(today)}",
    )


def _starts(heads: pl.DataFrame, bars: pl.DataFrame, notes: pl.DataFrame) -> pl.DataFrame:
    """The row of each lane's head, how many bars it has, and how many rows it takes: lane_no, head, bars, size."""
    counts = heads.select("lane_no").join(bars.group_by("lane_no").len("bars"), on="lane_no", how="left")
    counts = counts.join(notes.group_by("lane_no").len("texts"), on="lane_no", how="left").fill_null(0)
    sizes = counts.sort("lane_no").with_columns(
        size=1 + pl.col("bars").cast(pl.Int64) + pl.col("texts").cast(pl.Int64)
    )
    return sizes.with_columns(head=pl.col("size").cum_sum() - pl.col("size")).select(
        "lane_no", "head", "bars", "size"
    )


def _heads(plan: Plan, axis: Axis, heads: pl.DataFrame, statuses: Mapping[str, str]) -> pl.DataFrame:
    """The heads of the lanes, with how they stand and when they are needed."""
    calendar = plan.calendar
    needed = [
        "" if day is None else f"need by {calendar.spoken(calendar.of(day))}" for day in heads["need_by"]
    ]
    x = position_of_day(pl.col("need_by").dt.offset_by("1d"), calendar) - axis.start.ordinal
    placed = heads.with_columns(
        x=x,
        need_by_text=pl.Series(needed, dtype=pl.String),
        status=pl.Series([statuses.get(lane, "") for lane in heads["lane"]], dtype=pl.String),
        row=pl.col("head"),
        last_row=pl.col("head") + pl.col("size") - 1,
    )
    on_axis = pl.when(pl.col("x").is_between(0, axis.horizon)).then(pl.col("x")).alias("need_by_x")
    side = (
        pl.when(pl.col("x") < 0).then(pl.lit("before")).when(pl.col("x") > axis.horizon).then(pl.lit("after"))
    )
    return placed.with_columns(on_axis, need_by_side=side.otherwise(pl.lit(""))).select(
        "lane_no", "lane", "name", "row", "last_row", "status", "need_by_x", "need_by_text", "need_by_side"
    ).sort("row")  # fmt: skip


def _ticks(plan: Plan, axis: Axis) -> pl.DataFrame:
    calendar = plan.calendar
    rows = []
    for at in range(axis.horizon):
        quarter = axis.start + at
        starts_year = quarter.number == 1
        year = calendar.year_label(quarter.year) if starts_year or at == 0 else ""
        rows.append(
            (
                float(at),
                f"Q{quarter.number}",
                year,
                starts_year,
                calendar.months(quarter),
                calendar.label(quarter),
            )
        )
    schema = {"x": pl.Float64, "quarter": pl.String, "year": pl.String, "starts_year": pl.Boolean}
    return pl.DataFrame(rows, schema={**schema, "months": pl.String, "label": pl.String}, orient="row")


def _today(plan: Plan, axis: Axis, today: dt.date) -> float | None:
    day = pl.DataFrame({"day": [today]}).select(position_of_day(pl.col("day"), plan.calendar)).item()
    x = float(day) - axis.start.ordinal
    return x if 0 <= x <= axis.horizon else None


def timeline_table(laid: TimelineLayout) -> pl.DataFrame:
    """The roadmap as a table, every project of it once, folded ones too, in the order of the rows.

    lane, project_id, project, status, rating, start, finish, precision, cost (Int64), moved, outcomes, note.
    """
    lanes = laid.lanes.select("lane_no", pl.col("name").alias("lane_name"))
    rows = laid.items.join(lanes, on="lane_no", how="left", maintain_order="left")
    return rows.select(
        pl.col("lane_name").alias("lane"),
        "project_id",
        pl.col("name").alias("project"),
        pl.col("status_text").alias("status"),
        pl.col("rag").alias("rating"),
        pl.col("start_text").alias("start"),
        pl.col("finish_text").alias("finish"),
        pl.col("date_precision").fill_null("").alias("precision"),
        "cost",
        pl.col("moved_text").alias("moved"),
        pl.col("outcomes_text").alias("outcomes"),
        pl.col("note_text").alias("note"),
    )

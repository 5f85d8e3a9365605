"""The projects of a roadmap with their places on the axis and their words; the rows are given by the timeline.

One row a project, columns that are always there:

- project_id, name, why, sponsor, status, status_text, rag ("" where not known), cost (Int64, may be null),
  start_date, end_date, date_precision (may be null);
- place: live, finished, stopped (cancelled), removed (in the baseline only), undated (live without any date);
- x0, x1 (null where undated): clipped to the axis, never narrower than a hair; clipped_left, clipped_right: it
  outruns the axis; off_axis: before, after or ""; open_left, open_right: start or finish is not known;
  reversed: it ends before it starts; soft: its dates are known only to the half-year or year;
- ghost_x0, ghost_x1: where the baseline had it, null unless its dates moved;
- finish_label ("Q3 FY27"), money_label and cost_text ("£600k"; of stopped work only the latter), moved_text ("1 quarter earlier", "joins the plan", "stopped"),
  label (the three joined), tone (later, earlier, new, neutral, stopped or ""), moved (quarters of the finish,
  may be null), stopped_since (it was live in the baseline), note_text (what a table says of its place),
  was_text (the dates that the baseline had: "Q2 FY28 to Q2 FY29", in days where the quarters are the same, or "");
- start_text, finish_text, dates_text, team (its name), outcomes_text ("Settle claims (45%) · Keep customers (29%)").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import polars as pl

from planner.model.quarter import Quarter
from planner.rules.sentences import DOT, money_texts, status_word
from planner.rules.sight import up_shares
from planner.rules.timeline_moves import with_moves
from planner.rules.zones import ordinal_of_day, position_of_day

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Calendar

LIVE, FINISHED, STOPPED, REMOVED, UNDATED = "live", "finished", "stopped", "removed", "undated"
HAIR = 0.12  # the narrowest bar, in quarters: a day must still be seen
_EDGE = 1e-9
_BY_DAY = ("day", "month")
_FIELDS = (
    "project_id", "name", "why", "sponsor", "status", "rag", "cost", "lead_team_id",
    "start_date", "end_date", "date_precision",
)  # fmt: skip


class AxisLike(Protocol):
    """What this module needs to know of an axis."""

    @property
    def start(self) -> Quarter:
        """Its first quarter."""

    @property
    def horizon(self) -> int:
        """How many quarters it has."""


def timeline_items(plan: Plan, axis: AxisLike, *, baseline: Plan | None) -> pl.DataFrame:
    """Every project of the plan, and those live ones of the baseline that the plan has no more."""
    projects = _with_removed(plan, baseline)
    placed = _placed(projects, axis, plan.calendar)
    moved = _was_told(with_moves(placed, baseline, plan.calendar), plan.calendar)
    worded = _worded(_ghosted(moved, axis, plan.calendar), plan)
    return _outcomes_told(worded, plan, baseline).sort("project_id")


def _with_removed(plan: Plan, baseline: Plan | None) -> pl.DataFrame:
    projects = plan["projects"].select(_FIELDS).unique("project_id", keep="first", maintain_order=True)
    status = pl.col("status").fill_null("")
    undated = pl.col("start_date").is_null() & pl.col("end_date").is_null()
    place = (
        pl.when(status == "done").then(pl.lit(FINISHED))
        .when(status == "cancelled").then(pl.lit(STOPPED))
        .when(undated).then(pl.lit(UNDATED))
        .otherwise(pl.lit(LIVE))
    )  # fmt: skip
    current = projects.with_columns(place=place)
    if baseline is None:
        return current
    was = baseline["projects"].select(_FIELDS).unique("project_id", keep="first", maintain_order=True)
    gone = was.filter(~status.is_in(["done", "cancelled"])).join(projects, on="project_id", how="anti")
    return pl.concat([current, gone.with_columns(place=pl.lit(REMOVED))])


def _placed(projects: pl.DataFrame, axis: AxisLike, calendar: Calendar) -> pl.DataFrame:
    """Place each project on the axis, in quarters from its start."""
    start, end = pl.col("start_date"), pl.col("end_date")
    with_edges = projects.with_columns(
        left=_edge(pl.min_horizontal(start, end), axis, calendar),
        right=_edge(pl.max_horizontal(start, end).dt.offset_by("1d"), axis, calendar),
    )
    open_left, open_right = start.is_null() & end.is_not_null(), end.is_null() & start.is_not_null()
    left = pl.when(open_left).then(pl.col("right") - HAIR).otherwise(pl.col("left"))
    right = pl.when(open_right).then(pl.col("left") + HAIR).otherwise(pl.col("right"))
    raw = with_edges.with_columns(left=left, right=right)
    before = pl.when(pl.col("right") <= _EDGE).then(pl.lit("before"))
    off = before.when(pl.col("left") >= axis.horizon - _EDGE).then(pl.lit("after")).otherwise(pl.lit(""))
    x0, x1 = _clipped("left", "right", axis)
    return raw.with_columns(
        x0=x0,
        x1=x1,
        clipped_left=(pl.col("left") < -_EDGE).fill_null(value=False),
        clipped_right=(pl.col("right") > axis.horizon + _EDGE).fill_null(value=False),
        off_axis=off,
        open_left=open_left,
        open_right=open_right,
        reversed=(end < start).fill_null(value=False),
        soft=pl.col("date_precision").is_in(["half", "year"]).fill_null(value=False),
    ).drop("left", "right")


def _edge(day: pl.Expr, axis: AxisLike, calendar: Calendar) -> pl.Expr:
    return position_of_day(day, calendar) - axis.start.ordinal


def _clipped(left: str, right: str, axis: AxisLike) -> tuple[pl.Expr, pl.Expr]:
    """Clip two edges to the axis, and leave at least a hair between them."""
    x0 = pl.col(left).clip(0.0, axis.horizon - HAIR)
    return x0, pl.max_horizontal(pl.col(right).clip(0.0, float(axis.horizon)), x0 + HAIR)


def _ghosted(items: pl.DataFrame, axis: AxisLike, calendar: Calendar) -> pl.DataFrame:
    """Place the dates that the baseline had, where both are known and either moved."""
    edges = items.with_columns(
        was_left=_edge(pl.min_horizontal("start_before", "end_before"), axis, calendar),
        was_right=_edge(pl.max_horizontal("start_before", "end_before").dt.offset_by("1d"), axis, calendar),
    )
    x0, x1 = _clipped("was_left", "was_right", axis)
    on_axis = (pl.col("was_right") > _EDGE) & (pl.col("was_left") < axis.horizon - _EDGE)
    shown = pl.col("dates_moved") & on_axis & (pl.col("place") != FINISHED)
    ghosts = edges.with_columns(ghost_x0=pl.when(shown).then(x0), ghost_x1=pl.when(shown).then(x1))
    return ghosts.drop("was_left", "was_right", "start_before", "end_before", "dates_moved")


def _was_told(items: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Add was_text: the span that the baseline had, of projects whose dates moved."""
    before = [_spoken(items, f"{side}_before", calendar) for side in ("start", "end")]
    now = [_spoken(items, f"{side}_date", calendar) for side in ("start", "end")]
    same = (before[0] == now[0]) & (before[1] == now[1])
    days = [_by_day(f"{side}_before") for side in ("start", "end")]
    quarters = [pl.lit(side) for side in before]
    text = (
        pl.when(~pl.col("dates_moved")).then(pl.lit("")).when(same).then(_to(*days)).otherwise(_to(*quarters))
    )
    return items.with_columns(was_text=text.fill_null(""))


def _to(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    return pl.concat_str([start, pl.lit(" to "), end])


def _worded(items: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Add the words beside the bars and those of the table."""
    calendar = plan.calendar
    teams = plan["teams"].select(pl.col("team_id").alias("lead_team_id"), pl.col("name").alias("team"))
    with_team = items.join(teams.unique("lead_team_id", keep="first"), on="lead_team_id", how="left")
    said = with_team.with_columns(
        start_quarter=_spoken(with_team, "start_date", calendar),
        end_quarter=_spoken(with_team, "end_date", calendar),
        cost_text=money_texts(with_team["cost"], plan.settings.currency).fill_null(""),
        team=pl.coalesce("team", "lead_team_id").fill_null(""),
        status_text=pl.col("status")
        .fill_null("")
        .replace({word: status_word(word) for word in _statuses(items)}),
    )
    dated = said.with_columns(_date_text("start").alias("start_text"), _date_text("end").alias("finish_text"))
    finish = (
        pl.when(pl.col("open_right")).then(pl.concat_str([pl.lit("from "), pl.col("start_quarter")]))
        .otherwise(pl.col("end_quarter"))
    )  # fmt: skip
    gone = pl.col("place").is_in([STOPPED, REMOVED])
    worded = dated.with_columns(
        pl.col("why", "sponsor", "rag", "status").fill_null(""),
        finish_label=pl.when(gone).then(pl.lit("")).otherwise(finish),
        money_label=pl.when(gone).then(pl.lit("")).otherwise(pl.col("cost_text")),
        dates_text=_span_text(),
        note_text=_note_text(),
    )
    return worded.with_columns(label=_joined("finish_label", "money_label", "moved_text")).drop(
        "start_quarter", "end_quarter", "lead_team_id"
    )


def _statuses(items: pl.DataFrame) -> list[str]:
    return ["", *items["status"].drop_nulls().unique().sort()]


def _spoken(items: pl.DataFrame, column: str, calendar: Calendar) -> pl.Series:
    """The quarters of a column of days as people say them, "" where there is no day."""
    ordinals = items.select(ordinal_of_day(column, calendar)).to_series()
    unlike = ordinals.drop_nulls().unique()
    said = pl.Series([calendar.spoken(Quarter(ordinal)) for ordinal in unlike], dtype=pl.String)
    return ordinals.replace_strict(unlike, said, default=None, return_dtype=pl.String).fill_null("")


def _date_text(side: str) -> pl.Expr:
    """A date as exact as it is meant: the day, or the quarter."""
    day = _by_day(f"{side}_date").fill_null("")
    by_day = pl.col("date_precision").is_in(_BY_DAY) | pl.col("date_precision").is_null()
    return pl.when(by_day).then(day).otherwise(pl.col(f"{side}_quarter"))


def _by_day(column: str) -> pl.Expr:
    return pl.col(column).dt.to_string("%-d %b %Y")


def _span_text() -> pl.Expr:
    start, finish = pl.col("start_text"), pl.col("finish_text")
    return (
        pl.when((start == "") & (finish == "")).then(pl.lit("no dates yet"))
        .when(start == "").then(pl.concat_str([pl.lit("to "), finish, pl.lit(", start not known")]))
        .when(finish == "").then(pl.concat_str([pl.lit("from "), start, pl.lit(", finish not known")]))
        .otherwise(_to(start, finish))
    )  # fmt: skip


def _note_text() -> pl.Expr:
    """What is special about the place of a project."""
    return (
        pl.when(pl.col("place") == UNDATED).then(pl.lit("no dates yet"))
        .when(pl.col("reversed")).then(pl.lit("ends before it starts"))
        .when(pl.col("off_axis") == "before").then(pl.lit("before the axis"))
        .when(pl.col("off_axis") == "after").then(pl.lit("after the axis"))
        .when(pl.col("open_left")).then(pl.lit("start not known"))
        .when(pl.col("open_right")).then(pl.lit("finish not known"))
        .when(pl.col("clipped_left") & pl.col("clipped_right")).then(pl.lit("begins before the axis and ends after it"))
        .when(pl.col("clipped_left")).then(pl.lit("begins before the axis"))
        .when(pl.col("clipped_right")).then(pl.lit("ends after the axis"))
        .otherwise(pl.lit(""))
    )  # fmt: skip


def _joined(*columns: str) -> pl.Expr:
    """Join the texts that are not empty by a dot."""
    texts = [pl.when(pl.col(name) != "").then(pl.col(name)) for name in columns]
    return pl.concat_str(texts, separator=DOT, ignore_nulls=True)


def _outcomes_told(items: pl.DataFrame, plan: Plan, baseline: Plan | None) -> pl.DataFrame:
    """Add the outcomes that each project reaches, the largest share first; of removed ones as the baseline had it."""
    told = _told(plan)
    if baseline is not None:
        removed = items.filter(pl.col("place") == REMOVED)
        told = pl.concat([told, _told(baseline).join(removed, on="project_id", how="semi")])
    told = told.unique("project_id", keep="first")
    return items.join(told, on="project_id", how="left").with_columns(pl.col("outcomes_text").fill_null(""))


def _told(plan: Plan) -> pl.DataFrame:
    names = plan["outcomes"].select("outcome_id", "name").unique("outcome_id", keep="first")
    shares = (
        up_shares(plan, with_cancelled=True)
        .with_columns(pl.col("share").round(9))
        .sort(["project_id", "share", "outcome_id"], descending=[False, True, False])
    )
    percent = (pl.col("share") * 100 + 0.5).floor().cast(pl.Int64).cast(pl.String)
    part = pl.concat_str([pl.col("name"), pl.lit(" ("), percent, pl.lit("%)")])
    named = shares.join(names, on="outcome_id", maintain_order="left").select(
        "project_id", part.alias("part")
    )
    return named.group_by("project_id", maintain_order=True).agg(
        pl.col("part").str.join(DOT).alias("outcomes_text")
    )

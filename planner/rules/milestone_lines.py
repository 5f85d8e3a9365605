"""Which milestones a trend analysis shows, and each as a line with its trend (DOMAIN 3.6); it draws and words nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import polars as pl

from planner.rules.milestone_trend import Trend, trend
from planner.rules.timeline_notes import LEAST_CARRIED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MOST_LINES: Final = 12
PROJECT, GOLIVE = "project", "golive"


@dataclass(frozen=True)
class Milestone:
    """A finish, or a go-live, over snapshots: points (made, forecast) in ordinals up to the one in which it was done."""

    kind: str
    id: str
    name: str
    points: Sequence[tuple[int, int]]
    is_done: bool
    most: int

    @property
    def first(self) -> int:
        """The first baseline."""
        return self.points[0][1]

    @property
    def last(self) -> int:
        """The newest forecast, or the finish."""
        return self.points[-1][1]

    @property
    def moved(self) -> int:
        """Quarters from the first baseline to the newest forecast; later is positive."""
        return self.last - self.first

    @cached_property
    def trend(self) -> Trend:
        """The straight line through the last points, and where it meets the day."""
        return trend(self.points, self.most)

    @property
    def is_slipping(self) -> bool:
        """Whether it recedes by its trend; what is done does not."""
        return not self.is_done and (self.trend.slope.value or 0.0) > 0

    @property
    def wrong(self) -> frozenset[int]:
        """The places of points that cannot be: unfinished, and the finish in the past."""
        whole = len(self.points) - 1
        return frozenset(
            at
            for at, (made, finish) in enumerate(self.points)
            if finish < made and not (self.is_done and at == whole)
        )


def open_lines(finishes: pl.DataFrame, points: pl.DataFrame) -> pl.DataFrame:
    """The projects that can be a line: in the newest snapshot, and unfinished in it or in the one before.

    project_id, name, points (outcome value, 0 where none), moved (absolute quarters from the first finish to
    the last), restless (the sum of all absolute moves), by id. `finishes` are rows of `finish_lines`.
    """
    made = finishes["made"].unique().sort(descending=True).to_list()
    newest, recent = (
        (made[0], pl.col("made") >= made[min(1, len(made) - 1)]) if made else (None, pl.lit(value=True))
    )
    step = pl.col("finish").diff().abs().sum()
    lines = finishes.group_by("project_id", maintain_order=True).agg(
        pl.col("name").last(),
        (~pl.col("is_done") & recent).any().alias("is_open"),
        (pl.col("finish").last() - pl.col("finish").first()).abs().alias("moved"),
        step.alias("restless"),
        pl.col("made").last(),
    )
    wanted = lines.filter(pl.col("is_open") & (pl.col("made") == newest)).drop("is_open", "made")
    return wanted.join(points, on="project_id", how="left").with_columns(pl.col("points").fill_null(0.0))


def by_value(lines: pl.DataFrame, most: int = MOST_LINES) -> list[str]:
    """The lines that carry the most outcome value, by id; none where no project carries any."""
    valued = lines.filter(pl.col("points") > 0).sort(["points", "project_id"], descending=[True, False])
    return valued["project_id"].head(most).to_list()


def by_move(lines: pl.DataFrame, most: int = MOST_LINES) -> list[str]:
    """The lines that moved furthest from their first finish, by id; those that stood still come last."""
    order = ["moved", "restless", "points", "project_id"]
    return lines.sort(order, descending=[True, True, True, False])["project_id"].head(most).to_list()


def lines_to_choose(
    lines: pl.DataFrame, text: str, chosen: Collection[str], most: int
) -> list[tuple[str, str]]:
    """Id and name of the lines with a text in either, the most valuable first, at most so many; and the chosen ones."""
    every = lines.sort(["points", "moved", "project_id"], descending=[True, True, False])
    rows = every.select("project_id", "name").rows()
    wanted = text.casefold()
    found = [row for row in rows if wanted in row[0].casefold() or wanted in row[1].casefold()][:most]
    more = set(chosen) - {key for key, _ in found}
    return found + [row for row in rows if row[0] in more]


def serving(lines: pl.DataFrame, shares: pl.DataFrame, outcome: str) -> pl.DataFrame:
    """Of lines, those that carry an outcome; `shares` are those of `sight.up_shares`."""
    enough = (pl.col("outcome_id") == outcome) & (pl.col("share") >= LEAST_CARRIED)
    return lines.join(shares.filter(enough), on="project_id", how="semi")


def milestones(points: pl.DataFrame, ids: Collection[str], most: int, kind: str = PROJECT) -> list[Milestone]:
    """The lines of some items in the order of the ids; `points` are rows of `finish_lines`, or go-lives by enabler."""
    key = points.columns[0]
    found = {}
    for (item,), rows in points.filter(pl.col(key).is_in(list(ids))).group_by(key):
        ordered = rows.sort("made")
        # it was done in the first snapshot of the last run of done ones: what is taken up again was not done
        done = _last_run(ordered["is_done"].to_list())
        kept = ordered.head(ordered.height - max(done - 1, 0))
        found[str(item)] = Milestone(
            kind,
            str(item),
            ordered["name"][-1],
            tuple(kept.select("made", "finish").iter_rows()),
            done > 0,
            most,
        )
    return [found[item] for item in ids if item in found]


def _last_run(flags: Sequence[bool]) -> int:
    """How many of the last flags are set, one after the other."""
    return next((at for at, flag in enumerate(reversed(flags)) if not flag), len(flags))


def moving_golives(golives: pl.DataFrame, most: int = MOST_LINES) -> list[str]:
    """The enablers whose go-live is ahead in the newest snapshot, those that moved furthest first, by id."""
    newest = golives["made"].max()
    lines = golives.group_by("enabler_id").agg(
        (pl.col("finish").last() - pl.col("finish").first()).abs().alias("moved"),
        pl.col("is_done").last(),
        pl.col("made").last(),
    )
    ahead = lines.filter(~pl.col("is_done") & (pl.col("made") == newest))
    return ahead.sort(["moved", "enabler_id"], descending=[True, False])["enabler_id"].head(most).to_list()

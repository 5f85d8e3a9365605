"""Which projects changed place among those that both versions rank: re-prioritised (DOMAIN 3.2); a rank alone is none.

Only the order among common items says that priorities changed: one new project shifts every rank below it. Of the
projects that stay as they are, the ranks alone are counted, and in the current version alone: they are the same ones
in both, so that a million names need not be matched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import CLOSED_STATUSES

if TYPE_CHECKING:
    from planner.rules.drift_rows import TableDrift

_RANK, _ID = "priority_rank", "project_id"
_NONE = pl.DataFrame(schema={"id": pl.String, "amount": pl.Int64})


def places_moved(found: TableDrift | None, ranked: pl.DataFrame, least: int) -> pl.DataFrame:
    """Projects that moved at least `least` places among those live and ranked in both: id, amount (+ is up).

    `found` are the differing projects, `ranked` has project_id, status and priority_rank of every current one.
    Projects of the same rank share the best place of theirs.
    """
    if found is None or _RANK not in found.cells:
        return _NONE
    pairs = found.pairs
    in_both = _stands(pairs) & _stands(pairs, "_before")
    changed = in_both & found.cells[_RANK]
    if not changed.any():
        return _NONE
    stays = in_both ^ changed
    others = [pairs.filter(~stays), found.added]  # neither is among those that stay as they are
    ordered = ranked[_RANK].filter(_stands(ranked)).sort()
    apart = pl.concat([rows[_RANK].filter(_stands(rows)) for rows in others]).sort()
    was, now = (pairs[name].filter(changed) for name in (f"{_RANK}_before", _RANK))
    olds, news = was.sort(), now.sort()
    gone_up = (
        (_below(ordered, was) - _below(apart, was) + _below(olds, was))
        - (_below(ordered, now) - _below(apart, now) + _below(news, now))
    ).alias("amount")
    own = pl.DataFrame([pairs[_ID].filter(changed).alias("id"), gone_up])
    least = max(least, 1)
    passed = (_below(olds, ordered) - _below(news, ordered)).abs() >= least
    rows = [own.filter(gone_up.abs() >= least)]
    if passed.any():
        rows.append(_passed(ranked, ordered.filter(passed), olds, news, pl.concat(o[_ID] for o in others)))
    return pl.concat(rows)


def _passed(
    ranked: pl.DataFrame, ranks: pl.Series, olds: pl.Series, news: pl.Series, others: pl.Series
) -> pl.DataFrame:
    """The projects of some ranks that keep their rank and that others moved past: id, amount."""
    there = ranked.filter(ranked[_RANK].is_in(ranks.unique().implode()) & _stands(ranked))
    there = there.filter(~there[_ID].is_in(others.implode()))
    moved = _below(olds, there[_RANK]) - _below(news, there[_RANK])
    return pl.DataFrame([there[_ID].alias("id"), moved.alias("amount")])


def _stands(projects: pl.DataFrame, side: str = "") -> pl.Series:
    """Whether each project is live and ranked; an empty status counts as live."""
    closed = projects[f"status{side}"].is_in(CLOSED_STATUSES)
    return projects[f"{_RANK}{side}"].is_not_null() & ~closed.fill_null(value=False)


def _below(ordered: pl.Series, ranks: pl.Series) -> pl.Series:
    """How many of some ordered ranks are smaller than each of some ranks."""
    return ordered.search_sorted(ranks).cast(pl.Int64)

"""What a roadmap says in words: its horizon, what is on it, and what moved; it lays nothing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.rules.sentences import counted, money_text, month_text, number_word
from planner.rules.timeline_items import FINISHED, LIVE, REMOVED, STOPPED, UNDATED

if TYPE_CHECKING:
    from planner.model.quarter import Calendar
    from planner.rules.timeline import TimelineLayout

Piece = tuple[str, bool]  # words, and whether they carry the sentence


def horizon_text(laid: TimelineLayout, calendar: Calendar) -> str:
    """The quarters that the roadmap covers, with their months, and how many projects are where."""
    first, last = laid.axis.start, laid.axis.start + (laid.axis.horizon - 1)
    span = f"{calendar.spoken(first)} to {calendar.spoken(last)}"
    months = f"{month_text(calendar.first_day(first))} to {month_text(calendar.last_day(last))}"
    places = laid.items["place"]
    count = {name: int((places == name).sum()) for name in (LIVE, UNDATED, FINISHED, STOPPED, REMOVED)}
    parts = [
        f"{count[LIVE] + count[UNDATED]:,} live",
        *([f"{count[FINISHED]:,} finished"] if count[FINISHED] else []),
        *([f"{count[STOPPED]:,} stopped"] if count[STOPPED] else []),
        *([f"{count[REMOVED]:,} taken off the plan"] if count[REMOVED] else []),
    ]
    said = f"{counted(len(places), 'project')}: {', '.join(parts)}" if len(places) else "no project"
    return f"{span} ({months}) · {said}"


def lead_pieces(laid: TimelineLayout, currency: str, compared_with: str) -> list[Piece]:
    """The sentence over a roadmap: how much live work there is, and what moved since `compared_with` ("" for nothing).

    `compared_with` is how the sentence calls the baseline: "the plan of Q2 FY27".
    """
    live = laid.items.filter(pl.col("place").is_in([LIVE, UNDATED]))
    pieces = _size(live, currency)
    if compared_with:
        pieces += [(f" Against {compared_with}, ", False), *_moves(laid), (".", False)]
    return pieces


def _size(live: pl.DataFrame, currency: str) -> list[Piece]:
    if live.is_empty():
        return [("No live project", True), (" is on this roadmap.", False)]
    costs = live["cost"].drop_nulls()
    head = (counted(live.height, "live project"), True)
    verb = "costs" if live.height == 1 else "cost"
    if costs.is_empty():
        return [head, (", none of them with a cost yet." if live.height > 1 else " has no cost yet.", False)]
    missing = live.height - len(costs)
    said = f" {verb} {money_text(int(costs.sum()), currency)}"
    if missing:
        said += f", and {number_word(missing)} of them {'has' if missing == 1 else 'have'} no cost yet"
    return [head, (f"{said}.", False)]


def _moves(laid: TimelineLayout) -> list[Piece]:
    """What moved: 'none finish later, one earlier, and one joins'."""
    moves = laid.moves
    if not any(moves.values()):
        return [("no finish moved", True), (", and nothing joined or was stopped", False)]
    later, earlier = moves["later"], moves["earlier"]
    clauses: list[list[Piece]] = [
        [(f"{_none_or(later)} {'finishes' if later == 1 else 'finish'} ", False), ("later", True)],
        [(f"{_none_or(earlier)} ", False), ("earlier", True)],
    ]
    if moves["joins"]:
        clauses.append(
            [(f"{number_word(moves['joins'])} {'joins' if moves['joins'] == 1 else 'join'}", False)]
        )
    if moves["stopped"]:
        clauses.append(
            [(f"{number_word(moves['stopped'])} {'was' if moves['stopped'] == 1 else 'were'} stopped", False)]
        )
    pieces: list[Piece] = []
    for at, clause in enumerate(clauses):
        if at:
            last = at == len(clauses) - 1
            pieces.append((" and " if last and len(clauses) == 2 else ", and " if last else ", ", False))  # noqa: PLR2004
        pieces += clause
    return pieces


def _none_or(number: int) -> str:
    return number_word(number) if number else "none"


def move_reasons(rows: pl.DataFrame) -> dict[str, str]:
    """Why projects moved, by their id: of the drift rows with a reason the one that tells of dates, else the first."""
    told = rows.filter((pl.col("table") == "projects") & (pl.col("kind") != "") & (pl.col("reason") != ""))
    dated = told.with_columns(of_dates=pl.col("field").is_in(["start_date", "end_date"]))
    first = dated.sort("of_dates", descending=True, maintain_order=True).unique("id", keep="first")
    return dict(first.select("id", "reason").iter_rows())

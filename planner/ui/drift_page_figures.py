"""The figures of the drift page: five cards, each leading to its rows, and what is said of likely typing errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.rules.sentences import MINUS, counted, money_text, signed_money_text
from planner.rules.typing_errors import typing_words
from planner.ui.home_page_cards import Card, cards
from planner.ui.markup import Html, join, strong, tag
from planner.ui.places import place

if TYPE_CHECKING:
    from planner.actions.reviewing import Review
    from planner.rules.figure import Figure
    from planner.ui.drift_page import Pair

NO_OUTCOMES: Final = "The plan has no outcomes."
_MOST_NAMED: Final = 4


def show_figures(review: Review, pair: Pair) -> None:
    """Show the five figures, each with the earlier one beside it and a link to its rows; and what is doubted."""
    st.html(cards(_figures(review, pair)))
    if review.doubts.height:
        st.html(tag("div", _doubts(review), class_="p-doubt", role="note"))


def _figures(review: Review, pair: Pair) -> list[Card]:
    currency = review.current.settings.currency
    before, after = review.before, review.after
    bridge, slip, over = review.bridge, review.slip, after.figures.over_capacity
    same = signed_money_text(bridge.like_for_like, currency) if bridge.growth.value is not None else ""
    outcomes = len(after.statuses)
    return [
        Card(
            "Live plan cost",
            _money(after.figures.live_cost, currency),
            _from(_money(before.figures.live_cost, currency)),
            why=after.figures.live_cost.reason,
            href=_link("cost", pair),
        ),
        Card(
            "Same work",
            same,
            _signed_percent(bridge.growth),
            "of its cost",
            bridge.growth.reason,
            href=_link("same", pair),
        ),
        Card(
            "Finish dates",
            quarters_text(slip.mean),
            quarters_text(slip.weighted),
            "by money" if slip.weighted.value is not None else "",
            slip.mean.reason,
            href=_link("finishes", pair),
        ),
        Card(
            "Over capacity",
            _whole(over),
            _from(_whole(before.figures.over_capacity)),
            "team-quarters in all",
            over.reason,
            href=_link("capacity", pair),
        ),
        Card(
            "Outcomes at risk",
            f"{after.in_danger} of {outcomes}" if outcomes else "",
            _from(str(before.in_danger)),
            why=NO_OUTCOMES,
            href=_link("outcomes", pair),
        ),
    ]


def _link(figure: str, pair: Pair) -> str:
    return place("drift").href(**{"from": pair.baseline.label, "to": pair.current.label, "figure": figure})


def _doubts(review: Review) -> Html:
    """Which changes look like typing errors, and the totals without them."""
    rows = list(review.doubts.iter_rows(named=True))
    named = [
        join((strong(row["name"] or row["project_id"]), f": {typing_words(row['field'], row['size'])}"))
        for row in rows[:_MOST_NAMED]
    ]
    more = f"; and {len(rows) - _MOST_NAMED:,} more" if len(rows) > _MOST_NAMED else ""
    one = len(rows) == 1
    head = f"{counted(len(rows), 'change')} look{'s' if one else ''} like {'a typing error' if one else 'typing errors'}. "
    return join((strong(head), join(named, "; "), f"{more}. ", _without(review, "it" if one else "them")))


def _without(review: Review, them: str) -> str:
    """The totals without what is doubted, of what it is in."""
    currency, sure = review.current.settings.currency, review.sure
    fields = set(review.doubts["field"])
    pairs: list[tuple[str, ...]] = []
    if "end_date" in fields:
        moves = (quarters_text(one.slip.mean) for one in (review, sure))
        nets = (counted(one.finishes.quarters.net, "quarter") for one in (review, sure))
        pairs += [("the average finish move", *moves), ("all finish moves together", *nets)]
    if "cost" in fields:
        costs = (signed_money_text(one.bridge.like_for_like, currency) for one in (review, sure))
        pairs.append(("the same work", *costs))
    told = [f"{what} is {without} instead of {with_}" for what, with_, without in pairs if with_ != without]
    return f"Without {them}, {', '.join(told)}." if told else "The totals above do not hang on it."


def _from(said: str) -> str:
    return f"from {said}" if said else ""


def _money(figure: Figure, currency: str) -> str:
    return "" if figure.value is None else money_text(int(figure.value), currency)


def _whole(figure: Figure) -> str:
    return "" if figure.value is None else f"{figure.value:,.0f}"


def quarters_text(figure: Figure) -> str:
    """A move in quarters with its sign: '+0.63 quarters'."""
    if figure.value is None:
        return ""
    said = f"{abs(figure.value):.2f}".rstrip("0").rstrip(".")
    return f"{_sign(figure.value) if said != '0' else ''}{said} quarter{'' if said == '1' else 's'}"


def _signed_percent(figure: Figure) -> str:
    if figure.value is None:
        return ""
    return f"{_sign(figure.value)}{abs(figure.value) * 100:.1f}%"


def _sign(value: float) -> str:
    return MINUS if value < 0 else "+"

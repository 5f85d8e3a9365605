"""The row of figures on Home, each with that of the version before and its course over the snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from planner.model.version import SNAPSHOT
from planner.rules.sentences import MINUS, money_text, percent_text
from planner.ui.drift_page_review import review_of, standing_of
from planner.ui.drift_page_verdict import verdict_word
from planner.ui.home_page_cards import Card, cards

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.model.version import Version
    from planner.rules.figure import Figure
    from planner.rules.home import HomeFigures

MOST_SNAPSHOTS: Final = 8
MOST_ROWS: Final = 40_000  # of all snapshots together: above it their course is not worth the wait


class _Kind(NamedTuple):
    label: str
    figure: Callable[[HomeFigures], Figure]
    say: Callable[[float], str]
    told: str = ""


def show_figures(version: Version, before: Version | None, among: Sequence[Version], currency: str) -> None:
    """Draw five figures, and the benefits as a sixth where any were measured."""
    now = standing_of(version, among).figures
    was = standing_of(before, among).figures if before else None
    flow = now.flow
    verdict = verdict_word(review_of(before, version, among)) if before else ""
    chosen = [
        _Kind("Money ahead", lambda f: f.money_ahead, lambda value: money_text(int(value), currency)),
        _Kind("Near money moved", lambda f: f.money_moved, percent_text, verdict),
        _Kind("Finish dates", lambda f: f.finish_move, _quarters, "quarters, average move"),
        _Kind(
            "Started ÷ finished",
            lambda f: f.flow.ratio,
            _one_decimal,
            f"{flow.in_progress} ÷ {flow.delivered}",
        ),
        _Kind(
            "Over capacity", lambda f: f.over_capacity, lambda value: f"{value:,.0f}", "team-quarters in all"
        ),
    ]
    if now.benefits.value is not None:
        chosen.append(_Kind("Benefits realised", lambda f: f.benefits, percent_text, "of promised"))
    course = [standing_of(one, among).figures for one in _snapshots(version, among)]
    st.html(cards(_filled(card, now, was, course) for card in chosen))


def _filled(card: _Kind, now: HomeFigures, was: HomeFigures | None, course: Sequence[HomeFigures]) -> Card:
    figure, earlier = card.figure(now), card.figure(was).value if was else None
    return Card(
        card.label,
        "" if figure.value is None else card.say(figure.value),
        "" if earlier is None else f"from {card.say(earlier)}",
        card.told,
        figure.reason,
        [value for one in course if (value := card.figure(one).value) is not None],
    )


def _snapshots(version: Version, among: Sequence[Version]) -> list[Version]:
    """The last snapshots up to the shown version, and that version; none where they are many rows to read."""
    sealed = [one for one in among if one.kind == SNAPSHOT][-MOST_SNAPSHOTS:]
    if sum(sum(one.rows.values()) for one in sealed) > MOST_ROWS:
        return []
    return sealed if version.is_sealed else [*sealed, version]


def _quarters(value: float) -> str:
    size = f"{abs(value):.1f}"
    if size == "0.0":
        return "0"
    return f"{MINUS if value < 0 else '+'}{size}"


def _one_decimal(value: float) -> str:
    return f"{value:.1f}"

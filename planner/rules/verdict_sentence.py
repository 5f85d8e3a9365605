"""The sentence that says what kind of step a refresh was (DOMAIN 4.1, its second point); it weighs nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.rules.sentences import number_word, percent_text
from planner.rules.verdict import VERDICT_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.rules.figure import Figure
    from planner.rules.refresh_step import RefreshStep

_ORDER = ("green", "amber", "red")


class Told(NamedTuple):
    """The sentence in two parts: the verdict in the words of DOMAIN 3.4, empty where there is none, and the rest."""

    verdict: str
    rest: str

    @property
    def text(self) -> str:
        """The whole sentence."""
        return f"{self.verdict}: {self.rest}" if self.verdict else self.rest


def verdict_sentence(
    step: RefreshStep, churn: Figure, since: str, statuses: tuple[Mapping[str, str], Mapping[str, str]]
) -> Told:
    """Say the verdict, how much money moved since the quarter `since`, how much of it on evidence, and the outcomes.

    `churn` is the weighted one; `statuses` those of the outcomes before and now, by id.
    """
    outcomes = _outcomes(*statuses)
    said = step.verdict
    if not said.word or churn.value is None:
        rest = f"{said.reason.rstrip('.')}, so no verdict is given"
        return Told("", f"{rest}{outcomes}.")
    moved = f"{_moved(churn.value)} since {since}"
    evidence = step.evidence.value
    backed = "" if evidence is None else f", {percent_text(evidence)} of it on evidence"
    return Told(VERDICT_WORDS[said.word], f"{moved}{backed}{outcomes}.")


def _moved(churn: float) -> str:
    if churn > 1:
        return "more than all of planned money moved"
    return f"{percent_text(churn)} of planned money moved" if churn else "no planned money moved"


def _outcomes(was: Mapping[str, str], now: Mapping[str, str]) -> str:
    """How many outcomes got worse and better; nothing where no outcome was rated before and now."""
    rated = [
        (_ORDER.index(was[key]), _ORDER.index(status))
        for key, status in now.items()
        if status in _ORDER and was.get(key) in _ORDER
    ]
    if not rated:
        return ""
    worse, better = sum(a < b for a, b in rated), sum(a > b for a, b in rated)
    noun = "outcome" if worse == 1 else "outcomes"
    return f"; {number_word(worse) if worse else 'no'} {noun} got worse and {_or_none(better)} got better"


def _or_none(number: int) -> str:
    return number_word(number) if number else "none"

"""What the history of a plan says in a sentence or two: how refreshes went, and what recedes; it weighs nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from planner.rules.milestone_trend import NEVER
from planner.rules.sentences import counted, number_word, percent_text, quarters_text
from planner.rules.verdict import DELIBERATE, IRREGULAR, KNEE_JERK, MODERATE, NO_CHANGE, SMALL, VERDICT_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.quarter import Calendar
    from planner.rules.trend_steps import TrendStep

_NAMED = 2  # refreshes of one kind that are named by their quarter; more are counted
_ONE = 1


class Part(NamedTuple):
    """A piece of a sentence; what is strong are its key words."""

    text: str
    is_strong: bool = False


def history_sentence(steps: Sequence[TrendStep], calendar: Calendar) -> list[Part]:
    """How the refreshes went, in the words of DOMAIN 3.4; without verdicts, how many projects they changed."""
    judged = [step for step in steps if step.verdict.word]
    if not judged:
        return _unjudged(steps, calendar)
    of = {word: [step for step in judged if step.verdict.word == word] for word in VERDICT_WORDS}
    calm = len(of[SMALL])
    whole = counted(len(steps), "refresh", "refreshes", words=True)
    if len(steps) == 1:
        return [
            Part("The one refresh was "),
            Part(_lowered(judged[0].verdict.word), is_strong=True),
            Part("."),
        ]
    if calm == len(steps):
        return [Part(f"All {whole} were "), Part("small and regular", is_strong=True), Part(".")]
    share = number_word(calm) if calm else "none"
    parts = [
        Part(f"{share[0].upper()}{share[1:]} of {whole} {'was' if calm <= _ONE else 'were'} "),
        Part("small and regular", is_strong=True),
    ]
    told = [
        _kind(of[word], word, calendar) for word in (KNEE_JERK, DELIBERATE, MODERATE, IRREGULAR, NO_CHANGE)
    ]
    unknown = len(steps) - len(judged)
    if unknown:
        told.append([Part(f"{number_word(unknown)} {'has' if unknown == 1 else 'have'} no verdict")])
    for at, clause in enumerate(one for one in told if one):
        parts += [Part("; " if at == 0 else ", "), *clause]
    return [*parts, Part("."), *_asleep(judged)]


def _asleep(judged: Sequence[TrendStep]) -> list[Part]:
    """The question of DOMAIN 3.4 where the last two refreshes changed nothing."""
    last = [step.verdict.word for step in judged[-2:]]
    if last != [NO_CHANGE, NO_CHANGE]:
        return []
    return [Part(" The last two changed nothing: "), Part("is the plan still alive?", is_strong=True)]


def _kind(steps: Sequence[TrendStep], word: str, calendar: Calendar) -> list[Part]:
    if not steps:
        return []
    if len(steps) <= _NAMED:
        who = " and ".join(calendar.spoken(step.after) for step in steps)
    else:
        who = number_word(len(steps))
    verb = "was" if len(steps) == 1 else "were"
    said = "without change" if word == NO_CHANGE else _lowered(word)
    return [Part(f"{who} {verb} "), Part(said, is_strong=True)]


def _lowered(word: str) -> str:
    said = VERDICT_WORDS[word]
    return said[0].lower() + said[1:]


def _unjudged(steps: Sequence[TrendStep], calendar: Calendar) -> list[Part]:
    """Without money no verdict: how many projects each refresh touched, by those that were live before."""
    reason = steps[0].verdict.reason.rstrip(".")
    many, whole = len(steps), counted(len(steps), "refresh", "refreshes", words=True)
    none = {1: "The one refresh has no", 2: f"Neither of {whole} has a"}.get(many, f"None of {whole} has a")
    parts = [Part(f"{none} verdict: {reason[0].lower()}{reason[1:]}.")]
    shares = [(step.volatility.value, step) for step in steps if step.volatility.value is not None]
    if not shares:
        return parts
    low, high = min(shares, key=lambda pair: pair[0]), max(shares, key=lambda pair: pair[0])
    least, most = percent_text(low[0]), percent_text(high[0])
    span = most if least == most else f"{least} to {most}"
    each = "In it" if many == 1 else "In each"
    end = "" if least == most else f", the most in {calendar.spoken(high[1].after)}"
    return [
        *parts,
        Part(f" {each}, the projects that changed, joined or left come to "),
        Part(f"{span} of those live before", is_strong=True),
        Part(f"{end}."),
    ]


def receding_sentence(trends: pl.DataFrame) -> list[Part]:
    """Which finishes recede by their trend; `trends` are rows of `milestone_trend.trends`."""
    told = trends.drop_nulls("slope")
    if told.is_empty():
        return []
    found = told.filter((pl.col("reason") == NEVER) | (pl.col("behind") > 0))
    whole = counted(told.height, "live project", words=True)
    if found.is_empty():
        return [Part(f"By their trend, none of {whole} finishes later than it is planned now.")]
    worst = found.row(0, named=True)
    if worst["reason"] == NEVER:
        end = " recedes as fast as time passes, or faster."
    else:
        end = f" most, {quarters_text(worst['behind'], words=True)} after its plan."
    share = number_word(found.height)
    verb = "finishes" if found.height == 1 else "finish"
    return [
        Part(f"By their trend, {share} of {whole} {verb} "),
        Part("later than planned now", is_strong=True),
        Part(f"; “{worst['name']}”{end}"),
    ]

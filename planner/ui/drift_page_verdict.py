"""The verdict at the head of Drift and beside Home's figure: its mark, its sentence; it weighs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.charts import theme
from planner.rules.sentences import spoken_quarter
from planner.rules.verdict_sentence import verdict_sentence
from planner.ui.markup import Html, join, tag

if TYPE_CHECKING:
    from planner.actions.reviewing import Review


def verdict_lead(review: Review) -> Html:
    """The sentence with the verdict by shape, word and colour at its front; the bare sentence where there is none."""
    before = review.before
    since = spoken_quarter(before.quarter, review.baseline.calendar)
    told = verdict_sentence(
        review.step, review.churn.weighted, since, (before.statuses, review.after.statuses)
    )
    if not told.verdict:
        return join((told.rest,))
    mark = theme.VERDICT[review.step.verdict.word]
    shape = tag("span", mark.glyph, style=f"color:{mark.colour}", aria_hidden="true")
    word = tag("strong", told.verdict, style=f"color:{mark.text}")
    return join((shape, " ", word, ": ", told.rest))


def verdict_word(review: Review) -> str:
    """The verdict in its words, empty where there is none."""
    word = review.step.verdict.word
    return theme.VERDICT[word].word if word else ""

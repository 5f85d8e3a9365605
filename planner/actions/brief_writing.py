"""Put the brief of a version together: what was gathered goes to the rules that word it; it reads and saves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.rules.brief import Brief, Line
from planner.rules.brief_changes import tell_changes
from planner.rules.brief_figures import six_figures, tell_numbers
from planner.rules.brief_lead import tell_first, tell_foot, tell_lead, title_of
from planner.rules.brief_outcomes import tell_outcomes
from planner.rules.brief_register import Span, tell_asks, tell_due_again, tell_learnt
from planner.rules.figure import Figure
from planner.rules.home import NO_BEFORE, Dated
from planner.rules.measures import cost_bridge
from planner.rules.outcome_status import kpi_standing
from planner.rules.sentences import months_text, spoken_quarter
from planner.rules.verdict_sentence import verdict_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from planner.actions.reviewing import Review, Standing
    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.rules.brief import Number
    from planner.rules.brief_figures import SixFigures

BRIEF_LEDGERS = ("decisions", "lessons", "kpi_actuals")


@dataclass(frozen=True)
class BriefSources:
    """What a brief is written from.

    `baseline` and `review` are None for a plan that has none before it; `earlier` is the plan before the baseline, for
    last quarter's figures. `labels` are the versions whose asks belong to it; `ledgers` those of `BRIEF_LEDGERS`;
    `approval` says who approved, empty where nobody is known.
    """

    current: Version
    now: Dated
    standing: Standing
    ledgers: Mapping[str, pl.DataFrame]
    labels: frozenset[str]
    baseline: Version | None = None
    review: Review | None = None
    earlier: Plan | None = None
    approval: str = ""

    @property
    def span(self) -> Span:
        """What it is about."""
        return Span(
            self.labels,
            (self.review.before.quarter if self.review else None, self.now.quarter),
            self.baseline.as_of if self.baseline else None,
            self.current.as_of if self.current.is_sealed else None,
        )


def write_brief(sources: BriefSources) -> Brief:
    """The brief of a version against its baseline, as the program words it (DOMAIN 4.1)."""
    plan, review, span = sources.now.plan, sources.review, sources.span
    calendar, ledgers = plan.calendar, sources.ledgers
    told = tell_changes(review.sentences() if review else [])
    verdict = review.step.verdict.word if review else ""
    outcomes = tell_outcomes(
        review.baseline if review else None,
        plan,
        (review.before.statuses if review else {}, sources.standing.statuses),
        kpi_standing(plan, sources.now.quarter, ledgers["kpi_actuals"]),
    )
    return Brief(
        plan_name=plan.settings.plan_name,
        title=title_of(sources.current, calendar),
        months=months_text(sources.now.quarter, calendar),
        current=sources.current.label,
        baseline=sources.baseline.label if sources.baseline else "",
        verdict=verdict,
        lead=_lead(sources),
        numbers=_numbers(sources),
        changes=told.lines,
        more=told.more,
        outcomes=outcomes,
        asks=tell_asks(ledgers["decisions"], span),
        learnt=tell_learnt(ledgers["lessons"], span, calendar),
        due_again=tell_due_again(ledgers["decisions"], span, calendar),
        footer=tell_foot(
            sources.current,
            sources.baseline,
            sources.approval,
            calendar,
            has_verdict=bool(verdict),
            has_paths=any(row.path for row in outcomes),
        ),
    )


def _lead(sources: BriefSources) -> Line:
    review, plan = sources.review, sources.now.plan
    if review is None:
        return tell_first(plan, sources.standing.counts["live"], sources.standing.figures.live_cost)
    since = spoken_quarter(review.before.quarter, review.baseline.calendar)
    statuses = (review.before.statuses, review.after.statuses)
    told = verdict_sentence(review.step, review.churn.weighted, since, statuses)
    return tell_lead(told, review.events, since)


def _numbers(sources: BriefSources) -> tuple[Number, ...]:
    review, figures = sources.review, sources.standing.figures
    currency = sources.now.plan.settings.currency
    if review is None:
        return tell_numbers(
            six_figures(sources.now, figures, None, Figure.missing(NO_BEFORE)), None, currency
        )
    now = six_figures(sources.now, figures, review.bridge, review.slip.mean)
    return tell_numbers(now, _before(review, sources.earlier), currency)


def _before(review: Review, earlier: Plan | None) -> SixFigures:
    """The six figures of the baseline, and of the refresh that led to it from `earlier`."""
    dated = Dated(review.baseline, review.before.quarter)
    bridge = cost_bridge(earlier, review.baseline) if earlier else None
    return six_figures(dated, review.before.figures, bridge, review.before.figures.finish_move)

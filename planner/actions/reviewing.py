"""What Home and Drift show of a version and of two versions, gathered once; it words nothing and draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from planner.rules.change_names import Names
from planner.rules.change_sentences import clauses, sentences, worsened
from planner.rules.change_tails import Story
from planner.rules.changes import PLAIN, list_changes
from planner.rules.churn import churn
from planner.rules.disturbance import kinds_counted
from planner.rules.finish_counts import count_drifted, finish_counts
from planner.rules.home import Dated, carriers, home_figures
from planner.rules.measures import cost_bridge, project_counts
from planner.rules.outcome_status import kpi_standing, outcome_status
from planner.rules.refresh_step import RefreshStep, refresh_step
from planner.rules.registers import current_rows
from planner.rules.slip import slip
from planner.rules.typing_errors import likely_typing_errors, without_projects

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.actions.comparing import Comparison
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.model.version import Version
    from planner.rules.change_sentences import Sentence
    from planner.rules.changes import Change
    from planner.rules.churn import Churn
    from planner.rules.figure import Figure
    from planner.rules.finish_counts import FinishCounts
    from planner.rules.home import HomeFigures
    from planner.rules.measures import Bridge
    from planner.rules.refresh_step import Past
    from planner.rules.slip import Slip

LEDGERS = ("kpi_actuals", "benefit_actuals", "delivery_history")
SAMPLE_UID = "716caeae-e83e-5584-ac3d-7aeaaeefe6eb"
# Where the title of a piece of evidence stands in its ledger.
_TITLES = {
    "insights": ("insight_id", "title"),
    "lessons": ("lesson_id", "lesson"),
    "risks": ("risk_id", "statement"),
    "decisions": ("decision_id", "question"),
}
EVIDENCE_LEDGERS = tuple(_TITLES)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one version stands at its own quarter: its figures, its projects by standing, its outcomes' statuses."""

    quarter: Quarter
    figures: HomeFigures
    counts: Mapping[str, int]
    statuses: Mapping[str, str]

    @property
    def in_danger(self) -> int:
        """How many outcomes are at risk or in trouble."""
        return sum(status in {"amber", "red"} for status in self.statuses.values())


@dataclass(frozen=True)
class Review:
    """Everything about two versions that their pages show."""

    baseline: Plan
    current: Plan
    comparison: Comparison
    before: Standing
    after: Standing
    churn: Churn
    step: RefreshStep
    slip: Slip
    bridge: Bridge
    names: Names
    changes: Sequence[Change]

    @cached_property
    def events(self) -> list[Change]:
        """The changes with a planning meaning."""
        return [change for change in self.changes if change.group != PLAIN]

    @cached_property
    def story(self) -> Story:
        """What sentences are told with."""
        return Story(
            self.baseline,
            self.current,
            self.after.quarter,
            self.names,
            dict(self.churn.disturbed.iter_rows()),
            self.before.statuses,
            self.after.statuses,
        )

    def sentences(self, most: int | None = None) -> list[Sentence]:
        """The sentences of the largest changes."""
        return sentences(self.story, self.events, most)

    def clauses(self, most: int) -> list[tuple[str, str]]:
        """The largest moves as clauses: name, and what it does."""
        return list(clauses(self.story, self.events, most))

    @cached_property
    def worsened(self) -> list[str]:
        """The outcomes that stand worse than before, by id."""
        return worsened(self.before.statuses, self.after.statuses)

    @cached_property
    def finishes(self) -> FinishCounts:
        """How the finishes moved, counted."""
        return finish_counts(self.baseline, self.current)

    @cached_property
    def doubted(self) -> frozenset[tuple[str, str]]:
        """The project ids and fields whose values look mistyped."""
        return frozenset(self.doubts.select("project_id", "field").iter_rows())

    @cached_property
    def has_reasons(self) -> bool:
        """Whether any of the changes has a reason."""
        return any(change.reason for change in self.events)

    @cached_property
    def doubts(self) -> pl.DataFrame:
        """The cells of projects that look mistyped, as `likely_typing_errors`."""
        return likely_typing_errors(self.baseline, self.current)

    @cached_property
    def sure(self) -> Sure:
        """The totals without the projects of which a cell looks mistyped."""
        ids = self.doubts["project_id"].unique()
        plans = without_projects(self.baseline, ids), without_projects(self.current, ids)
        return Sure(
            slip(*plans, (self.before.quarter, self.after.quarter)),
            finish_counts(*plans),
            cost_bridge(*plans),
        )


@dataclass(frozen=True, slots=True)
class Sure:
    """Totals of two versions without the projects of which a cell looks mistyped."""

    slip: Slip
    finishes: FinishCounts
    bridge: Bridge


@dataclass(frozen=True, slots=True)
class RefreshMark:
    """One refresh in a glance: its verdict ('' where there is none), the share of money that moved, counts of changes."""

    verdict: str
    moved: Figure
    later: int
    earlier: int
    joined: int
    left: int


def gather_mark(before: Dated, after: Dated, comparison: Comparison, past: Past) -> RefreshMark:
    """One refresh in a glance; `past` is what came before the current plan."""
    rows = comparison.drift.rows
    moved = churn(before.plan, after.plan, (before.quarter, after.quarter))
    later, earlier = count_drifted(rows)
    kinds = kinds_counted(rows.filter(pl.col("table") == "projects"))
    step = refresh_step(before, after, moved, rows, past)
    return RefreshMark(
        step.verdict.word,
        moved.weighted,
        later,
        earlier,
        kinds.get("added", 0),
        kinds.get("removed", 0),
    )


def quarter_of(version: Version, plan: Plan) -> Quarter:
    """The quarter of a version, as the plan's calendar reads it."""
    return plan.calendar.parse(version.quarter)


def gather_standing(now: Dated, before: Dated | None, ledgers: Mapping[str, pl.DataFrame]) -> Standing:
    """How a version stands, against the one before it; `ledgers` holds those of `LEDGERS`."""
    found = outcome_status(now.plan, now.quarter, ledgers["kpi_actuals"])
    return Standing(
        quarter=now.quarter,
        figures=home_figures(now, before, ledgers),
        counts=project_counts(now.plan),
        statuses=dict(found.select("outcome_id", "status").iter_rows()),
    )


@dataclass(frozen=True, slots=True)
class Served:
    """One outcome with what measures it and who carries it: rows of `kpi_standing` and of `carriers`."""

    key: str
    name: str
    short_name: str
    place: int
    measures: Sequence[Mapping[str, Any]]
    carriers: Sequence[Mapping[str, Any]]


def gather_served(now: Dated, actuals: pl.DataFrame) -> list[Served]:
    """Each outcome that is not retired, in the plan's order; `actuals` is the ledger kpi_actuals."""
    measures: dict[str, list[Mapping[str, Any]]] = {}
    for row in kpi_standing(now.plan, now.quarter, actuals).iter_rows(named=True):
        measures.setdefault(row["outcome_id"], []).append(row)
    carried: dict[str, list[Mapping[str, Any]]] = {}
    for row in carriers(now.plan).iter_rows(named=True):
        carried.setdefault(row["outcome_id"], []).append(row)
    outcomes = now.plan["outcomes"].select("outcome_id", "name", "short_name", "status").iter_rows()
    return [
        Served(key, name, short or name, place, measures.get(key, []), carried.get(key, []))
        for place, (key, name, short, status) in enumerate(outcomes)
        if status != "retired"
    ]


def open_decisions(decisions: pl.DataFrame) -> list[dict[str, Any]]:
    """The questions that were asked and not answered since, the one needed first at the front."""
    now = current_rows(decisions, "decisions").iter_rows(named=True)
    waiting = [row for row in now if row["status"] == "asked"]
    return sorted(
        waiting, key=lambda row: (row["needed_by"] is None, str(row["needed_by"]), row["decision_id"])
    )


def gather_review(
    baseline: Plan, current: Plan, comparison: Comparison, standings: tuple[Standing, Standing], past: Past
) -> Review:
    """Everything about two versions; `standings` are the baseline's and the current one's, `past` what came before."""
    before, after = standings
    quarters = (before.quarter, after.quarter)
    sides = Dated(baseline, before.quarter), Dated(current, after.quarter)
    moved = churn(baseline, current, quarters)
    names = Names.of_plans(baseline, current)
    return Review(
        baseline=baseline,
        current=current,
        comparison=comparison,
        before=before,
        after=after,
        churn=moved,
        step=refresh_step(*sides, moved, comparison.drift.rows, past),
        slip=slip(baseline, current, quarters),
        bridge=cost_bridge(baseline, current),
        names=names,
        changes=list_changes(baseline, current, comparison.drift.rows, names),
    )


def evidence_titles(ledgers: Mapping[str, pl.DataFrame]) -> dict[str, str]:
    """What each piece of evidence says, by id; `ledgers` holds those of `EVIDENCE_LEDGERS`."""
    found: dict[str, str] = {}
    for name, (key, title) in _TITLES.items():
        found.update((key, said or "") for key, said in ledgers[name].select(key, title).iter_rows())
    return found


def is_sample(plan: Plan) -> bool:
    """Whether this is the sample, and not a plan of someone's own."""
    return plan.settings.text("plan_uid") == SAMPLE_UID

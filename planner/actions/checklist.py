"""Look at the open refresh: everything that its page shows and its steps rest on, gathered once; it takes no step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from planner.actions.comparing import Comparison, compare
from planner.model.finding import ERROR
from planner.model.version import DRAFT, Label, Version
from planner.rules.change_names import Names
from planner.rules.changes import Change, list_changes
from planner.rules.checks import errors_of, find_findings
from planner.rules.churn import Churn, churn
from planner.rules.disturbance import restless_projects
from planner.rules.drift_reasons import reason_key
from planner.rules.due import LEDGERS, Due, Since, find_due
from planner.rules.history_checks import history_findings
from planner.rules.home import Dated
from planner.rules.outcome_status import outcome_status
from planner.rules.refresh_step import Past, RefreshStep, refresh_step
from planner.rules.rollover import Suggestion, suggestions
from planner.rules.sight import live_projects
from planner.rules.verdict import EVIDENCE, KNEE_JERK, Verdict
from planner.store.ledgers import load_ledger
from planner.store.refreshes import find_open_refresh, load_attestations
from planner.store.snapshots import load_plan
from planner.store.versions import list_snapshots, load_version_header

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from planner.model.finding import Finding
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.model.refresh import Refresh
    from planner.rules.big_moves import BigMove
    from planner.store.database import Database

    Item = tuple[str, str]
    Attested = Mapping[Item, tuple[str, dt.datetime]]

ITEMS = ("outcomes", "capabilities", "enablers", "projects")


@dataclass(frozen=True)
class Checklist:
    """How the open refresh stands: the draft as saved, against the snapshot that it came out of.

    `findings` are those of the plan and of what it does to the past, which stops a review. `statuses` are each
    outcome's status before and now, by id, only where they differ. `step` is what kind of step it is so far.
    `attested` are the items that somebody left as they were,
    with who did and when; `unattested` the unchanged live items that nobody looked at yet.
    """

    refresh: Refresh
    quarter: Quarter
    number: int
    baseline: Plan
    plan: Plan
    names: Names
    comparison: Comparison
    findings: Sequence[Finding]
    step: RefreshStep
    churn: Churn
    suggestions: Sequence[Suggestion]
    due: Due
    statuses: Mapping[str, tuple[str, str]]
    attested: Attested
    unattested: Sequence[Item]

    @property
    def errors(self) -> list[Finding]:
        """The findings that stop the review."""
        return errors_of(self.findings)

    @property
    def bare_moves(self) -> list[BigMove]:
        """The big moves that cite no evidence."""
        return [move for move in self.moves if not move.is_evident]

    @property
    def lacks_evidence(self) -> bool:
        """Whether an approval must say that it goes without evidence (DOMAIN 2.6, A44c).

        A big move cites none; or the step as a whole is large, and most of its money cites none.
        """
        return bool(self.bare_moves) or self.verdict.word == KNEE_JERK

    @cached_property
    def changes(self) -> list[Change]:
        """The changes with a planning meaning, a project's dates as one."""
        rows = self.comparison.drift.rows
        listed = list_changes(self.baseline, self.plan, rows, self.names)
        return [change for change in listed if change.kinds]

    @cached_property
    def unexplained(self) -> list[Change]:
        """The changes of which a row has no reason."""
        bare = {reason_key(row) for row in self.comparison.unexplained.iter_rows(named=True)}
        return [change for change in self.changes if bare.intersection(self.keys_of(change))]

    def keys_of(self, change: Change) -> list[tuple[str, str, str, str]]:
        """The keys in `reasons` of all drift rows of a change."""
        keys = self._keys.get(change.item if change.quarters else (change.table, change.id), ())
        if change.is_dates:
            return [key for key in keys if key[2] in change.kinds]
        return [key for key in keys if key[2] in change.kinds and key[3] == change.field]

    @cached_property
    def _keys(self) -> dict[Item, list[tuple[str, str, str, str]]]:
        found: dict[Item, list[tuple[str, str, str, str]]] = {}
        for row in self.comparison.events.iter_rows(named=True):
            key = reason_key(row)
            listed = found.setdefault(key[:2], [])
            if key not in listed:
                listed.append(key)
        return found

    @cached_property
    def restless(self) -> tuple[int, int]:
        """How many live projects changed in more than progress, and how many there were before."""
        return restless_projects(self.comparison.rows).height, live_projects(self.baseline).height

    @property
    def moves(self) -> Sequence[BigMove]:
        """The big moves."""
        return self.step.moves

    @property
    def verdict(self) -> Verdict:
        """What the refresh looks like so far (DOMAIN 3.4)."""
        return self.step.verdict

    @property
    def evidence_share(self) -> float:
        """The share of the money that moved whose project cites evidence, 0 to 1; 0 where none moved."""
        return self.step.evidence.value or 0.0


def find_checklist(db: Database) -> Checklist | None:
    """How the open refresh stands, or None where none is open."""
    refresh = find_open_refresh(db)
    return look_at(db, refresh) if refresh else None


def look_at(db: Database, refresh: Refresh) -> Checklist:
    """How a refresh stands that is open."""
    baseline, draft = load_version_header(db, refresh.baseline), load_version_header(db, DRAFT)
    before, plan = load_plan(db, refresh.baseline), load_plan(db, DRAFT)
    quarter = Label.parse(refresh.label, plan.calendar).quarter
    comparison = compare(db, refresh.baseline, DRAFT)
    names = Names.of_plans(before, plan)
    ledgers = {name: load_ledger(db, name) for name in {*LEDGERS, *EVIDENCE}}
    sealed = [_quarter_of(version, plan) for version in list_snapshots(db)]
    attested = load_attestations(db, refresh.number)
    untouched = unchanged_items(plan, comparison, names)
    was = _quarter_of(baseline, before)
    moved = churn(before, plan, (was, quarter))
    past = Past(sealed, ledgers, is_revision=refresh.is_revision)
    return Checklist(
        refresh=refresh,
        quarter=quarter,
        number=draft.number,
        baseline=before,
        plan=plan,
        names=names,
        comparison=comparison,
        findings=[*_stopping(history_findings(before, plan, quarter)), *find_findings(plan, quarter)],
        step=refresh_step(Dated(before, was), Dated(plan, quarter), moved, comparison.drift.rows, past),
        churn=moved,
        suggestions=suggestions(plan, quarter),
        due=find_due(plan, quarter, _since(baseline, before, was), ledgers),
        statuses=_moved_statuses((before, was), (plan, quarter), ledgers["kpi_actuals"]),
        attested={item: by for item, by in attested.items() if item in untouched},
        unattested=[item for item in untouched if item not in attested],
    )


def _stopping(findings: Sequence[Finding]) -> list[Finding]:
    """What a bare sealing may accept by name, a refresh does not: DOMAIN 2.2, 2.5 and 2.6 bind it."""
    return [replace(finding, severity=ERROR) for finding in findings]


def _quarter_of(version: Version, plan: Plan) -> Quarter:
    return plan.calendar.parse(version.quarter)


def _since(baseline: Version, before: Plan, quarter: Quarter) -> Since:
    assert baseline.as_of is not None  # noqa: S101  a snapshot has it
    return Since(quarter, baseline.as_of, live_projects(before)["project_id"].to_list())


def _moved_statuses(
    before: tuple[Plan, Quarter], now: tuple[Plan, Quarter], actuals: pl.DataFrame
) -> dict[str, tuple[str, str]]:
    """The status of each outcome before and now, where it is another."""
    sides = [
        dict(outcome_status(plan, quarter, actuals).select("outcome_id", "status").iter_rows())
        for plan, quarter in (before, now)
    ]
    return {
        key: (sides[0].get(key, ""), status)
        for key, status in sides[1].items()
        if sides[0].get(key) != status
    }


def unchanged_items(plan: Plan, comparison: Comparison, names: Names) -> dict[Item, None]:
    """The live items of which no row differs, in the plan's order; what moves with the horizon alone is no change.

    Nor is a rank that closes a gap: only the relative order says what comes first (DOMAIN 3.2).
    """
    rows = comparison.drift.rows.select("table", "id", "field", "kind", "change")
    closes_gap = (
        (pl.col("table") == "projects") & (pl.col("field") == "priority_rank") & (pl.col("kind") == "")
    )
    rolls = pl.col("table").is_in(["capacity", "kpi_targets"]) & (pl.col("change") != "changed")
    told = rows.filter(~closes_gap & ~rolls).select("table", "id").unique()
    touched = {names.owner(table, id_) for table, id_ in told.iter_rows()}
    frames = {name: plan[name] for name in ITEMS} | {"projects": live_projects(plan)}
    listed = ((name, key) for name in ITEMS for key in frames[name].to_series())
    return dict.fromkeys(item for item in listed if item not in touched)

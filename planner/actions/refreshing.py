"""Close a quarter: what the draft would be sealed with, and sealing it; the chain itself is the store's."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.actions.archiving import write_archive
from planner.actions.briefing import KnownPlans, freeze, prepare_frozen
from planner.actions.checking import find_baseline
from planner.actions.comparing import Comparison, compare
from planner.actions.reasoning import refuse_unexplained
from planner.errors import FindingsNotAccepted, FindingsStopSealing, PlanChanged
from planner.exchange.plan_folder import write_tables
from planner.model.finding import ERROR
from planner.model.version import DRAFT, Label
from planner.rules.checks import count_by_code, errors_of, find_findings
from planner.rules.drift_reasons import count_reasons_wanted
from planner.store.refreshes import find_open_refresh, require_sealable
from planner.store.snapshots import Hashed, load_plan, seal_draft
from planner.store.versions import list_snapshots, load_version_header

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from planner.model.finding import Finding
    from planner.model.plan import Plan
    from planner.model.quarter import Calendar, Quarter
    from planner.model.version import Version
    from planner.store.database import Database


@dataclass(frozen=True)
class Sealing:
    """What the draft would be sealed with.

    `label` is the one that is proposed: the draft's quarter, or the newest snapshot's next revision where
    that quarter is sealed. `number` is the save that the findings are of; `changes` is None before the
    first snapshot.
    """

    label: str
    quarter: str
    number: int
    findings: tuple[Finding, ...]
    changes: Comparison | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop the sealing."""
        return tuple(errors_of(self.findings))

    @property
    def warnings(self) -> dict[str, int]:
        """How many warnings there are to accept, by code."""
        return _warnings(self.findings)


def prepare_sealing(db: Database) -> Sealing:
    """Look at the draft as it would be sealed: its findings, and its drift against the newest snapshot."""
    draft = load_version_header(db, DRAFT)
    plan = load_plan(db, DRAFT)
    sealed = [version.label for version in list_snapshots(db)]
    changes = compare(db, sealed[-1], DRAFT) if sealed else None
    label = Label.parse(draft.quarter, plan.calendar)
    while label.text(plan.calendar) in sealed:
        label = label.following
    findings = find_findings(plan, label.quarter, find_baseline(db, draft))
    return Sealing(label.text(plan.calendar), draft.quarter, draft.number, tuple(findings), changes)


def seal(
    db: Database,
    label_text: str,
    *,
    as_of: dt.date,
    author: str,
    note: str,
    accept_findings: bool,
    now: dt.datetime,
    checked: int | None = None,
) -> tuple[Version, bool]:
    """Seal the draft with its brief and write its archive; returns the snapshot and whether it was sealed just now.

    `checked` is the number that the draft had when somebody looked at its findings and changes; another
    number by now is PlanChanged. A label that is sealed with this content is done already. A refresh that is
    open binds: SealingBound where it is another one or not approved, ChangesUnexplained; without one, changes
    that have no reason stop nothing. Raises LabelUnfit, LabelTaken, QuarterPassed, FindingsStopSealing,
    FindingsNotAccepted or PlanChanged.
    """
    draft = load_version_header(db, DRAFT)  # before the plan, so that a save in between is noticed
    plan = load_plan(db, DRAFT)
    label = Label.parse(label_text, plan.calendar)
    is_next = _may_follow(db, draft, label, plan.calendar, checked)
    baseline = find_baseline(db, draft) if is_next else None
    said = {"label": label.text(plan.calendar), "as_of": as_of, "author": author}
    with ThreadPoolExecutor(1) as pool:  # beside the checks and the rows, each of which takes about as long
        hashing = pool.submit(Hashed.of, plan)
        telling = (
            pool.submit(prepare_frozen, db, draft, said, KnownPlans(plan, baseline)) if is_next else None
        )
        writing = pool.submit(write_tables, plan)
        found = find_findings(plan, label.quarter, baseline) if is_next else []
        findings = _accepted(found, accept_findings=accept_findings)
        hashed, brief = hashing.result(), telling.result() if telling else None
        with db.writing():
            version, is_fresh = seal_draft(
                db,
                label=label,
                as_of=as_of,
                now=now,
                author=author,
                note=note,
                findings=findings,
                number=draft.number,
                hashed=hashed,
            )
            if is_fresh and brief is not None:
                freeze(db, version, brief)
    if is_fresh:
        db.checkpoint()
    write_archive(db, version, *((plan, writing.result()) if is_fresh else ()))
    return version, is_fresh


def _may_follow(db: Database, draft: Version, label: Label, calendar: Calendar, checked: int | None) -> bool:
    """Whether a label may be that of the next snapshot; raises where the draft is not the one that was checked.

    A label that is taken or passed is refused later, or found done, whatever the findings are and whoever saved.
    """
    sealed = list_snapshots(db)
    if label.text(calendar) in {version.label for version in sealed}:
        return False
    if checked not in {None, draft.number}:
        raise PlanChanged(checked, draft.number)
    _refuse_unbound(db, label.text(calendar))
    return not sealed or label.quarter >= calendar.parse(sealed[-1].quarter)


def _refuse_unbound(db: Database, label: str) -> None:
    """What an open refresh asks of a sealing: that it is its own, approved, and that every change has its reason."""
    refresh = find_open_refresh(db)
    if refresh is not None:
        require_sealable(refresh, label)
        refuse_unexplained(compare(db, refresh.baseline, DRAFT), label)


def _accepted(findings: Sequence[Finding], *, accept_findings: bool) -> dict[str, int]:
    """The warnings to keep on the snapshot, by code; raises where errors stop it or nobody accepted them."""
    errors = errors_of(findings)
    if errors:
        raise FindingsStopSealing([finding.message for finding in errors])
    warnings = _warnings(findings)
    if warnings and not accept_findings:
        raise FindingsNotAccepted(warnings)
    return warnings


def count_unexplained(db: Database, version: Version) -> int:
    """How many changes of a snapshot against the one before it have no reason; none of the first one."""
    if not version.previous:
        return 0
    return count_reasons_wanted(compare(db, version.previous, version.label).unexplained)


def count_warnings(plan: Plan, quarter: Quarter, baseline: Plan | None) -> dict[str, int]:
    """How many warnings a plan has against the snapshot before it, by code."""
    return _warnings(find_findings(plan, quarter, baseline))


def _warnings(findings: Iterable[Finding]) -> dict[str, int]:
    return count_by_code(finding for finding in findings if finding.severity != ERROR)

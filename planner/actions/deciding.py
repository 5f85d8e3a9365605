"""Bring a refresh from draft to sealed: submit, return, approve by a named decision, seal, withdraw; it edits no plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from planner.actions.checklist import look_at
from planner.actions.reasoning import refuse_unexplained
from planner.actions.refreshing import seal
from planner.actions.rolling import put_quarter_back
from planner.errors import (
    CommentMissing,
    DecisionUnfit,
    ErrorsStopReview,
    EvidenceMissing,
    PlanChanged,
)
from planner.model.refresh import APPROVE, RETURN, SEAL, SUBMIT, WITHDRAW, Refresh, Step
from planner.model.version import DRAFT, Label
from planner.rules.sentences import percent_text
from planner.store.drafts import draft_version
from planner.store.ledgers import append_ledger, load_ledger
from planner.store.refreshes import append_step, load_open_refresh, require_step
from planner.store.snapshots import load_plan

if TYPE_CHECKING:
    import datetime as dt

    from planner.model.version import Version
    from planner.store.database import Database

DECIDED = "decided"
_NUMBERED = re.compile(r"DEC-([0-9]+)")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a plan, by whom and why; `answers` is the id of the open question it answers, if any."""

    decided_by: str
    text: str
    rationale: str = ""
    answers: str = ""


def submit(
    db: Database, *, actor: str, now: dt.datetime, comment: str = "", checked: int | None = None
) -> Refresh:
    """Hand the draft over for review; from now on its content is frozen.

    `checked` is the save of the draft that was looked at. Raises NoRefresh, StepUnfit, PlanChanged or
    ErrorsStopReview.
    """
    with db.writing():
        refresh = load_open_refresh(db)
        require_step(refresh, SUBMIT)
        checklist = look_at(db, refresh)
        if checked not in {None, checklist.number}:
            raise PlanChanged(checked, checklist.number)
        if checklist.errors:
            raise ErrorsStopReview([finding.message for finding in checklist.errors])
        return append_step(db, Step(SUBMIT, actor, now, comment.strip(), number=checklist.number))


def return_to_draft(db: Database, *, actor: str, now: dt.datetime, comment: str) -> Refresh:
    """Give a plan in review back to be changed, with what is to be mended; raises CommentMissing or StepUnfit."""
    return _take(db, RETURN, actor=actor, now=now, comment=comment)


def withdraw(db: Database, *, actor: str, now: dt.datetime, comment: str) -> Refresh:
    """End a refresh that is not approved without sealing it; the draft keeps its edits, and is of the next quarter.

    Raises CommentMissing or StepUnfit.
    """
    with db.writing():
        ended = _take(db, WITHDRAW, actor=actor, now=now, comment=comment)
        put_quarter_back(db)
        return ended


def _take(db: Database, action: str, *, actor: str, now: dt.datetime, comment: str) -> Refresh:
    if not comment.strip():
        raise CommentMissing(action)
    with db.writing():
        return append_step(db, Step(action, actor, now, comment.strip(), number=draft_version(db).number))


def approve(
    db: Database,
    decision: Decision | str,
    *,
    actor: str,
    now: dt.datetime,
    accept_missing_evidence: bool = False,
) -> Refresh:
    """Approve the plan that is in review, by a decision that is written down with it or the id of one that is.

    Raises StepUnfit, ChangesUnexplained, EvidenceMissing where what is large cites none and nobody accepts it, or
    DecisionUnfit where the decision does not name the plan's label and who decided.
    """
    with db.writing():
        refresh = load_open_refresh(db)
        require_step(refresh, APPROVE)
        checklist = look_at(db, refresh)
        refuse_unexplained(checklist.comparison, refresh.label)
        missing = checklist.lacks_evidence
        if missing and not accept_missing_evidence:
            moves = [f"{move.name} ({move.project_id})" for move in checklist.bare_moves]
            raise EvidenceMissing(moves, percent_text(checklist.evidence_share))
        if isinstance(decision, Decision):
            decision = record_decision(
                db, decision, refresh.label, actor=actor, now=now, evidence_missing=missing
            )
        said = _fitting(db, decision, refresh.label)
        step = Step(APPROVE, actor, now, said, decision, evidence_missing=missing, number=checklist.number)
        return append_step(db, step)


def record_decision(
    db: Database,
    decision: Decision,
    label: str,
    *,
    actor: str,
    now: dt.datetime,
    evidence_missing: bool = False,
) -> str:
    """Write a decision about the plan of a label down in the ledger; returns its id. Raises DecisionUnfit."""
    _refuse_silent(decision, label)
    with db.writing():
        ledger, calendar = load_ledger(db, "decisions"), load_plan(db, DRAFT).calendar
        asked = ledger.filter(pl.col("decision_id") == decision.answers).tail(1).to_dicts()
        row = {
            **(asked[0] if asked else _question(label, now.date())),
            "decision_id": decision.answers if asked else _free_id(ledger),
            "snapshot_id": label,
            "review_quarter": calendar.label(Label.parse(label, calendar).quarter + 1),
            **_answer(decision, now.date()),
            "evidence_missing": evidence_missing or None,
            "recorded_on": now.date(),
            "recorded_by": actor,
            "restates": None,
        }
        frame = pl.DataFrame([row], schema=ledger.schema)
        if append_ledger(db, "decisions", frame).refused.height:
            raise DecisionUnfit(row["decision_id"], label, "it was decided before, in other words")
        return str(row["decision_id"])


def _refuse_silent(decision: Decision, label: str) -> None:
    """Refuse a decision that leaves out who decided, or what."""
    for what, text in (
        ("it does not say who decided", decision.decided_by),
        ("it says nothing", decision.text),
    ):
        if not text.strip():
            raise DecisionUnfit("", label, what)


def _question(label: str, day: dt.date) -> dict[str, Any]:
    """The cells of the question that an approval answers where nobody asked another one."""
    return {
        "question": f"Shall the plan for {label} be sealed as it was submitted?",
        "options": "Approve|Return",
        "asked_on": day,
    }


def _answer(decision: Decision, day: dt.date) -> dict[str, Any]:
    """The cells of what was decided."""
    return {
        "status": DECIDED,
        "decided_on": day,
        "decision": decision.text.strip(),
        "rationale": decision.rationale.strip() or None,
        "decided_by": decision.decided_by.strip(),
        "level": "enterprise",
    }


def _free_id(ledger: pl.DataFrame) -> str:
    """The id after the highest one: an id is never used again."""
    numbers = [int(found[1]) for id_ in ledger["decision_id"] if (found := _NUMBERED.fullmatch(id_))]
    return f"DEC-{max(numbers, default=0) + 1:03d}"


def _fitting(db: Database, decision_id: str, label: str) -> str:
    """What the decision says, where it is one about the plan of that label; raises DecisionUnfit."""
    ledger = load_ledger(db, "decisions")
    rows = ledger.filter((pl.col("decision_id") == decision_id) & (pl.col("status") == DECIDED)).to_dicts()
    if not rows:
        raise DecisionUnfit(decision_id, label, "no such decision was made")
    last = rows[-1]
    if last["snapshot_id"] != label:
        raise DecisionUnfit(decision_id, label, f"it is about {last['snapshot_id'] or 'no plan'}")
    if not last["decided_by"]:
        raise DecisionUnfit(decision_id, label, "it does not say who decided")
    return str(last["decision"] or "")


def seal_refresh(
    db: Database, *, as_of: dt.date, author: str, note: str, accept_findings: bool, now: dt.datetime
) -> Version:
    """Seal the plan that was approved, under the label of its refresh; what `refreshing.seal` refuses is refused.

    Raises NoRefresh or StepUnfit where there is nothing approved.
    """
    refresh = load_open_refresh(db)
    require_step(refresh, SEAL)
    version, _ = seal(
        db,
        refresh.label,
        as_of=as_of,
        author=author,
        note=note,
        accept_findings=accept_findings,
        now=now,
        checked=draft_version(db).number,
    )
    return version

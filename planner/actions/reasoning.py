"""Say why the draft differs from the last snapshot, one reason for many changes, and what was left alone; no grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.actions import editing
from planner.actions.checklist import unchanged_items
from planner.actions.comparing import Comparison, compare
from planner.actions.importing import REASON_CODES
from planner.actions.unsaved import Rows
from planner.errors import ChangesUnexplained, ItemsChanged, NoRefresh, ReasonUnfit
from planner.model.edit import Edit
from planner.model.version import DRAFT
from planner.rules.change_names import Names
from planner.rules.drift_reasons import reason_key
from planner.rules.sentences import because_tail
from planner.store.ledgers import load_ledger
from planner.store.refreshes import append_attestations, load_open_refresh
from planner.store.snapshots import load_plan
from planner.store.versions import load_version_header

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planner.model.edit import Cell, Saved
    from planner.model.plan import Plan
    from planner.store.database import Database

    ReasonKey = tuple[str, str, str, str]

WITH_EVIDENCE = ("research_finding", "lesson_learnt")
SHORTEST, LONGEST = 10, 200
# The ledgers that evidence stands in, with the column of its id and of what it says.
EVIDENCE = {
    "insights": ("insight_id", "title"),
    "lessons": ("lesson_id", "lesson"),
    "risks": ("risk_id", "statement"),
}


@dataclass(frozen=True, slots=True)
class Given:
    """A reason: its sort, the tail of 'because ...', and the ids of the evidence and of the decision it rests on."""

    code: str
    text: str
    evidence_id: str = ""
    decision_id: str = ""

    def as_cells(self) -> dict[str, str | None]:
        """Its cells in `reasons`, an empty one as None."""
        return {
            "reason_code": self.code,
            "reason_text": self.text,
            "evidence_id": self.evidence_id or None,
            "decision_id": self.decision_id or None,
        }


def read_reason(code: str, text: str, evidence_id: str = "", decision_id: str = "") -> Given:
    """Read a reason as it was typed: without a leading 'because' and a last full stop; raises ReasonUnfit."""
    said = because_tail(text)
    if code not in REASON_CODES:
        raise ReasonUnfit("it has no sort", "Choose what sort of reason it is, and tick what it explains.")
    if not SHORTEST <= len(said) <= LONGEST:
        raise ReasonUnfit(
            f"'{said}' has {len(said)} characters, and a reason has {SHORTEST} to {LONGEST}",
            "Write the tail of 'because ...' in plain words, so that somebody who was not there understands it.",
        )
    if code in WITH_EVIDENCE and not evidence_id:
        raise ReasonUnfit(
            f"a {code.replace('_', ' ')} cites what it rests on",
            "Choose the insight, the lesson, the risk or the measure.",
        )
    return Given(code, said, evidence_id.strip(), decision_id.strip())


def explain(db: Database, keys: Iterable[ReasonKey], given: Given, *, actor: str, now: dt.datetime) -> Saved:
    """Give one reason to many drift rows of the draft against the newest snapshot, given by their keys.

    Rows that are no drift any more are left out. Raises ReasonUnfit where none is left, or what is cited is not
    known; PlanFrozen where the draft may not change.
    """
    with db.writing():
        plan = load_plan(db, DRAFT)
        _refuse_unknown(db, plan, given)
        wanted = set(keys)
        draft = load_version_header(db, DRAFT)
        rows = compare(db, draft.previous, DRAFT).events if draft.previous else None
        there = {reason_key(row) for row in rows.iter_rows(named=True)} if rows is not None else set()
        edits = list(reason_edits(plan, sorted(wanted & there), given))
        if not edits and not wanted & there:
            raise ReasonUnfit("it explains nothing that is there", "Tick the changes that it explains.")
        outcome = editing.save(db, edits, actor=actor, now=now, reason=f"{given.code}: {given.text}")
    if outcome.saved is None:
        raise ReasonUnfit(outcome.problems[0].problem.message.rstrip("."), "Correct it and give it again.")
    return outcome.saved


def reason_edits(plan: Plan, keys: Sequence[ReasonKey], given: Given) -> Iterator[Edit]:
    """The edits of `reasons` that give a reason to drift rows; what it says already is left out."""
    stored = Rows(plan, "reasons")
    said: Mapping[str, Cell] = given.as_cells()
    for key in keys:
        row = stored.find(key)
        if row is None:
            named = dict(zip(("table", "id", "kind", "field"), key, strict=True))
            filled = {name: cell for name, cell in said.items() if cell is not None}
            yield Edit("reasons", key, "", None, {**named, **filled})
            continue
        for field, cell in said.items():
            if row.get(field) != cell:
                yield Edit("reasons", key, field, row.get(field), cell)


def load_evidence(db: Database, plan: Plan) -> dict[str, str]:
    """What can be cited as evidence, by id: insights, lessons, risks, and the plan's measures."""
    found: dict[str, str] = {}
    for name, (key, said) in EVIDENCE.items():
        found.update((id_, text or "") for id_, text in load_ledger(db, name).select(key, said).iter_rows())
    found.update(plan["kpis"].select("kpi_id", "name").iter_rows())
    return found


def _refuse_unknown(db: Database, plan: Plan, given: Given) -> None:
    if given.evidence_id and given.evidence_id not in load_evidence(db, plan):
        raise ReasonUnfit(
            f"'{given.evidence_id}' is no insight, lesson, risk or measure",
            "Choose one that is written down, or add it first.",
        )
    if given.decision_id and given.decision_id not in load_ledger(db, "decisions")["decision_id"]:
        raise ReasonUnfit(
            f"there is no decision '{given.decision_id}'", "Choose one that is written down, or add it first."
        )


def refuse_unexplained(comparison: Comparison, label: str) -> None:
    """Refuse to go on while a change has no reason, with the list; raises ChangesUnexplained."""
    rows = comparison.unexplained.sort("name", "id", "kind")
    if rows.height:
        told = {(row["name"], *reason_key(row)[1:3]): None for row in rows.iter_rows(named=True)}
        raise ChangesUnexplained(
            label,
            [f"{f'{name} ({id_})' if name else id_} {kind.replace('_', ' ')}" for name, id_, kind in told],
        )


def attest(db: Database, items: Iterable[tuple[str, str]], *, actor: str, now: dt.datetime) -> int:
    """Say that items, given as table and id, were looked at in the open refresh and left as they are.

    Returns how many are new. Raises NoRefresh, PlanFrozen, or ItemsChanged where an item did change.
    """
    with db.writing():
        refresh = load_open_refresh(db)
        if not refresh.baseline:
            raise NoRefresh
        plan = load_plan(db, DRAFT)
        names = Names.of_plans(load_plan(db, refresh.baseline), plan)
        unchanged = unchanged_items(plan, compare(db, refresh.baseline, DRAFT), names)
        wanted = list(dict.fromkeys(items))
        changed = [names[item] for item in wanted if item not in unchanged]
        if changed:
            raise ItemsChanged(changed)
        return append_attestations(db, refresh.number, wanted, actor=actor, now=now)

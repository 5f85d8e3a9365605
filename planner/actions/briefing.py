"""The brief of a version: the frozen one, or the one that its plans give now, with what people changed; it words nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.actions.brief_writing import BRIEF_LEDGERS, BriefSources, write_brief
from planner.actions.comparing import compare
from planner.actions.reviewing import LEDGERS, gather_review, gather_standing
from planner.model.refresh import APPROVE
from planner.model.version import DRAFT, SNAPSHOT
from planner.rules.brief import Brief
from planner.rules.brief_edits import EditedBrief, edited_brief
from planner.rules.brief_lead import tell_approval
from planner.rules.home import Dated
from planner.rules.refresh_step import Past
from planner.rules.registers import current_rows
from planner.rules.verdict import EVIDENCE
from planner.store.briefs import append_frozen_brief, find_frozen_brief, load_brief_edits
from planner.store.ledgers import load_ledger
from planner.store.refreshes import list_refreshes
from planner.store.snapshots import load_plan
from planner.store.versions import list_snapshots, load_version_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    import polars as pl

    from planner.actions.comparing import Comparison
    from planner.actions.reviewing import Review
    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.store.database import Database

OF_DRAFT, FROZEN, MADE_NOW = "draft", "frozen", "made now"


@dataclass(frozen=True)
class ShownBrief:
    """A brief as it is shown, with its edits, and where it comes from: `draft`, `frozen` or `made now`."""

    edited: EditedBrief
    state: str

    @property
    def brief(self) -> Brief:
        """The brief in the words that count."""
        return self.edited.brief


def load_brief(db: Database, name: str, baseline: str = "") -> ShownBrief:
    """The brief of a version named by label, `draft`, a what-if's id or `latest`, against a baseline.

    Without a baseline it is the one against the snapshot before, which is frozen where the sealing froze one.
    Raises VersionUnknown.
    """
    current, label = _versions(db, name, baseline)
    if current.is_sealed and label == current.previous and (frozen := find_frozen(db, current)):
        return ShownBrief(edited_brief(frozen, ()), FROZEN)
    brief = write_brief(gather_brief(db, current, label))
    return shown_brief(db, current, brief)


def load_review(db: Database, name: str, baseline: str = "") -> Review | None:
    """What moved between the two versions of a brief, for its pictures; None where nothing came before."""
    return gather_brief(db, *_versions(db, name, baseline)).review


def _versions(db: Database, name: str, baseline: str) -> tuple[Version, str]:
    """The version, and the label of its baseline: the named one, or the snapshot before; '' where there is none."""
    current = load_version_header(db, name)
    return current, load_version_header(db, baseline).label if baseline else current.previous


def shown_brief(db: Database, current: Version, brief: Brief) -> ShownBrief:
    """A generated brief with what people changed in it, where it is that of the draft against the newest snapshot."""
    if not is_edited_here(current, brief.baseline):
        return ShownBrief(edited_brief(brief, ()), MADE_NOW if current.is_sealed else OF_DRAFT)
    return ShownBrief(edited_brief(brief, load_brief_edits(db, current.previous)), OF_DRAFT)


def is_edited_here(current: Version, baseline: str) -> bool:
    """Whether people write in the brief of a version: the draft's, against the snapshot that it follows."""
    return current.label == DRAFT and baseline == current.previous


def find_frozen(db: Database, version: Version) -> Brief | None:
    """The brief that was frozen with a snapshot, None where there is none."""
    document = find_frozen_brief(db, version.number)
    return Brief.of_document(document) if document else None


def gather_brief(
    db: Database, current: Version, baseline: str, known: KnownPlans | None = None
) -> BriefSources:
    """Read what the brief of a version needs; `baseline` is a label, or empty. `known` saves reading plans again."""
    known = known or KnownPlans()
    versions = list_snapshots(db)
    ledgers = {name: load_ledger(db, name) for name in {*LEDGERS, *BRIEF_LEDGERS, *EVIDENCE}}
    plan = known.current or load_plan(db, current.label)
    now = Dated(plan, plan.calendar.parse(current.quarter))
    base = load_version_header(db, baseline) if baseline else None
    labels, approval = labels_of(versions, current, base), approval_of(db, current, ledgers["decisions"])
    if base is None:
        standing = gather_standing(now, None, ledgers)
        return BriefSources(current, now, standing, ledgers, labels, approval=approval)
    was = known.baseline or load_plan(db, base.label)
    before = Dated(was, was.calendar.parse(base.quarter))
    earlier = _dated(db, base.previous, versions) if base.previous else None
    standings = (gather_standing(before, earlier, ledgers), gather_standing(now, before, ledgers))
    comparison = known.comparison or compare(db, base.label, current.label)
    review = gather_review(was, plan, comparison, standings, _past(versions, current, now, ledgers))
    return BriefSources(
        current, now, standings[1], ledgers, labels, base, review, earlier.plan if earlier else None, approval
    )


@dataclass(frozen=True)
class KnownPlans:
    """What whoever asks for a brief has read already."""

    current: Plan | None = None
    baseline: Plan | None = None
    comparison: Comparison | None = None


def labels_of(versions: Sequence[Version], current: Version, baseline: Version | None) -> frozenset[str]:
    """The versions whose asks belong to a brief: those sealed after the baseline, up to the current one."""
    first = baseline.number if baseline else 0
    sealed = {
        one.label
        for one in versions
        if one.kind == SNAPSHOT
        and one.number > first
        and (not current.is_sealed or one.number <= current.number)
    }
    return frozenset({*sealed, current.label if current.is_sealed else current.quarter})


def approval_of(db: Database, current: Version, decisions: pl.DataFrame) -> str:
    """Who approved a version, with the decision, as its refresh says; empty where none led to it."""
    steps = [one.last(APPROVE) for one in list_refreshes(db) if one.label == current.label]
    step = next((step for step in reversed(steps) if step), None)
    if step is None or not current.is_sealed:
        return ""
    rows = current_rows(decisions, "decisions").iter_rows(named=True)
    decided = next((row for row in rows if row["decision_id"] == step.decision_id), None)
    return tell_approval((decided or {}).get("decided_by") or step.actor, step.decision_id)


def _dated(db: Database, label: str, versions: Sequence[Version]) -> Dated:
    version = next(one for one in versions if one.label == label)
    plan = load_plan(db, label)
    return Dated(plan, plan.calendar.parse(version.quarter))


def _past(
    versions: Sequence[Version], current: Version, now: Dated, ledgers: dict[str, pl.DataFrame]
) -> Past:
    """The quarters that were sealed before a version, and the ledgers of evidence."""
    calendar = now.plan.calendar
    before = [
        one
        for one in versions
        if one.kind == SNAPSHOT and (not current.is_sealed or one.number < current.number)
    ]
    return Past(
        [calendar.parse(one.quarter) for one in before],
        {name: ledgers[name] for name in EVIDENCE},
        is_revision=any(one.quarter == current.quarter for one in before),
    )


def prepare_frozen(db: Database, draft: Version, said: Mapping[str, Any], known: KnownPlans) -> Brief:
    """The generated brief of a draft that is about to be sealed: to be frozen with it.

    `said` is what the snapshot will be called: label, as_of, author. Its quarter is that of the label.
    """
    quarter = str(said["label"]).partition(".r")[0]
    number = 1 + len(list_snapshots(db))
    sealed = replace(draft, kind=SNAPSHOT, quarter=quarter, number=number, **said)
    comparison = compare(db, draft.previous, DRAFT) if draft.previous else None
    return write_brief(gather_brief(db, sealed, draft.previous, replace(known, comparison=comparison)))


def freeze(db: Database, version: Version, brief: Brief) -> None:
    """Freeze a generated brief with its snapshot, in the words that people gave it; in the sealing's transaction."""
    edited = edited_brief(brief, load_brief_edits(db, version.previous))
    append_frozen_brief(db, version.number, edited.brief.as_document())

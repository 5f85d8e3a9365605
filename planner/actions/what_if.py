"""What-ifs: branched beside the draft, looked at, merged into it or thrown away; how plans merge is a rule, rows are the store's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.actions.draft_calendar import keeping_time
from planner.actions.explaining import with_reason
from planner.actions.reworking import Preview, look_after
from planner.errors import CopyOutdated, NameMissing, PlanChanged
from planner.model.naming import hanging_on, named_rows
from planner.model.scenario import DROP, MERGE, REOPEN, Scenario, ScenarioStep
from planner.model.tables import TABLES
from planner.model.version import DRAFT
from planner.rules.edited import with_edits
from planner.rules.merging import merge, resolved
from planner.store import drafts, scenarios
from planner.store.snapshots import load_plan
from planner.store.versions import load_version_header

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.actions.importing import Reason
    from planner.model.edit import Edit, Saved
    from planner.model.naming import Named
    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.rules.merging import Merge, Place
    from planner.store.database import Database

_MOST_NAME = 80


@dataclass(frozen=True)
class MergeLook:
    """What merging a scenario into the draft would do, at one save of each.

    `numbers` are the saves of the draft and of the scenario that were looked at; `merge` holds the changes that
    come along and the clashes that somebody has to decide. `baseline` is the snapshot that the draft came out of.
    """

    scenario: Scenario
    draft: Version
    numbers: tuple[int, int]
    before: Plan
    theirs: Plan
    baseline: Plan | None
    merge: Merge

    def edits(self, choices: Mapping[Place, str], reason: Reason | None = None) -> tuple[Edit, ...]:
        """The edits of the draft once each clash is decided; a reason explains what the scenario does not.

        Raises ClashesUndecided.
        """
        out = {id(edit) for edit, _ in self.left_out(choices)}
        decided = [edit for edit in resolved(self.merge, choices) if id(edit) not in out]
        known = {tuple(row) for row in self.theirs["reasons"].select("table", "id", "kind", "field").rows()}
        given = with_reason(self.before, [edit for edit in decided if edit.table != "reasons"], reason)
        new = [edit for edit in given if edit.table == "reasons" and edit.key not in known]
        return (*decided, *new)

    def left_out(self, choices: Mapping[Place, str]) -> list[tuple[Edit, Named]]:
        """The changes that stay out for they name a row which the draft removed, each with that row."""
        decided = resolved(self.merge, choices)
        named = {name for edit in decided for name in named_rows(edit)}
        if not named:
            return []
        after = with_edits(self.before, decided)
        gone = {
            (table, row)
            for table in {table for table, _ in named}
            for row in {row for of, row in named if of == table}.difference(
                after[table][TABLES[table].key[0]]
            ).intersection(self.theirs[table][TABLES[table].key[0]])
        }
        return hanging_on(decided, gone) if gone else []

    def after(self, choices: Mapping[Place, str]) -> Preview:
        """The draft as the merge would leave it, and the findings that join and leave; raises ClashesUndecided."""
        quarter = self.before.calendar.parse(self.draft.quarter)
        return look_after(self.before, self.edits(choices), quarter, self.baseline)


def branch(db: Database, origin: str, name: str, *, actor: str, now: dt.datetime, why: str = "") -> Scenario:
    """Branch a what-if from the draft, a snapshot or another what-if; raises NameMissing, VersionUnknown."""
    said = " ".join(name.split())
    if not said or len(said) > _MOST_NAME:
        raise NameMissing(said, _MOST_NAME)
    return scenarios.branch_scenario(db, origin, said, actor=actor, now=now, why=why.strip())


def throw_away(db: Database, scenario: str, *, actor: str, now: dt.datetime, why: str = "") -> Scenario:
    """Put a what-if or a kept copy away; nothing of it is lost, and `reopen` brings it back."""
    return scenarios.end_scenario(db, scenario, ScenarioStep(DROP, actor, now, why.strip()))


def reopen(db: Database, scenario: str, *, actor: str, now: dt.datetime) -> Scenario:
    """Open a what-if again that was merged or thrown away."""
    return scenarios.end_scenario(db, scenario, ScenarioStep(REOPEN, actor, now, ""))


def look_at_merge(db: Database, scenario: str) -> MergeLook:
    """Set what a scenario changed since it was branched against what the draft changed; raises ScenarioUnknown."""
    with db.reading():
        found = scenarios.load_scenario(db, scenario)
        draft, theirs = load_version_header(db, DRAFT), load_version_header(db, scenario)
        before, after = load_plan(db, DRAFT), load_plan(db, scenario)
        merged = merge(load_plan(db, found.base), before, after)
        baseline = load_plan(db, draft.previous) if draft.previous else None
    return MergeLook(found, draft, (draft.number, theirs.number), before, after, baseline, merged)


def merge_scenario(
    db: Database,
    look: MergeLook,
    choices: Mapping[Place, str],
    *,
    actor: str,
    now: dt.datetime,
    reason: Reason | None = None,
) -> tuple[Saved, Scenario]:
    """Merge a scenario into the draft as it was looked at: all of it in one transaction, as one step of the person.

    Returns what was saved, and the copy of the draft that was kept before. Raises ClashesUndecided; PlanChanged where
    draft or scenario were saved since the look; PlanFrozen, ScenarioClosed.
    """
    edits = look.edits(choices, reason)
    name, told = look.scenario.name, f"{reason.code}: {reason.text}" if reason else ""
    with keeping_time(db):
        now_at = tuple(load_version_header(db, one).number for one in (DRAFT, look.scenario.id))
        if now_at != look.numbers:
            raise PlanChanged(look.numbers, now_at)
        copy = scenarios.branch_scenario(
            db, DRAFT, f"Draft before '{name}' was merged", actor=actor, now=now, is_copy=True
        )
        saved = drafts.apply_edits(
            db,
            edits,
            actor=actor,
            now=now,
            reason=told or f"merged the what-if '{name}'",
            number=look.numbers[0],
        )
        scenarios.end_scenario(db, look.scenario.id, ScenarioStep(MERGE, actor, now, told))
    return saved, copy


def bring_back(db: Database, copy: str, *, actor: str, now: dt.datetime) -> Saved:
    """Make the draft what a kept copy of it holds, as one step; raises CopyOutdated after a sealing in between."""
    with keeping_time(db):
        kept, draft = load_version_header(db, copy), load_version_header(db, DRAFT)
        found = scenarios.load_scenario(db, copy)
        if (kept.previous, kept.quarter) != (draft.previous, draft.quarter):
            raise CopyOutdated(found.name, draft.previous)
        frames = load_plan(db, copy).frames
        return drafts.replace_draft(db, frames, actor=actor, now=now, reason=f"brought back: {found.name}")

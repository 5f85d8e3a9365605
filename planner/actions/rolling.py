"""Open a refresh: the draft rolled forward to its quarter, and what is ticked started or finished; no other state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.actions.reasoning import Given, reason_edits
from planner.errors import LabelTaken, NothingToRefresh, QuarterPassed, ReasonUnfit, RevisionAstray
from planner.model.refresh import OPEN, Refresh, Step
from planner.model.version import DRAFT, Label
from planner.rules.rollover import FINISH, START, RolledForward, progress_edits, roll_forward, suggestions
from planner.store.drafts import apply_edits, draft_version, replace_quarter
from planner.store.refreshes import begin_refresh, find_open_refresh
from planner.store.snapshots import load_plan
from planner.store.versions import list_snapshots

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from planner.model.edit import Edit, Saved
    from planner.model.plan import Plan
    from planner.model.quarter import Calendar
    from planner.model.version import Version
    from planner.store.database import Database

PROGRESS = "progress"
_BECAUSE = {START: "work started as planned", FINISH: "work finished as planned"}
_KIND = {START: "started", FINISH: "completed"}


def labels_to_open(sealed: Sequence[Version], calendar: Calendar) -> list[str]:
    """What a refresh can be opened for: the next quarter, the one after it, or the last one as its next revision."""
    if not sealed:
        return []
    last = calendar.parse(sealed[-1].quarter)
    again = Label(last, 1 + sum(version.quarter == sealed[-1].quarter for version in sealed))
    return [label.text(calendar) for label in (Label(last + 1), Label(last + 2), again)]


def open_refresh(
    db: Database, label_text: str, *, actor: str, now: dt.datetime, comment: str = ""
) -> tuple[Refresh, RolledForward]:
    """Open the refresh that is to be sealed as a label, and roll the draft forward to its quarter.

    What was edited since the last snapshot stays. Raises NothingToRefresh, RefreshIsOpen, LabelUnfit,
    LabelTaken, QuarterPassed or RevisionAstray.
    """
    with db.writing():
        sealed = list_snapshots(db)
        if not sealed:
            raise NothingToRefresh
        plan = load_plan(db, DRAFT)
        label = Label.parse(label_text, plan.calendar)
        _refuse_unfit(label, sealed, plan.calendar)
        step = Step(OPEN, actor, now, comment.strip(), number=draft_version(db).number)
        refresh = begin_refresh(db, label.text(plan.calendar), sealed[-1].label, step)
        rolled = roll_forward(plan, label.quarter)
        said = f"rolled forward to {plan.calendar.label(label.quarter)}"
        replace_quarter(db, plan.calendar.label(label.quarter))
        apply_edits(db, rolled.edits, actor=actor, now=now, reason=said)
    return refresh, rolled


def _refuse_unfit(label: Label, sealed: Sequence[Version], calendar: Calendar) -> None:
    quarter = calendar.label(label.quarter)
    following = Label(label.quarter, 1 + sum(version.quarter == quarter for version in sealed))
    if label.text(calendar) in {version.label for version in sealed}:
        raise LabelTaken(label.text(calendar), following.text(calendar))
    if label.quarter < calendar.parse(sealed[-1].quarter):
        raise QuarterPassed(label.text(calendar), sealed[-1].label)
    if label != following:
        raise RevisionAstray(label.text(calendar), following.text(calendar))


def put_quarter_back(db: Database) -> None:
    """Give the draft the quarter after the newest snapshot's, as a sealing leaves it."""
    sealed = list_snapshots(db)
    calendar = load_plan(db, DRAFT).calendar
    replace_quarter(db, calendar.label(calendar.parse(sealed[-1].quarter) + 1))


def start_and_finish(
    db: Database, ticked: Iterable[tuple[str, str]], *, actor: str, now: dt.datetime
) -> Saved:
    """Apply suggestions, given as action and project, each with the reason that it went as planned.

    One that is no suggestion any more, or may not be started yet, is left out; raises ReasonUnfit where none
    is left, and PlanFrozen.
    """
    with db.writing():
        plan = load_plan(db, DRAFT)
        refresh = find_open_refresh(db)
        quarter = plan.calendar.parse(draft_version(db).quarter)
        wanted = set(ticked)
        chosen = [
            found
            for found in suggestions(plan, quarter)
            if (found.action, found.project_id) in wanted and not found.obstacle
        ]
        if refresh is None or not chosen:
            raise ReasonUnfit("nothing was ticked", "Tick what has really started or finished.")
        by_action = {action: [one.project_id for one in chosen if one.action == action] for action in _KIND}
        edits = [
            *progress_edits(plan, started=by_action[START], finished=by_action[FINISH]),
            *(edit for action, projects in by_action.items() for edit in _explained(plan, action, projects)),
        ]
        return apply_edits(db, edits, actor=actor, now=now, reason=f"{PROGRESS}: as suggested at the refresh")


def _explained(plan: Plan, action: str, projects: Sequence[str]) -> Iterator[Edit]:
    keys = [("projects", project, _KIND[action], "status") for project in projects]
    return reason_edits(plan, keys, Given(PROGRESS, _BECAUSE[action]))

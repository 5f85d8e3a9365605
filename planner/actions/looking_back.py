"""What changed since a moment, gathered from the store: the draft of then beside that of now; it draws and words nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.actions.visiting import EVERY
from planner.exchange.drift_csv import DRIFT_COLUMNS, drift_csv
from planner.model.tables import FINGERPRINTED
from planner.model.version import DRAFT
from planner.rules.change_names import Names
from planner.rules.changes import PLAIN, list_changes
from planner.rules.drift import drift
from planner.rules.drift_reasons import with_reasons
from planner.rules.edited import with_edits
from planner.store.reasons import load_reasons
from planner.store.saves import last_saves_of_snapshots, load_edits_between, save_at, saves_after
from planner.store.snapshots import load_plan
from planner.store.versions import list_snapshots

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.rules.changes import Change
    from planner.rules.look_back import Look
    from planner.store.database import Database
    from planner.store.saves import SaveNote


_NO_END = 2**62


@dataclass(frozen=True, slots=True)
class News:
    """What may have changed since a moment, without a look at what: the snapshots sealed since and the draft's saves.

    `before` is the snapshot that was the newest then, None where there was none; `base` the last save of then.
    """

    look: Look
    before: Version | None
    sealed: Sequence[Version]
    saves: Sequence[SaveNote]
    base: int


@dataclass(frozen=True)
class LookBack:
    """The draft of then (`baseline`) and of now (`current`), and the net changes from one to the other, with reasons.

    A cell that came back to its value is no change. `rows` are the drift rows that the changes were counted from.
    """

    news: News
    baseline: Plan
    current: Plan
    names: Names
    rows: pl.DataFrame
    changes: Sequence[Change]

    @property
    def events(self) -> list[Change]:
        """The changes with a planning meaning."""
        return [change for change in self.changes if change.group != PLAIN]


def find_news(db: Database, look: Look, actor: str) -> News:
    """The snapshots and saves since a moment; saves of `actor` right after a visit belong to it."""
    snapshots = list_snapshots(db)
    held = last_saves_of_snapshots(db)
    known = [version for version in snapshots if look.knows(version)]
    # what a snapshot of then holds was there, whenever it was brought into this database
    base = max([save_at(db, look.moment, actor, EVERY), *(held[version.label] for version in known)])
    sealed = [version for version in snapshots if not look.knows(version)]
    return News(look, known[-1] if known else None, sealed, saves_after(db, base), base)


def look_back(db: Database, news: News, plan_of: Callable[[str], Plan] | None = None) -> LookBack:
    """The net change of the draft since the last save of then: the journal taken back, and the one diff there is.

    `plan_of` gives the plan of a version by label where somebody keeps it already.
    """
    load = plan_of or (lambda label: load_plan(db, label))
    current = load(DRAFT)
    baseline = draft_then(db, news.base, load)
    names = Names.of_plans(baseline, current)
    since = [version.label for version in news.sealed]
    reasons = load_reasons(db).filter(pl.col("label").is_in([*since, DRAFT])).drop("label")
    rows = with_reasons(drift(baseline, current).rows, reasons)
    return LookBack(news, baseline, current, names, rows, list_changes(baseline, current, rows, names))


def look_back_bytes(back: LookBack) -> bytes:
    """The drift rows of a look back as CSV; its baseline is called by the day it is of."""
    labels = {"baseline": pl.lit(back.news.look.day.isoformat()), "current": pl.lit(DRAFT)}
    return drift_csv(back.rows.with_columns(**labels).select(DRIFT_COLUMNS))


def draft_then(db: Database, base: int, load: Callable[[str], Plan]) -> Plan:
    """The draft as it was after a save: the nearest version that holds it, with the saves between taken back."""
    held = last_saves_of_snapshots(db)
    label, upto = next(((label, save) for label, save in held.items() if save >= base), (DRAFT, _NO_END))
    edits = load_edits_between(db, base, upto) if upto > base else []
    taken_back = [edit.inverse for edit in reversed(edits)]
    return with_edits(load(label), taken_back, FINGERPRINTED)

"""Read plan folders into the draft, all of it or none: what would change first, then the change; it parses no cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from planner.actions.draft_calendar import keeping_time
from planner.actions.import_guards import adopted_settings, guard_quarters, guard_settings
from planner.actions.import_ledgers import LedgerNews, append_ledgers, compare_ledgers
from planner.errors import ProblemsStopImport, WrongCall, listed
from planner.exchange.plan_folder import read_plan_folder
from planner.model.tables import TABLES
from planner.model.version import DRAFT, SNAPSHOT
from planner.rules.drift import drift
from planner.rules.drift_reasons import reason_key
from planner.store.drafts import replace_draft
from planner.store.snapshots import load_plan
from planner.store.versions import list_versions, load_version_header, replace_plan_uid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from planner.exchange.plan_folder import ReadFolder
    from planner.model.edit import Saved
    from planner.model.finding import Problem
    from planner.model.plan import Plan
    from planner.rules.drift import Drift
    from planner.store.database import Database

REPLACE, MERGE = "replace", "merge"
REASON_CODES = TABLES["reasons"].by_name["reason_code"].allowed


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an import changes what it changes."""

    code: str
    text: str


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do to the draft as it stood at save `number`; with problems it does nothing.

    `count` is how many problems there are, which may be more than are listed. `counts` has, for each table
    with a file, how many rows are added, changed, removed and unchanged; `ledger_counts` added and unchanged.
    """

    mode: str
    problems: tuple[Problem, ...]
    count: int
    number: int
    before: Plan
    after: Plan
    tables: tuple[str, ...]
    ledgers: Mapping[str, LedgerNews] = field(default_factory=dict)
    has_snapshots: bool = False

    @cached_property
    def drift(self) -> Drift:
        """Every difference that the import makes."""
        return drift(self.before, self.after)

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """Rows added, changed, removed and unchanged, by table."""
        return {name: count_rows(name, self.before[name], self.after[name]) for name in self.tables}

    @property
    def ledger_counts(self) -> dict[str, dict[str, int]]:
        """Rows added and unchanged, by ledger."""
        return {
            name: {"added": news.added, "unchanged": news.unchanged} for name, news in self.ledgers.items()
        }

    @property
    def is_idle(self) -> bool:
        """Whether the files hold nothing that the plan does not have."""
        moved = any(
            count for counts in self.counts.values() for word, count in counts.items() if word != "unchanged"
        )
        return not moved and not any(news.added for news in self.ledgers.values())


def parse_reason(text: str) -> Reason:
    """Read CODE:TEXT; raises WrongCall."""
    code, colon, told = text.partition(":")
    if not colon or code.strip() not in REASON_CODES or not told.strip():
        raise WrongCall(
            f"'{text}' is not a reason.",
            f"Write it like correction:the dates were wrong; the codes are {listed(REASON_CODES, 12)}.",
        )
    return Reason(code.strip(), told.strip())


def check_import(
    db: Database, files: Mapping[str, bytes], *, mode: str = REPLACE, version: str = DRAFT
) -> ImportPreview:
    """Read a plan folder, given as file name to bytes, against the draft, or a scenario; nothing is written.

    `replace` makes each table that has a file exactly what the file says; `merge` adds and updates rows by
    id, touches only the columns that a file has, and removes nothing.
    """
    versions = list_versions(db)  # before the plan, so that a save in between is noticed
    number = load_version_header(db, version).number
    plan = load_plan(db, version)
    sealed = [one.label for one in versions if one.kind == SNAPSHOT]
    read = read_plan_folder(
        files, calendar=plan.calendar, currency=plan.settings.currency, merge=mode == MERGE
    )
    frames = _new_frames(plan, read, mode)
    if "settings" in frames:
        frames["settings"] = adopted_settings(plan["settings"], frames["settings"])
    problems = list(read.problems)
    if not problems:
        problems += guard_settings(plan, frames, sealed) or guard_quarters(db, plan, frames)
    news, told = compare_ledgers(db, read.ledgers)
    problems += told
    return ImportPreview(
        mode=mode,
        problems=tuple(problems),
        count=max(read.count, len(read.problems)) + len(problems) - len(read.problems),
        number=number,
        before=plan,
        after=plan if problems else plan.replaced(frames),
        tables=tuple(name for name in TABLES if name in frames),
        ledgers=news,
        has_snapshots=bool(sealed),
    )


def apply_import(
    db: Database, preview: ImportPreview, *, actor: str, now: dt.datetime, reason: Reason | None = None
) -> Saved:
    """Do what a preview said, in one transaction; a reason is kept for each item that moves.

    Raises ProblemsStopImport, or PlanChanged where the draft was saved meanwhile.
    """
    if preview.problems:
        raise ProblemsStopImport(preview.count)
    frames = {name: preview.after[name] for name in preview.tables}
    if reason:
        frames["reasons"] = _explained(preview, reason)
    told = f"{reason.code}: {reason.text}" if reason else ""
    with keeping_time(db):
        saved = replace_draft(db, frames, actor=actor, now=now, reason=told, number=preview.number)
        if not preview.has_snapshots:
            _adopt(db, preview)
        append_ledgers(db, preview.ledgers, actor=actor, day=now.date())
    return saved


def merged(
    table: str,
    current: pl.DataFrame,
    frame: pl.DataFrame,
    given: Sequence[str],
    derived: Sequence[str] = (),
) -> pl.DataFrame:
    """Put the given columns of a frame's rows over the current ones; rows of new keys are added.

    An empty cell of a given column empties the cell; one of a derived column says nothing.
    """
    key, names = TABLES[table].key, TABLES[table].names
    fields = [name for name in given if name not in key]
    news = frame.select(*key, *(pl.col(name).alias(f"{name}_given") for name in fields), is_given=True)
    joined = current.join(news, on=key, how="full", coalesce=True)
    put = [_put(name, keeps=name in derived) for name in fields]
    return joined.with_columns(put).select(names)


def _put(name: str, *, keeps: bool) -> pl.Expr:
    given = pl.col(f"{name}_given")
    said = pl.col("is_given").fill_null(value=False) & (given.is_not_null() if keeps else pl.lit(value=True))
    return pl.when(said).then(given).otherwise(name).alias(name)


def count_rows(table: str, before: pl.DataFrame, after: pl.DataFrame) -> dict[str, int]:
    """How many rows two frames of one table differ in."""
    key = TABLES[table].key
    added = after.join(before, on=key, how="anti").height
    equal = after.join(before, on=list(TABLES[table].names), how="semi", nulls_equal=True).height
    kept = after.height - added
    return {
        "added": added,
        "changed": kept - equal,
        "removed": before.height - kept,
        "unchanged": equal,
    }


def _new_frames(plan: Plan, read: ReadFolder, mode: str) -> dict[str, pl.DataFrame]:
    """The tables as they will be; the projects of a roadmap file are always merged."""
    return {
        name: merged(name, plan[name], frame, read.given[name], read.derived.get(name, ()))
        if mode == MERGE or (read.is_merge and name == "projects")
        else frame
        for name, frame in read.frames.items()
    }


def _explained(preview: ImportPreview, reason: Reason) -> pl.DataFrame:
    """The reasons with one for each item that moves; one that the folder gives for the item stays."""
    events = preview.drift.events.iter_rows(named=True)
    keys = list(dict.fromkeys(reason_key(row)[:2] for row in events))
    moved = pl.DataFrame(keys, schema={"table": pl.String, "id": pl.String}, orient="row")
    given = preview.after["reasons"]
    if "reasons" in preview.tables:
        moved = moved.join(given, on=["table", "id"], how="anti")
    new = moved.with_columns(
        kind=pl.lit(""), field=pl.lit(""), reason_code=pl.lit(reason.code), reason_text=pl.lit(reason.text)
    )
    return merged("reasons", given, _with_all_columns(new), ("reason_code", "reason_text"))


def _with_all_columns(reasons: pl.DataFrame) -> pl.DataFrame:
    columns = TABLES["reasons"].columns
    lacking = [pl.lit(None, c.polars_type).alias(c.name) for c in columns if c.name not in reasons.columns]
    return reasons.with_columns(lacking)


def _adopt(db: Database, preview: ImportPreview) -> None:
    """A plan without snapshots takes over the id of what is imported into it."""
    uid = preview.after.settings.text("plan_uid")
    if uid and uid != preview.before.settings.text("plan_uid"):
        replace_plan_uid(db, uid)

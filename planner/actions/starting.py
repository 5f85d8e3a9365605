"""Fill a new database: with the sample, its quarters sealed one by one, or with an empty plan; it opens no file."""

from __future__ import annotations

import csv
import datetime as dt
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from planner.actions.refreshing import count_warnings
from planner.errors import FolderUnreadable, ProblemsStopImport, WrongCall
from planner.exchange.folder_files import read_files
from planner.exchange.plan_folder import read_plan_folder
from planner.model.plan import Plan
from planner.model.quarter import Calendar
from planner.model.settings import setting_problem
from planner.model.version import Label
from planner.store.drafts import replace_draft, replace_quarter
from planner.store.ledgers import append_ledger
from planner.store.snapshots import seal_draft
from planner.store.versions import replace_plan_uid

if TYPE_CHECKING:
    from planner.actions.opening import Progress
    from planner.exchange.plan_folder import ReadFolder
    from planner.store.database import Database

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
NOON = dt.time(12, tzinfo=dt.UTC)
NEW_PLAN = "planner init"


def fill_with_sample(db: Database, progress: Progress) -> None:
    """Seal every quarter of the sample as of its day, at noon UTC, so that it is the same everywhere.

    The draft is then equal to the last quarter, one quarter on, and the ledgers are in.
    """
    listed = _listed_versions()
    with db.writing():
        before: Plan | None = None
        for place, row in enumerate(listed):
            progress(f"Sealing {row['label']}", place / (len(listed) + 1))
            before = _seal_sample(db, row, before)
        progress("Reading the ledgers", len(listed) / (len(listed) + 1))
        read = _read(SAMPLE / "ledgers", {"projects.csv": b"project_id,name\n"})
        for name, frame in read.ledgers.items():
            append_ledger(db, name, frame)


def fill_empty(db: Database, *, fiscal_start: int, currency: str, name: str, now: dt.datetime) -> None:
    """Put in the settings of a new plan; its draft is of the quarter that `now` lies in. Raises WrongCall."""
    settings = {
        "plan_uid": str(uuid.uuid4()),
        "fiscal_year_start_month": str(fiscal_start),
        "currency": currency,
        "plan_name": name,
    }
    given = {key: value for key, value in settings.items() if value}
    for key, value in given.items():
        if told := setting_problem(key, value):
            raise WrongCall(*_two_sentences(told))
    calendar = Calendar(fiscal_start)
    frame = pl.DataFrame({"key": list(given), "value": list(given.values())})
    with db.writing():
        replace_draft(db, {"settings": frame}, actor=NEW_PLAN, now=now)
        replace_quarter(db, calendar.label(calendar.of(now.date())))
        replace_plan_uid(db, settings["plan_uid"])


def _two_sentences(told: str) -> tuple[str, str]:
    headline, _, remedy = told.partition(". ")
    return f"{headline}.", remedy


def _listed_versions() -> list[dict[str, str]]:
    file = SAMPLE / "versions.csv"
    if not file.is_file():
        raise FolderUnreadable(SAMPLE, "the sample is not installed")
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _seal_sample(db: Database, row: dict[str, str], before: Plan | None) -> Plan:
    as_of = dt.date.fromisoformat(row["as_of"])
    now = dt.datetime.combine(as_of, NOON)
    frames = _read(SAMPLE / row["label"]).frames
    plan = Plan.of(frames)
    label = Label.parse(row["label"], plan.calendar)
    saved = replace_draft(db, plan.frames, actor=row["author"], now=now, reason=row["note"])
    replace_plan_uid(db, plan.settings.text("plan_uid"))
    seal_draft(
        db,
        label=label,
        as_of=as_of,
        now=now,
        author=row["author"],
        note=row["note"],
        findings=count_warnings(plan, label.quarter, before),
        number=saved.number,
    )
    return plan


def _read(folder: Path, besides: dict[str, bytes] | None = None) -> ReadFolder:
    read = read_plan_folder({**read_files(folder), **(besides or {})}, calendar=Calendar(4))
    if read.problems:
        raise ProblemsStopImport(read.count)
    return read

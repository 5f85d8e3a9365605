"""The draft's quarter where the fiscal calendar of its plan changes: it stays of the same time; no setting is changed here."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING

from planner.model.settings import PlanSettings
from planner.model.tables import TABLES
from planner.model.version import DRAFT
from planner.store.drafts import draft_version, replace_quarter
from planner.store.frames import load_frame
from planner.store.versions import load_version_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model.quarter import Calendar
    from planner.store.database import Database

_MIDDLE = dt.timedelta(days=45)  # of a quarter


@contextmanager
def keeping_time(db: Database) -> Iterator[None]:
    """Do what may change the calendar of the draft in one transaction; its quarter is then written anew."""
    with db.writing():
        before = load_settings(db).calendar
        yield
        after = load_settings(db).calendar
        if after != before:
            replace_quarter(db, quarter_after(draft_version(db).quarter, before, after))


def load_settings(db: Database) -> PlanSettings:
    """The settings of the draft."""
    with db.reading() as cursor:
        frame = load_frame(cursor, load_version_header(db, DRAFT), TABLES["settings"])
    return PlanSettings(dict(frame.drop_nulls().iter_rows()))


def quarter_after(label: str, before: Calendar, after: Calendar) -> str:
    """The same time in another calendar: the quarter that the middle of the old one lies in, so that it leads back."""
    return after.label(after.of(before.first_day(before.parse(label)) + _MIDDLE))

"""The draft's quarter where the fiscal calendar of its plan changes: it stays of the same time; no setting is changed here."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING

from planner.model.settings import PlanSettings
from planner.model.tables import TABLES
from planner.model.version import DRAFT
from planner.store.drafts import replace_quarter
from planner.store.frames import load_frame
from planner.store.versions import load_version_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model.quarter import Calendar
    from planner.store.database import Database

_MIDDLE = dt.timedelta(days=45)  # of a quarter


@contextmanager
def keeping_time(db: Database, version: str = DRAFT) -> Iterator[None]:
    """Do what may change the calendar of the draft, or of a scenario, in one transaction; its quarter is then written anew."""
    with db.writing():
        before = load_settings(db, version).calendar
        yield
        after = load_settings(db, version).calendar
        if after != before:
            quarter = load_version_header(db, version).quarter
            replace_quarter(db, quarter_after(quarter, before, after), version)


def load_settings(db: Database, version: str = DRAFT) -> PlanSettings:
    """The settings of the draft, or of a scenario."""
    with db.reading() as cursor:
        frame = load_frame(cursor, load_version_header(db, version), TABLES["settings"])
    return PlanSettings(dict(frame.drop_nulls().iter_rows()))


def quarter_after(label: str, before: Calendar, after: Calendar) -> str:
    """The same time in another calendar: the quarter that the middle of the old one lies in, so that it leads back."""
    return after.label(after.of(before.first_day(before.parse(label)) + _MIDDLE))

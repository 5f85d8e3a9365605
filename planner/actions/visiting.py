"""Visits: when a person was here before, and writing down that one is here now; no page waits for it.

A visit goes on while a person is seen again within four hours.
"""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.errors import PlannerError
from planner.store.visits import Visit, last_visits, note_visit

if TYPE_CHECKING:
    from planner.store.database import Database

# A lunch and a long meeting do not end a visit; a night does, and so does an afternoon elsewhere.
GAP: Final = dt.timedelta(hours=4)
# So rarely a visit is written down; one that was written last lasted up to as much longer.
EVERY: Final = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """The visit that goes on, when it was last written down, and the end of the one before, None for a first visit."""

    visit: Visit
    written_on: dt.datetime | None
    before: dt.datetime | None


class Book:
    """The visits of one database, as its one process knows them; used by the threads of all sessions."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._lock = threading.Lock()
        self._seen: dict[str, Seen] = {}

    def last_visit(self, person: str, now: dt.datetime) -> dt.datetime | None:
        """When the visit before the present one ended (UTC); None where this is the first one."""
        return self._present(person, now).before

    def note(self, person: str, now: dt.datetime) -> None:
        """Write down that a person is here, at most once a minute; a busy or a full database skips it."""
        with self._lock:
            seen = self._present(person, now)
            visit = Visit(seen.visit.began_on, max(seen.visit.seen_on, now))
            is_due = seen.written_on is None or now - seen.written_on >= EVERY
            self._seen[person] = Seen(visit, now if is_due else seen.written_on, seen.before)
        if is_due:
            try:
                note_visit(self._db, person, visit)
            except PlannerError:  # a disk that is full is told where somebody saves
                return

    def _present(self, person: str, now: dt.datetime) -> Seen:
        """The visit that goes on now: the one of this process, or the last written one where it is young enough."""
        known = self._seen.get(person)
        if known is not None and now - known.visit.seen_on <= GAP:
            return known
        if known is not None:
            return Seen(Visit(now, now), None, known.visit.seen_on)
        written = last_visits(self._db, person)
        if written and now - written[0].seen_on <= GAP:
            return Seen(written[0], written[0].seen_on, written[1].seen_on if len(written) > 1 else None)
        return Seen(Visit(now, now), None, written[0].seen_on if written else None)

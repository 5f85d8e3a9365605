"""Who else is here: the editing pages that are open now, in the memory of the one process that owns the file.

It says who looks at what, where unsaved edits meet, and what was saved meanwhile; it keeps nothing and locks nothing.
"""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.model.version import DRAFT
from planner.rules.sentences import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planner.model.edit import Edit
    from planner.store.saves import SaveNote

# A page tells of itself each ten seconds; a browser lets one that is hidden speak once a minute.
GONE_AFTER: Final = dt.timedelta(seconds=90)
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Visit:
    """One open page: its session, the person whose unsaved edits it shows, the actor, the page, and its item.

    `item` is a table and an id, or None where no item was chosen. `seen_on` is when the page spoke last (UTC), and
    `version` what it edits: the draft, or a scenario.
    """

    session: str
    person: str
    actor: str
    page: str
    item: tuple[str, str] | None
    seen_on: dt.datetime
    version: str = DRAFT


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else who is here, ready to be told: where in words, how many unsaved edits, how many that meet mine."""

    name: str
    where: str
    unsaved: int = 0
    meeting: int = 0


class Room:
    """The open pages of one database; used by the threads of all sessions."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._visits: dict[str, Visit] = {}

    def enter(self, visit: Visit) -> None:
        """Be on a page, or still be there; a session is on one page."""
        with self._lock:
            self._visits[visit.session] = visit

    def page_of(self, session: str) -> str | None:
        """The page on which a session was seen last."""
        visit = self._visits.get(session)
        return visit.page if visit else None

    def leave(self, session: str) -> None:
        """Be on none of the pages any more; leaving twice does nothing."""
        with self._lock:
            self._visits.pop(session, None)

    def others(self, person: str, now: dt.datetime, is_open: Callable[[str], bool]) -> list[Visit]:
        """The newest visit of each other person, by name; who is gone is forgotten.

        `is_open` says whether the browser of a session is still connected.
        """
        with self._lock:
            self._visits = {
                session: visit
                for session, visit in self._visits.items()
                if now - visit.seen_on <= GONE_AFTER and is_open(session)
            }
            seen = sorted(self._visits.values(), key=lambda visit: visit.seen_on)
        newest = {visit.person: visit for visit in seen if visit.person != person}
        return sorted(newest.values(), key=lambda visit: (visit.actor, visit.person))


def meeting_edits(mine: Iterable[Edit], theirs: Iterable[Edit]) -> int:
    """How many of my edits are of a cell that another edits too; a row that joins or leaves meets all its cells."""
    cells = {(edit.table, edit.key, edit.field) for edit in theirs}
    rows = {(table, key) for table, key, _ in cells}
    whole = {(table, key) for table, key, field in cells if not field}
    return sum(
        (edit.table, edit.key, edit.field) in cells
        or (edit.table, edit.key) in (rows if edit.is_row else whole)
        for edit in mine
    )


def name_of(actor: str, me: str) -> str:
    """How a person is called by another; two browsers of one actor are told apart by words."""
    return f"another browser of {actor}" if actor == me else actor


def here_sentence(others: Sequence[Other]) -> str:
    """'Also here: Anna Bauer, in Projects, with 3 unsaved edits', or nothing where nobody is."""
    if not others:
        return ""
    told = [_told(other) for other in others[:_MOST_NAMED]]
    more = len(others) - _MOST_NAMED
    return f"Also here: {'; '.join(told)}{f'; and {more:,} more' if more > 0 else ''}"


def _told(other: Other) -> str:
    said = f"{other.name}, in {other.where}"
    if other.unsaved:
        said += f", with {counted(other.unsaved, 'unsaved edit')}"
    if other.meeting:
        said += f", {other.meeting:,} where you have one too"
    return said


def saved_sentence(notes: Sequence[SaveNote], me: str, clock: Callable[[dt.datetime], str]) -> str:
    """'Anna Bauer saved 4 changes at 10:42', each actor once, or nothing where nothing was saved.

    A save of my own that my page does not show was made in another window.
    """
    by_actor: dict[str, list[SaveNote]] = {}
    for note in notes:
        by_actor.setdefault(note.actor, []).append(note)
    return "; ".join(
        f"{actor}{', in another window,' if actor == me else ''} saved "
        f"{counted(sum(note.changes for note in saved), 'change')}"
        f"{', the last' if len(saved) > 1 else ''} at {clock(saved[-1].saved_on)}"
        for actor, saved in by_actor.items()
    )

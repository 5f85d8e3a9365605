"""What changed since a reader last looked: which snapshots, saves and entries count, and the sentence; it reads no store."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.model.ledgers import LEDGERS
from planner.rules.sentences import counted, day_text, number_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.model.version import Version
    from planner.rules.registers import Entry

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Look:
    """The moment (UTC) that a reader looks back to; `is_day` where a whole day was named, which is then included.

    A day is held against the dates that snapshots have of themselves, so that history which was brought in from
    files is where it belongs; a moment against the time at which they were sealed here.
    """

    moment: dt.datetime
    is_day: bool

    @classmethod
    def of_day(cls, day: dt.date) -> Look:
        """From the beginning of a day on."""
        return cls(dt.datetime.combine(day, dt.time(), dt.UTC), is_day=True)

    @property
    def day(self) -> dt.date:
        """The day of the moment."""
        return self.moment.date()

    @property
    def said(self) -> str:
        """'Tuesday 3 November 2026'."""
        return f"{_DAYS[self.day.weekday()]} {day_text(self.day)}"

    def knows(self, snapshot: Version) -> bool:
        """Whether a snapshot was there already."""
        if self.is_day and snapshot.as_of is not None:
            return snapshot.as_of < self.day
        return snapshot.sealed_on is not None and snapshot.sealed_on <= self.moment


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of a register with a row since then; `is_new` where all its rows are."""

    register: str
    entry: Entry
    is_new: bool


def recorded_since(entries: Mapping[str, Sequence[Entry]], look: Look) -> list[Recorded]:
    """The entries of registers, by name, that have a row of the day of the look or later: a day has no hours."""
    found = []
    for register, listed in entries.items():
        for entry in listed:
            since = [row["recorded_on"] is not None and row["recorded_on"] >= look.day for row in entry.rows]
            if any(since):
                found.append(Recorded(register, entry, all(since)))
    return found


def since_clauses(
    sealed: Sequence[str], recorded: Iterable[Recorded], *, changes: int = 0, fields: int = 0, saves: int = 0
) -> list[str]:
    """What happened, each a clause that says so by itself: 'Q3 FY27 was sealed', 'four changes were saved in the draft'.

    `sealed` names the snapshots, `changes` counts those with a planning meaning, `fields` the others, `saves` the
    saves where nobody looked yet what they changed.
    """
    told = []
    if len(sealed) == 1:
        told.append(f"{sealed[0]} was sealed")
    elif sealed:
        told.append(f"{counted(len(sealed), 'plan', words=True)} were sealed, the last for {sealed[-1]}")
    if changes:
        told.append(f"{counted(changes, 'change', words=True)} {_verb(changes)} saved in the draft")
    elif fields:
        told.append(f"{counted(fields, 'field', words=True)} of the draft {_verb(fields)} changed")
    elif saves:
        told.append(f"the draft was saved {'once' if saves == 1 else f'{number_word(saves)} times'}")
    noted = _noted(recorded)
    return [*told, noted] if noted else told


def _noted(recorded: Iterable[Recorded]) -> str:
    """'two decisions and one lesson were written down'."""
    counts: dict[str, int] = {}
    for one in recorded:
        counts[one.register] = counts.get(one.register, 0) + 1
    parts = [counted(count, LEDGERS[name].one, words=True) for name, count in counts.items()]
    if not parts:
        return ""
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    return f"{listed} {_verb(sum(counts.values()))} written down"


def _verb(number: int) -> str:
    return "was" if number == 1 else "were"


def since_sentence(look: Look, clauses: Sequence[str]) -> tuple[str, str]:
    """'Since Tuesday 3 November 2026: ' and the rest, for a page that sets the first part apart."""
    if not clauses:
        return f"Since {look.said}", "nothing changed."
    rest = clauses[0] if len(clauses) == 1 else f"{', '.join(clauses[:-1])}, and {clauses[-1]}"
    return f"Since {look.said}", f"{rest}."

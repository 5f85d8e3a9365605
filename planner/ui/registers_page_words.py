"""The words of the registers, their cached reads and their addresses; it draws nothing and writes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from planner.model.ledgers import LEDGERS
from planner.rules.registers import REGISTERS, Today, item_tables, list_entries
from planner.rules.sentences import day_text, quarter_words
from planner.ui import session
from planner.ui.edit_words import Names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.model.columns import Column
    from planner.model.plan import Plan
    from planner.rules.registers import Entry, Register

NEWS: Final = "registers"
KEPT: Final = "Nothing here is edited or removed: a change is a new row, and the rows before it stay."


@dataclass(frozen=True, slots=True)
class Words:
    """How the page speaks of a register."""

    title: str
    record: str
    note: str
    empty: str
    waiting: str  # what its open entries are
    due: str


WORDS: Final = {
    "insights": Words(
        "Insights", "Record an insight", "What was found out by looking, asking or trying.",
        "No insight is written down yet. One is the evidence that a change of the plan rests on.", "open", "",
    ),
    "lessons": Words(
        "Lessons", "Record a lesson", "What turned out otherwise than planned, and what is done otherwise now.",
        "No lesson is written down yet. One is worth keeping when work ends, or ends otherwise than expected.",
        "", "",
    ),
    "decisions": Words(
        "Decisions and asks", "Ask for a decision", "Questions to the leaders, and what they decided.",
        "Nothing was asked or decided yet. An ask is one question with at least two answers to choose from.",
        "waiting for an answer", "Needed by, or look again",
    ),
    "risks": Words(
        "Risks", "Record a risk", "What may go wrong, and what is done about it.",
        "No risk is written down yet. Say what may go wrong, and which item it threatens.", "open", "",
    ),
    "assumptions": Words(
        "Assumptions", "Record an assumption", "What the plan takes for true until it is checked.",
        "No assumption is written down yet. Say what an item rests on, and by when it is checked.",
        "not checked yet", "Check by",
    ),
}  # fmt: skip
_STATES: Final = {
    ("assumptions", "true"): "found true",
    ("assumptions", "false"): "found false",
}
_YES_NO: Final = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Desk:
    """What a run of the page works with: the draft, its names, the table of each item, a register and its entries."""

    plan: Plan
    names: Names
    tables: Mapping[str, str]
    register: Register
    entries: list[Entry]

    def name(self, item: str) -> str:
        """What an item is called, or its id where the draft has no such item."""
        table = self.tables.get(item)
        return self.names.of(table, item) if table else item

    def find(self, entry: str | None) -> Entry | None:
        """The entry of that id, or None."""
        return next((one for one in self.entries if one.id == entry), None)


def desk_of(name: str) -> Desk:
    """Read what the page needs for one register."""
    plan = session.plan_of(session.draft())
    path, state = str(session.environment().database), session.state_of(session.draft())
    return Desk(plan, Names(plan, []), _tables(path, state), REGISTERS[name], entries_of(name))


@st.cache_resource(max_entries=4, show_spinner=False)
def _tables(path: str, state: str) -> dict[str, str]:
    del path, state  # they only say what the items are of
    return item_tables(session.plan_of(session.draft()))


def entries_of(name: str) -> list[Entry]:
    """The entries of a register as they stand today, read anew after each commit."""
    draft = session.draft()
    calendar = session.plan_of(draft).calendar
    sealed = session.snapshots()
    since = calendar.parse(sealed[-1].quarter) if sealed else None
    today = Today(session.today(), calendar.parse(draft.quarter), since, calendar)
    path, commits = str(session.environment().database), session.database().commits
    return _entries(path, commits, today.day, name, today)


@st.cache_resource(max_entries=16, show_spinner=False)
def _entries(path: str, commits: int, day: dt.date, name: str, _today: Today) -> list[Entry]:
    del path, commits, day  # they only say what the entries are of
    return list_entries(session.ledger(name), name, _today)


def state_word(name: str, state: str) -> str:
    """Where an entry stands, as people read it."""
    return _STATES.get((name, state), state.replace("_", " "))


def value_word(column: Column, value: Any) -> str:
    """A cell as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return _YES_NO[value]
        case dt.date():
            return day_text(value)
        case int():
            return f"{value:,} {column.unit}".strip()
    if column.kind == "quarter":
        return quarter_words(str(value))
    return str(value).replace("_", " ") if column.kind == "choice" else str(value).replace("|", " · ")


def label_of(name: str, field: str) -> str:
    """The label of a column of a register."""
    return LEDGERS[name].by_name[field].label

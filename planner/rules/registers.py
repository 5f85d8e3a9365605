"""The registers: which ledgers people keep by hand, the last row of each entry, and what is due first; it writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from planner.model.ledgers import LEDGERS
from planner.model.tables import TABLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from planner.model.plan import Plan
    from planner.model.quarter import Calendar, Quarter

ITEM_TABLES: Final = ("projects", "enablers", "capabilities", "outcomes", "kpis", "teams")
_LAST_DAY: Final = 10**7
RECORDED: Final = ("recorded_on", "recorded_by", "restates")


@dataclass(frozen=True, slots=True)
class Register:
    """One ledger as people keep it.

    `state` is the column that says where an entry stands, its words in the order of its life; empty where there
    is none. `said` is the column that an entry is called by, `mentions` those that name items of the plan.
    `asked` is what a new entry is asked for, `needed` what it cannot be without, by the state it is to have
    ("" for any). `told` is what goes with a new state.
    """

    name: str
    said: str
    asked: tuple[str, ...]
    needed: Mapping[str, tuple[str, ...]]
    mentions: tuple[str, ...]
    first_id: str
    state: str = ""
    due: str = ""
    told: Mapping[str, tuple[str, ...]] | None = None

    @property
    def key(self) -> str:
        """The column of the id."""
        return LEDGERS[self.name].key[0]

    @property
    def states(self) -> tuple[str, ...]:
        """The words for where an entry stands; the first is that of a new one."""
        return LEDGERS[self.name].by_name[self.state].allowed if self.state else ()

    def state_of(self, row: Mapping[str, Any]) -> str:
        """Where an entry stands by a row of it."""
        return row[self.state] or self.states[0] if self.state else ""

    def needs(self, state: str) -> tuple[str, ...]:
        """The columns that a row of that state cannot be without."""
        return self.needed[""] + self.needed.get(state, ())

    def asks(self, state: str, before: str | None) -> tuple[str, ...]:
        """The columns to be asked for in a row of `state` that follows one of the state `before`, if any does."""
        if before is None or state == before or self.told is None:
            return self.asked
        return self.told[state]


_DECIDING = ("decision", "rationale", "decided_by", "decided_on", "level", "review_quarter")
_WEIGHED = ("probability", "impact", "response", "owner")
_DECLARED = (
    Register(
        "insights", "title", ("title", "kind", "quarter", "finding", "linked_ids", "team_id", "effort_pd"),
        {"": ("title", "kind", "quarter", "finding")}, ("linked_ids", "team_id"), "INS-001", "status",
        told={"open": ("finding", "linked_ids"), "used": ("linked_ids",), "parked": ("finding",)},
    ),
    Register(
        "lessons", "lesson", ("lesson", "source_id", "quarter", "projected", "actual", "action"),
        {"": ("lesson", "quarter", "projected", "actual")}, ("source_id",), "LES-001",
    ),
    Register(
        "decisions", "question",
        ("question", "options", "recommendation", "needed_by", "owner", "level", "asked_on", "snapshot_id", "review_quarter"),
        {"": ("question",), "asked": ("options",), "decided": ("decision", "decided_by", "decided_on", "review_quarter")},
        (), "DEC-001", "status", "needed_by",
        told={
            "asked": ("question", "options", "recommendation", "needed_by", "owner"),
            "decided": _DECIDING, "deferred": ("rationale", "needed_by", "review_quarter"),
            "withdrawn": ("rationale",),
        },
    ),
    Register(
        "risks", "statement", ("statement", "entity_id", *_WEIGHED),
        {"": ("statement", "probability", "impact")}, ("entity_id",), "RSK-001", "status",
        told={"open": _WEIGHED, "mitigated": _WEIGHED, "happened": ("response",), "closed": ("response",)},
    ),
    Register(
        "assumptions", "statement", ("statement", "entity_id", "check_by_quarter", "note"),
        {"": ("statement",), "open": ("check_by_quarter",)}, ("entity_id",), "ASM-001", "state", "check_by_quarter",
        told={"open": ("check_by_quarter", "note"), "true": ("note",), "false": ("note",)},
    ),
)  # fmt: skip
REGISTERS: Final = {register.name: register for register in _DECLARED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands: its last row, all its rows (the oldest first), and whether and when it is due."""

    id: str
    state: str
    said: str
    row: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    when: str
    day: dt.date | None
    is_due: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Today:
    """What is due is due by: the day, the quarter that is planned, and the quarter of the last snapshot."""

    day: dt.date
    quarter: Quarter
    since: Quarter | None
    calendar: Calendar


def recorded_order(ledger: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows of a register in the order in which they were written down, the last of an entry last.

    A day has no hours: of one day, a row that restates follows those that do not, as it was written; among
    those, a later state of life follows an earlier one.
    """
    register = REGISTERS[name]
    again = pl.col("restates").fill_null(value=False)
    life = pl.lit(0)
    if register.state:
        places = dict(zip(register.states, range(len(register.states)), strict=True))
        life = pl.col(register.state).replace_strict(places, default=-1, return_dtype=pl.Int64)
    order = ["recorded_on", again, pl.when(again).then(0).otherwise(life)]
    return ledger.sort(order, nulls_last=False, maintain_order=True)


def current_rows(ledger: pl.DataFrame, name: str) -> pl.DataFrame:
    """The last row of each entry of a register."""
    return recorded_order(ledger, name).unique(REGISTERS[name].key, keep="last", maintain_order=True)


def list_entries(ledger: pl.DataFrame, name: str, today: Today) -> list[Entry]:
    """All entries of a register: what is open, the first due at the front, then second looks, then the newest."""
    register = REGISTERS[name]
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in recorded_order(ledger, name).iter_rows(named=True):
        rows.setdefault(row[register.key], []).append(row)
    entries = sorted((_entry(register, found, today) for found in rows.values()), key=_newest, reverse=True)
    return sorted(entries, key=_turn)


def _entry(register: Register, rows: Sequence[Mapping[str, Any]], today: Today) -> Entry:
    last = rows[-1]
    state = register.state_of(last)
    is_open = bool(register.state) and state == register.states[0]
    when = last[register.due] if is_open and register.due else None
    if register.name == "decisions" and state == "decided":
        when = last["review_quarter"]
    day, is_due = _due(when, today, is_second=not is_open)
    shown = when.isoformat() if day and when is day else when or ""
    return Entry(
        last[register.key], state, last[register.said] or "", last, rows, shown, day, is_due, is_open
    )


def _due(when: dt.date | str | None, today: Today, *, is_second: bool) -> tuple[dt.date | None, bool]:
    """The day that a day or a quarter begins with, and whether it is due by now.

    A decision is looked at a second time in one refresh: what fell due before the last snapshot was its matter.
    """
    if not when:
        return None, False
    if not isinstance(when, str):
        return when, when <= today.day
    quarter = today.calendar.parse(when)
    was_due = is_second and today.since is not None and quarter <= today.since
    return today.calendar.first_day(quarter), quarter <= today.quarter and not was_due


def _newest(entry: Entry) -> tuple[str, str]:
    return str(entry.rows[0]["recorded_on"] or ""), entry.id


def _turn(entry: Entry) -> tuple[int, int]:
    """Where an entry stands in the list: by the day that it is due, without one last; risks by how grave they are."""
    if not (entry.is_open or entry.is_due):
        return 3, 0
    group = 2 if not entry.is_open else 0 if entry.is_due else 1
    grave = (entry.row.get("probability") or 0) * (entry.row.get("impact") or 0)
    return group, (entry.day.toordinal() if entry.day else _LAST_DAY) - grave


def item_tables(plan: Plan) -> dict[str, str]:
    """The table of each item that an entry can be about, by id, in the order of the tables."""
    return {key: table for table in ITEM_TABLES for key in plan[table][TABLES[table].key[0]]}


def mentioned(register: Register, row: Mapping[str, Any]) -> list[str]:
    """The ids that a row names, each once."""
    cells = (row[name] for name in register.mentions)
    return list(dict.fromkeys(part for cell in cells if cell for part in cell.split("|")))

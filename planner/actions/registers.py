"""Write in the registers: a new entry, or a new row of one that is there; no row is ever changed or taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from planner.actions.editing import cell_text
from planner.actions.new_rows import next_id
from planner.actions.removing import TIER_OF_TABLE
from planner.exchange.cells import parse_cell
from planner.model.finding import Problem
from planner.model.ledgers import LEDGERS
from planner.model.tables import TABLES
from planner.model.version import DRAFT
from planner.rules.registers import REGISTERS, current_rows, item_tables
from planner.store.ledgers import append_ledger, load_ledger
from planner.store.snapshots import load_plan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.model.edit import Cell
    from planner.model.plan import Plan
    from planner.rules.registers import Register
    from planner.store.database import Database

FEWEST_OPTIONS = 2


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a row: the entry's id, what is wrong with its cells (then nothing was written), and if it is new."""

    id: str
    problems: tuple[Problem, ...] = ()
    is_new: bool = False


def proposed_id(ledger: pl.DataFrame, name: str) -> str:
    """The id after the highest one that was ever given in a register."""
    register = REGISTERS[name]
    given = ledger[register.key].unique().to_list()
    return next_id(name, given) if any(id_[-1].isdigit() for id_ in given) else register.first_id


def add_entry(
    db: Database, name: str, entry: str, typed: Mapping[str, str | None], *, actor: str, now: dt.datetime
) -> Entered:
    """Write a new entry down, its cells as they were typed; an equal one is there already and skipped.

    `typed` may hold the state; without it the entry is in the first one.
    """
    register = REGISTERS[name]
    with db.writing():
        ledger, plan = load_ledger(db, name), load_plan(db, DRAFT)
        state = typed.get(register.state) or (register.states[0] if register.states else "")
        cells = {**typed, register.key: entry, **({register.state: state} if state else {})}
        row, problems = _read(register, plan, {}, cells, state)
        row |= {"recorded_on": now.date(), "recorded_by": actor}
        if not problems and _is_there(ledger, name, row):
            return Entered(entry)
        if entry in ledger[register.key]:
            said = f"{entry} is taken. The next free id is {proposed_id(ledger, name)}."
            problems.append(Problem(name, 0, register.key, entry, said))
        return _append(db, register, row, problems)


def change_entry(
    db: Database,
    name: str,
    entry: str,
    typed: Mapping[str, str | None],
    *,
    seen: int,
    actor: str,
    now: dt.datetime,
) -> Entered:
    """Write a new row of an entry: its last row with what was typed; `seen` is how many rows of it were looked at.

    An equal row is there already and skipped. The row is never of a day before the one that it follows, for
    that is how rows are put in order.
    """
    register = REGISTERS[name]
    with db.writing():
        ledger, plan = load_ledger(db, name), load_plan(db, DRAFT)
        rows = ledger.filter(pl.col(register.key) == entry)
        if rows.is_empty():
            return Entered(entry, (_about(register, entry, f"There is no {entry} in this register."),))
        last = current_rows(rows, name).row(0, named=True)
        state = typed.get(register.state) or register.state_of(last)
        row, problems = _read(register, plan, last, {**typed, register.state: state}, state)
        is_same = not problems and all(row.get(field) == last[field] for field in _content(register))
        row |= {"recorded_on": max(now.date(), last["recorded_on"] or now.date()), "recorded_by": actor}
        row["restates"] = True if _restates(rows, register, row) else None
        if is_same:
            if rows.height > seen:  # the second press of a double click
                return Entered(entry)
            problems.append(_about(register, entry, "Nothing is changed yet. Change the state or a field."))
        elif rows.height != seen:
            by = last["recorded_by"] or "somebody"
            said = f"{entry} has a newer row, written by {by}. Look at it, then change it."
            problems.append(_about(register, entry, said))
        return _append(db, register, row, problems)


def _append(db: Database, register: Register, row: dict[str, Any], problems: list[Problem]) -> Entered:
    """Write a row where nothing is wrong with it, so that it is the last of its entry then."""
    entry = str(row.get(register.key) or "")
    if problems:
        return Entered(entry, tuple(problems))
    rows = load_ledger(db, register.name).filter(pl.col(register.key) == entry)
    frame = pl.DataFrame([{**dict.fromkeys(rows.columns), **row}], schema=rows.schema)
    if not current_rows(pl.concat([rows, frame]), register.name).equals(frame):
        # An earlier state than the one that was written down on the same day: it takes that one's place.
        frame = frame.with_columns(restates=pl.lit(value=True))
    written = append_ledger(db, register.name, frame)
    if not written.added:
        said = f"{entry} was written down in these words today already. Change a word."
        return Entered(entry, (_about(register, entry, said),))
    return Entered(entry, is_new=True)


def _read(
    register: Register,
    plan: Plan,
    last: Mapping[str, Cell],
    typed: Mapping[str, str | None],
    state: str,
) -> tuple[dict[str, Any], list[Problem]]:
    """The row that was typed over the last one, and what is wrong with its cells."""
    row: dict[str, Any] = dict(last)
    problems: list[Problem] = []
    columns = LEDGERS[register.name].by_name
    for name, text in typed.items():
        if not name:
            continue
        value = parse_cell(columns[name], (text or "").strip(), plan.calendar)
        if isinstance(value, Problem):
            problems.append(value)
        row[name] = None if isinstance(value, Problem) else value
    told = {problem.column for problem in problems}
    for name in register.needs(state):
        if row.get(name) is None and name not in told:
            said = f"{columns[name].label} is empty. Fill it in."
            problems.append(Problem(register.name, 0, name, "", said))
    problems += _unknown_items(register, plan, typed, last)
    if register.name == "decisions":
        problems += _unfit_question(row, state, told)
    if "entity_id" in typed:
        row["entity_type"] = _kind_of(plan, row.get("entity_id"), last)
    return row, problems


def _unknown_items(
    register: Register, plan: Plan, typed: Mapping[str, str | None], last: Mapping[str, Cell]
) -> list[Problem]:
    """Items that were typed and are neither in the draft nor in the row before."""
    tables = item_tables(plan)
    problems = []
    for name in register.mentions:
        before = str(last.get(name) or "").split("|")
        for item in filter(None, (part.strip() for part in (typed.get(name) or "").split("|"))):
            is_decision = name == "source_id" and item.startswith("DEC-")
            if item not in tables and item not in before and not is_decision:
                said = f"'{item}' is no item of the plan. Choose one of the list."
                problems.append(Problem(register.name, 0, name, item, said))
    return problems


def _unfit_question(row: Mapping[str, Any], state: str, told: set[str]) -> list[Problem]:
    """What an ask must be: one question, and two answers to choose from (DOMAIN 2.3)."""
    problems = []
    question, options = row.get("question") or "", row.get("options") or ""
    if question and "question" not in told and not question.endswith("?"):
        said = "A question ends with a question mark. Say what is to be decided."
        problems.append(Problem("decisions", 0, "question", question, said))
    if options and state == "asked" and len(options.split("|")) < FEWEST_OPTIONS:
        said = "One answer is no choice. Write at least two; one of them may be to do nothing."
        problems.append(Problem("decisions", 0, "options", options, said))
    return problems


def _kind_of(plan: Plan, item: str | None, last: Mapping[str, Cell]) -> str | None:
    """What sort of item an entry is about: its tier, or what a row of its table is called."""
    if item is None or item == last.get("entity_id"):
        kind = last.get("entity_type") if item == last.get("entity_id") else None
        return None if kind is None else str(kind)
    table = item_tables(plan).get(item)
    return TIER_OF_TABLE.get(table, TABLES[table].one) if table else None


def _content(register: Register) -> list[str]:
    """The columns that say something of the entry, and not of its writing down."""
    return [name for name in LEDGERS[register.name].names if not name.startswith(("recorded_", "restates"))]


def _restates(rows: pl.DataFrame, register: Register, row: Mapping[str, Any]) -> bool:
    """Whether the register has a row of this key, so that the new one must say that it takes its place."""
    return any(
        all(old[name] == row[name] for name in LEDGERS[register.name].key)
        for old in rows.iter_rows(named=True)
    )


def _is_there(ledger: pl.DataFrame, name: str, row: Mapping[str, Any]) -> bool:
    """Whether a new entry is written down already, with the very same words."""
    register = REGISTERS[name]
    rows = ledger.filter(pl.col(register.key) == row[register.key]).to_dicts()
    fields = [*_content(register), "recorded_by"]
    return len(rows) == 1 and all(cell_text(rows[0][field]) == cell_text(row.get(field)) for field in fields)


def _about(register: Register, entry: str, said: str) -> Problem:
    return Problem(register.name, 0, register.key, entry, said)

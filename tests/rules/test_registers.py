"""The registers read from their ledgers: the last row of an entry, what is due first, and what an entry names."""

import datetime as dt

import polars as pl

from planner.model.ledgers import LEDGERS
from planner.model.quarter import Calendar, Quarter
from planner.rules.registers import REGISTERS, Today, current_rows, list_entries, mentioned

DAY = dt.date(2026, 10, 20)
APRIL = Calendar(4)
NOW = Today(DAY, Quarter.of(2027, 4), Quarter.of(2027, 3), APRIL)


def rows_of(name, *rows):
    columns = {column.name: column.polars_type for column in LEDGERS[name].columns}
    return pl.DataFrame([{**dict.fromkeys(columns), **row} for row in rows], schema=columns)


def risk(status, day=DAY, restates=None, key="RSK-001", **more):
    row = {
        "risk_id": key,
        "status": status,
        "statement": "It breaks",
        "recorded_on": day,
        "restates": restates,
    }
    return {**row, **more}


def states(*rows):
    return current_rows(rows_of("risks", *rows), "risks")["status"].to_list()


def test_the_last_row_of_an_entry_is_the_one_of_the_latest_day():
    assert states(risk("closed", DAY - dt.timedelta(1)), risk("open", DAY, restates=True)) == ["open"]


def test_of_one_day_the_later_state_of_life_is_the_last_in_whatever_order_rows_come():
    assert states(risk("closed"), risk("open")) == ["closed"]
    assert states(risk("open"), risk("closed")) == ["closed"]


def test_of_one_day_a_row_that_restates_follows_what_it_restates():
    assert states(risk("open", restates=True), risk("closed"), risk("open")) == ["open"]


def decision(key, status, **more):
    return {"decision_id": key, "status": status, "question": f"{key}?", "recorded_on": DAY, **more}


def test_asks_come_first_by_the_day_they_are_needed_then_second_looks_and_then_the_rest():
    ledger = rows_of(
        "decisions",
        decision("DEC-001", "decided", review_quarter="FY27-Q2"),
        decision("DEC-002", "asked", needed_by=DAY + dt.timedelta(30)),
        decision("DEC-003", "asked", needed_by=DAY),
        decision("DEC-004", "decided", review_quarter="FY27-Q4"),
        decision("DEC-005", "asked"),
        decision("DEC-006", "withdrawn"),
    )

    entries = list_entries(ledger, "decisions", NOW)

    assert [one.id for one in entries] == ["DEC-003", "DEC-002", "DEC-005", "DEC-004", "DEC-006", "DEC-001"]
    assert [one.id for one in entries if one.is_due] == ["DEC-003", "DEC-004"]


def test_an_assumption_that_was_checked_is_due_no_more():
    ledger = rows_of(
        "assumptions",
        {"assumption_id": "ASM-001", "state": "open", "check_by_quarter": "FY27-Q4", "recorded_on": DAY},
        {"assumption_id": "ASM-002", "state": "false", "check_by_quarter": "FY27-Q4", "recorded_on": DAY},
    )

    first, second = list_entries(ledger, "assumptions", NOW)

    assert (first.id, first.is_due, first.when) == ("ASM-001", True, "FY27-Q4")
    assert (second.is_due, second.is_open) == (False, False)


def test_an_entry_keeps_all_its_rows_and_counts_as_one():
    (entry,) = list_entries(rows_of("risks", risk("open"), risk("happened")), "risks", NOW)

    assert [row["status"] for row in entry.rows] == ["open", "happened"]
    assert entry.state == "happened"


def test_the_items_that_an_entry_names_are_told_once_each():
    row = {"linked_ids": "PRJ-001|TEAM-01", "team_id": "TEAM-01"}

    assert mentioned(REGISTERS["insights"], row) == ["PRJ-001", "TEAM-01"]


def test_every_column_that_a_form_asks_for_is_one_of_its_ledger():
    for name, register in REGISTERS.items():
        asked = {*register.asked, *(field for told in (register.told or {}).values() for field in told)}
        needed = {field for fields in register.needed.values() for field in fields}
        assert (asked | needed | set(register.mentions)) <= set(LEDGERS[name].names)
        assert set(register.told or {}) == set(register.states)


def test_the_gravest_of_the_open_risks_comes_first():
    small = risk("open", key="RSK-001", probability=1, impact=5)
    grave = risk("open", key="RSK-002", probability=4, impact=4)
    unknown = risk("open", key="RSK-003")
    over = risk("closed", key="RSK-004", probability=5, impact=5)

    entries = list_entries(rows_of("risks", small, grave, unknown, over), "risks", NOW)

    assert [one.id for one in entries] == ["RSK-002", "RSK-001", "RSK-003", "RSK-004"]

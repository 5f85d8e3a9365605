"""Writing in the registers: a new entry, a new row of one that is there, and what is refused with a sentence."""

import datetime as dt

import polars as pl
import pytest

from planner.actions.registers import add_entry, change_entry, proposed_id
from planner.actions.reviewing import open_decisions
from planner.rules.registers import current_rows
from planner.store.ledgers import append_ledger, load_ledger
from tests.actions.conftest import NOW

WHO = {"actor": "Ann", "now": NOW}
INSIGHT = {
    "title": "Brokers want a phone",
    "kind": "research",
    "quarter": "FY27-Q4",
    "finding": "Seven of nine brokers call first.",
    "linked_ids": "PRJ-013|OUT-001",
    "effort_pd": "12",
}
RISK = {"statement": "The supplier leaves", "probability": "2", "impact": "4", "entity_id": "PRJ-013"}
ANSWER = {
    "status": "decided",
    "decision": "Fund",
    "decided_by": "Executive Committee",
    "decided_on": "2027-01-15",
    "review_quarter": "FY28-Q2",
    "rationale": "a quarter is worth it",
}
FALSE = {"state": "false", "note": "A third only"}


def rows(db, name, entry):
    ledger = load_ledger(db, name)
    return ledger.filter(pl.col(ledger.columns[0]) == entry).to_dicts()


def last(db, name, entry):
    now = current_rows(load_ledger(db, name), name)
    return now.filter(pl.col(now.columns[0]) == entry).to_dicts()[0]


def change(db, name, entry, typed, seen=1, **who):
    return change_entry(db, name, entry, typed, seen=seen, **{**WHO, **who})


def told(entered):
    return {problem.column: problem.message for problem in entered.problems}


def test_a_new_entry_is_written_with_who_and_when(db):
    entered = add_entry(db, "insights", "INS-009", INSIGHT, **WHO)

    (row,) = rows(db, "insights", "INS-009")
    assert (entered.id, entered.is_new, entered.problems) == ("INS-009", True, ())
    assert (row["status"], row["effort_pd"], row["linked_ids"]) == ("open", 12, "OUT-001|PRJ-013")
    assert (row["recorded_by"], row["recorded_on"], row["restates"]) == ("Ann", NOW.date(), None)


def test_the_same_entry_twice_is_one_row(db):
    add_entry(db, "insights", "INS-009", INSIGHT, **WHO)
    again = add_entry(db, "insights", "INS-009", INSIGHT, **WHO)

    assert (again.is_new, again.problems) == (False, ())
    assert len(rows(db, "insights", "INS-009")) == 1


def test_the_id_of_another_entry_is_refused_with_the_next_free_one(db):
    entered = add_entry(db, "insights", "INS-008", INSIGHT, **WHO)

    assert told(entered) == {"insight_id": "INS-008 is taken. The next free id is INS-009."}
    assert len(rows(db, "insights", "INS-008")) == 1


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("insights", "INS-009"),
        ("lessons", "LES-007"),
        ("decisions", "DEC-013"),
        ("risks", "RSK-007"),
        ("assumptions", "ASM-007"),
    ],
)
def test_the_id_after_the_highest_is_proposed(db, new_db, name, proposed):
    assert proposed_id(load_ledger(db, name), name) == proposed
    assert proposed_id(load_ledger(new_db, name), name).endswith("-001")


@pytest.mark.parametrize(
    ("name", "typed", "column", "said"),
    [
        ("insights", {**INSIGHT, "title": " "}, "title", "Fill it in"),
        ("insights", {**INSIGHT, "effort_pd": "about ten"}, "effort_pd", "'about ten'"),
        ("insights", {**INSIGHT, "linked_ids": "PRJ-013|PRJ-999"}, "linked_ids", "'PRJ-999' is no item"),
        ("insights", {**INSIGHT, "quarter": "spring"}, "quarter", "spring"),
        ("decisions", {"question": "Fund it?", "options": "Fund"}, "options", "at least two"),
        ("decisions", {"question": "Fund it", "options": "Fund|Wait"}, "question", "question mark"),
        ("risks", {**RISK, "probability": "6"}, "probability", "6"),
        ("assumptions", {"statement": "Prices hold"}, "check_by_quarter", "Fill it in"),
    ],
)
def test_a_cell_that_does_not_fit_is_told_and_nothing_is_written(db, name, typed, column, said):
    before = load_ledger(db, name)

    entered = add_entry(db, name, "NEW-001", typed, **WHO)

    assert list(told(entered)) == [column]
    assert said in told(entered)[column]
    assert load_ledger(db, name).equals(before)


def test_an_ask_is_decided_by_a_new_row_and_the_question_stays(db):
    change(db, "decisions", "DEC-012", ANSWER)

    asked, decided = rows(db, "decisions", "DEC-012")
    assert (asked["status"], asked["decision"]) == ("asked", None)
    assert (decided["status"], decided["decision"], decided["restates"]) == ("decided", "Fund", None)
    assert decided["question"] == asked["question"]
    assert open_decisions(load_ledger(db, "decisions")) == []


def test_a_decision_without_its_words_is_refused(db):
    entered = change(db, "decisions", "DEC-012", {"status": "decided"})

    assert set(told(entered)) == {"decision", "decided_by", "decided_on"}
    assert len(rows(db, "decisions", "DEC-012")) == 1


def test_a_question_that_is_asked_again_waits_again(db):
    change(db, "decisions", "DEC-012", {"status": "deferred", "rationale": "no money yet"})
    change(db, "decisions", "DEC-012", {"status": "asked"}, seen=2)

    assert [row["decision_id"] for row in open_decisions(load_ledger(db, "decisions"))] == ["DEC-012"]
    assert last(db, "decisions", "DEC-012")["restates"] is True


def test_the_same_change_twice_is_one_row(db):
    change(db, "risks", "RSK-001", {"status": "closed", "response": "The squad is there"})
    again = change(db, "risks", "RSK-001", {"status": "closed", "response": "The squad is there"})

    assert (again.is_new, again.problems) == (False, ())
    assert len(rows(db, "risks", "RSK-001")) == 2


def test_a_risk_opened_and_closed_on_one_day_is_closed(db):
    add_entry(db, "risks", "RSK-007", RISK, **WHO)
    change(db, "risks", "RSK-007", {"status": "closed"})

    assert last(db, "risks", "RSK-007")["status"] == "closed"
    assert last(db, "risks", "RSK-007")["entity_type"] == "project"


def test_a_state_has_no_key_in_insights_so_a_change_restates(db):
    change(db, "insights", "INS-001", {"status": "parked"})

    assert last(db, "insights", "INS-001")["status"] == "parked"
    assert [row["restates"] for row in rows(db, "insights", "INS-001")] == [None, True]


def test_words_are_corrected_by_rows_and_the_last_of_a_day_counts(db):
    change(db, "lessons", "LES-001", {"action": "Look first"})
    change(db, "lessons", "LES-001", {"action": "Look at the data first"}, seen=2)

    assert last(db, "lessons", "LES-001")["action"] == "Look at the data first"
    assert len(rows(db, "lessons", "LES-001")) == 3


def test_a_row_that_a_colleague_wrote_meanwhile_is_looked_at_first(db):
    change(db, "assumptions", "ASM-001", {"state": "true"}, actor="Ben")
    entered = change(db, "assumptions", "ASM-001", FALSE)

    assert "newer row, written by Ben" in told(entered)["assumption_id"]
    assert last(db, "assumptions", "ASM-001")["state"] == "true"


def test_a_change_of_nothing_is_told(db):
    assert "Nothing is changed" in told(change(db, "assumptions", "ASM-001", {}))["assumption_id"]
    assert len(rows(db, "assumptions", "ASM-001")) == 1


@pytest.mark.parametrize(
    ("name", "entry", "states"),
    [
        ("insights", "INS-001", ["parked", "used"]),
        ("risks", "RSK-001", ["closed", "happened", "mitigated", "open", "closed"]),
        ("assumptions", "ASM-001", ["false", "true", "open"]),
        ("decisions", "DEC-012", ["withdrawn", "deferred", "asked"]),
    ],
)
def test_what_is_written_last_on_a_day_counts_wherever_it_stands_in_the_life_of_an_entry(
    db, name, entry, states
):
    column = "state" if name == "assumptions" else "status"
    for seen, state in enumerate(states, start=1):
        change(db, name, entry, {column: state}, seen=seen)
        assert last(db, name, entry)[column] == state


def test_the_same_words_for_a_third_turn_of_a_day_are_refused_and_not_lost(db):
    for seen, state in enumerate(["closed", "open", "closed", "open"], start=1):
        entered = change(db, "risks", "RSK-001", {"status": state}, seen=seen)

    assert "Change a word" in told(entered)["risk_id"]
    assert last(db, "risks", "RSK-001")["status"] == "closed"


def test_a_row_is_never_of_a_day_before_the_one_it_follows(db):
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    change(db, "decisions", "DEC-012", ANSWER, now=long_ago)

    assert last(db, "decisions", "DEC-012")["status"] == "decided"
    assert last(db, "decisions", "DEC-012")["recorded_on"] == dt.date(2026, 10, 16)


def test_an_item_that_left_the_plan_stays_named(db):
    gone = load_ledger(db, "risks").head(1).with_columns(
        risk_id=pl.lit("RSK-050"), entity_id=pl.lit("PRJ-900"), entity_type=pl.lit("project")
    )  # fmt: skip
    append_ledger(db, "risks", gone)

    entered = change(db, "risks", "RSK-050", {"status": "closed", "entity_id": "PRJ-900"})

    assert entered.problems == ()
    assert last(db, "risks", "RSK-050")["entity_type"] == "project"


def test_an_entry_that_is_not_there_cannot_change(db):
    assert "no RSK-404" in told(change(db, "risks", "RSK-404", {"status": "closed"}))["risk_id"]

"""What counts as new since a moment or a day, and the sentence that says so."""

import datetime as dt

import pytest

from planner.model.version import SNAPSHOT, Version
from planner.rules.look_back import Look, Recorded, recorded_since, since_clauses, since_sentence
from planner.rules.registers import Entry

NOON = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
VISIT = Look(NOON, is_day=False)
DAY = Look.of_day(dt.date(2026, 11, 3))
HOUR = dt.timedelta(hours=1)


def snapshot(as_of, sealed_on):
    return Version("FY27-Q3", SNAPSHOT, "FY27-Q3", 1, as_of=as_of, sealed_on=sealed_on)


def entry(key, *days):
    rows = [{"recorded_on": day} for day in days]
    return Entry(key, "open", key, rows[-1], rows, "", None, is_due=False, is_open=True)


def test_a_visit_knows_what_was_sealed_before_its_end_whatever_day_it_is_dated():
    assert VISIT.knows(snapshot(dt.date(2026, 12, 31), NOON - HOUR))
    assert not VISIT.knows(snapshot(dt.date(2026, 10, 1), NOON + HOUR))


def test_a_day_goes_by_the_dates_of_the_plans_and_takes_in_its_own():
    assert DAY.knows(snapshot(dt.date(2026, 11, 2), NOON + HOUR))
    assert not DAY.knows(snapshot(dt.date(2026, 11, 3), NOON - HOUR))


def test_an_entry_is_new_where_all_its_rows_are_and_changed_where_only_the_last_is():
    before, after = dt.date(2026, 11, 2), dt.date(2026, 11, 3)
    listed = [entry("A", before), entry("B", before, after), entry("C", after), entry("D", None)]

    found = recorded_since({"risks": listed}, VISIT)

    assert [(one.entry.id, one.is_new) for one in found] == [("B", False), ("C", True)]


@pytest.mark.parametrize(
    ("clauses", "said"),
    [
        ((), "nothing changed."),
        (("Q3 FY27 was sealed",), "Q3 FY27 was sealed."),
        (("a", "b", "c"), "a, b, and c."),
    ],
)
def test_the_sentence_begins_with_the_day_of_the_week(clauses, said):
    assert since_sentence(DAY, clauses) == ("Since Tuesday 3 November 2026", said)


def test_what_happened_is_counted_in_words_with_their_right_number():
    risk = Recorded("risks", entry("A", dt.date(2026, 11, 3)), is_new=True)
    lesson = Recorded("lessons", entry("L", dt.date(2026, 11, 3)), is_new=True)

    assert since_clauses(["Q3 FY27"], [risk], changes=1) == [
        "Q3 FY27 was sealed", "one change was saved in the draft", "one risk was written down",
    ]  # fmt: skip
    assert since_clauses(["Q2 FY27", "Q3 FY27"], [risk, risk, lesson], changes=12) == [
        "two plans were sealed, the last for Q3 FY27",
        "12 changes were saved in the draft",
        "two risks and one lesson were written down",
    ]
    assert since_clauses([], [], fields=3) == ["three fields of the draft were changed"]
    assert since_clauses([], [], saves=1) == ["the draft was saved once"]
    assert since_clauses([], [], saves=4) == ["the draft was saved four times"]

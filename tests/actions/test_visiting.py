"""Visits: where one ends and the next begins, how seldom it is written, and that it never waits."""

import datetime as dt
import threading

import pytest

from planner.actions.visiting import EVERY, GAP, Book
from planner.store.database import Database
from planner.store.visits import last_visits

NINE = dt.datetime(2026, 11, 3, 9, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def db():
    opened = Database.in_memory()
    yield opened
    opened.close()


def test_a_first_visit_has_none_before_it(db):
    book = Book(db)
    book.note("ann", NINE)

    assert book.last_visit("ann", NINE + SECOND) is None
    assert [visit.began_on for visit in last_visits(db, "ann")] == [NINE]


def test_a_visit_goes_on_over_a_lunch_and_ends_over_a_night(db):
    book = Book(db)
    book.note("ann", NINE)
    book.note("ann", NINE + GAP)
    tomorrow = NINE + dt.timedelta(days=1)

    assert book.last_visit("ann", NINE + GAP + GAP) is None
    assert book.last_visit("ann", tomorrow) == NINE + GAP
    book.note("ann", tomorrow)
    assert book.last_visit("ann", tomorrow + EVERY) == NINE + GAP
    assert len(last_visits(db, "ann", 9)) == 2


def test_another_process_goes_on_with_the_visit_that_is_written_down(db):
    Book(db).note("ann", NINE)
    Book(db).note("ann", NINE + dt.timedelta(days=1))
    later = Book(db)

    assert later.last_visit("ann", NINE + dt.timedelta(days=1) + EVERY) == NINE
    later.note("ann", NINE + dt.timedelta(days=1) + EVERY)
    assert len(last_visits(db, "ann", 9)) == 2


def test_a_visit_is_written_at_most_once_a_minute(db):
    book = Book(db)
    for seconds in (0, 20, 59):
        book.note("ann", NINE + seconds * SECOND)
    assert [visit.seen_on for visit in last_visits(db, "ann")] == [NINE]

    book.note("ann", NINE + EVERY)
    assert [visit.seen_on for visit in last_visits(db, "ann")] == [NINE + EVERY]


def test_visits_of_two_people_are_their_own(db):
    book = Book(db)
    book.note("ann", NINE)
    book.note("bob", NINE + GAP * 2)

    assert book.last_visit("ann", NINE + GAP * 2) == NINE
    assert book.last_visit("bob", NINE + GAP * 2) is None


def test_a_note_that_meets_a_writer_is_skipped_and_counts_as_no_commit(db):
    before = db.commits
    with db.writing():
        other = threading.Thread(target=Book(db).note, args=("ann", NINE))
        other.start()
        other.join(20)
        assert not other.is_alive()
    assert last_visits(db, "ann") == []

    after = db.commits
    Book(db).note("ann", NINE)
    assert (len(last_visits(db, "ann")), db.commits, after) == (1, after, before + 1)


def test_a_note_inside_a_transaction_of_the_same_thread_is_skipped_too(db):
    with db.writing():
        Book(db).note("ann", NINE)
    assert last_visits(db, "ann") == []


def test_a_clock_that_was_put_back_takes_nothing_away(db):
    book = Book(db)
    book.note("ann", NINE)
    book.note("ann", NINE - dt.timedelta(hours=1))

    assert [visit.seen_on for visit in last_visits(db, "ann")] == [NINE]

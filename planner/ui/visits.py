"""When the reader was here before, and writing down that they are here now; it draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from planner.actions.visiting import Book
from planner.ui import desk, session

if TYPE_CHECKING:
    import datetime as dt

    from planner.store.database import Database

_BOOKS: WeakKeyDictionary[Database, Book] = WeakKeyDictionary()


def last_visit() -> dt.datetime | None:
    """When the reader's visit before this one ended (UTC); None where this is the first."""
    return _book().last_visit(desk.person(), session.now())


def note() -> None:
    """Write down that the reader is here, after the page was drawn."""
    _book().note(desk.person(), session.now())


def _book() -> Book:
    db = session.database()
    book = _BOOKS.get(db)
    if book is None:
        book = _BOOKS[db] = Book(db)
    return book

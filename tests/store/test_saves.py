"""The saves that came after one, as somebody is told of whose page is older."""

import datetime as dt

from planner.model.edit import Edit
from planner.store.drafts import undo_last_save
from planner.store.saves import SaveNote, last_save, saves_after
from tests.store.small import NOW, cell, fill, save

WHY = {"table": "projects", "id": "P-1", "kind": "recosted", "field": "cost", "reason_code": "correction"}


def test_saves_are_told_with_who_when_and_how_many_changes(db):
    assert last_save(db) == 0
    fill(db, actor="start")
    seen = last_save(db)
    assert saves_after(db, seen) == []
    save(db, cell("P-1", "cost", 10, 11), cell("P-2", "name", "Two", "Second"), actor="ann")
    undo_last_save(db, actor="ann", now=NOW + dt.timedelta(minutes=1))
    assert saves_after(db, seen) == [
        SaveNote("ann", NOW, 2),
        SaveNote("ann", NOW + dt.timedelta(minutes=1), 2),
    ]
    assert saves_after(db, last_save(db)) == []


def test_reasons_are_counted_where_nothing_else_was_changed(db):
    fill(db)
    seen = last_save(db)
    why = Edit("reasons", ("projects", "P-1", "recosted", "cost"), "", None, WHY)
    save(db, cell("P-1", "cost", 10, 11), why)
    save(db, Edit("reasons", why.key, "", WHY, None))
    assert [note.changes for note in saves_after(db, seen)] == [1, 1]

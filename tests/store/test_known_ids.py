"""Every id that a table ever had: of the draft, of sealed versions, and of rows that came and went between."""

import datetime as dt

from planner.actions.editing import save
from planner.actions.opening import open_plan
from planner.model.edit import Edit
from planner.store.drafts import keep_pending
from planner.store.known_ids import known_ids

NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)


def test_an_id_that_was_given_once_stays_known(small):
    db = open_plan(small)
    row = {"project_id": "P-9", "name": "Soon gone"}
    assert save(db, [Edit("projects", ("P-9",), "", None, row)], actor="ann", now=NOW).saved.applied == 1
    assert save(db, [Edit("projects", ("P-9",), "", row, None)], actor="ann", now=NOW).saved.applied == 1
    assert set(known_ids(db, "projects")) == {"P-1", "P-2", "P-9"}
    assert known_ids(db, "teams") == []
    db.close()


def test_an_id_that_somebody_holds_for_an_unsaved_row_is_known_to_all(small):
    db = open_plan(small)
    added = Edit("projects", ("P-3",), "", None, {"project_id": "P-3", "name": "Mine"})
    changed = Edit("projects", ("P-1",), "name", "Depot", "P-7")
    keep_pending(db, "ann in browser a", [added, changed], NOW)
    assert set(known_ids(db, "projects")) == {"P-1", "P-2", "P-3"}
    keep_pending(db, "ann in browser a", [], NOW)
    assert set(known_ids(db, "projects")) == {"P-1", "P-2"}
    db.close()

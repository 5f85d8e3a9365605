"""The draft of then beside that of now: net changes, what a sealing in between changes, and history from files."""

import datetime as dt

import pytest

from planner.actions.editing import save, undo
from planner.actions.looking_back import draft_then, find_news, look_back, look_back_bytes
from planner.actions.refreshing import seal
from planner.model.edit import Edit
from planner.rules.look_back import Look
from planner.store.saves import last_save
from planner.store.snapshots import load_plan
from planner.store.visits import Visit, note_visit
from tests.actions.conftest import NOW

HOUR = dt.timedelta(hours=1)
VISIT = Look(NOW, is_day=False)
ME = "Reader"


def cell(field, before, after, project="PRJ-013"):
    return Edit("projects", (project,), field, before, after)


def back(db, look=VISIT, actor=ME):
    return look_back(db, find_news(db, look, actor))


def told(found):
    return [(change.id, change.field, change.before, change.after) for change in found.changes]


def saved(db, *edits, hours=1, actor="Ann"):
    outcome = save(db, edits, actor=actor, now=NOW + hours * HOUR)
    assert (outcome.problems, outcome.saved.conflicts) == ((), ())


@pytest.fixture
def was(db):
    rows = load_plan(db, "draft")["projects"].rows_by_key("project_id", named=True, include_key=True)
    return rows["PRJ-013"][0]


def test_several_saves_of_a_cell_are_one_change_from_the_first_value_to_the_last(db, was):
    saved(db, cell("cost", was["cost"], was["cost"] + 100_000))
    saved(db, cell("cost", was["cost"] + 100_000, was["cost"] + 300_000), hours=2, actor="Bo")

    found = back(db)

    assert told(found) == [("PRJ-013", "cost", str(was["cost"]), str(was["cost"] + 300_000))]
    assert [note.actor for note in found.news.saves] == ["Ann", "Bo"]
    assert [change.group for change in found.events] == ["cost"]


def test_a_cell_that_came_back_to_its_value_is_no_change(db, was):
    saved(db, cell("sponsor", was["sponsor"], "Somebody else"))
    saved(db, cell("name", was["name"], "Another name"), hours=2)
    undo(db, actor="Ann", now=NOW + 3 * HOUR)
    saved(db, cell("sponsor", "Somebody else", was["sponsor"]), hours=4)

    assert told(back(db)) == []
    assert len(back(db).news.saves) == 4


def test_what_was_saved_before_the_visit_ended_is_not_told_again(db, was):
    saved(db, cell("sponsor", was["sponsor"], "Somebody else"), hours=-1)
    saved(db, cell("cost", was["cost"], 1), hours=1)

    assert [field for _, field, *_ in told(back(db))] == ["cost"]


def test_an_own_save_right_after_the_last_note_of_a_visit_belongs_to_it(db, was):
    save(db, [cell("sponsor", was["sponsor"], "Me")], actor=ME, now=NOW + dt.timedelta(seconds=40))

    assert find_news(db, VISIT, ME).saves == []
    assert len(find_news(db, VISIT, "Somebody else").saves) == 1


def test_the_draft_of_then_is_the_plan_as_it_was_whatever_was_saved_and_sealed_since(db, was):
    saved(db, cell("sponsor", was["sponsor"], "Then"), hours=-1)
    base, then = last_save(db), load_plan(db, "draft")
    joins = Edit("projects", ("PRJ-900",), "", None, {"project_id": "PRJ-900", "name": "Late guest"})
    saved(db, cell("sponsor", "Then", "Later"), joins)
    seal(db, "FY27-Q4", as_of=NOW.date(), author="Cleo", note="", accept_findings=True, now=NOW + 2 * HOUR)
    saved(db, cell("sponsor", "Later", "Last"), hours=3)

    found = draft_then(db, base, lambda label: load_plan(db, label))

    assert found.fingerprint == then.fingerprint


def test_a_sealing_since_is_told_with_the_reasons_that_were_sealed(db, was):
    why = {
        "table": "projects",
        "id": "PRJ-013",
        "kind": "",
        "field": "",
        "reason_code": "funding",
        "reason_text": "the budget was cut",
    }
    saved(db, cell("cost", was["cost"], 1), Edit("reasons", ("projects", "PRJ-013", "", ""), "", None, why))
    seal(db, "FY27-Q4", as_of=NOW.date(), author="Cleo", note="", accept_findings=True, now=NOW + 2 * HOUR)

    found = back(db)

    assert [version.label for version in found.news.sealed] == ["FY27-Q4"]
    assert found.news.before.label == "FY27-Q3"
    assert [change.reason for change in found.changes] == ["the budget was cut"]
    assert b"the budget was cut" in look_back_bytes(found)


def test_a_day_goes_by_the_dates_of_the_snapshots_so_that_history_from_files_is_where_it_belongs(db):
    found = back(db, Look.of_day(dt.date(2026, 7, 18)))

    assert [version.label for version in found.news.sealed] == ["FY27-Q3"]
    assert found.news.before.label == "FY27-Q2"
    assert {change.id for change in found.events if change.group == "joins"} >= {"PRJ-033"}


def test_the_day_of_a_sealing_takes_it_in_and_a_day_after_all_of_it_finds_nothing(db):
    assert [version.label for version in find_news(db, Look.of_day(dt.date(2026, 10, 16)), ME).sealed] == [
        "FY27-Q3"
    ]
    later = back(db, Look.of_day(dt.date(2026, 10, 17)))
    assert (later.news.sealed, later.news.saves, told(later)) == ([], [], [])


def test_before_the_first_sealing_the_plan_was_empty(db):
    found = back(db, Look.of_day(dt.date(2020, 1, 1)))

    assert found.news.before is None
    assert len(found.news.sealed) == 6
    assert found.baseline["projects"].is_empty()


def test_a_visit_is_no_save(db):
    note_visit(db, ME, Visit(NOW, NOW + HOUR))
    assert find_news(db, VISIT, ME).saves == []

"""Saving a grid: every cell is read like a file's, all or none are written, and the last save is taken back."""

import datetime as dt

import pytest

from planner.actions.editing import cell_text, keep_pending, load_pending, save, undo
from planner.errors import NothingToUndo
from planner.model.edit import Edit
from planner.store.drafts import draft_version
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW


def cell(field, before, after, project="PRJ-013"):
    return Edit("projects", (project,), field, before, after)


def project(db, project_id="PRJ-013"):
    rows = load_plan(db, "draft")["projects"].rows_by_key("project_id", named=True, include_key=True)
    return rows[project_id][0]


def test_typed_texts_and_values_become_what_a_file_would_hold(db):
    was = project(db)
    edits = [
        cell("cost", was["cost"], "1,600,000"),
        cell("capex", was["capex"], 900_000.0),
        cell("end_date", was["end_date"], "FY29-Q1"),
        cell("start_date", was["start_date"], dt.date(2027, 7, 1)),
        cell("deliverables", was["deliverables"], "Rules| Letters |Rules"),
        cell("sponsor", was["sponsor"], ""),
    ]
    outcome = save(db, [edit for edit in edits if edit.field != "cost"], actor="Ann", now=NOW)
    refused = save(db, edits[:1], actor="Ann", now=NOW)

    now = project(db)
    assert (outcome.problems, outcome.saved.conflicts) == ((), ())
    assert (now["capex"], now["end_date"], now["start_date"]) == (
        900_000, dt.date(2028, 6, 30), dt.date(2027, 7, 1),
    )  # fmt: skip
    assert (now["deliverables"], now["sponsor"]) == ("Letters|Rules", None)
    assert refused.saved is None
    assert refused.problems[0].problem.value == "1,600,000"


def test_one_cell_that_does_not_read_stops_the_whole_save(db):
    was, number = project(db), draft_version(db).number
    edits = [cell("cost", was["cost"], 5), cell("end_date", was["end_date"], "31/06/2026")]
    outcome = save(db, edits, actor="Ann", now=NOW)

    assert outcome.saved is None
    assert [(problem.edit, problem.field) for problem in outcome.problems] == [(edits[1], "end_date")]
    assert "2026-06-30" in outcome.problems[0].problem.message
    assert (project(db), draft_version(db).number) == (was, number)


def test_a_row_joins_and_leaves_and_an_id_stays(db):
    row = {"project_id": "PRJ-100", "name": "Pier", "cost": "7", "why": None}
    joined = save(db, [Edit("projects", ("PRJ-100",), "", None, row)], actor="Ann", now=NOW)
    lacking = save(
        db, [Edit("projects", ("PRJ-101",), "", None, {"project_id": "PRJ-101"})], actor="Ann", now=NOW
    )
    renamed = save(db, [cell("project_id", "PRJ-100", "PRJ-200", "PRJ-100")], actor="Ann", now=NOW)
    stored = {name: value for name, value in project(db, "PRJ-100").items() if value is not None}
    left = save(db, [Edit("projects", ("PRJ-100",), "", stored, None)], actor="Ann", now=NOW)

    assert joined.saved.applied == 1
    assert stored == {"project_id": "PRJ-100", "name": "Pier", "cost": 7}
    assert [problem.field for problem in lacking.problems] == ["name"]
    assert [problem.field for problem in renamed.problems] == ["project_id"]
    assert left.saved.applied == 1
    assert "PRJ-100" not in load_plan(db, "draft")["projects"]["project_id"].to_list()


def test_a_cell_that_somebody_else_changed_comes_back_as_a_conflict(db):
    was = project(db)
    save(db, [cell("cost", was["cost"], 5)], actor="Bob", now=NOW)
    outcome = save(db, [cell("cost", was["cost"], 6), cell("capex", was["capex"], 4)], actor="Ann", now=NOW)

    (conflict,) = outcome.saved.conflicts
    assert (outcome.saved.applied, conflict.stored, conflict.changed_by) == (1, 5, "Bob")
    assert (project(db)["cost"], project(db)["capex"]) == (5, 4)


def test_undo_takes_back_the_persons_last_save_and_never_passes_a_sealing(db):
    was = project(db)
    save(db, [cell("cost", was["cost"], 5)], actor="Ann", now=NOW)
    with pytest.raises(NothingToUndo):
        undo(db, actor="Bob", now=NOW)
    undo(db, actor="Ann", now=NOW)

    assert project(db) == was
    with pytest.raises(NothingToUndo):
        undo(db, actor="Executive Committee", now=NOW)


@pytest.mark.parametrize(
    ("key", "before", "after", "is_read"),
    [
        ("currency", "GBP", "pounds", False),
        ("currency", "GBP", "EUR", True),
        ("fiscal_year_start_month", "4", "1", False),
        ("plan_uid", None, "another", False),
    ],
)
def test_a_setting_must_be_one_and_what_snapshots_rest_on_stays(db, key, before, after, is_read):
    outcome = save(db, [Edit("settings", (key,), "value", before, after)], actor="Ann", now=NOW)
    assert (outcome.saved is not None) is is_read
    assert load_plan(db, "draft").settings.text(key) == (
        after if is_read else load_plan(db, "latest").settings.text(key)
    )


def test_unsaved_edits_wait_for_their_person(db):
    edits = [cell("cost", 1, "2"), Edit("projects", ("PRJ-100",), "", None, {"project_id": "PRJ-100"})]
    keep_pending(db, "Ann", edits, NOW)

    assert load_pending(db, "Ann") == edits
    assert load_pending(db, "Bob") == []
    keep_pending(db, "Ann", [], NOW)
    assert load_pending(db, "Ann") == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None), ("a", "a"), (True, "true"), (3, "3"), (3.0, "3"), (0.25, "0.25"),
        (dt.date(2026, 1, 2), "2026-01-02"), (dt.datetime(2026, 1, 2, tzinfo=dt.UTC), "2026-01-02"),
    ],
)  # fmt: skip
def test_a_value_is_written_as_it_would_be_typed(value, text):
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("fiscal_year_start_month", {"key": "fiscal_year_start_month", "value": "4"}, None),
        ("colour", None, {"key": "colour", "value": "red"}),
        ("wip_limit", None, {"key": "wip_limit", "value": "many"}),
    ],
)
def test_a_row_of_the_settings_is_checked_like_its_cell(db, key, before, after):
    outcome = save(db, [Edit("settings", (key,), "", before, after)], actor="Ann", now=NOW)
    assert outcome.saved is None
    assert outcome.problems[0].problem.message.count(". ") == 1

"""What-ifs on the command line: listed, compared and taken out by their id, and never sealed."""

import datetime as dt
import json

import pytest

from planner.actions.opening import open_plan
from planner.actions.what_if import branch
from planner.model.edit import Edit
from planner.store.drafts import apply_edits

WHO = {"actor": "asha", "now": dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)}


@pytest.fixture
def dearer(small):
    """A database with a what-if in which the depot costs 150, and the id of that."""
    db = open_plan(small)
    scenario = branch(db, "draft", "Dearer depot", **WHO)
    apply_edits(db, [Edit("projects", ("P-1",), "cost", 110, 150)], version=scenario.id, **WHO)
    db.close()
    return small, scenario.id


def test_a_what_if_is_listed_with_its_kind_its_name_and_who_branched_it(planner, dearer):
    database, scenario = dearer
    listed = json.loads(planner("versions", "--format", "json", "--database", database).out)["versions"]
    assert [version["kind"] for version in listed] == [*["snapshot"] * 3, "scenario", "draft"]
    assert {name: listed[3][name] for name in ("label", "note", "author", "previous")} == {
        "label": scenario,
        "note": "Dearer depot",
        "author": "asha",
        "previous": "2026-Q3",
    }


def test_a_what_if_is_compared_and_taken_out_like_any_version(planner, dearer, tmp_path):
    database, scenario = dearer
    drift = planner("drift", "draft", scenario, "--format", "json", "--database", database)
    assert [(row["id"], row["before"], row["after"]) for row in json.loads(drift.out)["changes"]] == [
        ("P-1", "110", "150")
    ]
    assert (
        planner(
            "export", "plan", "-o", tmp_path / "out", "--version", scenario, "--database", database
        ).status
        == 0
    )
    assert "P-1,Depot" in (tmp_path / "out" / "projects.csv").read_text(encoding="utf-8")


def test_a_version_that_is_not_there_is_answered_with_those_that_are(planner, dearer):
    database, scenario = dearer
    done = planner("drift", "draft", "what-if-none", "--database", database)
    assert (done.status, scenario in done.err) == (2, True)

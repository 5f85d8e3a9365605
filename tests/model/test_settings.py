"""What the environment says, and what counts as not said."""

from pathlib import Path

import pytest

from planner.settings import LOOK_SECONDS, Environment


def test_what_is_named_is_taken_and_what_is_empty_counts_as_not_named():
    named = Environment.read(
        {"PLANNER_DATABASE": " /plans/a.duckdb ", "PLANNER_ACTOR": "Ann", "PLANNER_DEBUG": "1"}
    )
    bare = Environment.read({"PLANNER_DATABASE": " ", "PLANNER_ACTOR": "Ann", "PLANNER_DEBUG": ""})
    assert (named.database, named.actor, named.debug) == (Path("/plans/a.duckdb"), "Ann", True)
    assert (bare.database, bare.debug) == (Path("data/plan.duckdb"), False)


@pytest.mark.parametrize(("said", "seconds"), [("1", 1), (" 30 ", 30), ("3600", 3600)])
def test_a_page_looks_as_often_as_is_said(said, seconds):
    assert Environment.read({"PLANNER_LOOK_SECONDS": said}).look_seconds == seconds


@pytest.mark.parametrize("said", ["", "0", "-5", "2.5", "soon", "3601", "036000000", "٣"])
def test_what_is_no_time_counts_as_not_said(said):
    assert Environment.read({"PLANNER_LOOK_SECONDS": said}).look_seconds == LOOK_SECONDS

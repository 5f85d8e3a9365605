"""Opening a refresh: what the roll-forward writes, what is suggested, and a second sealing of the same quarter."""

import pytest

from planner.actions.comparing import compare
from planner.actions.deciding import withdraw
from planner.actions.editing import undo
from planner.actions.rolling import labels_to_open, open_refresh, start_and_finish
from planner.errors import (
    LabelTaken,
    LabelUnfit,
    NothingToRefresh,
    QuarterPassed,
    ReasonUnfit,
    RefreshIsOpen,
    RevisionAstray,
)
from planner.store.drafts import draft_version
from planner.store.refreshes import find_open_refresh, list_refreshes
from planner.store.snapshots import load_plan
from planner.store.versions import list_versions
from tests.actions.conftest import NOW

ALL = [("finish", "PRJ-006"), ("finish", "PRJ-029"), ("start", "PRJ-033")]


def begin(db, label="FY27-Q4"):
    return open_refresh(db, label, actor="Ann", now=NOW, comment="Winter")


def test_a_refresh_that_nobody_touched_drifts_in_nothing_with_a_meaning(db):
    refresh, rolled = begin(db)
    found = compare(db, "FY27-Q3", "draft")

    assert (refresh.label, refresh.baseline, refresh.state) == ("FY27-Q4", "FY27-Q3", "draft")
    assert rolled.joined == {"capacity": 5, "kpi_targets": 12}
    assert found.events.height == 0
    assert set(found.rows["table"]) == {"capacity", "kpi_targets"}
    assert draft_version(db).quarter == "FY27-Q4"


def test_what_is_ticked_started_or_finished_is_all_that_drifts_and_explains_itself(db):
    begin(db)
    start_and_finish(db, ALL, actor="Ann", now=NOW)
    events = compare(db, "FY27-Q3", "draft").events.select("id", "kind", "reason_code", "reason").rows()

    assert events == [
        ("PRJ-006", "completed", "progress", "work finished as planned"),
        ("PRJ-029", "completed", "progress", "work finished as planned"),
        ("PRJ-033", "started", "progress", "work started as planned"),
    ]
    live = load_plan(db, "draft")["projects"].drop_nulls("priority_rank")["priority_rank"]
    assert sorted(live) == list(range(1, 15))


def test_only_what_is_ticked_and_still_suggested_is_applied(db):
    begin(db)
    start_and_finish(db, [ALL[0], ("finish", "PRJ-013")], actor="Ann", now=NOW)
    assert compare(db, "FY27-Q3", "draft").events["id"].to_list() == ["PRJ-006"]
    with pytest.raises(ReasonUnfit):
        start_and_finish(db, [ALL[0]], actor="Ann", now=NOW)


def test_starting_and_finishing_is_undone_like_any_save(db):
    begin(db)
    start_and_finish(db, ALL, actor="Ann", now=NOW)
    undo(db, actor="Ann", now=NOW)
    assert compare(db, "FY27-Q3", "draft").events.height == 0
    assert load_plan(db, "draft")["reasons"].is_empty()


def test_a_refresh_may_skip_a_quarter_or_seal_the_last_one_again(db):
    sealed = [version for version in list_versions(db) if version.is_sealed]
    calendar = load_plan(db, "draft").calendar
    assert labels_to_open(sealed, calendar) == ["FY27-Q4", "FY28-Q1", "FY27-Q3.r2"]
    assert labels_to_open([], calendar) == []

    _, rolled = begin(db, "FY28-Q1")
    assert rolled.joined == {"capacity": 10, "kpi_targets": 24}
    assert draft_version(db).quarter == "FY28-Q1"


def test_a_revision_is_marked_moves_no_horizon_and_gives_the_quarter_back_when_withdrawn(db):
    refresh, rolled = begin(db, "FY27-Q3.r2")
    assert (refresh.is_revision, rolled.edits, draft_version(db).quarter) == (True, (), "FY27-Q3")

    withdraw(db, actor="Ann", now=NOW, comment="not needed")
    assert draft_version(db).quarter == "FY27-Q4"
    assert list_refreshes(db)[-1].steps[-1].comment == "not needed"


@pytest.mark.parametrize(
    ("label", "refusal"),
    [
        ("FY27-Q3", LabelTaken),
        ("FY27-Q2.r2", QuarterPassed),
        ("FY27-Q3.r3", RevisionAstray),
        ("FY27-Q4.r2", RevisionAstray),
        ("soon", LabelUnfit),
    ],
)
def test_a_label_that_could_not_be_sealed_opens_nothing(db, label, refusal):
    with pytest.raises(refusal):
        begin(db, label)
    assert find_open_refresh(db) is None


def test_one_refresh_is_open_at_a_time(db):
    begin(db)
    with pytest.raises(RefreshIsOpen, match="The refresh to FY27-Q4 is already open; it is in draft"):
        begin(db, "FY28-Q1")
    assert draft_version(db).quarter == "FY27-Q4"


def test_opening_again_after_a_withdrawal_rolls_nothing_twice(db):
    begin(db)
    withdraw(db, actor="Ann", now=NOW, comment="wait for the budget")
    _, rolled = begin(db)
    assert rolled.edits == ()


def test_a_plan_that_was_never_sealed_has_nothing_to_roll_forward(new_db):
    with pytest.raises(NothingToRefresh):
        begin(new_db, "2027-Q1")

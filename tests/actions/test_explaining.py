"""Why a save changes what it changes; an undo takes the reasons back too."""

import datetime as dt

from planner.actions.comparing import compare
from planner.actions.editing import save, undo
from planner.actions.explaining import with_reason
from planner.actions.importing import Reason
from planner.model.edit import Edit
from planner.store.snapshots import load_plan

NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
FLOOD = ("PRJ-033",)
START = Edit("projects", FLOOD, "start_date", dt.date(2027, 1, 1), "2027-04-01")
COST = Edit("projects", FLOOD, "cost", 340_000, "360000")
LATE = Reason("delivery", "the trial needs a second winter")
LINK = {
    "from_type": "project", "from_id": "PRJ-033", "to_type": "enabler", "to_id": "ENB-002",
    "link_type": "delivers", "strength": "1",
}  # fmt: skip


def explained(db, edits, reason):
    saved = save(db, with_reason(load_plan(db, "draft"), edits, reason), actor="asha", now=NOW)
    assert saved.problems == ()
    assert saved.saved.conflicts == ()
    return compare(db, "FY27-Q3", "draft")


def test_a_moved_start_explains_the_length_that_it_changes(db):
    events = explained(db, [START], LATE).events
    assert set(events["kind"]) == {"deferred", "shortened"}
    assert set(events["reason"]) == {LATE.text}


def test_a_reason_explains_its_own_cells_and_no_others(db):
    explained(db, [COST], LATE)
    unexplained = explained(db, [START], None).unexplained
    assert set(unexplained["kind"]) == {"deferred", "shortened"}


def test_links_are_explained_as_the_item_that_they_start_from(db):
    link = Edit("links", tuple(LINK[name] for name in list(LINK)[:5]), "", None, LINK)
    comparison = explained(db, [link], LATE)
    (relinked,) = comparison.events.filter(kind="relinked").to_dicts()
    assert (relinked["id"], relinked["reason"]) == ("PRJ-033", LATE.text)


def test_a_later_reason_takes_the_place_of_an_earlier_one(db):
    explained(db, [COST], LATE)
    again = Edit("projects", FLOOD, "cost", 360_000, "380000")
    comparison = explained(db, [again], Reason("correction", "a typing error"))
    assert comparison.events["reason"].to_list() == ["a typing error"]


def test_an_undo_takes_the_reasons_of_a_save_back_with_it(db):
    explained(db, [COST], LATE)
    undo(db, actor="asha", now=NOW)
    assert load_plan(db, "draft")["reasons"].is_empty()


def test_the_people_of_a_team_are_explained_at_the_team(db):
    (people,) = load_plan(db, "draft")["capacity"].filter(team_id="TEAM-03", quarter="FY28-Q1")["fte"]
    fewer = Edit("capacity", ("TEAM-03", "FY28-Q1"), "fte", people, str(people - 1))
    comparison = explained(db, [fewer], LATE)
    assert comparison.events.filter(table="capacity")["reason"].to_list() == [LATE.text]
    assert load_plan(db, "draft")["reasons"].filter(table="teams")["id"].to_list() == ["TEAM-03"]

"""Who else is here: a page that speaks is there, one that closes or falls silent is not, and edits that meet are counted."""

import datetime as dt

from planner.actions.presence import (
    GONE_AFTER,
    Other,
    Room,
    Visit,
    here_sentence,
    meeting_edits,
    saved_sentence,
)
from planner.model.edit import Edit
from planner.store.saves import SaveNote

NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
FLOOD, FRAUD = ("PRJ-033",), ("PRJ-015",)
COST = Edit("projects", FLOOD, "cost", 340_000, "360000")
NAME = Edit("projects", FLOOD, "name", "Flood", "Floods")
OTHER_COST = Edit("projects", FRAUD, "cost", 1, "2")
GONE = Edit("projects", FLOOD, "", {"project_id": "PRJ-033"}, None)


def visit(session, person, page="projects", seen_on=NOW, item=None):
    return Visit(session, person, person.split()[0], page, item, seen_on)


def here(room, person="asha", now=NOW, closed=()):
    found = room.others(person, now, lambda session: session not in closed)
    return [(other.person, other.page) for other in found]


def test_others_are_here_by_name_and_one_is_not_an_other_to_oneself():
    room = Room()
    for one in (
        visit("1", "asha"),
        visit("2", "ben", "links"),
        visit("3", "anna"),
        visit("4", "asha", "work"),
    ):
        room.enter(one)
    assert here(room) == [("anna", "projects"), ("ben", "links")]
    assert here(room, "ben") == [("anna", "projects"), ("asha", "work")]


def test_two_browsers_of_one_actor_are_two_people():
    room = Room()
    room.enter(visit("1", "asha in browser a"))
    room.enter(visit("2", "asha in browser b"))
    assert here(room, "asha in browser a") == [("asha in browser b", "projects")]


def test_a_person_with_several_windows_is_told_once_with_the_one_that_spoke_last():
    room = Room()
    room.enter(visit("1", "ben", "links", NOW))
    room.enter(visit("2", "ben", "work", NOW - dt.timedelta(seconds=5)))
    assert here(room) == [("ben", "links")]


def test_who_closes_leaves_or_falls_silent_is_gone():
    room = Room()
    room.enter(visit("1", "ben"))
    room.enter(visit("2", "anna"))
    room.enter(visit("3", "carl"))
    room.leave("3")
    room.leave("3")
    assert here(room, closed={"2"}) == [("ben", "projects")]
    assert here(room, now=NOW + GONE_AFTER) == [("ben", "projects")]
    assert here(room, now=NOW + GONE_AFTER + dt.timedelta(seconds=1)) == []
    assert room.page_of("1") is None


def test_edits_meet_on_a_cell_and_a_row_that_leaves_meets_all_its_cells():
    assert meeting_edits([COST, NAME], [COST]) == 1
    assert meeting_edits([COST], [NAME, OTHER_COST]) == 0
    assert meeting_edits([COST, NAME, OTHER_COST], [GONE]) == 2
    assert meeting_edits([GONE, OTHER_COST], [COST, NAME]) == 1
    assert meeting_edits([], [COST]) == 0


def test_who_is_here_is_told_with_where_and_how_many_edits_wait():
    anna = Other("Anna Bauer", "Projects", 3, 1)
    twin = Other("another browser of asha", "Links at Flood claims")
    assert here_sentence([]) == ""
    assert here_sentence([anna, twin]) == (
        "Also here: Anna Bauer, in Projects, with 3 unsaved edits, 1 where you have one too; "
        "another browser of asha, in Links at Flood claims"
    )
    assert here_sentence([anna] * 5).endswith("; and 2 more")


def test_what_was_saved_meanwhile_is_told_by_each_actor():
    notes = [
        SaveNote("ben", NOW, 1),
        SaveNote("asha", NOW, 4),
        SaveNote("ben", NOW + dt.timedelta(minutes=1), 2),
    ]
    said = saved_sentence(notes, "asha", lambda on: f"{on:%H:%M}")
    assert said == "ben saved 3 changes, the last at 09:31; asha, in another window, saved 4 changes at 09:30"
    assert saved_sentence([], "asha", str) == ""

"""Two people add rows of one id, or one removes what the other names: nothing lands on another's row, or on none."""

import pytest

from planner.model.edit import Edit
from planner.store.drafts import load_pending, undo_last_save
from planner.store.snapshots import load_plan
from tests.store.small import NOW, cell, project, save

HERS = {"project_id": "P-9", "name": "Hers", "cost": 5}
HIS = {"project_id": "P-9", "name": "His"}
LINK_KEY = ("project", "P-9", "enabler", "E-1", "delivers")
LINK = dict(zip(("from_type", "from_id", "to_type", "to_id", "link_type"), LINK_KEY, strict=True))
STONE = {"milestone_id": "MS-1", "project_id": "P-9", "name": "His stone"}
REASON_KEY = ("projects", "P-9", "added", "")
REASON = dict(zip(("table", "id", "kind", "field"), REASON_KEY, strict=True)) | {"reason_code": "funding"}


def joins(table, key, row):
    return Edit(table, key, "", None, row)


def leaves(table, key, row):
    return Edit(table, key, "", row, None)


def ids(db, table, column):
    return load_plan(db, "draft")[table][column].to_list()


def refused(saved):
    return [(conflict.edit.table, conflict.hangs_on, conflict.changed_by) for conflict in saved.conflicts]


def test_what_belongs_to_a_new_row_does_not_land_on_anothers_row_of_the_same_id(filled):
    save(filled, joins("projects", ("P-9",), HERS), actor="ann")
    his = [
        joins("projects", ("P-9",), HIS),
        joins("links", LINK_KEY, LINK),
        joins("milestones", ("MS-1",), STONE),
        joins("reasons", REASON_KEY, REASON),
        cell("P-1", "superseded_by", None, "P-9|P-2"),
        cell("P-2", "cost", 20, 21),
    ]
    saved = save(filled, *his, actor="ben")
    on_hers = ("projects", "P-9")
    assert saved.applied == 1
    assert sorted(refused(saved), key=str) == sorted(
        [
            ("projects", None, "ann"),
            ("projects", on_hers, "ann"),
            ("links", on_hers, "ann"),
            ("milestones", on_hers, "ann"),
            ("reasons", on_hers, "ann"),
        ],
        key=str,
    )
    assert project(filled, "P-9")["name"] == "Hers"
    assert ids(filled, "links", "from_id") == ["P-1"]
    assert ids(filled, "milestones", "milestone_id") == []
    assert project(filled, "P-1")["superseded_by"] is None
    assert project(filled, "P-2")["cost"] == 21


def test_a_row_that_joins_as_it_is_there_already_takes_what_belongs_to_it(filled):
    save(filled, joins("projects", ("P-9",), HERS))
    assert save(filled, joins("projects", ("P-9",), HERS), joins("links", LINK_KEY, LINK)).conflicts == ()
    assert ids(filled, "links", "from_id") == ["P-1", "P-9"]


@pytest.mark.parametrize(
    "edit",
    [joins("links", LINK_KEY, LINK), joins("milestones", ("MS-1",), STONE)],
    ids=["link", "milestone"],
)
def test_nothing_is_added_to_a_row_that_somebody_removed(filled, edit):
    save(filled, joins("projects", ("P-9",), HERS))
    save(filled, leaves("projects", ("P-9",), HERS), actor="ann")
    saved = save(filled, edit, cell("P-2", "cost", 20, 21), actor="ben")
    (conflict,) = saved.conflicts
    assert (saved.applied, conflict.is_gone, conflict.hangs_on) == (1, True, ("projects", "P-9"))
    assert conflict.changed_by == "ann"
    assert edit.key not in {*ids(filled, "links", "from_id"), *ids(filled, "milestones", "milestone_id")}


def test_a_cell_that_names_a_removed_row_waits_and_one_that_names_a_row_never_seen_is_left_to_the_checks(
    filled,
):
    save(filled, joins("teams", ("T-1",), {"team_id": "T-1", "name": "Crew"}))
    save(filled, leaves("teams", ("T-1",), {"team_id": "T-1", "name": "Crew"}))
    saved = save(filled, cell("P-1", "lead_team_id", None, "T-1"), cell("P-2", "lead_team_id", None, "T-7"))
    assert [conflict.hangs_on for conflict in saved.conflicts] == [("teams", "T-1")]
    assert (project(filled, "P-1")["lead_team_id"], project(filled, "P-2")["lead_team_id"]) == (None, "T-7")


def test_an_undo_brings_back_a_project_with_its_links(filled):
    save(filled, joins("projects", ("P-9",), HERS), joins("links", LINK_KEY, LINK), actor="ben")
    save(filled, leaves("links", LINK_KEY, LINK), leaves("projects", ("P-9",), HERS), actor="ann")
    assert undo_last_save(filled, actor="ann", now=NOW).conflicts == ()
    assert ids(filled, "links", "from_id") == ["P-1", "P-9"]
    assert load_pending(filled, "ann") == []


def test_an_undo_adds_no_link_to_a_project_that_another_removed_since(filled):
    save(filled, joins("projects", ("P-9",), HERS), joins("links", LINK_KEY, LINK), actor="ben")
    save(filled, leaves("links", LINK_KEY, LINK), actor="ann")
    save(filled, leaves("projects", ("P-9",), HERS), actor="ben")
    undone = undo_last_save(filled, actor="ann", now=NOW)
    assert [conflict.hangs_on for conflict in undone.conflicts] == [("projects", "P-9")]
    assert ids(filled, "links", "from_id") == ["P-1"]

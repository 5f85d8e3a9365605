"""A row that joins takes another id, and all that names it in the same unsaved edits goes along; nothing else does."""

from planner.actions.new_ids import with_new_id
from planner.actions.removing import remove_item, take_back
from planner.actions.unsaved import add_row, put_cells
from planner.model.edit import Edit
from planner.model.plan import Plan
from tests.sample_plans import sample_plan

PLAN = sample_plan("FY27-Q3")
NEW = {"project_id": "PRJ-034", "name": "Pilot", "status": "proposed"}
PHASE = {"project_id": "PRJ-034", "quarter": "FY28-Q1", "team_id": "TEAM-01", "person_days": "5"}
STONE = {"milestone_id": "MS-900", "project_id": "PRJ-034", "name": "Start"}


def link(from_id, to_id):
    names = ("from_type", "from_id", "to_type", "to_id", "link_type", "strength")
    return dict(zip(names, ("project", from_id, "enabler", to_id, "delivers", "2"), strict=True))


def many():
    edits = add_row([], "projects", NEW)
    for table, row in (("links", link("PRJ-034", "ENB-001")), ("phasing", PHASE), ("milestones", STONE)):
        edits = add_row(edits, table, row)
    edits = put_cells(PLAN, edits, "projects", [(("PRJ-033",), "superseded_by", "PRJ-034|PRJ-001")])
    return put_cells(PLAN, edits, "projects", [(("PRJ-015",), "cost", "1")])


def test_links_phases_milestones_and_lists_follow_the_new_id():
    edits = many()
    renamed = with_new_id(edits, edits[0], "PRJ-035")
    assert [(edit.table, edit.key) for edit in renamed] == [
        ("projects", ("PRJ-035",)),
        ("links", ("project", "PRJ-035", "enabler", "ENB-001", "delivers")),
        ("phasing", ("PRJ-035", "FY28-Q1", "TEAM-01")),
        ("milestones", ("MS-900",)),
        ("projects", ("PRJ-033",)),
        ("projects", ("PRJ-015",)),
    ]
    assert [edit.after for edit in renamed] == [
        {**NEW, "project_id": "PRJ-035"},
        link("PRJ-035", "ENB-001"),
        {**PHASE, "project_id": "PRJ-035"},
        {**STONE, "project_id": "PRJ-035"},
        "PRJ-035|PRJ-001",
        "1",
    ]
    assert with_new_id(renamed, renamed[0], "PRJ-034") == edits


def test_an_enabler_of_the_same_id_keeps_it():
    edits = add_row(add_row([], "projects", NEW), "enablers", {"enabler_id": "PRJ-034", "name": "Odd"})
    renamed = with_new_id(edits, edits[0], "PRJ-035")
    assert [edit.key for edit in renamed] == [("PRJ-035",), ("PRJ-034",)]


def test_a_row_that_is_taken_back_leaves_anothers_row_of_the_same_id_alone():
    theirs = Plan.of({name: PLAN[name] for name in ("settings", "enablers", "projects")})
    edits = add_row([], "projects", {**NEW, "project_id": "PRJ-033"})
    edits = add_row(edits, "links", link("PRJ-033", "ENB-001"))
    kept = Edit("projects", ("PRJ-015",), "cost", 1, "2")
    assert take_back(theirs, [*edits, kept], edits[0]) == [kept]
    assert remove_item(theirs, [*edits, kept], "projects", ("PRJ-033",)) == [kept]

"""What an item serves, what serves it and what else names it, as it would be after a save."""

from planner.actions.item_links import (
    Relation,
    Target,
    links_of,
    links_to,
    named_by,
    naming,
    new_link,
    open_targets,
    outcomes_reached,
    target_tiers,
)
from planner.actions.unsaved import add_row, put_cells, remove_row
from tests.sample_plans import sample_plan

PLAN = sample_plan("FY27-Q3")
CLAIMS = ("capability", "CAP-013", "outcome", "OUT-001", "contributes")


def test_each_tier_serves_the_tiers_above_it():
    assert [target_tiers(tier) for tier in ("project", "enabler", "capability", "outcome")] == [
        ("enabler", "capability"),
        ("capability",),
        ("outcome",),
        (),
    ]


def test_links_are_read_from_both_ends():
    up = links_of(PLAN, [], "capability", "CAP-013")
    assert {link.target.id for link in up} == {"OUT-001", "OUT-002"}
    down = links_to(PLAN, [], "outcome", "OUT-001")
    assert ("CAP-013", "3") in {(link.target.id, link.strength) for link in down}


def test_unsaved_links_are_seen_from_both_ends():
    row = new_link("enabler", "ENB-001", Target("capability", "CAP-018", ""), "2")
    assert row["link_type"] == "supports"
    edits = add_row([], "links", row)
    edits = remove_row(PLAN, edits, "links", CLAIMS)
    assert "CAP-018" in {link.target.id for link in links_of(PLAN, edits, "enabler", "ENB-001")}
    (new,) = [link for link in links_to(PLAN, edits, "capability", "CAP-018") if link.is_new]
    assert (new.target.id, new.strength) == ("ENB-001", "2")
    assert "CAP-013" not in {link.target.id for link in links_to(PLAN, edits, "outcome", "OUT-001")}
    changed = put_cells(PLAN, [], "links", [(CLAIMS, "strength", "1")])
    assert {link.target.id: link.strength for link in links_to(PLAN, changed, "outcome", "OUT-001")}[
        "CAP-013"
    ] == "1"


def test_what_can_be_served_besides_includes_items_that_only_joined_and_none_twice():
    edits = add_row([], "outcomes", {"outcome_id": "OUT-007", "name": "New"})
    links = links_of(PLAN, edits, "capability", "CAP-013")
    free = {target.id: target.name for target in open_targets(PLAN, edits, "capability", links)}
    assert free.keys() == {"OUT-003", "OUT-004", "OUT-005", "OUT-006", "OUT-007"}
    assert free["OUT-007"] == "New"


def test_references_are_followed_both_ways():
    assert Relation("capabilities", "Part of", ("CAP-003",)) in named_by(PLAN, "capabilities", ("CAP-013",))
    assert Relation("capabilities", "Part of", ("CAP-012", "CAP-013", "CAP-014")) in naming(
        PLAN, "capabilities", "CAP-003"
    )
    of_team = {(relation.table, relation.field) for relation in naming(PLAN, "teams", "TEAM-01")}
    assert of_team == {
        ("enablers", "Team"),
        ("projects", "Lead team"),
        ("phasing", "Team"),
        ("capacity", "Team"),
    }
    assert naming(PLAN, "outcomes", "OUT-999") == named_by(PLAN, "outcomes", ("OUT-999",)) == []


def test_an_enabler_reaches_the_outcomes_of_its_capabilities():
    assert outcomes_reached(PLAN, "enabler", "ENB-001")[0] == "Settle claims faster and fairly"
    assert outcomes_reached(PLAN, "capability", "CAP-013") == [
        "Settle claims faster and fairly",
        "Keep customers longer",
    ]
    assert outcomes_reached(PLAN, "capability", "CAP-001") == []

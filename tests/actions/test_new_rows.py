"""What a new row is asked for, and the next free id of its own manner."""

import pytest

from planner.actions.new_rows import asked_of, has_own_id, next_id
from planner.model.tables import TABLES


@pytest.mark.parametrize(
    ("table", "ids", "expected"),
    [
        ("outcomes", [], "OUT-001"),
        ("teams", [], "TEAM-01"),
        ("capabilities", ["CAP-013", "CAP-002"], "CAP-014"),
        ("teams", ["TEAM-09"], "TEAM-10"),
        ("projects", ["P9", "Q-99"], "Q-100"),
        ("enablers", ["no number"], "ENB-001"),
    ],
)
def test_the_next_id_follows_the_highest(table, ids, expected):
    assert next_id(table, ids) == expected


def test_a_row_is_asked_for_its_key_and_what_it_cannot_be_without():
    assert [column.name for column in asked_of("kpis", ("unit",))] == ["kpi_id", "outcome_id", "name", "unit"]
    assert [column.name for column in asked_of("dependencies")] == ["predecessor_id", "successor_id", "kind"]


def test_only_items_have_an_id_of_their_own():
    own = {name for name in TABLES if has_own_id(name)}
    assert own >= {"outcomes", "kpis", "capabilities", "enablers", "projects", "milestones", "teams"}
    assert not own & {"phasing", "capacity", "kpi_targets", "dependencies", "links"}

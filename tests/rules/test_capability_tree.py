"""The capabilities as a tree: each once, parts after their whole, by code, whatever the parents say."""

import polars as pl

from planner.model.plan import Plan
from planner.rules.capability_tree import Branch, capability_tree


def tree(*rows):
    frame = pl.DataFrame(
        [
            {"capability_id": item, "name": item, "parent_id": parent, "code": code}
            for item, parent, code in rows
        ],
        schema={"capability_id": pl.String, "name": pl.String, "parent_id": pl.String, "code": pl.String},
    )
    return capability_tree(Plan.of({"capabilities": frame}))


def test_parts_follow_their_whole_in_the_order_of_their_codes():
    found = tree(("A", None, "2"), ("B", "A", "2.10"), ("C", "A", "2.9"), ("D", None, "1"), ("E", "C", None))
    assert [(branch.id, branch.depth) for branch in found] == [
        ("D", 0),
        ("A", 0),
        ("C", 1),
        ("E", 2),
        ("B", 1),
    ]
    assert found[1] == Branch("A", 0, has_parts=True)


def test_a_parent_that_is_not_there_and_a_circle_lose_nobody():
    found = tree(("A", "B", "1"), ("B", "A", "2"), ("C", "nobody", "3"), ("D", "D", "4"))
    assert sorted(branch.id for branch in found) == ["A", "B", "C", "D"]
    assert {branch.depth for branch in found} == {0}


def test_codes_of_all_sorts_can_be_ordered():
    found = tree(("A", None, "x"), ("B", None, "1.a"), ("C", None, ""), ("D", None, "1"), ("E", None, "²"))
    assert len(found) == 5

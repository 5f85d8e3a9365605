"""Re-aligned projects: the domain's worked shares, what tells it itself, and what is told by another event."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.rules.change_names import Names
from planner.rules.change_words import line_of
from planner.rules.changes import list_changes
from planner.rules.drift import drift
from planner.rules.drift_alignment import Ways, most_moved, moved_items
from planner.rules.drift_reasons import with_reasons
from planner.rules.sight import item_shares
from tests.rules.small_plans import capability, enabler, link, outcome, plan, project

UP = [link("P1", "E1"), link("E1", "C1"), link("C1", "O1", 3), link("C2", "O2", 3)]


def linked(*links, weights="1|3|9", status="planned", capabilities=("C1", "C2"), projects=("P1",)):
    return plan(
        settings=[{"key": "strength_weights", "value": weights}],
        projects=[project(key, status=status) for key in projects],
        enablers=[enabler("E1")],
        capabilities=[capability(key) for key in capabilities],
        outcomes=[outcome("O1", weight=60), outcome("O2", weight=40)],
        links=list(links),
    )


def kinds(before, after):
    found = drift(before, after).events.filter(pl.col("kind").is_in(["realigned", "relinked"]))
    return [(row["id"], row["kind"], row["amount"]) for row in found.iter_rows(named=True)]


def test_the_worked_example_of_the_domain_is_re_linked_and_not_told_twice():
    """DOMAIN 3.2: (0.756, 0.244) to (0.925, 0.075) is 0.169, and the project's own link tells it."""
    before = linked(*UP, link("C2", "O1"), link("E1", "C2"), link("P1", "C2"))
    after = linked(*UP, link("C2", "O1"), link("E1", "C2"))
    assert kinds(before, after) == [("P1", "relinked", 1.0)]


def test_other_weights_of_links_re_align_what_splits_its_way():
    links = (*UP[:1], link("E1", "C1", 1), link("E1", "C2", 3), *UP[2:])
    # before 1 to 9, after 1 to 3: a quarter instead of a tenth serves the first outcome
    assert kinds(linked(*links), linked(*links, weights="1|2|3")) == [("P1", "realigned", 0.15)]


def test_a_way_that_moves_the_main_outcome_re_aligns_what_stands_below_the_re_linked_item():
    before = linked(*UP, link("E1", "C2", 1))
    other = linked(*UP, link("E1", "C2", 3))
    assert kinds(before, other) == [("E1", "relinked", 1.0), ("P1", "realigned", 0.4)]


def test_a_way_that_leaves_the_main_outcome_is_told_by_the_re_linked_item_alone():
    other = linked(UP[0], link("E1", "C1", 3), *UP[2:], link("E1", "C2", 1))
    assert kinds(linked(*UP), other) == [("E1", "relinked", 2.0)]


@pytest.mark.parametrize("back", [False, True])
def test_a_line_of_sight_lost_or_won_further_up_re_aligns(back):
    seen, blind = linked(*UP), linked(UP[0], UP[1], UP[3])
    sides = (blind, seen) if back else (seen, blind)
    assert kinds(*sides) == [("C1", "relinked", 1.0), ("P1", "realigned", 0.5)]


def test_an_item_that_leaves_without_its_links_re_aligns_and_no_link_differs():
    before = linked(*UP, link("E1", "C2", 1))
    after = linked(*UP, link("E1", "C2", 1), capabilities=("C2",))
    assert kinds(before, after) == [("P1", "realigned", 0.5)]


def test_small_moves_and_stopped_or_new_projects_are_not_re_aligned():
    blind = linked(UP[0], UP[1], UP[3])
    assert kinds(linked(*UP), linked(UP[0], UP[1], UP[3], status="cancelled")) == [("C1", "relinked", 1.0)]
    assert kinds(linked(*UP, projects=()), blind) == [("C1", "relinked", 1.0)]
    links = (UP[0], link("E1", "C1", 3), link("E1", "C2", 3), *UP[2:])
    assert kinds(linked(*links), linked(*links, weights="1|3|8")) == []


ITEMS = pl.Series(["E1", "E2", "C1", "C2"])


def test_only_items_that_reach_other_outcomes_are_looked_below():
    before, after = linked(*UP), linked(UP[0], UP[1], link("C1", "O1", 1), UP[3])
    assert moved_items((before, after), ITEMS, 0.05).is_empty()
    gone = linked(*UP, capabilities=("C2",))
    assert moved_items((before, gone), ITEMS, 0.05).sort("type", "id").rows() == [
        ("capability", "C1"),
        ("enabler", "E1"),
    ]


def test_a_re_alignment_says_which_outcome_a_project_served_most_and_serves_most():
    before, after = linked(*UP), linked(*UP, link("E1", "C2", 3))
    names = Names.of_plans(before, after)
    rows = with_reasons(drift(before, after).rows, after["reasons"].with_columns(place=pl.lit(0)))
    found = [one for one in list_changes(before, after, rows, names) if "realigned" in one.kinds]
    (line,) = [line_of(one, names, after.settings) for one in found]
    assert (line.before, line.after, line.amount) == (
        "mostly for Outcome O1", "mostly for Outcome O2", "90% of it",
    )  # fmt: skip


STRENGTHS = st.fixed_dictionaries(
    {
        ends: st.sampled_from([None, 1, 2, 3])
        for ends in (("E1", "C1"), ("E1", "C2"), ("E2", "C2"), ("C1", "O1"), ("C1", "O2"), ("C2", "O2"))
    }
)


def of_strengths(strengths):
    up = [link(*ends, strength) for ends, strength in strengths.items() if strength]
    return plan(
        enablers=[enabler("E1"), enabler("E2")],
        capabilities=[capability("C1"), capability("C2")],
        outcomes=[outcome("O1", weight=60), outcome("O2", weight=40)],
        links=up,
    )


@given(before=STRENGTHS, after=STRENGTHS)
@settings(max_examples=60, deadline=None)
def test_no_item_moves_further_than_its_links_say_at_a_glance(before, after):
    shared = Ways.of_plans(of_strengths(before), of_strengths(after)).shared
    key = ["type", "id", "outcome_id"]
    both = item_shares(shared[0]).join(
        item_shares(shared[1]), on=key, how="full", coalesce=True, suffix="_after"
    )
    apart = (pl.col("share").fill_null(0.0) - pl.col("share_after").fill_null(0.0)).abs().sum() / 2
    moved = both.group_by("type", "id").agg(apart)["share"].max() or 0.0
    assert moved <= most_moved(shared, ITEMS) + 1e-9

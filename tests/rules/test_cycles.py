from hypothesis import given, settings
from hypothesis import strategies as st

from planner.rules.cycles import find_knots

edges = st.sets(st.tuples(st.sampled_from("ABCDEFG"), st.sampled_from("ABCDEFG")), max_size=14)


def reaches(given_edges, start, end):
    """By brute force: whether a way leads from one item to another."""
    seen, open_ = set(), {start}
    while open_:
        ahead = {b for a, b in given_edges if a in open_} - seen
        if end in ahead:
            return True
        seen |= ahead
        open_ = ahead
    return False


def cycles_of(given_edges):
    return [knot.cycle for knot in find_knots(given_edges)]


def test_a_graph_without_a_way_back_has_no_cycle():
    assert find_knots([("A", "B"), ("B", "C"), ("A", "C")]) == []


def test_a_cycle_starts_at_its_first_id_and_follows_the_edges():
    assert cycles_of([("C", "A"), ("B", "C"), ("A", "B"), ("B", "D")]) == [("A", "B", "C")]


def test_two_cycles_apart_are_two_and_a_loop_is_one_of_one():
    assert cycles_of([("A", "B"), ("B", "A"), ("X", "X")]) == [("A", "B"), ("X",)]


def test_cycles_that_share_an_item_are_one_knot_with_all_their_items():
    (knot,) = find_knots([("A", "B"), ("B", "A"), ("B", "C"), ("C", "B")])
    assert (knot.items, knot.cycle, knot.is_single) == (("A", "B", "C"), ("A", "B"), False)


def test_a_chain_of_fifty_thousand_needs_no_recursion():
    chain = [(f"N{at:06d}", f"N{at + 1:06d}") for at in range(50_000)]
    assert find_knots(chain) == []
    assert len(cycles_of([*chain, ("N050000", "N000000")])[0]) == 50_001


@settings(max_examples=100, deadline=None)
@given(edges)
def test_what_is_found_is_a_cycle_and_every_item_in_one_is_in_a_knot_with_one_found(given_edges):
    knots = find_knots(given_edges)
    cycles = [knot.cycle for knot in knots]
    for cycle in cycles:
        assert all(pair in given_edges for pair in zip(cycle, [*cycle[1:], cycle[0]], strict=True))
    on_cycle = {item for item in "ABCDEFG" if reaches(given_edges, item, item)}
    firsts = [cycle[0] for cycle in cycles]
    for item in on_cycle:
        assert (
            sum(reaches(given_edges, item, first) and reaches(given_edges, first, item) for first in firsts)
            == 1
        )
    assert set(firsts) <= on_cycle


@settings(max_examples=100, deadline=None)
@given(edges)
def test_a_knot_holds_every_item_that_reaches_its_first_and_back_and_is_single_where_one_way_leads_on(
    given_edges,
):
    for knot in find_knots(given_edges):
        first = knot.items[0]
        assert set(knot.items) == {
            item
            for item in "ABCDEFG"
            if reaches(given_edges, item, first) and reaches(given_edges, first, item)
        }
        ways_on = [sum((item, end) in given_edges for end in knot.items) for item in knot.items]
        assert knot.is_single == (set(ways_on) == {1})

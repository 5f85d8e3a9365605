import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.rules.sight import (
    capability_shares,
    coverage,
    down_shares,
    enablers_of_projects,
    main_outcomes,
    orphan_projects,
    outcomes_of_projects,
    uncovered_outcomes,
    up_shares,
    value_points,
    ways,
)
from tests.rules.small_plans import capability, enabler, link, outcome, plan, project, worked_example
from tests.sample_plans import LABELS, SHARED, sample_plan

MEASURES = SHARED / "sample" / "expected_measures.json"
needs_oracle = pytest.mark.skipif(
    not MEASURES.exists(), reason="the oracles of the shared folder are not here"
)


def expected(label):
    return json.loads(MEASURES.read_text())["per_snapshot"][label]


def as_dict(frame):
    return {row[:-1] if len(row) > 2 else row[0]: pytest.approx(row[-1]) for row in frame.iter_rows()}


def test_up_shares_of_the_worked_example():
    assert as_dict(up_shares(worked_example())) == {
        ("P1", "O1"): 0.925,
        ("P1", "O2"): 0.075,
        ("P2", "O1"): 0.75625,
        ("P2", "O2"): 0.24375,
    }


def test_down_shares_of_the_worked_example():
    assert as_dict(down_shares(worked_example())) == {
        ("O1", "P1"): 0.7125,
        ("O1", "P2"): 0.2875,
        ("O2", "P1"): 0.375,
        ("O2", "P2"): 0.625,
    }


def test_value_points_of_the_worked_example_add_up_to_100():
    assert as_dict(value_points(worked_example())) == {"P1": 57.75, "P2": 42.25}


def test_the_main_outcome_is_the_largest_share_and_of_equal_ones_the_first_id():
    tie = plan(
        projects=[project()],
        capabilities=[capability()],
        outcomes=[outcome("O2"), outcome("O1"), outcome("O3")],
        links=[link("P1", "C1"), link("C1", "O2", 3), link("C1", "O1", 3), link("C1", "O3", 2)],
    )
    assert main_outcomes(tie).select("project_id", "outcome_id").rows() == [("P1", "O1")]


def test_the_names_reached_stand_by_share():
    assert outcomes_of_projects(worked_example()).rows() == [
        ("P1", ["Outcome O1", "Outcome O2"]),
        ("P2", ["Outcome O1", "Outcome O2"]),
    ]
    assert enablers_of_projects(worked_example()).rows() == [("P1", ["Enabler E1"]), ("P2", ["Enabler E1"])]


def test_cancelled_projects_are_no_part_of_the_graph_unless_asked_for():
    cancelled = worked_example(status="cancelled")
    assert set(up_shares(cancelled)["project_id"]) == {"P2"}
    assert as_dict(down_shares(cancelled)) == {("O1", "P2"): 1.0, ("O2", "P2"): 1.0}
    assert as_dict(up_shares(cancelled, with_cancelled=True)) == as_dict(up_shares(worked_example()))


def test_finished_projects_stay_in_for_their_value_is_in_place():
    done = worked_example(status="done")
    assert as_dict(value_points(done)) == {"P1": 57.75, "P2": 42.25}


def test_a_link_between_wrong_tiers_or_to_nothing_carries_nothing():
    stray = plan(
        projects=[project()],
        enablers=[enabler()],
        capabilities=[capability()],
        outcomes=[outcome()],
        links=[
            link("P1", "E1"),
            link("E1", "O1", link_type="contributes"),
            link("P1", "C1", link_type="supports"),
            link("P1", "C9"),
            link("C1", "O1"),
        ],
    )
    assert ways(stray).select("from_id", "to_id").rows() == [("C1", "O1"), ("P1", "E1")]
    assert orphan_projects(stray) == ["P1"]
    assert uncovered_outcomes(stray) == ["O1"]


def test_a_dead_end_is_a_leak_and_is_not_shared_out_again():
    leaking = plan(
        projects=[project()],
        capabilities=[capability("C1"), capability("C2")],
        outcomes=[outcome()],
        links=[link("P1", "C1"), link("P1", "C2"), link("C1", "O1")],
    )
    assert as_dict(up_shares(leaking)) == {("P1", "O1"): 0.5}
    assert as_dict(capability_shares(leaking)) == {("P1", "C1"): 0.5, ("P1", "C2"): 0.5}


def test_an_outcome_that_only_finished_work_reaches_is_uncovered_unless_it_is_achieved():
    tables = {
        "projects": [project(status="done")],
        "capabilities": [capability()],
        "links": [link("P1", "C1"), link("C1", "O1")],
    }
    assert uncovered_outcomes(plan(**tables, outcomes=[outcome()])) == ["O1"]
    assert uncovered_outcomes(plan(**tables, outcomes=[outcome(status="achieved")])) == []


def test_a_link_without_strength_counts_one_and_the_weights_are_a_setting():
    tables = {
        "projects": [project()],
        "capabilities": [capability("C1"), capability("C2")],
        "outcomes": [outcome()],
        "links": [link("P1", "C1", 3), link("P1", "C2", None), link("C1", "O1")],
    }
    assert as_dict(up_shares(plan(**tables))) == {("P1", "O1"): 0.9}
    flat = [{"key": "strength_weights", "value": "1|2|3"}]
    assert as_dict(up_shares(plan(**tables, settings=flat))) == {("P1", "O1"): 0.75}


def test_weights_of_nothing_give_no_share_and_no_error():
    nothing = [{"key": "strength_weights", "value": "0|0|0"}]
    zero = plan(projects=[project()], capabilities=[capability()], outcomes=[outcome()],
                links=[link("P1", "C1"), link("C1", "O1")], settings=nothing)  # fmt: skip
    assert as_dict(up_shares(zero)) == {("P1", "O1"): 0.0}


@needs_oracle
@pytest.mark.parametrize("label", LABELS[:4])
def test_the_lines_of_sight_of_the_sample_are_those_of_the_reference(label):
    sample, sight = sample_plan(label), expected(label)["line_of_sight"]
    assert orphan_projects(sample) == sight["orphan_projects"]
    assert dict(coverage(sample).rows()) == pytest.approx(sight["covered"], abs=1e-4)
    assert dict(value_points(sample).rows()) == pytest.approx(expected(label)["project_value"], abs=1e-4)


@pytest.mark.parametrize("label", LABELS)
def test_all_value_points_of_the_sample_add_up_to_100(label):
    assert value_points(sample_plan(label))["points"].sum() == pytest.approx(100)


nodes = [*(f"P{n}" for n in range(3)), *(f"E{n}" for n in range(3)), *(f"C{n}" for n in range(3)), "O0", "O1"]
pairs = [(a, b) for a in nodes for b in nodes if a[0] + b[0] in {"PE", "PC", "EC", "CO"}]
some_links = st.dictionaries(st.sampled_from(pairs), st.integers(1, 3), max_size=20)


def any_plan(weights):
    return plan(
        projects=[project(name) for name in nodes if name[0] == "P"],
        enablers=[enabler(name) for name in nodes if name[0] == "E"],
        capabilities=[capability(name) for name in nodes if name[0] == "C"],
        outcomes=[outcome(name, weight=50) for name in nodes if name[0] == "O"],
        links=[link(a, b, weight) for (a, b), weight in weights.items()],
    )


@settings(max_examples=15, deadline=None)
@given(some_links)
def test_shares_never_exceed_the_whole_and_only_what_leaks_is_missing(weights):
    drawn = any_plan(weights)
    up = up_shares(drawn).group_by("project_id").agg(pl.col("share").sum())["share"]
    down = coverage(drawn)["covered"]
    assert all(0 < share <= 1 + 1e-9 for share in up)
    assert all(0 <= share <= 1 + 1e-9 for share in down)
    assert value_points(drawn)["points"].sum() == pytest.approx(50 * down.sum())
    assert set(up_shares(drawn)["project_id"]) | set(orphan_projects(drawn)) == {"P0", "P1", "P2"}

"""Change many at once: moves, fields, links, cancelling, splitting and merging, each with the rule of DOMAIN it keeps."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.plan import Plan
from planner.model.quarter import Calendar
from planner.rules.checks import find_findings
from planner.rules.drift import drift
from planner.rules.edited import with_edits
from planner.rules.rework import parts_of
from planner.rules.rework_fields import cancelled, set_field
from planner.rules.rework_links import relinked
from planner.rules.rework_moves import followers, moved, shifted_day
from planner.rules.rework_parts import Part, merged, split
from tests.plans import frame_of, plans
from tests.sample_plans import LABELS, sample_plan

APRIL = Calendar(4)
NOW = APRIL.parse("FY27-Q3")


def plan_of(**tables):
    setting = [{"key": "currency", "value": "GBP"}, {"key": "fiscal_year_start_month", "value": "4"}]
    return Plan.of({name: frame_of(name, rows) for name, rows in {"settings": setting, **tables}.items()})


def project(number, **cells):
    """A planned project of four quarters, FY28-Q1 to FY28-Q4."""
    usual = {
        "project_id": f"P{number}",
        "name": f"Project {number}",
        "status": "planned",
        "start_date": dt.date(2027, 4, 1),
        "end_date": dt.date(2028, 3, 31),
        "cost": 1000,
        "priority_rank": number,
    }
    return usual | cells


def begun(number, **cells):
    """A project in progress, FY27-Q1 to FY28-Q2."""
    dates = {"start_date": dt.date(2026, 4, 1), "end_date": dt.date(2027, 9, 30)}
    return project(number, status="in_progress", **dates) | cells


def work(project_id, quarter, days, cost=None, team="T1"):
    return {
        "project_id": project_id,
        "quarter": quarter,
        "team_id": team,
        "person_days": days,
        "cost": cost,
    }


def row(plan, project_id):
    return plan["projects"].row(by_predicate=pl.col("project_id") == project_id, named=True)


def phasing(plan, project_id):
    rows = plan["phasing"].filter(pl.col("project_id") == project_id)
    return dict(rows.select("quarter", "person_days").iter_rows())


def quarters_of(plan, project_id):
    found = row(plan, project_id)
    return tuple(plan.calendar.label(plan.calendar.of(found[name])) for name in ("start_date", "end_date"))


def why_not(rework):
    return [line.sentence for line in rework.told if line.is_refused]


def kinds(before, after):
    return [
        (row["id"], row["kind"], row["amount"]) for row in drift(before, after).events.iter_rows(named=True)
    ]


# --- moves ------------------------------------------------------------------------------------------


def test_a_planned_project_moves_with_its_phasing_milestones_and_benefit():
    plan = plan_of(
        projects=[project(1, benefit_annual=50, benefit_start_quarter="FY29-Q1")],
        phasing=[work("P1", "FY28-Q1", 10), work("P1", "FY28-Q4", 5)],
        milestones=[
            {"milestone_id": "M1", "project_id": "P1", "name": "Go live", "due_date": dt.date(2028, 3, 31)}
        ],
    )

    rework = moved(plan, ["P1"], 2, NOW)
    after = with_edits(plan, rework.edits)

    assert quarters_of(after, "P1") == ("FY28-Q3", "FY29-Q2")
    assert row(after, "P1")["benefit_start_quarter"] == "FY29-Q3"
    assert phasing(after, "P1") == {"FY28-Q3": 10, "FY29-Q2": 5}
    assert after["milestones"]["due_date"].to_list() == [dt.date(2028, 9, 30)]
    assert kinds(plan, after) == [("P1", "deferred", 2.0)]
    assert [line.sentence for line in rework.told] == [
        "Starts in Q3 FY28 and finishes in Q2 FY29, two quarters later."
    ]


def test_what_has_begun_keeps_its_start_and_spreads_the_work_that_is_left():
    plan = plan_of(
        projects=[begun(1)],
        phasing=[work("P1", "FY27-Q2", 40), work("P1", "FY27-Q3", 7), work("P1", "FY28-Q2", 7)],
    )

    after = with_edits(plan, moved(plan, ["P1"], 1, NOW).edits)

    assert quarters_of(after, "P1") == ("FY27-Q1", "FY28-Q3")
    assert phasing(after, "P1") == {
        "FY27-Q2": 40, "FY27-Q3": 2, "FY27-Q4": 3, "FY28-Q1": 3, "FY28-Q2": 3, "FY28-Q3": 3
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "quarters", "said"),
    [
        (
            [project(1, status="done")],
            1,
            "It is finished, and what is closed stays closed. A restart is a new project.",
        ),
        ([project(1)], -3, "It would start in Q2 FY27, before Q3 FY27, the quarter of the draft."),
        ([begun(1)], -4, "It would end in Q2 FY27, before Q3 FY27, the quarter of the draft."),
        ([begun(1, end_date=None)], 1, "It has begun and has no finish to move."),
        ([project(1, start_date=None, end_date=None)], 1, "It has neither a start nor a finish to move."),
        ([project(2)], 1, "It is not in the plan any more."),
    ],
)
def test_a_move_that_cannot_be_is_refused_in_a_sentence_and_changes_nothing(rows, quarters, said):
    rework = moved(plan_of(projects=rows), ["P1"], quarters, NOW)

    assert why_not(rework) == [said]
    assert rework.edits == ()


def test_what_waits_for_a_moved_project_moves_with_it_directly_or_through_others():
    wait = {"kind": "finish_to_start", "lag_quarters": 0}
    plan = plan_of(
        projects=[project(1), project(2), project(3), project(4, status="done"), project(5)],
        dependencies=[
            {"predecessor_id": "P1", "successor_id": "P2", **wait},
            {"predecessor_id": "P2", "successor_id": "P3", **wait},
            {"predecessor_id": "P1", "successor_id": "P4", **wait},
            {"predecessor_id": "P1", "successor_id": "P5", "kind": "external", "external_party": "X"},
        ],
    )

    rework = moved(plan, ["P1"], 1, NOW, with_followers=True)

    assert followers(plan, ["P1"]) == {"P2": "P1", "P3": "P2"}
    assert [line.id for line in rework.told] == ["P1", "P2", "P3"]
    assert rework.told[1].sentence.endswith("It waits for 'P1'.")
    assert [line.id for line in moved(plan, ["P1"], 1, NOW).told] == ["P1"]


@given(st.dates(dt.date(2005, 1, 1), dt.date(2090, 1, 1)), st.integers(-20, 20), st.integers(1, 12))
def test_a_day_moves_by_whole_quarters_of_any_fiscal_year(day, quarters, month):
    then = shifted_day(day, quarters)
    calendar = Calendar(month)

    assert calendar.of(then) - calendar.of(day) == quarters
    assert shifted_day(dt.date(2026, 6, 30), 2) == dt.date(2026, 12, 31)


@given(st.integers(-10_000, 10_000), st.lists(st.integers(1, 99), min_size=1, max_size=8))
def test_parts_lose_nothing(total, shares):
    assert sum(parts_of(total, shares)) == total


@settings(max_examples=30, deadline=None)
@given(plans(), st.integers(-6, 6))
def test_moving_many_never_touches_the_past_nor_the_work_in_all(plan, quarters):
    ids = plan["projects"]["project_id"].to_list()
    past = pl.col("quarter").map_elements(
        lambda label: plan.calendar.parse(label) < NOW, return_dtype=pl.Boolean
    )

    after = with_edits(plan, moved(plan, ids, quarters, NOW).edits)

    assert after["phasing"].filter(past).equals(plan["phasing"].filter(past))
    for name in ("person_days", "cost", "capex"):
        assert after["phasing"][name].sum() == plan["phasing"][name].sum()


def test_moving_there_and_back_is_no_change_on_the_sample():
    plan = sample_plan(LABELS[-1])
    planned = plan["projects"].filter(pl.col("status") == "planned")["project_id"].to_list()

    there = with_edits(plan, moved(plan, planned, 2, NOW).edits)
    back = with_edits(there, moved(there, planned, -2, NOW).edits)

    assert planned
    assert drift(plan, there).rows.height > len(planned)
    assert back == plan


# --- fields and cancelling --------------------------------------------------------------------------


def test_a_field_of_many_projects_gets_one_value():
    plan = plan_of(projects=[project(1, rag="green"), project(2, rag="amber"), project(3)])

    rework = set_field(plan, ["P1", "P2", "P3"], "rag", "amber", NOW)

    assert with_edits(plan, rework.edits)["projects"]["rag"].to_list() == ["amber"] * 3
    assert [line.sentence for line in rework.told] == [
        "Rating becomes 'amber' (was 'green').",
        "Rating is 'amber' already.",
        "Rating becomes 'amber' (was not known).",
    ]
    assert rework.changed == 2


def test_closed_stays_closed_but_may_be_described():
    plan = plan_of(projects=[project(1, status="done"), project(2, status="cancelled")])

    reopened = set_field(plan, ["P1", "P2"], "status", "planned", NOW)
    described = set_field(plan, ["P1"], "tags", "old", NOW)

    assert len(why_not(reopened)) == 2
    assert reopened.edits == ()
    assert described.changed == 1


@pytest.mark.parametrize("field", ["name", "priority_rank", "superseded_by", "split_from"])
def test_a_field_with_a_verb_of_its_own_is_refused(field):
    assert why_not(set_field(plan_of(projects=[project(1)]), ["P1"], field, None, NOW))


def test_a_cancelled_project_keeps_its_past_and_its_cost_and_the_ranks_close_up():
    plan = plan_of(
        projects=[project(1), begun(2), project(3)],
        phasing=[work("P2", "FY27-Q1", 5), work("P2", "FY27-Q4", 6)],
    )

    after = with_edits(plan, cancelled(plan, ["P2"], NOW).edits)

    assert row(after, "P2")["status"] == "cancelled"
    assert row(after, "P2")["cost"] == 1000
    assert phasing(after, "P2") == {"FY27-Q1": 5}
    assert after["projects"]["priority_rank"].to_list() == [1, None, 2]
    assert kinds(plan, after) == [("P2", "removed", 1000.0)]


def test_setting_the_status_to_cancelled_is_cancelling():
    plan = plan_of(projects=[project(1), project(2)])

    assert set_field(plan, ["P1"], "status", "cancelled", NOW) == cancelled(plan, ["P1"], NOW)


# --- links ------------------------------------------------------------------------------------------


def link(start, end, strength=2, tier="enabler"):
    kind = {"enabler": "delivers", "capability": "improves"}[tier]
    return {
        "from_type": "project",
        "from_id": start,
        "to_type": tier,
        "to_id": end,
        "link_type": kind,
        "strength": strength,
    }


ENABLERS = [{"enabler_id": "E1", "name": "Old core"}, {"enabler_id": "E2", "name": "New core"}]


def links(plan):
    return list(plan["links"].select("from_id", "to_id", "strength").iter_rows())


def test_projects_are_linked_to_another_end_in_the_place_of_one():
    plan = plan_of(
        projects=[project(1), project(2), project(3)],
        enablers=ENABLERS,
        links=[link("P1", "E1", 3), link("P2", "E1", 1), link("P2", "E2", 2)],
    )

    rework = relinked(plan, ["P1", "P2", "P3"], ("enabler", "E1"), ("enabler", "E2"))

    assert links(with_edits(plan, rework.edits)) == [("P1", "E2", 3), ("P2", "E2", 2)]
    assert rework.told[0].sentence == "Is linked to 'New core' in the place of 'Old core'."
    assert why_not(rework) == ["It is not linked to 'Old core'."]


def test_projects_are_linked_and_taken_off():
    plan = plan_of(projects=[project(1)], enablers=ENABLERS, links=[link("P1", "E1", 3)])

    more = with_edits(plan, relinked(plan, ["P1"], None, ("enabler", "E2"), 1).edits)
    less = with_edits(more, relinked(more, ["P1"], ("enabler", "E1"), None).edits)

    assert links(more) == [("P1", "E1", 3), ("P1", "E2", 1)]
    assert links(less) == [("P1", "E2", 1)]
    assert why_not(relinked(more, ["P1"], None, ("enabler", "E2"))) == ["It is linked to 'New core' already."]


# --- split and merge --------------------------------------------------------------------------------

PARTS = (Part("P8", "First half", 60), Part("P9", "Second half", 40))


def test_a_project_is_split_in_two_that_name_it_and_nothing_is_lost():
    plan = plan_of(
        projects=[project(1, cost=1001, benefit_annual=10), project(2)],
        enablers=ENABLERS,
        links=[link("P1", "E1", 3)],
        phasing=[work("P1", "FY28-Q1", 11, 501), work("P1", "FY28-Q2", 10, 500)],
        dependencies=[{"predecessor_id": "P1", "successor_id": "P2", "kind": "finish_to_start"}],
    )

    after = with_edits(plan, split(plan, "P1", PARTS, NOW).edits)

    old, first, second = row(after, "P1"), row(after, "P8"), row(after, "P9")
    assert (old["status"], old["superseded_by"]) == ("cancelled", "P8|P9")
    assert (first["split_from"], second["split_from"]) == ("P1", "P1")
    assert (first["cost"], second["cost"]) == (600, 401)
    assert phasing(after, "P8") == {"FY28-Q1": 6, "FY28-Q2": 6}
    assert phasing(after, "P9") == {"FY28-Q1": 5, "FY28-Q2": 4}
    assert after["phasing"]["cost"].sum() == 1001
    assert links(after) == [("P1", "E1", 3), ("P8", "E1", 3), ("P9", "E1", 3)]
    assert set(after["dependencies"]["predecessor_id"]) == {"P1", "P8", "P9"}
    assert [row(after, name)["priority_rank"] for name in ("P1", "P8", "P9", "P2")] == [None, 1, 2, 3]


def test_the_parts_of_what_has_begun_share_what_is_left_and_start_now():
    plan = plan_of(
        projects=[begun(1, cost=1000)],
        phasing=[work("P1", "FY27-Q2", 5, 400), work("P1", "FY27-Q4", 5, 600)],
    )

    after = with_edits(plan, split(plan, "P1", PARTS, NOW).edits)

    assert [row(after, name)["cost"] for name in ("P1", "P8", "P9")] == [1000, 360, 240]
    assert row(after, "P8")["start_date"] == dt.date(2026, 10, 1)
    assert phasing(after, "P1") == {"FY27-Q2": 5}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (
            (Part("P2", "A", 50), Part("P9", "B", 50)),
            "The id P2 is in use. Ids are given once; choose another.",
        ),
        (
            (Part("P8", "A", 50), Part("P8", "B", 50)),
            "The id P8 is in use. Ids are given once; choose another.",
        ),
        (
            (Part("P8", "A", 50), Part("P9", "B", 60)),
            "The shares are 50% and 60%. Together they are 100%, and each part gets some.",
        ),
    ],
)
def test_a_split_that_cannot_be_is_refused(parts, said):
    plan = plan_of(projects=[project(1), project(2)])

    assert why_not(split(plan, "P1", parts, NOW)) == [said]


def test_a_project_is_merged_into_another_that_keeps_its_id():
    plan = plan_of(
        projects=[
            project(1, deliverables="a|b"),
            project(2, cost=500, deliverables="b|c", end_date=dt.date(2028, 9, 30)),
            project(3),
        ],
        enablers=ENABLERS,
        links=[link("P1", "E1", 1), link("P2", "E1", 3), link("P2", "E2", 2)],
        phasing=[work("P1", "FY28-Q1", 10, 1000), work("P2", "FY28-Q1", 5, 500)],
        dependencies=[
            {"predecessor_id": "P1", "successor_id": "P2", "kind": "finish_to_start"},
            {"predecessor_id": "P2", "successor_id": "P3", "kind": "finish_to_start"},
        ],
    )

    rework = merged(plan, "P1", "P2", NOW)
    after = with_edits(plan, rework.edits)

    kept, gone = row(after, "P1"), row(after, "P2")
    assert (gone["status"], gone["superseded_by"], gone["priority_rank"]) == ("cancelled", "P1", None)
    assert (kept["cost"], kept["deliverables"], quarters_of(after, "P1")) == (
        1500,
        "a|b|c",
        ("FY28-Q1", "FY29-Q2"),
    )
    assert links(after) == [("P1", "E1", 3), ("P1", "E2", 2)]
    assert after["phasing"].select("project_id", "person_days", "cost").rows() == [("P1", 15, 1500)]
    assert after["dependencies"].select("predecessor_id", "successor_id").rows() == [("P1", "P3")]
    assert [line.sentence for line in rework.told] == [
        "Takes in 'Project 2'.",
        "Is now part of 'Project 1' and closed.",
    ]


def test_what_is_closed_or_the_same_is_not_merged():
    plan = plan_of(projects=[project(1), project(2, status="done")])

    assert why_not(merged(plan, "P1", "P2", NOW))[0].startswith("'Project 2' cannot join it. It is finished")
    assert why_not(merged(plan, "P1", "P1", NOW)) == ["A project is not merged with itself. Choose two."]


def test_no_verb_gives_the_sample_a_new_error():
    plan = sample_plan(LABELS[-1])
    live = plan["projects"].filter(~pl.col("status").is_in(["done", "cancelled"]))["project_id"].to_list()
    before = {finding.code for finding in find_findings(plan, NOW)}

    verbs = [
        moved(plan, live, 1, NOW, with_followers=True),
        cancelled(plan, live[:3], NOW),
        split(plan, live[0], (Part("PRJ-901", "A", 50), Part("PRJ-902", "B", 50)), NOW),
        merged(plan, live[0], live[1], NOW),
    ]

    for rework in verbs:
        after = find_findings(with_edits(plan, rework.edits), NOW)
        assert rework.edits
        assert {f.code for f in after if f.severity == "error"} <= before
        assert not {"rank_repeated", "rank_gap", "phasing_sum"} & ({f.code for f in after} - before)

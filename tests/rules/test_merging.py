"""A scenario merged into the draft: what comes in, what clashes, and the laws of a three-way merge."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.actions.removing import hanging_rows, remove_item
from planner.errors import ClashesUndecided
from planner.model.edit import Edit, row_id
from planner.model.plan import Plan
from planner.model.tables import TABLES
from planner.rules.checks import find_findings
from planner.rules.edited import with_edits
from planner.rules.merge_hanging import owners
from planner.rules.merging import DRAFT, SCENARIO, Clash, merge, resolved
from planner.rules.rework_fields import cancelled
from planner.rules.rework_moves import moved
from tests.plans import cells, plans
from tests.rules.small_plans import enabler, link, plan, project
from tests.sample_plans import LABELS, sample_plan

# --- examples ---------------------------------------------------------------------------------------

BASE = plan(projects=[project("P1"), project("P2")])


def merged(draft, scenario, base=BASE):
    return merge(base, draft, scenario)


def with_projects(*found, **more):
    return plan(projects=list(found), **more)


def after(draft, scenario, word, base=BASE):
    """The draft after a merge in which each clash is decided for one side."""
    found = merged(draft, scenario, base)
    return with_edits(draft, resolved(found, {clash.place: word for clash in found.clashes}))


def test_a_cell_that_only_the_scenario_changed_comes_in():
    scenario = with_projects(project("P1", cost=150), project("P2"))
    found = merged(BASE, scenario)
    assert found.edits == (Edit("projects", ("P1",), "cost", 100, 150),)
    assert (found.clashes, found.agreed, found.is_empty) == ((), 0, False)


def test_the_same_cell_changed_both_ways_clashes_and_shows_all_three_values():
    draft = with_projects(project("P1", cost=120), project("P2"))
    scenario = with_projects(project("P1", cost=None), project("P2"))
    found = merged(draft, scenario)
    assert found.clashes == (Clash("projects", ("P1",), "cost", 100, 120, None),)
    assert found.edits == ()
    assert resolved(found, {("projects", ("P1",), "cost"): DRAFT}) == ()
    taken = resolved(found, {("projects", ("P1",), "cost"): SCENARIO})
    assert taken == (Edit("projects", ("P1",), "cost", 120, None),)


def test_neighbouring_cells_of_one_row_meet_without_a_clash():
    draft = with_projects(project("P1", cost=120), project("P2"))
    scenario = with_projects(project("P1", sponsor="Cy"), project("P2"))
    found = merged(draft, scenario)
    assert found.edits == (Edit("projects", ("P1",), "sponsor", "Ada", "Cy"),)
    assert found.clashes == ()
    assert with_edits(draft, found.edits) == with_projects(
        project("P1", cost=120, sponsor="Cy"), project("P2")
    )


def test_what_both_changed_alike_is_agreed_and_stays():
    both = with_projects(project("P1", cost=120, rag="red"), project("P3"))
    found = merged(both, both)
    assert found.is_empty
    assert found.agreed == 4  # two cells, one row that joined, one that left


def test_a_row_that_the_scenario_removed_leaves_the_draft_where_nobody_touched_it():
    found = merged(BASE, with_projects(project("P1")))
    (edit,) = found.edits
    assert (edit.key, edit.field, edit.before["name"], edit.after) == (("P2",), "", "Project P2", None)
    assert None not in edit.before.values()


def test_a_row_removed_by_one_and_changed_by_the_other_clashes_as_a_whole():
    removed = with_projects(project("P1"))
    changed = with_projects(project("P1"), project("P2", cost=7, rag="red"))
    (clash,) = merged(changed, removed).clashes
    assert (clash.place, clash.is_row, clash.scenario) == (("projects", ("P2",), ""), True, None)
    assert (clash.base["cost"], clash.draft["cost"]) == (100, 7)
    assert after(changed, removed, SCENARIO) == removed
    assert after(changed, removed, DRAFT) == changed

    (clash,) = merged(removed, changed).clashes
    assert (clash.draft, clash.scenario["cost"]) == (None, 7)
    assert after(removed, changed, SCENARIO) == changed
    assert after(removed, changed, DRAFT) == removed


def test_a_row_that_both_added_clashes_in_each_unlike_cell():
    draft = with_projects(project("P1"), project("P2"), project("P3", cost=1, sponsor="Ada"))
    scenario = with_projects(project("P1"), project("P2"), project("P3", cost=2, sponsor=None))
    found = merged(draft, scenario)
    assert found.clashes == (
        Clash("projects", ("P3",), "sponsor", None, "Ada", None),
        Clash("projects", ("P3",), "cost", None, 1, 2),
    )
    assert (found.edits, found.agreed) == ((), 0)
    chosen = {("projects", ("P3",), "sponsor"): DRAFT, ("projects", ("P3",), "cost"): SCENARIO}
    assert resolved(found, chosen) == (Edit("projects", ("P3",), "cost", 1, 2),)


def served(**cells):
    """A project with all that hangs on it: a link, work of a team, a milestone, a wait, a field of the organisation's own."""
    return plan(
        projects=[project("P1", **cells), project("P2")],
        enablers=[enabler("E1"), enabler("E2")],
        teams=[{"team_id": "T1", "name": "Team one"}],
        links=[link("P1", "E1"), link("P1", "E2")],
        phasing=[{"project_id": "P1", "quarter": "FY28-Q1", "team_id": "T1", "cost": 100}],
        milestones=[{"milestone_id": "M1", "project_id": "P1", "name": "Half way"}],
        dependencies=[{"predecessor_id": "P1", "successor_id": "P2", "kind": "finish_to_start"}],
        attributes=[
            {"table": "projects", "id": "P1", "key": "colour", "value": "blue"},
            {"table": "milestones", "id": "M1", "key": "colour", "value": "red"},
        ],
    )


def without(whole, *items):
    """A plan that some items left, with all that hangs on them, as the pages do it."""
    edits = []
    for table, key in items:
        edits = remove_item(whole, edits, table, (key,))
    return with_edits(whole, edits)


def test_a_project_that_stays_keeps_what_hangs_on_it_whoever_removed_it():
    base, changed = served(), served(cost=150)
    removed = without(base, ("projects", "P1"))
    assert removed["phasing"].is_empty()

    assert [clash.place for clash in merged(changed, removed, base).clashes] == [("projects", ("P1",), "")]
    assert after(changed, removed, DRAFT, base) == changed
    assert after(changed, removed, SCENARIO, base) == removed
    assert after(removed, changed, SCENARIO, base) == changed
    assert after(removed, changed, DRAFT, base) == removed


def test_what_hangs_on_a_kept_project_and_on_something_that_left_leaves_with_it():
    base, changed = served(), served(cost=150)
    removed = without(base, ("projects", "P1"), ("enablers", "E2"))
    kept = without(changed, ("enablers", "E2"))
    assert after(changed, removed, DRAFT, base) == kept
    assert after(removed, changed, SCENARIO, base) == kept


def test_a_cell_that_was_emptied_because_its_item_left_names_it_again_when_it_stays():
    def led(**cells):
        return plan(
            projects=[project("P1", lead_team_id="T1")], teams=[{"team_id": "T1", "name": "Team one"} | cells]
        )

    base, changed = led(), led(lead="Ada")
    removed = without(base, ("teams", "T1"))
    assert removed["projects"]["lead_team_id"].to_list() == [None]
    assert after(changed, removed, DRAFT, base) == changed
    assert after(removed, changed, SCENARIO, base) == changed


def test_rows_that_either_added_are_both_there_and_a_row_that_both_removed_is_gone():
    draft = with_projects(project("P1"), project("P3"))
    scenario = with_projects(project("P1"), project("P4"))
    found = merged(draft, scenario)
    assert (found.clashes, found.agreed) == ((), 1)
    assert with_edits(draft, found.edits) == with_projects(project("P1"), project("P3"), project("P4"))


def test_links_meet_by_all_that_names_them():
    ends = {"projects": [project("P1")], "enablers": [enabler("E1"), enabler("E2")]}
    base = plan(**ends, links=[link("P1", "E1", 1)])
    draft = plan(**ends, links=[link("P1", "E1", 2)])
    scenario = plan(**ends, links=[link("P1", "E1", 3), link("P1", "E2", 1)])
    found = merge(base, draft, scenario)
    assert [clash.id for clash in found.clashes] == ["project:P1>enabler:E1:delivers"]
    assert [edit.id for edit in found.edits] == ["project:P1>enabler:E2:delivers"]


def test_a_rank_is_a_cell_like_any_other_and_a_rank_held_twice_is_found_by_the_checks():
    order = {"P1": 1, "P2": 2, "P3": 3}

    def ranked(**ranks):
        return with_projects(*(project(name, priority_rank=rank) for name, rank in (order | ranks).items()))

    base, draft, scenario = ranked(), ranked(P1=2, P2=1), ranked(P1=3, P3=1)
    found = merge(base, draft, scenario)
    assert found.clashes == (Clash("projects", ("P1",), "priority_rank", 1, 2, 3),)
    assert found.edits == (Edit("projects", ("P3",), "priority_rank", 3, 1),)
    mixed = after(draft, scenario, SCENARIO, base)
    repeated = [one for one in find_findings(mixed, NOW) if one.code == "rank_repeated"]
    assert sorted(one.id for one in repeated) == ["P2", "P3"]


def test_reasons_and_settings_come_along():
    def told(text, horizon):
        return plan(
            projects=[project("P1")],
            settings=[{"key": "horizon_quarters", "value": horizon}],
            reasons=[{"table": "projects", "id": "P1", "reason_code": "funding", "reason_text": text}]
            if text
            else [],
        )

    base, scenario = told("", "20"), told("the money came", "24")
    found = merge(base, base, scenario)
    assert [(edit.table, edit.key) for edit in found.edits] == [
        ("settings", ("horizon_quarters",)),
        ("reasons", ("projects", "P1", "", "")),
    ]
    assert with_edits(base, found.edits) == scenario
    clashes = merge(base, told("the money went", "20"), scenario).clashes
    assert [(clash.draft, clash.scenario) for clash in clashes] == [("the money went", "the money came")]


def test_an_undecided_clash_stops_the_merge_and_an_unknown_word_is_no_choice():
    found = merged(with_projects(project("P1", cost=1), project("P2")), with_projects(project("P1", cost=2)))
    with pytest.raises(ClashesUndecided, match=r"1 clash between .* is not decided: P1\."):
        resolved(found, {})
    with pytest.raises(ValueError, match="both"):
        resolved(found, {("projects", ("P1",), "cost"): "both"})


NOW = sample_plan(LABELS[-1]).calendar.parse(LABELS[-1])


def test_two_reworkings_of_the_sample_that_share_no_project_come_together_in_either_order():
    base = sample_plan(LABELS[-1])
    live = (
        base["projects"].filter(pl.col("status") == "planned").sort("priority_rank")["project_id"].to_list()
    )
    unranked = with_edits(base, (Edit("projects", (one,), "priority_rank", 0, None) for one in live))
    later = with_edits(unranked, moved(unranked, live[:2], 2, NOW).edits)
    fewer = with_edits(unranked, cancelled(unranked, live[-2:], NOW).edits)

    one, other = merge(unranked, later, fewer), merge(unranked, fewer, later)

    assert (one.clashes, other.clashes) == ((), ())
    assert one.taken_count == len(one.edits) > 0
    assert with_edits(later, one.edits) == with_edits(fewer, other.edits)


# --- laws -------------------------------------------------------------------------------------------

DRAWN = ("settings", "kpis", "projects", "links", "phasing", "teams", "reasons")
NAMED = tuple(name for name in DRAWN if name != "settings")


@st.composite
def version(draw, pool):
    """A version of a plan: some of the rows there are, some of them changed in a few cells, so that versions meet there."""
    frames = {}
    for name in DRAWN:
        table, kept = TABLES[name], []
        for row in pool[name].to_dicts():
            fate = draw(st.sampled_from(["as it was", "changed", "changed", "not there"]))
            fields = draw(st.sets(st.sampled_from(table.fields[-3:]))) if fate == "changed" else ()
            if fate != "not there":
                kept.append(row | {field: draw(cells(table.by_name[field])) for field in sorted(fields)})
        frames[name] = pl.DataFrame(kept, schema=pool[name].schema, orient="row")
    return pool.replaced(frames)


@st.composite
def sides(draw):
    """A base, a draft and a scenario of the same few rows, so that they often meet."""
    pool = draw(plans(NAMED))
    return tuple(draw(version(pool)) for _ in range(3))


def cells_of(whole):
    """Every filled cell of a plan by table, key and field, and each row by its own place."""
    found = {}
    for name, table in TABLES.items():
        for row in whole[name].iter_rows(named=True):
            key = tuple(row[column] for column in table.key)
            found[name, key, ""] = True
            found |= {(name, key, field): row[field] for field in table.fields if row[field] is not None}
    return found


def changes(base, side):
    """What a side changed: each place with what it has there now, None for nothing."""
    was, now = cells_of(base), cells_of(side)
    return {place: now.get(place) for place in was.keys() | now.keys() if was.get(place) != now.get(place)}


def all_for(found, word):
    return resolved(found, {clash.place: word for clash in found.clashes})


LAW = settings(max_examples=15, deadline=None)


@LAW
@given(sides())
def test_merging_nothing_changes_nothing(drawn):
    base, draft, _ = drawn
    found = merge(base, draft, Plan.of(base.frames))
    assert (found.edits, found.clashes, found.agreed, found.is_empty) == ((), (), 0, True)


@LAW
@given(sides())
def test_merging_into_an_unchanged_draft_gives_the_scenario(drawn):
    base, _, scenario = drawn
    found = merge(base, Plan.of(base.frames), scenario)
    gained = with_edits(base, found.edits)
    assert (found.clashes, found.agreed) == ((), 0)
    assert gained.fingerprint == scenario.fingerprint
    assert gained["reasons"].equals(scenario["reasons"])


@LAW
@given(sides())
def test_merging_what_the_draft_has_already_changes_nothing(drawn):
    base, draft, _ = drawn
    found = merge(base, draft, Plan.of(draft.frames))
    assert (found.edits, found.clashes) == ((), ())
    assert (found.agreed == 0) == (base == draft)


@LAW
@given(sides())
def test_clashes_are_symmetric(drawn):
    base, draft, scenario = drawn
    one, other = merge(base, draft, scenario), merge(base, scenario, draft)
    mirrored = [Clash(*clash.place, clash.base, clash.scenario, clash.draft) for clash in other.clashes]
    assert list(one.clashes) == mirrored
    assert one.agreed == other.agreed


@LAW
@given(sides())
def test_a_merge_keeps_every_change_of_the_side_that_was_chosen_and_brings_in_nothing_that_neither_has(drawn):
    base, draft, scenario = drawn
    found = merge(base, draft, scenario)
    was, mine, its = cells_of(base), cells_of(draft), cells_of(scenario)
    assert (len(found.edits), len(found.clashes)) == (found.taken_count, found.clash_count)
    for word, side in ((DRAFT, draft), (SCENARIO, scenario)):
        gained = cells_of(with_edits(draft, all_for(found, word)))
        kept = changes(base, side)
        assert {place: gained.get(place) for place in kept} == kept
        for place in was.keys() | mine.keys() | its.keys() | gained.keys():
            assert gained.get(place) in (mine.get(place), its.get(place))
        for edit in all_for(found, word):
            place = (edit.table, edit.key, edit.field)
            if edit.is_row:
                assert (edit.before is not None, edit.after is not None) == (place in mine, place in its)
            else:
                assert (edit.table, edit.key, "") in mine
                assert (edit.before, edit.after) == (mine.get(place), its.get(place))


@LAW
@given(sides(), st.data())
def test_the_same_choices_give_the_same_plan_whoever_is_merged_into_whom(drawn, data):
    base, draft, scenario = drawn
    there, back = merge(base, draft, scenario), merge(base, scenario, draft)
    choices = {clash.place: data.draw(st.sampled_from([DRAFT, SCENARIO])) for clash in there.clashes}
    turned = {place: SCENARIO if word == DRAFT else DRAFT for place, word in choices.items()}
    assert with_edits(draft, resolved(there, choices)) == with_edits(scenario, resolved(back, turned))


@LAW
@given(sides(), st.data())
def test_the_order_of_independent_merges_does_not_matter(drawn, data):
    base, whole, _ = drawn
    edits = merge(base, base, whole).edits
    owners = data.draw(st.lists(st.integers(0, 2), min_size=len(edits), max_size=len(edits)))
    draft, one, other = (
        with_edits(base, [edit for edit, owner in zip(edits, owners, strict=True) if owner == number])
        for number in range(3)
    )

    def merged_in(first, second):
        found = merge(base, draft, first)
        halfway = with_edits(draft, found.edits)
        then = merge(base, halfway, second)
        assert (found.clashes, then.clashes) == ((), ())
        return with_edits(halfway, then.edits)

    assert merged_in(one, other) == merged_in(other, one) == whole


@LAW
@given(plans(tuple(name for name in TABLES if name != "settings")))
def test_what_hangs_on_a_row_is_what_the_pages_remove_with_it(drawn):
    of_row = {
        (name, row_id(name, [row[key] for key in TABLES[name].key])): set(owners(name, row))
        for name in TABLES
        for row in drawn[name].iter_rows(named=True)
    }
    for name, key in {(name, key) for name, key in of_row if name in ("projects", "outcomes", "teams")}:
        hanging = {(name, key)}
        while more := {item for item, named in of_row.items() if named & hanging} - hanging:
            hanging |= more
        removed = {(child, row_id(child, at)) for child, at in hanging_rows(drawn, [], name, (key,))}
        assert hanging == removed | {(name, key)}


@settings(max_examples=8, deadline=None)
@given(sides(), st.randoms(use_true_random=False))
def test_nothing_hangs_on_the_order_of_rows(drawn, random):
    found = merge(*drawn)
    shuffled = []
    for side in drawn:
        frames = {
            name: frame.sample(fraction=1, shuffle=True, seed=random.randint(0, 99))
            for name, frame in side.frames.items()
        }
        shuffled.append(Plan(frames))
    again = merge(*shuffled)
    assert (again.edits, again.clashes, again.agreed) == (found.edits, found.clashes, found.agreed)


def test_days_and_numbers_stay_what_they_are():
    scenario = with_projects(
        project("P1", start_date=dt.date(2027, 5, 1), success_probability=0.5), project("P2")
    )
    assert [edit.after for edit in merged(BASE, scenario).edits] == [dt.date(2027, 5, 1), 0.5]

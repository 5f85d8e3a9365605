import datetime as dt
import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.finding import ERROR, WARNING
from planner.model.plan import Plan
from planner.model.quarter import Calendar
from planner.model.tables import TABLES
from planner.rules.checks import RULES, count_by_code, errors_of, find_findings
from planner.rules.checks_sums import dependency_conflicts
from tests.rules.small_plans import (
    capability,
    enabler,
    kpi,
    link,
    outcome,
    plan,
    project,
    sound_tables,
    table,
)
from tests.sample_plans import LABELS, SHARED, sample_plan

NOW = Calendar(4).parse("FY27-Q4")


def findings_of(**tables):
    return find_findings(plan(**sound_tables(**tables)), NOW)


def phasing(quarter, cost, **cells):
    return {"project_id": "P1", "quarter": quarter, "team_id": "T1", "cost": cost} | cells


TWO = [project("P1"), project("P2", start_date=dt.date(2027, 10, 1), end_date=dt.date(2027, 12, 31))]
BOTH_LINKED = [*sound_tables()["links"], link("P2", "E1")]
WAIT = {"predecessor_id": "P1", "successor_id": "P2", "kind": "finish_to_start"}

# one broken plan for each rule: the tables that differ from a sound plan, and where the finding stands
BROKEN = {
    "reference_unknown": (
        {"capabilities": [{**sound_tables()["capabilities"][0], "parent_id": "C9"}]},
        "capabilities",
        sound_tables()["capabilities"][0]["capability_id"],
        "parent_id",
    ),
    "reference_missing": ({"projects": [project(lead_team_id="T9")]}, "projects", "P1", "lead_team_id"),
    "table_unknown": (
        {"attributes": [{"table": "risks", "id": "R1", "key": "jira", "value": "X"}]},
        "attributes",
        "risks:R1:jira",
        "table",
    ),
    "link_tiers": (
        {"links": [*sound_tables()["links"], link("E1", "O1", link_type="contributes")]},
        "links",
        "enabler:E1>outcome:O1:contributes",
        "to_type",
    ),
    "link_type": (
        {"links": [*sound_tables()["links"], link("P1", "C1", link_type="supports")]},
        "links",
        "project:P1>capability:C1:supports",
        "link_type",
    ),
    "capability_cycle": (
        {"capabilities": [capability("C1", parent_id="C2"), capability("C2", parent_id="C1")]},
        "capabilities",
        "C1",
        "parent_id",
    ),
    "dependency_cycle": (
        {
            "projects": TWO,
            "links": BOTH_LINKED,
            "dependencies": [WAIT, {"predecessor_id": "P2", "successor_id": "P1", "kind": "external", "external_party": "X"}],
        },
        "dependencies",
        "P1:P2:finish_to_start",
        "successor_id",
    ),
    "dependency_knot": (
        {
            "projects": TWO,
            "links": BOTH_LINKED,
            "dependencies": [
                WAIT,
                {"predecessor_id": "P2", "successor_id": "P1", "kind": "external", "external_party": "The port"},
                {"predecessor_id": "P2", "successor_id": "P2", "kind": "external", "external_party": "The port"},
            ],
        },
        "dependencies",
        "P1:P2:finish_to_start",
        "successor_id",
    ),
    "why_missing": ({"projects": [project(why=None)]}, "projects", "P1", "why"),
    "owner_missing": ({"outcomes": [outcome(owner=None)]}, "outcomes", "O1", "owner"),
    "sponsor_missing": ({"projects": [project(sponsor=None)]}, "projects", "P1", "sponsor"),
    "cost_missing": ({"projects": [project(cost=None)]}, "projects", "P1", "cost"),
    "start_missing": ({"projects": [project(start_date=None)]}, "projects", "P1", "start_date"),
    "end_missing": ({"projects": [project(end_date=None)]}, "projects", "P1", "end_date"),
    "weight_missing": ({"outcomes": [outcome(weight=None)]}, "outcomes", "O1", "weight"),
    "need_by_missing": ({"outcomes": [outcome(need_by=None)]}, "outcomes", "O1", "need_by"),
    "outcome_no_kpi": ({"kpis": []}, "outcomes", "O1", "kpis"),
    "kpi_no_target": ({"kpis": [kpi(target_value=None)]}, "kpis", "K1", "target_value"),
    "target_is_start": ({"kpis": [kpi(baseline_value=10.0)]}, "kpis", "K1", "target_value"),
    "goal_below_now": (
        {"capabilities": [capability(maturity_current=4, maturity_target=3)]},
        "capabilities",
        "C1",
        "maturity_target",
    ),
    "party_missing": (
        {"projects": TWO, "links": BOTH_LINKED, "dependencies": [WAIT | {"kind": "external"}]},
        "dependencies",
        "P1:P2:external",
        "external_party",
    ),
    "strength_missing": (
        {"links": [link("P1", "E1", None), link("E1", "C1"), link("C1", "O1")]},
        "links",
        "project:P1>enabler:E1:delivers",
        "strength",
    ),
    "end_before_start": ({"projects": [project(start_date=dt.date(2028, 1, 1))]}, "projects", "P1", "end_date"),
    "done_in_future": ({"projects": [project(status="done")], "outcomes": [outcome(status="achieved")]},
                       "projects", "P1", "end_date"),
    "planned_but_due": ({"projects": [project(start_date=dt.date(2026, 10, 1))]}, "projects", "P1", "start_date"),
    "in_progress_early": ({"projects": [project(status="in_progress")]}, "projects", "P1", "start_date"),
    "in_progress_overdue": (
        {"projects": [project(status="in_progress", start_date=dt.date(2026, 4, 1), end_date=dt.date(2026, 12, 31))]},
        "projects",
        "P1",
        "end_date",
    ),
    "not_funded": (
        {"projects": [project(status="in_progress", start_date=dt.date(2027, 1, 4), funding_status="requested")]},
        "projects",
        "P1",
        "funding_status",
    ),
    "dependency_conflict": (
        {"projects": TWO, "links": BOTH_LINKED, "dependencies": [WAIT | {"lag_quarters": 1}]},
        "dependencies",
        "P1:P2:finish_to_start",
        "lag_quarters",
    ),
    "benefit_before_end": (
        {"projects": [project(benefit_start_quarter="FY28-Q2")]},
        "projects",
        "P1",
        "benefit_start_quarter",
    ),
    "benefit_no_start": ({"projects": [project(benefit_annual=5)]}, "projects", "P1", "benefit_start_quarter"),
    "money_negative": ({"enablers": [enabler(run_cost_annual=-5)]}, "enablers", "E1", "run_cost_annual"),
    "capex_above_cost": ({"projects": [project(capex=101)]}, "projects", "P1", "capex"),
    "phasing_outside": (
        {"phasing": [phasing("FY28-Q1", 60), phasing("FY28-Q3", 40)]},
        "phasing",
        "P1:FY28-Q3:T1",
        "quarter",
    ),
    "phasing_sum": ({"phasing": [phasing("FY28-Q1", 60), phasing("FY28-Q2", 39)]}, "projects", "P1", "cost"),
    "weights_sum": ({"outcomes": [outcome(weight=99)]}, "outcomes", "", "weight"),
    "effort_missing": (
        {
            "projects": [project(), project("P2")],
            "links": BOTH_LINKED,
            "phasing": [phasing("FY28-Q1", None, person_days=5)],
        },
        "projects",
        "P2",
        "",
    ),
    "rank_gap": ({"projects": [project(priority_rank=2)]}, "projects", "", "priority_rank"),
    "rank_repeated": (
        {"projects": [project(priority_rank=1), project("P2", priority_rank=1)], "links": BOTH_LINKED},
        "projects",
        "P1",
        "priority_rank",
    ),
    "project_no_outcome": ({"projects": [project(), project("P2")]}, "projects", "P2", ""),
    "outcome_no_project": (
        {"outcomes": [outcome(weight=50), outcome("O2", weight=50)], "kpis": [kpi(), kpi("K2", "O2")]},
        "outcomes",
        "O2",
        "",
    ),
    "enabler_no_capability": ({"enablers": [enabler(), enabler("E2")]}, "enablers", "E2", ""),
    "capability_no_project": (
        {"capabilities": [capability(), capability("C2", maturity_current=1, maturity_target=3)]},
        "capabilities",
        "C2",
        "",
    ),
}  # fmt: skip


@cache
def broken_by(code):
    """The findings of the plan that breaks a rule."""
    tables, *_ = BROKEN[code]
    return findings_of(**tables)


def test_a_sound_plan_and_an_empty_one_have_no_findings():
    assert findings_of() == []
    assert find_findings(Plan.of(), NOW) == []


def test_every_rule_has_a_plan_that_breaks_it():
    assert set(BROKEN) | {"id_repeated"} == set(RULES)


@pytest.mark.parametrize("code", BROKEN)
def test_each_rule_finds_its_own_and_says_where(code):
    _, *place = BROKEN[code]
    findings = [finding for finding in broken_by(code) if finding.code == code]
    assert [findings[0].table, findings[0].id, findings[0].field] == place
    assert place[2] in {"", "kpis", *TABLES[place[0]].by_name}  # a grid marks the cell of that column
    assert findings[0].severity == RULES[code].severity


@pytest.mark.parametrize("code", BROKEN)
def test_each_sentence_is_whole_and_carries_the_plans_own_words(code):
    row = BROKEN[code][2]
    message = next(finding.message for finding in broken_by(code) if finding.code == code)
    assert message[0].isupper() or message[0] == "'"
    assert message.endswith(".")
    assert message.count(". ") + message.count(": ") >= 1, "what is there, then what to do"
    assert not {"{", "}", "None", "null"} & set(message.replace("}", " } ").replace("{", " { ").split())
    if row and code != "capability_cycle":
        assert any(part in message for part in row.replace(">", ":").split(":"))


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_rule_breaks_no_other(code):
    assert {finding.code for finding in broken_by(code)} == {code}


def test_only_what_breaks_the_graph_stops_a_sealing():
    errors = {code for code, rule in RULES.items() if rule.severity == ERROR}
    assert errors == {
        "id_repeated",
        "reference_unknown",
        "table_unknown",
        "link_tiers",
        "link_type",
        "capability_cycle",
        "dependency_cycle",
        "dependency_knot",
    }
    assert {rule.severity for rule in RULES.values()} == {ERROR, WARNING}


def test_an_id_that_stands_twice_is_named_once_with_its_count():
    twice = plan(**sound_tables(projects=[project(), project(name="Another")]))
    findings = [f for f in find_findings(twice, NOW) if f.code == "id_repeated"]
    assert [(f.table, f.id) for f in findings] == [("projects", "P1")]
    assert "2 times" in findings[0].message


REFERENCE_CODES = ("reference_unknown", "reference_missing")
REFERENCES = [
    (name, column.name)
    for name, declared in TABLES.items()
    for column in declared.columns
    if column.references and name != "links"
]


@pytest.mark.parametrize(("name", "field"), REFERENCES)
def test_every_reference_of_every_table_is_followed(name, field):
    column = TABLES[name].by_name[field]
    row = {key.name: "FY28-Q1" if key.kind == "quarter" else "X1" for key in TABLES[name].columns if key.key}
    row |= {needed.name: "X1" for needed in TABLES[name].columns if needed.required and not needed.key}
    row |= {"kind": "finish_to_start"} if name == "dependencies" else {}
    row |= {field: "NOWHERE|X2" if column.kind == "ids" else "NOWHERE"}
    findings = find_findings(plan(**{name: [row]}), NOW)
    found = [f for f in findings if (f.table, f.field) == (name, field) and f.code in REFERENCE_CODES]
    assert len(found) == (2 if column.kind == "ids" else 1)
    assert "'NOWHERE'" in found[0].message


@pytest.mark.parametrize("side", ["from_id", "to_id"])
def test_both_ends_of_a_link_must_be_in_the_table_of_their_tier(side):
    ends = {"from_id": "P1", "to_id": "C1"} | {side: "E1"}
    stray = link("P1", "C1") | ends
    findings = findings_of(links=[*sound_tables()["links"], stray])
    assert [(f.code, f.field) for f in findings] == [("reference_unknown", side)]
    assert "'E1'" in findings[0].message


def test_an_attribute_of_an_item_that_is_not_there_is_an_error():
    findings = findings_of(attributes=[{"table": "projects", "id": "P9", "key": "jira", "value": "X"}])
    assert [(f.code, f.table, f.id) for f in findings] == [
        ("reference_unknown", "attributes", "projects:P9:jira")
    ]


def test_an_attribute_may_belong_to_a_link():
    of_link = {"table": "links", "id": "project:P1>enabler:E1:delivers", "key": "note", "value": "X"}
    assert findings_of(attributes=[of_link]) == []


def test_an_enabler_never_serves_an_outcome_and_the_message_says_the_way():
    findings = findings_of(links=[*sound_tables()["links"], link("E1", "O1", link_type="supports")])
    assert [f.code for f in findings] == ["link_tiers"]
    assert "supports a capability" in findings[0].message


def test_with_the_snapshot_before_it_what_a_plan_does_to_the_past_is_found_too():
    closed, again = (plan(**sound_tables(projects=[project(status=word)])) for word in ("done", "planned"))

    alone = find_findings(again, NOW)
    beside = find_findings(again, NOW, closed)
    assert [f.code for f in beside if f not in alone] == ["closed_reopened"]
    assert errors_of(beside) == errors_of(alone)


def test_a_cycle_of_three_names_all_three_once_around():
    rows = [
        capability("C1", parent_id="C3"),
        capability("C2", parent_id="C1"),
        capability("C3", parent_id="C2"),
    ]
    findings = [f for f in findings_of(capabilities=rows) if f.code == "capability_cycle"]
    assert len(findings) == 1
    assert "C1, C3, C2, C1" in findings[0].message


def waits(*pairs):
    return [
        {"predecessor_id": before, "successor_id": after, "kind": "finish_to_start"}
        for before, after in pairs
    ]


def test_two_cycles_that_share_a_project_are_one_knot_that_says_so():
    projects = [project("P1"), project("P2"), project("P3")]
    both = waits(("P2", "P1"), ("P1", "P2"), ("P2", "P3"), ("P3", "P2"))
    (found,) = [
        f
        for f in findings_of(projects=projects, dependencies=both)
        if f.code in {"dependency_cycle", "dependency_knot"}
    ]

    assert (found.code, found.id) == ("dependency_knot", "P1:P2:finish_to_start")
    assert found.message == (
        "These projects wait for each other in more than one circle: P1, P2, P3. One of the circles is P1, P2, P1. "
        "Take a dependency out of each."
    )


def test_two_cycles_apart_are_two_findings():
    projects = [project(f"P{number}") for number in (1, 2, 3, 4)]
    both = waits(("P2", "P1"), ("P1", "P2"), ("P4", "P3"), ("P3", "P4"))
    codes = [f.code for f in findings_of(projects=projects, dependencies=both)]
    assert codes.count("dependency_cycle") == 2


def test_an_item_that_is_part_of_itself_or_waits_for_itself_is_a_cycle():
    loop = WAIT | {"successor_id": "P1"}
    findings = findings_of(capabilities=[capability(parent_id="C1")], dependencies=[loop])
    assert {"capability_cycle", "dependency_cycle"} <= {f.code for f in findings}


def test_closed_work_needs_no_why_sponsor_cost_or_dates():
    bare = project(
        "P2", status="cancelled", why=None, sponsor=None, cost=None, start_date=None, end_date=None
    )
    assert findings_of(projects=[project(), bare]) == []


UNKNOWN = ("cost", "capex", "start_date", "end_date", "status", "benefit_start_quarter")


@pytest.mark.parametrize("field", UNKNOWN)
def test_what_is_not_known_breaks_no_arithmetic(field):
    tables = sound_tables(
        phasing=[phasing("FY28-Q1", 60), phasing("FY28-Q2", 40)],
        dependencies=[WAIT],
        projects=[project(capex=10, benefit_start_quarter="FY28-Q3") | {field: None}, TWO[1]],
        links=BOTH_LINKED,
    )
    codes = {f.code for f in find_findings(plan(**tables), NOW)}
    assert codes <= {"cost_missing", "start_missing", "end_missing"}


def test_phasing_without_a_cost_in_one_quarter_is_not_added_up():
    assert findings_of(phasing=[phasing("FY28-Q1", 10), phasing("FY28-Q2", None, person_days=5)]) == []


def test_phasing_of_capital_is_added_up_apart():
    rows = [phasing("FY28-Q1", 60, capex=10), phasing("FY28-Q2", 40, capex=10)]
    findings = findings_of(projects=[project(capex=30)], phasing=rows)
    assert [(f.code, f.field) for f in findings] == [("phasing_sum", "capex")]
    assert "20" in findings[0].message
    assert "10 too little" in findings[0].message


def test_ranks_run_from_one_without_a_gap_among_those_that_are_ranked():
    rows = [project("P1", priority_rank=1), project("P2", priority_rank=4), project("P3")]
    (gap,) = [f for f in findings_of(projects=rows) if f.code == "rank_gap"]
    assert "leave out 2. Rank them from 1 to 2" in gap.message


def test_work_far_away_needs_no_effort_yet_and_a_plan_without_effort_none_at_all():
    far = project("P2", start_date=dt.date(2029, 1, 1), end_date=dt.date(2029, 12, 31))
    codes = {f.code for f in findings_of(projects=[project(), far], links=BOTH_LINKED, phasing=[])}
    assert "effort_missing" not in codes
    days = [phasing("FY28-Q1", None, person_days=5)]
    assert findings_of(projects=[project(), far], links=BOTH_LINKED, phasing=days) == []


def test_work_that_must_be_done_may_be_in_progress_without_its_money():
    due = {"status": "in_progress", "start_date": dt.date(2027, 1, 4), "funding_status": "unfunded"}
    assert findings_of(projects=[project(kind="mandatory", **due)]) == []


def test_a_weight_that_is_not_known_leaves_the_sum_alone():
    rows = [outcome(weight=60), outcome("O2", weight=None)]
    codes = [f.code for f in findings_of(outcomes=rows, kpis=[kpi(), kpi("K2", "O2")])]
    assert "weights_sum" not in codes


@pytest.mark.parametrize(
    ("kind", "lag", "short"),
    [
        ("finish_to_start", 0, None),
        ("finish_to_start", 2, 2),
        ("start_to_start", 2, None),
        ("start_to_start", 3, 1),
        ("finish_to_finish", 1, None),
        ("finish_to_finish", 4, 3),
        ("finish_to_start", -3, None),
        ("external", 9, None),
        ("shared_resource", 9, None),
    ],
)
def test_dependencies_are_short_by_their_own_rule(kind, lag, short):
    waits = WAIT | {"kind": kind, "lag_quarters": lag}
    found = dependency_conflicts(plan(**sound_tables(projects=TWO, dependencies=[waits])))
    assert found["short"].to_list() == ([] if short is None else [short])


def test_errors_come_first_then_tables_in_their_order_then_ids():
    findings = findings_of(
        projects=[project("P2", why=None), project("P1", why=None), project("P1", why=None)],
        outcomes=[outcome(why=None)],
        kpis=[kpi(outcome_id="O9")],
    )
    assert [(f.table, f.id) for f in errors_of(findings)] == [("kpis", "K1"), ("projects", "P1")]
    warned = [(f.table, f.id, f.field) for f in findings if f.severity == WARNING]
    places = list(TABLES)
    assert warned == sorted(warned, key=lambda row: (places.index(row[0]), *row[1:]))
    assert findings.index(errors_of(findings)[-1]) == len(errors_of(findings)) - 1


def test_texts_of_a_plan_stay_data_in_a_sentence():
    strange = "{cost} %s {0.__class__} **bold** <b>"
    findings = findings_of(projects=[project(name=strange, why=None)])
    assert strange in findings[0].message


def test_the_counts_of_a_snapshot_are_by_code():
    findings = findings_of(projects=[project(why=None, sponsor=None), project("P2", why=None)])
    assert count_by_code(findings) == {"project_no_outcome": 1, "sponsor_missing": 1, "why_missing": 2}


@pytest.mark.parametrize("label", LABELS)
def test_the_sample_breaks_only_what_its_story_says(label):
    sample = sample_plan(label)
    counts = count_by_code(find_findings(sample, sample.calendar.parse(label)))
    first = label == "FY26-Q2"
    conflicts = {"dependency_conflict": 2 if first else 1}
    assert counts == conflicts | ({"project_no_outcome": 1} if first else {})


@pytest.mark.skipif(not SHARED.exists(), reason="the oracles of the shared folder are not here")
@pytest.mark.parametrize("label", LABELS[:4])
def test_the_conflicts_of_the_sample_are_those_of_the_reference(label):
    measures = json.loads((SHARED / "sample" / "expected_measures.json").read_text())
    expected = measures["per_snapshot"][label]["conflicts"]
    rows = dependency_conflicts(sample_plan(label)).rows(named=True)
    found = [(r["predecessor_id"], r["successor_id"], r["kind"], r["short"]) for r in rows]
    assert sorted(found) == sorted(
        (row["predecessor"], row["successor"], row["kind"], row["short_by"]) for row in expected
    )


ids = st.sampled_from(["A", "B", "C", "D"])
maybe_money = st.one_of(st.none(), st.integers(-5, 5))
maybe_day = st.one_of(st.none(), st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)))
wild_projects = st.lists(
    st.fixed_dictionaries(
        {
            "project_id": ids,
            "name": st.text(min_size=1, max_size=5),
            "status": st.sampled_from(["planned", "done", "cancelled", "in_progress", None]),
            "start_date": maybe_day,
            "end_date": maybe_day,
            "cost": maybe_money,
            "capex": maybe_money,
            "superseded_by": st.sampled_from([None, "A", "A|Z"]),
        }
    ),
    max_size=4,
)
wild_parents = st.lists(
    st.fixed_dictionaries(
        {"capability_id": ids, "name": st.just("x"), "parent_id": st.one_of(st.none(), ids)}
    ),
    max_size=4,
)


@settings(max_examples=15, deadline=None)
@given(wild_projects, wild_parents, st.randoms(use_true_random=False))
def test_any_plan_can_be_checked_and_the_order_of_its_rows_does_not_matter(projects, parents, order):
    mixed = list(projects)
    order.shuffle(mixed)
    one, other = (
        Plan.of({"projects": table("projects", rows), "capabilities": table("capabilities", parents)})
        for rows in (projects, mixed)
    )
    quarter = Calendar(1).parse("2026-Q3")
    assert find_findings(one, quarter) == find_findings(other, quarter)

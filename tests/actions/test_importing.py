"""What an import does to the draft: replaced tables, merged columns, guards, reasons, ledgers."""

import datetime as dt

import pytest

from planner.actions.importing import MERGE, REPLACE, Reason, apply_import, check_import, parse_reason
from planner.actions.refreshing import prepare_sealing
from planner.errors import PlanChanged, ProblemsStopImport, WrongCall
from planner.store.drafts import draft_version
from planner.store.ledgers import load_ledger
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW


def files(**tables):
    return {f"{name}.csv": text.encode() for name, text in tables.items()}


def put(db, mode=REPLACE, reason=None, **tables):
    preview = check_import(db, files(**tables), mode=mode)
    assert preview.problems == ()
    return apply_import(db, preview, actor="Ann", now=NOW, reason=reason)


def projects_of(db, *columns):
    return load_plan(db, "draft")["projects"].select(columns).rows()


THREE = "project_id,name,cost,sponsor\nP-1,Depot,100,Ann\nP-2,Shop,,Bob\nP-3,Pier,7,\n"


def test_replace_makes_the_table_what_the_file_says_and_leaves_the_others(new_db):
    put(new_db, projects=THREE, teams="team_id,name\nT-1,Builders\n")
    preview = check_import(new_db, files(projects="project_id,name\nP-1,Depot\nP-4,Quay\n"))
    apply_import(new_db, preview, actor="Ann", now=NOW)

    assert preview.counts == {"projects": {"added": 1, "changed": 1, "removed": 2, "unchanged": 0}}
    assert projects_of(new_db, "project_id", "cost") == [("P-1", None), ("P-4", None)]
    assert load_plan(new_db, "draft")["teams"].height == 1


def test_merge_touches_only_the_columns_of_the_file_and_removes_no_row(new_db):
    put(new_db, projects=THREE)
    preview = check_import(
        new_db, files(projects="project_id,name,cost\nP-1,Depot,\nP-2,Store,5\nP-4,Quay,1\n"), mode=MERGE
    )
    apply_import(new_db, preview, actor="Ann", now=NOW)

    assert preview.counts == {"projects": {"added": 1, "changed": 2, "removed": 0, "unchanged": 1}}
    assert projects_of(new_db, "project_id", "name", "cost", "sponsor") == [
        ("P-1", "Depot", None, "Ann"),
        ("P-2", "Store", 5, "Bob"),
        ("P-3", "Pier", 7, None),
        ("P-4", "Quay", 1, None),
    ]


def test_a_roadmap_is_merged_into_the_projects_whatever_the_mode(new_db):
    put(new_db, projects=THREE)
    put(new_db, roadmap="version,project_id,project,cost\nlatest,P-2,Shop,9\n")

    assert projects_of(new_db, "project_id", "cost", "sponsor") == [
        ("P-1", 100, "Ann"), ("P-2", 9, "Bob"), ("P-3", 7, None),
    ]  # fmt: skip


def test_projects_with_the_columns_of_a_roadmap_are_a_roadmap(new_db):
    put(new_db, projects=THREE)
    put(new_db, projects="\ufeffversion;project_id;project;capex;opex;cost\nlatest;P-2;Shop;;;9\n")

    assert projects_of(new_db, "project_id", "cost") == [("P-1", 100), ("P-2", 9), ("P-3", 7)]


def test_with_a_problem_nothing_is_written(new_db):
    before = load_plan(new_db, "draft").fingerprint
    preview = check_import(new_db, files(projects=THREE, teams="team_id,name\n!,Builders\n"))

    with pytest.raises(ProblemsStopImport):
        apply_import(new_db, preview, actor="Ann", now=NOW)
    assert [problem.file for problem in preview.problems] == ["teams.csv"]
    assert load_plan(new_db, "draft").fingerprint == before


def test_a_preview_of_a_draft_that_was_saved_meanwhile_is_refused(new_db):
    preview = check_import(new_db, files(projects=THREE))
    put(new_db, teams="team_id,name\nT-1,Builders\n", projects="project_id,name\n")

    with pytest.raises(PlanChanged):
        apply_import(new_db, preview, actor="Ann", now=NOW)
    assert projects_of(new_db, "project_id") == []


def test_importing_what_is_there_saves_nothing(new_db):
    put(new_db, projects=THREE)
    number = draft_version(new_db).number
    preview = check_import(new_db, files(projects=THREE))
    saved = apply_import(new_db, preview, actor="Ann", now=NOW)

    assert preview.is_idle
    assert (saved.applied, saved.number, draft_version(new_db).number) == (0, number, number)


def test_a_reason_is_kept_for_each_item_that_moves_and_for_no_other(db):
    text = (
        "project_id,name,cost,tags\nPRJ-013,Claims automation,9,x\nPRJ-015,Fraud detection models,680000,y\n"
    )
    put(db, MERGE, Reason("funding", "the budget was cut"), projects=text)

    reasons = load_plan(db, "draft")["reasons"].select("table", "id", "kind", "reason_code", "reason_text")
    assert reasons.rows() == [("projects", "PRJ-013", "", "funding", "the budget was cut")]
    assert prepare_sealing(db).changes.unexplained.height == 0


def test_the_words_of_a_reason_are_checked():
    assert parse_reason("correction: the dates: all of them") == Reason(
        "correction", "the dates: all of them"
    )
    for text in ("correction", "correction:", "weather:it rained", ":why"):
        with pytest.raises(WrongCall):
            parse_reason(text)


def test_a_plan_without_snapshots_takes_over_the_calendar_and_id_of_what_is_imported(new_db):
    before = load_plan(new_db, "draft")
    quarter = before.calendar.first_day(before.calendar.parse(draft_version(new_db).quarter))
    settings = "key,value\nplan_uid,their-plan\nfiscal_year_start_month,4\n"
    put(new_db, settings=settings, projects="project_id,name\n")

    plan = load_plan(new_db, "draft")
    assert plan.settings.text("plan_uid") == "their-plan"
    assert plan.calendar.first_day(plan.calendar.parse(draft_version(new_db).quarter)) == quarter


def test_the_plan_keeps_its_id_where_the_settings_do_not_name_one(new_db):
    uid = load_plan(new_db, "draft").settings.text("plan_uid")
    put(new_db, settings="key,value\ncurrency,EUR\n", projects="project_id,name\n")

    settings = load_plan(new_db, "draft").settings
    assert (settings.text("plan_uid"), settings.currency) == (uid, "EUR")


@pytest.mark.parametrize(
    ("settings", "column"),
    [
        ("key,value\nplan_uid,another\nfiscal_year_start_month,4\n", "plan_uid"),
        ("key,value\nfiscal_year_start_month,7\n", "fiscal_year_start_month"),
        ("key,value\ncurrency,EUR\n", "fiscal_year_start_month"),
    ],
)
def test_settings_cannot_change_what_sealed_versions_mean(db, settings, column):
    preview = check_import(db, files(settings=settings, projects="project_id,name\n"))

    (problem,) = preview.problems
    assert (problem.file, problem.column) == ("settings.csv", column)
    assert problem.message.count(". ") == 1


OF_APRIL = "key,value\nfiscal_year_start_month,4\n"
PHASED = "project_id,quarter,team_id,cost\nP-1,{},T-1,5\n"


def test_quarters_that_the_new_calendar_cannot_read_stop_the_import(new_db):
    put(new_db, projects=THREE, phasing=PHASED.format("2026-Q3"))

    switched = check_import(new_db, files(settings=OF_APRIL, projects=THREE))
    merged = check_import(
        new_db, files(settings=OF_APRIL, projects=THREE, phasing=PHASED.format("FY27-Q1")), mode=MERGE
    )
    replaced = check_import(
        new_db, files(settings=OF_APRIL, projects=THREE, phasing=PHASED.format("FY27-Q1"))
    )

    (problem,) = switched.problems
    assert (problem.file, problem.column, problem.value) == ("settings.csv", "fiscal_year_start_month", "4")
    assert problem.message == (
        "phasing holds '2026-Q3', and a year that starts in month 4 is written FY27-Q3. "
        "Import phasing.csv with these settings, its quarters written anew."
    )
    assert merged.problems == switched.problems
    assert replaced.problems == ()


def test_a_ledger_keeps_the_calendar_that_it_was_written_in(new_db):
    put(new_db, projects="project_id,name\n", kpi_actuals=LEDGER + "K-1,2026-Q1,4.5,2026-04-01,\n")
    (problem,) = check_import(new_db, files(settings=OF_APRIL, projects="project_id,name\n")).problems
    assert problem.message.startswith("kpi_actuals holds '2026-Q1'")


LEDGER = "kpi_id,quarter,actual_value,recorded_on,restates\n"


def test_a_ledger_takes_new_rows_skips_known_ones_and_refuses_another_history(new_db):
    first = LEDGER + "K-1,2026-Q1,4.5,2026-04-01,\nK-1,2026-Q2,5,2026-07-01,\n"
    put(new_db, projects="project_id,name\n", kpi_actuals=first)

    more = check_import(
        new_db, files(projects="project_id,name\n", kpi_actuals=first + "K-1,2026-Q3,6,2026-10-01,\n")
    )
    other = check_import(
        new_db, files(projects="project_id,name\n", kpi_actuals=LEDGER + "K-1,2026-Q1,9,2026-04-01,\n")
    )
    apply_import(new_db, more, actor="Ann", now=NOW)
    restated = LEDGER + "K-1,2026-Q1,9,2026-04-02,yes\n"
    put(new_db, projects="project_id,name\n", kpi_actuals=restated)

    assert more.ledger_counts == {"kpi_actuals": {"added": 1, "unchanged": 2}}
    assert [problem.value for problem in other.problems] == ["K-1:2026-Q1"]
    assert load_ledger(new_db, "kpi_actuals")["actual_value"].to_list() == [4.5, 9, 5, 6]


def test_each_state_of_a_decision_is_a_row_and_says_who_decided(new_db):
    asked = "decision_id,status,question,decided_by,recorded_on,recorded_by\n"
    rows = "DEC-1,asked,Go on?,,2026-07-01,Ann\nDEC-1,decided,Go on?,Board,2026-07-08,Ann\n"
    put(new_db, projects="project_id,name\n", decisions=asked + rows)

    decided = load_ledger(new_db, "decisions").select("status", "decided_by")
    assert decided.rows() == [("asked", None), ("decided", "Board")]


def test_a_row_of_a_ledger_that_names_nobody_is_recorded_by_who_imports_it_and_known_the_next_time(new_db):
    bare = "kpi_id,quarter,actual_value\nK-1,2026-Q1,4.5\nK-1,2026-Q2,\n"
    put(new_db, projects="project_id,name\n", kpi_actuals=bare)
    once = load_ledger(new_db, "kpi_actuals").select("quarter", "recorded_on", "recorded_by").rows()
    later = check_import(new_db, files(projects="project_id,name\n", kpi_actuals=bare))
    apply_import(new_db, later, actor="Bo", now=NOW + dt.timedelta(days=30))
    other = bare.replace("4.5", "9")

    assert once == [("2026-Q1", NOW.date(), "Ann"), ("2026-Q2", NOW.date(), "Ann")]
    assert later.ledger_counts == {"kpi_actuals": {"added": 0, "unchanged": 2}}
    assert load_ledger(new_db, "kpi_actuals").height == 2
    (problem,) = check_import(new_db, files(projects="project_id,name\n", kpi_actuals=other)).problems
    assert problem.value == "K-1:2026-Q1"


def test_a_row_that_says_only_when_it_was_recorded_keeps_its_day(new_db):
    put(new_db, projects="project_id,name\n", kpi_actuals=LEDGER + "K-1,2026-Q1,4.5,2026-04-01,\n")
    assert load_ledger(new_db, "kpi_actuals").select("recorded_on", "recorded_by").rows() == [
        (dt.date(2026, 4, 1), "Ann")
    ]

"""Snapshots: sealed once and chained, the draft goes on, and what is changed behind them is found."""

import datetime as dt

import pytest
from hypothesis import given, settings

from planner.errors import LabelTaken, PlanChanged, QuarterPassed, RevisionAstray, VersionUnknown
from planner.model.plan import Plan
from planner.store.database import Database
from planner.store.drafts import draft_version
from planner.store.guards import drop_guards
from planner.store.snapshots import load_plan, verify_snapshots
from planner.store.versions import list_versions, load_version_header
from tests.plans import plans
from tests.store.small import AS_OF, NOW, cell, fill, save, seal, small_plan


def behind_its_back(db, table, statement):
    with db.writing() as cursor:
        drop_guards(cursor, table)
        cursor.execute(statement)
    return verify_snapshots(db)


@settings(max_examples=6, deadline=None)
@given(plan=plans())
def test_a_sealed_plan_is_the_plan_that_was_the_draft(plan):
    db = Database.in_memory()
    fill(db, plan.frames)
    version, fresh = seal(db)
    assert fresh
    assert load_plan(db, version.label) == plan
    assert version.fingerprint == plan.fingerprint
    assert dict(version.rows) == plan.rows
    assert verify_snapshots(db) == []
    db.close()


def test_a_sealing_keeps_what_was_said_with_it(filled):
    seal(filled, findings={"missing_why": 3}, now=NOW.replace(microsecond=5))
    version = load_version_header(filled, "FY27-Q4")
    assert (version.quarter, version.number, version.previous) == ("FY27-Q4", 1, "")
    assert (version.as_of, version.sealed_on) == (AS_OF, NOW)
    assert (version.author, version.note, version.findings) == ("ann", "first", {"missing_why": 3})
    assert version.is_sealed


def test_the_draft_goes_on_as_the_same_plan_one_quarter_later_without_its_reasons(filled):
    before = draft_version(filled)
    seal(filled)
    draft = draft_version(filled)
    assert (draft.quarter, draft.previous, draft.number) == ("FY28-Q1", "FY27-Q4", before.number + 1)
    assert load_plan(filled, "draft").fingerprint == small_plan().fingerprint
    assert load_plan(filled, "draft")["reasons"].is_empty()
    assert load_plan(filled, "FY27-Q4")["reasons"].height == 1


def test_versions_are_listed_in_the_order_of_sealing_and_then_the_draft(sealed):
    assert [version.label for version in list_versions(sealed)] == [
        "FY27-Q4",
        "FY28-Q1",
        "FY28-Q1.r2",
        "draft",
    ]
    assert [version.previous for version in list_versions(sealed)] == ["", "FY27-Q4", "FY28-Q1", "FY28-Q1.r2"]
    assert load_version_header(sealed, "latest").label == "FY28-Q1.r2"


def test_a_later_save_changes_no_snapshot(sealed):
    assert [
        load_plan(sealed, label)["projects"]["cost"].to_list() for label in ("FY27-Q4", "FY28-Q1", "latest")
    ] == [
        [None, 10, 20],
        [None, 11, 20],
        [None, 12, 20],
    ]


def test_sealing_the_same_again_finds_itself_done(filled):
    number = draft_version(filled).number
    first, fresh = seal(filled)
    again, fresh_again = seal(
        filled, number=number, author="bob", note="second", now=NOW + dt.timedelta(hours=1)
    )
    assert (fresh, fresh_again) == (True, False)
    assert again == first
    assert len(list_versions(filled)) == 2


def test_another_content_under_a_taken_label_names_the_next_free_revision(sealed):
    save(sealed, cell("P-1", "cost", 12, 13))
    with pytest.raises(LabelTaken) as refused:
        seal(sealed, "FY28-Q1")
    assert refused.value.following == "FY28-Q1.r3"


@pytest.mark.parametrize(("label", "following"), [("FY28-Q1.r4", "FY28-Q1.r3"), ("FY28-Q2.r2", "FY28-Q2")])
def test_a_revision_follows_the_one_before_it(sealed, label, following):
    with pytest.raises(RevisionAstray) as refused:
        seal(sealed, label)
    assert refused.value.following == following


def test_a_quarter_before_the_newest_is_refused(sealed):
    save(sealed, cell("P-1", "cost", 12, 13))
    with pytest.raises(QuarterPassed, match=r"FY27-Q3 is before the newest snapshot, FY28-Q1\.r2"):
        seal(sealed, "FY27-Q3")


def test_a_draft_that_changed_since_it_was_checked_is_not_sealed(filled):
    number = draft_version(filled).number
    save(filled, cell("P-1", "cost", 10, 11))
    with pytest.raises(PlanChanged):
        seal(filled, number=number)
    assert [version.label for version in list_versions(filled)] == ["draft"]


def test_the_same_plan_can_be_sealed_for_the_next_quarter(sealed):
    version, fresh = seal(sealed, "FY28-Q2")
    assert fresh
    assert version.fingerprint == load_version_header(sealed, "FY28-Q1.r2").fingerprint
    assert version.chain != load_version_header(sealed, "FY28-Q1.r2").chain


def test_an_unknown_version_is_refused_with_the_known_ones(sealed):
    with pytest.raises(VersionUnknown, match=r"draft, FY28-Q1\.r2, FY28-Q1 and FY27-Q4"):
        load_plan(sealed, "FY99-Q1")


def test_an_empty_draft_can_be_sealed(db):
    version, _ = seal(db, "2027-Q1")
    assert load_plan(db, version.label) == Plan.of()


def test_what_holds_is_verified_without_a_word(sealed):
    assert verify_snapshots(sealed) == []


@pytest.mark.parametrize(
    ("table", "statement", "said"),
    [
        (
            "sealed_projects",
            "UPDATE sealed_projects SET cost = 99 WHERE snapshot = 2 AND project_id = 'P-1'",
            ("FY28-Q1", "projects"),
        ),
        (
            "sealed_reasons",
            "UPDATE sealed_reasons SET reason_text = 'it does not' WHERE snapshot = 1",
            ("FY27-Q4", "reasons"),
        ),
        ("sealed_links", "DELETE FROM sealed_links WHERE snapshot = 3", ("FY28-Q1.r2", "links")),
        (
            "sealed_teams",
            "INSERT INTO sealed_teams (snapshot, team_id, name) VALUES (1, 'T', 'T')",
            ("FY27-Q4", "teams"),
        ),
        (
            "sealed_teams",
            "INSERT INTO sealed_teams (snapshot, team_id, name) VALUES (9, 'T', 'T')",
            ("", "teams"),
        ),
        ("snapshots", "UPDATE snapshots SET note = 'another' WHERE number = 2", ("FY28-Q1", "")),
        ("snapshots", "UPDATE snapshots SET fingerprint = '1:0' WHERE number = 2", ("FY28-Q1", "")),
        ("snapshots", "DELETE FROM snapshots WHERE number = 3", ("FY28-Q1.r2", "")),
        ("snapshots", "DELETE FROM snapshots WHERE number = 2", ("FY28-Q1.r2", "")),
    ],
)
def test_a_change_behind_a_snapshots_back_is_named(sealed, table, statement, said):
    broken = behind_its_back(sealed, table, statement)
    assert said in {(place.label, place.table) for place in broken}
    assert all(place.message.endswith(".") for place in broken)


def test_one_changed_cell_breaks_one_table_of_one_snapshot(sealed):
    broken = behind_its_back(
        sealed, "sealed_outcomes", "UPDATE sealed_outcomes SET why = '' WHERE snapshot = 2"
    )
    assert [(place.label, place.table) for place in broken] == [("FY28-Q1", "outcomes")]

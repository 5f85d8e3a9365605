"""Closing a quarter: what is shown first, what stops it, and what the snapshot keeps."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from planner.actions.comparing import compare
from planner.actions.editing import save
from planner.actions.exporting import export_plan, load_version_before, roadmap_frame
from planner.actions.refreshing import prepare_sealing, seal
from planner.errors import FindingsNotAccepted, FindingsStopSealing, LabelTaken, NothingBefore, PlanChanged
from planner.model.edit import Edit
from planner.store.archive import archive_root, list_manifests
from planner.store.drafts import draft_version
from tests.actions.conftest import NOW

AS_OF = dt.date(2027, 1, 15)


def close(db, label, *, accept=True):
    return seal(db, label, as_of=AS_OF, author="Ann", note="Winter", accept_findings=accept, now=NOW)


def change_cost(db, before, after):
    edit = Edit("projects", ("PRJ-013",), "cost", before, after)
    assert save(db, [edit], actor="Ann", now=NOW).saved.applied == 1


def test_a_sealing_is_prepared_with_its_label_findings_and_changes(db):
    change_cost(db, 1_560_000, 2_000_000)
    prepared = prepare_sealing(db)

    assert (prepared.label, prepared.quarter, prepared.number) == (
        "FY27-Q4",
        "FY27-Q4",
        draft_version(db).number,
    )
    assert (prepared.errors, prepared.warnings["in_progress_overdue"]) == ((), 2)
    assert [(row["id"], row["kind"], row["amount"]) for row in prepared.changes.events.to_dicts()] == [
        ("PRJ-013", "recosted", 440_000)
    ]


def test_warnings_are_accepted_by_name_and_counted_on_the_snapshot(db):
    with pytest.raises(FindingsNotAccepted):
        close(db, "FY27-Q4", accept=False)
    shown = prepare_sealing(db).warnings
    version, is_fresh = close(db, "FY27-Q4")

    assert is_fresh
    assert dict(version.findings) == shown
    assert version.findings["in_progress_overdue"] == 2
    assert (draft_version(db).quarter, prepare_sealing(db).label) == ("FY28-Q1", "FY28-Q1")
    assert [kept.label for kept in list_manifests(archive_root(db.path))][-1] == "FY27-Q4"


def test_sealing_again_is_done_already_whatever_the_findings_are(db):
    first, _ = close(db, "FY27-Q4")
    again, is_fresh = close(db, "FY27-Q4", accept=False)

    assert (again, is_fresh) == (first, False)


def test_a_save_between_the_look_and_the_sealing_stops_it(db):
    seen = prepare_sealing(db).number
    change_cost(db, 1_560_000, 5)
    with pytest.raises(PlanChanged, match=f"it was save {seen}, now {seen + 1}"):
        seal(
            db,
            "FY27-Q4",
            as_of=AS_OF,
            author="Ann",
            note="",
            accept_findings=True,
            now=NOW,
            checked=seen,
        )
    assert prepare_sealing(db).label == "FY27-Q4"


def test_another_content_needs_another_label(db):
    change_cost(db, 1_560_000, 5)
    with pytest.raises(LabelTaken) as refused:
        close(db, "FY27-Q3", accept=False)

    assert refused.value.following == "FY27-Q3.r2"
    version, _ = close(db, "FY27-Q3.r2")
    assert (version.label, version.quarter, version.previous) == ("FY27-Q3.r2", "FY27-Q3", "FY27-Q3")


def test_a_plan_that_is_broken_as_a_graph_is_not_sealed(db):
    link = {"from_type": "project", "from_id": "PRJ-013", "to_type": "enabler", "to_id": "ENB-999",
            "link_type": "delivers", "strength": 1}  # fmt: skip
    key = ("project", "PRJ-013", "enabler", "ENB-999", "delivers")
    save(db, [Edit("links", key, "", None, link)], actor="Ann", now=NOW)

    with pytest.raises(FindingsStopSealing, match="ENB-999"):
        close(db, "FY27-Q4")
    assert draft_version(db).quarter == "FY27-Q4"


def test_a_reason_that_is_given_in_the_draft_explains_the_snapshot(db):
    change_cost(db, 1_560_000, 5)
    reason = {"table": "projects", "id": "PRJ-013", "kind": "recosted", "field": "cost",
              "reason_code": "funding", "reason_text": "the budget was cut"}  # fmt: skip
    save(
        db,
        [Edit("reasons", ("projects", "PRJ-013", "recosted", "cost"), "", None, reason)],
        actor="Ann",
        now=NOW,
    )
    close(db, "FY27-Q4")
    change_cost(db, 5, 6)

    explained = compare(db, "FY27-Q3", "FY27-Q4").rows.row(0, named=True)
    over_several = compare(db, "FY27-Q2", "draft").rows.to_dicts()
    unexplained = compare(db, "FY27-Q4", "draft").rows.row(0, named=True)

    assert (explained["reason_code"], explained["reason"]) == ("funding", "the budget was cut")
    assert next(
        row["reason"] for row in over_several if (row["id"], row["field"]) == ("PRJ-013", "cost")
    ) == ("the budget was cut")
    assert (unexplained["kind"], unexplained["reason"]) == ("recosted", "")


def test_the_roadmap_names_what_a_project_reaches_and_why_it_moved(db):
    frame = roadmap_frame(db, "FY27-Q3")
    rows = {row["project_id"]: row for row in frame.to_dicts()}

    assert frame["project_id"].to_list()[:3] == ["PRJ-029", "PRJ-032", "PRJ-033"]
    flood = rows["PRJ-033"]
    assert (flood["version"], flood["start_quarter"], flood["opex"], flood["person_days"]) == (
        "FY27-Q3", "FY27-Q4", 160_000, 450,
    )  # fmt: skip
    assert flood["outcomes"] == "Settle claims faster and fairly|Keep customers longer|Run at lower cost"
    assert flood["enablers"] == "Customer portal and app|Contact-centre messaging"
    assert (flood["drift_since_previous"], flood["change_reason"]) == ("added", "environment")
    assert rows["PRJ-026"]["person_days"] is None
    closed = [row["status"] in {"done", "cancelled"} for row in frame.to_dicts()]
    assert closed == sorted(closed)


def test_the_first_version_has_none_before_it(db):
    assert load_version_before(db, "FY26-Q3") == "FY26-Q2"
    assert load_version_before(db, "draft") == "FY27-Q3"
    with pytest.raises(NothingBefore):
        load_version_before(db, "FY26-Q2")
    assert roadmap_frame(db, "FY26-Q2")["drift_since_previous"].null_count() == 27


def test_an_exported_plan_has_every_table_its_manifest_and_the_ledgers(db):
    files = export_plan(db, "latest")
    assert {"projects.csv", "reasons.csv", "manifest.json", "ledgers/decisions.csv"} <= files.keys()
    assert len(files) == 15 + 1 + 13


def test_two_presses_at_once_seal_one_snapshot_with_one_archive(db):
    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(close, db, "FY27-Q4") for _ in range(2)]
    assert sorted(press.result()[1] for press in done) == [False, True]
    assert [kept.label for kept in list_manifests(archive_root(db.path))][-1] == "FY27-Q4"

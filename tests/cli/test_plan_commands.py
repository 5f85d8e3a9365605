"""init, import, seal, versions, check and export: what they say and leave behind."""

import csv
import io
import json
import re
import zipfile

import pytest

from planner.actions.deciding import Decision, approve, submit
from planner.actions.opening import open_plan
from planner.actions.rolling import open_refresh
from tests.actions.conftest import NOW
from tests.sample_database import write_folder

LABELS = ["FY26-Q2", "FY26-Q3", "FY26-Q4", "FY27-Q1", "FY27-Q2", "FY27-Q3"]


def versions_of(planner, path):
    return json.loads(planner("versions", "--format", "json", "--database", path).out)["versions"]


def test_the_sample_has_six_snapshots_sealed_at_noon_of_their_day_and_a_draft_one_quarter_on(planner, sample):
    versions = versions_of(planner, sample)

    assert [version["label"] for version in versions] == [*LABELS, "draft"]
    assert list(versions[0]) == [
        "label", "kind", "quarter", "as_of", "sealed_on", "author", "note", "rows", "fingerprint", "previous",
    ]  # fmt: skip
    first, draft = versions[0], versions[-1]
    assert (first["as_of"], first["sealed_on"]) == ("2025-07-18", "2025-07-18T12:00:00Z")
    assert (first["author"], first["note"]) == ("Executive Committee", "First five-year plan")
    assert [version["previous"] for version in versions] == ["", *LABELS]
    assert re.fullmatch("1:[0-9a-f]{64}", first["fingerprint"])
    assert (
        versions[-1]["fingerprint"] == versions[-2]["fingerprint"]
    )  # the draft is still what was sealed last
    assert (draft["kind"], draft["quarter"], draft["as_of"], draft["sealed_on"]) == (
        "draft",
        "FY27-Q4",
        None,
        None,
    )
    assert draft["rows"]["projects"] == 32


def test_init_leaves_the_database_with_its_archives_and_nothing_half_made(made_sample):
    assert sorted(file.name for file in made_sample.parent.iterdir()) == [
        "plan.duckdb", "plan.duckdb.archive", "plan.duckdb.lock",
    ]  # fmt: skip
    archives = sorted(folder.name[:7] for folder in made_sample.with_name("plan.duckdb.archive").iterdir())
    assert archives == LABELS


def test_init_refuses_a_database_that_exists(planner, sample):
    again = planner("init", "--database", sample)
    assert (again.status, again.err.splitlines()[0]) == (1, f"There is already a plan database at {sample}.")


def test_init_refuses_a_path_whose_archives_are_of_an_earlier_database(planner, sample):
    sample.unlink()
    done = planner("init", "--empty", "--database", sample)
    assert done.status == 1
    assert "restore --archives" in done.err
    assert not sample.exists()


def test_an_empty_plan_has_its_settings_and_todays_quarter(planner, tmp_path):
    path = tmp_path / "plan.duckdb"
    words = ("--fiscal-start", "4", "--currency", "EUR", "--name", "Mine")
    assert planner("init", "--empty", *words, "--database", path).status == 0
    (draft,) = versions_of(planner, path)
    assert re.fullmatch(r"FY\d\d-Q[1-4]", draft["quarter"])
    assert planner("export", "plan", "-o", tmp_path / "folder", "--database", path).status == 0
    with (tmp_path / "folder" / "settings.csv").open(encoding="utf-8") as lines:
        settings = dict(csv.reader(lines))
    assert re.fullmatch("[0-9a-f-]{36}", settings.pop("plan_uid"))
    assert settings == {
        "key": "value", "currency": "EUR", "fiscal_year_start_month": "4", "plan_name": "Mine",
    }  # fmt: skip


def test_a_calendar_year_plan_is_imported_sealed_and_sealed_again(planner, empty, tmp_path):
    folder = write_folder(tmp_path / "folder", projects="project_id,name,cost\nP-1,Depot,100\nP-2,Shop,\n")
    base = ("--database", empty)

    assert planner("import", folder, *base).status == 0
    refused = planner("seal", "2026-Q3", *base)
    sealed = planner(
        "seal",
        "2026-Q3",
        "--accept-findings",
        "--as-of",
        "2026-10-16",
        "--by",
        "Ann",
        "--note",
        "First",
        *base,
    )
    again = planner("seal", "2026-Q3", *base)
    write_folder(folder, projects="project_id,name,cost\nP-1,Depot,120\nP-2,Shop,\n")
    assert planner("import", folder, *base).status == 0
    taken = planner("seal", "2026-Q3", "--accept-findings", *base)
    passed = planner("seal", "2026-Q2", "--accept-findings", *base)
    revised = planner("seal", "2026-Q3.r2", "--accept-findings", *base)

    assert refused.status == 1
    assert "--accept-findings" in refused.err
    assert (sealed.status, sealed.out.splitlines()[0][:15]) == (0, "Sealed 2026-Q3 ")
    assert (again.status, again.out) == (0, "2026-Q3 is already sealed with this content.\n")
    assert (taken.status, taken.err.splitlines()[1]) == (1, "Seal this draft as 2026-Q3.r2 instead.")
    assert (passed.status, passed.err.splitlines()[0]) == (
        1,
        "2026-Q2 is before the newest snapshot, 2026-Q3.",
    )
    assert revised.status == 0
    first, second, draft = versions_of(planner, empty)
    assert (first["label"], first["as_of"], first["author"], first["note"]) == (
        "2026-Q3", "2026-10-16", "Ann", "First",
    )  # fmt: skip
    assert (second["label"], second["previous"], draft["quarter"]) == ("2026-Q3.r2", "2026-Q3", "2026-Q4")


def test_problems_stop_an_import_and_are_listed_with_their_place(planner, sample, tmp_path):
    folder = write_folder(
        tmp_path / "folder", projects="project_id,name,end_date\nP-1,Depot,31/06/2026\nP-1,Shop,\n"
    )

    text = planner("import", folder, "--database", sample)
    checked = planner("import", folder, "--check", "--format", "json", "--database", sample)

    assert text.status == checked.status == 1
    assert [line.split(":")[0] for line in text.out.splitlines()] == [
        "projects.csv, line 2, column end_date", "projects.csv, line 3, column project_id",
    ]  # fmt: skip
    assert text.err.splitlines()[0] == "2 problems stop the import; nothing was written."
    problems = json.loads(checked.out)["problems"]
    assert [list(problem) for problem in problems] == [["file", "line", "column", "value", "message"]] * 2
    assert (problems[0]["line"], problems[0]["value"]) == (2, "31/06/2026")
    assert planner("drift", "latest", "draft", "--database", sample).out.endswith("no difference.\n")


def test_check_of_a_sound_folder_writes_nothing_and_says_what_would_change(planner, sample, tmp_path):
    folder = write_folder(tmp_path / "folder", projects="project_id,name\nP-1,Depot\n")
    done = planner("import", folder, "--check", "--format", "json", "--database", sample)
    document = json.loads(done.out)
    assert done.status == 0
    assert document == {
        "problems": [],
        "tables": {"projects": {"added": 1, "changed": 0, "removed": 32, "unchanged": 0}},
        "ledgers": {},
        "applied": False,
    }
    assert planner("drift", "latest", "draft", "--database", sample).out.endswith("no difference.\n")


def test_the_reason_of_an_import_explains_what_it_changed(planner, sample, tmp_path):
    folder = write_folder(tmp_path / "folder", projects="project_id,name,cost\nPRJ-013,Claims automation,9\n")
    words = ("--mode", "merge", "--reason", "correction:the cost was wrong", "--by", "Ann")
    assert planner("import", folder, *words, "--database", sample).status == 0
    changes = json.loads(planner("drift", "latest", "draft", "--format", "json", "--database", sample).out)[
        "changes"
    ]
    recosted = [row for row in changes if row["kind"] == "recosted"]
    assert [(row["id"], row["reason_code"], row["reason"]) for row in recosted] == [
        ("PRJ-013", "correction", "the cost was wrong")
    ]


def test_a_plan_that_is_exported_and_imported_elsewhere_is_the_same_plan(planner, sample, empty, tmp_path):
    for name in ("folder", "plan.zip"):
        words = ("export", "plan", "--version", "FY27-Q1", "-o", tmp_path / name)
        assert planner(*words, "--database", sample).status == 0
    sealed = {version["label"]: version["fingerprint"] for version in versions_of(planner, sample)}

    assert planner("import", tmp_path / "plan.zip", "--database", empty).status == 0
    assert planner("seal", "FY27-Q1", "--accept-findings", "--database", empty).status == 0
    assert planner("import", tmp_path / "folder", "--database", empty).status == 0

    first, draft = versions_of(planner, empty)
    assert first["fingerprint"] == sealed["FY27-Q1"]
    assert draft["quarter"] == "FY27-Q2"
    assert planner("drift", "FY27-Q1", "draft", "--database", empty).out.endswith("no difference.\n")
    assert planner("export", "plan", "-o", tmp_path / "folder", "--database", empty).status == 1
    with zipfile.ZipFile(tmp_path / "plan.zip") as packed:
        assert "FY27-Q1/projects.csv" in packed.namelist()


@pytest.mark.parametrize("what", ["roadmap", "phasing", "links"])
def test_an_export_for_spreadsheets_has_a_row_for_each_of_its_items(planner, sample, tmp_path, what):
    file = tmp_path / "out.csv"
    assert planner("export", what, "--version", "FY27-Q3", "-o", file, "--database", sample).status == 0
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") > 30
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == {"roadmap": 32, "phasing": 241, "links": 87}[what]


def test_check_lists_the_findings_and_fails_on_errors_only(planner, sample, tmp_path):
    warned = planner("check", "--format", "json", "--database", sample)
    findings = json.loads(warned.out)["findings"]
    assert warned.status == 0
    assert {tuple(finding) for finding in findings} == {
        ("severity", "code", "table", "id", "field", "message")
    }
    assert {finding["severity"] for finding in findings} == {"warning"}

    links = "from_type,from_id,to_type,to_id,link_type,strength\nproject,PRJ-013,enabler,ENB-999,delivers,1\n"
    folder = write_folder(tmp_path / "folder", projects="project_id,name\n", links=links)
    assert planner("import", folder, "--mode", "merge", "--database", sample).status == 0
    text = planner("check", "--database", sample)
    stopped = planner("seal", "FY27-Q4", "--accept-findings", "--database", sample)

    assert text.status == 1
    assert text.out.startswith("error    ")
    assert "ENB-999" in text.out.splitlines()[0]
    assert text.out.splitlines()[-1].startswith("draft: 1 error, ")
    assert (stopped.status, stopped.err.splitlines()[0][:37]) == (1, "1 error in the plan stops the sealing")


def test_an_export_never_takes_the_place_of_the_database(planner, small):
    before = small.read_bytes()
    for what in ("roadmap", "plan"):
        done = planner("export", what, "-o", small.parent / "." / small.name, "--database", small)
        assert done.status == 1
    assert small.read_bytes() == before


def test_a_change_without_a_reason_is_only_warned_of_on_the_command_line(planner, small, tmp_path):
    folder = write_folder(tmp_path / "dearer", projects="project_id,name,cost\nP-1,Depot,200\nP-2,Shop,7\n")
    assert planner("import", folder, "--database", small).status == 0
    done = planner("seal", "2026-Q4", "--accept-findings", "--database", small)
    assert done.status == 0
    assert done.err == "Warning: 1 change has no reason; 'planner drift 2026-Q3 2026-Q4' lists them.\n"


def test_an_open_refresh_binds_the_command_line_until_it_is_approved(planner, small):
    db = open_plan(small)
    open_refresh(db, "2026-Q4", actor="Ann", now=NOW)
    db.close()
    done = planner("seal", "2026-Q4", "--accept-findings", "--database", small)
    assert done.status == 1
    assert (
        done.err.splitlines()[0]
        == "2026-Q4 has an open refresh that is in draft, so it cannot be sealed yet."
    )
    db = open_plan(small)
    submit(db, actor="Ann", now=NOW)
    approve(db, Decision("Board", "Approved"), actor="Bo", now=NOW)
    db.close()
    assert planner("seal", "2026-Q4", "--accept-findings", "--database", small).status == 0

"""verify, backup and restore: a change behind the database's back is named, and what is lost comes back."""

import json
import shutil

import duckdb
import pytest

from tests.sample_database import write_behind_its_back, write_folder


def versions_of(planner, path):
    return json.loads(planner("versions", "--format", "json", "--database", path).out)["versions"]


def test_the_sample_verifies_until_one_cell_is_changed_behind_its_back(planner, sample):
    held = planner("verify", "--database", sample)
    write_behind_its_back(
        sample,
        "sealed_projects",
        "UPDATE sealed_projects SET cost = cost + 1 WHERE project_id = 'PRJ-013' AND snapshot = 4",
    )
    broken = planner("verify", "--database", sample)

    assert (held.status, held.out) == (0, "6 snapshots verified: rows, chain and archives hold.\n")
    assert broken.status == 1
    named, counted = broken.out.splitlines()
    assert named.startswith("FY27-Q1 projects PRJ-013 cost: ")
    assert "is '1560001' in the database and '1560000' in the archive" in named
    assert named.endswith("The archive is what was sealed; the database is not.")
    assert counted == "1 place is not what was sealed, of 6 snapshots."


@pytest.mark.parametrize(
    ("table", "statement", "place"),
    [
        (
            "sealed_projects",
            "UPDATE sealed_projects SET name = NULL WHERE project_id = 'P-2' AND snapshot = 1",
            "2026-Q1 projects P-2 name",
        ),
        (
            "sealed_projects",
            "INSERT INTO sealed_projects (snapshot, project_id, name) VALUES (2, 'P-3', 'Ghost')",
            "2026-Q2 projects P-3",
        ),
        (
            "sealed_settings",
            "UPDATE sealed_settings SET value = '4' WHERE key = 'fiscal_year_start_month' AND snapshot = 3",
            "2026-Q3 settings fiscal_year_start_month value",
        ),
        ("snapshots", "UPDATE snapshots SET note = 'Another' WHERE number = 2", "2026-Q2 note"),
        (
            "snapshots",
            "UPDATE snapshots SET fingerprint = '1:' || repeat('0', 64) WHERE number = 2",
            "2026-Q2 fingerprint",
        ),
        ("snapshots", "UPDATE snapshots SET findings = '{}' WHERE number = 2", "2026-Q2 findings"),
    ],
)
def test_what_was_changed_is_named_by_label_table_id_and_field(planner, small, table, statement, place):
    write_behind_its_back(small, table, statement)

    done = planner("verify", "--database", small)

    assert done.status == 1
    assert done.out.startswith(f"{place}: ")
    assert {line.split()[0] for line in done.out.splitlines()[:-1]} == {place.split()[0]}


def test_a_table_that_somebody_dropped_is_named(planner, small):
    connection = duckdb.connect(str(small))
    connection.execute("DROP TABLE sealed_links")
    connection.close()

    done = planner("verify", "--database", small)

    assert done.status == 3
    assert (
        done.err.splitlines()[0] == f"The plan database {small} is damaged: its table sealed_links is gone."
    )
    assert "restore --archives" in done.err


def test_a_changed_archive_is_told_from_a_changed_database(planner, small):
    (folder,) = small.with_name("plan.duckdb.archive").glob("2026-Q2-*")
    projects = folder / "projects.csv"
    projects.write_text(projects.read_text().replace("Depot", "Depots"))

    done = planner("verify", "--database", small)

    assert done.status == 1
    assert done.out.startswith("2026-Q2 projects P-1 name: ")
    assert "The database is what was sealed; the archive is not." in done.out


def test_an_archive_whose_manifest_does_not_read_is_told_and_closes_nothing(planner, small):
    (folder,) = small.with_name("plan.duckdb.archive").glob("2026-Q2-*")
    (folder / "manifest.json").write_text("{")

    assert planner("versions", "--database", small).status == 0
    done = planner("verify", "--database", small)

    assert done.status == 1
    assert done.out.startswith("2026-Q2 archive: ")
    assert "its manifest.json does not read" in done.out


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("findings", {}),
        ("rows", {"projects": 1}),
        ("note", "Another"),
        ("plan_uid", "theirs"),
        ("kind", "draft"),
    ],
)
def test_a_changed_word_of_a_manifest_is_named(planner, small, name, value):
    (folder,) = small.with_name("plan.duckdb.archive").glob("2026-Q2-*")
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {name: value}))

    done = planner("verify", "--database", small)

    assert done.status == 1
    assert done.out.startswith(f"2026-Q2 {name}: ")


def test_a_missing_archive_is_made_anew_at_the_next_opening(planner, small):
    (folder,) = small.with_name("plan.duckdb.archive").glob("2026-Q2-*")
    kept = {file.name: file.read_bytes() for file in folder.iterdir()}
    shutil.rmtree(folder)

    assert planner("verify", "--database", small).status == 0
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == kept


def test_no_archive_is_made_of_rows_that_are_not_what_was_sealed(planner, small):
    (folder,) = small.with_name("plan.duckdb.archive").glob("2026-Q2-*")
    shutil.rmtree(folder)
    write_behind_its_back(small, "sealed_projects", "UPDATE sealed_projects SET cost = 5 WHERE snapshot = 2")

    done = planner("verify", "--database", small)

    assert done.status == 1
    assert not folder.exists()
    assert {"2026-Q2 archive", "2026-Q2 projects"} <= {line.split(":")[0] for line in done.out.splitlines()}


def test_a_backup_is_whole_and_comes_back(planner, small, tmp_path):
    copy = tmp_path / "copy.duckdb"
    made = planner("backup", copy, "--database", small)
    again = planner("backup", copy, "--database", small)
    folder = write_folder(tmp_path / "folder", projects="project_id,name\nP-9,Harbour\n")
    assert planner("import", folder, "--database", small).status == 0

    done = planner("restore", copy, "--database", small)

    assert (made.status, again.status, done.status) == (0, 1, 0)
    assert planner("drift", "latest", "draft", "--database", small).out.endswith("no difference.\n")
    (aside,) = tmp_path.glob("plan.duckdb.replaced-*")
    assert done.out.endswith(f"What was there is kept as {aside}.\n")
    assert "P-9  Harbour  added" in planner("drift", "2026-Q3", "draft", "--database", aside).out


def test_an_older_backup_takes_the_archives_it_does_not_know_out_of_the_way(planner, small, tmp_path):
    copy = tmp_path / "copy.duckdb"
    assert planner("backup", copy, "--database", small).status == 0
    assert planner("seal", "2026-Q4", "--accept-findings", "--database", small).status == 0

    done = planner("restore", copy, "--database", small)

    assert done.out.count("What was there is kept as") == 2
    assert len(list(tmp_path.glob("plan.duckdb.archive.replaced-*/2026-Q*"))) == 4
    assert planner("verify", "--database", small).out.startswith("3 snapshots verified")


@pytest.mark.parametrize("is_new_file", [True, False])
def test_a_database_older_than_its_archives_is_refused_and_rebuilt_from_them(
    planner, small, tmp_path, is_new_file
):
    old = tmp_path / "old.duckdb"
    shutil.copyfile(small, old)
    assert planner("seal", "2026-Q4", "--accept-findings", "--by", "Ann", "--database", small).status == 0
    sealed = versions_of(planner, small)
    if is_new_file:
        small.unlink()
    shutil.copyfile(old, small)

    refused = planner("versions", "--database", small)
    done = planner("restore", "--archives", f"{small}.archive", "--database", small)

    assert refused.status == 3
    assert "it lacks 2026-Q4." in refused.err
    assert "restore --archives" in refused.err
    assert done.status == 0
    rebuilt = versions_of(planner, small)
    assert rebuilt == sealed
    assert planner("verify", "--database", small).out.startswith("4 snapshots verified")


def test_a_lost_database_is_rebuilt_with_its_ledgers(planner, small, tmp_path):
    moved = tmp_path / "elsewhere" / "new.duckdb"
    assert planner("restore", "--archives", f"{small}.archive", "--database", moved).status == 0

    for path, name in ((small, "before"), (moved, "after")):
        assert planner("export", "plan", "-o", tmp_path / name, "--database", path).status == 0
    before, after = (
        {file.name: file.read_bytes() for file in (tmp_path / name).rglob("*.csv")}
        for name in ("before", "after")
    )
    assert before == after
    assert "kpi_actuals.csv" in before


@pytest.mark.parametrize("harm", ["cell", "header", "gap", "none"])
def test_archives_that_are_not_whole_are_refused_and_nothing_is_replaced(planner, small, tmp_path, harm):
    archives = small.with_name("plan.duckdb.archive")
    (folder,) = archives.glob("2026-Q2-*")
    projects, manifest = folder / "projects.csv", folder / "manifest.json"
    if harm == "cell":
        projects.write_text(projects.read_text().replace("Depot", "Depots"))
    elif harm == "header":
        manifest.write_text(manifest.read_text().replace('"Ann"', '"Bob"'))
    elif harm == "gap":
        shutil.rmtree(folder)
    else:
        archives = tmp_path / "nothing"
        archives.mkdir()
    before = small.read_bytes()

    done = planner("restore", "--archives", archives, "--database", small)

    assert done.status == 1
    assert "cannot be used" in done.err
    assert small.read_bytes() == before
    assert list(tmp_path.glob("*.replaced-*")) == list(tmp_path.glob("*.restoring-*")) == []


def test_a_backup_that_is_none_is_refused(planner, small, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("not a database\n" * 500)
    before = small.read_bytes()
    unread, missing = (planner("restore", file, "--database", small) for file in (note, tmp_path / "none"))
    assert (unread.status, missing.status) == (3, 3)
    assert unread.err.startswith(
        f"The backup {note} cannot be used: the file {note} is not a plan database: "
    )
    assert missing.err.startswith(f"The backup {tmp_path / 'none'} cannot be used: there is nothing there.")
    assert small.read_bytes() == before

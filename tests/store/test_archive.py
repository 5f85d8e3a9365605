"""Archives: a folder is there whole under its name or not at all; the newest names the head of the chain."""

import json

import pytest

from planner.errors import ArchiveUnfit, FileRefused
from planner.model.version import Version
from planner.store.archive import (
    archive_name,
    archive_root,
    drop_unfinished,
    has_archive,
    list_manifests,
    newest_manifest,
    prepare_archive,
    write_archive,
)


def version(label, number):
    return Version(label=label, kind="snapshot", quarter=label, number=number, fingerprint=f"1:{number:064x}")


def files(made, **more):
    said = {"label": made.label, "fingerprint": made.fingerprint, "number": made.number}
    return {"projects.csv": b"project_id,name\n", "manifest.json": json.dumps(said | more).encode()}


def test_an_archive_is_named_by_its_label_and_fingerprint(path):
    made = version("FY27-Q3.r2", 10)
    root = archive_root(path)
    folder = write_archive(root, made, files(made))
    assert folder == path.parent / "plan.duckdb.archive" / "FY27-Q3.r2-000000000000"
    assert archive_name(made) == folder.name
    assert (folder / "projects.csv").read_bytes() == b"project_id,name\n"
    assert has_archive(root, made)


def test_the_newest_is_the_last_of_the_chain(tmp_path):
    for label, number in (("FY27-Q4", 12), ("FY27-Q3", 2), ("FY28-Q1", 101)):
        write_archive(tmp_path, version(label, number), files(version(label, number)))
    assert [archive.number for archive in list_manifests(tmp_path)] == [2, 12, 101]
    assert newest_manifest(tmp_path).label == "FY28-Q1"


def test_there_is_no_newest_where_nothing_was_sealed(tmp_path):
    assert newest_manifest(tmp_path / "none") is None


def test_a_half_written_archive_is_none_and_is_cleared_away(tmp_path):
    made = version("FY27-Q3", 1)
    prepared = prepare_archive(tmp_path, archive_name(made), files(made))
    assert list_manifests(tmp_path) == []
    assert not has_archive(tmp_path, made)
    drop_unfinished(tmp_path)
    assert not prepared.exists()


def test_an_archive_that_is_there_stays_as_it_is(tmp_path):
    made = version("FY27-Q3", 1)
    write_archive(tmp_path, made, files(made, first=True))
    write_archive(tmp_path, made, files(made))
    assert newest_manifest(tmp_path).manifest["first"]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_manifest_that_does_not_read_is_named(tmp_path):
    made = version("FY27-Q3", 1)
    (write_archive(tmp_path, made, files(made)) / "manifest.json").write_text("{")
    with pytest.raises(ArchiveUnfit, match="FY27-Q3-000000000000"):
        list_manifests(tmp_path)


def test_a_root_that_cannot_be_made_is_a_refusal(tmp_path):
    (tmp_path / "file").write_text("")
    made = version("FY27-Q3", 1)
    with pytest.raises(FileRefused):
        write_archive(tmp_path / "file", made, files(made))

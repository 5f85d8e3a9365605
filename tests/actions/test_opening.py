"""Making and opening a plan: nothing half made stays, and other threads see one database."""

import pytest

from planner.actions import starting
from planner.actions.opening import make_plan, open_plan
from planner.actions.reviewing import SAMPLE_UID
from planner.errors import DatabaseExists, DatabaseTooOld, FolderUnreadable
from planner.store.archive import archive_root
from planner.store.snapshots import load_plan
from planner.store.versions import list_versions
from tests.actions.conftest import NOW


def make(path, *, sample):
    return make_plan(path, sample=sample, now=NOW, progress=lambda _told, _part: None)


def test_a_plan_that_could_not_be_made_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(starting, "SAMPLE", tmp_path / "nowhere")
    with pytest.raises(FolderUnreadable):
        make(tmp_path / "plans" / "plan.duckdb", sample=True)
    assert list((tmp_path / "plans").iterdir()) == []


def test_a_second_plan_is_not_made_over_the_first(empty):
    with pytest.raises(DatabaseExists):
        make(empty, sample=False)


def test_the_sample_is_the_same_plan_wherever_it_is_made(db):
    """Its fingerprints are part of the product: they are what other machines compare theirs with."""
    chains = {version.label: (version.fingerprint[:8], version.chain[:6]) for version in list_versions(db)}
    assert chains["FY26-Q2"][0] == "1:30a732"
    assert chains["FY27-Q3"][0] == "1:5844dd"
    assert load_plan(db, "draft").settings.text("plan_uid") == SAMPLE_UID


def test_an_archive_of_a_snapshot_that_the_database_lacks_stops_the_opening(small, tmp_path):
    manifest = '{"format_version": 1, "label": "2026-Q4", "fingerprint": "1:ab", "number": 4}'
    strange = archive_root(small) / "2026-Q4-ab"
    strange.mkdir()
    (strange / "manifest.json").write_text(manifest)

    with pytest.raises(DatabaseTooOld, match="it lacks 2026-Q4"):
        open_plan(small)
    strange.rename(tmp_path / "aside")
    open_plan(small).close()

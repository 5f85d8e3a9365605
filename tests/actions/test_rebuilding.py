"""Refreshes come back with the snapshots that they led to: every step, and what was left alone by whom."""

import datetime as dt
import json

import pytest

from planner.actions.deciding import Decision, approve, seal_refresh, submit, withdraw
from planner.actions.opening import open_plan
from planner.actions.reasoning import attest
from planner.actions.restoring import restore_archives
from planner.actions.rolling import open_refresh
from planner.errors import ArchiveUnfit
from planner.exchange.folder_files import read_files
from planner.exchange.plan_folder import read_plan_folder
from planner.store.archive import archive_root, newest_manifest
from planner.store.refreshes import list_refreshes, load_attestations
from tests.actions.conftest import NOW

WHO = {"actor": "Ann", "now": NOW}
LATER = NOW + dt.timedelta(days=2)
ALONE = [("outcomes", "OUT-001"), ("projects", "PRJ-014")]


def all_refreshes(db):
    return [(one, load_attestations(db, one.number)) for one in list_refreshes(db)]


def rebuilt(db, path):
    restore_archives(path, archive_root(db.path), now=NOW, progress=lambda _said, _share: None)
    return open_plan(path)


@pytest.fixture
def sealed(db):
    """The sample with a refresh that was withdrawn, and one that was sealed."""
    open_refresh(db, "FY27-Q4", **WHO)
    attest(db, ALONE[:1], **WHO)
    withdraw(db, **WHO, comment="no meeting this winter")
    open_refresh(db, "FY27-Q4", **WHO)
    attest(db, ALONE, actor="Bo", now=LATER)
    submit(db, **WHO, comment="please look")
    approve(db, Decision("Board", "Approved"), actor="Bo", now=LATER)
    seal_refresh(db, as_of=NOW.date(), author="Ann", note="Winter", accept_findings=True, now=LATER)
    return db


def test_a_rebuilt_database_has_every_step_and_every_item_left_alone(sealed, tmp_path):
    before = all_refreshes(sealed)
    db = rebuilt(sealed, tmp_path / "elsewhere" / "new.duckdb")

    assert [one.state for one, _ in before] == ["withdrawn", "sealed"]
    assert [list(attested) for _, attested in before] == [ALONE[:1], ALONE]
    assert all_refreshes(db) == before
    open_refresh(db, "FY28-Q1", **WHO)
    assert list_refreshes(db)[-1].number == 3
    db.close()


def test_an_archive_is_a_plan_folder_and_its_manifest_still(sealed):
    folder = newest_manifest(archive_root(sealed.path)).folder
    assert {file.suffix for file in folder.iterdir()} == {".csv", ".json"}
    assert read_plan_folder(read_files(folder)).problems == ()


def test_a_refresh_that_came_after_the_newest_archive_is_in_none(sealed, tmp_path):
    open_refresh(sealed, "FY28-Q1", **WHO)
    db = rebuilt(sealed, tmp_path / "elsewhere" / "new.duckdb")
    assert [one.label for one in list_refreshes(db)] == ["FY27-Q4", "FY27-Q4"]
    db.close()


def harm_action(said):
    said["refreshes"][1]["steps"][-1]["action"] = "waved through"


def harm_end(said):
    said["refreshes"][1]["steps"].pop()


def harm_number(said):
    said["refreshes"][1]["number"] = 1


def harm_baseline(said):
    said["refreshes"][0]["baseline"] = "FY27-Q2"


def harm_shape(said):
    said["refreshes"] = "two of them"


@pytest.mark.parametrize("harm", [harm_action, harm_end, harm_number, harm_baseline, harm_shape])
def test_a_manifest_that_tells_no_sound_refresh_is_refused(sealed, tmp_path, harm):
    manifest = newest_manifest(archive_root(sealed.path)).folder / "manifest.json"
    said = json.loads(manifest.read_text())
    harm(said)
    manifest.write_text(json.dumps(said))

    with pytest.raises(ArchiveUnfit, match="refresh"):
        rebuilt(sealed, tmp_path / "elsewhere" / "new.duckdb")
    assert list((tmp_path / "elsewhere").glob("new.duckdb")) == []

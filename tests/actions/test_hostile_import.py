"""Every hostile file through the action of `import --check` and of the upload: its problems, and a draft as it was."""

import pytest

from planner.actions.importing import MERGE, REPLACE, apply_import, check_import
from planner.actions.opening import open_plan
from planner.cli import main
from planner.errors import FolderUnreadable, ProblemsStopImport
from planner.exchange.folder_files import read_files
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW
from tests.exchange.hostile import HOSTILE, ZIPS


@pytest.fixture(scope="module")
def hostile_db(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "plan.duckdb"
    words = ("--empty", "--fiscal-start", "4", "--currency", "GBP", "--database", str(path))
    assert main(["init", *words]) == 0
    db = open_plan(path)
    yield db
    assert load_plan(db, "draft").rows == {"settings": 3}
    db.close()


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_file_is_answered_with_its_problems_and_not_imported(hostile_db, tmp_path, hostile):
    for name, data in hostile.files.items():
        file = tmp_path / "folder" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    preview = check_import(hostile_db, read_files(tmp_path / "folder"), mode=REPLACE)

    places = [(problem.file, problem.line, problem.column) for problem in preview.problems]
    assert places == [(file, line, column) for file, line, column, _ in hostile.problems]
    if hostile.problems:
        with pytest.raises(ProblemsStopImport):
            apply_import(hostile_db, preview, actor="Ann", now=NOW)


@pytest.mark.parametrize("hostile", [h for h in HOSTILE if h.problems][::7], ids=lambda hostile: hostile.name)
def test_a_merge_refuses_what_a_replacement_refuses(hostile_db, hostile):
    assert check_import(hostile_db, hostile.files, mode=MERGE).problems != ()


@pytest.mark.parametrize("name", ZIPS)
def test_a_hostile_zip_is_refused_in_words(tmp_path, name):
    file = tmp_path / "plan.zip"
    file.write_bytes(ZIPS[name][0])

    with pytest.raises(FolderUnreadable) as refused:
        read_files(file)
    assert str(file.name) in refused.value.headline

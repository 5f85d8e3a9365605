"""Every hostile file through `import --check`: its own problems, listed, and a draft that stays as it was."""

import json

import pytest

from planner.cli import main
from tests.exchange.hostile import HOSTILE, ZIPS


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "plan.duckdb"
    words = ("--empty", "--fiscal-start", "4", "--currency", "GBP", "--database", str(path))
    assert main(["init", *words]) == 0
    return path


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_a_hostile_file_is_answered_with_its_problems(planner, database, tmp_path, hostile):
    for name, data in hostile.files.items():
        file = tmp_path / "folder" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    done = planner("import", tmp_path / "folder", "--check", "--format", "json", "--database", database)

    problems = json.loads(done.out)["problems"]
    places = [(problem["file"], problem["line"], problem["column"]) for problem in problems]
    assert places == [(file, line, column) for file, line, column, _ in hostile.problems]
    assert done.status == (1 if hostile.problems else 0)


@pytest.mark.parametrize("name", ZIPS)
def test_a_hostile_zip_is_refused_in_words(planner, database, tmp_path, name):
    file = tmp_path / "plan.zip"
    file.write_bytes(ZIPS[name][0])

    done = planner("import", file, "--database", database)

    assert (done.status, done.out) == (1, "")
    assert len(done.err.splitlines()) == 2


def test_after_all_of_them_the_draft_is_as_it_was(planner, database):
    versions = json.loads(planner("versions", "--format", "json", "--database", database).out)["versions"]
    assert [version["rows"] for version in versions] == [{"settings": 3}]

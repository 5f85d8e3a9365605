"""A store to try things on: in memory where a file makes no difference, else a file of the test's own."""

import shutil
from pathlib import Path

import pytest

from planner.store.database import Database
from tests.store.small import cell, fill, save, seal


@pytest.fixture
def db():
    opened = Database.in_memory()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def unwritten():
    """A new database for tests that only look, or that are refused."""
    opened = Database.in_memory()
    yield opened
    opened.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "plan.duckdb"


@pytest.fixture
def file_db(path):
    opened = Database.open(path, create=True)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def made_plans(tmp_path_factory):
    """A folder with the small plan as a draft, and with three snapshots of it, each a little different."""
    folder = tmp_path_factory.mktemp("made")
    db = Database.open(folder / "filled.duckdb", create=True)
    fill(db)
    db.close()
    shutil.copyfile(folder / "filled.duckdb", folder / "sealed.duckdb")
    db = Database.open(folder / "sealed.duckdb")
    seal(db, "FY27-Q4")
    save(db, cell("P-1", "cost", 10, 11))
    seal(db, "FY28-Q1", findings={"missing_why": 2})
    save(db, cell("P-1", "cost", 11, 12))
    seal(db, "FY28-Q1.r2")
    db.close()
    return folder


@pytest.fixture
def filled(made_plans, path):
    """A store whose draft is the small plan."""
    opened = Database.open(Path(shutil.copyfile(made_plans / "filled.duckdb", path)))
    yield opened
    opened.close()


@pytest.fixture
def sealed(made_plans, path):
    """A store with three snapshots of the small plan."""
    opened = Database.open(Path(shutil.copyfile(made_plans / "sealed.duckdb", path)))
    yield opened
    opened.close()

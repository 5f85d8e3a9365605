"""A store to try things on: in memory where a file makes no difference, else a file of the test's own."""

import pytest

from planner.store.database import Database


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

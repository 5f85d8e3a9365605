"""What every test shares: no test ever opens the plan of the person who runs it."""

import os
from pathlib import Path

import pytest

from tests.sample_database import empty, made_sample, made_small, sample, small

# Named here once: a session fixture that each file imports for itself is made anew for each file.
__all__ = ["empty", "made_sample", "made_small", "sample", "small"]

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True, scope="session")
def _a_database_of_our_own(tmp_path_factory):
    """Point the planner away from data/plan.duckdb; a test that wants a store names its own file."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("PLANNER_")]:
            patch.delenv(name)
        patch.setenv("PLANNER_DATABASE", str(tmp_path_factory.mktemp("database") / "plan.duckdb"))
        yield


@pytest.fixture(scope="session")
def root():
    """The folder of the checkout."""
    return ROOT

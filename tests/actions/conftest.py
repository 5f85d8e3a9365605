"""An open database of the sample, or of an empty plan."""

import datetime as dt

import pytest

from planner.actions.opening import open_plan

NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def db(sample):
    opened = open_plan(sample)
    yield opened
    opened.close()


@pytest.fixture
def new_db(empty):
    opened = open_plan(empty)
    yield opened
    opened.close()

"""While a refresh is in review every editing page says that the plan is frozen, by whom, and where to go."""

import pytest

from planner.actions.deciding import return_to_draft, submit
from planner.actions.opening import open_plan
from planner.actions.rolling import open_refresh
from planner.ui import session
from tests.pages.conftest import NOW, words


@pytest.mark.parametrize("page", ["projects", "teams", "many"])
def test_an_editing_page_says_that_the_plan_is_frozen_until_it_is_returned(open_app, sample, page):
    db = open_plan(sample)
    open_refresh(db, "FY27-Q4", actor="Ann", now=NOW)
    submit(db, actor="Ann", now=NOW)
    db.close()

    app = open_app(sample, page)
    said = words(app)
    return_to_draft(session.database(), actor="Bea", now=NOW, comment="the costs are last year's")
    app.run()

    assert "The plan is frozen: the refresh to FY27-Q4 is in review, by Ann." in said
    assert "The plan is frozen" not in words(app)

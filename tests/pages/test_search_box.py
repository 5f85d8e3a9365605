"""Search without a browser: closed it is one button on each page, open it finds what is saved and what is not yet."""

import pytest

from planner.actions.editing import keep_pending
from planner.model.edit import Edit
from planner.rules.search import SEARCHED
from planner.ui import search_box, session
from planner.ui.editor_grids import where_is
from planner.ui.places import PLACES
from tests.pages.conftest import NOW, words

# A run without a browser is never one of the dialog alone, so this page has it open in each run.
OPEN = """
import streamlit as st
from planner.ui import search_box
from planner.ui.places import PLACES

st.navigation([st.Page(place.path, url_path=place.url or None, default=not place.url) for place in PLACES.values()])
search_box._ask()
"""


def ask(app, wanted):
    app.text_input(key="search-for").input(wanted).run()
    assert not app.exception
    return words(app)


@pytest.mark.parametrize("page", list(PLACES))
def test_closed_search_is_one_button_and_reads_nothing(open_app, sample, page, monkeypatch):
    monkeypatch.setattr(search_box, "_index", lambda: pytest.fail("a closed search read the plan"))
    app = open_app(sample, page)
    assert [button.label for button in app.button if button.key == search_box.BUTTON] == ["Search"]
    assert "search-for" not in {text.key for text in app.text_input}


def test_an_empty_plan_is_searched_without_a_hit(open_app, empty):
    assert "Nothing in the draft says" in ask(open_app(empty, script=OPEN), "claims")


def test_what_is_not_saved_yet_is_found(open_app, sample):
    app = open_app(sample, script=OPEN)
    edits = [Edit("projects", ("PRJ-033",), "name", "Flood claims surge readiness", "Monsoon desk")]
    keep_pending(session.database(), "asha", edits, NOW)
    assert "PRJ-033" in ask(app, "monsoon")
    assert "Nothing in the draft says" in ask(app, "surge readiness")


def test_the_button_opens_the_dialog(open_app, sample):
    app = open_app(sample)
    app.button(key=search_box.BUTTON).click().run()
    assert app.text_input(key="search-for").value == ""


@pytest.mark.parametrize("table", [table for table in SEARCHED if table != "links"])
def test_each_table_that_is_searched_has_a_form(table):
    assert where_is(table, "X-1") is not None

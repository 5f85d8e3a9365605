"""Change many without a browser: what a link chooses is shown line by line, saved as one step, and taken back."""

import pytest

from planner.store.snapshots import load_plan
from planner.ui import session
from tests.pages.conftest import words

CLAIMS, FRAUD, DONE = "PRJ-013", "PRJ-015", "PRJ-001"


@pytest.fixture
def many(open_app, sample):
    return lambda **query: open_app(sample, "many", **query)


def draft():
    return load_plan(session.database(), "draft")


def cell(field, project=CLAIMS):
    rows = draft()["projects"].rows_by_key("project_id", named=True, include_key=True)
    return rows[project][0][field]


def press(app, label):
    next(button for button in app.button if button.label.startswith(label)).click()
    app.run()


def test_an_empty_plan_says_what_comes_first(open_app, empty):
    assert "There is no project to change yet" in words(open_app(empty, "many"))


def test_a_page_without_a_choice_changes_nothing_and_says_what_to_do(many):
    app = many()

    assert "No project is chosen yet" in words(app)
    assert not [button for button in app.button if button.label.startswith("Save")]


def test_a_link_chooses_projects_and_each_gets_its_line(many):
    said = words(many(project=[CLAIMS, FRAUD, DONE]))

    assert "2 projects would be changed" in said
    assert "Starts in Q2 FY28 and finishes in Q1 FY29, one quarter later." in said
    assert "its start stays, for it has begun" in said
    assert "what is closed stays closed" in said


def test_what_was_looked_at_is_saved_as_one_step_and_taken_back(many):
    app = many(project=[CLAIMS, FRAUD])
    before = draft()

    press(app, "Save as one step")
    after, said = draft(), words(app)
    press(app, "Undo")

    assert "2 projects moved in one step." in said
    assert after != before
    assert draft() == before


def test_a_reason_goes_with_the_step(many):
    app = many(project=CLAIMS, do="cancel")
    next(box for box in app.selectbox if box.label == "Reason").set_value("business_need")
    next(box for box in app.text_input if box.label.startswith("Because")).set_value(
        "the board chose another way"
    )
    press(app, "Save as one step")

    reasons = draft()["reasons"].filter(draft()["reasons"]["id"] == CLAIMS)
    assert cell("status") == "cancelled"
    assert "the board chose another way" in reasons["reason_text"].to_list()


def test_words_without_a_sort_of_reason_save_nothing(many):
    app = many(project=CLAIMS, do="cancel")
    next(box for box in app.text_input if box.label.startswith("Because")).set_value("we must")
    press(app, "Save as one step")

    assert "choose a sort of reason" in words(app)
    assert cell("status") == "planned"


def test_a_value_that_does_not_read_is_told_and_cannot_be_saved(many):
    app = many(project=CLAIMS, do="set")
    next(box for box in app.selectbox if box.label == "Field").set_value("start_date")
    app.run()
    next(box for box in app.text_input if box.label == "Value").set_value("31/06/2027")
    app.run()

    assert "31/06/2027" in words(app)
    assert not [button for button in app.button if button.label.startswith("Save")]


@pytest.mark.parametrize("verb", ["move", "set", "link", "cancel", "split", "merge"])
def test_every_verb_draws_its_form_for_some_and_for_all(many, verb):
    app = many(do=verb, project=[CLAIMS, FRAUD])
    app.toggle(key="all").set_value(True).run()

    assert not app.exception
    assert "32 projects, 32 chosen" in words(app)

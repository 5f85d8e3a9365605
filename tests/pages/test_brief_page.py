"""The brief without a browser: on the sample, an empty plan and the first one; edited, stale, decided on and frozen."""

import pytest

from planner.actions.brief_editing import rewrite_line
from planner.actions.briefing import load_brief
from planner.actions.refreshing import seal
from planner.store.briefs import load_brief_edits
from planner.store.ledgers import load_ledger
from planner.ui import session
from planner.ui.places import PLACES
from tests.pages.conftest import NOW, words


@pytest.fixture
def brief(open_app, sample):
    return lambda **query: open_app(sample, "brief", **query)


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception


def field(app, label):
    return next(box for box in app.text_area if box.label == label)


def test_the_sheet_says_what_the_pack_says_and_each_number_leads_to_its_rows(brief):
    said = words(brief(to="FY27-Q2"))

    assert "Quarterly strategy review: Q2 FY27 (July–September 2026)" in said  # noqa: RUF001
    assert "Large, backed by evidence" in said
    assert said.count("data-number=") == 6
    assert "./drift?from=FY27-Q1&amp;to=FY27-Q2&amp;kind=later&amp;kind=earlier" in said
    assert "6 more small changes" in said
    assert "Decided a while ago: still right?" in said
    assert "Made now from the sealed plan" in said


def test_an_empty_plan_says_what_to_do_and_the_first_plan_has_a_brief(open_app, empty, brief):
    assert "nothing to tell yet" in words(open_app(empty, "brief"))
    assert "This is the first plan" in words(brief(to="FY26-Q2"))


def test_a_baseline_of_the_address_is_kept_and_another_version_is_told_against_the_one_before_it(brief):
    app = brief(to="FY27-Q3", **{"from": "FY26-Q4"})
    assert "FY27-Q3 against FY26-Q4" in words(app)
    next(box for box in app.selectbox if box.label == "The plan of").set_value("FY27-Q2")
    app.run()
    assert "FY27-Q2 against FY27-Q1" in words(app)
    assert app.query_params["from"] == "FY27-Q1"


def test_what_is_typed_and_not_saved_is_there_again_after_a_visit_elsewhere(brief):
    app = brief(to="draft", edit="1")
    field(app, "In one sentence").set_value("A quiet quarter.").run()
    app.switch_page(PLACES["home"].path).run()
    app.query_params["to"], app.query_params["edit"] = "draft", "1"
    app.switch_page(PLACES["brief"].path).run()
    assert field(app, "In one sentence").value == "A quiet quarter."


def test_a_line_is_rewritten_with_a_hint_and_taken_back(brief):
    app = brief(to="draft", edit="1")
    field(app, "In one sentence").set_value("We leverage a quiet quarter.")
    app.run()
    assert "&#x27;leverage&#x27; is a word of the trade" in words(app)
    press(app, "Save")
    assert "We leverage a quiet quarter." in words(app)
    assert "The program says: “No change" in words(app)
    press(app, "Take back")
    assert "We leverage" not in words(app)
    assert [edit.said for edit in load_brief_edits(session.database(), "FY27-Q3")] == [
        "We leverage a quiet quarter.", None,
    ]  # fmt: skip


def test_a_stale_line_shows_both_and_keeps_what_was_typed(brief):
    app = brief(to="draft", edit="1")
    field(app, "In one sentence").set_value("Mine.")
    lead = load_brief(session.database(), "draft").brief.lead
    rewrite_line(session.database(), "FY27-Q3", lead, "Theirs.", seen=0, actor="bo", now=NOW)
    press(app, "Save")
    said = words(app)
    assert "bo changed this line" in said
    assert "Theirs." in said
    assert "You wrote &#x27;Mine.&#x27;" in said
    assert field(app, "In one sentence").value == "Mine."
    press(app, "Save")
    assert load_brief(session.database(), "draft").brief.lead.text == "Mine."


def test_a_field_in_which_nothing_was_typed_follows_the_others(brief):
    app = brief(to="draft", edit="1")
    lead = load_brief(session.database(), "draft").brief.lead
    rewrite_line(session.database(), "FY27-Q3", lead, "Theirs.", seen=0, actor="bo", now=NOW)
    app.run()
    assert field(app, "In one sentence").value == "Theirs."


def test_an_ask_is_decided_from_the_brief(brief):
    app = brief(to="FY27-Q3")
    press(app, "Record it")
    assert "Nothing was written yet" in words(app)
    next(box for box in app.selectbox if box.label == "Decision").set_value("Do not fund")
    app.run()
    press(app, "Record it")
    assert "DEC-012 is decided." in words(app)
    row = load_ledger(session.database(), "decisions").to_dicts()[-1]
    assert (row["decision_id"], row["status"], row["decision"], row["recorded_by"]) == (
        "DEC-012", "decided", "Do not fund", "asha",
    )  # fmt: skip
    assert "Record the decision" not in str([one.label for one in app.expander])


def test_a_frozen_brief_says_so_and_is_not_edited(brief):
    app = brief(to="draft")
    seal(
        session.database(), "FY27-Q4", as_of=NOW.date(), author="Ann", note="", accept_findings=True, now=NOW
    )
    app = brief(to="FY27-Q4", edit="1")
    assert "It was frozen with the plan of Q4 FY27" in words(app)
    assert not app.toggle
    assert "In one sentence" not in [box.label for box in app.text_area]


def test_each_form_can_be_taken_out_markdown_with_and_without_its_pictures(brief):
    app = brief(to="FY27-Q2")
    offered = [one.proto.label for one in app.get("download_button")]
    assert offered[:5] == ["PDF", "Web page", "Slides", "Markdown", "Markdown with pictures"]

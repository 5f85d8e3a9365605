"""Decisions and insights without a browser: the log, its filters, what was cited, and plans without registers."""

import pytest

from tests.pages.conftest import words


@pytest.fixture
def decisions(open_app, sample):
    return lambda **query: open_app(sample, "decisions", **query)


def test_the_sample_is_told_in_one_sentence_and_the_open_ask_comes_first(decisions):
    said = words(decisions())

    assert "One question waits for a decision" in said
    assert "two decisions are due for a second look; all eight insights changed the plan." in said
    assert said.index("DEC-012") < said.index("DEC-011") < said.index("DEC-010")


def test_each_decision_leads_to_its_form_and_its_changes_to_their_drift(decisions):
    said = words(decisions())

    assert "registers?tab=decisions&amp;entry=DEC-007" in said
    assert "drift?from=FY26-Q4&amp;to=FY27-Q1" in said
    assert "item?table=projects&amp;id=PRJ-017" in said
    assert "4 days after it was asked" in said
    assert "11 days after it was asked" in said


@pytest.mark.parametrize(
    ("show", "there", "gone"),
    [
        ("open", "entry=DEC-012", "entry=DEC-011"),
        ("again", "entry=DEC-010", "entry=DEC-009"),
        ("passed", "entry=DEC-001", "entry=DEC-010"),
        ("bare", "entry=DEC-007", "entry=DEC-009"),
    ],
)
def test_a_list_is_in_the_address(decisions, show, there, gone):
    said = words(decisions(show=show))

    assert there in said
    assert gone not in said


def test_insights_are_told_with_their_changes_and_the_days_kept_free(decisions):
    said = words(decisions(part="insights"))

    assert "in the plan 1 quarter later" in said
    assert "There is none: each insight led to a change." in said
    assert "drift?from=FY27-Q1&amp;to=FY27-Q2" in said
    assert ">405<" in said


def test_lessons_are_told_likewise(decisions):
    said = words(decisions(part="lessons"))

    assert "registers?tab=lessons&amp;entry=LES-003" in said
    assert "in the plan 1 quarter later" in said


def test_a_plan_without_registers_is_led_to_them(open_app, empty, small):
    for path in (empty, small):
        assert "Nothing was asked, decided or learnt yet." in words(open_app(path, "decisions"))

"""What kind of step a refresh was: the worked examples of DOMAIN 3.4, evidence that counts, cadence, empty ones."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.charts import theme
from planner.model.quarter import Calendar
from planner.model.settings import PlanSettings
from planner.rules.churn import Churn, churn
from planner.rules.figure import Figure
from planner.rules.process_limits import process_limits
from planner.rules.verdict import (
    VERDICT_WORDS,
    Weighed,
    cadence,
    evidence_before,
    evidence_share,
    is_regular,
    verdict,
)
from tests.rules.small_plans import plan, project
from tests.rules.test_churn import AFTER, BEFORE, planned

CALENDAR = Calendar(4)
NOW = CALENDAR.parse("FY27-Q1")
DEFAULTS = PlanSettings()


def weighed(moved, share, *, big=0, changes_set=True, regular=True):
    return Weighed(Figure(moved), Figure(share), big, changes_set, regular)


def cites(*pairs):
    """Drift rows of projects with what their reasons cite."""
    return pl.DataFrame(
        [
            {"table": "projects", "id": key, "kind": "recosted", "evidence_id": evidence}
            for key, evidence in pairs
        ],
        schema=dict.fromkeys(("table", "id", "kind", "evidence_id"), pl.String),
    )


def example():
    """The churn of the worked example of DOMAIN 3.3: P1 100, P4 50 and P3 12 were disturbed."""
    return churn(planned(BEFORE), planned(AFTER), (NOW, NOW))


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        (weighed(0.04, 0.2), "small_regular"),
        (weighed(0.04, 0.2, regular=False), "small_irregular"),
        (weighed(0.18, 0.2), "moderate"),
        (weighed(0.06, 0.2, big=1), "knee_jerk"),
        (weighed(0.3111, 0.691), "deliberate_shift"),
        (weighed(0.3111, 0.074), "knee_jerk"),
        (weighed(0.004, 1.0, changes_set=False), "no_change"),
        (weighed(0.004, 1.0, changes_set=True), "small_regular"),
        (weighed(0.25, 0.0), "moderate"),
        (weighed(0.10, 0.0), "small_regular"),
        (weighed(0.26, 0.5), "deliberate_shift"),
    ],
)
def test_a_verdict_is_the_first_rule_that_fits(seen, word):
    assert verdict(seen, DEFAULTS).word == word


@pytest.mark.parametrize(
    ("evident", "share", "word"),
    [(("P1", "P3"), 112 / 162, "deliberate_shift"), (("P3",), 12 / 162, "knee_jerk")],
)
def test_the_worked_example_rests_on_what_its_reasons_cite(evident, share, word):
    moved = example()
    found = evidence_share(moved, cites(*((key, "INS-1") for key in evident)), frozenset({"INS-1"}))
    said = verdict(weighed(moved.weighted.value, found.value), DEFAULTS)
    assert (found.value, said.word) == (pytest.approx(share), word)
    if word == "knee_jerk":
        assert said.index.value == pytest.approx(92.6, abs=0.05)
    assert found.rows.columns == ["project_id", "money", "evidence"]


def test_only_insights_and_lessons_of_earlier_quarters_are_evidence():
    ledgers = {
        "insights": pl.DataFrame({"insight_id": ["I1", "I2", "I3"], "quarter": ["FY26-Q4", "FY27-Q1", None]}),
        "lessons": pl.DataFrame({"lesson_id": ["L1"], "quarter": ["FY26-Q1"]}),
    }
    dated = evidence_before(ledgers, NOW)
    assert dated == {"I1", "L1"}
    assert evidence_before({}, NOW) == frozenset()
    found = evidence_share(example(), cites(("P1", "I2"), ("P4", "L1"), ("P3", "RSK-1")), dated)
    assert found.value == pytest.approx(50 / 162)


def test_without_money_by_quarter_no_verdict_is_made_up():
    bare = churn(plan(projects=[project()]), plan(projects=[project()]), (NOW, NOW))
    nothing = evidence_share(bare, cites(), frozenset()).figure
    unknown = Weighed(bare.weighted, nothing, 1, changes_set=True, is_regular=True)
    said = verdict(unknown, DEFAULTS)
    assert (said.word, said.index.value) == ("", None)
    assert said.reason == bare.weighted.reason != ""
    still = Weighed(Figure(0.0), Figure.missing("No money moved."), 1, changes_set=True, is_regular=True)
    assert verdict(still, DEFAULTS).reason == "No money moved."


def test_the_thresholds_are_settings_of_the_plan():
    strict = PlanSettings({"threshold_small": "0.02", "threshold_large": "0.03", "threshold_evidence": "0.9"})
    assert verdict(weighed(0.04, 0.8), strict).word == "knee_jerk"
    assert verdict(weighed(0.025, 0.8), strict).word == "moderate"


def test_a_rhythm_is_the_quarters_of_the_last_four_that_have_a_snapshot():
    yearly = cadence([NOW + (-8), NOW + (-4), NOW], NOW)
    first, second = cadence([NOW], NOW), cadence([NOW, NOW, NOW + 1], NOW + 1)
    gap = cadence([NOW, NOW + 1, NOW + 3], NOW + 3)
    assert (yearly.value, first.value, second.value, gap.value) == (0.25, 1.0, 1.0, 0.75)
    assert gap.rows["is_sealed"].to_list() == [True, True, False, True]
    assert is_regular(gap, DEFAULTS, is_revision=False)
    assert not is_regular(gap, DEFAULTS, is_revision=True)
    assert not is_regular(yearly, DEFAULTS, is_revision=False)
    assert cadence([], NOW).reason == "No snapshot was sealed yet."


def test_the_words_on_the_pages_are_those_of_the_rule_and_blame_nobody():
    assert {key: mark.word for key, mark in theme.VERDICT.items()} == VERDICT_WORDS
    assert not [word for word in VERDICT_WORDS.values() if "knee" in word.lower()]


@settings(max_examples=60)
@given(st.floats(0, 3), st.floats(0, 1), st.integers(0, 2), st.booleans(), st.booleans())
def test_every_step_has_a_word_and_an_index_from_0_to_100(moved, share, big, changes_set, regular):
    said = verdict(weighed(moved, share, big=big, changes_set=changes_set, regular=regular), DEFAULTS)
    assert said.word in VERDICT_WORDS
    assert 0 <= said.index.value <= 100
    more = verdict(weighed(moved, 1.0, big=big, changes_set=changes_set, regular=regular), DEFAULTS)
    assert more.word != "knee_jerk"


def test_from_eight_refreshes_on_an_unusual_one_is_told():
    calm = [0.05, 0.06, 0.04, 0.05, 0.06, 0.05, 0.04]
    few, many = process_limits(calm, 8), process_limits([*calm, 0.9], 8)
    assert few.middle.value is None
    assert few.middle.reason == "There are 7 refreshes; what is usual shows from 8 on."
    assert process_limits([1.0, 3.0], 2).upper.value == pytest.approx(2 + 2.66 * 2)
    assert many.unusual == (7,)


def test_churn_has_the_rows_that_make_it():
    moved = example()
    assert isinstance(moved, Churn)
    assert (moved.base_weighted, moved.base) == (360.0, 700.0)
    rows = moved.rows
    plus, minus = ((rows[name] * rows["weight"]).sum() for name in ("plus", "minus"))
    assert max(plus, minus) / moved.base_weighted == moved.weighted.value
    assert sorted(rows["zone"].unique()) == ["firm", "outline", "planned"]

"""A brief can be written of any two plans, so that no plan is kept from being sealed by what it would say."""

import json

from hypothesis import given, settings

from planner.actions.brief_writing import BRIEF_LEDGERS, BriefSources, write_brief
from planner.actions.comparing import Comparison
from planner.actions.reviewing import LEDGERS, gather_review, gather_standing
from planner.exchange.brief_markdown import brief_markdown
from planner.model.ledgers import LEDGERS as ALL_LEDGERS
from planner.model.plan import empty
from planner.model.quarter import Calendar
from planner.model.tables import TABLES
from planner.model.version import DRAFT, SNAPSHOT, Version
from planner.rules.brief import Brief
from planner.rules.drift import Drift, drift
from planner.rules.drift_reasons import with_reasons
from planner.rules.home import Dated
from planner.rules.refresh_step import Past
from planner.rules.verdict import EVIDENCE
from tests.plans import plans

NOW = Calendar(4).parse("FY27-Q3")
WHOLE = plans(tuple(name for name in TABLES if name != "settings"))
NONE_KEPT = {name: empty(ALL_LEDGERS[name]) for name in {*LEDGERS, *BRIEF_LEDGERS, *EVIDENCE}}
BASELINE = Version("FY27-Q2", SNAPSHOT, "FY27-Q2", 1)
DRAWN = Version("draft", DRAFT, "FY27-Q3", 2, previous="FY27-Q2")


@settings(max_examples=12, deadline=None)
@given(WHOLE, WHOLE, WHOLE)
def test_a_brief_of_any_two_plans_is_written_kept_and_told(first, before, after):
    was, now = Dated(before, NOW + -1), Dated(after, NOW)
    found = drift(before, after)
    rows = with_reasons(found.rows, after["reasons"].with_columns(place=1))
    comparison = Comparison(BASELINE, DRAWN, Drift(rows, found.summary))
    standings = gather_standing(was, None, NONE_KEPT), gather_standing(now, was, NONE_KEPT)
    review = gather_review(before, after, comparison, standings, Past([NOW + -1], NONE_KEPT))
    sources = BriefSources(
        DRAWN, now, standings[1], NONE_KEPT, frozenset({"FY27-Q3"}), BASELINE, review, first
    )
    brief = write_brief(sources)
    assert brief.lead.text.endswith(".")
    assert len([line for line in brief.changes if line.part == "change"]) <= 7
    assert all(number.now or number.reason.endswith(".") for number in brief.numbers)
    assert {row.outcome_id for row in brief.outcomes} <= {
        *after["outcomes"]["outcome_id"],
        *before["outcomes"]["outcome_id"],
    }
    assert Brief.of_document(json.loads(json.dumps(brief.as_document()))) == brief
    assert brief_markdown(brief).startswith("# Quarterly strategy review: Q3 FY27\n")

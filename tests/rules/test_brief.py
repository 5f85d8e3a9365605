"""The parts of a brief, each alone: what is told of changes, figures, outcomes and registers, and what people edited."""

import datetime as dt
import json

import polars as pl
import pytest

from planner.model.brief_edit import BriefEdit
from planner.model.ledgers import LEDGERS
from planner.model.quarter import Calendar
from planner.model.version import DRAFT, SNAPSHOT, Version
from planner.rules import brief_words
from planner.rules.brief import Brief, Line, Number
from planner.rules.brief_changes import tell_changes
from planner.rules.brief_edits import NOTES, edited_brief
from planner.rules.brief_figures import six_figures, tell_numbers
from planner.rules.brief_lead import tell_foot, tell_lead, title_of
from planner.rules.brief_outcomes import tell_outcomes
from planner.rules.brief_register import Span, tell_asks, tell_due_again, tell_learnt
from planner.rules.change_sentences import Sentence
from planner.rules.home import Dated, home_figures
from planner.rules.outcome_status import kpi_standing
from planner.rules.sentences import listed_text, months_text, number_text
from planner.rules.verdict_sentence import Told
from tests.rules.small_plans import plan, project

CALENDAR = Calendar(4)
NOW = CALENDAR.parse("FY27-Q3")
WHEN = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)


def sentence(number, group="later", *, is_bare=False, table="projects"):
    return Sentence((table, f"P{number}"), f"Project {number}", "moved.", group, is_bare)


def ledger(name, *rows):
    columns = {column.name: column.polars_type for column in LEDGERS[name].columns}
    return pl.DataFrame(rows, schema=columns)


def test_at_most_seven_changes_are_told_and_the_rest_counted():
    told = tell_changes([sentence(number) for number in range(10)])
    assert [line.id for line in told.lines] == [f"P{number}" for number in range(7)]
    assert told.more == 3


def test_finished_and_started_work_is_a_line_each_and_refined_dates_are_counted():
    found = [sentence(1), *(sentence(n, "finished", is_bare=True) for n in range(2, 12))]
    found += [sentence(12, "started", is_bare=True), sentence(13, "refined", is_bare=True)]
    told = tell_changes(found)
    assert [line.part for line in told.lines] == ["change", "finished", "started"]
    assert told.lines[1].text == (
        "Finished: Project 2, Project 3, Project 4, Project 5, Project 6, Project 7 and 4 more."
    )
    assert told.lines[2].text == "Started: Project 12."
    assert told.more == 1


def test_finished_work_that_harms_an_outcome_keeps_its_sentence():
    (line,) = tell_changes([sentence(1, "finished")]).lines
    assert (line.part, line.text) == ("change", "Project 1 moved.")


def test_many_projects_that_join_without_a_reason_are_one_line():
    told = tell_changes(
        [*(sentence(n, "joins", is_bare=True) for n in range(9)), sentence(9), sentence(10, "joins")]
    )
    assert [line.text for line in told.lines] == [
        "Nine projects join the plan: Project 0, Project 1, Project 2, Project 3, Project 4, Project 5 and 3 more.",
        "Project 9 moved.",
        "Project 10 moved.",
    ]
    assert told.more == 0


def test_a_figure_that_is_not_known_says_why_and_is_never_zero():
    bare = Dated(plan(projects=[project(cost=None)]), NOW)
    six = six_figures(bare, home_figures(bare, None, {}), None, home_figures(bare, None, {}).finish_move)
    numbers = {one.key: one for one in tell_numbers(six, None, "GBP")}
    assert [one.now for one in numbers.values()] == [""] * 6
    assert all(one.reason.endswith(".") for one in numbers.values())


def test_an_outcome_without_a_measure_has_a_row_and_one_that_left_is_told():
    before = plan(outcomes=[{"outcome_id": "O1", "name": "Fast"}, {"outcome_id": "O2", "name": "Gone"}])
    after = plan(outcomes=[{"outcome_id": "O1", "name": "Fast"}, {"outcome_id": "O3", "name": "New"}])
    rows = tell_outcomes(before, after, ({"O1": "green", "O2": "red"}, {"O1": "amber", "O3": "grey"}),
                         kpi_standing(after, NOW, None))  # fmt: skip
    assert [(row.outcome_id, row.was, row.now, row.measure) for row in rows] == [
        ("O1", "green", "amber", ""), ("O3", "", "grey", ""), ("O2", "red", "", ""),
    ]  # fmt: skip


SPAN = Span(
    frozenset({"FY27-Q3"}), (CALENDAR.parse("FY27-Q2"), NOW), dt.date(2026, 7, 17), dt.date(2026, 10, 16)
)


def test_what_is_open_comes_first_then_what_was_decided_since_and_nothing_that_is_withdrawn():
    decisions = ledger(
        "decisions",
        {"decision_id": "D1", "status": "decided", "snapshot_id": "FY27-Q3", "question": "One?"},
        {"decision_id": "D2", "status": "asked", "asked_on": dt.date(2026, 8, 1), "question": "Two?"},
        {"decision_id": "D3", "status": "asked", "asked_on": dt.date(2026, 7, 1), "needed_by": dt.date(2026, 11, 1),
         "options": "Yes|No"},
        {"decision_id": "D4", "status": "withdrawn", "snapshot_id": "FY27-Q3"},
        {"decision_id": "D5", "status": "decided", "decided_on": dt.date(2026, 9, 1)},
        {"decision_id": "D6", "status": "decided", "decided_on": dt.date(2026, 12, 1)},
        {"decision_id": "D7", "status": "asked", "asked_on": dt.date(2026, 12, 1)},
    )  # fmt: skip
    asks = tell_asks(decisions, SPAN)
    assert [one.decision_id for one in asks] == ["D3", "D2", "D1", "D5"]
    assert (asks[0].options, asks[0].needed_by, asks[1].needed_by) == (("Yes", "No"), "2026-11-01", "")


def test_a_decision_comes_back_in_its_quarter_and_a_lesson_is_of_the_quarter_that_is_over():
    decisions = ledger(
        "decisions",
        {"decision_id": "D1", "status": "decided", "review_quarter": "FY27-Q3"},
        {"decision_id": "D2", "status": "decided", "review_quarter": "FY27-Q4"},
        {"decision_id": "D3", "status": "asked", "review_quarter": "FY27-Q3"},
    )
    lessons = ledger(
        "lessons",
        *({"lesson_id": f"L{n}", "quarter": f"FY27-Q{n}", "lesson": "Look first."} for n in (1, 2, 3)),
    )
    assert [one.decision_id for one in tell_due_again(decisions, SPAN, CALENDAR)] == ["D1"]
    assert [one.lesson_id for one in tell_learnt(lessons, SPAN, CALENDAR)] == ["L2"]
    of_revision = Span(frozenset(), (NOW, NOW), None, None)
    assert [one.lesson_id for one in tell_learnt(lessons, of_revision, CALENDAR)] == ["L2"]


@pytest.mark.parametrize(
    ("label", "kind", "note", "title"),
    [
        ("FY27-Q3", SNAPSHOT, "", "Quarterly strategy review: Q3 FY27"),
        ("FY27-Q3.r2", SNAPSHOT, "", "Quarterly strategy review: Q3 FY27, revision 2"),
        ("draft", DRAFT, "", "Quarterly strategy review: Q3 FY27"),
        (
            "scenario-1",
            "scenario",
            "Claims first",
            "Quarterly strategy review: Q3 FY27, what-if Claims first",
        ),
    ],
)
def test_the_title_names_the_quarter_the_revision_and_the_what_if(label, kind, note, title):
    assert title_of(Version(label, kind, "FY27-Q3", 1, note=note), CALENDAR) == title


def test_the_foot_says_which_versions_when_and_by_whom():
    before = Version("FY27-Q2", SNAPSHOT, "FY27-Q2", 1)
    sealed = Version("FY27-Q3.r2", SNAPSHOT, "FY27-Q3", 3, as_of=dt.date(2026, 10, 16), author="Ann")
    bare = {"has_verdict": False, "has_paths": False}
    assert tell_foot(sealed, before, "The Board (DEC-011)", CALENDAR, **bare) == (
        "FY27-Q3, revision 2, against FY27-Q2; baselined on 16 October 2026 by Ann; approved by The Board (DEC-011)",
    )
    assert tell_foot(Version("draft", DRAFT, "FY27-Q3", 4), before, "", CALENDAR, **bare) == (
        "Draft for Q3 FY27 against FY27-Q2; not sealed yet",
    )


@pytest.mark.parametrize(
    ("value", "said"), [("20 %", "20%"), ("61 count", "61"), ("18.5 days", "18.5 days"), ("", "")]
)
def test_a_value_stands_on_a_page_as_people_write_it(value, said):
    assert brief_words.value_words(value) == said


def test_the_foot_explains_only_what_is_on_the_page():
    sealed = Version("FY27-Q3", SNAPSHOT, "FY27-Q3", 3)
    feet = [
        tell_foot(sealed, None, "", CALENDAR, has_verdict=verdict, has_paths=paths)[1:]
        for verdict, paths in ((True, True), (True, False), (False, True))
    ]
    assert feet == [
        (
            (
                "How to read it: money that moved counts most where it is near; 'on evidence' is what cites research, "
                "a prototype or a lesson; 'on path' is the value that a measure should have by now."
            ),
        ),
        (
            (
                "How to read it: money that moved counts most where it is near; 'on evidence' is what cites research, "
                "a prototype or a lesson."
            ),
        ),
        ("How to read it: 'on path' is the value that a measure should have by now.",),
    ]


def test_without_a_verdict_the_lead_counts_what_moved():
    assert tell_lead(Told("", "no money is there, so no verdict is given."), [], "Q2 FY27").text == (
        "No project moved, joined or left since Q2 FY27. No money is there, so no verdict is given."
    )


def test_months_lists_and_measured_values_are_written_as_people_read_them():
    assert months_text(CALENDAR.parse("FY27-Q2"), CALENDAR) == "July–September 2026"  # noqa: RUF001
    assert months_text(Calendar(2).parse("FY27-Q4"), Calendar(2)) == "November 2026–January 2027"  # noqa: RUF001
    assert [number_text(value) for value in (20.4, 84.0, 1_250_000.0, 0.0, -0.5)] == [
        "20.4", "84", "1,250,000", "0", "\N{MINUS SIGN}0.5",
    ]  # fmt: skip
    assert [listed_text(words) for words in ((), ("a",), ("a", "b", "c"))] == ["", "a", "a, b and c"]


def brief(*changes):
    lead = Line("lead", "Small and regular.", "Small and regular.")
    return Brief("Mine", "Review", "", "draft", "FY27-Q2", "", lead, (Number("k", "L", "1", ""),),
                 changes, 0, (), (), ())  # fmt: skip


def edit(number, place, said, generated="Small and regular."):
    return BriefEdit(number, *place, generated, said, "asha", WHEN)


def test_the_last_edit_of_a_line_counts_and_an_outdated_or_dormant_one_is_told():
    kept = Line("change", "P1 moved.", "P1 moved.", "projects", "P1")
    lead, one, other = ("lead", ""), ("change", "projects:P1"), ("change", "projects:P9")
    edits = [
        edit(1, lead, "Once."), edit(2, lead, "A quiet quarter."), edit(3, one, "", "P1 moved a year."),
        edit(4, other, "P9 too.", "P9."), edit(5, NOTES, "First.\n\nSecond\nline.", ""),
    ]  # fmt: skip
    edited = edited_brief(brief(kept), edits)
    assert edited.brief.lead.text == "A quiet quarter."
    assert (edited.brief.changes[0].text, edited.brief.changes[0].generated) == ("", "P1 moved.")
    assert edited.brief.notes == ("First.", "Second line.")
    assert edited.outdated == {one}
    assert edited.dormant == (edits[3],)
    assert edited_brief(brief(kept), [*edits, edit(6, lead, None)]).brief.lead.text == "Small and regular."


def test_a_brief_reads_back_from_its_document_as_it_was():
    whole = edited_brief(
        brief(Line("change", "", "P1 moved.", "projects", "P1")), [edit(1, NOTES, "First.", "")]
    )
    assert Brief.of_document(json.loads(json.dumps(whole.brief.as_document()))) == whole.brief

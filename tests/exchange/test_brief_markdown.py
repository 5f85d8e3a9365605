"""The brief as Markdown: what people typed is shown as it is, never as markup; what is missing is said in words."""

import pytest

from planner.exchange.brief_markdown import brief_markdown
from planner.rules.brief import Ask, Brief, Learnt, Line, Number, OutcomeRow


def brief(change="It moved.", **more):
    cells = {
        "plan_name": "", "title": "Review", "months": "", "current": "FY27-Q3", "baseline": "FY27-Q2", "verdict": "",
        "lead": Line("lead", "Small.", "Small."), "numbers": (Number("k", "Cost", "", "", "No project has a cost."),),
        "changes": (Line("change", change, change),), "more": 0, "outcomes": (), "asks": (), "learnt": (),
    }  # fmt: skip
    return Brief(**{**cells, **more})


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("A | B <b>*bold*</b> `code`", r"A \| B \<b\>\*bold\*\</b\> \`code\`"),
        ("[here](http://x.example) www.x.example", r"\[here\](http\://x.example) www\.x.example"),
        ("# no heading\nand one line", r"\# no heading and one line"),
        ("- no list", r"\- no list"),
        ("12. no list", r"12\. no list"),
        ("&lt; & a_b @home", r"\&lt; & a\_b \@home"),
    ],
)
def test_what_people_typed_is_no_markup(typed, written):
    assert f"\n- {written}\n" in brief_markdown(brief(typed))


def test_what_is_missing_is_said_and_a_line_that_is_left_out_is_left_out():
    said = brief_markdown(brief(""))
    assert "| Cost | not known: no project has a cost |" in said
    assert "Nothing to tell: no item joined" in said
    assert "No outcome is in the plan" in said
    assert "Nothing is asked of the leaders" in said
    assert "What we learned" not in said
    assert said.endswith("\n")


def test_an_open_ask_says_what_is_recommended_by_when_and_of_whom():
    ask = Ask("D1", "asked", "Fund it?", ("Yes", "No"), "Yes", "2026-11-01", "Board", "", "", "", "")
    bare = Ask("D2", "asked", "Go?", (), "", "", "", "", "", "", "")
    said = brief_markdown(brief(asks=(ask, bare)))
    assert (
        "- D1: Fund it? Options: Yes; No. Recommended: Yes. An answer is needed by 2026-11-01 from Board."
        in said
    )
    assert "- D2: Go? Not decided yet." in said


def test_an_outcome_and_a_lesson_are_one_line_each_and_notes_come_last():
    said = brief_markdown(
        brief(
            outcomes=(OutcomeRow("O1", "Fast", "green", "amber", "", "", ""),),
            learnt=(Learnt("L1", "A", "", "Look first.", ""),),
            notes=("One.", "Two."),
        )
    )
    assert "| Fast | green | amber |  |  |  |" in said
    assert "- Planned: A. Lesson: Look first.\n" in said
    assert said.endswith("## Notes\nOne.\n\nTwo.\n")

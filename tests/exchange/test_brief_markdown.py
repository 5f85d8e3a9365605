"""The brief as Markdown: what people typed is shown as it is, never as markup; what is missing is said in words."""

import io
import zipfile

import pytest

from planner.exchange.brief_markdown import brief_markdown
from planner.exchange.brief_zip import brief_zip
from planner.look.picture import Picture
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


def test_a_picture_stands_under_what_changed_and_neither_its_words_nor_its_file_are_markup():
    said = brief_markdown(brief(), {"a b](x)\udcff-money.png": "Bridge [of] *all*\nthe money"})
    assert (
        "- It moved.\n\n![Bridge \\[of\\] \\*all\\* the money](a%20b%5D%28x%29%FF-money.png)\n\n## Outcomes"
        in said
    )
    assert said.replace(said[said.index("![") : said.index("## Outcomes")], "") == brief_markdown(brief())


def test_the_zip_holds_the_page_and_the_pictures_it_shows_in_one_folder():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="376" height="20" viewBox="0 0 376 20"></svg>'
    pictures = {"money": Picture("money", "Money", "Its note", "What it cost", svg)}
    packed = brief_zip(brief(), pictures)
    with zipfile.ZipFile(io.BytesIO(packed)) as files:
        assert files.namelist() == ["brief-FY27-Q3/brief-money.png", "brief-FY27-Q3/brief.md"]
        assert "![Money. What it cost](brief-money.png)" in files.read("brief-FY27-Q3/brief.md").decode()
        assert files.read("brief-FY27-Q3/brief-money.png").startswith(b"\x89PNG")
    assert brief_zip(brief(), pictures) == packed

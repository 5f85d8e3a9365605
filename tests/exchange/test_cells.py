"""One cell: what reads, to which value; the file's way and the grid's way are one rule."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.exchange.cells import parse_cell
from planner.exchange.typed_column import MOST_TOLD, type_columns
from planner.model.finding import Problem
from planner.model.ledgers import LEDGERS
from planner.model.plan import settle
from planner.model.quarter import Calendar
from planner.model.tables import TABLES

APRIL, JANUARY = Calendar(4), Calendar(1)
COLUMNS = [column for table in (*TABLES.values(), *LEDGERS.values()) for column in table.columns]
PROJECTS = TABLES["projects"].by_name


def test_the_options_of_a_question_keep_their_order_and_each_stands_once():
    options = LEDGERS["decisions"].by_name["options"]
    assert parse_cell(options, "Yes| After the budget |Yes||No", APRIL) == "Yes|After the budget|No"
    frame = settle(LEDGERS["decisions"], pl.DataFrame({"decision_id": ["D"], "options": ["Yes|After| Yes"]}))
    assert frame["options"].to_list() == ["Yes|After"]


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("cost", "1200", 1200),
        ("cost", "-15", -15),
        ("cost", " 0 ", 0),
        ("cost", "", None),
        ("cost", None, None),
        ("success_probability", "0.5", 0.5),
        ("success_probability", "1e-7", 1e-7),
        ("business_value", "13", 13),
        ("start_date", "2024-02-29", dt.date(2024, 2, 29)),
        ("start_date", "FY27-Q3", dt.date(2026, 10, 1)),
        ("end_date", "FY27-Q3", dt.date(2026, 12, 31)),
        ("benefit_start_quarter", "FY1997-Q4", "FY1997-Q4"),
        ("status", "in_progress", "in_progress"),
        ("name", "Cafe\u0301", "Caf\u00e9"),
        ("name", "007", "007"),
        ("why", "one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("deliverables", "b| a |b||", "a|b"),
        ("superseded_by", "P-2|P-1", "P-1|P-2"),
        ("project_id", "007", "007"),
    ],
)
def test_a_cell_that_reads_gives_its_value(column, text, value):
    assert parse_cell(PROJECTS[column], text, APRIL) == value


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        ("start_date", "FY27-Q3", ("'FY27-Q3' is not a quarter of this plan. The plan counts in calendar years: "
         "write it like 2026-Q3, or leave the cell empty where it is not known.")),
        ("benefit_start_quarter", "2026-07-01", "'2026-07-01' is not a quarter of this plan. Write it as 2026-Q3."),
        ("status", "Done", ("'Done' is not a word for status. Did you mean 'done'? "
         "The words are proposed, planned, in_progress, on_hold, done, cancelled.")),
        ("business_value", "4", "'4' is not one of the values of business_value. Write 1, 2, 3, 5, 8, 13 or 20."),
        ("name", "a\x00b", "'a<U+0000>b' holds the control character U+0000. Remove it."),
        ("cost", "1.2m", "'1.2m' is not a plain whole number. Write 1200000."),
        ("cost", "1.200,50", "'1.200,50' is not a whole number. Write 1200 or 1201."),
        ("cost", "-0", "'-0' is not a plain whole number. Write 0."),
    ],
)  # fmt: skip
def test_a_cell_that_does_not_read_says_what_to_write_instead(column, text, told):
    assert parse_cell(PROJECTS[column], text, JANUARY) == Problem("projects", 0, column, text, told)


def test_a_quarter_has_one_label_only():
    problem = parse_cell(PROJECTS["benefit_start_quarter"], "FY2027-Q3", APRIL)
    assert problem.message == "'FY2027-Q3' is not a quarter of this plan. Write it as FY27-Q3."


TEXTS = st.one_of(
    st.sampled_from(
        [
            "1200",
            "-15",
            "0",
            "-0",
            "+5",
            "007",
            "1,200",
            "12.5",
            "0.5",
            ".5",
            "1e5",
            "1e400",
            "NaN",
            "£100",
            "12 GBP",
            "50%",
            "999999999999999999999",
            "0.1234567890123456789",
            "2026-06-30",
            "2026-06-31",
            "0001-01-01",
            "9999-12-31",
            "01/02/2027",
            "Q3 2024/25",
            "FY27-Q3",
            "2026-Q3",
            "FY0000-Q1",
            "FY9999-Q4",
            "9998-Q4",
            "true",
            "YES",
            "no",
            "1",
            "x",
            "in_progress",
            "Done",
            "P-1",
            "P 1",
            "P\u200b",
            "café",
            "a\nb",
            " a ",
            "  ",
            "\xa0",
            "\t",
            "(1)",
            "()",
            "-",
            "'",
            "=1",
            "up",
            "June 2026",
            "46203",
        ]
    ),
    st.sampled_from(["a|b", "|", "b|a", "P-1|P-0", "P-1||", " a | b "]),
    st.text(max_size=8),
    st.text(st.sampled_from("0123456789.,-eE+ "), max_size=8),
    st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True),
    st.integers(250, 260).map(lambda length: "x" * length),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(COLUMNS), st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from([APRIL, JANUARY]))
@example(PROJECTS["deliverables"], ["|"], APRIL)
def test_a_file_and_the_grid_read_a_cell_alike(column, texts, calendar):
    cells = pl.Series([text or None for text in texts], dtype=pl.String)

    (typed,) = type_columns([column], [cells], calendar)

    for row, text in enumerate(texts):
        value = parse_cell(column, text, calendar)
        if not text:
            assert typed.values[row] is None
            assert not typed.bad[row]
        elif isinstance(value, Problem):
            assert typed.bad[row]
            assert value.message in typed.misread.values()
        else:
            assert not typed.bad[row]
            assert typed.values[row] == value


@settings(deadline=None)
@given(st.text(st.sampled_from("0123456789.,-/eE+ QFYJunMar£%()kmbn:T"), max_size=14))
def test_whatever_is_typed_into_a_cell_gives_a_value_or_a_sentence(text):
    for name in ("cost", "success_probability", "start_date", "benefit_start_quarter"):
        value = parse_cell(PROJECTS[name], text, APRIL)
        assert not isinstance(value, Problem) or value.message.endswith(".")


def test_a_column_of_countless_bad_cells_is_given_up_in_time():
    cells = pl.Series([f"day {number}" for number in range(3 * MOST_TOLD)])

    (typed,) = type_columns([PROJECTS["start_date"]], [cells], APRIL)

    assert typed.bad.all()
    assert len(typed.misread) == MOST_TOLD

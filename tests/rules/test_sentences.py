import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.quarter import Calendar
from planner.rules.sentences import (
    MINUS,
    because_tail,
    counted,
    day_text,
    money_text,
    money_texts,
    moved_text,
    named,
    number_word,
    percent_text,
    quarter_words,
    quarters_text,
    short_day_text,
    signed_money_text,
    spoken_quarter,
    status_word,
)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "£0"),
        (999, "£999"),
        (1_000, "£1k"),
        (1_499, "£1k"),
        (1_500, "£2k"),
        (480_000, "£480k"),
        (999_499, "£999k"),
        (999_500, "£1m"),
        (1_560_000, "£1.56m"),
        (2_100_000, "£2.1m"),
        (1_005_000, "£1.01m"),
        (9_994_999, "£9.99m"),
        (9_995_000, "£10m"),
        (10_450_000, "£10.5m"),
        (47_014_000, "£47m"),
        (99_950_000, "£100m"),
        (148_400_000, "£148m"),
        (999_500_000, "£1,000m"),
        (1_250_000_000, "£1.25bn"),
        (10**15, "£1,000,000bn"),
        (-870_000, f"{MINUS}£870k"),
        (None, ""),
    ],
)
def test_money_as_leaders_read_it(amount, said):
    assert money_text(amount, "GBP") == said


def test_a_currency_without_a_sign_of_its_own_is_named_and_none_is_left_out():
    assert money_text(3_200_000, "EUR") == "EUR 3.2m"
    assert money_text(3_200_000, "") == "3.2m"


def test_a_change_of_money_has_its_sign():
    assert [signed_money_text(n, "GBP") for n in (3_800_000, 0, -5_000, None)] == [
        "+£3.8m",
        "£0",
        f"{MINUS}£5k",
        "",
    ]


@given(st.lists(st.one_of(st.none(), st.integers(-(10**15), 10**15)), max_size=6))
def test_a_column_of_money_says_what_its_cells_say(amounts):
    said = money_texts(pl.Series(amounts, dtype=pl.Int64), "GBP").to_list()
    assert said == [None if amount is None else money_text(amount, "GBP") for amount in amounts]


def test_numbers_are_words_up_to_ten():
    assert [number_word(n) for n in (0, 1, 10, 11, 1200)] == ["zero", "one", "ten", "11", "1,200"]


def test_quarters_and_their_moves():
    assert [quarters_text(n) for n in (1, -1, 2, 0)] == ["1 quarter", "1 quarter", "2 quarters", "0 quarters"]
    assert [moved_text(n, words=True) for n in (2, -1, 0)] == [
        "two quarters later",
        "one quarter earlier",
        "",
    ]
    assert counted(1, "company", "companies") == "1 company"
    assert counted(4, "company", "companies", words=True) == "four companies"


def test_days_and_quarters_are_spoken():
    assert day_text(dt.date(2026, 10, 16)) == "16 October 2026"
    assert day_text(None) == ""
    assert short_day_text(dt.date(2026, 5, 1)) == "1 May"
    assert spoken_quarter(Calendar(4).parse("FY27-Q3"), Calendar(4)) == "Q3 FY27"
    assert spoken_quarter(Calendar(1).parse("2026-Q3"), Calendar(1)) == "Q3 2026"


def test_shares_statuses_and_lists():
    assert [percent_text(share) for share in (0, 0.445, 0.995, 1)] == ["0%", "45%", "100%", "100%"]
    assert [status_word(word) for word in ("in_progress", "done", None, "odd")] == [
        "in progress",
        "finished",
        "no status",
        "odd",
    ]
    assert named(["a", "b", "c"], 2) == "a · b · and 1 more"
    assert named(["a"], 2) == "a"


@pytest.mark.parametrize(
    ("typed", "tail"),
    [
        ("because the supplier slipped.", "the supplier slipped"),
        ("  the budget\n was cut … ", "the budget was cut"),
        ("becauses are many", "becauses are many"),
        ("", ""),
    ],
)
def test_a_reason_is_kept_as_the_tail_of_because(typed, tail):
    assert because_tail(typed) == tail


@pytest.mark.parametrize(
    ("label", "said"), [("FY27-Q4", "Q4 FY27"), ("2027-Q1", "Q1 2027"), ("soon", "soon")]
)
def test_a_quarter_stands_on_a_page_as_leaders_read_it(label, said):
    assert quarter_words(label) == said

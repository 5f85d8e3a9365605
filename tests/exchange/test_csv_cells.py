"""Safe cells: guarded text starts no formula in any locale, and comes back to the letter."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exchange.csv_cells import free_cells, free_text, guard_cells, guard_text
from planner.exchange.table_csv import write_safe

NASTY = st.text(st.sampled_from(list("=+-@|%'\t\r\n;,\" ax1")), max_size=12)
STARTS_FORMULA = tuple("=+-@|%")
SKIPPED = "\t\r\n"  # spreadsheets may drop these at the beginning of a cell


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("-15", "'-15"),
        ("'tis", "''tis"),
        ("'=1", "''=1"),
        ("a;=1", "a;'=1"),
        ("a, -b", "a, -b"),
        ("a,-b", "a,'-b"),
        ("a\n@b", "a\n'@b"),
        ("\t=1", "'\t'=1"),
        ('a;"=1"', 'a;\'"=1"'),
        ("a = b", "a = b"),
        ("", ""),
    ],
)
def test_one_guard_stands_wherever_a_cell_could_begin_with_a_formula(text, safe):
    assert guard_text(text) == safe
    assert free_text(safe) == text


@settings(deadline=None)
@given(NASTY)
def test_a_guarded_text_comes_back_to_the_letter(text):
    assert free_text(guard_text(text)) == text


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), NASTY), min_size=1, max_size=5))
def test_a_column_is_guarded_and_freed_as_each_of_its_cells(texts):
    cells = pl.Series("a", texts, dtype=pl.String)

    guarded = guard_cells(cells)

    assert guarded.to_list() == [None if text is None else guard_text(text) for text in texts]
    assert free_cells(guarded).to_list() == texts


@settings(deadline=None)
@given(st.lists(st.tuples(NASTY, NASTY, NASTY), min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_no_written_cell_starts_a_formula_in_a_comma_semicolon_or_tab_locale(rows, line_end):
    frame = pl.DataFrame(rows, schema=["a", "b", "c"], orient="row")

    text = write_safe(frame, ["a", "b", "c"], line_end).decode()

    for separator in ",;\t":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            assert not [cell for cell in row if cell.lstrip(SKIPPED).startswith(STARTS_FORMULA)]

"""What was typed into a grid, found by id; and which browser somebody sits at."""

import polars as pl

from planner.model.tables import TABLES
from planner.ui.desk import browser_of
from planner.ui.grid import Drawing, newly_typed, wide_enough
from tests.sample_plans import sample_plan

IDS = ("P-1", "P-2", "P-3")


def test_places_become_the_ids_that_were_drawn():
    edited = {0: {"name": "One", "cost": "5"}, "2": {"cost": None}}
    assert newly_typed(IDS, edited, {}) == {
        ("P-1", "name"): "One",
        ("P-1", "cost"): "5",
        ("P-3", "cost"): None,
    }


def test_what_was_seen_is_no_news_until_it_is_typed_again():
    seen = {("P-1", "cost"): "5", ("P-3", "cost"): None}
    assert newly_typed(IDS, {0: {"cost": "5"}, 2: {"cost": ""}}, seen) == {}
    assert newly_typed(IDS, {0: {"cost": "6"}, 2: {"cost": "1"}}, seen) == {
        ("P-1", "cost"): "6",
        ("P-3", "cost"): "1",
    }


def test_a_drawing_shows_its_rows_with_what_was_typed_and_no_others():
    rows = pl.DataFrame({"project_id": IDS, "cost": ["1", "2", "3"]})
    drawing = Drawing("grid", 0, IDS, rows, ("cost",), sample_plan("FY27-Q3"), "draft")
    assert drawing.shows(rows)
    drawing.take_over({("P-2", "cost"): "20"})
    assert drawing.shows(pl.DataFrame({"project_id": IDS, "cost": ["1", "20", "3"]}))
    assert not drawing.shows(pl.DataFrame({"project_id": IDS, "cost": ["1", "2", "3"]}))
    assert not drawing.shows(pl.DataFrame({"project_id": IDS[::-1], "cost": ["3", "20", "1"]}))


def test_no_column_is_narrower_than_its_header():
    projects = TABLES["projects"].by_name
    assert wide_enough(projects["cost"]) == 105
    assert wide_enough(projects["risk_opportunity"]) > 150
    assert wide_enough(projects["date_precision"]) > 150
    assert wide_enough(projects["sponsor"], 120) == 120
    assert wide_enough(projects["why"]) == "medium"


def test_a_browser_is_told_by_its_token_whatever_the_mask():
    token, masks = bytes(range(16)), (b"\x01\x02\x03\x04", b"\xff\x00\xee\x10")
    cookies = [
        f"2|{mask.hex()}|{bytes(b ^ mask[i % 4] for i, b in enumerate(token)).hex()}|1700000000"
        for mask in masks
    ]
    assert browser_of(cookies[0]) == browser_of(cookies[1]) != ""
    assert browser_of(token.hex()) == browser_of(cookies[0])
    assert browser_of("") == browser_of("2|zz|yy|1") == browser_of("2|||1") == ""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.quarter import Calendar
from planner.model.settings import PlanSettings
from planner.rules.zones import (
    ordinal_of_day,
    ordinal_of_label,
    position_of_day,
    zone_of,
    zone_spans,
    zone_weight,
)

months = st.integers(1, 12)
days = st.dates(dt.date(1, 1, 2), dt.date(9999, 12, 30))


@settings(max_examples=60)
@given(months, days)
def test_columns_give_the_ordinals_that_the_calendar_gives(month, day):
    calendar = Calendar(month)
    label = calendar.label(calendar.of(day))
    frame = pl.DataFrame({"day": [day], "label": [label]})
    said = frame.select(
        ordinal_of_day("day", calendar).alias("day"), ordinal_of_label("label").alias("label")
    )
    assert said.row(0) == (calendar.of(day).ordinal,) * 2


@settings(max_examples=60)
@given(months, days)
def test_a_day_lies_inside_its_quarter_and_before_the_next_day(month, day):
    calendar = Calendar(month)
    frame = pl.DataFrame({"day": [day, day + dt.timedelta(days=1)]})
    today, tomorrow = frame.select(position_of_day(pl.col("day"), calendar)).to_series()
    assert calendar.of(day).ordinal <= today < tomorrow <= calendar.of(day).ordinal + 1 + 1e-9


def test_a_quarter_begins_and_ends_on_whole_numbers():
    calendar = Calendar(4)
    quarter = calendar.parse("FY27-Q3")
    edges = [calendar.first_day(quarter), calendar.first_day(quarter + 1)]
    frame = pl.DataFrame({"day": edges})
    assert frame.select(position_of_day(pl.col("day"), calendar)).to_series().to_list() == [
        quarter.ordinal,
        quarter.ordinal + 1,
    ]


def test_zones_and_weights_by_distance():
    frame = pl.DataFrame({"k": [0, 3, 4, 7, 8, 19]})
    plain = PlanSettings()
    assert frame.select(zone_of(pl.col("k"), plain)).to_series().to_list() == [
        "firm", "firm", "planned", "planned", "outline", "outline",
    ]  # fmt: skip
    assert frame.select(zone_weight(pl.col("k"), plain)).to_series().to_list() == [1, 1, 0.5, 0.5, 0.2, 0.2]


@pytest.mark.parametrize(
    ("edges", "horizon", "spans"),
    [
        ("4|8", 20, [("firm", 0, 4), ("planned", 4, 8), ("outline", 8, 20)]),
        ("4|8", 6, [("firm", 0, 4), ("planned", 4, 6)]),
        ("0|8", 20, [("planned", 0, 8), ("outline", 8, 20)]),
        ("4|30", 20, [("firm", 0, 4), ("planned", 4, 20)]),
    ],
)
def test_spans_of_zones_fill_the_axis(edges, horizon, spans):
    assert zone_spans(PlanSettings({"zone_edges": edges}), horizon).rows() == spans

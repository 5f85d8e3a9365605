"""Charts as pictures: whole, in the colours of one mode, with their labels, their words and a key, and nothing fetched."""

import datetime as dt
import io
import re

import polars as pl
import pypdf
import pytest
from lxml import etree

from planner.charts.brief_pictures import brief_pictures
from planner.charts.drift import finish_moves, money_bridge
from planner.charts.drift_compact import compact_chart
from planner.charts.drift_titles import NONE_MOVED, bridge_title, moves_title
from planner.charts.pictures import chart_picture
from planner.charts.timeline import TimelineView
from planner.charts.timeline_key import key_entries
from planner.charts.timeline_picture import timeline_picture_chart
from planner.look.lettering import text_width
from planner.rules.measures import cost_bridge
from planner.rules.timeline import layout
from tests.charts.reviews import Two
from tests.charts.test_drift import CALENDAR, changes_of, sample_bridge, sample_changes
from tests.rules.small_plans import plan, project
from tests.sample_plans import sample_plan

QUARTERS = ("FY26-Q4", "FY27-Q1")
LONG = "A very long name of a project that no gutter of any chart has room for, however small its letters"


def two(baseline, current):
    return Two(baseline, current, QUARTERS)


def sample_layout(**more):
    baseline, current = map(sample_plan, QUARTERS)
    return layout(current, CALENDAR.parse(QUARTERS[1]), dt.date(2026, 5, 1), baseline=baseline, **more)


def charts():
    moves = finish_moves(sample_changes(*QUARTERS), CALENDAR)
    bridge = sample_bridge(*QUARTERS)
    view = TimelineView(since="Q4 FY26")
    return {
        "moves": ((moves.spec, moves.frame), 660, ()),
        "bridge": ((bridge.spec, bridge.frame), 660, ()),
        "moves on a page": (compact_chart(moves, 376), 376, ()),
        "bridge on a page": (compact_chart(bridge, 376), 376, ()),
        "roadmap": (timeline_picture_chart(sample_layout(), view), 1360, key_entries(sample_layout(), view)),
    }


def picture_of(name):
    chart, width, key = charts()[name]
    return chart_picture(
        chart, name=name, title="Title <& more>", note="Its note", alt="What it shows", width=width, key=key
    )


def texts_of(svg):
    return [said for element in etree.fromstring(svg.encode()).iter() if (said := element.text)]


each_chart = pytest.mark.parametrize(
    "name", ["moves", "bridge", "moves on a page", "bridge on a page", "roadmap"]
)


@each_chart
def test_a_picture_has_all_labels_of_its_chart_and_the_colours_of_a_light_page(name):
    (_, frame), *_ = charts()[name]
    svg = picture_of(name).light_svg
    said = set(texts_of(svg))
    drawn = frame.filter(~pl.col("role").is_in(["hit", "halo", "cell"]), pl.col("text").fill_null("") != "")
    shown = drawn.filter(pl.col("role").is_in(["name", "label", "total_label", "text", "months"]))["text"]
    assert shown.len() > 9
    assert set(shown) - said == set()
    assert "light-dark(" not in svg
    assert "light-dark(" in picture_of(name).svg
    assert "http" not in svg.replace("http://www.w3.org/", "")


@each_chart
def test_a_framed_picture_has_its_words_in_it_and_is_a_png_and_a_pdf(name):
    bare = picture_of(name)
    framed = bare.framed("Harbourline Mutual: Q1 FY27 against Q4 FY26")
    said = texts_of(framed.light_svg)
    assert {"Title <& more>", "Its note", "Harbourline Mutual: Q1 FY27 against Q4 FY26"} <= set(said)
    assert framed.size > bare.size
    assert framed.png().startswith(b"\x89PNG")
    (page,) = pypdf.PdfReader(io.BytesIO(framed.pdf())).pages
    assert "Its note" in page.extract_text()


def test_a_picture_is_as_wide_as_asked_and_its_names_are_whole():
    picture = picture_of("moves")
    assert picture.size[0] == 660
    assert "…" not in picture.svg


def test_a_long_name_ends_with_an_ellipsis_before_its_plot():
    baseline = plan(projects=[project(name=LONG)])
    current = plan(projects=[project(name=LONG, end_date=dt.date(2029, 9, 30))])
    chart = finish_moves(changes_of(baseline, current), CALENDAR)
    drawn = chart_picture((chart.spec, chart.frame), name="x", title="", note="", alt="", width=660)
    (name,) = [text for text in texts_of(drawn.svg) if text.startswith("A very long")]
    assert name.endswith("…")
    assert 190 < text_width(name, 12.5) <= 220  # the gutter is used, and not two thirds of it


def test_the_key_of_a_roadmap_names_what_is_drawn():
    said = texts_of(picture_of("roadmap").framed("").svg)
    assert {"where Q4 FY26 had it", "stopped", "outcome needed by"} <= set(said)


def test_the_axis_is_in_the_picture_of_a_roadmap():
    said = texts_of(picture_of("roadmap").svg)
    assert {"FY27", "FY31", "Q3", "firm: to the quarter"} <= set(said)


def test_no_text_of_a_roadmap_reaches_over_its_right_edge():
    _, frame = timeline_picture_chart(sample_layout(fold_finished=True), TimelineView(), 1200)
    quarter = (1200 - 290 - 1) / 20
    ends = [
        290 + row["x"] * quarter + row["dx"] + text_width(row["text"], row["size"], row["weight"])
        for row in frame.filter(role="text", align="left").iter_rows(named=True)
    ]
    assert max(ends) <= 1200


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "]]>&amp;", "bell\x07\x00", "datum.x ? 1 : 2", "\u202eturned"],
)
def test_a_name_is_text_whatever_it_says(hostile):
    baseline = plan(projects=[project(name=hostile)])
    current = plan(projects=[project(name=hostile, end_date=dt.date(2029, 9, 30))])
    chart = finish_moves(changes_of(baseline, current), CALENDAR)
    drawn = chart_picture(
        (chart.spec, chart.frame), name="x", title=hostile, note=hostile, alt=hostile, width=660
    )
    framed = drawn.framed(hostile)
    assert etree.fromstring(framed.file_svg()).tag.endswith("svg")
    assert "<script" not in framed.light_svg
    assert framed.png().startswith(b"\x89PNG")


def test_the_pictures_of_a_brief_are_those_that_there_is_something_to_see_on():
    baseline, current = map(sample_plan, QUARTERS)
    assert list(brief_pictures(two(baseline, current))) == ["money", "finishes", "roadmap"]
    assert list(brief_pictures(two(baseline, baseline))) == ["money"]
    assert brief_pictures(two(plan(), plan())) == {}
    assert brief_pictures(None) == {}


def test_a_picture_of_a_brief_tells_all_its_rows_to_those_who_listen():
    pictures = brief_pictures(two(*map(sample_plan, QUARTERS)))
    assert "Core policy replacement: home" in pictures["money"].alt
    assert "6 earlier" in pictures["finishes"].alt


def test_the_roadmap_of_a_brief_has_what_moved_and_not_the_rest():
    said = texts_of(brief_pictures(two(*map(sample_plan, QUARTERS)))["roadmap"].svg)
    assert "Retention offers" in said
    assert "Product factory" not in said
    assert not [text for text in said if text.startswith("today")]


def test_a_compact_chart_keeps_its_names_whole_and_inside():
    moves = finish_moves(sample_changes(*QUARTERS), CALENDAR)
    _, frame = compact_chart(moves, 376)
    names = frame.filter(role="name")
    assert names["text"].to_list() == moves.frame.filter(role="name")["text"].to_list()
    grid = frame.filter(role="grid", text="Q1")["x"].to_list()
    assert grid == sorted(grid)


def test_the_axis_of_a_compact_chart_begins_with_its_year():
    moved = {"end_date": dt.date(2026, 8, 1)}, {"end_date": dt.date(2028, 2, 1)}
    moves = finish_moves(changes_of(*(plan(projects=[project(**cells)]) for cells in moved)), CALENDAR)
    _, frame = compact_chart(moves, 376)
    first = frame.filter(role="grid").sort("x").row(0, named=True)
    assert (first["text"], first["note"]) == ("Q1", "FY27"), "its quarter, and its year over it"


@pytest.mark.parametrize("cost", [1, 999, 10**12])
def test_the_labels_of_a_compact_bridge_fit_beside_their_bars(cost):
    bridge = cost_bridge(plan(projects=[project(cost=cost)]), plan(projects=[project(cost=cost * 3)]))
    chart = money_bridge(bridge, ("Q1 FY27", "Q2 FY27"), "GBP")
    spec, frame = compact_chart(chart, 376)
    low, high = next(
        layer["encoding"]["x"]["scale"]["domain"]
        for layer in spec["layer"]
        if "scale" in layer["encoding"].get("x", {})
    )
    for row in frame.filter(role="label").iter_rows(named=True):
        end = (row["x"] - low) / (high - low) * 376 + 8 + text_width(row["text"], 12, 600)
        assert end <= 376
    for row in frame.filter(role="total_label").iter_rows(named=True):
        assert (row["x"] - low) / (high - low) * 376 - 8 - text_width(row["text"], 13, 600) >= 0


def test_titles_tell_what_moved():
    baseline, current = map(sample_plan, QUARTERS)
    assert bridge_title(cost_bridge(baseline, current), "GBP") == "Money: £47m became £45.7m"
    assert bridge_title(cost_bridge(baseline, baseline), "GBP") == "Money: £47m, as before"
    assert moves_title(changes_of(baseline, current)) == "Finish dates: five later, two earlier"
    assert moves_title([]) == NONE_MOVED


def test_a_very_long_picture_gets_a_coarser_png_and_is_whole():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="60000"><rect width="9" height="9"/></svg>'
    picture = chart_picture(charts()["moves"][0], name="x", title="", note="", alt="").__class__(
        "long", "", "", "", svg
    )
    header = picture.png()[16:24]
    width, height = int.from_bytes(header[:4]), int.from_bytes(header[4:])
    assert width * height < 41_000_000
    assert round(height / width) == 60


def test_a_picture_says_how_large_it_is():
    assert re.match(r'<svg[^>]* width="\d', picture_of("bridge").svg)

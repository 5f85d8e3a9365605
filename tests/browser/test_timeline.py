"""The timeline page in a browser: links, filters, hovers, the axis that stays, the table, and a plan of thousands."""

import re

import pytest

from tests.benchmarks.databases import sealed_database
from tests.benchmarks.synthetic import first_plan, next_plan
from tests.browser.servers import only_looked_at, start_server

pytestmark = pytest.mark.browser
VIEW = "/timeline?version=FY27-Q1&compare=FY26-Q4"
CHART = '[data-testid="stVegaLiteChart"] svg'
BARS = f"{CHART} .timeline_bar_marks path"
ROWS = f"{CHART} .timeline_hit_marks path"


@pytest.fixture(scope="module")
def large_url(tmp_path_factory):
    """A server with a plan of 2,000 projects, sealed twice."""
    folder = tmp_path_factory.mktemp("large")
    first = first_plan(2_000)
    db, _labels = sealed_database(folder / "large.duckdb", [first, next_plan(first)])
    db.close()
    running = start_server(folder, folder / "large.duckdb")
    yield only_looked_at(running.url)
    running.stop()


def drawn(page):
    page.locator(ROWS).first.wait_for(state="attached")
    return page


def lead(page):
    return page.locator("p.p-lead").inner_text()


def test_a_link_is_the_first_request_of_a_fresh_server_and_shows_its_view(
    server, open_page, assert_quiet, assert_accessible_in_both_modes
):
    page = drawn(open_page(server().url + VIEW))
    assert lead(page) == (
        "20 live projects cost £45.7m. Against the plan of Q4 FY26, five finish later, two earlier, one joins, "
        "and two were stopped."
    )
    page.locator(f"{CHART} text", has_text="Q2 FY29 · £12m · 6 quarters earlier").first.wait_for()
    fill = "bar => getComputedStyle(bar).fill"
    assert page.locator(BARS).first.evaluate(fill) == "rgb(45, 108, 184)"
    assert_accessible_in_both_modes(page)
    assert page.locator(BARS).first.evaluate(fill) == "rgb(76, 134, 198)"
    assert_quiet(page)


def test_without_a_link_the_address_names_both_versions(app_url, open_page):
    page = drawn(open_page(f"{app_url}/timeline"))
    page.wait_for_url("**/timeline?version=FY27-Q3&compare=FY27-Q2")
    assert page.locator(ROWS).count() == 32


def test_a_view_stands_in_the_address_and_a_colleague_sees_the_same(
    app_url, open_page, settled, assert_quiet
):
    page = drawn(open_page(app_url + VIEW))
    page.get_by_role("button", name="Claims", exact=True).click()
    page.wait_for_url("**outcome=OUT-001*")
    page.get_by_text("Show finished").click()
    page.wait_for_url("**finished=1*")
    settled(page)
    colleague = drawn(open_page(page.url))
    assert lead(colleague) == lead(page)
    names = [row.get_attribute("aria-label") for row in page.locator(ROWS).all()]
    assert [row.get_attribute("aria-label") for row in colleague.locator(ROWS).all()] == names
    assert names[0] == "Settle claims faster and fairly"
    assert_quiet(page)


def test_another_version_is_compared_with_the_one_before_it(app_url, open_page, settled):
    page = drawn(open_page(f"{app_url}/timeline"))
    page.get_by_role("combobox", name="Plan").click()
    page.get_by_role("option", name=re.compile("Q3 FY26")).click()
    page.wait_for_url("**version=FY26-Q3&compare=FY26-Q2*")
    settled(page)
    page.get_by_role("combobox", name="Compare with").click()
    page.get_by_role("option", name="Nothing").click()
    page.wait_for_url("**compare=nothing*")
    assert "Against" not in lead(settled(page))


def test_a_version_that_is_not_there_is_said(app_url, open_page):
    page = open_page(f"{app_url}/timeline?version=FY99-Q1&compare=nonsense&lanes=moon&page=9&rows=x")
    page.get_by_text("There is no version 'FY99-Q1' in this plan").wait_for()
    page.wait_for_url("**/timeline?version=FY27-Q3&compare=FY27-Q2")


def test_a_hover_tells_why_and_what_moved(app_url, open_page):
    page = drawn(open_page(app_url + VIEW))
    row = page.get_by_label("Core policy replacement: motor", exact=True)
    row.scroll_into_view_if_needed()
    box = row.bounding_box()
    page.mouse.move(box["x"] + 600, box["y"] + 10)
    told = page.locator("#vg-tooltip-element")
    told.get_by_text("Motor is the largest book on the old policy system.").wait_for()
    assert "6 quarters earlier since Q4 FY26, was Q3 FY29 to Q4 FY30, because" in told.inner_text()


def test_the_axis_stays_in_sight_and_its_quarters_stand_over_the_columns(app_url, open_page):
    page = drawn(open_page(app_url + VIEW, height=600))
    page.locator('[data-testid="stMain"]').evaluate("main => main.scrollTo(0, 500)")
    page.wait_for_timeout(300)
    axis = page.locator(".p-axis").bounding_box()
    assert 0 < axis["y"] < 100
    lines = [line.bounding_box()["x"] for line in page.locator(f"{CHART} .timeline_grid_marks line").all()]
    quarters = [cell.bounding_box()["x"] for cell in page.locator(".p-axis .q").all()]
    assert len(lines) == len(quarters) == 20
    assert max(abs(a - b) for a, b in zip(lines, quarters, strict=True)) < 1.5


@pytest.mark.parametrize("width", [1280, 1440])
def test_no_label_is_cut_or_leaves_the_page(app_url, open_page, width):
    page = drawn(open_page(app_url + VIEW, width=width))
    edge = page.locator(CHART).first.bounding_box()
    for text in page.locator(f"{CHART} .timeline_text_marks text").all():
        box = text.bounding_box()
        assert box["x"] >= edge["x"] - 1
        assert box["x"] + box["width"] <= edge["x"] + edge["width"] + 1
        assert "…" not in text.text_content()


def test_the_table_and_its_download_have_every_project(app_url, open_page, settled, tmp_path):
    page = drawn(open_page(f"{app_url}/timeline"))
    page.get_by_text("The same as a table: 32 projects").click()
    settled(page).locator('[data-testid="stDataFrame"]').wait_for()
    with page.expect_download() as loading:
        page.get_by_role("button", name="Download as CSV").click()
    file = tmp_path / loading.value.suggested_filename
    loading.value.save_as(file)
    assert file.name == "roadmap-FY27-Q3.csv"
    text = file.read_bytes().decode("utf-8-sig")
    assert len(text.splitlines()) == 33
    assert "Flood claims surge readiness" in text


def test_a_plan_of_thousands_is_folded_to_counts_and_opens_in_pages(
    large_url, open_page, settled, assert_quiet
):
    page = drawn(open_page(f"{large_url}/timeline"))
    assert page.locator(f"{CHART} .timeline_cell_marks path").count() == 100
    assert page.locator(BARS).count() == 0
    page.get_by_text("Every project", exact=True).click()
    page.wait_for_url("**rows=all*")
    settled(page).locator(BARS).first.wait_for(state="attached")
    assert 200 < page.locator(ROWS).count() <= 251
    page.get_by_role("button", name=re.compile("next", re.IGNORECASE)).click()
    page.wait_for_url("**page=2*")
    settled(page).locator(f"{CHART} text", has_text="(continued)").first.wait_for()
    assert_quiet(page)


def test_filters_that_leave_nothing_say_so_and_lead_back(app_url, open_page, settled):
    page = open_page(f"{app_url}/timeline?outcome=OUT-002&team=TEAM-04&lanes=capability")
    page.get_by_text("No project of this plan fits these filters.").wait_for()
    page.get_by_role("link", name="Show the whole roadmap").click()
    drawn(settled(page))
    assert page.locator(ROWS).count() == 32


def test_the_roadmap_is_taken_along_as_a_picture_with_its_axis_and_its_key(
    app_url, open_page, settled, tmp_path
):
    page = drawn(open_page(f"{app_url}{VIEW}"))
    settled(page).get_by_role("button", name="Picture").click()
    with page.expect_download() as loading:
        page.get_by_role("button", name="SVG").click()
    file = tmp_path / loading.value.suggested_filename
    loading.value.save_as(file)
    assert file.name == "roadmap-FY27-Q1.svg"
    drawing = file.read_text(encoding="utf-8")
    for said in ("FY31", "where Q4 FY26 had it", "Harbourline Mutual: Q1 FY27 against Q4 FY26"):
        assert said in drawing

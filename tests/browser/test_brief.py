"""The brief in a browser: edited, frozen by the sealing, printed as the sheet alone on one page, and shared as a link."""

import datetime as dt
import re

import pytest

from planner.actions.editing import save
from planner.actions.opening import open_plan
from planner.model.edit import Edit

pytestmark = pytest.mark.browser
NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
LEAD = "A quiet quarter: the floods cost us £20k more."
LIT = """() => [...document.querySelectorAll('h1, h2, h3, p, li, td, button, input, textarea, label')]
    .filter(one => !one.closest('.p-sheet') && one.getClientRects().length
        && getComputedStyle(one).visibility !== 'hidden').map(one => one.textContent)"""


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_the_brief_is_edited_frozen_by_the_sealing_printed_and_shared(
    server, sample, open_page, settled, assert_quiet, assert_accessible
):
    db = open_plan(sample)
    assert not save(
        db, [Edit("projects", ("PRJ-033",), "cost", 340_000, 360_000)], actor="asha", now=NOW
    ).problems
    db.close()
    address = server(database=sample).url
    page = open_page(f"{address}/brief?to=draft&edit=1")
    sheet = page.locator(".p-sheet")
    sheet.get_by_text("Flood claims surge readiness now costs £360k").wait_for()
    page.get_by_role("textbox", name="In one sentence").fill(LEAD)
    page.get_by_role("button", name="Save", exact=True).first.click()
    sheet.get_by_text(LEAD).wait_for()
    settled(page)
    assert_accessible(page)

    page.goto(f"{address}/versions")
    page.get_by_text(re.compile("I accept 4 warnings")).click()
    settled(page)
    page.get_by_role("button", name="Seal").click()
    page.get_by_text("The draft is now for FY28-Q1").wait_for()
    page.goto(f"{address}/brief?to=FY27-Q4")
    page.get_by_text("It was frozen with the plan of Q4 FY27").wait_for()
    assert sheet.get_by_text(LEAD).count() == 1
    settled(page)

    with page.expect_download() as taken:
        page.get_by_role("button", name="Markdown", exact=True).click()
    assert LEAD in taken.value.path().read_text(encoding="utf-8")
    assert taken.value.suggested_filename == "brief-FY27-Q4-against-FY27-Q3.md"
    assert pages_of(page.pdf(prefer_css_page_size=True)) == 1
    page.emulate_media(media="print")
    assert sheet.is_visible()
    assert page.evaluate(LIT) == []
    assert_quiet(page)

    shared = open_page(page.url, mode="dark")
    assert shared.locator(".p-sheet").inner_text() == sheet.inner_text()
    assert "to=FY27-Q4" in shared.url
    assert "from=FY27-Q3" in shared.url
    assert_accessible(shared)

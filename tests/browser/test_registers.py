"""The registers in a real browser: an insight about a project, the open ask decided, both there after a reload."""

import re

from playwright.sync_api import expect


def pick(page, label, text):
    """Choose an option of a box by typing a part of it."""
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.keyboard.type(text)
    page.get_by_role("option", name=re.compile(text)).first.click()


def test_an_insight_about_a_project_and_the_answer_to_an_ask_are_there_after_a_reload(
    server, sample, open_page, settled, assert_quiet, assert_accessible
):
    url = f"{server(database=sample).url}/registers"
    page = open_page(url)
    page.get_by_role("button", name="Record an insight").click()
    page.get_by_role("textbox", name="Title").fill("Brokers call first")
    page.get_by_role("textbox", name="Finding").fill("Seven of nine brokers call before they write.")
    pick(page, "^Kind", "feasibility")
    pick(page, "^About", "PRJ-013")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("INS-009 is written down.")).to_be_visible()
    expect(page).to_have_url(re.compile("entry=INS-009"))
    assert_accessible(page)

    page.goto(f"{url}?tab=decisions&entry=DEC-012")
    settled(page)
    page.get_by_test_id("stButtonGroup").get_by_text("decided", exact=True).last.click()
    page.get_by_role("textbox", name="Decision", exact=True).fill("Fund")
    page.get_by_role("textbox", name="Decided by", exact=True).fill("Executive Committee")
    page.get_by_role("button", name="Add this row").dblclick()
    expect(page.get_by_text("2 rows, the newest first.")).to_be_visible()
    assert_accessible(page)

    page.reload()
    settled(page)
    expect(page.get_by_text("2 rows, the newest first.")).to_be_visible()
    expect(page.get_by_text("12 decisions, none waiting for an answer", exact=False)).to_be_visible()
    page.goto(f"{url}?tab=insights&q=brokers+call")
    settled(page)
    expect(page.get_by_role("link", name="Brokers call first")).to_be_visible()
    expect(page.locator('a[href*="project=PRJ-013"]').first).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV").click()
    assert waiting.value.suggested_filename == "insights.csv"
    _header, *rows = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert [row.split(",")[0] for row in rows] == ["INS-009"]
    assert_quiet(page)

"""What changed between two visits, in a real browser on a clock of the test's own; a shared link shows the same."""

import re
import shutil

from playwright.sync_api import expect

from tests.browser.servers import ROOT

# The server of the planner, whose days are those that a file beside it says.
APP = """
import datetime as dt
from pathlib import Path

import streamlit as st

from planner.ui import session

CLOCK = Path(__file__).with_name("now.txt")
session.now = lambda: dt.datetime.fromisoformat(CLOCK.read_text())
app = st.App({main!r})
"""


def put_clock(folder, moment):
    (folder / "now.txt").write_text(moment, encoding="utf-8")


def pick(page, label, text):
    """Choose an option of a box by typing a part of it."""
    page.get_by_role("combobox", name=re.compile(label)).click()
    page.keyboard.type(text)
    page.get_by_role("option", name=re.compile(text)).first.click()


def test_the_second_visit_is_told_what_a_colleague_wrote_down_and_a_link_shows_it_to_anybody(
    server, sample, tmp_path, open_page, settled, assert_quiet, assert_accessible
):
    (tmp_path / "app.py").write_text(
        APP.format(main=str(ROOT / "planner" / "ui" / "main.py")), encoding="utf-8"
    )
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    put_clock(tmp_path, "2026-11-03T09:00:00+00:00")
    url = server(database=sample, script=tmp_path / "app.py").url
    reader = open_page(f"{url}/since")
    expect(reader.get_by_text("This is your first visit")).to_be_visible()

    put_clock(tmp_path, "2026-11-04T10:00:00+00:00")
    colleague = open_page(f"{url}/registers?tab=insights&new=1")
    colleague.get_by_role("textbox", name="Title").fill("Brokers call first")
    colleague.get_by_role("textbox", name="Finding").fill("Seven of nine brokers call before they write.")
    pick(colleague, "^Kind", "feasibility")
    pick(colleague, "^About", "PRJ-013")
    colleague.keyboard.press("Escape")
    colleague.get_by_role("button", name="Write it down").click()
    expect(colleague.get_by_text("INS-009 is written down.")).to_be_visible()

    put_clock(tmp_path, "2026-11-05T09:00:00+00:00")
    reader.goto(url)
    settled(reader)
    expect(reader.get_by_text("Since your last visit on Tuesday 3 November 2026")).to_be_visible()
    reader.get_by_role("link", name="See what changed").click()
    settled(reader)
    lead = "Since Tuesday 3 November 2026: one insight was written down."
    expect(reader.get_by_text(lead)).to_be_visible()
    expect(reader.get_by_role("link", name="Brokers call first")).to_be_visible()
    assert_accessible(reader)

    shared = reader.get_by_role("link", name=re.compile(r"^since\?since="))
    colleague.goto(f"{url}/{shared.inner_text()}")
    settled(colleague)
    expect(colleague.get_by_text(lead)).to_be_visible()
    assert_quiet(reader)


def test_a_row_of_drift_leads_to_the_life_of_its_item_and_its_link_shows_it_again(
    server, sample, open_page, settled, assert_quiet, assert_accessible
):
    url = server(database=sample).url
    page = open_page(f"{url}/drift?from=FY27-Q1&to=FY27-Q2")
    page.get_by_role("link", name="Cloud data platform, stage one").first.click()
    settled(page)
    expect(page).to_have_url(re.compile("item.*id=PRJ-006"))
    lead = page.get_by_text("two quarters later than first planned")
    expect(lead).to_be_visible()
    assert_accessible(page)

    page.reload()
    settled(page)
    expect(lead).to_be_visible()
    page.goto(f"{url}/decisions?part=insights")
    settled(page)
    expect(page.get_by_text("all eight insights changed the plan", exact=False)).to_be_visible()
    assert_accessible(page)
    assert_quiet(page)

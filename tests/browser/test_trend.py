"""The trend page in a browser: a shared link shows the same view, in both modes, and the console stays silent."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_a_shared_link_shows_the_same_view_in_both_modes(
    app_url, open_page, settled, assert_quiet, assert_accessible
):
    page = open_page(f"{app_url}/trend")
    page.locator("svg text", has_text="Core policy replacement: motor").first.wait_for()
    page.get_by_text("Largest moves", exact=True).click()
    page.wait_for_url(re.compile("show=moves"))
    settled(page)
    page.get_by_role("combobox", name="Outcome").click()
    page.get_by_role("option", name="Claims").click()
    page.wait_for_url(re.compile("outcome=OUT-001"))
    settled(page)
    chart = page.get_by_label("Forecast finish of each milestone over the snapshots").first
    chart.locator("svg text", has_text="Claims automation: home claims").wait_for()
    colleague = open_page(page.url, mode="dark")
    seen = colleague.get_by_label("Forecast finish of each milestone over the snapshots").first
    seen.locator("svg text", has_text="Claims automation: home claims").wait_for()
    assert seen.locator("svg text").all_inner_texts() == chart.locator("svg text").all_inner_texts()
    for one in (page, colleague):
        assert_quiet(one)
        assert_accessible(one)

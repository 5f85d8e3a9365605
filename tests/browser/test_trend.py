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
    colleague = open_page(page.url, mode="dark")
    shown = [one.locator("svg text") for one in (page, colleague)]
    for texts in shown:
        texts.filter(has_text="Claims automation: home claims").first.wait_for()
        texts.filter(has_text="at risk").first.wait_for()
    assert shown[0].all_text_contents() == shown[1].all_text_contents()
    for one in (page, colleague):
        assert_quiet(one)
        assert_accessible(one)

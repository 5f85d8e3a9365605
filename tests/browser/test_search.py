"""Search in a browser: Ctrl+K, some letters, a click, and the form is there; words are shown as they are."""

import datetime as dt
import re

import pytest

from planner.actions.editing import save
from planner.actions.opening import open_plan
from planner.model.edit import Edit

pytestmark = pytest.mark.browser
NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
HOSTILE = "*Flood* <b>desk</b> :red[x] `a` [b](http://evil.invalid)"


@pytest.fixture
def address(server, sample):
    """The address of a server whose sample has a project with signs of markup in its name."""
    db = open_plan(sample)
    saved = save(
        db,
        [Edit("projects", ("PRJ-033",), "name", "Flood claims surge readiness", HOSTILE)],
        actor="asha",
        now=NOW,
    )
    db.close()
    assert saved.saved.applied == 1
    return server(database=sample).url


def ask(page, words):
    """Open the search by its keys, and type at once where the focus is."""
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    box = dialog.get_by_role("textbox", name="Words")
    box.wait_for()
    page.wait_for_function("document.activeElement?.matches('.st-key-search-for input')")
    page.keyboard.type(words)
    return dialog


def test_an_item_is_found_from_the_timeline_and_its_form_opened(
    address, open_page, settled, assert_quiet, assert_accessible_in_both_modes
):
    page = open_page(f"{address}/timeline")
    dialog = ask(page, "home claims autom")
    dialog.get_by_role("link", name="Claims automation: home claims").wait_for()
    assert_accessible_in_both_modes(page)
    dialog.get_by_role("link", name="Claims automation: home claims").click()
    page.wait_for_url(re.compile(r"/projects\?project=PRJ-014"))
    chosen = settled(page).get_by_role("combobox", name="Project")
    assert chosen.input_value() == "Claims automation: home claims · PRJ-014"
    assert page.get_by_role("dialog").count() == 0
    assert_quiet(page)


def test_words_that_nothing_says_and_words_that_look_like_markup(address, open_page, settled, assert_quiet):
    page = open_page(address)
    dialog = ask(page, "<i>zeppelin</i>")
    dialog.get_by_text("Nothing in the draft says <i>zeppelin</i>.").wait_for()
    page.keyboard.press("Control+a")
    page.keyboard.type("<B>DESK")
    link = dialog.get_by_role("link", name="Flood")
    link.filter(has_text="desk").wait_for()
    assert link.inner_text().replace("\N{WORD JOINER}", "") == HOSTILE
    assert link.locator("b, code, em, a, [style]").count() == 0
    link.click()
    page.wait_for_url(re.compile(r"/projects\?project=PRJ-033"))
    ask(settled(page), "team-01").get_by_role("link", name="Claims and Customer Engineering").click()
    page.wait_for_url(re.compile(r"/teams"))
    assert_quiet(page)


def test_search_takes_no_room_on_a_small_screen(address, open_page):
    page = open_page(address, width=390)
    assert page.locator(".st-key-search button").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0

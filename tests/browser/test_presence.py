"""Who else is here, in two browsers: told with where and how much is unsaved, without disturbing what is typed."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE
from tests.browser.grid import cells, go_to, open_editor, press_save, type_into, unsaved

pytestmark = pytest.mark.browser
FLOOD, FRAUD = "PRJ-033", "PRJ-015"


def test_two_people_are_told_of_each_other_and_typing_goes_on(
    server, sample, open_page, settled, assert_quiet, assert_accessible
):
    url = server(database=sample, PLANNER_ACTOR="asha", PLANNER_LOOK_SECONDS="2").url
    asha = open_page(f"{url}/projects?project={FRAUD}&q={FRAUD}")
    line = asha.locator(".st-key-presence")
    expect(line.get_by_text("Also here")).to_have_count(0)
    ben = open_page(f"{url}/projects?q={FLOOD}")
    ben.get_by_text("Also here: another browser of asha, in Projects at Fraud detection models").wait_for()
    type_into(ben, FLOOD, "Cost", "350000", settled)
    unsaved(ben, 1)

    go_to(asha, 1, 0)
    editor = open_editor(asha)
    editor.fill("Fraud models, half")
    here = line.get_by_text("Also here: another browser of asha, in Projects, with 1 unsaved edit")
    here.wait_for()
    expect(editor).to_be_focused()
    asha.keyboard.type(" typed")
    press_save(ben, "Saved 1 edit")
    line.get_by_text("asha, in another window, saved 1 change at").wait_for()
    assert editor.input_value() == "Fraud models, half typed"
    asha.keyboard.press("Enter")
    unsaved(asha, 1)
    assert cells(settled(asha))[1][FRAUD]["Project"] == "Fraud models, half typed"
    expect(line.get_by_text("saved 1 change")).to_have_count(0)

    ben.goto(f"{url}/drift")
    settled(ben)
    expect(line.get_by_text("Also here")).to_have_count(0, timeout=PATIENCE)
    ben.goto(f"{url}/links")
    settled(ben).get_by_text("Also here").wait_for()
    line.get_by_text("in Links").wait_for()
    assert_accessible(asha)
    ben.close()
    expect(line.get_by_text("Also here")).to_have_count(0, timeout=PATIENCE)
    assert_quiet(asha)

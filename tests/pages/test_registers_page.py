"""The registers without a browser: every tab on every plan, an entry whole, a new row, and what is told of a bad cell."""

import polars as pl
import pytest

from planner.rules.registers import REGISTERS
from planner.store.ledgers import load_ledger
from planner.ui import session
from tests.pages.conftest import words


@pytest.fixture
def registers(open_app, sample):
    return lambda **query: open_app(sample, "registers", **query)


def rows(name, entry):
    ledger = load_ledger(session.database(), name)
    return ledger.filter(pl.col(ledger.columns[0]) == entry).to_dicts()


def fill(boxes, label, value):
    next(box for box in boxes if box.label.startswith(label)).set_value(value)


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception


def choose(app, key, state):
    app.session_state[f"to {key} 0"] = state
    app.run()
    assert not app.exception


@pytest.mark.parametrize("tab", REGISTERS)
def test_every_tab_of_an_empty_plan_says_what_it_is_for_and_takes_the_first_entry(open_app, empty, tab):
    app = open_app(empty, "registers", tab=tab)
    assert "yet" in words(app)
    press(app, app.button(key="first").label)

    assert "something went wrong" not in words(app).lower()
    assert next(box for box in app.text_input if box.label == "Id").value == REGISTERS[tab].first_id


@pytest.mark.parametrize(("tab", "count"), [("insights", 8), ("lessons", 6), ("decisions", 12), ("risks", 6)])
def test_every_tab_lists_its_entries_and_says_that_nothing_is_edited(registers, tab, count):
    said = words(registers(tab=tab))

    assert "Nothing here is edited or removed" in said
    assert said.count(f"tab={tab}&amp;entry=") == count


def test_how_many_wait_is_told_behind_each_tab_and_is_no_part_of_its_label(registers):
    app = registers()
    tabs = next(group for group in app.button_group if group.label == "Register")

    assert [option.content for option in tabs.proto.options] == [
        "Insights", "Lessons", "Decisions and asks", "Risks", "Assumptions",
    ]  # fmt: skip
    assert '.st-key-tab button:nth-of-type(3) p::after { content: "\N{NO-BREAK SPACE}3"; }' in words(app)
    assert "nth-of-type(2)" not in words(app)


def test_a_search_and_a_state_leave_what_fits(registers):
    assert words(registers(tab="decisions", state="asked")).count("&amp;entry=") == 1
    assert words(registers(tab="insights", q="claim-notes PILOT")).count("&amp;entry=") > 0
    assert "No entry is like that" in words(registers(tab="risks", q="no such words"))


def test_a_link_to_an_entry_shows_it_whole_with_its_items(registers):
    app = registers(tab="risks", entry="RSK-001")

    assert "Second data squad; weekly check" in words(app)
    assert "first written down" in words(app)


def test_an_ask_is_decided_by_the_form_and_both_rows_are_there(registers):
    app = registers(tab="decisions", entry="DEC-012")
    choose(app, "decisions DEC-012", "decided")
    fill(app.text_area, "Decision", "Fund it <b>now</b>")
    fill(app.text_input, "Decided by", "Executive Committee")
    press(app, "Add this row")

    assert "DEC-012 is decided." in words(app)
    assert "2 rows" in words(app)
    assert "Fund it &lt;b&gt;now&lt;/b&gt;" in words(app)
    assert [row["status"] for row in rows("decisions", "DEC-012")] == ["asked", "decided"]


def test_what_is_wrong_is_told_and_what_was_typed_stays(registers):
    app = registers(tab="insights", new="1")
    fill(app.text_input, "Title", "Brokers call first")
    fill(app.text_input, "Effort", "about ten")
    press(app, "Write it down")

    said = words(app)
    assert "Nothing was written yet." in said
    assert "Kind is empty. Fill it in." in said
    assert "about ten" in said
    assert next(box for box in app.text_input if box.label == "Title").value == "Brokers call first"
    assert rows("insights", "INS-009") == []


def test_an_assumption_found_false_leads_to_the_item_that_rests_on_it(registers):
    app = registers(tab="assumptions", entry="ASM-001")
    choose(app, "assumptions ASM-001", "false")
    fill(app.text_area, "Note", "A third only")
    press(app, "Add this row")

    assert "This was found false. Where the plan still rests on it" in words(app)
    assert any("PRJ-013" in link.label.replace("\\", "") for link in app.get("page_link"))
    assert [row["state"] for row in rows("assumptions", "ASM-001")] == ["open", "false"]


def test_a_page_with_an_unknown_entry_or_tab_shows_the_list(registers):
    assert "Choose an entry" in words(registers(tab="risks", entry="RSK-999"))
    assert "Eight insights" in words(registers(tab="nonsense"))

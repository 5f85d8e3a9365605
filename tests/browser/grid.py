"""A grid as a test reads it and types into it: its accessible table, and the keys of a person."""

import contextlib

import pytest
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.drawn import drawn, soon

GRID = '[data-testid="stDataFrame"]'


# The table is built anew with the grid, and after it: it is read whole, once it has a row and stays the same a while.
READ = """grid => {
    const rows = [...document.querySelectorAll(`${grid} table tr`)];
    const words = rows.map(row => [...row.children].map(cell => cell.textContent));
    const said = JSON.stringify(words), now = performance.now();
    if (window.gridSaid?.said !== said) window.gridSaid = { said, since: now };
    return words.length > 1 && now - window.gridSaid.since > 150 ? words : null;
}"""
FIRST, SECOND = (20, 0), (160, 1)  # a place inside a column, across, and the place of that column


def words_of(page):
    """The words of the grid, as its accessible table tells them: those over it, and then row by row."""
    return page.wait_for_function(READ, arg=GRID, polling=50).json_value()


def cells(page):
    """What the grid shows: the header row, and rows by id."""
    head, *rows = words_of(page)
    return head, {row[0]: dict(zip(head, row, strict=True)) for row in rows}


def place_of(page):
    """The column and the row of the selected cell, or None where the grid has not heard of the click yet."""
    selected = page.locator(f'{GRID} td[aria-selected="true"]')
    name = selected.first.get_attribute("id") if selected.count() else None
    return tuple(int(part) for part in name.split("-")[2:]) if name else None


def go_to(page, column, row, start=FIRST):
    """Select a cell: a click into the first row, heard by the grid, then arrow keys in one go.

    Where the grid missed a key, the click begins anew and each key waits until the one before it was heard.
    """
    for waits in (False, True, True):
        _click(page, start)
        for key, place in _steps(column, row, start[1]):
            page.keyboard.press(key)
            assert not waits or soon(page, lambda place=place: place_of(page) == place), (
                f"{key} missed {place}"
            )
        if soon(page, lambda: place_of(page) == (column, row), seconds=2):
            return
    pytest.fail(f"No key led to column {column}, row {row}.")


def _steps(column, row, begin):
    """The arrow keys from a column of the first row to a cell, each with the place it leads to."""
    down = [("ArrowDown", (begin, y + 1)) for y in range(row)]
    across = [("ArrowRight", (x + 1, row)) for x in range(begin, column)]
    return down + across + [("ArrowLeft", (x - 1, row)) for x in range(begin, column, -1)]


def _click(page, start):
    """Click into the first row until the grid has heard of it."""
    for _ in range(10):
        page.locator(GRID).first.scroll_into_view_if_needed()
        box = page.locator(f"{GRID} canvas").first.bounding_box()
        page.mouse.click(box["x"] + start[0], box["y"] + 50)
        if soon(page, lambda: place_of(page) == (start[1], 0), seconds=1.5):
            return


def open_editor(page):
    """Open the editor of the selected cell; the first Enter sometimes opens none."""
    for _ in range(5):
        page.keyboard.press("Enter")
        if soon(page, lambda: page.locator(".gdg-input").count() > 0, seconds=1):
            return page.locator(".gdg-input")
    return pytest.fail("The grid opened no editor.")


def press_and_ask(page, key):
    """Press a key that ends an edit, and wait until the grid has sent it, which it does a moment later."""
    asked = page.evaluate("window.runs.asked")
    page.keyboard.press(key)
    with contextlib.suppress(TooLate):  # nothing is sent where nothing was changed
        page.wait_for_function("before => window.runs.asked > before", arg=asked, timeout=1500, polling=50)
    drawn(page)


def type_into(page, row, column, text, settled):
    """Type into one cell of a text column: Enter, the text, Enter."""
    settled(page)
    head, rows = cells(page)
    go_to(page, head.index(column), list(rows).index(row))
    open_editor(page).fill(text)
    page.wait_for_timeout(100)
    press_and_ask(page, "Enter")


def press_save(page, said):
    """Press Save and wait until it says so; what an earlier save said may still stand there."""
    page.locator(".st-key-save button").first.click()
    page.get_by_role("status").get_by_text(said).wait_for()
    if said.startswith("Saved"):
        page.get_by_text("No unsaved edits").wait_for()
    drawn(page)


def unsaved(page, count):
    page.get_by_text(f"{count} unsaved edit{'s' * (count != 1)}", exact=True).wait_for()

"""From a click to redrawn, in a real browser: a page against an empty page of the same app; which click is not said here.

A redraw ends at the last change of the page's content, chart or canvas that is seen after the click (PLATFORM D3).
"""

from __future__ import annotations

import os
import shutil
import statistics
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, TimeoutError  # noqa: A004

from tests.benchmarks.report import Line, at_most
from tests.benchmarks.serving import EMPTY, IS_IDLE, PATIENCE, PageUnfitError
from tests.benchmarks.timing import Ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page, Playwright

    from tests.benchmarks.serving import App

WARM_UP = 3
TRIES = 4
CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
AGAINST = "click on an empty page"
# The moment of the last click, and the last moment at which anything that people see was drawn. The table inside the
# canvas of a grid is read to them: the grid renews it 200 ms after it last drew its cells, and it is timed apart. A widget
# that another took the place of is kept without being displayed, until the run is over: that it goes is nothing to see.
WATCH = """
() => {
  const seen = window.__seen = {clicked: 0, drawn: 0, read: 0, ran: 0};
  addEventListener('click', () => { seen.clicked = performance.now(); }, {capture: true});
  const note = () => { seen.drawn = performance.now(); };
  const marks = new Set(['d', 'x', 'y', 'width', 'height', 'transform', 'fill', 'x1', 'x2', 'y1', 'y2']);
  const isUnseen = change => change.type === 'childList' && !change.addedNodes.length
    && [...change.removedNodes].every(node => node.dataset?.retained);
  new MutationObserver(changes => {
    for (const change of changes) {
      if (isUnseen(change)) continue;
      const place = change.target.closest ? change.target : change.target.parentElement;
      if (place?.closest('[data-testid="stMain"]') && (change.type !== 'attributes' || place.closest('svg'))) {
        if (place.closest('canvas')) seen.read = performance.now(); else note();
      }
    }
  }).observe(document.body,
    {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: [...marks]});
  const app = document.querySelector('[data-testid="stApp"]');
  new MutationObserver(() => {
    if (app.dataset.testScriptState === 'notRunning') seen.ran = performance.now();
  }).observe(app, {attributes: true, attributeFilter: ['data-test-script-state']});
  for (const name of ['fillRect', 'fill', 'stroke', 'fillText', 'drawImage']) {
    const own = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...words) { note(); return own.apply(this, words); };
  }
}
"""
QUIET = 700  # milliseconds without a change after which a redraw counts as over
SETTLED = f"""
() => {{
  const seen = window.__seen;
  return seen.ran > seen.clicked && performance.now() - Math.max(seen.drawn, seen.ran) > {QUIET}
    && document.querySelector('{IS_IDLE}');
}}
"""


def click_lines(
    browser: Browser,
    app: App,
    what: str,
    place: str,
    click: Callable[[Page], None],
    target: float,
    rounds: int,
) -> Iterator[Line]:
    """Clicks on a page and on the empty page of the same server in turns; a second line where a grid is read later."""
    with open_page(browser, app.address(place)) as page, open_page(browser, app.address(EMPTY)) as empty:
        ours, read, others = [], [], []
        try:
            for turn in range(rounds + WARM_UP):
                (drawn, told), (other, _) = (
                    seconds_to_redraw(page, click),
                    seconds_to_redraw(empty, click_again),
                )
                if turn >= WARM_UP:
                    ours.append(drawn)
                    read.append(told)
                    others.append(other)
        except (Error, PageUnfitError) as error:
            told = str(error).strip().splitlines()[0]
            yield Line(what, "", f"the page does not answer: {told}", "not run", f"<= {target:g}x")
            return
    yield at_most(what, Ratio.of(ours, others), AGAINST, target)
    if statistics.median(read) > statistics.median(ours):
        yield at_most(f"{what}, until a screen reader has it", Ratio.of(read, others), AGAINST, None)


def seconds_to_redraw(page: Page, click: Callable[[Page], None]) -> tuple[float, float]:
    """From a click to the last thing drawn after it, and to the last that is drawn or read out.

    To the end of the run where it draws nothing new.
    """
    page.bring_to_front()
    for left in reversed(range(TRIES)):
        click(page)
        try:
            page.wait_for_function(SETTLED, timeout=PATIENCE // TRIES)
            break
        except TimeoutError:
            # the click found a widget that was just being put anew, and ran nothing
            if not left:
                raise
    seen = page.evaluate("() => window.__seen")
    drawn = seen["drawn"] if seen["drawn"] > seen["clicked"] else seen["ran"]
    return (drawn - seen["clicked"]) / 1000, (max(drawn, seen["read"]) - seen["clicked"]) / 1000


def click_again(page: Page) -> None:
    """Click the button of the empty page."""
    page.get_by_role("button", name="Again").click()


@contextmanager
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A browser, Playwright's own or the system's."""
    own = Path(playwright.chromium.executable_path)
    named = os.environ.get("CHROMIUM")
    path = str(own) if own.exists() else named or next(filter(None, map(shutil.which, CHROMIUM)), None)
    as_root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    browser = playwright.chromium.launch(executable_path=path, args=["--disable-gpu", *as_root])
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def open_page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that is drawn and watched."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("h1", timeout=PATIENCE)
        page.wait_for_selector(IS_IDLE, timeout=PATIENCE)
        page.wait_for_timeout(2 * QUIET)  # charts and grids are drawn after the script is done
        page.evaluate(WATCH)
        yield page
    finally:
        context.close()

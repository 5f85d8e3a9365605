"""From a click to redrawn, in a real browser on a real server: pages against an empty page of the same app.

The empty page is not the product's: the server runs a copy of planner/ui/main.py that adds one place to the
menu's list and notes how long each run of the script takes. A redraw ends at the last change of the page's
content, chart or canvas that is seen after the click (PLATFORM D3).
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
from playwright.sync_api import Error, TimeoutError, sync_playwright  # noqa: A004

from planner.actions.opening import open_plan
from planner.ui.links_page_grid import MOST_ROWS
from planner.ui.places import PLACES
from planner.ui.timeline_reads import PAGE_ROWS
from tests.benchmarks.databases import fill_draft, sealed_database
from tests.benchmarks.report import Line, at_most
from tests.benchmarks.synthetic import first_plan, next_plan
from tests.benchmarks.timing import Ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, QUICK_ROUNDS, WARM_UP = 15, 7, 3
START_SECONDS = 90
PATIENCE = 60_000  # milliseconds
TRIES = 4
CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
MATRIX_COLUMNS = 60  # a plan made up has an enabler for each 20 projects
AGAINST = "click on an empty page"
EMPTY = "empty"

EMPTY_PAGE = """
import streamlit as st
from planner.ui.frame import page_header

st.session_state.clicks = st.session_state.get("clicks", 0) + 1
page_header("Empty", f"Drawn {st.session_state.clicks} times")
st.button("Again")
"""
ADDED_PLACE = """
import os as _os, time as _time
from pathlib import Path as _Path
from planner.ui import places as _places
_begun = _time.perf_counter()
_places.PLACES.setdefault("empty", _places.Place(
    "empty", "Empty", str(_Path(__file__).with_name("empty.py")), "", ":material/home:", "empty"))
"""
TIMED_MAIN = """
try:
    main()
finally:
    with open(_os.environ["BENCHMARK_RUNS"], "a", encoding="utf-8") as _runs:
        _runs.write(f"{_time.perf_counter() - _begun}\\n")
"""
APP = """
from importlib import import_module
from pathlib import Path
import streamlit as st
for heavy in ("pandas", "pyarrow", "polars", "altair", "duckdb"):
    import_module(heavy)
app = st.App(Path(__file__).with_name("main.py"))
"""
# The moment of the last click, and the last moment at which anything that people see was drawn. The table inside the
# canvas of a grid is read to them: the grid renews it 200 ms after it last drew its cells, and it is timed apart.
WATCH = """
() => {
  const seen = window.__seen = {clicked: 0, drawn: 0, read: 0, ran: 0};
  addEventListener('click', () => { seen.clicked = performance.now(); }, {capture: true});
  const note = () => { seen.drawn = performance.now(); };
  const marks = new Set(['d', 'x', 'y', 'width', 'height', 'transform', 'fill', 'x1', 'x2', 'y1', 'y2']);
  new MutationObserver(changes => {
    for (const change of changes) {
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
IS_IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
SETTLED = f"""
() => {{
  const seen = window.__seen;
  return seen.ran > seen.clicked && performance.now() - Math.max(seen.drawn, seen.ran) > {QUIET}
    && document.querySelector('{IS_IDLE}');
}}
"""


class PageUnfitError(Exception):
    """A page has nothing to click that redraws it; the sentence says what was looked for."""


def page_lines(folder: Path, *, is_quick: bool = False) -> Iterator[Line]:
    """Every line about pages; a Chromium that is missing is said in the table."""
    rounds = QUICK_ROUNDS if is_quick else ROUNDS
    try:
        with sync_playwright() as playwright, ExitStack() as stack:
            browser = stack.enter_context(chromium(playwright))
            yield from _timeline_lines(browser, folder / "200", 200, 2.5, rounds, with_script=True)
            yield from _timeline_lines(browser, folder / "5000", 5_000, 5.0, rounds, with_script=False)
            yield from _grid_lines(browser, folder / "2000", 2_000, 1.5, rounds)
            yield from _matrix_lines(browser, folder / "matrix", 3.0, rounds)
    except (Error, OSError) as error:
        told = str(error).strip().splitlines()[0]
        yield Line("click to redrawn", "", f"no browser: {told}", "not run")


def _timeline_lines(
    browser: Browser, folder: Path, projects: int, target: float, rounds: int, *, with_script: bool
) -> Iterator[Line]:
    """Both ways in which a long roadmap is shown: every project, in pages of rows, and lanes as counts."""
    with running_app(folder, projects) as app:
        for told, query in (
            (f"every project, {PAGE_ROWS} rows at a time", "?rows=all"),
            ("lanes as counts", "?rows=counts"),
        ):
            what = f"timeline of {projects:,} projects, {told}, other colours"
            yield from click_lines(browser, app, what, f"timeline{query}", next_colour, target, rounds)
        if with_script:
            ratio = _script_runs(browser, app, "timeline?rows=all", rounds)
            yield at_most(f"script run of the timeline page, {projects:,} projects", ratio, "empty page", 2.0)


def _grid_lines(browser: Browser, folder: Path, rows: int, target: float, rounds: int) -> Iterator[Line]:
    with running_app(folder, rows) as app:
        for what, click in (
            ("another project in the panel", next_project),
            ("other rows by a filter", next_filter),
        ):
            told = f"grid of {rows:,} projects, {what}"
            yield from click_lines(browser, app, told, "projects", click, target, rounds)


def _matrix_lines(browser: Browser, folder: Path, target: float, rounds: int) -> Iterator[Line]:
    """The links of 300 projects and 60 enablers: one page of a plan that has that many enablers."""
    with running_app(folder, 20 * MATRIX_COLUMNS) as app:
        for what, click in (
            ("other projects", next_part),
            ("line of sight of another", next_item),
        ):
            told = f"matrix of {MOST_ROWS} projects and {MATRIX_COLUMNS} enablers, {what}"
            yield from click_lines(
                browser, app, told, "links?matrix=projects-enablers", click, target, rounds
            )


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


def next_colour(page: Page) -> None:
    """Choose the other of the first two things that the bars' colours can say."""
    choose_other(page, "Colour")


def next_lanes(page: Page) -> None:
    """Choose the other of the first two things that lanes can be."""
    choose_other(page, "Lanes")


def next_filter(page: Page) -> None:
    """Click the pill of a status, on and off by turns."""
    pills = page.locator('[data-testid="stButtonGroup"]').filter(has_text="Planned")
    if not pills.count():
        raise PageUnfitError("there are no pills of a status")
    pills.get_by_role("button", name="Planned").first.click()


def next_project(page: Page) -> None:
    """Choose another project for the panel beside the grid, whose rows stay as they are."""
    choose_other(page, "Project")


def next_part(page: Page) -> None:
    """Choose the other of the first two parts of a long matrix: every cell of it changes."""
    choose_of(page, page.locator(".st-key-rows-page"), "of rows")


def next_item(page: Page) -> None:
    """Choose another item for the panel beside the matrix, whose cells stay as they are."""
    choose_other(page, "Line of sight of")


def choose_other(page: Page, label: str) -> None:
    """Open a chooser and click its first option, or its second where the first is chosen."""
    boxes = page.locator('[data-testid="stSelectbox"]')
    choose_of(page, boxes.filter(has=page.get_by_text(label, exact=True)), f"'{label}'")


def choose_of(page: Page, box: Locator, told: str) -> None:
    """Click the first option of a chooser, or its second where the first is chosen."""
    if not box.count():
        raise PageUnfitError(f"there is no chooser {told}")
    box.first.get_by_role("button", name="Open").click()
    options = page.get_by_role("option")
    options.first.wait_for()
    is_first = options.first.get_attribute("aria-selected") == "true"
    options.nth(1 if is_first else 0).click()


def _script_runs(browser: Browser, app: App, place: str, rounds: int) -> Ratio:
    """The server's own time of whole runs of the script, page and empty page in turns, the browser reloading."""
    ours, others = [], []
    with open_page(browser, app.address(place)) as page, open_page(browser, app.address(EMPTY)) as empty:
        for turn in range(rounds + WARM_UP):
            a, b = app.seconds_of_run(page), app.seconds_of_run(empty)
            if turn >= WARM_UP:
                ours.append(a)
                others.append(b)
    return Ratio.of(ours, others)


class App:
    """A running server and the file in which it notes how long its scripts run."""

    def __init__(self, url: str, runs: Path) -> None:
        self.url, self.runs = url, runs

    def address(self, place: str) -> str:
        """The address of a place, with what stands after its `?`."""
        key, mark, query = place.partition("?")
        return f"{self.url}/{EMPTY if key == EMPTY else PLACES[key].url}{mark}{query}"

    def seconds_of_run(self, page: Page) -> float:
        """Reload a page and wait until its script has run; the median where it ran more than once."""
        before = len(self._noted())
        page.reload()
        page.wait_for_selector(IS_IDLE, timeout=PATIENCE)
        page.wait_for_selector("h1", timeout=PATIENCE)
        until = time.monotonic() + PATIENCE / 1000
        while len(self._noted()) <= before and time.monotonic() < until:
            time.sleep(0.02)
        return statistics.median(self._noted()[before:])

    def _noted(self) -> list[float]:
        return [float(line) for line in self.runs.read_text("utf-8").splitlines()]


@contextmanager
def running_app(folder: Path, projects: int) -> Iterator[App]:
    """A server with a plan of so many projects in its draft and two sealed versions before it."""
    folder.mkdir()
    with serving(folder, _database(folder / "plan.duckdb", projects)) as app:
        yield app


@contextmanager
def serving(folder: Path, database: Path) -> Iterator[App]:
    """A server over a database, its menu with an empty page; its files go into the folder."""
    main = (ROOT / "planner" / "ui" / "main.py").read_text("utf-8")
    copied, called, _ = main.rpartition("\nmain()\n")
    if not called:
        raise PageUnfitError("planner/ui/main.py does not end in main()")
    docstring_end = copied.index('"""', 3) + 3
    (folder / "main.py").write_text(
        copied[:docstring_end] + ADDED_PLACE + copied[docstring_end:] + TIMED_MAIN, "utf-8"
    )
    (folder / "empty.py").write_text(EMPTY_PAGE, "utf-8")
    (folder / "app.py").write_text(APP, "utf-8")
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    runs = folder / "runs.txt"
    runs.touch()
    port = _free_port()
    words = [sys.executable, "-m", "streamlit", "run", str(folder / "app.py"), "--server.port", str(port)]
    environ = {
        **os.environ,
        "PLANNER_DATABASE": str(database),
        "BENCHMARK_RUNS": str(runs),
        "PYTHONPATH": str(ROOT),
    }
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(words, cwd=folder, env=environ, stdout=log, stderr=log)
        try:
            _wait_until_healthy(f"http://localhost:{port}/_stcore/health", process)
            yield App(f"http://localhost:{port}", runs)
        finally:
            process.terminate()
            process.wait(30)


def _database(path: Path, projects: int) -> Path:
    plans = [first_plan(projects)]
    plans.append(next_plan(plans[0]))
    db, _ = sealed_database(path, plans)
    fill_draft(db, next_plan(plans[1], seed=3))
    db.checkpoint()
    db.close()
    open_plan(path).close()  # makes the archives that it lacks
    return path


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        with suppress(httpx.TransportError):
            if httpx.get(url, timeout=2, trust_env=False).status_code == httpx.codes.OK:
                return
        time.sleep(0.1)
    raise OSError("the server did not start")


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

"""The lines of single pages: which plan, which click, which target; how a click is timed is not said here."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

from planner.ui.links_page_grid import MOST_ROWS
from planner.ui.timeline_reads import PAGE_ROWS
from tests.benchmarks.redraws import WARM_UP, chromium, click_lines, open_page
from tests.benchmarks.report import Line, at_most
from tests.benchmarks.serving import EMPTY, PageUnfitError, running_app
from tests.benchmarks.timing import Ratio

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from tests.benchmarks.serving import App

ROUNDS, QUICK_ROUNDS = 15, 7
MATRIX_COLUMNS = 60  # a plan made up has an enabler for each 20 projects


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


def next_colour(page: Page) -> None:
    """Choose the other of the first two things that the bars' colours can say."""
    choose_other(page, "Colour")


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

"""The history of twenty snapshots: gathered against reading all of them once, and its page against an empty page's redraw."""

from __future__ import annotations

from contextlib import ExitStack
from itertools import pairwise
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

from planner.actions.comparing import compare
from planner.actions.opening import open_plan
from planner.actions.trend import LEDGERS, gather_history
from planner.model.version import SNAPSHOT
from planner.store.database import Database
from planner.store.ledgers import load_ledger
from planner.store.snapshots import load_plan
from planner.store.versions import list_versions
from tests.benchmarks.databases import sealed_database
from tests.benchmarks.independent import cells_of, changes_of, hold_alike
from tests.benchmarks.pages import QUICK_ROUNDS, ROUNDS
from tests.benchmarks.redraws import chromium, click_lines
from tests.benchmarks.report import Line, at_most
from tests.benchmarks.serving import PageUnfitError, serving
from tests.benchmarks.synthetic import first_plan, next_plan
from tests.benchmarks.timing import in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

SNAPSHOTS = 20
DRIFT_TARGET, PAGE_TARGET = 8.0, 4.0
READINGS = 5
AGAINST = "read all of them once"


def trend_lines(folder: Path, projects: int, *, is_quick: bool = False) -> Iterator[Line]:
    """Every line about the history of twenty snapshots of so many projects."""
    path = folder / "trend.duckdb"
    _fill(path, projects)
    db = Database.open(path)
    try:
        yield from _history_lines(db, projects)
    finally:
        db.close()
    open_plan(path).close()  # makes the archives that it lacks
    yield from _page_lines(folder, path, projects, QUICK_ROUNDS if is_quick else ROUNDS)


def _fill(path: Path, projects: int) -> None:
    plans = [first_plan(projects)]
    for seed in range(2, SNAPSHOTS + 1):
        plans.append(next_plan(plans[-1], seed))
    db, labels = sealed_database(path, plans)
    hold_alike(cells_of(compare(db, *labels[-2:]).rows), changes_of(*plans[-2:]))
    db.close()


def _history_lines(db: Database, projects: int) -> Iterator[Line]:
    versions = [version for version in list_versions(db) if version.kind == SNAPSHOT]
    labels = [version.label for version in versions]
    ledgers = {name: load_ledger(db, name) for name in LEDGERS}

    def read() -> object:
        return [load_plan(db, label).rows for label in labels]

    # a first visit does more than drift: statuses, values and forecasts of each snapshot; it has no target of its own
    ways: tuple[tuple[str, Callable[[], object], float | None], ...] = (
        (
            "drift of all neighbours",
            lambda: [compare(db, *pair).drift.rows.height for pair in pairwise(labels)],
            DRIFT_TARGET,
        ),
        ("the whole history of a first visit", lambda: gather_history(db, versions, ledgers, {}), None),
    )
    for what, way, target in ways:
        ratio = in_turns(way, read, READINGS)
        yield at_most(f"{what}, {SNAPSHOTS} snapshots of {projects:,} projects", ratio, AGAINST, target)


def _page_lines(folder: Path, database: Path, projects: int, rounds: int) -> Iterator[Line]:
    """Clicks on the page once its history is kept; a Chromium that is missing is said in the table."""
    clicks = {"other lines": next_lines, "another view": next_view}
    try:
        with sync_playwright() as playwright, ExitStack() as stack:
            browser = stack.enter_context(chromium(playwright))
            app = stack.enter_context(serving(folder, database))
            for told, click in clicks.items():
                what = f"trend of {SNAPSHOTS} snapshots of {projects:,} projects, {told}"
                yield from click_lines(browser, app, what, "trend", click, PAGE_TARGET, rounds)
    except (Error, OSError) as error:
        told = str(error).strip().splitlines()[0]
        yield Line("click to redrawn", "", f"no browser: {told}", "not run")


def next_lines(page: Page) -> None:
    """Choose the other of the first two sorts of lines."""
    _other_of(page, "show")


def next_view(page: Page) -> None:
    """Choose the other of the first two views."""
    _other_of(page, "view")


def _other_of(page: Page, key: str) -> None:
    """Click the one of the first two options of a control that is not chosen."""
    options = page.locator(f".st-key-{key} button")
    if options.count() <= 1:
        raise PageUnfitError(f"there is no control '{key}'")
    first_is_chosen = options.first.get_attribute("data-selected") == "true"
    options.nth(1 if first_is_chosen else 0).click()

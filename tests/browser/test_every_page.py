"""Every page on an empty and on a large plan, light and dark: drawn, framed, and the console silent.

The same on the sample is in test_frame, with what reads the pages aloud.
"""

import pytest

from planner.cli import main
from planner.ui.places import PLACES
from tests.benchmarks.databases import sealed_database
from tests.benchmarks.synthetic import first_plan, next_plan
from tests.browser.servers import only_looked_at, start_server

PAGES = tuple(place.url for place in PLACES.values())
LARGE = 3_000


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """One server for each plan."""
    folder = tmp_path_factory.mktemp("plans")
    empty, large = folder / "empty.duckdb", folder / "large.duckdb"
    assert main(["init", "--empty", "--database", str(empty)]) == 0
    first = first_plan(LARGE)
    db, _labels = sealed_database(large, [first, next_plan(first)])
    db.close()
    servers = {"empty": start_server(folder, empty), "large": start_server(folder, large)}
    yield {name: only_looked_at(running.url) for name, running in servers.items()}
    for running in servers.values():
        running.stop()


# Each page is loaded in one mode and turned to the other; which comes first differs from plan to plan.
MODES = {"empty": ("dark", "light"), "large": ("light", "dark")}


@pytest.mark.parametrize("plan", MODES)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_drawn_in_both_modes_and_says_nothing_to_the_console(
    addresses, open_page, assert_quiet, settled, plan, path
):
    first, then = MODES[plan]
    page = open_page(f"{addresses[plan]}/{path}", mode=first)
    assert_framed(page)
    page.emulate_media(color_scheme=then)
    settled(page)
    assert_framed(page)
    assert_quiet(page)


def assert_framed(page):
    assert page.locator("h1.p-title").inner_text()
    assert page.get_by_text("Something went wrong").count() == 0
    menu = page.locator('[data-testid="stTopNavLink"], [data-testid="stTopNavSection"]')
    assert menu.count() == len({place.section for place in PLACES.values()})
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0

"""Browser tests: a real server, a real Chromium, and what a page must never do.

Fixtures: `server(...)` starts app.py and returns its address; `app_url` is one server that tests share
when they only look; `open_page(url, mode=...)` opens a page and waits until it is drawn;
`assert_quiet(page)` and `assert_accessible(page)` hold what every page keeps.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.browser.drawn import LISTEN, drawn
from tests.browser.servers import ONLY_LOOKED_AT, only_looked_at, start_server
from tests.sample_database import copy_of

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "test-output"
# A closed network must not make the browser talk, wait or warn.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 60_000  # milliseconds; two cores may run several browsers and servers at once
# On a deep link Streamlit asks for these two below the page's own address first; its answer is the 404.
PROBE = re.compile(r"/[^/]+/_stcore/(health|host-config)\Z")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item):
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()


# --- Chromium -------------------------------------------------------------------------------------


def _chromium(playwright):
    """The path of a Chromium: playwright's own, the one that was named, or the system's."""
    own = Path(playwright.chromium.executable_path)
    named = os.environ.get("CHROMIUM")
    # The shell draws the same pages without a browser's own windows, for two thirds of the work.
    names = (
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    )
    if own.exists():
        return str(own)
    found = named or next(filter(None, map(shutil.which, names)), None)
    if found:
        return found
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)
    if own.exists():
        return str(own)
    return pytest.fail(
        "No Chromium was found, and the pages are not tested without one. "
        "Run 'playwright install chromium', or 'apt-get install chromium-headless-shell', or name one in CHROMIUM."
    )


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        chromium = playwright.chromium.launch(executable_path=_chromium(playwright), args=QUIET + as_root)
        yield chromium
        chromium.close()


# --- the server -----------------------------------------------------------------------------------


@pytest.fixture
def server(request, tmp_path):
    """Start servers for one test: `server(database=..., script=..., PLANNER_X="...") -> Server`."""
    started = []

    def start(**options):
        started.append(start_server(tmp_path, **options))
        return started[-1]

    yield start
    for running in started:
        running.stop()
        if request.node.stash.get(FAILED, False):
            shutil.copy(running.log, _kept(request))


@pytest.fixture(scope="module")
def module_server(request, tmp_path_factory):
    """Start servers that the tests of one file share: `module_server(database=..., PLANNER_X="...") -> Server`."""
    started, failed_before = [], request.session.testsfailed

    def start(**options):
        started.append(start_server(tmp_path_factory.mktemp("shared"), **options))
        return started[-1]

    yield start
    for running in started:
        running.stop()
        if request.session.testsfailed > failed_before:
            shutil.copy(running.log, _kept(request))


@pytest.fixture(scope="session")
def app_url(made_sample, tmp_path_factory):
    """Give the address of one server with the sample, for tests that only look."""
    folder = tmp_path_factory.mktemp("app")
    running = start_server(folder, copy_of(made_sample, folder))
    yield only_looked_at(running.url)
    running.stop()


# --- pages ----------------------------------------------------------------------------------------


@dataclass
class Noise:
    """What a page said and asked for while a test looked at it."""

    home: str
    said: list[str] = field(default_factory=list)
    abroad: list[str] = field(default_factory=list)

    def hear(self, message):
        probe = PROBE.search(urlsplit(message.location.get("url", "")).path)
        if message.type == "error" and not probe:
            self.said.append(f"{message.text} ({message.location.get('url')})")

    def see(self, request):
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != self.home:
            self.abroad.append(request.url)


def _kept(request):
    folder = OUTPUT / re.sub(r"[^\w.-]+", "_", request.node.nodeid)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _browse(browser, **options):
    """A browser of one person, with nothing kept from another."""
    context = browser.new_context(accept_downloads=True, reduced_motion="reduce", **options)
    context.set_default_timeout(PATIENCE)
    context.add_init_script(LISTEN)
    return context


@pytest.fixture(scope="session")
def looker(browser):
    """Give the browser of somebody who only looks, which keeps the scripts of a server that it has loaded once."""
    context = _browse(browser)
    yield context
    context.close()


@pytest.fixture
def open_page(browser, looker, request):
    """Open pages: `open_page(url, mode="light", width=1440, height=900) -> Page`, drawn and listened to.

    Each is another browser, but on a server that tests only look at. A failed test leaves a picture of each page in
    test-output, and what its console said. There is no trace: taking one writes down the whole page at each step.
    """
    pages = []

    def open_one(url, mode="light", width=1440, height=900, **options):
        home = urlsplit(url).netloc
        only_looks = home in ONLY_LOOKED_AT and not options
        page = (looker if only_looks else _browse(browser, **options)).new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=mode)
        page.noise = Noise(home)
        page.on("console", page.noise.hear)
        page.on("pageerror", lambda error: page.noise.said.append(str(error)))
        page.on("request", page.noise.see)
        page.goto(url)
        return drawn(page)

    yield open_one
    failed = request.node.stash.get(FAILED, False)
    for number, page in enumerate(pages, start=1):
        if failed and not page.is_closed():
            page.screenshot(path=_kept(request) / f"page-{number}.png", full_page=True)
            said = "\n".join(page.noise.said)
            (_kept(request) / f"console-{number}.txt").write_text(said, encoding="utf-8")
        (page if page.context is looker else page.context).close()


@pytest.fixture(scope="session")
def settled():
    """Wait for a page after an action: `settled(page) -> page`."""
    return drawn


@pytest.fixture(scope="session")
def assert_quiet():
    """Hold that a page logged no error and asked no other machine for anything."""

    def check(page):
        assert page.noise.said == []
        assert page.noise.abroad == []

    return check


@pytest.fixture(scope="session")
def assert_accessible():
    """Hold that axe finds nothing serious; `leave_out` names rules with a reason written at the call."""

    def check(page, leave_out=()):
        found = Axe().run(page).response["violations"]
        serious = [
            (rule["id"], rule["help"], [node["html"][:200] for node in rule["nodes"]])
            for rule in found
            if rule["impact"] in {"serious", "critical"} and rule["id"] not in leave_out
        ]
        assert serious == []

    return check


@pytest.fixture(scope="session")
def assert_accessible_in_both_modes(assert_accessible):
    """Hold that axe finds nothing serious on a page in light, and then in dark."""

    def check(page):
        for mode in ("light", "dark"):
            page.emulate_media(color_scheme=mode)
            assert_accessible(drawn(page))

    return check

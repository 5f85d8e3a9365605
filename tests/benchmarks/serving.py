"""A running server over a plan of some size, with an empty page beside its own; no browser and no click.

The empty page is not the product's: the server runs a copy of planner/ui/main.py that adds one place to the
menu's list and notes how long each run of the script takes.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from planner.actions.opening import open_plan
from planner.ui.places import PLACES
from tests.benchmarks.databases import fill_draft, sealed_database
from tests.benchmarks.synthetic import first_plan, next_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
PATIENCE = 60_000  # milliseconds
EMPTY = "empty"
IS_IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'

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


class PageUnfitError(Exception):
    """A page has nothing to click that redraws it; the sentence says what was looked for."""


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

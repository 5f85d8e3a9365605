"""Servers of the planner for tests, started as a user does or forked; no fixture and no test."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.browser.forked import ForkedServer

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
ONLY_LOOKED_AT = set()  # what tests do not write to, by host and port


def only_looked_at(url):
    """Say that tests write nothing to this server, so that they may share a browser; give its address."""
    ONLY_LOOKED_AT.add(urlsplit(url).netloc)
    return url


@dataclass
class Server:
    url: str
    database: Path
    log: Path
    process: subprocess.Popen | ForkedServer = field(repr=False)

    def stop(self):
        for end in (self.process.terminate, self.process.kill):
            end()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
            if self.process.poll() is not None:
                return


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _healthy(url):
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(url, timeout=2, trust_env=False).status_code == httpx.codes.OK
    return False


def start_server(folder, database=None, script=None, **environment):
    """Start the planner from a folder that is not the checkout.

    Without a database and a script it is the command of a user's shell, from nothing; else a fork that has loaded
    its libraries before, for what is tested then is what the pages do.
    """
    port = _free_port()
    log = folder / f"server-{port}.log"
    words = ["run", str(script or ROOT / "app.py"), "--server.port", str(port)]
    fresh = database is None and script is None
    database = Path(database or folder / "plan.duckdb")
    surroundings = {**os.environ, "PLANNER_DATABASE": str(database), **environment}
    if fresh:
        with log.open("wb") as sink:
            command = [sys.executable, "-m", "streamlit", *words]
            process = subprocess.Popen(command, cwd=folder, env=surroundings, stdout=sink, stderr=sink)
    else:
        process = ForkedServer(words, folder, surroundings, log)
    running = Server(f"http://localhost:{port}", database, log, process)
    until = time.monotonic() + START_SECONDS
    while not _healthy(f"{running.url}/_stcore/health"):
        if process.poll() is not None or time.monotonic() > until:
            running.stop()
            pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)
    return running

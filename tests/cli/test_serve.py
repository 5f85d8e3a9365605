"""`planner serve`: the pages on loopback, of the database that was named, from whatever folder."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from planner import cli_serve

PATIENCE_SECONDS = 60


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def wait_until_served(url, server):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, server.stderr.read()
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310  our own loopback
                return answer.status
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError(f"{url} was not served in {PATIENCE_SECONDS} s")


def test_the_pages_are_served_on_loopback_from_any_folder(small, tmp_path):
    port = free_port()
    words = [sys.executable, "-m", "planner", "serve", "--port", str(port), "--database", "plan.duckdb"]
    environ = {**os.environ, "STREAMLIT_SERVER_HEADLESS": "true"}
    server = subprocess.Popen(
        words, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert wait_until_served(f"http://127.0.0.1:{port}/_stcore/health", server) == 200
        with open(f"/proc/{server.pid}/environ", encoding="utf-8") as told:  # noqa: PTH123
            assert f"PLANNER_DATABASE={small}" in told.read().split("\0")
    finally:
        server.terminate()
        server.wait(timeout=20)
        server.stdout.close()
        server.stderr.close()


def test_without_the_pages_it_says_where_they_are(planner, monkeypatch, tmp_path):
    monkeypatch.setattr(cli_serve, "ROOT", tmp_path)
    done = planner("serve")
    assert done.status == 2
    assert "clone" in done.err


@pytest.mark.parametrize("port", ["0", "65536", "-1", "a", "٣"])
def test_a_port_is_a_number_from_1_to_65535(planner, port):
    assert planner("serve", f"--port={port}").status == 2

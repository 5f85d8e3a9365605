"""`planner serve`: start the pages on loopback; the server itself is app.py, run by Streamlit."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from planner.cli_database import database_path
from planner.errors import WrongCall

if TYPE_CHECKING:
    import argparse

ROOT = Path(__file__).resolve().parents[1]
LOOPBACK = "127.0.0.1"


def serve(args: argparse.Namespace) -> NoReturn:
    """Become the server: this process is replaced, so that its id and its signals are the server's."""
    app = ROOT / "app.py"
    if not app.is_file():
        raise WrongCall(
            f"The pages are not installed: there is no {app}.",
            "Run 'planner serve' from a clone of the project, installed with 'pip install -e .'.",
        )
    environ = {**os.environ, "PLANNER_DATABASE": str(database_path(args).absolute())}
    words = [sys.executable, "-m", "streamlit", "run", str(app)]
    words += ["--server.address", LOOPBACK, "--server.port", str(args.port)]
    os.chdir(ROOT)  # where Streamlit looks for .streamlit/config.toml
    os.execve(sys.executable, words, environ)  # noqa: S606  our own program, no shell

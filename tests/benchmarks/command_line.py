"""How soon the command line answers, whole processes against the least that Python and the driver need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.databases import sealed_database
from tests.benchmarks.report import Line, at_most
from tests.benchmarks.synthetic import first_plan
from tests.benchmarks.timing import in_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROUNDS = 25
HELP_TARGET, VERSIONS_TARGET = 3.0, 2.5


def command_lines(folder: Path) -> Iterator[Line]:
    """`planner --help` and `planner versions`."""
    path = folder / "plan.duckdb"
    db, _ = sealed_database(path, [first_plan(100)] * 3)
    db.close()
    environ = {**os.environ, "PLANNER_DATABASE": str(path)}
    planner, python = planner_words(), [sys.executable, "-c"]
    run_once([*planner, "versions"], environ)()  # makes the archives that it lacks
    pairs = (
        ("`planner --help`", [*planner, "--help"], "`python -c pass`", "pass", HELP_TARGET),
        (
            "`planner versions`",
            [*planner, "versions"],
            "`python -c 'import duckdb'`",
            "import duckdb",
            VERSIONS_TARGET,
        ),
    )
    for what, words, against, script, target in pairs:
        ratio = in_turns(run_once(words, environ), run_once([*python, script], environ), ROUNDS)
        yield at_most(what, ratio, against, target)


def planner_words() -> list[str]:
    """The installed program beside this Python, or its module where it is not installed."""
    script = Path(sys.executable).with_name("planner")
    return [str(script)] if script.exists() else [sys.executable, "-m", "planner"]


def run_once(words: list[str], environ: dict[str, str]) -> Callable[[], object]:
    """One whole process."""
    return lambda: subprocess.run(words, env=environ, check=True, stdout=subprocess.DEVNULL)

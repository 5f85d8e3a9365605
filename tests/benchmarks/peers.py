"""The peers: datacompy, csv-diff and daff on the same two versions, each in a process of its own, in turns with ours.

datacompy pins an older polars, so it lives in a virtual environment that is made once, in the user's cache.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import venv
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING

import polars as pl

from planner.exchange.plan_folder import read_plan_folder
from planner.exchange.table_csv import write_table
from planner.model.edit import row_id_expr
from planner.model.plan import Plan
from planner.model.tables import TABLES
from planner.rules.drift import drift
from tests.benchmarks.independent import changes_of, counts_of
from tests.benchmarks.peer_worker import KEYS
from tests.benchmarks.report import Line, faster
from tests.benchmarks.synthetic import first_plan, next_plan
from tests.benchmarks.timing import in_turns_timed, seconds_of, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DATACOMPY = "1.1.0"
SIDES = ("baseline", "current")
WORKER = Path(__file__).with_name("peer_worker.py")
BOUND = 120.0  # seconds that a peer may take for one comparison
BUDGET = 40.0  # seconds to spend on the rounds of one peer at one size
MOST_ROUNDS = 9
SPREADSHEET_TARGET, FRAMES_TARGET = 10.0, 2.0


class PeerMissingError(Exception):
    """A peer cannot be run here; the sentence says why."""


class PeerTooSlowError(Exception):
    """A peer did not answer within the bound."""


class Peer:
    """A peer's process."""

    def __init__(self, name: str, folder: Path, python: Path | str) -> None:
        words = [str(python), str(WORKER), name, str(folder)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.answers: Queue[str] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._answer()

    def compare(self) -> dict:
        """Have it compare once; its answer."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self._answer()

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()

    def _listen(self) -> None:
        with suppress(ValueError):
            for line in self.process.stdout:
                self.answers.put(line)
        self.answers.put("")

    def _answer(self) -> dict:
        try:
            line = self.answers.get(timeout=BOUND)
        except Empty as error:
            raise PeerTooSlowError from error
        if not line:
            told = self.process.stderr.read().strip().splitlines()
            raise PeerMissingError(told[-1] if told else "it stopped without a word")
        return json.loads(line)


def peer_lines(sizes: list[int], folder: Path) -> Iterator[Line]:
    """Every peer at each size."""
    for size in sizes:
        baseline = first_plan(size)
        plans = (baseline, next_plan(baseline))
        place = folder / f"peers-{size}"
        place.mkdir()
        write_tables(place, plans)
        for peer in (_datacompy, _csv_diff, _csv_diff_bare, _csv_diff_loaded, _daff, _csv_diff_imported):
            yield peer(place, plans, size)


def write_tables(folder: Path, plans: tuple[Plan, Plan]) -> None:
    """The two tables of both versions, as Parquet for datacompy and as CSV for the others."""
    for side, plan in zip(SIDES, plans, strict=True):
        for table in KEYS:
            frame = plan[table]
            frame.write_parquet(folder / f"{side}-{table}.parquet")
            named = frame.select(row_id_expr(table), pl.all()) if table == "links" else frame
            named.write_csv(folder / f"{side}-{table}.csv")
            (folder / f"{side}-{table}.ours.csv").write_bytes(write_table(TABLES[table], frame))


def _datacompy(folder: Path, plans: tuple[Plan, Plan], size: int) -> Line:
    what = f"drift of frames in memory, {size:,} projects"
    try:
        python = datacompy_python()
    except PeerMissingError as missing:
        return Line(
            what, "", f"datacompy {DATACOMPY}: {missing}", "not run", f">= {FRAMES_TARGET:g}x faster", ""
        )
    ours = lambda: drift(*plans)  # noqa: E731
    return _line(what, "datacompy", ours, folder, plans, FRAMES_TARGET, python)


def _csv_diff(folder: Path, plans: tuple[Plan, Plan], size: int) -> Line:
    what = f"drift of CSV texts in memory, {size:,} projects"
    return _line(what, "csv-diff", _from_texts(folder), folder, plans, SPREADSHEET_TARGET)


def _daff(folder: Path, plans: tuple[Plan, Plan], size: int) -> Line:
    what = f"drift of CSV texts in memory, {size:,} projects"
    return _line(what, "daff", _from_texts(folder), folder, plans, SPREADSHEET_TARGET)


def _csv_diff_loaded(folder: Path, plans: tuple[Plan, Plan], size: int) -> Line:
    what = f"drift of what each has loaded, {size:,} projects"
    return _line(what, "csv-diff, loaded", lambda: drift(*plans), folder, plans, None)


def _csv_diff_imported(folder: Path, plans: tuple[Plan, Plan], size: int) -> Line:
    what = f"drift of CSV texts with every check of an import, {size:,} projects"
    texts = _own_texts(folder)
    settings = {"settings.csv": write_table(TABLES["settings"], plans[0]["settings"])}

    def ours() -> object:
        return drift(*(Plan.of_settled(read_plan_folder(side | settings).frames) for side in texts))

    return _line(what, "csv-diff", ours, folder, plans, None)


def _csv_diff_bare(folder: Path, plans: tuple[Plan, Plan], size: int) -> Line:
    """What polars takes to read these texts alone: no drift that starts from them can be faster."""
    return _line(
        f"bare read of the CSV texts, no drift, {size:,} projects",
        "csv-diff",
        _reading(folder),
        folder,
        plans,
        None,
    )


def _from_texts(folder: Path) -> Callable[[], object]:
    """Ours from the texts of the same CSV files, in the columns' declared types."""
    read = _reading(folder)

    def ours() -> object:
        frames = read()
        sides = (frames[: len(KEYS)], frames[len(KEYS) :])
        return drift(*(Plan.of_settled(dict(zip(KEYS, side, strict=True))) for side in sides))

    return ours


def _reading(folder: Path) -> Callable[[], list[pl.DataFrame]]:
    """Read the tables of both sides from their texts, all in one go."""
    texts = _own_texts(folder)
    types = {name: {c.name: c.polars_type for c in TABLES[name].columns} for name in KEYS}

    def read() -> list[pl.DataFrame]:
        return pl.collect_all(
            [pl.scan_csv(side[f"{name}.csv"], schema=types[name]) for side in texts for name in KEYS]
        )

    return read


def _own_texts(folder: Path) -> list[dict[str, bytes]]:
    return [
        {f"{name}.csv": (folder / f"{side}-{name}.ours.csv").read_bytes() for name in KEYS} for side in SIDES
    ]


def _line(
    what: str,
    name: str,
    ours: Callable[[], object],
    folder: Path,
    plans: tuple[Plan, Plan],
    target: float | None,
    python: Path | str = sys.executable,
) -> Line:
    """Time ours and a peer in turns, after both found the same changes."""
    wanted = f">= {target:g}x faster" if target else ""
    try:
        with running(name, folder, python) as peer:
            first = peer.compare()
            same = hold_counts(first["found"], plans)
            rounds = max(1, min(MOST_ROUNDS, int(BUDGET / (first["seconds"] + 0.01))))
            ratio = in_turns_timed(lambda: seconds_of(ours), lambda: peer.compare()["seconds"], rounds)
            return faster(what, ratio, name + same, target)
    except PeerTooSlowError:
        seconds = seconds_of(ours)
        met = ("yes" if BOUND / seconds >= target else "") if target else ""
        said = f"> {BOUND / seconds:.0f}x faster"
        return Line(what, spoken(seconds), f"> {BOUND:.0f} s {name}, stopped", said, wanted, met)
    except PeerMissingError as missing:
        return Line(what, "", f"{name}: {missing}", "not run", wanted, "")


@contextmanager
def running(name: str, folder: Path, python: Path | str = sys.executable) -> Iterator[Peer]:
    """A peer's process while it is needed."""
    peer = Peer(name, folder, python)
    try:
        yield peer
    finally:
        peer.stop()


def hold_counts(found: dict[str, list[int]], plans: tuple[Plan, Plan]) -> str:
    """Say where a peer found other changes than there are; empty where it found the same."""
    changes = changes_of(*plans)
    unlike = [
        f"{table} {tuple(counts)} for {counts_of(changes, table)}"
        for table, counts in found.items()
        if tuple(counts) != counts_of(changes, table)
    ]
    return f" (finds other changes: {'; '.join(unlike)})" if unlike else ""


def datacompy_python() -> Path:
    """The Python of datacompy's own environment, made when it is first needed; raises PeerMissingError."""
    home = cache_folder() / f"datacompy-{DATACOMPY}-py{sys.version_info.major}.{sys.version_info.minor}"
    python = home / "bin" / "python"
    if _can_import(python):
        return python
    print(f"Installing datacompy {DATACOMPY} into {home} ...", file=sys.stderr, flush=True)
    venv.create(home, with_pip=True, clear=True)
    words = [str(python), "-m", "pip", "install", "--quiet", f"datacompy=={DATACOMPY}"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode or not _can_import(python):
        told = done.stderr.strip().splitlines()
        raise PeerMissingError(f"not installed ({told[-1] if told else 'no word why'})")
    return python


def _can_import(python: Path) -> bool:
    if not python.exists():
        return False
    words = [str(python), "-c", "import datacompy, polars"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def cache_folder() -> Path:
    """Where this person's caches are."""
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "strategy-roadmap-planner-benchmarks"

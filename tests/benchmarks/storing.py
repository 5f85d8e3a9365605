"""Opening against a bare read, sealing against a bare insert, and saving cells against a bare update of the same rows."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from planner.actions.editing import save
from planner.actions.opening import open_plan
from planner.actions.refreshing import seal
from planner.model.edit import Edit
from planner.model.tables import TABLES
from planner.store.archive import archive_root
from planner.store.database import Database
from planner.store.frames import quoted
from planner.store.snapshots import load_plan
from tests.benchmarks.databases import FIRST, NOW, fill_draft, sealed_database
from tests.benchmarks.report import Line, at_most
from tests.benchmarks.synthetic import first_plan
from tests.benchmarks.timing import in_turns_timed, seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planner.model.plan import Plan

OPEN_TARGET, SEAL_TARGET = 3.0, 4.0
SAVE_TARGET = 10.0
SAVED_IN, SAVED_CELLS = 2_000, 500
ROUNDS = 11


def store_lines(size: int, folder: Path) -> Iterator[Line]:
    """The lines of the store: opening and sealing at one size, saving in a plan of a team's own size."""
    plan = first_plan(size)
    yield _opening(plan, size, folder / "opening.duckdb")
    yield _sealing(plan, size, folder)
    yield _saving(first_plan(SAVED_IN), folder)


def _opening(plan: Plan, size: int, path: Path) -> Line:
    db, labels = sealed_database(path, [plan])
    db.checkpoint()
    db.close()
    open_plan(path).close()  # makes the archive that it lacks

    def bare() -> float:
        opened: list[duckdb.DuckDBPyConnection] = []
        seconds = seconds_of(lambda: opened.append(_read_bare(path, plan)))
        opened[0].close()
        return seconds

    ratio = in_turns_timed(lambda: seconds_to_open(path, labels[0]), bare, ROUNDS)
    what = f"open the database and load a snapshot, {size:,} projects"
    return at_most(what, ratio, "bare connection and read of its tables", OPEN_TARGET)


def seconds_to_open(path: Path, label: str) -> float:
    """How long it takes until the plan of a snapshot is there; closing is not counted."""
    opened: list[Database] = []

    def work() -> None:
        opened.append(open_plan(path))
        load_plan(opened[0], label)

    seconds = seconds_of(work)
    opened[0].close()
    return seconds


def _read_bare(path: Path, plan: Plan) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path))
    for name in plan.rows:
        connection.sql(f"SELECT {quoted(TABLES[name].names)} FROM sealed_{name} WHERE snapshot = 1").pl()
    return connection


def _sealing(plan: Plan, size: int, folder: Path) -> Line:
    draft = draft_database(plan, folder / "draft.duckdb")
    ours = lambda: seconds_on_copy(draft, folder / "ours.duckdb", _seal_ours)  # noqa: E731
    bare = lambda: seconds_on_copy(draft, folder / "bare.duckdb", _bare_insert_of(plan))  # noqa: E731
    ratio = in_turns_timed(ours, bare, ROUNDS)
    what = f"seal a draft, findings and archive included, {size:,} projects"
    return at_most(what, ratio, "bare insert and checkpoint", SEAL_TARGET)


def draft_database(plan: Plan, path: Path) -> Path:
    """A closed database whose draft is this plan."""
    db = Database.open(path, create=True)
    fill_draft(db, plan)
    db.checkpoint()
    db.close()
    return path


def seconds_to_seal(draft: Path, copy: Path) -> float:
    """How long one sealing of a copy of a database takes, findings and archive included."""
    return seconds_on_copy(draft, copy, _seal_ours)


def seconds_on_copy(source: Path, copy: Path, open_and_prepare: Callable[[Path], Prepared]) -> float:
    """Time work on a copy of a database, the copying, opening and closing left out."""
    shutil.copyfile(source, copy)
    work, close = open_and_prepare(copy)
    try:
        return seconds_of(work)
    finally:
        close()
        shutil.rmtree(archive_root(copy), ignore_errors=True)
        for left in copy.parent.glob(f"{copy.name}*"):
            left.unlink()


Prepared = tuple["Callable[[], object]", "Callable[[], None]"]


def _seal_ours(path: Path) -> Prepared:
    db = open_plan(path)

    def work() -> object:
        return seal(db, FIRST, as_of=NOW.date(), author="Benchmark", note="", accept_findings=True, now=NOW)

    return work, db.close


def _bare_insert_of(plan: Plan) -> Callable[[Path], Prepared]:
    def prepare(path: Path) -> Prepared:
        connection = duckdb.connect(str(path))

        def work() -> None:
            connection.begin()
            for name in plan.rows:
                columns = quoted(TABLES[name].names)
                connection.execute(
                    f"INSERT INTO sealed_{name} SELECT 1, {columns} FROM work_{name} WHERE version = 'draft'"
                )
            connection.commit()
            connection.execute("CHECKPOINT")

        return work, connection.close

    return prepare


def _saving(plan: Plan, folder: Path) -> Line:
    """A save of typed cells: each is checked as a file's is, held against what is stored, and journalled."""
    draft = draft_database(plan, folder / "saved.duckdb")
    rows = plan["projects"].head(SAVED_CELLS // 2).select("project_id", "cost", "sponsor").rows()
    edits = [
        edit
        for project, cost, sponsor in rows
        for edit in (
            Edit("projects", (project,), "cost", cost, str((cost or 0) + 7)),
            Edit("projects", (project,), "sponsor", sponsor, f"{sponsor or 'Nobody'} II"),
        )
    ]

    def ours(path: Path) -> Prepared:
        db = open_plan(path)

        def work() -> None:
            outcome = save(db, edits, actor="Benchmark", now=NOW)
            assert outcome.saved is not None and outcome.saved.applied == SAVED_CELLS  # noqa: PT018

        return work, db.close

    def bare(path: Path) -> Prepared:
        connection = duckdb.connect(str(path))
        stage = pl.DataFrame(
            [(project, (cost or 0) + 7, f"{sponsor or 'Nobody'} II") for project, cost, sponsor in rows],
            schema=["project_id", "cost", "sponsor"],
            orient="row",
        ).to_arrow()

        def work() -> None:
            connection.register("stage", stage)
            connection.begin()
            for field in ("cost", "sponsor"):
                connection.execute(
                    f"""UPDATE work_projects AS w SET "{field}" = s."{field}" FROM stage AS s
                    WHERE w.version = 'draft' AND w.project_id = s.project_id"""
                )
            connection.commit()

        return work, connection.close

    ratio = in_turns_timed(
        lambda: seconds_on_copy(draft, folder / "ours.duckdb", ours),
        lambda: seconds_on_copy(draft, folder / "bare.duckdb", bare),
        ROUNDS,
    )
    what = f"save {SAVED_CELLS} typed cells, checks and journal included, {SAVED_IN:,} projects"
    return at_most(what, ratio, "bare update of the same rows and commit", SAVE_TARGET)

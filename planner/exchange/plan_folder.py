"""A plan folder both ways: the files of one version to frames and problems, and a plan to files; no disk."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from planner.exchange.file_bytes import UPLOAD, Limits
from planner.exchange.filled_columns import Terms
from planner.exchange.folder_files import LEDGER_FOLDER, is_ignored
from planner.exchange.manifest import MANIFEST, read_manifest, write_manifest
from planner.exchange.misread import shown
from planner.exchange.roadmap_csv import is_roadmap, roadmap_names
from planner.exchange.table_csv import ReadTable, read_table, write_table
from planner.model.finding import Problem
from planner.model.ledgers import LEDGERS
from planner.model.quarter import Calendar
from planner.model.settings import PlanSettings, setting_problem
from planner.model.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import polars as pl

    from planner.model.plan import Plan
    from planner.model.version import Version

_BESIDE = ("readme.md", "readme.txt", MANIFEST)
ROADMAP = "roadmap"
_FISCAL_LABEL = re.compile(rb"FY[0-9]{2,4}-Q[1-4]")
_ANY_FISCAL = 4
_MONTH = "fiscal_year_start_month"


@dataclass(frozen=True, slots=True)
class ReadFolder:
    """A plan folder as read.

    `frames` are the settled tables that had a file and `ledgers` the ledgers; `given` names the columns that
    each file had, so that a merge leaves the others alone. `problems` come file by file, by line, at most some
    hundreds a file; `count` is how many there are. With problems the frames hold only what reads.
    In `derived` columns (a precision that follows from quarter labels) an empty cell says nothing: a merge keeps
    what is there. `is_merge` says that the projects came from a roadmap, which can only be merged.
    """

    frames: Mapping[str, pl.DataFrame]
    ledgers: Mapping[str, pl.DataFrame]
    given: Mapping[str, tuple[str, ...]]
    derived: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    count: int
    manifest: Mapping[str, Any] = field(default_factory=dict)
    is_merge: bool = False


def read_plan_folder(
    source: Mapping[str, bytes],
    *,
    calendar: Calendar | None = None,
    currency: str = "",
    merge: bool = False,
    limits: Limits = UPLOAD,
) -> ReadFolder:
    """Read the files of a plan folder, by name; every problem of every file is in one list.

    Quarters are read in the calendar of the folder's settings.csv. Where it has none, they are read in
    `calendar`, the draft's, and money suffixes in `currency`; so too in a merge, where settings.csv only adds.
    """
    files, problems = _known_files(source)
    manifest, told = _manifest_of(files)
    problems += told
    own = Terms(calendar or Calendar(1), currency, bool(manifest.get("safe_cells")), limits)
    tables: dict[str, ReadTable] = {}
    if "settings" in files:
        tables["settings"] = read_table(TABLES["settings"], *files["settings"], own)
        own = _terms_of(tables["settings"], own, keeps=merge)
        if any(problem.value and problem.message.find(_MONTH) > 0 for problem in tables["settings"].problems):
            own = replace(own, calendar=_likely_calendar(files.values()))
    for name, table in {**TABLES, **LEDGERS}.items():
        if name in files and name != "settings":
            tables[name] = read_table(table, *files[name], own)
    if ROADMAP in files and "projects" not in files:
        tables["projects"] = read_table(TABLES["projects"], *files[ROADMAP], own, roadmap_names())
    elif ROADMAP in files:
        said = (
            "The folder has projects.csv too. Import the roadmap by itself; it is merged into the projects."
        )
        problems.append(Problem(files[ROADMAP][0], 0, "", "", said))
    elif "projects" not in files:
        said = "There is no projects.csv, so this is no plan folder. Add it; with a header row alone it holds no project."
        problems.append(Problem("projects.csv", 0, "", "", said))
    return _folder(tables, problems, manifest, is_merge=ROADMAP in files)


def write_plan_folder(plan: Plan, *, version: Version) -> dict[str, bytes]:
    """Write a plan as files by name, every table and manifest.json; the same plan always gives the same bytes."""
    return write_tables(plan) | {MANIFEST: write_manifest(plan, version)}


def write_tables(plan: Plan) -> dict[str, bytes]:
    """Write the tables of a plan as files by name, without the manifest, which takes a version."""
    return {f"{name}.csv": write_table(table, plan[name]) for name, table in TABLES.items()}


def write_ledgers(ledgers: Mapping[str, pl.DataFrame]) -> dict[str, bytes]:
    """Write ledgers as files by name, in the folder `ledgers`."""
    return {
        f"{LEDGER_FOLDER}/{name}.csv": write_table(LEDGERS[name], frame) for name, frame in ledgers.items()
    }


def _likely_calendar(files: Iterable[tuple[str, bytes]]) -> Calendar:
    """The calendar by the style of the labels, so that one wrong setting does not make every quarter a problem."""
    return Calendar(_ANY_FISCAL if any(_FISCAL_LABEL.search(data) for _, data in files) else 1)


def _folder(
    tables: Mapping[str, ReadTable], problems: list[Problem], manifest: Mapping[str, Any], *, is_merge: bool
) -> ReadFolder:
    every = [*problems, *(problem for table in tables.values() for problem in table.problems)]
    return ReadFolder(
        frames={name: table.frame for name, table in tables.items() if name in TABLES},
        ledgers={name: table.frame for name, table in tables.items() if name in LEDGERS},
        given={name: table.given for name, table in tables.items()},
        derived={name: table.derived for name, table in tables.items() if table.derived},
        problems=tuple(every),
        count=len(problems) + sum(table.count for table in tables.values()),
        manifest=manifest,
        is_merge=is_merge,
    )


def _known_files(source: Mapping[str, bytes]) -> tuple[dict[str, tuple[str, bytes]], list[Problem]]:
    """The files by the table they hold, with their names as given; what is none of them is a problem."""
    files: dict[str, tuple[str, bytes]] = {}
    problems: list[Problem] = []
    for given, data in sorted(source.items(), key=lambda named: (named[0] != named[0].casefold(), named[0])):
        if is_ignored(given):
            continue
        name = _table_of(given)
        if name == "":
            problems.append(_unknown_file(given))
        elif name in files:
            said = f"{shown(given)} and {shown(files[name][0])} are the same table. Keep one of them."
            problems.append(Problem(given, 0, "", "", said))
        else:
            files[name] = (given, data)
    if ROADMAP not in files and "projects" in files and is_roadmap(files["projects"][1]):
        files[ROADMAP] = files.pop("projects")
    return files, problems


def _table_of(given: str) -> str:
    """The table or ledger that a file of this name holds; '' where it is none."""
    path = PurePosixPath(given)
    folder, plain = path.parent.as_posix(), path.name.casefold()
    if plain in _BESIDE and folder == ".":
        return plain
    stem = plain.removesuffix(".csv")
    if stem != plain and (
        (stem in TABLES and folder == ".") or (stem in LEDGERS and folder in {".", LEDGER_FOLDER})
    ):
        return stem
    if stem != plain and folder == "." and stem.startswith(ROADMAP):
        return ROADMAP
    return ""


def _unknown_file(given: str) -> Problem:
    known = [f"{name}.csv" for name in (*TABLES, *LEDGERS)]
    near = get_close_matches(PurePosixPath(given).name.casefold(), known, n=1, cutoff=0.5)
    instead = f"Did you mean {near[0]}?" if near else "Its files are projects.csv and the other tables."
    return Problem(
        given, 0, "", "", f"{shown(given)} is not a file of a plan folder. {instead} Rename or remove it."
    )


def _manifest_of(files: Mapping[str, tuple[str, bytes]]) -> tuple[dict[str, Any], list[Problem]]:
    if MANIFEST not in files:
        return {}, []
    read = read_manifest(*files[MANIFEST])
    return ({}, [read]) if isinstance(read, Problem) else (read, [])


def _terms_of(settings: ReadTable, terms: Terms, *, keeps: bool) -> Terms:
    """What the folder's own settings say of its calendar and currency; what they do not say is the default."""
    given = {key: value for key, value in settings.frame.iter_rows() if value is not None}
    sound = PlanSettings({key: value for key, value in given.items() if setting_problem(key, value) is None})
    is_told = _MONTH in sound.given or not (keeps or settings.count)
    calendar = sound.calendar if is_told else terms.calendar
    return replace(terms, calendar=calendar, currency=sound.currency or (terms.currency if keeps else ""))
